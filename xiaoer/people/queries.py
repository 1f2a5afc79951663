"""Doors: who acts, what he may see. Every function says for whom, or is for the machinery of other apps' acts.

A view begins with one of two doors and passes on what it gets:

    officer = people.officer_of(request, "cases.work")    # 404 for everybody else
    applicant = people.applicant_of(request)

Nobody signed in is led to sign-in, an officer without second factor to it, an applicant without details to enter them:
people.middleware turns SignInNeeded, SecondFactorNeeded and PersonNeeded into those answers (401 or 403 for the API).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from cryptography.exceptions import InvalidTag
from django.db.models import CharField, DateField, F, FilteredRelation, Q, QuerySet, UUIDField
from django.http import Http404, HttpRequest

from xiaoer.database.prepared import Given, Prepared
from xiaoer.journal import queries as journal
from xiaoer.journal.edge import today
from xiaoer.journal.fields import UnknownKey, blind_index, unseal
from xiaoer.journal.services import Actor
from xiaoer.kernel import codes
from xiaoer.network import queries as network

from . import rules, sessions
from .models import Account, FactorReset, Firm, Mandate, Person, Post, Recipient


class SignInNeeded(Exception):
    """Nobody is signed in."""


class SecondFactorNeeded(Exception):
    """An officer has not used a second factor in this session (等保三级). enrolled: whether he has one."""

    def __init__(self, *, enrolled: bool) -> None:
        super().__init__()
        self.enrolled = enrolled


class PasswordExpired(Exception):
    """The password was given out by somebody else and must be changed first."""


class PersonNeeded(Exception):
    """The account has not entered a person's details yet."""


def _in_force(on: date | Given, *, of: str = "") -> Q:
    begun, ended = {f"{of}valid_from__lte": on}, {f"{of}valid_to__gt": on}
    return Q(**begun) & (Q(**{f"{of}valid_to": None}) | Q(**ended))


def account(identity: UUID) -> Account | None:
    """Return an account for another app's message to it."""
    return Account.objects.filter(id=identity).first()


def account_of(request: HttpRequest) -> Account:
    """Return who is signed in. Raises SignInNeeded."""
    if not isinstance(request.user, Account):
        raise SignInNeeded
    return request.user


def _posts_held() -> QuerySet[Any, Any]:
    found = Post.objects.filter(_in_force(Given("on", DateField())), account=Given("account", UUIDField()))
    return found.order_by("id").values_list("role", "organ", "organ__path", "region_code", "services")


_POSTS = Prepared(_posts_held)


def officer(account: Account, *, on: date) -> rules.Officer:
    """Return an account as an officer with the posts that hold on a day; without posts he may do nothing. One query."""
    posts = tuple(
        rules.PostFacts(role, organ, path, region_code, tuple(services))
        for role, organ, path, region_code, services in _POSTS.rows(account=account.id, on=on)
    )
    return rules.Officer(account.id, account.name or account.username, posts)


def officer_of(request: HttpRequest, permission: str = "") -> rules.Officer:
    """Return who is signed in as an officer who holds a permission somewhere (any post when none is named).

    Raises SignInNeeded, Http404 without the permission, PasswordExpired, SecondFactorNeeded. Kept for the request.
    """
    account = account_of(request)
    found: rules.Officer | None = getattr(request, "officer", None)
    if found is None or found.account_id != account.id:
        found = officer(account, on=today())
        request.officer = found  # type: ignore[attr-defined]
    if not found.posts or (permission and not rules.may(found, permission)):
        raise Http404
    if account.password_expired:
        raise PasswordExpired
    if not sessions.factor_holds(request, account_of(request)):
        raise SecondFactorNeeded(enrolled=Authenticator.objects.filter(user=account.id).exists())
    return found


def may_now(request: HttpRequest, permission: str) -> bool:
    """Whether who looks at a public page would pass the door with this permission: to show a link or not."""
    try:
        officer_of(request, permission)
    except (SignInNeeded, Http404, PasswordExpired, SecondFactorNeeded):
        return False
    return True


