"""A case as JSON for `xiaoer clock explain`, read strictly: what is not understood is refused by name.

    {"calendar": "cn", "limit": {"statutory": 20, "promised": 8}, "as_of": "2026-03-10",
     "events": [{"on": "2026-02-12", "act": "receive"}, {"on": "2026-02-25", "act": "suspend", "ground": "专家评审"}]}

calendar  "cn" or nothing: the national calendar, every published year. "cn-2026": as published through 2026;
          "cn-2018-2026": those years only, the others provisional. A version digest: the same, if it is that version.
          A list [{"day": "2026-04-20", "kind": "off", "festival": "三月三"}]: the national calendar and these days.
          {"base": "cn-2026", "days": [...]}: both.
limit     working days, or {"amount": 1, "unit": "month"} with the units working_day, calendar_day, month, hour.
          "promised" may be missing; "extension" is the most that may be added, by default what the law gives.
as_of     the day asked about; events after it have not happened. Missing: the day of the last event.
events    "on" and "act"; "ground" (suspend), "days" (extend; notify), "until" (notify), "at" (a time, for hours),
          "stage" (reopen).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, get_args
from zoneinfo import ZoneInfo

from xiaoer.cli.calendars import national_calendar
from xiaoer.kernel.clock import ClockError, Event, Limit, Limits
from xiaoer.kernel.workdays import Calendar, CalendarError, Kind, Row

SHANGHAI = ZoneInfo("Asia/Shanghai")
# Dates outside are slips of the keyboard; inside, the longest limit stays within the machine's calendar.
YEARS = range(1949, 2200)
MISSING: Any = object()


@dataclass(frozen=True)
class Case:
    """One line of input, understood."""

    calendar: Calendar
    limits: Limits
    as_of: date | None
    events: tuple[Event, ...]


def parse_case(data: object) -> Case:
    """A case from decoded JSON. Raises ClockError bad_input that names the field."""
    case = _object(data, "line")
    events = _list(case.get("events", MISSING), "events")
    return Case(
        calendar=_calendar(case.get("calendar")),
        limits=_limits(case.get("limit", MISSING)),
        as_of=_optional_date(case.get("as_of"), "as_of"),
        events=tuple(_event(event, f"events[{index}]") for index, event in enumerate(events)),
    )


def bad(what: str, value: object) -> ClockError:
    """The refusal of one field."""
    return ClockError("bad_input", what=what, value="-" if value is MISSING else str(value)[:80])


def _object(value: object, what: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise bad(what, value)
    return value


def _list(value: object, what: str) -> list[Any]:
    if not isinstance(value, list):
        raise bad(what, value)
    return value


def _text(value: object, what: str) -> str:
    if not isinstance(value, str):
        raise bad(what, value)
    return value


def _date(value: object, what: str) -> date:
    try:
        if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            day = date.fromisoformat(value)
            if day.year in YEARS:
                return day
    except ValueError:
        pass
    raise bad(what, value)


def _optional_date(value: object, what: str) -> date | None:
    return None if value is None else _date(value, what)


def _moment(value: object, what: str) -> datetime | None:
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(_text(value, what))
    except ValueError:
        raise bad(what, value) from None
    return moment.astimezone(SHANGHAI) if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)


def _limits(value: object) -> Limits:
    limit = _object(value, "limit")
    promised = limit.get("promised")
    extension = limit.get("extension")
    return Limits(
        statutory=_limit(limit.get("statutory", MISSING), "limit.statutory"),
        promised=None if promised is None else _limit(promised, "limit.promised"),
        extension=None if extension is None else _limit(extension, "limit.extension").amount,
    )


def _limit(value: object, what: str) -> Limit:
    amount, unit = value, "working_day"
    if isinstance(value, dict):
        amount, unit = value.get("amount"), value.get("unit", unit)
    try:
        return Limit(amount, unit)  # type: ignore[arg-type]
    except (ClockError, TypeError):
        raise bad(what, value) from None


def _event(value: object, what: str) -> Event:
    event = _object(value, what)
    on = _date(event.get("on", MISSING), f"{what}.on")
    at = _moment(event.get("at"), f"{what}.at")
    days = event.get("days")
    if at and at.date() != on:
        raise bad(f"{what}.at", event["at"])
    if days is not None and (not isinstance(days, int) or isinstance(days, bool)):
        raise ClockError("bad_days", days=days, most="-")
    return Event(
        act=_text(event.get("act", MISSING), f"{what}.act"),
        on=on,
        ground=_text(event.get("ground") or "", f"{what}.ground"),
        days=days,
        until=_optional_date(event.get("until"), f"{what}.until"),
        at=at,
        stage=_text(event.get("stage", "receive"), f"{what}.stage"),
    )


def _calendar(value: object) -> Calendar:
    if value is None or isinstance(value, str):
        return _named_calendar(value or "cn")
    if isinstance(value, list):
        return _with_days(national_calendar(), value)
    whole = _object(value, "calendar")
    base = _named_calendar(_text(whole.get("base", "cn"), "calendar.base"))
    return _with_days(base, _list(whole.get("days", []), "calendar.days"))


@cache
def _named_calendar(name: str) -> Calendar:
    national = national_calendar()
    if name in ("cn", national.version):
        return national
    years = re.fullmatch(r"cn(?:-([0-9]{4}))?-([0-9]{4})", name)
    if not years:
        raise bad("calendar", name)
    first, last = int(years[1] or national.covered_from.year), int(years[2])
    if not national.covered_from.year <= first <= last <= national.covered_to.year:
        raise bad("calendar", name)
    return national.within(first, last)


def _with_days(base: Calendar, days: list[Any]) -> Calendar:
    rows = [_row(_object(day, f"calendar[{index}]"), f"calendar[{index}]") for index, day in enumerate(days)]
    try:
        return base.with_rows(rows)
    except CalendarError as error:
        raise bad("calendar", error) from None


def _row(day: Mapping[str, Any], what: str) -> Row:
    kind = day.get("kind", "off")
    if kind not in get_args(Kind):
        raise bad(f"{what}.kind", kind)
    festival = _text(day.get("festival", ""), f"{what}.festival")
    return Row(_date(day.get("day", MISSING), f"{what}.day"), kind, festival, region="extra")
