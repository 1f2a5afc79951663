"""Work on steps: take one in hand, settle it, put it back. Departments never collide: each step is its own subject."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from xiaoer.journal import services as journal
from xiaoer.journal.services import SYSTEM, Actor, Change
from xiaoer.kernel.refusal import Refusal
from xiaoer.kernel.workdays import Calendar
from xiaoer.network import queries as network

from .. import rules
from ..events import (
    CaseBegun,
    CaseStarted,
    StepClaimed,
    StepLapsed,
    StepReadied,
    StepReleased,
    StepReturned,
    StepSettled,
    StepUndone,
)
from ..models import Application, Case, Note, Question, Step
from ..rules.alarms import start_of
from .time import LAPSE_CLAIM, day_of


def claim(step: Step, *, by: Actor, now: datetime, seen: int | None = None) -> Step:
    """Take a step in hand; the first one taken begins the work on its case.

    Refusal hearing_chair_reviews for who chairs the hearing of the case (行政许可法 48(3)).

    Two departments may take their first steps at one instant: who comes second finds the case begun and tries again.
    """
    for _ in range(3):
        case = Case.objects.get(shard=step.shard, id=step.case)
        if case.hearing.get("chair") == by.id:
            raise Refusal("hearing_chair_reviews")
        changes: list[Any] = [Change(step, StepClaimed(), seen=seen)]
        if case.state == "accepted":
            changes.append(Change(case, CaseBegun(on=day_of(now))))
        try:
            return _claimed(changes, by, now)
        except Refusal as refused:
            fresh = Step.objects.get(shard=step.shard, id=step.id)
            if refused.key not in {"stale", "not_now"} or fresh.version != step.version or len(changes) == 1:
                raise
    raise Refusal("stale")


@transaction.atomic
def _claimed(changes: list[Any], by: Actor, now: datetime) -> Step:
    step: Step = journal.act(changes, by=by, now=now)[0]
    _ring_for(step, now)
    return step


def _ring_for(step: Step, worked_at: datetime) -> datetime:
    """Set the timer that ends a claim on which nothing more is done, and return when it rings.

    Who settles or releases the step makes it pointless; who takes it next moves it.
    """
    last = network.calendar_for(step.shard).add_workdays(day_of(worked_at), settings.CLAIM_DAYS)
    rings_at = start_of(last + timedelta(days=1))
    journal.set_timer(shard=step.shard, subject=step.id, name=LAPSE_CLAIM, due_at=rings_at)
    return rings_at


@transaction.atomic
def lapse_claim(step: Step, *, now: datetime) -> Step:
    """Put a step back that somebody took and left. Notes and questions are work; a special procedure is waited for."""
    if step.state != "working" or step.kind == "wait":
        return step
    case = Case.objects.get(shard=step.shard, id=step.case)
    if _ring_for(step, now if case.state == "special" else _worked_at(step)) > now:
        return step
    journal.clear_timer(shard=step.shard, subject=step.id, name=LAPSE_CLAIM)
    lapsed: Step = journal.act([Change(step, StepLapsed(claimed_by=step.claimed_by))], by=SYSTEM, now=now)[0]
    return lapsed


def _worked_at(step: Step) -> datetime:
    """Return when who has a step in hand last did something for its case."""
    where = {"shard": step.shard, "case": step.case}
    said = [
        Note.objects.filter(**where, author=step.claimed_by).aggregate(at=Max("at")),
        Question.objects.filter(**where, asked_by=step.claimed_by).aggregate(at=Max("asked_at")),
        Question.objects.filter(**where, answered_by=step.claimed_by).aggregate(at=Max("answered_at")),
    ]
    assert step.claimed_at is not None
    return max([step.claimed_at, *(one["at"] for one in said if one["at"])])


@transaction.atomic
def release(step: Step, *, by: Actor, now: datetime, reason: str = "", seen: int | None = None) -> Step:
    """Put a step back for others. Refusal step_taken when somebody else has it in hand."""
    if step.claimed_by and step.claimed_by != by.id:
        raise Refusal("step_taken")
    return journal.act([Change(step, StepReleased(reason=reason), seen=seen)], by=by, now=now)[0]


@transaction.atomic
def settle(
    step: Step, *, outcome: str, opinion: str, by: Actor, now: datetime, calendar: Calendar, seen: int | None = None
) -> Step:
    """Settle a step (granted, refused or conditional) with an opinion; what follows becomes ready at once.

    Refusal step_taken when somebody else has it in hand, step_not_in_hand when nobody has, not_now while the case is
    suspended or over.
    """
    if by != SYSTEM and seen in {None, step.version}:
        _check_in_hand(step, by)
    if outcome != "granted" and not opinion.strip():
        raise Refusal("reason_needed")
    steps = _steps_of(step)
    settled = Change(step, StepSettled(outcome=outcome, opinion=opinion), seen=seen)
    others = [one for one in steps if one.id != step.id]
    outcomes = rules.standing(others)[0] | {step.key: outcome}
    follows = _follows(step, others, outcomes, now=now, calendar=calendar) + _begins(step, others, now)
    return journal.act([settled, *follows], by=by, now=now, calendar=calendar.version)[0]


@transaction.atomic
def send_back(
    step: Step, *, to: str, reason: str, by: Actor, now: datetime, calendar: Calendar, seen: int | None = None
) -> Step:
    """Send a case back from a step in hand to an earlier one whose opinion it is built on; return that one.

    A new round begins for it and for all that was built on it, the step in hand among them; the clock runs on. Refusal
    no_way_back when the step is not built on that one, step_taken, step_not_in_hand, not_now, reason_needed.
    """
    if seen not in {None, step.version}:
        raise Refusal("stale")
    _check_in_hand(step, by)
    if not reason.strip():
        raise Refusal("reason_needed")
    case = Case.objects.get(shard=step.shard, id=step.case)
    steps = {one.key: one for one in _steps_of(step)}
    outcomes, busy = rules.standing(steps.values())
    if to not in rules.ways_back(case.plan, outcomes=outcomes, working=busy, sent_from=step.key):
        raise Refusal("no_way_back")
    undone = rules.undone_by(case.plan, outcomes=outcomes, working=busy, to=to)
    days = next(node.get("days", 0) for node in case.plan["nodes"] if node["key"] == to)
    due_on = calendar.add_workdays(day_of(now), days) if days else None
    returned = StepReturned(reason=reason, sent_from=step.key, settled_by=steps[to].claimed_by, due_on=due_on)
    changes = [
        Change(steps[key], returned if key == to else StepUndone(), seen=seen if key == step.key else None)
        for key in undone
    ]
    rows: list[Step] = journal.act(changes, by=by, now=now, calendar=calendar.version)
    return rows[undone.index(to)]


def groundless(case: Case, steps: Iterable[Step]) -> list[Step]:
    """Return which of the steps of a case stand on an opinion that was sent back: of two acts at one instant, neither
    saw the other."""
    known = [one for one in steps if one.state != "void"]
    if all(one.round == 1 for one in known):
        return []
    answers = Application.objects.values_list("answers", flat=True).get(shard=case.shard, id=case.application)
    outcomes, busy = rules.standing(known)
    gone = rules.groundless(case.plan, outcomes=outcomes, working=busy, facts=answers)
    return [one for one in known if one.key in gone]


def _undo_groundless(case: Case, steps: list[Step], now: datetime, calendar: Calendar) -> int:
    """Take back what stands on nothing. Return how many steps changed."""
    changes = [Change(one, StepUndone()) for one in groundless(case, steps)]
    if changes:
        journal.act(changes, by=SYSTEM, now=now, calendar=calendar.version)
    return len(changes)


@transaction.atomic
def advance(case: Case, *, now: datetime, calendar: Calendar) -> int:
    """Make ready what has become ready, take back what has lost its ground. Two departments that act at one instant do
    not see each other; the delivery of their entries comes here, and the later one sees both. Return how many steps
    changed."""
    steps = _steps_of_case(case)
    if not steps or case.state in rules.FINAL:
        return 0
    undone = _undo_groundless(case, steps, now, calendar)
    outcomes, _busy = rules.standing(steps)
    follows = _follows(steps[0], steps, outcomes, now=now, calendar=calendar) + _begins(steps[0], steps, now)
    if follows:
        journal.act(follows, by=SYSTEM, now=now, calendar=calendar.version)
    return undone + len(follows)


@transaction.atomic
def inform(case: Case, *, now: datetime, calendar: Calendar) -> int:
    """Tell the cases that wait for this one how it ended. Return how many were told."""
    told = 0
    waiting = Step.objects.filter(
        shard=case.shard, application=case.application, key=rules.BEFORE + case.key, state="working"
    )
    for step in waiting:
        settle(step, outcome=case.outcome, opinion=case.number, by=SYSTEM, now=now, calendar=calendar)
        told += 1
    return told


def _check_in_hand(step: Step, by: Actor) -> None:
    """Whether somebody may settle a step: it is in his own hand, and the clock of its case runs."""
    if step.state == "ready":
        raise Refusal("step_not_in_hand")
    if step.state != "working":
        raise Refusal("step_over")
    if step.claimed_by != by.id:
        raise Refusal("step_taken")
    case = Case.objects.get(shard=step.shard, id=step.case)
    if case.state not in rules.WORKED:
        zh, en, _code = rules.STATES[case.state]
        raise Refusal("not_now", zh=zh, en=en)


def _steps_of(step: Step) -> list[Step]:
    return list(Step.objects.filter(shard=step.shard, case=step.case).exclude(state="void"))


def _steps_of_case(case: Case) -> list[Step]:
    return list(Step.objects.filter(shard=case.shard, case=case.id).exclude(state="void"))


def _begins(step: Step, others: Iterable[Step], now: datetime) -> list[Change]:
    """Return the beginning of the term of a case that waited, when none of its waits is open any more."""
    if step.kind != "wait" and not any(one.kind == "wait" for one in others):
        return []
    case = Case.objects.get(shard=step.shard, id=step.case)
    if case.state != "waiting" or any(one.kind == "wait" and not one.outcome for one in others):
        return []
    return [Change(case, CaseStarted(on=day_of(now)))]


def _follows(
    step: Step, others: Iterable[Step], outcomes: dict[str, str], *, now: datetime, calendar: Calendar
) -> list[Change]:
    """Return the changes to other steps that follow from the outcomes."""
    case = Case.objects.get(shard=step.shard, id=step.case)
    application = Application.objects.get(shard=step.shard, id=step.application)
    by_key = {one.key: one for one in others}
    busy = rules.standing(by_key.values())[1]
    if step.key not in outcomes and step.key not in by_key:
        busy.append(step.key)
    follows = rules.advance(case.plan, outcomes=outcomes, working=busy, facts=application.answers)
    days = {node["key"]: node.get("days", 0) for node in case.plan["nodes"]}
    on = day_of(now)
    changes = [
        Change(by_key[key], StepSettled(outcome=outcome)) for key, outcome in follows.close.items() if key in by_key
    ]
    for key in follows.ready:
        if key in by_key and by_key[key].state == "waiting":
            due = calendar.add_workdays(on, days[key]) if days[key] else None
            changes.append(Change(by_key[key], StepReadied(due_on=due)))
    return changes
