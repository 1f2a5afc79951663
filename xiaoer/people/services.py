"""Acts on persons, firms, mandates, posts and lost second factors."""

from datetime import date, datetime
from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.core.exceptions import RateLimited
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from uuid_utils.compat import uuid7

from xiaoer.journal import services as journal
from xiaoer.journal.fields import blind_index, seal, sealed_before, unseal
from xiaoer.journal.services import Actor, Change, New, act
from xiaoer.kernel import codes
from xiaoer.kernel.refusal import Refusal
from xiaoer.network import queries as network
from xiaoer.network.rules import Holding

from . import events, queries, rules
from .models import Account, FactorReset, Firm, Mandate, Person, Post, Recipient, Session

FACTOR_SECRETS = {"secret", "seed"}
"""What allauth lets us seal of a second factor (TOTP, recovery codes)."""


@transaction.atomic
def register_person(
    account: Account, *, name: str, id_kind: str, id_number: str, phone: str, shard: str, by: Actor, now: datetime
) -> Person:
    """Enter the details of the person who owns an account. shard: the county he chose.

    Refusal of the number's form, id_known, person_known.
    """
    if queries.person_of(account) is not None:
        raise Refusal("person_known")
    person = _enter(name, id_kind, id_number, phone, 1, account.id, shard=shard, by=by, now=now)
    account.home = shard
    Account.objects.filter(id=account.id).update(home=shard)
    return person


@transaction.atomic
def enter_person(
    *, name: str, id_kind: str, id_number: str, phone: str, shard: str, by: Actor, now: datetime
) -> Person:
    """Enter somebody who stands at the window with the document and has no account: verified face to face."""
    return _enter(name, id_kind, id_number, phone, 3, None, shard=shard, by=by, now=now)


def _enter(
    name: str, id_kind: str, id_number: str, phone: str, assurance: int, account_id: UUID | None, *, shard: str,
    by: Actor, now: datetime,
) -> Person:  # fmt: skip
    number = rules.normal_id(id_kind, id_number)
    fault = rules.check_id(id_kind, number)
    if fault is not None:
        raise fault
    if queries.person_by_number(shards=[shard], id_kind=id_kind, id_number=number) is not None:
        raise Refusal("id_known")
    data = events.PersonRegistered(name, id_kind, number, blind_index(number), phone, assurance, account_id)
    person: Person = act([New(shard, data)], by=by, now=now)[0]
    return person


@transaction.atomic
def change_person(
    person: Person, *, name: str, phone: str, seen: int | None = None, by: Actor, now: datetime
) -> Person:
    """Correct name or contact phone (个人信息保护法 46)."""
    changed: Person = act([Change(person, events.PersonChanged(name, phone), seen)], by=by, now=now)[0]
    return changed


@transaction.atomic
def verify_person(
    person: Person, *, assurance: int, how: str, seen: int | None = None, by: Actor, now: datetime
) -> Person:
    """Record that an identity was verified: 2 online, 3 face to face. Never lowers what was verified before."""
    level = max(assurance, person.assurance)
    verified: Person = act([Change(person, events.PersonVerified(level, how), seen)], by=by, now=now)[0]
    return verified


@transaction.atomic
def link_person(person: Person, account: Account, *, how: str, by: Actor, now: datetime) -> Person:
    """Give a person who was entered at a window an account: a clerk saw the document. Refusal person_known."""
    if person.account_id is not None or queries.person_of(account) is not None:
        raise Refusal("person_known")
    linked: Person = act([Change(person, events.PersonLinked(account.id, how))], by=by, now=now)[0]
    Account.objects.filter(id=account.id).update(home=person.shard)
    account.home = person.shard
    return linked


@transaction.atomic
def replace_phone(person: Person, *, phone: str, how: str, seen: int | None = None, by: Actor, now: datetime) -> Person:
    """Give somebody who lost phone and password a new number, at a window, with the document. Refusal phone_taken."""
    holder = Account.objects.filter(phone_index=blind_index(phone)).first()
    if holder is not None and holder.id != person.account_id:
        raise Refusal("phone_taken")
    replaced: Person = act([Change(person, events.PhoneReplaced(phone, how), seen)], by=by, now=now)[0]
    if person.account_id is not None:
        account = Account.objects.get(id=person.account_id)
        account.set_phone(phone, verified=True)
        account.save(update_fields=["phone", "phone_index", "phone_verified"])
        end_sessions(account.id)  # whoever has the lost phone is out
    return replaced


