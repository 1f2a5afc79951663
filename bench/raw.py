"""The same rows without the product: committed SQL by psycopg from 2 processes of 8 threads, prepared, synchronous."""

import json
import threading
import time
from collections.abc import Callable
from multiprocessing import Process, Queue
from pathlib import Path
from typing import Any

import psycopg
from uuid_utils.compat import uuid7

SQL = Path(__file__).parent / "sql"
TABLES = ("cases_application", "cases_case", "cases_requirement", "journal_entry", "journal_pending",
          "journal_unsequenced")  # fmt: skip
PROCESSES, THREADS = 2, 8


def statements(name: str) -> list[str]:
    """Return the statements of a file, without comments."""
    lines = [line for line in (SQL / f"{name}.sql").read_text().splitlines() if not line.startswith("--")]
    return [one.strip() for one in "\n".join(lines).split(";") if one.strip()]


def sample(url: str) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of one application of the stage, by table."""
    with psycopg.connect(url, row_factory=psycopg.rows.dict_row) as connection:
        application = connection.execute("SELECT * FROM cases_application ORDER BY id DESC LIMIT 1").fetchone()
        assert application is not None
        found = {"cases_application": [application]}
        for table in ("cases_case", "cases_requirement"):
            found[table] = connection.execute(
                f"SELECT * FROM {table} WHERE application = %s", [application["id"]]
            ).fetchall()
        subjects = [row["id"] for rows in found.values() for row in rows]
        found["journal_entry"] = connection.execute(
            "SELECT * FROM journal_entry WHERE subject = ANY(%s) AND number = 1", [subjects]
        ).fetchall()
        return found


def submit_once(rows: dict[str, list[dict[str, Any]]]) -> Callable[[psycopg.Connection[Any]], None]:
    """Return a function that writes the sample's rows under new ids and numbers."""
    parts = statements("submit")

    def run(connection: psycopg.Connection[Any]) -> None:
        fresh = {row["id"]: uuid7() for table in TABLES[:3] for row in rows[table]}
        number = uuid7().hex
        entries = [uuid7() for _ in rows["journal_entry"]]
        with connection.transaction():
            for table, statement in zip(TABLES, parts, strict=True):
                connection.execute(statement, values(table, rows, fresh, entries, number), prepare=True)

    return run


def values(
    table: str, rows: dict[str, list[dict[str, Any]]], fresh: dict[Any, Any], entries: list[Any], number: str
) -> list[Any]:
    if table in {"journal_pending", "journal_unsequenced"}:
        return [value for entry in entries for value in (entry, rows["journal_entry"][0]["shard"])]
    found: list[Any] = []
    for place, row in enumerate(rows[table]):
        changed = dict(row)
        if table == "journal_entry":
            changed |= {"id": entries[place], "subject": fresh[row["subject"]]}
        else:
            changed["id"] = fresh[row["id"]]
            if "application" in changed:
                changed["application"] = fresh[row["application"]]
            if "number" in changed:
                changed["number"] = number[:24]
        found += [json.dumps(one) if isinstance(one, dict | list) else one for one in changed.values()]
    return found


SIGNED_IN = """
SELECT DISTINCT s.session_key AS session, s.account_id AS account, a.home, now() AS now, {columns}
FROM people_session s JOIN people_account a ON a.id = s.account_id {rows} LIMIT 32
"""
READERS = SIGNED_IN.format(
    columns="c.number",
    rows="JOIN cases_application f ON f.account = a.id JOIN cases_case c ON c.shard = f.shard AND c.application = f.id",
)
OFFICERS = SIGNED_IN.format(columns="p.organ_id AS organ", rows="JOIN people_post p ON p.account_id = a.id")


def asked(url: str, query: str) -> list[dict[str, Any]]:
    """Return with what parameters the stage's people ask: session, account, home, now and number or organ."""
    with psycopg.connect(url, row_factory=psycopg.rows.dict_row) as connection:
        return connection.execute(query.encode()).fetchall()


def query_once(name: str, parameters: list[dict[str, Any]]) -> Callable[[psycopg.Connection[Any]], None]:
    """Return a function that asks what stands in a file, with the next parameters, and makes JSON of the last rows."""
    parts = statements(name)
    place = 0

    def run(connection: psycopg.Connection[Any]) -> None:
        nonlocal place
        place += 1
        with connection.transaction():
            for statement in parts:
                found = connection.execute(statement, parameters[place % len(parameters)], prepare=True).fetchall()
        json.dumps(found, default=str)

    return run


def rate(url: str, make: Callable[[], Callable[[psycopg.Connection[Any]], None]], seconds: float) -> float:
    """Return how many a second 2 x 8 threads do."""
    results: Queue[int] = Queue()
    processes = [Process(target=_work, args=(url, make, seconds, results)) for _ in range(PROCESSES)]
    for process in processes:
        process.start()
    total = sum(results.get() for _ in processes)
    for process in processes:
        process.join()
    return total / seconds


def _work(
    url: str, make: Callable[[], Callable[[psycopg.Connection[Any]], None]], seconds: float, results: "Queue[int]"
) -> None:
    counts = [0] * THREADS
    ready = threading.Barrier(THREADS)

    def run(place: int) -> None:
        once = make()
        with psycopg.connect(url, autocommit=True) as connection:
            once(connection)
            ready.wait()
            end = time.monotonic() + seconds
            while time.monotonic() < end:
                once(connection)
                counts[place] += 1

    threads = [threading.Thread(target=run, args=(place,)) for place in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    results.put(sum(counts))
