"""Every date explained day by day."""

from datetime import date, timedelta
from typing import Literal, NamedTuple

from xiaoer.kernel.clock.state import ClockState
from xiaoer.kernel.workdays import Calendar

DayReason = Literal["working", "weekend", "holiday", "swapped", "suspended"]


class Day(NamedTuple):
    """One day of the statutory clock.

    `number`: which counted day it is, None when it does not count. `note`: the festival, or the ground of suspension.
    """

    on: date
    counts: bool
    number: int | None
    reason: DayReason
    note: str = ""
    notice: str = ""


def explain(state: ClockState, calendar: Calendar, *, as_of: date | None = None) -> list[Day]:
    """The days from the one after acceptance to the statutory due date, or to `as_of` while there is no such date.

    A day off inside a suspension is called a day off: it would not have counted anyway.
    """
    end = state.statutory_due_on or as_of or state.last_on
    if state.accepted_on is None or end is None:
        return []
    days: list[Day] = []
    number = 0
    for offset in range(1, (end - state.accepted_on).days + 1):
        day = _day(state, state.accepted_on + timedelta(days=offset), calendar=calendar)
        number += day.counts
        days.append(day._replace(number=number if day.counts else None))
    return days


def _day(state: ClockState, on: date, *, calendar: Calendar) -> Day:
    why = calendar.explain(on)
    every_day = state.limits.statutory.unit != "working_day"
    ground = _suspended(state, on)
    if ground and (why.working or every_day):
        return Day(on, counts=False, number=None, reason="suspended", note=ground)
    return Day(
        on, counts=why.working or every_day, number=None, reason=why.reason, note=why.festival, notice=why.notice
    )


def _suspended(state: ClockState, on: date) -> str:
    for span in state.suspensions:
        if span.since < on and (span.until is None or on <= span.until):
            return span.ground
    return ""
