"""Acts on regions, zones, organs, halls, windows and working calendars."""

from .calendars import publish_calendar, publish_national
from .halls import change_hall, change_window, close_hall, create_hall, open_window, reopen_hall
from .organs import change_organ, close_organ, create_organ, held_by, holdings
from .regions import add_region, end_region, import_regions, region_faults, region_rows, rename_region
from .zones import change_zone, create_zone

__all__ = [
    "add_region", "change_hall", "change_organ", "change_window", "change_zone", "close_hall", "close_organ",
    "create_hall", "create_organ", "create_zone", "end_region", "held_by", "holdings", "import_regions", "open_window",
    "publish_calendar", "publish_national", "region_faults", "region_rows", "rename_region", "reopen_hall",
]  # fmt: skip
