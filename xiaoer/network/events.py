"""Events of regions, organs, halls, windows and working calendars.  # bilingual"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from xiaoer.journal.events import event


@event("region.added", subject="region", zh="登记了行政区划{name}", en="entered the region {name}")
@dataclass(frozen=True)
class RegionAdded:
    code: str
    level: int
    name: str
    parent_code: str
    path: str
    valid_from: date


@event("region.renamed", subject="region", zh="行政区划更名为{name}", en="renamed the region to {name}")
@dataclass(frozen=True)
class RegionRenamed:
    name: str


@event(
    "region.ended", subject="region", zh="行政区划撤销，并入{successor}",
    en="ended the region, now part of {successor}",
    law="行政区划管理条例 7",
)  # fmt: skip
@dataclass(frozen=True)
class RegionEnded:
    """valid_to: the first day on which the region is no more."""

    valid_to: date
    successor: str


@event("zone.added", subject="zone", zh="登记了开发区{name}", en="entered the zone {name}")
@dataclass(frozen=True)
class ZoneAdded:
    code: str
    name: str
    kind: str
    host_code: str
    organ_id: UUID | None
    territory: str
    valid_from: date


@event("zone.changed", subject="zone", zh="修改了开发区{name}", en="changed the zone {name}")
@dataclass(frozen=True)
class ZoneChanged:
    name: str
    kind: str
    organ_id: UUID | None
    territory: str
    valid_to: date | None


@event("organ.created", subject="organ", zh="设立了机关{name}", en="set up the organ {name}")
@dataclass(frozen=True)
class OrganCreated:
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


@event("organ.changed", subject="organ", zh="修改了机关{name}", en="changed the organ {name}")
@dataclass(frozen=True)
class OrganChanged:
    name: str
    short_name: str
    phone: str
    address: str
    contact: str
    duties: str
    uscc: str


@event("organ.moved", subject="organ", zh="改由另一机关管理", en="was put under another organ")
@dataclass(frozen=True)
class OrganMoved:
    """Its superior was closed. path: the ids from the topmost organ down, each with a slash."""

    parent_id: UUID
    path: str


@event(
    "organ.closed", subject="organ", zh="撤销了机关，职责由承接机关行使",
    en="closed the organ; its successor takes over",
    law="行政诉讼法 26(6)；行政复议法 19",
)  # fmt: skip
@dataclass(frozen=True)
class OrganClosed:
    valid_to: date
    successor_id: UUID | None


@event("hall.created", subject="hall", zh="开设了政务服务大厅{name}", en="opened the hall {name}")
@dataclass(frozen=True)
class HallCreated:
    name: str
    region_code: str
    organ_id: UUID
    address: str
    phone: str
    hours: str
    directions: str


@event("hall.changed", subject="hall", zh="修改了政务服务大厅{name}", en="changed the hall {name}")
@dataclass(frozen=True)
class HallChanged:
    name: str
    address: str
    phone: str
    hours: str
    directions: str


@event("hall.closed", subject="hall", zh="关闭了大厅：{closed_reason}", en="closed the hall: {closed_reason}")
@dataclass(frozen=True)
class HallClosed:
    """closed_reason: for the public, with the day it opens again when that is known."""

    closed_reason: str
    closed: bool = True


@event("hall.reopened", subject="hall", zh="恢复了大厅开放", en="opened the hall again")
@dataclass(frozen=True)
class HallReopened:
    closed_reason: str = ""
    closed: bool = False


@event("hall.handed_over", subject="hall", zh="大厅移交给另一机关", en="the hall passed to another organ")
@dataclass(frozen=True)
class HallHandedOver:
    organ_id: UUID


@event("window.opened", subject="window", zh="开设了{number}号窗口", en="opened window {number}")
@dataclass(frozen=True)
class WindowOpened:
    hall_id: UUID
    number: str
    name: str
    classes: list[str]


@event("window.changed", subject="window", zh="修改了{number}号窗口", en="changed window {number}")
@dataclass(frozen=True)
class WindowChanged:
    number: str
    name: str
    classes: list[str]
    closed: bool


@event(
    "calendar.published", subject="calendar", zh="公布了工作日历：{title}", en="published the working calendar {title}",
    law="全国年节及纪念日放假办法；行政许可法 82",
)  # fmt: skip
@dataclass(frozen=True)
class CalendarPublished:
    """days: [date, "off" or "work", festival] each. versions: region code (empty: nation) -> digest it came to."""

    place: int
    region_code: str
    title: str
    notice: str
    published_on: date
    days: list[list[str]]
    versions: dict[str, str]
