"""The queues of the desk: what waits for an officer's organs, keyset pages, counts that stop at fifty."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from xiaoer.people.rules import Officer, posts_with

from .. import rules
from ..models import Application, Case, Question, Step

PAGE = 50
A_WEEK = timedelta(days=7)
Cursor = tuple[date | None, UUID]


@dataclass(frozen=True)
class QueueRow:
    """One line of a queue: a case that waits for an act of intake or delivery (step None), or a step that waits."""

    case: Case
    application: Application
    step: Step | None = None
    cursor: Cursor = (None, UUID(int=0))

    @property
    def due_on(self) -> date | None:
        return self.step.due_on if self.step else None


@dataclass(frozen=True)
class Wanted:
    """What a queue is narrowed to. who: mine, unclaimed or all; due: late, today, week or any."""

    service: str = ""
    kind: str = ""
    who: str = ""
    due: str = ""


ALL = Wanted()


@dataclass(frozen=True)
class CaseQueue:
    """A queue of cases: who works it, which cases are in it, what it is ordered by."""

    permission: str
    where: Q
    order: str


_ASKED = Question.objects.filter(
    side=rules.APPLICANT, state="open", shard=OuterRef("shard"), application=OuterRef("application"),
    case=OuterRef("id"),
)  # fmt: skip
CASE_QUEUES = {
    "intake": CaseQueue("cases.accept", Q(state="received"), "received_on"),
    "waiting": CaseQueue("cases.accept", Q(state="supplementing"), "supplement_until"),
    "deliver": CaseQueue("cases.deliver", Q(state__in=["granted", "refused"], delivered_at=None), "delivery_due_on"),
    "asked": CaseQueue("cases.accept", Q(Exists(_ASKED)), "received_on"),
}
QUEUES = ("steps", "intake", "asked", "waiting", "deliver")


def queues_of(officer: Officer) -> list[str]:
    """Return the names of the queues that an officer works."""
    held = {name for name, queue in CASE_QUEUES.items() if posts_with(officer, queue.permission)}
    if posts_with(officer, "cases.review") or posts_with(officer, "cases.decide"):
        held.add("steps")
    return [name for name in QUEUES if name in held]


def queue(
    officer: Officer, name: str, *, on: date, wanted: Wanted = ALL, after: Cursor | None = None, limit: int = PAGE
) -> list[QueueRow]:
    """Return a page of a queue, what is due first at the top. after: the cursor of the last row seen."""
    if name == "steps":
        return _step_rows(steps_in(officer, wanted, on), after, limit)
    found = cases_in(officer, CASE_QUEUES[name], wanted, on)
    order = CASE_QUEUES[name].order
    cases = list(after_cursor(found, order, after)[:limit])
    return _rows([(case, None, (getattr(case, order), case.id)) for case in cases])


def queue_count(officer: Officer, name: str, *, on: date, wanted: Wanted = ALL) -> int:
    """Return how many rows a queue holds, at most fifty-one: nobody counts a whole table for a number on a tab."""
    found = steps_in(officer, wanted, on) if name == "steps" else cases_in(officer, CASE_QUEUES[name], wanted, on)
    return len(found.order_by().values_list("id", flat=True)[: PAGE + 1])


def cases_in(officer: Officer, queue: CaseQueue, wanted: Wanted, on: date) -> QuerySet[Case]:
    """Return the cases of a queue that this officer works, in no order."""
    found = Case.objects.filter(_reach(officer, queue.permission, "handled_by", "service_code"), queue.where)
    found = found.filter(_narrowed(wanted))
    if wanted.due:
        found = found.filter(_due(wanted.due, queue.order, on))
    return found


def steps_in(officer: Officer, wanted: Wanted, on: date) -> QuerySet[Step]:
    """Return the steps that this officer may work on and that wait or are in hand, in no order."""
    review = _reach(officer, "cases.review", "organ", "of_case__service_code") & ~Q(kind=rules.DECISION)
    decide = _reach(officer, "cases.decide", "organ", "of_case__service_code") & Q(kind=rules.DECISION)
    found = Step.objects.filter(review | decide, state__in=["ready", "working"]).exclude(kind="wait")
    found = found.filter(_narrowed(wanted, of="of_case__"))
    if wanted.who:
        found = found.filter(claimed_by=str(officer.account_id) if wanted.who == "mine" else "")
    return found.filter(_due(wanted.due, "due_on", on)) if wanted.due else found


def _reach(officer: Officer, permission: str, organ: str, service: str) -> Q:
    """Return what the officer's posts with a permission reach, each with the services it is for: names of columns."""
    reach = Q(pk__in=[])
    for place, services in sorted({(post.organ_id, post.services) for post in posts_with(officer, permission)}):
        one = {organ: place}
        reach |= Q(**one, **{f"{service}__in": services}) if services else Q(**one)
    return reach


def _narrowed(wanted: Wanted, *, of: str = "") -> Q:
    asked = {"service_code": wanted.service, "kind": wanted.kind}
    return Q(**{f"{of}{column}": value for column, value in asked.items() if value})


def _due(due: str, field: str, on: date) -> Q:
    if due == "late":
        return Q(**{f"{field}__lt": on})
    return Q(**{f"{field}__lte": on if due == "today" else on + A_WEEK})


def after_cursor(found: QuerySet[Any], order: str, after: Cursor | None) -> QuerySet[Any]:
    """Return what follows a cursor, what is due first at the top."""
    found = found.order_by(F(order).asc(nulls_last=True), "id")
    if after is None:
        return found
    day, identity = after
    if day is None:
        return found.filter(Q(**{order: None}), id__gt=identity)
    return found.filter(Q(**{f"{order}__gt": day}) | Q(**{order: day, "id__gt": identity}) | Q(**{order: None}))


def _step_rows(found: QuerySet[Step], after: Cursor | None, limit: int) -> list[QueueRow]:
    steps = after_cursor(found, "due_on", after).select_related("of_case")[:limit]
    return _rows([(step.of_case, step, (step.due_on, step.id)) for step in steps])


def _rows(found: Iterable[tuple[Case, Step | None, Cursor]]) -> list[QueueRow]:
    listed = list(found)
    ids = {case.application for case, _, _ in listed}
    shards = {case.shard for case, _, _ in listed}
    applications = {one.id: one for one in Application.objects.filter(shard__in=shards, id__in=ids)}
    return [QueueRow(case, applications[case.application], step, cursor) for case, step, cursor in listed]


def write_cursor(cursor: Cursor) -> str:
    """Return a place in a queue as it stands in an address."""
    day, identity = cursor
    return f"{day.isoformat() if day else ''}_{identity}"


def read_cursor(text: str) -> Cursor | None:
    """Return the place that an address names; None, the beginning, when it names none."""
    day, _sign, identity = text.partition("_")
    try:
        return (date.fromisoformat(day) if day else None, UUID(identity))
    except ValueError:
        return None
