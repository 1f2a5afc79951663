"""Decide a case, suspend and extend its clock, end it, deliver its result (行政许可法 38, 42, 44, 45)."""

from datetime import datetime
from typing import Any

from django.db import transaction

from xiaoer.journal import services as journal
from xiaoer.journal.services import Actor, Change
from xiaoer.kernel.refusal import Refusal
from xiaoer.kernel.workdays import Calendar
from xiaoer.network import queries as network
from xiaoer.people.rules import SHANGHAI

from .. import rules
from ..events import (
    CaseDelivered,
    CaseExtended,
    CaseGranted,
    CaseRefused,
    CaseResumed,
    CaseSuspended,
    CaseTerminated,
    CaseWithdrawn,
    StepSettled,
    StepVoided,
)
from ..models import Application, Case, Step
from .fees import check_paid
from .time import day_of
from .work import groundless

OPEN_STEPS = ("waiting", "ready", "working")
TRIES = 3
"""How often an opening is recorded anew when somebody else changes the case at the same instant."""


@transaction.atomic
def grant(
    case: Case, *, by: Actor, now: datetime, calendar: Calendar, reason: str = "", seen: int | None = None
) -> Case:
    """Grant. Refusal sole_reviewer when the same officer made all reviews (except 即办件)."""
    steps = list(Step.objects.filter(shard=case.shard, case=case.id))
    reviewers = {step.claimed_by for step in steps if step.kind != rules.DECISION and step.outcome and step.claimed_by}
    if case.kind != "immediate" and reviewers == {by.id}:
        raise Refusal("sole_reviewer")
    deciding = [step for step in steps if step.kind == rules.DECISION and step.state in {"ready", "working"}]
    if not deciding or deciding[0] in groundless(case, steps):
        raise Refusal("decision_waits")
    return _decide(case, CaseGranted(on=day_of(now), reason=reason), "granted", steps, by, now, calendar, seen)


@transaction.atomic
def refuse(case: Case, *, reason: str, by: Actor, now: datetime, calendar: Calendar, seen: int | None = None) -> Case:
    """Refuse, with reasons (行政许可法 38). It may come early: open steps are voided."""
    if not reason.strip():
        raise Refusal("reason_needed")
    steps = list(Step.objects.filter(shard=case.shard, case=case.id))
    return _decide(case, CaseRefused(on=day_of(now), reason=reason), "refused", steps, by, now, calendar, seen)


def _decide(
    case: Case, event: Any, outcome: str, steps: list[Step], by: Actor, now: datetime, calendar: Calendar,
    seen: int | None,
) -> Case:  # fmt: skip
    changes: list[Any] = [Change(case, event, seen=seen)]
    for step in steps:
        if step.kind == rules.DECISION and step.state in {"ready", "working"}:
            changes.append(Change(step, StepSettled(outcome=outcome, opinion=event.reason)))
        elif step.state in OPEN_STEPS:
            changes.append(Change(step, StepVoided()))
    return journal.act(changes, by=by, now=now, calendar=calendar.version)[0]


@transaction.atomic
def withdraw(
    case: Case, *, by: Actor, now: datetime, calendar: Calendar, reason: str = "", seen: int | None = None
) -> Case:
    """Take the application for this case back, at any time before the decision."""
    return _ended(case, CaseWithdrawn(on=day_of(now), reason=reason), by, now, calendar, seen)


@transaction.atomic
def terminate(
    case: Case, *, ground: str, reason: str, basis: str, by: Actor, now: datetime, calendar: Calendar,
    seen: int | None = None,
) -> Case:  # fmt: skip
    """End a case before its decision, because its item was cancelled or its applicant is gone; open steps are voided.

    Refusal reason_needed, basis_needed, not_now.
    """
    if not reason.strip():
        raise Refusal("reason_needed")
    if not basis.strip():
        raise Refusal("basis_needed")
    event = CaseTerminated(on=day_of(now), ground=ground, reason=reason.strip(), basis=basis.strip())
    return _ended(case, event, by, now, calendar, seen, law=event.basis)


def suspend(
    case: Case, *, ground: str, days: int, by: Actor, now: datetime, calendar: Calendar, seen: int | None = None
) -> Case:
    """Stop the clock for a hearing, test, appraisal or the like; its time is told in writing (行政许可法 45)."""
    return _one(case, CaseSuspended(on=day_of(now), ground=ground, days=days), by, now, calendar, seen)


def resume(case: Case, *, by: Actor, now: datetime, calendar: Calendar, seen: int | None = None) -> Case:
    """Let the clock run again."""
    return _one(case, CaseResumed(on=day_of(now)), by, now, calendar, seen)


def extend(
    case: Case, *, days: int, reason: str, by: Actor, now: datetime, calendar: Calendar, seen: int | None = None
) -> Case:
    """Extend the statutory limit once, before expiry (行政许可法 42). The promise stays what it was."""
    if not reason.strip():
        raise Refusal("reason_needed")
    if case.statutory_due_on is None:
        raise Refusal("no_date_to_extend")
    event = CaseExtended(on=day_of(now), days=days, reason=reason, was_due_on=case.statutory_due_on)
    return _one(case, event, by, now, calendar, seen)


def deliver(
    case: Case, *, way: str, by: Actor, now: datetime, calendar: Calendar, proof: str = "", seen: int | None = None
) -> Case:
    """Record that the result reached the applicant (行政许可法 44). Refusal fee_unpaid while a grant is unpaid."""
    check_paid(case)
    return _one(case, CaseDelivered(on=day_of(now), way=way, proof=proof), by, now, calendar, seen)


def note_opened(case: Case, *, by: Actor, now: datetime) -> bool:
    """Record that the applicant opened the result that he asked to have electronically.

    A court's paper is served when it arrives in the receiver's system (民事诉讼法 90); here the opening counts [D]: it
    proves that he knows of it, and the days in which he may object begin no earlier (行政复议法 20).

    Return whether this was the delivery; of several that open it at once, one is. proof: the time of opening.
    """
    for _ in range(TRIES):
        if not _comes_electronically(case):
            return False
        try:
            proof = now.astimezone(SHANGHAI).isoformat(timespec="seconds")
            calendar = network.calendar_for(case.shard)
            with transaction.atomic():  # of its own: a handler's transaction outlives what is refused here
                deliver(case, way="electronic", proof=proof, by=by, now=now, calendar=calendar, seen=case.version)
            return True
        except Refusal as refused:
            if refused.key != "stale":
                return False
            case = Case.objects.get(shard=case.shard, id=case.id)
    return False


def _comes_electronically(case: Case) -> bool:
    """Whether a case is decided and its result is still to reach somebody who asked for it electronically."""
    if case.delivered_at or case.state not in {"granted", "refused"}:
        return False
    delivery = Application.objects.values_list("delivery", flat=True).get(shard=case.shard, id=case.application)
    return delivery.get("way") == "electronic"


def _ended(
    case: Case, event: Any, by: Actor, now: datetime, calendar: Calendar, seen: int | None, *, law: str = ""
) -> Case:
    """End a case without a decision: nothing is left to be done on its steps."""
    changes: list[Any] = [Change(case, event, seen=seen, law=law)]
    steps = Step.objects.filter(shard=case.shard, case=case.id, state__in=OPEN_STEPS)
    changes += [Change(step, StepVoided()) for step in steps]
    return journal.act(changes, by=by, now=now, calendar=calendar.version)[0]


def _one(case: Case, event: Any, by: Actor, now: datetime, calendar: Calendar, seen: int | None) -> Case:
    return journal.act([Change(case, event, seen=seen)], by=by, now=now, calendar=calendar.version)[0]
