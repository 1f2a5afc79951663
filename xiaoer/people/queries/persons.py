"""Persons, firms, mandates and address books, each to those whom it is about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from xiaoer.journal.fields import blind_index
from xiaoer.kernel import codes

from .. import rules
from ..models import Account, Firm, Mandate, Person, Recipient
from .held import in_force


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
    mandates = Mandate.objects.filter(in_force(on), shard=person.shard, person=person.id).order_by("id")
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


def recipients_of(applicant: rules.Applicant) -> list[Recipient]:
    """Return a person's address book, for that person alone, the oldest first."""
    found = Recipient.objects.filter(shard=applicant.person_shard, person=applicant.person_id, gone=False)
    return list(found.order_by("id"))


def recipient_for(applicant: rules.Applicant, identity: UUID) -> Recipient | None:
    """Return one line of a person's own address book, else None."""
    return next((one for one in recipients_of(applicant) if one.id == identity), None)
