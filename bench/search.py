"""Search over 50,000 services on SQLite and PostgreSQL: p50, p95 and recall of the 200 committed queries.

Run: python -m bench.search [ITEMS.csv]   (ITEMS.csv: a column item_name with real names; also XIAOER_BENCH_ITEMS)

The names are those of the demonstration and of the file, each offered by as many organs of as many counties as make
50,000. Rows are written in bulk, past the journal: only reading is measured. Each row has a whole snapshot of its own.
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
from typing import Any

ROOT = Path(__file__).parents[1]
DEMO = ROOT / "xiaoer" / "cli" / "demo" / "catalogue"
QUERIES = ROOT / "tests" / "rules" / "search_queries.csv"
SERVICES = 50_000
NOW = datetime(2026, 11, 24, tzinfo=UTC)
NEAR = "360481000000"
PORT = os.environ.get("XIAOER_BENCH_PG_PORT", "54397")


def rows() -> list[dict[str, str]]:
    with QUERIES.open() as file:
        return list(csv.DictReader(file))


def documents(items: str) -> list[dict[str, Any]]:
    """The demonstration's services and bundles, the latter as services, and one for each other name of the file."""
    known = [json.loads(path.read_text()) for path in sorted(DEMO.rglob("*.json"))]
    whole = [one for one in known if "code" in one]
    found = whole + [{**whole[0], "topics": one.get("topics", []), "keywords": one["keywords"], "name": one["name"]}
                     for one in known if "code" not in one]  # fmt: skip
    names = {one["name"] for one in found}
    if items:
        with Path(items).open() as file:
            new = dict.fromkeys(row["item_name"].strip() for row in csv.DictReader(file))
        for place, name in enumerate(name for name in new if name and name not in names):
            found.append({**whole[place % len(whole)], "name": name, "name_en": "", "result": None,
                          "keywords": [], "topics": []})  # fmt: skip
    return found


def regions(count: int) -> list[str]:
    """Codes of counties, the demonstration's own first."""
    made = [f"36{city:02d}{county:02d}000000" for city in range(1, 60) for county in range(1, 90)]
    return [NEAR, *[code for code in made if code != NEAR]][:count]


def fill(items: str) -> int:
    """Write services, versions and marks; return how many marks. A name's snapshot is the same text in each county,
    with a digest of its own: each version is parsed by itself, as in life."""
    from django.db import connection
    from uuid_utils.compat import uuid7

    from xiaoer.catalogue import rules
    from xiaoer.catalogue.rules import tokens

    offered = documents(items)
    marks, texts = [], []
    for number, said in enumerate(offered):
        shown = rules.read(said)
        found = tokens.marks(shown.name, shown.name_en, shown.result.name if shown.result else "", *shown.keywords)
        marks += [(mark, number, len(found)) for mark in found]
        texts.append((number, shown.name, json.dumps(said, ensure_ascii=False)))
    lines = []
    for region in regions(-(-SERVICES // len(offered))):
        for number in range(len(offered))[: SERVICES - len(lines)]:
            lines.append((str(uuid7()), number, region, f"{region}{number:019d}", f"{len(lines):064x}"))
    if connection.vendor == "sqlite":
        lines = [(row[0].replace("-", ""), *row[1:]) for row in lines]
    return derive(marks, texts, lines)


def derive(marks: list[Any], texts: list[Any], lines: list[Any]) -> int:
    """All rows in three statements, those of the search table in the order of its marks; then the statistics."""
    from django.db import connection, transaction

    from xiaoer.catalogue.models import SearchToken

    kind = "char(32)" if connection.vendor == "sqlite" else "uuid"
    with connection.schema_editor() as editor:
        for index in SearchToken._meta.indexes:
            editor.remove_index(SearchToken, index)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE m (token varchar(24), n integer, size smallint)")
        cursor.execute("CREATE TEMPORARY TABLE d (n integer, name text, said text)")
        cursor.execute(
            f"CREATE TEMPORARY TABLE s (id {kind}, n integer, region varchar(12), code varchar(31), digest varchar(64))"
        )
        cursor.executemany("INSERT INTO m VALUES (%s, %s, %s)", marks)
        cursor.executemany("INSERT INTO d VALUES (%s, %s, %s)", texts)
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
            "INSERT INTO catalogue_searchtoken (token, subject, region, size) "
            "SELECT token, id, region, size FROM m JOIN s ON s.n = m.n ORDER BY token, id"
        )
        written: int = cursor.rowcount
    with connection.schema_editor() as editor:
        for index in SearchToken._meta.indexes:
            editor.add_index(SearchToken, index)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
    return written


def measure(region: str) -> str:
    """Milliseconds of each query, the better of two rounds, and how many found what was meant among three."""
    from xiaoer.catalogue import queries

    asked = rows()
    best = [float("inf")] * len(asked)
    right = 0
    for turn in range(2):
        for place, row in enumerate(asked):
            began = time.perf_counter()
            found = queries.search(row["query"], at=NOW, region=region)
            best[place] = min(best[place], (time.perf_counter() - began) * 1000)
            right += turn and row["expected"] in [hit.said.name for hit in found[:3]]
    cuts = statistics.quantiles(best, n=20)
    return f"p50 {cuts[9]:.1f} ms, p95 {cuts[18]:.1f} ms, recall among three {right / len(asked):.3f}"


def one(items: str) -> None:
    """Fill and measure the database named by XIAOER_DATABASE_URL."""
    import django
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    call_command("migrate", verbosity=0)
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA synchronous=OFF")
    began = time.perf_counter()
    count = fill(items)
    print(f"{connection.vendor}: {SERVICES} services, {count} marks written in {time.perf_counter() - began:.0f} s")
    for words, region in (("everywhere", ""), ("one county", NEAR)):
        print(f"{connection.vendor}, {words}: {measure(region)}", flush=True)


def main() -> None:
    items = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("XIAOER_BENCH_ITEMS", "")
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
                    [sys.executable, "-m", "bench.search", "--one", items], check=True, env=os.environ | told
                )
            finally:
                if url.startswith("postgres"):
                    subprocess.run([str(ROOT / "tools" / "postgres"), "stop", cluster], check=False)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2])
    else:
        main()
