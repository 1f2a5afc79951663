"""A grant whose service gives a licence (证照) issues it: holder and content from the application.

The decision waits for no money (行政许可法 42); the licence is made, and handed over when its fees are paid.
"""

from datetime import date, datetime

from xiaoer.catalogue.rules import ServiceSnapshot
from xiaoer.journal.services import SYSTEM, Actor, Delivered
from xiaoer.kernel.clock.limits import add_months
from xiaoer.licences import queries as licence_queries
from xiaoer.licences import rules as licence_rules
from xiaoer.licences import services as licences
from xiaoer.people import queries as people

from .. import rules, services
from ..models import Application, Bill, Case
from ..services.telling import tell
from .papers import gives_licence, organ_of, said_of

MOST_LINES = 8


def issue_licence(delivered: Delivered, now: datetime) -> None:
    """Issue the licence of a granted case; nothing when its service gives none."""
    case = Case.objects.get(shard=delivered.shard, id=delivered.event.subject)
    said = said_of(case)
    if said is None or not gives_licence(said):
        return
    assert said.result is not None
    application = Application.objects.get(shard=case.shard, id=case.application)
    on = services.day_of(delivered.event.at)
    licences.issue(
        licence_rules.Kind(rules.licence_type_code(said.result.licence_type), said.result.name),
        holder=_holder(application), organ=organ_of(case), content=_content(said, application), subject=case.id,
        shard=case.shard, valid_from=on, valid_to=_end(on, said.result.validity_months), by=SYSTEM, now=now,
        held=services.unpaid(case, fees=said.fees or ()),
    )  # fmt: skip


def release_licence(delivered: Delivered, now: datetime) -> None:
    """Let the holder have the licence that waited for its fees, when nothing is owed any more.

    Both the payment and the issue lead here: whichever is written later finds the other.
    """
    identity = delivered.event.subject
    if delivered.event.name == "bill.paid":
        subject = Bill.objects.values_list("case", flat=True).get(shard=delivered.shard, id=identity)
    else:
        subject = licence_queries.licence_of(shard=delivered.shard, id=identity).subject
    case = Case.objects.filter(shard=delivered.shard, id=subject).first()
    said = said_of(case) if case else None
    if case is None or said is None or services.unpaid(case, fees=said.fees or ()):
        return
    for licence in licence_queries.licences(shard=case.shard, subject=case.id):
        if licence.state == "held":
            licences.release(licence, by=SYSTEM, now=now)
            tell(case, rules.RELEASED, now)


def record_opening(delivered: Delivered, now: datetime) -> None:
    """The holder opened his licence: if the result was to come electronically, it is delivered by that (许可法 44)."""
    licence = licence_queries.licence_of(shard=delivered.shard, id=delivered.event.subject)
    case = Case.objects.filter(shard=delivered.shard, id=licence.subject).first()
    if case:
        opener = Actor(delivered.event.actor, delivered.event.on_behalf_of)
        services.note_opened(case, by=opener, now=delivered.event.at)


def _end(on: date, months: int | None) -> date | None:
    """Return the last day of validity: the day before the same day so many months later."""
    return date.fromordinal(add_months(on, months).toordinal() - 1) if months else None


def _holder(application: Application) -> licence_rules.Holder:
    """Return who holds the licence: the firm, else the person."""
    shard, identity = application.applicant_shard, application.applicant
    if application.applicant_kind == "firm":
        firm = people.firm(shard=shard, identity=identity)
        if firm is None:
            raise LookupError(f"the firm of application {application.number} is unknown")
        return licence_rules.Holder("firm", firm.id, firm.shard, firm.name, firm.uscc)
    person = people.person(shard=shard, identity=identity)
    if person is None:
        raise LookupError(f"the person of application {application.number} is unknown")
    return licence_rules.Holder("person", person.id, person.shard, person.name, person.id_number)


def _content(said: ServiceSnapshot, application: Application) -> list[tuple[str, str]]:
    """Return what stands on the licence: the answers to the service's own questions that name no person."""
    lines = []
    for field in said.facts:
        value = application.answers.get(field.key)
        if field.personal or value in (None, "") or isinstance(value, bool | list):
            continue
        words = {choice.value: choice.label for choice in field.choices}
        lines.append((field.label.rstrip("?？"), f"{words.get(str(value), value)}{field.unit}"))
    return lines[:MOST_LINES]
