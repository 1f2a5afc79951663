"""How much time is left: the bar and the colour of every row at the desk."""

from dataclasses import dataclass
from datetime import date

from xiaoer.kernel.workdays import Calendar

NEAR_DAYS = 2
"""From so many working days left on, a term is near its end ([D]: a custom of desks, no law)."""


@dataclass(frozen=True)
class Remaining:
    """Working days. left: negative when late, None while nothing counts; of: the whole term.

    state: running, near, overdue, paused, done or waiting (no term runs)."""

    left: int | None
    of: int
    state: str
    due_on: date | None


def remaining(
    due_on: date | None, *, since: date | None, on: date, calendar: Calendar, paused: bool = False
) -> Remaining:
    """Return what is left of a term that began on since and ends on due_on. paused: a suspension is open."""
    if paused:
        return Remaining(None, 0, "paused", None)
    if due_on is None:
        return Remaining(None, 0, "waiting", None)
    of = calendar.count_between(since, due_on) if since else 0
    left = calendar.count_between(on, due_on) if due_on >= on else -calendar.count_between(due_on, on)
    state = "overdue" if due_on < on else "near" if left <= NEAR_DAYS else "running"
    return Remaining(left, max(of, left, 1), state, due_on)
