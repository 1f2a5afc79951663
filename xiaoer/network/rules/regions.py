"""What a region (行政区划) is: its code, its level, what makes a file of regions faulty.  # bilingual

Region codes are the 12 digits of the statistical divisions: GB/T 2260 (2 digits a level), then town 3 and village 3.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xiaoer.kernel import refusal

from .subjects import subject

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
        "region_fault": ("{reason}。", "{reason_en}."),
        "region_twice": (
            "代码{code}已经登记为{name}。要改名，请打开它的页面。",
            "The code {code} is entered as {name}. To rename it, open its page.",
        ),
        "region_name_same": ("新名称和现在的一样。", "The new name is the present one."),
        "region_period": (
            "撤销的日子要晚于启用的日子（{from_on}）。",
            "It must end after the day it began ({from_on}).",
        ),
        "region_successor": (
            "承接的区划不能是它自己，也不能在它里面。",
            "The successor can be neither the region itself nor one inside it.",
        ),
        "region_children": (
            "下面还有{count}个现行区划。请先逐个撤销或并入别处，再撤销它。",
            "It still holds regions in force: {count}. End each or merge it elsewhere first.",
        ),
        "region_holds": (
            "这里还有{what}。请先撤销或移交，再撤销区划。",
            "It still holds {what_en}. Close or hand them over first.",
        ),
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


REGION = subject("region", "Region", RegionState)


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


@dataclass(frozen=True)
class RegionChanges:
    """What an import would do. renamed: code, old name, new name. missing: codes of one's regions not in the file."""

    added: list[RegionRow]
    renamed: list[tuple[str, str, str]]
    same: int
    missing: list[str]


def region_changes(rows: Sequence[RegionRow], known: Mapping[str, str], *, within_code: str) -> RegionChanges:
    """Return what importing rows would change. known: code -> name of the regions in force; within_code: where to
    look for regions that lack in the file."""
    listed = {row.code for row in rows}
    renamed = [(row.code, known[row.code], row.name) for row in rows if known.get(row.code, row.name) != row.name]
    added = [row for row in rows if row.code not in known]
    missing = [code for code in sorted(known) if code not in listed and within(code, within_code)]
    return RegionChanges(added, renamed, len(rows) - len(added) - len(renamed), missing)


def region_faults(
    rows: Sequence[RegionRow], known: Mapping[str, int], *, ended: Mapping[str, date] | None = None
) -> list[Fault]:
    """Return what is wrong with rows to import. known: code -> level of the regions in force; ended: code -> day on
    which it ended, for those whose earlier period would be touched."""
    levels = {**known, **{row.code: row.level for row in rows}}
    seen: set[str] = set()
    faults = []
    for row in rows:
        said = _region_fault(row, levels, seen)
        if said is None and row.code not in known and row.code in (ended or {}):
            day = (ended or {})[row.code].isoformat()
            said = (
                f"代码{row.code}已于{day}撤销，启用日期要在那天或以后",
                f"the code {row.code} ended on {day}: begin it then or later",
            )
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
