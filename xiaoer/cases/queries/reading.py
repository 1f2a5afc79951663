"""What programs read most: one case of an applicant, a page of a queue. Columns alone, as they are said in JSON."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import CharField, OuterRef, QuerySet, Subquery

from xiaoer.database.prepared import Given, Prepared
from xiaoer.network import queries as network
from xiaoer.people.rules import Applicant, Officer

from ..models import Application, Case
from .mine import owns
from .queues import ALL, CASE_QUEUES, PAGE, Cursor, Wanted, after_cursor, cases_in, steps_in


class CaseLine(NamedTuple):
    """One case as its applicant may see it. organ: the name of the one that handles it."""

    number: str
    service: str
    service_name: str
    organ: str
    procedure: str
    state: str
    outcome: str
    version: int
    received_on: date
    accepted_on: date | None
    deemed: bool
    promised_due_on: date | None
    statutory_due_on: date | None
    delivery_due_on: date | None
    supplement_until: date | None
    gaps: list[dict[str, str]]
    hearing: dict[str, Any]


def _case_with_owner() -> QuerySet[Any, Any]:
    application = Application.objects.filter(shard=OuterRef("shard"), id=OuterRef("application"))
    owner = [Subquery(application.values(name)) for name in ("applicant_kind", "applicant", "account")]
    columns: dict[str, Any] = {name: name for name in CaseLine._fields}
    columns |= {"service": "service_code", "organ": network.name_of("handled_by")}
    return Case.objects.filter(number=Given("number", CharField())).values_list(*owner, *columns.values())[:1]


_CASE = Prepared(_case_with_owner)


def case_line(applicant: Applicant, number: str) -> CaseLine | None:
    """Return one case to its applicant, else None. One query."""
    for kind, whose, account, *line in _CASE.rows(number=number):
        if owns(applicant, kind=kind, whose=whose, account=account):
            return CaseLine(*line)
    return None


class QueueLine(NamedTuple):
    """One line of a queue: a case that waits, or a step of it. claimed: somebody has the step in hand."""

    number: str
    service: str
    service_name: str
    kind: str
    state: str
    received_on: date
    version: int
    due_on: date | None = None
    step: UUID | None = None
    step_key: str = ""
    step_version: int | None = None
    claimed: bool = False


OF_CASE = ("number", "service_code", "service_name", "kind", "state", "received_on", "version")
OF_STEP = ("due_on", "id", "key", "version", "claimed_by", *(f"of_case__{name}" for name in OF_CASE))


def queue_lines(
    officer: Officer, name: str, *, on: date, wanted: Wanted = ALL, after: Cursor | None = None, limit: int = PAGE
) -> tuple[list[QueueLine], Cursor | None]:
    """Return a page of a queue and where the next one begins, None at the end. One query."""
    if name == "steps":
        found = after_cursor(steps_in(officer, wanted, on), "due_on", after).values_list(*OF_STEP)
    else:
        queue = CASE_QUEUES[name]
        found = after_cursor(cases_in(officer, queue, wanted, on), queue.order, after)
        found = found.values_list(queue.order, "id", *OF_CASE)
    rows = list(found[: limit + 1])
    following = rows[limit - 1][:2] if len(rows) > limit else None
    return [_step_line(*row) if name == "steps" else QueueLine(*row[2:]) for row in rows[:limit]], following


def _step_line(due_on: date | None, step: UUID, key: str, version: int, claimed_by: str, *case: Any) -> QueueLine:
    found = QueueLine(*case)
    return found._replace(due_on=due_on, step=step, step_key=key, step_version=version, claimed=bool(claimed_by))
