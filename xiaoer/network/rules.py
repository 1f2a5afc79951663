"""What a region, an organ and a published calendar are, and what makes them faulty.  # bilingual

Region codes are the 12 digits of the statistical divisions: GB/T 2260 (2 digits a level), then town 3 and village 3.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from uuid import UUID

from xiaoer.journal import rules as journal
from xiaoer.kernel import refusal, workdays

NATION = "000000000000"
"""The shard of what belongs to the whole country."""
LENGTHS = (2, 4, 6, 9, 12)
"""How many leading digits name a region of level 1 to 5."""
LEVELS = {
    1: ("省级", "province"),
    2: ("市级", "city"),
    3: ("县级", "county"),
    4: ("乡镇级", "town"),
    5: ("村级", "village"),
}
ORGAN_KINDS = {
    "government": ("人民政府", "government"),
    "department": ("工作部门", "department"),
    "bureau": ("行政审批局", "approval bureau"),
    "centre": ("政务服务中心", "service centre"),
    "town": ("乡镇（街道）", "town or street"),
    "village": ("村（社区）", "village or community"),
    "vertical": ("垂直管理机关", "vertically managed organ"),
    "enterprise": ("公共企事业单位", "public utility"),
}
ZONE_KINDS = {"national": ("国家级", "national"), "provincial": ("省级", "provincial"), "city": ("市级", "city")}
DAY_KINDS = {"off": ("放假", "day off"), "work": ("上班", "working day")}

refusal.register(
    {
        "region_file": (
            "区划文件有{count}处错误，一行也没有导入。第一处：第{line}行，{reason}。请改正后重新导入。",
            "Nothing was imported. Faults: {count}. The first: line {line}, {reason_en}. Mend it and try again.",
        ),
        "region_unknown": (
            "没有代码为{code}的行政区划。请核对12位代码，或先导入区划。",
            "There is no region with the code {code}. Check the 12 digits, or import the regions first.",
        ),
        "region_ended": (
            "行政区划{code}已经撤销。请选用现行区划。",
            "The region {code} has ended. Choose one that is in force.",
        ),
        "organ_twice": (
            "统一社会信用代码{uscc}已经登记为{name}。请直接修改该机关。",
            "The code {uscc} is already entered as {name}. Change that organ instead.",
        ),
        "organ_closed": (
            "该机关已经撤销。请选用承接其职责的机关。",
            "The organ has been closed. Choose the one that took over.",
        ),
        "window_twice": (
            "本大厅已有{number}号窗口。请换一个窗口号。",
            "The hall already has a window {number}. Choose another number.",
        ),
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
class RegionState:
    code: str
    level: int
    name: str
    parent_code: str
    path: str
    valid_from: date
    valid_to: date | None = None
    successor: str = ""


@dataclass(frozen=True)
class ZoneState:
    code: str
    name: str
    kind: str
    host_code: str
    organ_id: UUID | None
    territory: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True)
class OrganState:
    name: str
    short_name: str
    uscc: str
    region_code: str
    level: int
    kind: str
    phone: str
    address: str
    contact: str
    parent_id: UUID | None
    path: str
    valid_from: date
    valid_to: date | None = None
    successor_id: UUID | None = None


@dataclass(frozen=True)
class HallState:
    name: str
    region_code: str
    organ_id: UUID
    address: str
    phone: str
    hours: str


@dataclass(frozen=True)
class WindowState:
    hall_id: UUID
    number: str
    name: str
    classes: list[str]
    closed: bool = False


@dataclass(frozen=True)
class CalendarNoticeState:
    place: int
    region_code: str
    title: str
    notice: str
    published_on: date
    days: list[list[str]]
    versions: dict[str, str] = field(default_factory=dict)


def _subject(kind: str, model: str, state: type) -> journal.Subject:
    return journal.subject(kind, model=f"network.{model}", state=state, fold=partial(journal.took_over, kind=state))


REGION = _subject("region", "Region", RegionState)
ZONE = _subject("zone", "Zone", ZoneState)
ORGAN = _subject("organ", "Organ", OrganState)
HALL = _subject("hall", "Hall", HallState)
WINDOW = _subject("window", "Window", WindowState)
CALENDAR = _subject("calendar", "CalendarNotice", CalendarNoticeState)


def level_of(code: str) -> int:
    """Return the level that the digits of a code say: 1 province … 5 village.

    A county-level city governed by its province directly (429004) reads as a county, as it should.
    """
    for level, length in enumerate(LENGTHS, start=1):
        if not code[length:].strip("0"):
            return level
    return 5


def ancestors(code: str) -> list[str]:
    """Return the codes above a code by its digits, province first; the code itself is not among them."""
    above = [code[:length].ljust(12, "0") for length in LENGTHS[: level_of(code) - 1]]
    return [one for one in above if one != code]


def county_of(code: str) -> str:
    """Return the county-level code of a region, or the code itself when it is a city or province: the shard."""
    return code[:6].ljust(12, "0")


def digits(code: str) -> str:
    """Return the leading digits that every code in a region shares; empty for the nation."""
    return "" if code == NATION else code[: LENGTHS[level_of(code) - 1]]


def within(code: str, other: str) -> bool:
    """Whether a region lies in another one, or is it."""
    return code == other or other == NATION or other in ancestors(code)


@dataclass(frozen=True)
class RegionRow:
    """One line of the national format. line: its number in the file."""

    line: int
    code: str
    parent_code: str
    level: int
    name: str


@dataclass(frozen=True)
class Fault:
    """What is wrong on a line, in both languages."""

    line: int
    zh: str
    en: str


def region_faults(rows: Sequence[RegionRow], known: Mapping[str, int]) -> list[Fault]:
    """Return what is wrong with rows to import. known: code -> level of the regions that exist."""
    levels = {**known, **{row.code: row.level for row in rows}}
    seen: set[str] = set()
    faults = []
    for row in rows:
        said = _region_fault(row, levels, seen)
        if said:
            faults.append(Fault(row.line, *said))
        seen.add(row.code)
    return faults


def _region_fault(row: RegionRow, levels: Mapping[str, int], seen: set[str]) -> tuple[str, str] | None:
    if not re.fullmatch(r"\d{12}", row.code):
        return f"代码“{row.code}”不是12位数字", f"the code “{row.code}” is not 12 digits"
    if row.code in seen:
        return f"代码{row.code}重复", f"the code {row.code} stands there twice"
    if row.level not in LEVELS:
        return f"级别“{row.level}”不在1至5之间", f"the level “{row.level}” is not 1 to 5"
    if not row.name.strip():
        return f"{row.code}没有名称", f"{row.code} has no name"
    if row.level > 1 and row.parent_code not in levels:
        return f"没有上级区划{row.parent_code}", f"there is no parent region {row.parent_code}"
    if row.level > 1 and levels[row.parent_code] >= row.level:
        return f"上级{row.parent_code}的级别不高于{row.code}", f"the parent {row.parent_code} is not above {row.code}"
    return None


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
