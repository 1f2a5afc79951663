"""The statutory clock of a case, kept in its row as JSON; dates for lists are copied from it."""

from collections.abc import Callable
from datetime import date
from typing import Any

from pydantic import TypeAdapter

from xiaoer.kernel import clock
from xiaoer.kernel.clock import ClockState, Limit, Limits
from xiaoer.kernel.workdays import Calendar

from .procedures import PROCEDURES

_ADAPTER = TypeAdapter(ClockState)
_LIMITS = TypeAdapter(Limits)
_UNITS = {"working_days": "working_day", "calendar_days": "calendar_day", "months": "month", "hours": "hour",
          "at_once": "working_day"}  # fmt: skip
_calendars: list[Callable[[str], Calendar]] = []


def use_calendars(provider: Callable[[str], Calendar]) -> None:
    """Say where calendars come from by version digest: rules may not ask the database themselves."""
    _calendars[:] = [provider]


def calendar_of(version: str) -> Calendar:
    """Return the calendar that an entry names."""
    return _calendars[0](version)


def read(stored: dict[str, Any], *, procedure: str) -> ClockState:
    """Return the clock from a row's JSON."""
    return _ADAPTER.validate_python({**stored, "rules": PROCEDURES[procedure].clock})


def write(state: ClockState) -> dict[str, Any]:
    """Return the clock as JSON. The table of the clock belongs to the procedure and is not copied."""
    return _ADAPTER.dump_python(state, mode="json", exclude={"rules"})


def start(limits: dict[str, Any], *, procedure: str) -> ClockState:
    """Return a clock on which nothing has happened."""
    return ClockState(limits=_LIMITS.validate_python(limits), rules=PROCEDURES[procedure].clock)


def limits_of(term: Callable[[str], tuple[int, str] | None], *, most_extension: int | None) -> dict[str, Any]:
    """Return the clock's limits as JSON from catalogue terms; term(name) gives (count, unit) or None.

    Without a statutory limit in the catalogue the law's own twenty working days hold (行政许可法 42).
    """
    statutory = _limit(term("statutory")) or Limit(20)
    limits = Limits(statutory=statutory, promised=_limit(term("promised")), extension=most_extension)
    return _LIMITS.dump_python(limits, mode="json")


def _limit(term: tuple[int, str] | None) -> Limit | None:
    return Limit(term[0], _UNITS[term[1]]) if term else None  # type: ignore[arg-type]


def tick(state: ClockState, happened: clock.Event, *, calendar: str) -> ClockState:
    """Fold one event into the clock. ClockError, a Refusal, for what the law does not allow."""
    return clock.fold(state, happened, calendar_of(calendar))


def if_accepted(stored: dict[str, Any], *, procedure: str, on: date, calendar: str) -> ClockState:
    """Return the clock as it would be after an acceptance on a day: what the desk says before it is done."""
    return tick(read(stored, procedure=procedure), clock.Event(act="accept", on=on), calendar=calendar)
