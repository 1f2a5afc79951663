"""A case as one line of text, so that a test reads like a file: `2026-02-12 receive; 2026-02-25 suspend 专家评审`."""

from collections.abc import Iterator
from datetime import date

from xiaoer.cli.calendars import national_calendar
from xiaoer.kernel.clock import LICENCE, ClockRules, ClockState, Event, Limit, Limits, fold_all
from xiaoer.kernel.workdays import Calendar

CHINA = national_calendar()


def on(text: str) -> date | None:
    """A date of 2026 as month-day, a whole date, or None for an empty text."""
    if not text:
        return None
    return date.fromisoformat(text if len(text) > 5 else f"2026-{text}")


def events(script: str) -> Iterator[Event]:
    """The events of a script. The word after suspend is its ground, after extend and notify its days."""
    for act in filter(None, (part.strip() for part in script.split(";"))):
        day, name, *rest = act.split(maxsplit=2)
        argument = rest[0] if rest else ""
        number = int(argument) if argument.lstrip("-").isdigit() else None
        when = on(day)
        assert when is not None
        yield Event(on=when, act=name, ground=argument if name == "suspend" else "", days=number)


def limits(statutory: int = 20, promised: int | None = 8, extension: int | None = None) -> Limits:
    """Limits in working days."""
    return Limits(
        statutory=Limit(statutory), promised=None if promised is None else Limit(promised), extension=extension
    )


def play(
    script: str,
    as_of: str = "",
    *,
    given: Limits | None = None,
    calendar: Calendar = CHINA,
    rules: ClockRules = LICENCE,
) -> ClockState:
    """The state after a script, as of a day (by default that of the last event)."""
    return fold_all(events(script), limits=given or limits(), calendar=calendar, as_of=on(as_of), rules=rules)
