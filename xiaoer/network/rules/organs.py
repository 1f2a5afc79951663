"""What organs, zones, halls and windows are, and what an organ must hand over before it is closed.  # bilingual"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from xiaoer.kernel import refusal

from .subjects import subject

ORGAN_KINDS = {
    "government": ("人民政府", "government"),
    "department": ("工作部门", "department"),
    "bureau": ("行政审批局", "approval bureau"),
    "centre": ("政务服务中心", "service centre"),
    "town": ("乡镇（街道）", "town or street"),
    "village": ("村（社区）", "village or community"),
    "vertical": ("垂直管理机关", "vertically managed organ"),
    "association": ("群团组织", "mass organisation"),
    "enterprise": ("公共企事业单位", "public utility"),
}
ZONE_KINDS = {"national": ("国家级", "national"), "provincial": ("省级", "provincial"), "city": ("市级", "city")}

refusal.register(
    {
        "organ_twice": (
            "统一社会信用代码{uscc}已经登记为{name}。请直接修改该机关。",
            "The code {uscc} is already entered as {name}. Change that organ instead.",
        ),
        "organ_closed": (
            "该机关已经撤销。请选用承接其职责的机关。",
            "The organ has been closed. Choose the one that took over.",
        ),
        "organ_early": (
            "撤销从生效那天起办理，不能提前。请在{on}当天或以后再来。",
            "An organ is closed on the day itself or later. Come back on {on}.",
        ),
        "organ_period": (
            "撤销的日子要晚于设立的日子（{from_on}）。",
            "It must close after the day it began ({from_on}).",
        ),
        "organ_successor": (
            "承接的机关不能是它自己，也不能是它的下级，而且不能已经撤销。",
            "The successor can be neither the organ itself nor one below it, and must not be closed.",
        ),
        "organ_holds": (
            "这个机关手里还有：{what}。请选一个机关来承接，才能撤销。",
            "The organ still holds: {what_en}. Choose an organ that takes over; then it can be closed.",
        ),
        "hall_closed": ("这个大厅已经关闭。请先恢复开放。", "The hall is closed. Open it again first."),
        "hall_open": ("这个大厅本来就开着。", "The hall is open already."),
        "zone_twice": ("开发区代码{code}已经登记为{name}。", "The zone code {code} is entered as {name} already."),
        "zone_ended": ("这个开发区已经撤销。", "The zone has ended already."),
        "zone_code": (
            "开发区代码应为12位数字，并且不能是现行行政区划的代码。",
            "A zone code has 12 digits and is not the code of a region in force.",
        ),
        "hall_twice": (
            "本机关已有“{name}”。请换一个名称，或者修改原来的大厅。",
            "The organ already has “{name}”. Choose another name, or change the hall that there is.",
        ),
        "window_twice": (
            "本大厅已有{number}号窗口。请换一个窗口号。",
            "The hall already has a window {number}. Choose another number.",
        ),
    }
)


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
    duties: str
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
    directions: str = ""
    closed: bool = False
    closed_reason: str = ""


@dataclass(frozen=True)
class WindowState:
    hall_id: UUID
    number: str
    name: str
    classes: list[str]
    closed: bool = False


ZONE = subject("zone", "Zone", ZoneState)
ORGAN = subject("organ", "Organ", OrganState)
HALL = subject("hall", "Hall", HallState)
WINDOW = subject("window", "Window", WindowState)


@dataclass(frozen=True)
class Holding:
    """One kind of thing that organs hold: an app says how much of it an organ has, and hands it over to a successor.

    Named in settings.ORGAN_HOLDINGS, so that closing an organ asks every app although none of them is known here.
    count: (organ) -> how many. hand_over: (organ, successor, by=, now=), in the transaction of the closing.
    """

    zh: str
    en: str
    count: Callable[[Any], int]
    hand_over: Callable[..., None]


def counted(held: list[tuple[str, str, int]]) -> tuple[str, str]:
    """Return (zh, en, how many) as a phrase in both languages: 在办件 3、岗位 2."""
    zh = "、".join(f"{zh} {count}" for zh, _, count in held)
    return zh, ", ".join(f"{en}: {count}" for _, en, count in held)
