"""Regions and zones: added, renamed, ended, and refused in words that say the way out."""

from datetime import date

import pytest

from tests.make import NOW, race
from xiaoer.journal import queries as journal
from xiaoer.journal.services import SYSTEM
from xiaoer.kernel.refusal import Refusal, sentence
from xiaoer.network import queries, rules, services

from . import make

SINCE, MERGED = date(2026, 1, 1), date(2026, 7, 1)
NEW_TOWN = "360481102000"


def add(code=NEW_TOWN, *, name="夏畈镇", parent_code=make.COUNTY):
    return services.add_region(code=code, name=name, parent_code=parent_code, valid_from=SINCE, by=SYSTEM, now=NOW)


def end(code, successor, *, on=MERGED, **more):
    return services.end_region(queries.region(code), on=on, successor=successor, by=SYSTEM, now=NOW, **more)


def refused(key, act, *args, **kwargs) -> Refusal:
    with pytest.raises(Refusal) as found:
        act(*args, **kwargs)
    assert found.value.key == key
    assert sentence(found.value) and sentence(found.value, language="en")
    return found.value


@pytest.mark.django_db
def test_a_region_is_added_below_its_parent_and_found_again():
    make.regions()
    made = add()
    assert (made.level, made.path) == (4, f"{make.PROVINCE}/{make.CITY}/{make.COUNTY}/{NEW_TOWN}/")
    found = queries.regions_found("夏畈", within=[make.COUNTY], limit=9)
    assert found == [made] == queries.regions_found("360481102", within=[make.COUNTY], limit=9)
    assert queries.regions_found("夏畈", within=[make.OTHER_COUNTY], limit=9) == []
    assert not list(journal.differences("region"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "key", "word"),
    [
        ({"code": make.TOWN}, "region_twice", "码头镇"),
        ({"code": "36048110200"}, "region_fault", "12位"),
        ({"code": "村镇"}, "region_fault", "12位"),
        ({"parent_code": "360499000000"}, "region_fault", "没有上级区划"),
        ({"parent_code": make.TOWN}, "region_fault", "级别不高于"),
        ({"name": " "}, "region_fault", "没有名称"),
    ],
)
def test_a_region_that_cannot_be_is_refused_with_the_reason(values, key, word):
    make.regions()
    assert word in sentence(refused(key, add, **values))
    assert not list(journal.differences("region"))


@pytest.mark.django_db
def test_a_region_is_renamed_once_and_not_to_the_same():
    make.regions()
    town = queries.region(make.TOWN)
    services.rename_region(town, name="码头新镇", seen=1, by=SYSTEM, now=NOW)
    assert queries.region(make.TOWN).name == "码头新镇"
    refused("stale", services.rename_region, town, name="又一镇", seen=1, by=SYSTEM, now=NOW)
    refused("region_name_same", services.rename_region, town, name="码头新镇", by=SYSTEM, now=NOW)


@pytest.mark.django_db
def test_a_region_ends_only_when_nothing_stands_in_it_any_more():
    make.regions()
    add()
    assert refused("region_children", end, make.TOWN, NEW_TOWN).params["count"] == 1
    end("360481100001", NEW_TOWN)
    organ = make.organ("码头镇人民政府", region_code=make.TOWN, kind="town")
    hall = make.hall(organ)
    assert "机关 1、大厅 1" in sentence(refused("region_holds", end, make.TOWN, NEW_TOWN))
    services.close_organ(organ, on=date(2026, 3, 5), successor=make.organ(), by=SYSTEM, now=NOW)
    hall.refresh_from_db()
    services.close_hall(hall, reason="撤并", by=SYSTEM, now=NOW)
    ended = end(make.TOWN, NEW_TOWN)
    assert (ended.valid_to, ended.successor) == (MERGED, NEW_TOWN)
    assert queries.predecessors(NEW_TOWN) == [ended, queries.periods("360481100001")[0]]
    refused("region_ended", services.end_region, ended, on=MERGED, successor=NEW_TOWN, by=SYSTEM, now=NOW)
    refused("region_ended", services.rename_region, ended, name="x", by=SYSTEM, now=NOW)


@pytest.mark.django_db
def test_a_successor_must_be_another_region_in_force_and_the_day_after_the_first():
    make.regions()
    refused("region_successor", end, make.COUNTY, make.TOWN)
    refused("region_successor", end, make.TOWN, make.TOWN)
    refused("region_unknown", end, make.TOWN, "360499000000")
    refused("region_period", end, make.TOWN, make.OTHER_COUNTY, on=date(2020, 1, 1))


@pytest.mark.django_db
def test_a_code_that_ended_may_begin_again_in_another_period():
    make.regions()
    end("360481100001", make.OTHER_COUNTY)
    again = services.add_region(
        code="360481100001", name="新码头社区", parent_code=make.TOWN, valid_from=date(2027, 1, 1), by=SYSTEM, now=NOW
    )
    assert [one.name for one in queries.periods("360481100001")] == ["新码头社区", "码头社区"]
    assert queries.region("360481100001") == again


def test_an_import_is_told_before_it_is_done():
    rows = [
        rules.RegionRow(2, make.TOWN, make.COUNTY, 4, "码头新镇"),
        rules.RegionRow(3, NEW_TOWN, make.COUNTY, 4, "夏畈镇"),
    ]
    known = {make.COUNTY: "瑞昌市", make.TOWN: "码头镇", "360481100001": "码头社区", make.OTHER_COUNTY: "共青城市"}
    told = rules.region_changes(rows, known, within_code=make.COUNTY)
    assert [row.code for row in told.added] == [NEW_TOWN]
    assert told.renamed == [(make.TOWN, "码头镇", "码头新镇")] and told.same == 0
    assert told.missing == [make.COUNTY, "360481100001"]


@pytest.mark.django_db
def test_a_zone_has_a_code_of_its_own_and_ends_once():
    zone = make.zone()
    assert queries.zones_in(make.CITY) == [zone] and queries.zone_by_code(zone.code) == zone
    refused("zone_twice", make.zone, name="又一区")
    refused("zone_code", make.zone, code=make.TOWN)
    refused("zone_code", make.zone, code="开发区")
    said = {"name": zone.name, "kind": zone.kind, "organ_id": None, "territory": "", "by": SYSTEM, "now": NOW}
    refused("organ_period", services.change_zone, zone, valid_to=date(2020, 1, 1), **said)
    services.change_zone(zone, valid_to=MERGED, **said)
    assert queries.zones_in(make.COUNTY, on=MERGED) == []
    refused("zone_ended", services.change_zone, zone, valid_to=MERGED, **said)


def test_of_four_who_enter_the_same_region_one_does(fresh_database):
    make.regions()
    told = race(4, lambda place: add(name=f"镇{place}"))
    assert sum(not isinstance(one, Exception) for one in told) == 1
    assert {one.key for one in told if isinstance(one, Refusal)} <= {"stale", "region_twice"}
    assert not list(journal.differences("region"))
