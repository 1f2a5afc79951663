"""Acts and reads over HTTP against the same rows in raw SQL, on PostgreSQL, in one run.

Signed in, with permission, idempotency and journal, synchronous_commit on; the production server with 2 processes; load
by wrk with 16 connections. Needs Debian's postgresql and wrk. Run: python -m bench.http [SECONDS]
"""

import sys
from functools import partial

import psycopg

from bench import raw
from bench.site import Site, accept_all, loads, standing, wrk


def report(site: Site, seconds: float) -> None:
    submits, reads, lists = loads(site).items()
    with psycopg.connect(site.url) as connection:
        pairs = connection.execute(
            "SELECT c.number, a.applicant FROM cases_case c JOIN cases_application a ON a.id = c.application LIMIT 32"
        ).fetchall()
    for (name, load), make in (
        (submits, partial(raw.submit_once, raw.sample(site.url))),
        (reads, partial(raw.query_once, "read", [list(pair) for pair in pairs])),
    ):
        bare = raw.rate(site.url, make, seconds)
        rate, errors, middle, slow = wrk(load, site, seconds)
        print(f"{name}: {rate:.0f}/s, p50 {middle:.1f} ms, p95 {slow:.1f} ms, {errors} errors; "
              f"raw {bare:.0f}/s; ratio {rate / bare:.2f}", flush=True)  # fmt: skip
    accept_all(site)
    name, load = lists
    rate, errors, middle, slow = wrk(load, site, seconds)
    print(f"{name}: {rate:.0f}/s, p50 {middle:.1f} ms, p95 {slow:.1f} ms, {errors} errors")


if __name__ == "__main__":
    with standing() as there:
        report(there, float(sys.argv[1]) if len(sys.argv) > 1 else 10)
