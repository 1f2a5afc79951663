"""Acts and reads over HTTP against the same rows in raw SQL, on PostgreSQL, in one run.

Signed in, with permission, idempotency and journal, synchronous_commit on; the production server with 2 processes; load
by wrk with 16 connections. Needs Debian's postgresql and wrk. Run: python -m bench.http [SECONDS]
"""

import sys
from collections.abc import Callable
from functools import partial
from statistics import median
from typing import Any

from bench import raw
from bench.site import FOOD, Load, Site, accept_all, loads, memory, standing, wrk

ROUNDS = 7
"""How often each is measured in turn: other work on the machine moves one measurement by a third."""
WARMING = 3
"""Seconds in which the server loads, connects and prepares what the threads of raw SQL have before the clock starts."""


def report(site: Site, seconds: float) -> None:
    submits, reads, lists = loads(site).items()
    compare(*submits, partial(raw.submit_once, raw.sample(site.url)), site, seconds)
    compare(*reads, partial(raw.query_once, "read", raw.asked(site.url, raw.READERS)), site, seconds)
    accept_all(site)
    compare(*lists, partial(raw.query_once, "list", raw.asked(site.url, raw.OFFICERS)), site, seconds)
    (guide := site.folder / "guide").write_text(f"\t/services/{FOOD}/\n")
    rate, errors, middle, slow = wrk(Load("read.lua", guide), site, seconds)
    print(f"guide page from memory: {rate:.0f}/s, p50 {middle:.1f} ms, p95 {slow:.1f} ms, {errors} errors")
    print(f"largest web process after all this: {memory(site):.0f} MiB")


def compare(name: str, load: Load, make: Callable[[], Any], site: Site, seconds: float) -> None:
    """Print what the product does of one thing and what raw SQL does of it, in turn: of every round and the middle."""
    rates, bares, ratios = [], [], []
    for _ in range(ROUNDS):
        bares.append(raw.rate(site.url, make, seconds))
        wrk(load, site, WARMING)
        rate, errors, middle, slow = wrk(load, site, seconds)
        rates.append(rate)
        ratios.append(rate / bares[-1])
        print(f"  {rate:.0f}/s, p50 {middle:.1f} ms, p95 {slow:.1f} ms, {errors} errors; raw {bares[-1]:.0f}/s; "
              f"ratio {ratios[-1]:.2f}", flush=True)  # fmt: skip
    print(f"{name}: {median(rates):.0f}/s; raw {median(bares):.0f}/s; ratio {median(ratios):.2f}", flush=True)


if __name__ == "__main__":
    with standing() as there:
        report(there, float(sys.argv[1]) if len(sys.argv) > 1 else 6)
