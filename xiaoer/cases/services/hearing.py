"""听证 (行政许可法 36, 46-48): tell of the right, ask for a hearing, announce it, record it, take the asking back."""

from collections.abc import Sequence
from datetime import date as Day
from datetime import datetime, time
from typing import Any
from uuid import UUID

from xiaoer.journal import queries as entries
from xiaoer.journal import services as journal
from xiaoer.journal.services import Actor, Change
from xiaoer.kernel.refusal import Refusal
from xiaoer.kernel.workdays import Calendar
from xiaoer.people import queries as people

from .. import rules
from ..events import (
    CaseHearingAsked,
    CaseHearingDropped,
    CaseHearingHeld,
    CaseHearingOrdered,
    CaseHearingSet,
    CaseHearingTold,
)
from ..models import Case, Step
from .time import day_of


def tell_hearing(
    case: Case, *, ground: str, reason: str, parties: Sequence[str], by: Actor, now: datetime, calendar: Calendar,
    seen: int | None = None,
) -> Case:  # fmt: skip
    """Tell applicant and interested parties of their right to a hearing, and open five days in which to ask for it.

    ground law: the law itself wants the hearing (46), nobody has to ask. Refusal reason_needed, hearing_parties,
    hearing_told_already, not_now.
    """
    names = [name.strip() for name in parties if name.strip()]
    if not reason.strip():
        raise Refusal("reason_needed")
    if ground == "interest" and not names:
        raise Refusal("hearing_parties")
    said: dict[str, Any] = {"on": day_of(now), "reason": reason.strip(), "parties": names, "number": len(names)}
    event: CaseHearingTold | CaseHearingOrdered = (
        CaseHearingOrdered(**said)
        if ground == "law"
        else CaseHearingTold(**said, until=rules.hearing.days_to_ask(said["on"], calendar))
    )
    return _one(case, event, by, now, calendar, seen)


def ask_hearing(
    case: Case, *, side: str, by: Actor, now: datetime, calendar: Calendar, who: str = "", seen: int | None = None
) -> Case:
    """Ask for a hearing (47), as the applicant or, recorded by an officer, an interested party.

    Refusal hearing_who, hearing_not_told, hearing_asked_late, hearing_asked_already, hearing_over, not_now.
    """
    if side == "party" and not who.strip():
        raise Refusal("hearing_who")
    on = day_of(now)
    event = CaseHearingAsked(on=on, side=side, who=who.strip(), hold_by=rules.hearing.days_to_hold(on, calendar))
    return _one(case, event, by, now, calendar, seen)


def set_hearing(
    case: Case, *, date: Day, time: time, place: str, chair: UUID, by: Actor, now: datetime, calendar: Calendar,
    seen: int | None = None,
) -> Case:  # fmt: skip
    """Announce when and where the hearing is, and who chairs it (48); once more before it is held, if it must move.

    The seven days are for time and place: another chair, after a challenge (回避), needs no new day.

    Refusal hearing_too_soon, hearing_too_late, hearing_chair_reviews, hearing_chair_unknown, hearing_not_asked,
    hearing_over, hearing_place, not_now.
    """
    if not place.strip():
        raise Refusal("hearing_place")
    on, standing = day_of(now), rules.hearing.read(case.hearing)
    if refused := rules.hearing.against("set_hearing", standing, on=on):
        raise refused
    if (date, f"{time:%H:%M}", place.strip()) != (standing.on, standing.time, standing.place):
        rules.hearing.check_day(standing, date, announced_on=on, calendar=calendar)
    if str(chair) in reviewers_of(case):
        raise Refusal("hearing_chair_reviews")
    if chair not in {account.id for account in may_chair(case, on)}:
        raise Refusal("hearing_chair_unknown")
    event = CaseHearingSet(on=on, date=date, time=f"{time:%H:%M}", place=place.strip(), chair=chair)
    return _one(case, event, by, now, calendar, seen)


def hold_hearing(
    case: Case, *, present: str, record: str, by: Actor, now: datetime, calendar: Calendar, seen: int | None = None
) -> Case:
    """Record the hearing (听证笔录): the decision rests on it (48). Only its chair does, on its day or later.

    Who took a step in hand at the instant in which he was given the chair does not hold it either. Refusal
    hearing_record, hearing_chair_only, hearing_chair_reviews, hearing_not_yet, hearing_not_set, hearing_over, not_now.
    """
    if not present.strip() or not record.strip():
        raise Refusal("hearing_record")
    standing = rules.hearing.read(case.hearing)
    if refused := rules.hearing.against("hold_hearing", standing, on=day_of(now), account=by.id):
        raise refused
    if by.id in reviewers_of(case):
        raise Refusal("hearing_chair_reviews")
    event = CaseHearingHeld(on=day_of(now), present=present.strip(), record=record.strip())
    return _one(case, event, by, now, calendar, seen)


def drop_hearing(
    case: Case, *, side: str, by: Actor, now: datetime, calendar: Calendar, reason: str = "", seen: int | None = None
) -> Case:
    """Take an asking back; with the last one the hearing falls. Refusal hearing_not_asked, hearing_over, not_now."""
    event = CaseHearingDropped(on=day_of(now), side=side, reason=reason.strip())
    return _one(case, event, by, now, calendar, seen)


def reviewers_of(case: Case) -> frozenset[str]:
    """Return everybody who ever had a step of the case in hand, whoever ended it."""
    steps = Step.objects.filter(shard=case.shard, case=case.id).values_list("id", flat=True)
    return entries.actors_of("step.claimed", shard=case.shard, subjects=list(steps))


def may_chair(case: Case, on: Day) -> list[Any]:
    """Return the accounts of the organ's officers who have no part in the review of a case (48(3))."""
    reviewers = reviewers_of(case)
    officers = people.holding("cases.read", organ=case.handled_by, service=case.service_code, on=on)
    return [account for account in officers if str(account.id) not in reviewers]


def _one(case: Case, event: Any, by: Actor, now: datetime, calendar: Calendar, seen: int | None) -> Case:
    changed: Case = journal.act([Change(case, event, seen=seen)], by=by, now=now, calendar=calendar.version)[0]
    return changed