@transaction.atomic
def reveal(person: Person, *, what: str, reason: str, by: Actor, now: datetime) -> str:
    """Return a masked value whole, and journal who looked and why. what: id_number or phone. Refusal reason_missing."""
    if what not in {"id_number", "phone"}:
        raise ValueError(what)
    if not reason.strip():
        raise Refusal("reason_missing")
    act([Change(person, events.PersonRevealed(what, reason.strip()))], by=by, now=now)
    return str(getattr(person, what))


@transaction.atomic
def erase_person(person: Person, *, reason: str, by: Actor, now: datetime) -> Person:
    """Erase a person's values (个人信息保护法 47), the address book among them; the journal stays whole."""
    for recipient in Recipient.objects.filter(shard=person.shard, person=person.id, gone=False):
        remove_recipient(recipient, by=by, now=now)
    erased: Person = journal.erase(person, events.PersonErased(reason), kind="person", by=by, now=now)
    return erased


@transaction.atomic
def add_recipient(
    applicant: rules.Applicant, *, name: str, phone: str, address: str, by: Actor, now: datetime
) -> Recipient:
    """Add a line to a person's address book. Refusal recipients_many."""
    if len(queries.recipients_of(applicant)) >= rules.MOST_RECIPIENTS:
        raise Refusal("recipients_many", most=rules.MOST_RECIPIENTS)
    added = events.RecipientAdded(applicant.person_id, name, phone, address)
    made: Recipient = act([New(applicant.person_shard, added)], by=by, now=now)[0]
    return made


@transaction.atomic
def change_recipient(
    recipient: Recipient, *, name: str, phone: str, address: str, seen: int | None = None, by: Actor, now: datetime
) -> Recipient:
    """Correct a line of an address book. Refusal recipient_gone."""
    if recipient.gone:
        raise Refusal("recipient_gone")
    data = events.RecipientChanged(name, phone, address)
    changed: Recipient = act([Change(recipient, data, seen)], by=by, now=now)[0]
    return changed


@transaction.atomic
def remove_recipient(recipient: Recipient, *, by: Actor, now: datetime) -> None:
    """Take a line out of an address book; its values are erased. Refusal recipient_gone."""
    if recipient.gone:
        raise Refusal("recipient_gone")
    journal.erase(recipient, events.RecipientErased(), kind="recipient", by=by, now=now)


@transaction.atomic
def register_firm(
    *, name: str, uscc: str, kind: str, legal_rep: Person, assurance: int = 1, by: Actor, now: datetime
) -> Firm:
    """Enter a firm with its legal representative, who may act for it at once. Refusal of the code, firm_known."""
    code = uscc.strip().upper()
    fault = codes.check_uscc(code)
    if fault is not None:
        raise fault
    if queries.firm_by_uscc(code) is not None:
        raise Refusal("firm_known")
    identity, shard = uuid7(), rules.firm_shard(code)
    registered = events.FirmRegistered(name, code, kind, legal_rep.id, legal_rep.shard, assurance)
    granted = events.MandateGranted(
        legal_rep.id, identity, shard, "legal_rep", [], rules.day_of(now), None, legal_rep.id
    )
    firm: Firm = act([New(shard, registered, identity), New(legal_rep.shard, granted)], by=by, now=now)[0]
    return firm


@transaction.atomic
def grant_mandate(
    firm: Firm, *, granted_by: UUID, agent: Person, services: list[str], valid_from: date, valid_to: date | None,
    by: Actor, now: datetime,
) -> Mandate:  # fmt: skip
    """Let an agent (经办人) act for a firm. granted_by: the person; only the legal representative grants.

    Refusal not_legal_rep, period, mandate_twice.
    """
    if firm.legal_rep_id != granted_by:
        raise Refusal("not_legal_rep")
    rules.check_period(valid_from, valid_to)
    journal.in_turn(shard=agent.shard, what=f"mandates:{agent.id}")
    held = queries.firms_of(agent, on=valid_from)
    if any(facts.firm_id == firm.id for facts in held):
        raise Refusal("mandate_twice")
    granted = events.MandateGranted(agent.id, firm.id, firm.shard, "agent", services, valid_from, valid_to, granted_by)
    mandate: Mandate = act([New(agent.shard, granted)], by=by, now=now)[0]
    return mandate


