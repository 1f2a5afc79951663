"""Acts on the network write what the journal says, and refuse what is faulty as a whole."""

from datetime import date

import pytest

from tests.make import NOW, race
from xiaoer.journal import queries as journal
from xiaoer.journal.models import Entry
from xiaoer.journal.services import SYSTEM
from xiaoer.kernel.refusal import Refusal
from xiaoer.network import queries, rules, services
from xiaoer.network.models import CalendarNotice, Region

from . import make

KINDS = ("region", "zone", "organ", "hall", "window", "calendar")
TODAY = date(2026, 3, 5)
LOCAL = [["2026-06-10", "off", "建市纪念日"]]


def publish(*, region_code: str = make.COUNTY, notice: str = "瑞府发〔2026〕1号", days: list[list[str]] = LOCAL):
    return services.publish_calendar(
        region_code=region_code, title="地方假日", notice=notice, published_on=date(2026, 3, 1), days=days,
        by=SYSTEM, now=NOW,
    )  # fmt: skip


@pytest.mark.django_db
def test_every_row_of_the_network_is_the_fold_of_its_entries():
    organ = make.organ()
    hall = make.hall(organ)
    window = make.window(hall)
    make.calendars()
    zone = make.zone(organ)
    services.change_zone(
        zone, name=zone.name, kind="national", organ_id=None, territory="", valid_to=None, seen=1, by=SYSTEM, now=NOW
    )
    services.change_organ(
        organ, name="瑞昌市数据局", short_name="数据局", phone="", address="", contact="办公室", by=SYSTEM, now=NOW
    )
    services.change_hall(hall, name="新大厅", address="新址", phone="", hours="全年", by=SYSTEM, now=NOW)
    services.close_hall(hall, reason="装修", by=SYSTEM, now=NOW)
    services.reopen_hall(hall, by=SYSTEM, now=NOW)
    services.change_window(window, number="2", name="税务", classes=["税务"], closed=True, by=SYSTEM, now=NOW)
    services.close_organ(organ, on=TODAY, successor=make.organ("瑞昌市数据局"), by=SYSTEM, now=NOW)
    publish()
    assert [kind for kind in KINDS if list(journal.differences(kind))] == []
    assert not [kind for kind in KINDS if not Entry.objects.filter(kind=kind).exists()]


@pytest.mark.django_db
def test_one_faulty_line_and_no_region_is_imported():
    rows = [*make.REGIONS, rules.RegionRow(9, "360481101000", "360481999000", 4, "无上级镇")]
    with pytest.raises(Refusal) as refused:
        services.import_regions(rows, valid_from=date(2020, 1, 1), by=SYSTEM, now=NOW)
    assert refused.value.params["line"] == 9 and not Region.objects.exists()


@pytest.mark.django_db
def test_importing_again_adds_nothing_and_renames_what_has_a_new_name():
    make.regions()
    rows = [*make.REGIONS[:-1], rules.RegionRow(7, "360481100001", make.TOWN, 5, "江边社区")]
    assert services.import_regions(rows, valid_from=date(2026, 1, 1), by=SYSTEM, now=NOW) == 1
    assert queries.region("360481100001").name == "江边社区" and Region.objects.count() == 6


@pytest.mark.django_db
def test_a_merged_region_is_gone_on_the_day_of_the_merger_and_there_the_day_before():
    make.regions()
    services.end_region(
        queries.region(make.OTHER_COUNTY), on=date(2026, 7, 1), successor=make.COUNTY, by=SYSTEM, now=NOW
    )
    assert queries.region(make.OTHER_COUNTY, on=date(2026, 6, 30)).successor == make.COUNTY
    with pytest.raises(Refusal):
        queries.region(make.OTHER_COUNTY, on=date(2026, 7, 1))


@pytest.mark.django_db
def test_two_organs_cannot_share_a_credit_code():
    organ = make.organ()
    with pytest.raises(Refusal) as refused:
        make.organ("冒名局", uscc=organ.uscc)
    assert refused.value.params["name"] == organ.name


@pytest.mark.django_db
def test_a_regional_day_counts_in_the_county_and_its_towns_and_nowhere_else():
    make.regions()
    make.calendars()
    publish()
    day = date(2026, 6, 10)
    assert [queries.calendar_for(code).is_working(day) for code in (make.COUNTY, make.TOWN)] == [False, False]
    assert [queries.calendar_for(code).is_working(day) for code in (make.OTHER_COUNTY, make.CITY)] == [True, True]


@pytest.mark.django_db
def test_every_version_ever_published_can_be_had_again():
    make.regions()
    make.calendars()
    before = queries.calendar_for(make.COUNTY)
    first = publish()
    local = queries.calendar_for(make.COUNTY)
    publish(region_code="", notice="国办发明电〔2026〕8号", days=[["2027-01-01", "off", "元旦"]])
    queries.calendar_of.cache_clear()
    assert first.versions == {make.COUNTY: local.version}
    assert queries.calendar_of(before.version) == before and queries.calendar_of(local.version) == local
    assert queries.calendar_for(make.COUNTY).covered_to.year == 2027
    assert not queries.calendar_for(make.COUNTY).is_working(date(2026, 6, 10))
    assert not local.is_working(date(2026, 6, 10)) and before.is_working(date(2026, 6, 10))


@pytest.mark.django_db
def test_the_calendar_of_a_region_costs_one_query_once_it_is_known(django_assert_num_queries):
    make.regions()
    make.calendars()
    queries.calendar_for(make.COUNTY)
    with django_assert_num_queries(1):
        queries.calendar_for(make.COUNTY)


@pytest.mark.django_db
def test_without_a_national_notice_no_date_is_counted():
    make.regions()
    with pytest.raises(Refusal) as refused:
        queries.calendar_for(make.COUNTY)
    assert refused.value.key == "no_calendar"
    with pytest.raises(Refusal) as refused:
        publish()
    assert refused.value.key == "calendar_first" and not CalendarNotice.objects.exists()


@pytest.mark.django_db
def test_of_two_notices_on_one_day_the_later_counts():
    make.regions()
    make.calendars()
    publish()
    publish(notice="瑞府发〔2026〕2号", days=[["2026-06-10", "work", "取消放假"]])
    assert queries.calendar_for(make.COUNTY).is_working(date(2026, 6, 10))


@pytest.mark.django_db
def test_a_year_cannot_be_left_out():
    make.calendars()
    with pytest.raises(Refusal) as refused:
        publish(region_code="", days=[["2028-01-01", "off", "元旦"]])
    assert refused.value.key == "calendar_gap"


@pytest.mark.django_db
def test_a_notice_is_published_once():
    make.regions()
    make.calendars()
    publish()
    with pytest.raises(Refusal) as refused:
        publish()
    assert refused.value.key == "notice_twice"
    assert services.publish_national(by=SYSTEM, now=NOW) == 0


def test_of_four_who_publish_at_once_each_gets_its_own_place_or_is_told(fresh_database):
    make.regions()
    make.calendars()
    told = race(4, lambda place: publish(notice=f"瑞府发〔2026〕{place}号").place)
    placed = [one for one in told if isinstance(one, int)]
    assert len(set(placed)) == len(placed) >= 1
    assert {one.key for one in told if isinstance(one, Refusal)} <= {"stale"}
    assert not list(journal.differences("calendar"))
