"""When a hall is open, read off the sentence that people read.  # bilingual

For instance 工作日 9:00-12:00、13:30-17:00；周六 9:00-12:00. The words are those of the halls, which write Chinese.
"""

import re
from collections.abc import Iterator
from datetime import date, time

Span = tuple[time, time]
WEEK = "一二三四五六日"
DAY = re.compile(rf"(?:周|星期)([{WEEK}天])(?:\s*[-–—~至到]\s*(?:周|星期)?([{WEEK}天]))?")
TIMES = re.compile(r"(\d{1,2})[:：](\d{2})\s*[-–—~至到]\s*(\d{1,2})[:：](\d{2})")
DOUBTFUL = re.compile(r"除|夏|冬|春|秋|月|预约")
"""What depends on more than the day cannot be read: the page then shows the sentence alone."""


def opening(hours: str, *, on: date, working: bool) -> list[Span] | None:
    """Return from when until when a hall is open on a day, in order; empty: closed; None: the sentence is not plain.

    working: whether the day is worked after the calendar, so that 调休 counts.
    """
    spans: list[Span] = []
    for part in re.split(r"[；;\n]", hours):
        if not part.strip():
            continue
        found = list(_spans(part))
        if DOUBTFUL.search(part) or not (found or "休息" in part or "不开" in part):
            return None
        if _holds(part, on, working=working):
            spans += found
    return sorted(spans) if hours.strip() else None


def _holds(part: str, on: date, *, working: bool) -> bool:
    """Whether a part of the sentence speaks of a day; without a word for days it speaks of working days."""
    weekdays = {day for first, last in DAY.findall(part) for day in _range(first, last or first)}
    if weekdays:
        return on.weekday() in weekdays and (working or on.weekday() > 4)
    if "每天" in part or "全年" in part:
        return True
    weekend, holiday = "周末" in part or "双休" in part, "节假日" in part
    if weekend or holiday:
        return not working and (holiday or on.weekday() > 4)
    return working


def _range(first: str, last: str) -> Iterator[int]:
    start, end = (WEEK.index(day.replace("天", "日")) for day in (first, last))
    return iter(range(start, end + 1))


def _spans(part: str) -> Iterator[Span]:
    for opens, minute, closes, until in TIMES.findall(part):
        try:
            yield time(int(opens), int(minute)), time(int(closes), int(until))
        except ValueError:
            continue
