"""Lengths of time in law, and where they end when suspensions interrupt them.

Units (民法典, 2021-01-01, arts 200-204; 行政许可法, 2019-04-23, art 82):

    working_day   working days without legal holidays
    calendar_day  every day counts; an end on a day off moves to the next working day (art 203)
    month         the same day of a later month, or its last day (art 202); an end on a day off moves as above
    hour          from the minute of the act (art 201 para 2); the act must carry its time
"""

import calendar as gregorian
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal, NamedTuple

from xiaoer.kernel.clock.rules import ClockError
from xiaoer.kernel.workdays import Calendar

Unit = Literal["working_day", "calendar_day", "month", "hour"]
# Longer than any limit in law; beyond it the Gregorian calendar of the machine could end first.
LONGEST = 10_000
UNITS: tuple[Unit, ...] = ("working_day", "calendar_day", "month", "hour")


@dataclass(frozen=True)
class Limit:
    """A length of time: `amount` of `unit`. Zero means on the spot. Raises ClockError bad_input."""

    amount: int
    unit: Unit = "working_day"

    def __post_init__(self) -> None:
        whole = isinstance(self.amount, int) and not isinstance(self.amount, bool)
        if not whole or not 0 <= self.amount <= LONGEST or self.unit not in UNITS:
            raise ClockError("bad_input", what="limit", value=f"{self.amount} {self.unit}")

    def plus(self, days: int) -> "Limit":
        """The limit lengthened by `days` of its own unit."""
        return Limit(self.amount + days, self.unit)


# 行政许可法 (2019-04-23) art 42 para 2: 统一办理、联合办理、集中办理.
IN_CONCERT = Limit(45)


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The limits of one case, as in force on the day of acceptance.

    `statutory` what the law gives, `promised` what the organ promised (None: no promise), `extension` the most by which
    the statutory limit may be extended, in its unit; None means what 行政许可法 (2019-04-23) art 42 gives: 10, or 15
    where 45 working days are allowed for handling in concert. Another law may say otherwise.
    Raises ClockError bad_input when more is promised than the law gives.
    """

    statutory: Limit
    promised: Limit | None = None
    extension: int | None = None

    def __post_init__(self) -> None:
        promised, statutory = self.promised, self.statutory
        if promised and promised.unit == statutory.unit and promised.amount > statutory.amount:
            raise ClockError("bad_input", what="promised", value=promised.amount)

    @property
    def most_extension(self) -> int:
        """The most by which the statutory limit may be extended, in its unit."""
        if self.extension is not None:
            return self.extension
        return 15 if self.statutory == IN_CONCERT else 10


class Span(NamedTuple):
    """A suspension (S, R]: the day of `since` still counts, the day of `until` does not. `until` None: still open."""

    since: date
    until: date | None
    ground: str
    since_at: datetime | None = None
    until_at: datetime | None = None


class Due(NamedTuple):
    """Where a limit ends; `at` only for limits in hours."""

    on: date
    at: datetime | None = None


def due(
    limit: Limit, *, start: date, start_at: datetime | None, suspensions: Iterable[Span], calendar: Calendar
) -> Due | None:
    """The end of `limit` counted from `start`, or None while an open suspension keeps it from being reached."""
    if limit.unit == "hour":
        return _due_hour(limit.amount, start_at=start_at, suspensions=suspensions)
    pairs = [(span.since, span.until) for span in suspensions]
    if limit.unit == "working_day":
        end = _walk(start, limit.amount, pairs=pairs, count=calendar.count_between, add=calendar.add_workdays)
        return Due(end) if end else None
    # A month has no length until it begins, so its days are taken before suspensions push them on.
    days = limit.amount if limit.unit == "calendar_day" else (add_months(start, limit.amount) - start).days
    end = _walk(start, days, pairs=pairs, count=_days_between, add=_add_days)
    return Due(calendar.next_workday(end)) if end else None


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or the last day of that month when there is none (民法典, 2021-01-01, art 202)."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, gregorian.monthrange(year, month + 1)[1]))


def _due_hour(hours: int, *, start_at: datetime | None, suspensions: Iterable[Span]) -> Due | None:
    spans = list(suspensions)
    if start_at is None or any(span.since_at is None or (span.until and span.until_at is None) for span in spans):
        raise ClockError("bad_input", what="at", value="")
    pairs = [(span.since_at, span.until_at) for span in spans]
    end = _walk(start_at, timedelta(hours=hours), pairs=pairs, count=_time_between, add=lambda at, left: at + left)
    return Due(end.date(), end) if end else None


def _walk(
    start: Any, left: Any, *, pairs: Iterable[tuple[Any, Any]], count: Callable[..., Any], add: Callable[..., Any]
) -> Any:
    """Use up `left` from `start`, jumping over suspensions; None when the last one is open and something is left."""
    position = start
    for since, until in pairs:
        passed = count(position, since)
        if passed >= left:
            break
        left -= passed
        if until is None:
            return None
        position = until
    return add(position, left)


def _days_between(start: date, end: date) -> int:
    return max(0, (end - start).days)


def _add_days(start: date, days: int) -> date:
    return start + timedelta(days=days)


def _time_between(start: datetime, end: datetime) -> timedelta:
    return max(timedelta(), end - start)
