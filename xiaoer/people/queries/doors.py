"""Who acts: from the request, by its session, to an officer or an applicant; nobody else comes further."""

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

from .. import rules, sessions
from ..models import Account, Person, Post
from .held import in_force


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


def account(identity: UUID) -> Account | None:
    """Return an account for another app's message to it."""
    return Account.objects.filter(id=identity).first()


def account_of(request: HttpRequest) -> Account:
    """Return who is signed in. Raises SignInNeeded."""
    if not isinstance(request.user, Account):
        raise SignInNeeded
    return request.user


def _posts_held() -> QuerySet[Any, Any]:
    found = Post.objects.filter(in_force(Given("on", DateField())), account=Given("account", UUIDField()))
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
    held = in_force(Given("on", DateField()), of="mandates__") & Q(mandates__shard=F("shard"))
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
