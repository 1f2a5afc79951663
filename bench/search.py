"""Search over 50,000 services on SQLite and PostgreSQL: milliseconds and recall of the 200 committed queries.

Run: python -m bench.search

The names are the 1,135 of a county's public list (tests/rules/service_names.csv), each offered by as many counties as
make 50,000. Rows are written in bulk, past the journal: only reading is measured. Each version has its own snapshot.
"""

import csv
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "xiaoer" / "cli" / "demo" / "catalogue" / "food_licence.json"
NAMES = ROOT / "tests" / "rules" / "service_names.csv"
QUERIES = ROOT / "tests" / "rules" / "name_queries.csv"
FRESH = ROOT / "tests" / "rules" / "fresh_queries.csv"
NONSENSE = ROOT / "tests" / "rules" / "nonsense_queries.txt"
SERVICES = 50_000
NOW = datetime(2026, 11, 24, tzinfo=UTC)
NEAR = "360481000000"
PORT = os.environ.get("XIAOER_BENCH_PG_PORT", "54397")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def regions(count: int) -> list[str]:
    """Codes of counties, the nearest first."""
    made = [f"36{city:02d}{county:02d}000000" for city in range(1, 60) for county in range(1, 90)]
    return [NEAR, *[code for code in made if code != NEAR]][:count]


def fill() -> int:
    """Write services, versions and offers, then the marks of their names; return how many marks."""
    from django.db import connection
    from uuid_utils.compat import uuid7

    from xiaoer.catalogue.models import SearchToken
    from xiaoer.catalogue.rules import sayings
    from xiaoer.catalogue.services.search import write_names

    sample = json.loads(SAMPLE.read_text())
    plain: dict[str, object] = {"name_en": "", "keywords": [], "topics": [], "result": None}
    names = [row["name"] for row in rows(NAMES)]
    texts = [
        (number, name, sayings.name_id(name).hex, json.dumps({**sample, **plain, "name": name}, ensure_ascii=False))
        for number, name in enumerate(names)
    ]
    lines: list[tuple[str, int, str, str, str]] = []
    for region in regions(-(-SERVICES // len(names))):
        for number in range(len(names))[: SERVICES - len(lines)]:
            lines.append((uuid7().hex, number, region, f"{region}{number:019d}", f"{len(lines):064x}"))
    derive(texts, lines)
    write_names({sayings.name_id(name) for name in names})
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
    return SearchToken.objects.count()


def derive(texts: list[tuple[int, str, str, str]], lines: list[tuple[str, int, str, str, str]]) -> None:
    """All rows in three statements."""
    from django.db import connection, transaction

    kind = "char(32)" if connection.vendor == "sqlite" else "uuid"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE d (n integer, name text, name_id {kind}, said text)")
        cursor.execute(
            f"CREATE TEMPORARY TABLE s (id {kind}, n integer, region varchar(12), code varchar(31), digest varchar(64))"
        )
        cursor.executemany("INSERT INTO d VALUES (%s, %s, %s, %s)", texts)
        cursor.executemany("INSERT INTO s VALUES (%s, %s, %s, %s, %s)", lines)
        cursor.execute(
            "INSERT INTO catalogue_service (id, shard, version, name, organ, organ_name, region, state, code) "
            "SELECT id, region, 1, name, '', '', region, 'published', code FROM s JOIN d ON d.n = s.n"
        )
        cursor.execute(
            "INSERT INTO catalogue_serviceversion "
            "(id, shard, version, number, snapshot, digest, state, valid_from, service_id) "
            "SELECT id, region, 1, 1, said, digest, 'published', %s, id FROM s JOIN d ON d.n = s.n",
            [NOW - timedelta(days=1)],
        )
        cursor.execute(
            "INSERT INTO catalogue_searchoffer (id, line, is_bundle, name, region, valid_from, words) "
            "SELECT id, id, %s, name_id, region, %s, name FROM s JOIN d ON d.n = s.n",
            [False, NOW - timedelta(days=1)],
        )


def measure(region: str) -> str:
    """Milliseconds of each query, the better of two rounds, by the clock and of this process; recall among three."""
    from xiaoer.catalogue import queries

    asked = rows(QUERIES)
    clock, own = [float("inf")] * len(asked), [float("inf")] * len(asked)
    for _ in range(2):
        for place, row in enumerate(asked):
            began, used = time.perf_counter(), time.process_time()
            [hit.card for hit in queries.search(row["query"], at=NOW, region=region)]
            clock[place] = min(clock[place], (time.perf_counter() - began) * 1000)
            own[place] = min(own[place], (time.process_time() - used) * 1000)
    found = f"{recall(asked, region):.3f}, of {FRESH.stem} {recall(rows(FRESH), region):.3f}"
    return f"{spread('by the clock', clock)}, {spread('of the process', own)}, recall among three {found}"


def recall(asked: list[dict[str, str]], region: str) -> float:
    """The share of queries of whose first three results one is accepted. --missed: name the others."""
    from xiaoer.catalogue import queries

    missed = 0
    for row in asked:
        shown = [hit.card.name for hit in queries.search(row["query"], at=NOW, region=region)[:3]]
        if not set(row["accepted"].split("|")) & set(shown):
            missed += 1
            if "--missed" in sys.argv:
                print(f"{row['query']} → {'、'.join(shown) or '—'}")
    return 1 - missed / len(asked)


def spread(what: str, found: list[float]) -> str:
    cuts = statistics.quantiles(found, n=20)
    return f"p50 {cuts[9]:.1f} ms and p95 {cuts[18]:.1f} ms {what}"


def nonsense() -> str:
    """How many queries that mean nothing are answered with nothing."""
    from xiaoer.catalogue import queries

    asked = NONSENSE.read_text(encoding="utf-8").splitlines()
    refused = [query for query in asked if not queries.search(query, at=NOW)]
    return f"{len(refused)} of {len(asked)} nonsense queries find nothing"


def one() -> None:
    """Fill and measure the database named by XIAOER_DATABASE_URL."""
    import django
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    call_command("migrate", verbosity=0)
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA synchronous=OFF")
    began = time.perf_counter()
    count = fill()
    print(f"{connection.vendor}: {SERVICES} services, {count} marks written in {time.perf_counter() - began:.0f} s")
    for words, region in (("everywhere", ""), ("one county", NEAR)):
        print(f"{connection.vendor}, {words}: {measure(region)}", flush=True)
    print(f"{connection.vendor}: {nonsense()}")


def main() -> None:
    with tempfile.TemporaryDirectory() as var:
        Path(var).chmod(0o755)
        cluster = f"{var}/postgres"
        for url in (f"sqlite:///{var}/bench.sqlite3", "postgres"):
            if url == "postgres":
                started = [
                    str(ROOT / "tools" / "postgres"),
                    "start",
                    cluster,
                    PORT,
                    "-c fsync=off -c shared_buffers=256MB",
                ]
                url = subprocess.run(started, check=True, capture_output=True, text=True).stdout.strip()
            told = {"XIAOER_VAR": var, "XIAOER_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "xiaoer.settings"}
            try:
                subprocess.run(
                    [sys.executable, "-m", "bench.search", "--one", *sys.argv[1:]], check=True, env=os.environ | told
                )
            finally:
                if url.startswith("postgres"):
                    subprocess.run([str(ROOT / "tools" / "postgres"), "stop", cluster], check=False)


if __name__ == "__main__":
    if "--one" in sys.argv:
        one()
    else:
        main()
