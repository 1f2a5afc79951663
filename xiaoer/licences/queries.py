"""Reading licences: the holder his own, by code or number anybody what the public may know."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from xiaoer.kernel.refusal import Refusal
from xiaoer.notices import rules as notices
from xiaoer.people.rules import Applicant

from . import rules
from .models import Holding, Licence

PAGE = 50


def licence_of(*, shard: str, id: UUID) -> Licence:
    """Return one licence for a handler of the platform itself. Licence.DoesNotExist when there is none."""
    return Licence.objects.select_related("file").get(shard=shard, id=id)


def licences(*, shard: str, subject: UUID) -> list[Licence]:
    """Return what a case granted, oldest first. The caller has let the reader into the case."""
    return list(Licence.objects.filter(shard=shard, subject=subject).order_by("id"))


def licence_for(applicant: Applicant, *, code: str) -> Licence | None:
    """Return a licence that the applicant holds himself or through one of his firms; None is 404."""
    try:
        stored = notices.normal_code(code)
    except Refusal:
        return None
    found = Licence.objects.select_related("file").filter(shard=notices.shard_of(stored), code=stored).first()
    return found if found and found.holder_id in _holders(applicant) else None


def licences_of(applicant: Applicant) -> list[Licence]:
    """Return the applicant's licences and those of his firms, the newest first, of each its latest edition first."""
    held = Holding.objects.filter(shard__in=set(_holders(applicant).values()), holder__in=_holders(applicant)).order_by(
        "-licence"
    )[:PAGE]
    places = [(row.licence_shard, row.licence) for row in held]
    found = Licence.objects.filter(shard__in={place[0] for place in places}, id__in=[place[1] for place in places])
    return list(found.order_by("-id"))


def _holders(applicant: Applicant) -> dict[UUID, str]:
    """Return {id: shard} of the person and of the firms he may act for."""
    return {applicant.person_id: applicant.person_shard, **{firm.firm_id: firm.shard for firm in applicant.firms}}


@dataclass(frozen=True)
class PublicLicence:
    """What anybody may learn of a licence: a person's name and number masked, a firm's whole (行政许可法 40)."""

    code: str
    kind_name: str
    number: str
    identifier: str
    edition: int
    issuer: str
    holder: str
    holder_code: str
    valid_from: date
    valid_to: date | None
    issued_at: datetime
    state: str
    ended_at: datetime | None
    ended_why: str
    ended_law: str
    successor: str
    digest: str


def licence_by_code(code: str, *, on: date) -> PublicLicence | None:
    """Return the licence with a code (as notices.rules.normal_code gives it) as the public sees it on a day."""
    row = Licence.objects.filter(shard=notices.shard_of(code), code=code).first()
    return public(row, on=on) if row else None


def licences_by_number(number: str, *, on: date) -> list[PublicLicence]:
    """Return licences by identifier or printed number as the public sees them; numbers repeat between issuers."""
    found = Licence.objects.filter(Q(identifier=number) | Q(number=number)).order_by("-id")[:10]
    return [public(row, on=on) for row in found]


def licence_by_digest(digest: str, *, on: date) -> PublicLicence | None:
    """Return the licence whose signed file has this SHA-256, as the public sees it."""
    row = Licence.objects.filter(digest=digest).first() if digest else None
    return public(row, on=on) if row else None


def public(row: Licence, *, on: date) -> PublicLicence:
    """Return a licence as the public sees it on a day."""
    successor = ""
    if row.successor:
        successor = Licence.objects.filter(shard=row.shard, id=row.successor).values_list("code", flat=True)[0]
    return PublicLicence(
        row.code, row.kind_name, row.number, row.identifier, row.edition, row.issuer_name,
        rules.shown_holder(kind=row.holder_kind, name=row.holder),
        rules.shown_code(kind=row.holder_kind, code=row.holder_code), row.valid_from, row.valid_to, row.issued_at,
        rules.standing(state=row.state, valid_from=row.valid_from, valid_to=row.valid_to, on=on), row.ended_at,
        row.ended_why, row.ended_law, successor, row.digest,
    )  # fmt: skip