@transaction.atomic
def revoke_mandate(mandate: Mandate, *, reason: str, seen: int | None = None, by: Actor, now: datetime) -> Mandate:
    """End an agent's mandate today. The legal representative's own goes only with the post. Refusal mandate_ended."""
    if mandate.kind != "agent":
        raise Refusal("not_legal_rep")
    if mandate.valid_to is not None and mandate.valid_to <= rules.day_of(now):
        raise Refusal("mandate_ended")
    revoked: Mandate = act([Change(mandate, events.MandateRevoked(rules.day_of(now), reason), seen)], by=by, now=now)[0]
    return revoked


@transaction.atomic
def create_officer(*, username: str, name: str, password: str) -> Account:
    """Make the account of somebody who works for an organ; the password must be changed at the first sign-in.

    Not journalled by itself: the post assigned with it is. Refusal username_twice.
    """
    try:
        with transaction.atomic():
            return Account.objects.create_user(username, password, name=name, password_expired=True)
    except IntegrityError:
        raise Refusal("username_twice", username=username) from None


@transaction.atomic
def assign_post(
    account: Account, *, role: str, organ: network.Organ, region_code: str = "", services: list[str] | None = None,
    valid_from: date, valid_to: date | None = None, by: Actor, now: datetime,
) -> Post:  # fmt: skip
    """Give an account a post in an organ. region_code: the organ's own unless told. Refusal period, post_twice."""
    rules.check_period(valid_from, valid_to)
    journal.in_turn(shard=organ.shard, what=f"posts:{account.id}")
    held = queries.posts_of(account.id, on=valid_from)
    if any(post.role == role and post.organ_id == organ.id for post in held):
        raise Refusal("post_twice")
    assigned = events.PostAssigned(
        account.id, role, organ.id, region_code or organ.region_code, services or [], valid_from, valid_to
    )
    post: Post = act([New(organ.shard, assigned)], by=by, now=now)[0]
    return post


@transaction.atomic
def end_post(post: Post, *, on: date, reason: str, seen: int | None = None, by: Actor, now: datetime) -> Post:
    """End a post on a day, the first on which it no longer holds. Refusal post_ended, reason_missing."""
    if post.valid_to is not None and post.valid_to <= on:
        raise Refusal("post_ended")
    if not reason.strip():
        raise Refusal("reason_missing")
    ended: Post = act([Change(post, events.PostEnded(on, reason.strip()), seen)], by=by, now=now)[0]
    return ended


ORGAN_CLOSED = "机关撤销，岗位转入承接机关"  # bilingual: a reason in the journal


def _posts_held(organ: network.Organ) -> list[Post]:
    """Return the posts in an organ that have no last day yet; one that ends later ends with the organ too."""
    return list(Post.objects.filter(organ=organ.id, valid_to=None).order_by("id"))


def _hand_over_posts(organ: network.Organ, successor: network.Organ, *, by: Actor, now: datetime) -> None:
    """End every post and give its holder the same one in the successor from the same day, unless held there already."""
    on, posts = rules.day_of(now), _posts_held(organ)
    known = {(post.account_id, post.role) for post in _posts_held(successor)}
    changes: list[Change | New] = []
    for post in posts:
        changes.append(Change(post, events.PostEnded(on, ORGAN_CLOSED)))
        if (post.account_id, post.role) not in known:
            place = successor.region_code if post.region_code == organ.region_code else post.region_code
            data = events.PostAssigned(post.account_id, post.role, successor.id, place, post.services, on, None)
            changes.append(New(successor.shard, data))
    act(changes, by=by, now=now)


POSTS = Holding("岗位", "posts", lambda organ: len(_posts_held(organ)), _hand_over_posts)  # bilingual


