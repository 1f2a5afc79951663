"""Acceptance: tell all gaps once, take the supplement, accept, or decline; silence accepts by itself (许可法 32)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from xiaoer.journal import services as journal
from xiaoer.journal.services import SYSTEM, Actor, Change
from xiaoer.kernel.refusal import Refusal
from xiaoer.kernel.workdays import Calendar

from ..events import (
    CaseAccepted,
    CaseDeclined,
    CaseDeemedAccepted,
    CaseLapsed,
    CaseNotified,
    CaseRecalculated,
    CaseSupplemented,
    RequirementJudged,
    RequirementProvided,
)
from ..models import Application, Case, Requirement
from .discarded import keep_replaced
from .opening import opened_steps
from .time import day_of


@transaction.atomic
def notify(
    case: Case, *, gaps: list[dict[str, str]], until: date, by: Actor, now: datetime, calendar: Calendar,
    seen: int | None = None,
) -> Case:  # fmt: skip
    """Tell the applicant all gaps at once (一次性告知补正). gaps: [{"material": key, "reason": how to mend it}]."""
    if not gaps or not all(gap["reason"].strip() for gap in gaps):
        raise Refusal("gaps_needed")
    if until <= day_of(now):
        raise Refusal("until_needed")
    named = {gap["material"]: gap["reason"] for gap in gaps}
    papers = Requirement.objects.filter(shard=case.shard, application=case.application, key__in=named)
    changes: list[Any] = [Change(case, CaseNotified(on=day_of(now), until=until, gaps=gaps), seen=seen)]
    changes += [Change(paper, RequirementJudged(verdict="gap", reason=named[paper.key])) for paper in papers]
    return journal.act(changes, by=by, now=now, calendar=calendar.version)[0]


@transaction.atomic
def provide(
    paper: Requirement, *, way: str, by: Actor, now: datetime, file: UUID | None = None, reference: str = "",
    grade: str = "C", seen: int | None = None,
) -> Requirement:  # fmt: skip
    """Take a paper, or another one in its place. grade C: uploaded and still to be checked (国办函〔2016〕108号)."""
    keep_replaced(paper)
    provided = RequirementProvided(way=way, file=file, reference=reference, grade=grade)
    return journal.act([Change(paper, provided, seen=seen)], by=by, now=now)[0]


@transaction.atomic
def judge(
    paper: Requirement, *, verdict: str, by: Actor, now: datetime, reason: str = "", seen: int | None = None
) -> Requirement:
    """Note whether a paper is fine or a gap."""
    if verdict == "gap" and not reason.strip():
        raise Refusal("reason_needed")
    return journal.act([Change(paper, RequirementJudged(verdict=verdict, reason=reason), seen=seen)], by=by, now=now)[0]


@transaction.atomic
def supplement(case: Case, *, by: Actor, now: datetime, calendar: Calendar, seen: int | None = None) -> Case:
    """Take the applicant's supplement: five new days begin."""
    change = Change(case, CaseSupplemented(on=day_of(now)), seen=seen)
    return journal.act([change], by=by, now=now, calendar=calendar.version)[0]


@transaction.atomic
def accept(
    case: Case, *, organs: dict[str, UUID], by: Actor, now: datetime, calendar: Calendar, seen: int | None = None
) -> Case:
    """Accept the case (受理): the clock of the decision starts, the steps come into being."""
    return _accepted(case, CaseAccepted(on=day_of(now)), organs, by, now, calendar, seen)


@transaction.atomic
def deem(case: Case, *, organs: dict[str, UUID], now: datetime, calendar: Calendar) -> Case:
    """Record that silence has accepted the case (行政许可法 32(4)). Refusal when the fifth day has not ended."""
    return _accepted(case, CaseDeemedAccepted(on=day_of(now)), organs, SYSTEM, now, calendar, None)


def _accepted(
    case: Case, event: Any, organs: dict[str, UUID], by: Actor, now: datetime, calendar: Calendar, seen: int | None
) -> Case:
    case = journal.act([Change(case, event, seen=seen)], by=by, now=now, calendar=calendar.version)[0]
    application = Application.objects.get(shard=case.shard, id=case.application)
    siblings = Case.objects.filter(shard=case.shard, application=case.application)
    steps = opened_steps(
        case, siblings=siblings, organs=organs, facts=application.answers, calendar=calendar, on=day_of(now)
    )
    journal.act(steps, by=by, now=now, calendar=calendar.version)
    return case


@transaction.atomic
def decline(
    case: Case, *, ground: str, reason: str, by: Actor, now: datetime, calendar: Calendar, right_organ: str = "",
    seen: int | None = None,
) -> Case:  # fmt: skip
    """Do not accept: no licence is needed (not_a_matter), or another organ is competent, who is named (not_ours)."""
    if not reason.strip():
        raise Refusal("reason_needed")
    if ground == "not_ours" and not right_organ.strip():
        raise Refusal("organ_needed")
    event = CaseDeclined(on=day_of(now), ground=ground, reason=reason, right_organ=right_organ)
    return journal.act([Change(case, event, seen=seen)], by=by, now=now, calendar=calendar.version)[0]


@transaction.atomic
def lapse(case: Case, *, now: datetime, calendar: Calendar) -> Case:
    """Close a case whose notice was not answered in time."""
    change = Change(case, CaseLapsed(on=day_of(now)))
    return journal.act([change], by=SYSTEM, now=now, calendar=calendar.version)[0]


@transaction.atomic
def recalculate(case: Case, *, now: datetime, calendar: Calendar) -> bool:
    """Count the dates of a case anew under a calendar that was published; return whether one of them moved."""
    before = (case.statutory_due_on, case.promised_due_on, case.provisional, case.clock.get("deem_on"))
    event = CaseRecalculated(on=day_of(now), old=case.clock.get("calendar", ""), new=calendar.version)
    case = journal.act([Change(case, event)], by=SYSTEM, now=now, calendar=calendar.version)[0]
    return before != (case.statutory_due_on, case.promised_due_on, case.provisional, case.clock.get("deem_on"))