def proved_lately(request: HttpRequest, *, factor: bool = False) -> None:
    """Go on only when who acts has lately proved who he is. Raises FreshProofNeeded (sessions.prove_lately)."""
    sessions.prove_lately(request, account_of(request), factor=factor)


def keys_fit() -> bool:
    """Whether the keys open one stored value of each kind and find a person again."""
    try:
        journal.any_personal()
        person = Person.objects.exclude(id_index="").order_by("id").first()
        Account.objects.exclude(phone="").order_by("id").first()
        factor = Authenticator.objects.filter(type="totp").order_by("id").first()
        if factor is not None:
            unseal(factor.data["secret"])
    except (InvalidTag, UnknownKey):
        return False
    return person is None or person.id_index == blind_index(person.id_number)


def may_administer(request: HttpRequest) -> bool:
    """Whether the admin of reference data opens: to staff of it who used a second factor."""
    user = request.user
    return bool(user.is_active and user.is_staff) and sessions.factor_holds(request, account_of(request))


def _person_with_mandates() -> QuerySet[Any, Any]:
    held = _in_force(Given("on", DateField()), of="mandates__") & Q(mandates__shard=F("shard"))
    found = Person.objects.filter(shard=Given("shard", CharField()), account=Given("account", UUIDField()))
    found = found.annotate(held=FilteredRelation("mandates", condition=held)).order_by("held__id")
    return found.values_list(
        "id", "name", "assurance", "held__firm_id", "held__firm_shard", "held__kind", "held__services"
    )


_APPLICANT = Prepared(_person_with_mandates)


def applicant(account: Account, *, on: date) -> rules.Applicant | None:
    """Return an account as an applicant with the firms he may act for on a day; None without a person. One query."""
    rows = _APPLICANT.rows(shard=account.home, account=account.id, on=on) if account.home else []
    if not rows:
        return None
    firms = tuple(
        rules.FirmFacts(firm, shard, kind, tuple(services))
        for _id, _name, _assurance, firm, shard, kind, services in rows
        if firm is not None
    )
    person, name, assurance = rows[0][:3]
    return rules.Applicant(account.id, person, account.home, name, assurance, firms)


def applicant_of(request: HttpRequest) -> rules.Applicant:
    """Return who is signed in as an applicant. Raises SignInNeeded, PersonNeeded."""
    account = account_of(request)
    found: rules.Applicant | None = getattr(request, "applicant", None)
    if found is None or found.account_id != account.id:
        found = applicant(account, on=today())
        if found is None:
            raise PersonNeeded
        request.applicant = found  # type: ignore[attr-defined]
    return found


def actor(who: rules.Officer | rules.Applicant | Account, *, firm: UUID | None = None) -> Actor:
    """Return who acts, for the journal: the account's id, and the firm's when he acts for one."""
    identity = who.id if isinstance(who, Account) else who.account_id
    return Actor(str(identity), str(firm) if firm else "")


def person_of(account: Account) -> Person | None:
    """Return the person of an account, for that account alone."""
    if not account.home:
        return None
    return Person.objects.filter(shard=account.home, account=account.id).first()


def person(*, shard: str, identity: UUID) -> Person | None:
    """Return a person for another app's act (a paper, a licence), never to show unmasked: see services.reveal."""
    return Person.objects.filter(shard=shard, id=identity).first()


@dataclass(frozen=True)
class Masked:
    """A person as officers see it in lists and at desks."""

    person_id: UUID
    shard: str
    name: str
    id_kind: str
    id_number: str
    phone: str
    assurance: int


def masked(person: Person) -> Masked:
    """Return a person with number and phone masked; the name is whole, since the officer serves that person."""
    return Masked(
        person.id, person.shard, person.name, person.id_kind, codes.mask_id(person.id_number),
        codes.mask_phone(person.phone.removeprefix("+86")), person.assurance,
    )  # fmt: skip