@transaction.atomic
def issue_password(
    post: Post, *, password: str, reason: str, seen: int | None = None, by: Actor, now: datetime
) -> None:
    """Give an officer who forgot it a new first password. Refusal reset_self, reason_missing, stale."""
    if str(post.account_id) == by.id:
        raise Refusal("reset_self")
    if not reason.strip():
        raise Refusal("reason_missing")
    act([Change(post, events.PasswordIssued(reason.strip()), seen)], by=by, now=now)
    account = Account.objects.get(id=post.account_id)
    account.set_password(password)
    account.password_expired = True
    account.save(update_fields=["password", "password_expired"])


@transaction.atomic
def ask_reset(post: Post, *, reason: str, seen: int | None = None, by: Actor, now: datetime) -> FactorReset:
    """Ask to reset the second factor of who holds a post. Refusal reset_self, reset_open, reason_missing, stale."""
    if seen is not None and seen != post.version:
        raise Refusal("stale")
    if str(post.account_id) == by.id:
        raise Refusal("reset_self")
    if not reason.strip():
        raise Refusal("reason_missing")
    if FactorReset.objects.filter(shard=post.shard, account=post.account_id, outcome="").exists():
        raise Refusal("reset_open")
    asked = events.FactorResetAsked(post.account_id, post.organ_id, reason.strip())
    reset: FactorReset = act([New(post.shard, asked)], by=by, now=now)[0]
    return reset


@transaction.atomic
def decide_reset(reset: FactorReset, *, outcome: str, seen: int | None = None, by: Actor, now: datetime) -> FactorReset:
    """Do or refuse a reset: neither who asked nor whose it is may. Refusal reset_same, reset_self."""
    if str(reset.account_id) == by.id:
        raise Refusal("reset_self")
    decided: FactorReset = act([Change(reset, events.FactorResetDecided(outcome), seen)], by=by, now=now)[0]
    if outcome == "done":
        Authenticator.objects.filter(user=reset.account_id).delete()
        end_sessions(reset.account_id)
    return decided


def enrol_factor(account: Account, *, secret: str) -> None:
    """Give an account a second factor (TOTP) with a known secret: demonstrations and browser tests."""
    TOTP.activate(account, secret)


def reseal_factors() -> int:
    """Seal the secrets of second factors with the present key; return how many rows were written."""
    done = 0
    for row in Authenticator.objects.order_by("id").iterator():
        old = {name: value for name, value in row.data.items() if name in FACTOR_SECRETS and sealed_before(value)}
        if old:
            fresh = row.data | {name: seal(unseal(value)) for name, value in old.items()}
            done += Authenticator.objects.filter(id=row.id, data=row.data).update(data=fresh)
    return done


def prefer(account: Account, *, language: str, type_size: str) -> None:
    """Keep how somebody likes to read. Not journalled: it concerns nobody else."""
    Account.objects.filter(id=account.id).update(language=language, type_size=type_size)
    account.language, account.type_size = language, type_size


def end_sessions(account_id: UUID, *, but: str | None = "") -> None:
    """End every session of an account, wherever it is open. but: the key of the one that goes on."""
    Session.objects.filter(account=account_id).exclude(session_key=but).delete()


def set_password(account: Account, password: str) -> None:
    """Set a password of the owner's own choice."""
    account.set_password(password)
    account.password_expired = False
    account.save(update_fields=["password", "password_expired"])


def too_often(what: str, *, who: object) -> bool:
    """Count one try of somebody; whether there were more than settings.LIMITS allows within about a minute."""
    place = f"{what}:{who}"
    if cache.add(place, 1, timeout=60):
        return settings.LIMITS[what] < 1
    try:
        return bool(cache.incr(place) > settings.LIMITS[what])
    except ValueError:  # it ended between the two lines
        return False


def count(what: str, *, who: object) -> None:
    """Count one try of somebody on a form. Refusal too_often, so that what was typed is kept."""
    if too_often(what, who=who):
        raise Refusal("too_often")


def too_fast(request: HttpRequest, what: str) -> bool:
    """Whether one address asks for something too often; who has none shares one count."""
    try:
        address = get_adapter().get_client_ip(request)
    except PermissionDenied:  # what allauth raises where no address can be told
        address = "unknown"
    return too_often(what, who=address)


def slow_down(request: HttpRequest, what: str) -> None:
    """Raise RateLimited, which is answered by 429.html, when one address asks too fast."""
    if too_fast(request, what):
        raise RateLimited
