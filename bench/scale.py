"""The same acts and reads with 100,000 and with 1,000,000 cases in one county, on PostgreSQL: does size cost speed?

A staged application that was accepted is copied with its case, papers, steps, entries, positions and sealed values by
SQL, past the journal's rules: only the weight of the tables matters here. All but one copy in fifty are closed; three
in a row belong to one person. Both sizes stand side by side and are measured in turn. Needs Debian's postgresql and
wrk, and 25 GB of disk. Run: python -m bench.scale [SECONDS [CASES CASES]]
"""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import pairwise
from statistics import median
from typing import Any

import psycopg
from psycopg import sql

from bench.site import Site, accept_all, database, environment, loads, serving, staged, wrk

SIZES = [100_000, 1_000_000]
ROUNDS = 6
BATCH = 50_000
COPIED = {
    "cases_application": "s.id = %(application)s",
    "cases_case": "s.application = %(application)s",
    "cases_requirement": "s.application = %(application)s",
    "cases_step": "s.application = %(application)s",
    "journal_entry": "s.subject = ANY(%(subjects)s)",
    "journal_personal": "s.subject = ANY(%(subjects)s)",
    "journal_once": "s.subject = %(application)s",
}
OPEN = "n %% 50 = 0"
# A copy of an id is the same wherever it is named, so that rows go on referring to each other; in order of time, as v7.
NEW_ID = """
CREATE OR REPLACE FUNCTION pg_temp.copied(id text, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
  SELECT (lpad(to_hex(1700000000000 + n * 60), 12, '0') || '7' || substr(md5(id || n), 1, 3) || 'a'
          || substr(md5(id || n), 4, 15))::uuid
$$
"""
REFERENCES = {"id", "application", "case", "subject", "entry", "act"}
VALUES = {
    ("cases_application", "number"): "'A' || lpad(n::text, 20, '0')",
    ("cases_application", "applicant"): "pg_temp.copied('person', n / 3)",
    ("cases_case", "number"): "'C' || lpad(n::text, 20, '0')",
    ("cases_case", "state"): f"CASE WHEN {OPEN} THEN s.state ELSE 'granted' END",
    ("cases_case", "delivered_at"): f"CASE WHEN {OPEN} THEN NULL ELSE now() END",
    ("cases_step", "state"): f"CASE WHEN {OPEN} THEN s.state ELSE 'settled' END",
    ("journal_once", "key"): "'copy-' || n",
}


def sample(connection: psycopg.Connection[Any]) -> dict[str, Any]:
    """Return the newest accepted application and all that its entries tell of."""
    (application,) = connection.execute("SELECT application FROM cases_step ORDER BY id DESC LIMIT 1").fetchone() or ()
    subjects = connection.execute(
        "SELECT %(it)s UNION SELECT id FROM cases_case WHERE application = %(it)s UNION SELECT id FROM "
        "cases_requirement WHERE application = %(it)s UNION SELECT id FROM cases_step WHERE application = %(it)s",
        {"it": application},
    ).fetchall()
    return {"application": application, "subjects": [one for (one,) in subjects]}


def copying(connection: psycopg.Connection[Any], table: str, chosen: str) -> sql.Composed:
    """Return the statement that copies the chosen rows of a table once for each n from %(first)s to %(last)s."""
    columns = [
        name
        for (name,) in connection.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s ORDER BY ordinal_position",
            [table],
        )
    ]

    def value(column: str) -> sql.Composable:
        if (table, column) in VALUES:
            return sql.SQL(VALUES[table, column])
        name = sql.SQL("s.{}").format(sql.Identifier(column))
        return sql.SQL("pg_temp.copied({}::text, n)").format(name) if column in REFERENCES else name

    return sql.SQL(
        "INSERT INTO {table} ({columns}) SELECT {values} "
        "FROM {table} s, generate_series(%(first)s::bigint, %(last)s::bigint) n WHERE " + chosen
    ).format(
        table=sql.Identifier(table),
        columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
        values=sql.SQL(", ").join(map(value, columns)),
    )


POSITIONS = """
INSERT INTO journal_position (entry, shard, position)
SELECT pg_temp.copied(s.id::text, n), s.shard, 10000000 + n * 100 + row_number() OVER (PARTITION BY n ORDER BY s.id)
FROM journal_entry s, generate_series(%(first)s::bigint, %(last)s::bigint) n WHERE s.subject = ANY(%(subjects)s)
"""


def grow(url: str, chosen: dict[str, Any], *, above: int, to: int) -> None:
    """Copy until there are as many cases."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(NEW_ID)
        statements = [copying(connection, table, rows) for table, rows in COPIED.items()]
        for first in range(above + 1, to + 1, BATCH):
            place = chosen | {"first": first, "last": min(first + BATCH - 1, to)}
            for statement in statements:
                connection.execute(statement, place)
            connection.execute(POSITIONS, place)
        connection.execute("VACUUM ANALYZE")
        connection.execute("CHECKPOINT")


def report(sites: dict[int, Site], seconds: float) -> None:
    """Measure one size after the other, round by round: what the machine does to one of them it does to both."""
    rates: dict[tuple[str, int], list[float]] = {}
    sent = {size: loads(site) for size, site in sites.items()}
    for turn in range(ROUNDS):
        for name in sent[min(sites)]:
            for size, site in sorted(sites.items(), reverse=bool(turn % 2)):
                wrk(sent[size][name], site, 2)
                rate, errors, middle, slow = wrk(sent[size][name], site, seconds)
                rates.setdefault((name, size), []).append(rate)
                print(f"{size:,} cases: {name}: {rate:.0f}/s, p50 {middle:.1f} ms, p95 {slow:.1f} ms, {errors} errors",
                      flush=True)  # fmt: skip
    for name in sent[min(sites)]:
        small, large = (median(rates[name, size]) for size in sorted(sites))
        print(f"{name}: {large:.0f}/s with {max(sites):,} cases, {small:.0f}/s with {min(sites):,}; "
              f"ratio {large / small:.2f}", flush=True)  # fmt: skip


@contextmanager
def sized(sizes: list[int]) -> Iterator[dict[int, Site]]:
    """Start a server for each size, each on a database of its own in one PostgreSQL."""
    with database() as (url, folder):
        stage = staged(environment(url, folder))
        with serving(url, folder, stage) as site:
            accept_all(site)
        with psycopg.connect(url) as connection:
            chosen = sample(connection)
        servers: dict[int, str] = {}
        for above, size in pairwise([0, *sizes]):
            servers[size] = copied(servers.get(above, url), f"cases_{size}")
            grow(servers[size], chosen, above=above, to=size)
        with ExitStack() as stack:
            yield {size: stack.enter_context(serving(grown, folder, stage)) for size, grown in servers.items()}


def copied(url: str, name: str) -> str:
    """Copy a database to which nobody is connected; return the address of the copy."""
    server, _, original = url.rpartition("/")
    with psycopg.connect(f"{server}/template1", autocommit=True) as connection:
        names = sql.Identifier(name), sql.Identifier(original)
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))
    return f"{server}/{name}"


if __name__ == "__main__":
    with sized([int(size) for size in sys.argv[2:]] or SIZES) as there:
        report(there, float((sys.argv[1:] or ["6"])[0]))