def person_by_number(*, id_kind: str, id_number: str, shards: Iterable[str] | None = None) -> Person | None:
    """Return the person with exactly this number, for a clerk who holds the document. shards: none for all (seldom)."""
    found = Person.objects.filter(id_kind=id_kind, id_index=blind_index(rules.normal_id(id_kind, id_number)))
    return (found if shards is None else found.filter(shard__in=list(shards))).order_by("id").first()


def agent_named(*, name: str, id_kind: str, id_number: str) -> Person | None:
    """Return who has this name and this number: whoever gives a mandate must know both."""
    found = person_by_number(id_kind=id_kind, id_number=id_number)
    return found if found is not None and found.name == name.strip() else None


def firms_of(person: Person, *, on: date) -> list[rules.FirmFacts]:
    """Return the firms a person may act for on a day."""
    mandates = Mandate.objects.filter(_in_force(on), shard=person.shard, person=person.id).order_by("id")
    return [rules.FirmFacts(one.firm_id, one.firm_shard, one.kind, tuple(one.services)) for one in mandates]


@dataclass(frozen=True)
class NamedFirm:
    """A firm that somebody may act for, as he chooses among them. kind: legal_rep or agent."""

    firm_id: UUID
    name: str
    kind: str


def named(firms: Sequence[rules.FirmFacts]) -> list[NamedFirm]:
    """Return the firms that somebody may act for with their names, and by them. One query, none without firms."""
    kinds = {one.firm_id: one.kind for one in firms}
    if not kinds:
        return []
    found = Firm.objects.filter(shard__in={one.shard for one in firms}, id__in=kinds)
    return [NamedFirm(one.id, one.name, kinds[one.id]) for one in found.order_by("name", "id")]


def firm(*, shard: str, identity: UUID) -> Firm | None:
    """Return a firm for another app's act."""
    return Firm.objects.filter(shard=shard, id=identity).first()


def firm_by_uscc(uscc: str) -> Firm | None:
    """Return the firm with a credit code, whose digits say its shard; public register data."""
    return Firm.objects.filter(shard=rules.firm_shard(uscc), uscc=uscc).first()


def firm_for(applicant: rules.Applicant, identity: UUID) -> Firm | None:
    """Return a firm to somebody who may act for it, else None."""
    for facts in applicant.firms:
        if facts.firm_id == identity:
            return firm(shard=facts.shard, identity=identity)
    return None


@dataclass(frozen=True)
class MandateView:
    """A mandate as the legal representative sees it: the agent's name masked to its first character."""

    mandate: Mandate
    agent: str


def mandates_for(applicant: rules.Applicant, firm: Firm, *, on: date) -> list[MandateView]:
    """Return the mandates of a firm that hold or will, to its legal representative; nothing to anybody else."""
    if firm.legal_rep_id != applicant.person_id:
        return []
    found = (
        Mandate.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), firm_id=firm.id)
        .select_related("person")
        .order_by("id")
    )
    return [MandateView(one, codes.mask_name(one.person.name)) for one in found]


def mandate_for(applicant: rules.Applicant, identity: UUID) -> Mandate | None:
    """Return a mandate to the legal representative of its firm, else None."""
    found = Mandate.objects.filter(id=identity, firm_id__in=[facts.firm_id for facts in applicant.firms]).first()
    if found is None:
        return None
    firm = firm_for(applicant, found.firm_id)
    return found if firm is not None and firm.legal_rep_id == applicant.person_id else None


@dataclass(frozen=True)
class StaffRow:
    """One post in the staff list."""

    post: Post
    account: Account
    organ_name: str
    factor: bool


