"""The only doors to invitations and ratings. There is none for officers while a rating is not in."""

import base64
import hashlib
import hmac
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from xiaoer.cases import queries as cases
from xiaoer.journal.fields import derived_key
from xiaoer.network import queries as network
from xiaoer.people.rules import Applicant, Officer, day_of, posts_with

from . import rules
from .models import Invitation, Rating

MAC = 16
NEWEST = 1000
"""From how many of the newest ratings the reasons are counted."""
PAGE = 30


def _mac(shard: str, identity: UUID) -> bytes:
    """Return what only the platform can compute for an invitation."""
    return hmac.new(derived_key("rating"), shard.encode() + identity.bytes, hashlib.sha256).digest()[:MAC]


def token_of(invitation: Invitation) -> str:
    """Return the token of an invitation's link: its shard and id with a code that nobody else can make.

    It is stored nowhere, so that no reader of the journal or of the database can rate for somebody.
    """
    raw = int(invitation.shard).to_bytes(5, "big") + invitation.id.bytes + _mac(invitation.shard, invitation.id)
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _by_token(token: str) -> Invitation | None:
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        shard, identity = f"{int.from_bytes(raw[:5], 'big'):012d}", UUID(bytes=raw[5:21])
    except ValueError:
        return None
    if not hmac.compare_digest(raw[21:], _mac(shard, identity)):
        return None
    return Invitation.objects.filter(shard=shard, id=identity).first()


def invitation_for(applicant: Applicant, token: str) -> Invitation | None:
    """Return the invitation of a link to whom it was sent, or to the owner of its case."""
    found = _by_token(token)
    if found is None:
        return None
    if found.account == applicant.account_id or cases.case_for_applicant(applicant, found.number):
        return found
    return None


def invitation_of_case(applicant: Applicant, number: str) -> Invitation | None:
    """Return the invitation of a case to the case's owner."""
    case = cases.case_for_applicant(applicant, number)
    return Invitation.objects.filter(shard=case.shard, case=case.id).first() if case else None


def open_invitations(applicant: Applicant, *, on: date, limit: int = 5) -> list[Invitation]:
    """Return what an applicant may still rate on a day, soonest over first."""
    found = Invitation.objects.filter(account=applicant.account_id, state="open", expires_on__gte=on)
    return list(found.order_by("expires_on", "id")[:limit])


def invited(*, shard: str, case: UUID) -> bool:
    """Whether a case was invited already: for the handler."""
    return Invitation.objects.filter(shard=shard, case=case).exists()


def invitation(*, shard: str, identity: UUID) -> Invitation:
    """Return an invitation: for the handler that tells of it."""
    return Invitation.objects.get(shard=shard, id=identity)


def rating_of(invitation: Invitation) -> Rating | None:
    """Return what was said in answer to an invitation, to whom could open that invitation."""
    return Rating.objects.filter(shard=invitation.shard, case=invitation.case).first()


@dataclass(frozen=True)
class Summary:
    """How a service is rated, for everybody. Every figure stands with its denominator; nothing is assumed for silence.

    levels: level -> how many of `rated`. invited: all invitations; ended: those no longer open (rated or expired).
    """

    invited: int
    ended: int
    levels: Mapping[int, int]

    @property
    def rated(self) -> int:
        return sum(self.levels.values())

    @property
    def good(self) -> int:
        """好评数: how many of `rated` are 基本满意 or better."""
        return sum(count for level, count in self.levels.items() if level in rules.GOOD)


def summary(service_code: str) -> Summary:
    """Return how one service is rated: public (国办发〔2019〕51号). Two counts over indexes; cache them."""
    levels = Rating.objects.filter(service_code=service_code).values_list("level").annotate(count=Count("id"))
    states = dict(Invitation.objects.filter(service_code=service_code).values_list("state").annotate(count=Count("id")))
    found = {level: 0 for level in rules.LEVELS} | dict(levels.order_by())
    invited = sum(states.values())
    return Summary(invited=invited, ended=invited - states.get("open", 0), levels=found)


def reasons(service_code: str) -> tuple[dict[str, int], int]:
    """Return how often each reason was given in the newest ratings of a service, and of how many: public."""
    newest = Rating.objects.filter(service_code=service_code).order_by("-id").values_list("reasons", flat=True)[:NEWEST]
    found = list(newest)
    return dict(Counter(code for given in found for code in given).most_common()), len(found)


@dataclass(frozen=True)
class Heard:
    """One rating that is in, as officers read it: what was said about which service, never by whom or for which case.

    id: where the next page begins.
    """

    id: UUID
    service_name: str
    level: int
    reasons: list[str]
    words: str
    staff_level: int | None
    on: date


def ratings_for(
    officer: Officer, *, on: date, bad: bool = False, before: UUID | None = None
) -> tuple[list[Heard], bool]:
    """Return a page of the ratings that are in of an officer's organs, newest first, and whether more follow.

    bad: 差评 alone. before: the last one seen.
    """
    found = Rating.objects.filter(organ__in=_organs_of(officer, on))
    if bad:
        found = found.filter(Q(level__in=rules.BAD) | Q(staff_level__in=rules.BAD))
    if before:
        found = found.filter(id__lt=before)
    rows = list(found.order_by("-id")[: PAGE + 1])
    shown, more = rows[:PAGE], len(rows) > PAGE
    names = dict(
        Invitation.objects.filter(shard__in={row.shard for row in shown}, id__in=[row.invitation for row in shown])
        .values_list("id", "service_name")
    )  # fmt: skip
    heard = [
        Heard(row.id, names[row.invitation], row.level, row.reasons, row.words, row.staff_level, day_of(row.rated_at))
        for row in shown
    ]
    return heard, more


def may_read_ratings(officer: Officer) -> bool:
    """Whether an officer reads ratings of any organ."""
    return bool(posts_with(officer, rules.READ) or posts_with(officer, rules.SUPERVISE))


def _organs_of(officer: Officer, on: date) -> set[UUID]:
    organs = {post.organ_id for post in posts_with(officer, rules.READ)}
    for post in posts_with(officer, rules.SUPERVISE):
        organs |= set(network.organs_in(post.region_code, deep=True, on=on).values_list("id", flat=True))
    return organs
