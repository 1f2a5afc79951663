"""Two hundred committed queries over what the demonstration offers: nine of ten find what was meant among three."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from tests.make import NOW
from xiaoer.catalogue import queries, rules
from xiaoer.catalogue.models import Bundle, BundleVersion, Service, ServiceVersion
from xiaoer.catalogue.services.search import index
from xiaoer.catalogue.tests import make

QUERIES = Path(__file__).parents[3] / "tests" / "rules" / "search_queries.csv"
KINDS = {"word": 68, "initials": 66, "typo": 66}
ENOUGH = 0.9


def rows() -> list[dict[str, str]]:
    with QUERIES.open() as file:
        return list(csv.DictReader(file))


@pytest.fixture
def offered(db) -> None:
    """All that the demonstration offers, as if published: only the search is tried here, so no act is needed."""
    said = [rules.read(rules.parse(path.read_text())) for path in sorted(make.DEMO.rglob("*.json"))]
    lines = [_line(one) for one in said]
    for root, version, parent in ((Service, ServiceVersion, "service"), (Bundle, BundleVersion, "bundle")):
        mine = [(row, one) for row, one in zip(lines, said, strict=True) if isinstance(row, root)]
        root.objects.bulk_create([row for row, _ in mine])
        version.objects.bulk_create([_version(version, one, **{parent: row}) for row, one in mine])
    index(zip(lines, said, strict=True))


def _line(said: rules.Snapshot) -> Service | Bundle:
    same = {"version": 1, "name": said.name, "region": said.region, "shard": said.region, "state": "published"}
    if isinstance(said, rules.ServiceSnapshot):
        return Service(code=said.code, organ=said.organ, organ_name=said.organ_name, **same)
    return Bundle(key=said.key, organ=said.lead_organ, organ_name=said.lead_organ_name, **same)


def _version(kind: type, said: rules.Snapshot, **parent: object) -> object:
    return kind(
        version=1, number=1, shard=said.region, snapshot=rules.written(said), digest=rules.digest(said),
        state="published", valid_from=NOW, **parent,
    )  # fmt: skip


def test_two_hundred_queries_find_what_was_meant_among_the_first_three(offered):
    right: Counter[str] = Counter()
    missed = []
    for row in rows():
        found = [hit.said.name for hit in queries.search(row["query"], at=NOW)[:3]]
        if row["expected"] in found:
            right[row["kind"]] += 1
        else:
            missed.append(f"{row['query']}: {row['expected']} not in {found}")
    assert right.total() >= ENOUGH * 200, "\n".join(missed)


def test_the_queries_are_two_hundred_of_three_kinds_and_name_what_is_offered():
    said = rows()
    assert Counter(row["kind"] for row in said) == KINDS
    assert len({row["query"] for row in said}) == 200
    names = {rules.parse(path.read_text())["name"] for path in make.DEMO.rglob("*.json")}
    assert {row["expected"] for row in said} <= names
    assert all(len(row["query"]) == 2 for row in said if row["kind"] == "word")
    assert all(row["query"].isascii() for row in said if row["kind"] == "initials")