def staff_for(officer: rules.Officer, *, on: date, after: UUID | None = None, limit: int = 50) -> list[StaffRow]:
    """Return the posts an administrator may manage: of his organ and those below it, an operator's of his region."""
    found = Post.objects.filter(_in_force(on), _managed(officer)).select_related("account", "organ").order_by("id")
    if after is not None:
        found = found.filter(id__gt=after)
    posts = list(found[:limit])
    enrolled = set(
        Authenticator.objects.filter(user__in=[post.account_id for post in posts]).values_list("user", flat=True)
    )
    return [StaffRow(post, post.account, post.organ.short_name, post.account_id in enrolled) for post in posts]


def _managed(officer: rules.Officer) -> Q:
    reach = Q(pk__in=[])
    for post in rules.posts_with(officer, "people.staff"):
        reach |= Q(organ__path__startswith=post.organ_path)
    for post in rules.posts_with(officer, "people.staff_anywhere"):
        reach |= Q(organ__region_code__startswith=rules.digits(post.region_code))
    return reach


def may_manage(officer: rules.Officer, *, organ_path: str, region: str) -> bool:
    """Whether an administrator may change the staff of an organ."""
    return rules.may(officer, "people.staff", organ_path=organ_path) or rules.may(
        officer, "people.staff_anywhere", region=region
    )


def post_for(officer: rules.Officer, identity: UUID) -> Post | None:
    """Return a post to an administrator who may manage it, else None."""
    found = Post.objects.filter(_managed(officer), id=identity).select_related("account", "organ")
    return found.first()


def manageable_organs(officer: rules.Officer, *, on: date) -> list[network.Organ]:
    """Return the organs whose staff an administrator may manage."""
    found: dict[UUID, network.Organ] = {}
    for post in rules.posts_with(officer, "people.staff"):
        found.update({one.id: one for one in network.branch(post.organ_path, on=on)})
    for post in rules.posts_with(officer, "people.staff_anywhere"):
        found.update({one.id: one for one in network.organs_in(post.region_code, deep=True, on=on)})
    return list(found.values())


def posts_of(account_id: UUID, *, on: date) -> list[Post]:
    """Return the posts of an account that hold on a day, with their organs."""
    return list(Post.objects.filter(_in_force(on), account=account_id).select_related("organ").order_by("id"))


def holding(permission: str, *, organ: UUID, service: str, on: date) -> list[Account]:
    """Return the accounts whose post in an organ gives a permission for a service on a day: whom another app tells."""
    found = Post.objects.filter(
        _in_force(on), role__in=rules.PERMISSIONS[permission].roles, organ=organ, account__is_active=True
    )
    posts = found.select_related("account").order_by("id")
    held = {post.account_id: post.account for post in posts if not post.services or service in post.services}
    return list(held.values())


def names_of(identities: Iterable[str]) -> dict[str, str]:
    """Return the display names of officers by account id, for timelines. Persons have none here."""
    wanted = [one for one in set(identities) if len(one) == 36]
    return {
        str(pk): name for pk, name in Account.objects.filter(id__in=wanted).exclude(name="").values_list("id", "name")
    }


def resets_for(officer: rules.Officer) -> list[FactorReset]:
    """Return the open resets of second factors that an administrator may decide or sees as his own."""
    found = FactorReset.objects.filter(_managed(officer), outcome="").select_related("account", "organ")
    return list(found.order_by("id")[:50])


def reset_for(officer: rules.Officer, identity: UUID) -> FactorReset | None:
    """Return one reset, open or decided, to an administrator who manages the post's organ, else None."""
    return FactorReset.objects.filter(_managed(officer), id=identity).select_related("account", "organ").first()


def recipients_of(applicant: rules.Applicant) -> list[Recipient]:
    """Return a person's address book, for that person alone, the oldest first."""
    found = Recipient.objects.filter(shard=applicant.person_shard, person=applicant.person_id, gone=False)
    return list(found.order_by("id"))


def recipient_for(applicant: rules.Applicant, identity: UUID) -> Recipient | None:
    """Return one line of a person's own address book, else None."""
    return next((one for one in recipients_of(applicant) if one.id == identity), None)
