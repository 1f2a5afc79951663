"""How long a million due dates take. Run: python -m bench.workdays [count]"""

import sys
import time
from datetime import date, timedelta

from xiaoer.cli.calendars import national_calendar


def seconds_for(count: int) -> float:
    """Seconds to compute `count` statutory due dates (20 working days) spread over the published years."""
    add = national_calendar().add_workdays
    starts = [date(2018, 1, 1) + timedelta(days=offset) for offset in range(3200)]
    began = time.perf_counter()
    for index in range(count):
        add(starts[index % 3200], 20)
    return time.perf_counter() - began


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    national_calendar()
    taken = min(seconds_for(count) for _ in range(3))
    print(f"{count} due dates in {taken:.2f} s, {taken / count * 1e6:.2f} microseconds each")


if __name__ == "__main__":
    main()
