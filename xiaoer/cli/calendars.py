"""The national calendar, read from the file that comes with Xiaoer. Reading is I/O, so it is not in the kernel."""

from functools import cache
from pathlib import Path

from xiaoer.kernel.workdays import Calendar, parse_rows

NATIONAL = Path(__file__).parent.parent / "kernel" / "data" / "calendar_cn.csv"


@cache
def national_calendar() -> Calendar:
    """The calendar of the whole country, all published years; read once per process."""
    return Calendar.build(parse_rows(NATIONAL.read_text(encoding="utf-8").splitlines()))
