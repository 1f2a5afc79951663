"""Work on steps: take one in hand, settle it, put it back. Departments never collide: each step is its own subject."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from xiaoer.journal import services as journal
from xiaoer.journal.services import SYSTEM, Actor, Change
from xiaoer.kernel.refusal import Refusal
from xiaoer.kernel.workdays import Calendar

from .. import rules
from ..events import CaseBegun, StepClaimed, StepReadied, StepReleased, StepSettled
from ..models import Application, Case, Step
from .time import day_of


def claim(step: Step, *, by: Actor, now: datetime, seen: int | None = None) -> Step:
    """Take a step in hand; the first one taken begins the work on its case.

    Two departments may take their first steps at one instant: who comes second finds the case begun and tries again.
    """
    for _ in range(3):
        case = Case.objects.get(shard=step.shard, id=step.case)
        changes: list[Any] = [Change(step, StepClaimed(), seen=seen)]
        if case.state == "accepted":
            changes.append(Change(case, CaseBegun(on=day_of(now))))
        try:
            return journal.act(changes, by=by, now=now)[0]
        except Refusal as refused:
            fresh = Step.objects.get(shard=step.shard, id=step.id)
            if refused.key not in {"stale", "not_now"} or fresh.version != step.version or len(changes) == 1:
                raise
    raise Refusal("stale")


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
    outcomes = {one.key: one.outcome for one in others if one.outcome} | {step.key: outcome}
    follows = _follows(step, others, outcomes, now=now, calendar=calendar)
    return journal.act([settled, *follows], by=by, now=now, calendar=calendar.version)[0]


@transaction.atomic
def advance(case: Case, *, now: datetime, calendar: Calendar) -> int:
    """Make ready what has become ready. Two departments that settle at one instant do not see each other; the delivery
    of their entries comes here, and the later one sees both. Return how many steps changed."""
    steps = _steps_of_case(case)
    if not steps or case.state in rules.FINAL:
        return 0
    outcomes = {one.key: one.outcome for one in steps if one.outcome}
    follows = _follows(steps[0], steps, outcomes, now=now, calendar=calendar)
    if follows:
        journal.act(follows, by=SYSTEM, now=now, calendar=calendar.version)
    return len(follows)


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
    if step.claimed_by != by.id:
        raise Refusal("step_taken" if step.claimed_by else "step_over")
    case = Case.objects.get(shard=step.shard, id=step.case)
    if case.state not in {"accepted", "handling"}:
        zh, en, _code = rules.STATES[case.state]
        raise Refusal("not_now", zh=zh, en=en)


def _steps_of(step: Step) -> list[Step]:
    return list(Step.objects.filter(shard=step.shard, case=step.case).exclude(state="void"))


def _steps_of_case(case: Case) -> list[Step]:
    return list(Step.objects.filter(shard=case.shard, case=case.id).exclude(state="void"))


def _follows(
    step: Step, others: Iterable[Step], outcomes: dict[str, str], *, now: datetime, calendar: Calendar
) -> list[Change]:
    """Return the changes to other steps that follow from the outcomes."""
    case = Case.objects.get(shard=step.shard, id=step.case)
    application = Application.objects.get(shard=step.shard, id=step.application)
    by_key = {one.key: one for one in others}
    busy = [one.key for one in by_key.values() if one.state in {"ready", "working"}]
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
