"""What people type finds what they mean among the first three: over the demonstration's offers and over real names.

Two counties offer all the real names, so that a name shown once for each of them would push others from the page.
`./run bench` asks the same of 50,000 services."""

import csv
from collections import Counter
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from tests.make import NOW
from xiaoer.catalogue import queries, rules
from xiaoer.catalogue.models import Bundle, BundleVersion, Service, ServiceVersion
from xiaoer.catalogue.services.search import count_marks, index
from xiaoer.catalogue.tests import make

RULES = Path(__file__).parents[3] / "tests" / "rules"
DEMO_KINDS = {"word": 68, "initials": 66, "typo": 66}
NAME_KINDS = {"word": 45, "everyday": 25, "initials": 65, "typo": 65}
COUNTIES = ("360481000000", "360702000000")
ENOUGH = 0.9
MOST_ACCEPTED = 8


def rows(name: str) -> list[dict[str, str]]:
    with (RULES / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def real_names() -> list[str]:
    return list(dict.fromkeys(row["name"] for row in rows("service_names.csv")))


def publish(said: list[rules.Snapshot]) -> None:
    """As if published: only the search is tried here, so no act is needed."""
    lines = [_line(one) for one in said]
    for root, version, parent in ((Service, ServiceVersion, "service"), (Bundle, BundleVersion, "bundle")):
        mine = [(row, one) for row, one in zip(lines, said, strict=True) if isinstance(row, root)]
        root.objects.bulk_create([row for row, _ in mine])
        version.objects.bulk_create([_version(version, one, **{parent: row}) for row, one in mine])
        index([row for row, _ in mine], now=NOW)
    count_marks()


def _line(said: rules.Snapshot) -> Service | Bundle:
    same = {"version": 1, "name": said.name, "region": said.region, "shard": said.region, "state": "published"}
    if isinstance(said, rules.ServiceSnapshot):
        return Service(code=said.code, organ=said.organ, organ_name=said.organ_name, **same)
    return Bundle(key=said.key, organ=said.lead_organ, organ_name=said.lead_organ_name, **same)


def _version(kind: type, said: rules.Snapshot, **parent: object) -> object:
    return kind(
        version=1, number=1, shard=said.region, snapshot=rules.written(said), state="published", valid_from=NOW,
        digest=sha256(f"{said.region} {said.name}".encode()).hexdigest(), **parent,
    )  # fmt: skip


def missed(asked: list[dict[str, str]], region: str = "") -> list[str]:
    """Queries whose first three results hold none of what is accepted, with what they gave."""
    found = []
    for row in asked:
        shown = [hit.card.name for hit in queries.search(row["query"], at=NOW, region=region)[:3]]
        if not set(row["accepted"].split("|")) & set(shown):
            found.append(f"{row['query']}: {row['accepted']} not in {shown}")
    return found


@pytest.fixture
def demonstration(db) -> None:
    publish([rules.read(rules.parse(path.read_text())) for path in sorted(make.DEMO.rglob("*.json"))])


@pytest.fixture
def counties(db) -> None:
    """Every real name, in two counties."""
    bare = make.said("food_licence", name_en="", keywords=(), topics=(), result=None)
    publish(
        [
            replace(bare, name=name, region=region, code=f"{region}{number:019d}")
            for region in COUNTIES
            for number, name in enumerate(real_names())
        ]
    )


def test_two_hundred_queries_find_what_the_demonstration_offers(demonstration):
    asked = [{**row, "accepted": row["expected"]} for row in rows("search_queries.csv")]
    wrong = missed(asked)
    assert len(wrong) <= (1 - ENOUGH) * len(asked), "\n".join(wrong)


def test_two_hundred_queries_find_real_names_everywhere_and_in_one_county(counties):
    asked = rows("name_queries.csv")
    for region in ("", COUNTIES[0]):
        for kind in NAME_KINDS:
            mine = [row for row in asked if row["kind"] == kind]
            wrong = missed(mine, region)
            assert len(wrong) <= (1 - ENOUGH) * len(mine), "\n".join([f"{region} {kind}", *wrong])
    everywhere, here = (queries.search("结婚", at=NOW, region=region)[0] for region in ("", COUNTIES[0]))
    assert (everywhere.offers, here.offers) == (2, 1)
    nonsense = (RULES / "nonsense_queries.txt").read_text(encoding="utf-8").splitlines()
    assert [query for query in nonsense if queries.search(query, at=NOW)] == []


def test_the_queries_over_the_demonstration_are_of_three_kinds_and_name_what_is_offered():
    said = rows("search_queries.csv")
    assert Counter(row["kind"] for row in said) == DEMO_KINDS
    assert len({row["query"] for row in said}) == 200
    names = {rules.parse(path.read_text())["name"] for path in make.DEMO.rglob("*.json")}
    assert {row["expected"] for row in said} <= names
    assert all(len(row["query"]) == 2 for row in said if row["kind"] == "word")
    assert all(row["query"].isascii() for row in said if row["kind"] == "initials")


def test_the_queries_over_real_names_are_of_four_kinds_and_accept_few_names():
    said, names = rows("name_queries.csv"), set(real_names())
    assert len(names) == 1133 and len(rows("service_names.csv")) == 1135
    assert Counter(row["kind"] for row in said) == NAME_KINDS
    assert len({row["query"] for row in said}) == 200
    for row in said + rows("fresh_queries.csv"):
        accepted = row["accepted"].split("|")
        assert set(accepted) <= names and len(accepted) <= MOST_ACCEPTED, row["query"]
    assert all(len(row["query"]) == 2 for row in said if row["kind"] == "word")
    assert all(row["query"].isascii() for row in said if row["kind"] == "initials")
