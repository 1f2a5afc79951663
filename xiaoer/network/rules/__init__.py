"""What regions, organs, halls and published calendars are, and what makes them faulty: plain Python."""

from .calendars import (
    CALENDAR,
    DAY_KINDS,
    CalendarNoticeState,
    ChangedDay,
    applies,
    calendar_from,
    changed_days,
    deepest,
    festivals,
    parse_days,
)
from .hours import Span, opening
from .organs import (
    HALL,
    ORGAN,
    ORGAN_KINDS,
    WINDOW,
    ZONE,
    ZONE_KINDS,
    HallState,
    Holding,
    OrganState,
    WindowState,
    ZoneState,
    counted,
)
from .regions import (
    LEVELS,
    NATION,
    REGION,
    Fault,
    RegionChanges,
    RegionRow,
    RegionState,
    ancestors,
    county_of,
    digits,
    level_of,
    region_changes,
    region_faults,
    within,
)

__all__ = [
    "CALENDAR", "DAY_KINDS", "HALL", "LEVELS", "NATION", "ORGAN", "ORGAN_KINDS", "REGION", "WINDOW", "ZONE",
    "ZONE_KINDS", "CalendarNoticeState", "ChangedDay", "Fault", "HallState", "Holding", "OrganState", "RegionChanges",
    "RegionRow", "RegionState", "Span", "WindowState", "ZoneState", "ancestors", "applies", "calendar_from",
    "changed_days", "counted", "county_of", "deepest", "digits", "festivals", "level_of", "opening", "parse_days",
    "region_changes", "region_faults", "within",
]  # fmt: skip
