"""A grant whose service gives a licence (证照) issues it: holder and content from the application."""

from datetime import date, datetime

from xiaoer.catalogue import queries as catalogue
from xiaoer.catalogue.rules import ServiceSnapshot
from xiaoer.journal.services import SYSTEM, Delivered
from xiaoer.kernel.clock.limits import add_months
from xiaoer.licences import rules as licence_rules
from xiaoer.licences import services as licences
from xiaoer.people import queries as people

from .. import rules
from ..models import Application, Case
from ..services import day_of
from .papers import organ_of

MOST_LINES = 8


def issue_licence(delivered: Delivered, now: datetime) -> None:
    """Issue the licence of a granted case; nothing when its service gives none."""
    case = Case.objects.get(shard=delivered.shard, id=delivered.event.subject)
    version = catalogue.version(case.service)
    said = catalogue.snapshot(version) if version else None
    if said is None or said.result is None or said.result.kind != "licence":
        return
    application = Application.objects.get(shard=case.shard, id=case.application)
    on = day_of(delivered.event.at)
    licences.issue(
        licence_rules.Kind(rules.licence_type_code(said.result.licence_type), said.result.name),
        holder=_holder(application), organ=organ_of(case), content=_content(said, application), subject=case.id,
        shard=case.shard, valid_from=on, valid_to=_end(on, said.result.validity_months), by=SYSTEM, now=now,
    )  # fmt: skip


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
