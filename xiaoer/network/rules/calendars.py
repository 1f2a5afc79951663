"""What a published calendar is, and what makes it faulty.  # bilingual"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from xiaoer.kernel import refusal, workdays

from .regions import level_of, within
from .subjects import subject

DAY_KINDS = {"off": ("放假", "day off"), "work": ("上班", "working day")}

refusal.register(
    {
        "no_calendar": (
            "还没有公布工作日历，无法计算期限。请系统管理员先公布国务院办公厅的放假通知。",
            "No working calendar is published, so no date can be counted. The operator must publish the notices first.",
        ),
        "calendar_unknown": ("没有这一版工作日历。", "There is no such version of the working calendar."),
        "calendar_day": (
            "第{line}行“{text}”不对。每行写：日期 放假或上班 节日，例如 2027-01-01 放假 元旦。",
            "Line {line}, “{text}”, is not right. Write date, off or work, festival: for example 2027-01-01 off 元旦.",
        ),
        "calendar_twice": ("{day}写了两次。请只留一行。", "{day} stands there twice. Keep one line."),
        "calendar_gap": (
            "日历年份不连续。请先公布中间年份的放假通知。",
            "The years of the calendar are not continuous. Publish the notices of the years between first.",
        ),
        "calendar_first": (
            "还没有全国工作日历。请先公布全国通知，再公布地方日期。",
            "There is no national calendar yet. Publish the national notice before regional days.",
        ),
        "notice_twice": ("{notice}已经公布过。", "{notice} has been published already."),
    }
)


@dataclass(frozen=True)
class CalendarNoticeState:
    place: int
    region_code: str
    title: str
    notice: str
    published_on: date
    days: list[list[str]]
    versions: dict[str, str] = field(default_factory=dict)


CALENDAR = subject("calendar", "CalendarNotice", CalendarNoticeState)


def parse_days(text: str) -> list[list[str]]:
    """Return the days typed as lines "2027-01-01 放假 元旦". Raises Refusal calendar_day or calendar_twice."""
    words = {word: kind for kind, pair in DAY_KINDS.items() for word in (*pair, kind)}
    days: dict[str, list[str]] = {}
    for line, raw in enumerate(text.splitlines(), start=1):
        cells = re.split(r"[,\uff0c\s]+", raw.strip(), maxsplit=2)
        if cells == [""]:
            continue
        try:
            day, kind = date.fromisoformat(cells[0]).isoformat(), words[cells[1]]
        except (ValueError, KeyError, IndexError):
            raise refusal.Refusal("calendar_day", line=line, text=raw.strip()) from None
        if day in days:
            raise refusal.Refusal("calendar_twice", day=day)
        days[day] = [day, kind, cells[2] if len(cells) > 2 else ""]
    return [days[day] for day in sorted(days)]


@dataclass(frozen=True)
class Festival:
    """What a notice says of one festival. off: (first, last) of each run of days off; work: swapped working days."""

    name: str
    off: list[tuple[date, date]]
    work: list[date]


def festivals(days: Iterable[Sequence[str]]) -> list[Festival]:
    """Return the days of a notice (day, kind, festival) as people read them: by festival, in the order of days."""
    found: dict[str, Festival] = {}
    for text, kind, name in sorted(map(tuple, days)):
        day, one = date.fromisoformat(text), found.setdefault(name, Festival(name, [], []))
        if kind != "off":
            one.work.append(day)
        elif one.off and one.off[-1][1] + timedelta(days=1) == day:
            one.off[-1] = (one.off[-1][0], day)
        else:
            one.off.append((day, day))
    return list(found.values())


def applies(notice_region: str, region_code: str) -> bool:
    """Whether a notice of one region counts in another. The empty region is the nation's."""
    return not notice_region or within(region_code, notice_region)


def deepest(versions: Mapping[str, str], region_code: str) -> str:
    """Return which of the regions of a notice's versions counts for a region: the nearest that has days of its own."""
    return max(
        (code for code in versions if applies(code, region_code)), key=lambda code: level_of(code) if code else 0
    )


def calendar_from(notices: Iterable[CalendarNoticeState]) -> workdays.Calendar:
    """Return the calendar that notices make: for one region and day the later notice counts.

    Refusal calendar_first without a national notice that names 1 January, calendar_gap when a year lacks.
    """
    standing: dict[tuple[str, str], workdays.Row] = {}
    for notice in sorted(notices, key=lambda one: one.place):
        for day, kind, festival in notice.days:
            row = workdays.Row(
                date.fromisoformat(day), _kind(kind), festival, notice.notice, notice.published_on, notice.region_code
            )
            standing[notice.region_code, day] = row
    try:
        return workdays.Calendar.build(standing.values())
    except workdays.CalendarError as fault:
        raise refusal.Refusal("calendar_first" if fault.code == "empty" else "calendar_gap") from None


def _kind(word: str) -> workdays.Kind:
    return "off" if word == "off" else "work"


@dataclass(frozen=True)
class ChangedDay:
    """One day that a notice touches. before: None when there was no calendar."""

    on: date
    festival: str
    before: bool | None
    after: bool

    @property
    def changes(self) -> bool:
        return self.before is not self.after


def changed_days(
    before: workdays.Calendar | None, after: workdays.Calendar, days: Iterable[Sequence[str]]
) -> list[ChangedDay]:
    """Return for each day of a notice whether it is worked before and after."""
    return [
        ChangedDay(on, festival, before.is_working(on) if before else None, after.is_working(on))
        for on, festival in ((date.fromisoformat(day), festival) for day, _, festival in days)
    ]
