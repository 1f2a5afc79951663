"""Finding by Chinese words, initials, English, code; one wrong character forgiven."""

from datetime import timedelta

import pytest

from tests.make import NOW
from xiaoer.catalogue import queries, services
from xiaoer.catalogue.models import SearchName, SearchOffer, SearchToken, ServiceVersion
from xiaoer.catalogue.queries import finding
from xiaoer.catalogue.tests import make
from xiaoer.journal.services import SYSTEM

LATER = NOW + timedelta(days=30)
NEIGHBOUR = "360482000000"
BUNDLE, FOOD, LICENCE, SIGN, SEAL, FIRE = (
    "开办餐饮店一件事",
    "食品经营许可",
    "营业执照",
    "店招设置",
    "公章刻制备案",
    "公众聚集场所",
)


@pytest.fixture
def offered(db):
    make.published_restaurant()


def first(query: str, **more: object) -> str:
    hits = queries.search(query, **{"at": NOW, "region": make.RUICHANG, **more})
    return hits[0].card.name if hits else ""


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("食品经营许可", FOOD), ("食品", FOOD), ("spjyxk", FOOD), ("SPJY", FOOD), ("ｓｐｊｙ", FOOD),
        ("营业执照", LICENCE),
        ("yyzz", LICENCE), ("招牌", SIGN), ("公章", SEAL), ("消防安全检查", FIRE), ("开饭店", BUNDLE), ("饭馆", BUNDLE),
        ("restaurant", BUNDLE), ("Food business licence", FOOD), ("店", BUNDLE),
    ],
)  # fmt: skip
def test_people_find_what_they_mean(offered, query, name):
    assert first(query).startswith(name)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("食品经菅许可", FOOD), ("食品径营", FOOD), ("食晶经营许可", FOOD), ("食品经营营许可", FOOD),
        ("营叶执照", LICENCE),
        ("公张刻制", SEAL), ("spjyck", FOOD), ("spyjxk", FOOD), ("ggjjcs", FIRE), ("yyxz", LICENCE),
    ],
)  # fmt: skip
def test_one_typing_error_is_forgiven(offered, query, name):
    assert first(query).startswith(name)


def test_a_code_finds_its_service(offered):
    code = make.said("signboard").code
    assert first(code).startswith(SIGN) and first(code.lower() + "01").startswith(SIGN)


@pytest.mark.parametrize("query", ["", " ", "%", "'", "😀", "\ud800", "龘靐齉", "qqqq", "字" * 500])
def test_nonsense_finds_nothing_and_breaks_nothing(offered, query):
    assert queries.search(query, at=NOW) == []


def test_what_is_not_in_force_is_not_found(offered):
    food = ServiceVersion.objects.get(service__code=make.said("food_licence").code)
    services.end_service(food, valid_to=LATER, reason="取消", by=SYSTEM, now=NOW)
    assert first("spjyxk").startswith(FOOD)
    assert queries.search("spjyxk", at=LATER) == []
    assert queries.search("spjyxk", at=NOW - timedelta(days=1)) == []


def test_a_draft_is_not_found(db):
    services.draft_service(make.said("food_licence"), by=SYSTEM, now=NOW)
    assert queries.search("食品经营许可", at=NOW) == [] and queries.topics_offered() == {}


def test_a_region_finds_its_own_and_what_is_above_and_below_but_not_its_neighbours(offered):
    for region in ("360481000000", "360400000000", "360000000000", "360481001000"):
        assert first("spjyxk", region=region).startswith(FOOD), region
    for region in ("360482000000", "360700000000", "430000000000"):
        assert first("spjyxk", region=region) == "", region


def test_a_new_name_is_found_and_the_old_one_is_forgotten(offered):
    renamed = make.said("food_licence", name="餐饮经营备案", name_en="", keywords=())
    draft = services.draft_service(renamed, by=SYSTEM, now=NOW)
    services.publish_service(draft, valid_from=LATER, by=SYSTEM, now=NOW)
    assert first("餐饮经营备案", at=LATER) == "餐饮经营备案" and first("餐饮服务", at=LATER) != food_name()
    assert first("餐饮服务") == food_name() and first("餐饮经营备案") == ""


def food_name() -> str:
    return make.said("food_licence").name


def test_the_tables_can_be_written_anew_in_batches(offered):
    before = tables()
    for model in (SearchName, SearchToken, SearchOffer):
        model.objects.all().delete()
    batches = list(services.reindex(now=NOW, batch=2))
    assert len(batches) == 4
    assert tables() == before


def tables() -> list[list[object]]:
    return [
        sorted(SearchName.objects.values_list("id", "phrases", "initials")),
        sorted(SearchToken.objects.values_list("token", "name", "size")),
        sorted(SearchOffer.objects.values_list("id", "line", "name", "region", "words")),
    ]


def elsewhere(number: int) -> dict[str, str]:
    """The same service in another county."""
    return {"code": f"{make.said('signboard').code[:19]}{number:012d}", "region": f"3604{number:02d}000000"}


def test_a_keyword_is_forgotten_only_when_nobody_says_it_any_more(offered):
    for number in (1, 2):
        make.published("signboard", **elsewhere(number), keywords=("霓虹灯",))
    for number, is_found in ((1, True), (2, False)):
        assert first("霓虹灯", region="").startswith(SIGN)
        draft = services.draft_service(make.said("signboard", **elsewhere(number), keywords=()), by=SYSTEM, now=NOW)
        services.publish_service(draft, valid_from=LATER, by=SYSTEM, now=LATER)
        assert bool(first("霓虹灯", region="", at=LATER)) == is_found


def test_one_name_is_one_result_with_the_readers_own_offer_first(offered):
    make.published("signboard", **elsewhere(82))
    for home, region in ((NEIGHBOUR, NEIGHBOUR), (make.RUICHANG, make.RUICHANG), ("430000000000", make.RUICHANG)):
        hits = [hit for hit in queries.search("店招设置", at=NOW, home=home) if hit.card.name.startswith(SIGN)]
        assert [hit.offers for hit in hits] == [2], home
        assert hits[0].card.region == region and hits[0].is_near == (home == region)
    assert queries.search("店招设置", at=NOW, region=NEIGHBOUR)[0].offers == 1


def test_who_offers_a_name_is_listed_ones_own_place_first_then_by_pages(offered, monkeypatch):
    made = [make.published("signboard", **elsewhere(number)).service.region for number in range(11, 16)]
    monkeypatch.setattr(finding, "LISTED", 2)
    name = queries.search("店招设置", at=NOW)[0].name
    seen, after = [], ""
    for turn in range(3):
        found = queries.offers_of(name, at=NOW, home=make.RUICHANG, after=after)
        assert [hit.card.region for hit in found.own] == ([] if turn else [make.RUICHANG])
        seen += [hit.card.region for hit in found.others]
        after = found.after
    assert seen == made and after == ""
    inside = queries.offers_of(name, at=NOW, region=made[0])
    assert [hit.card.region for hit in inside.all] == [made[0]]


def test_life_events_are_counted_and_listed(offered):
    assert queries.topics_offered(region=make.RUICHANG) == {"start_business": 6, "catering": 3, "safety": 1}
    assert queries.topics_offered(region="360482000000") == {}
    found = queries.on_topic("catering", at=NOW)
    assert [hit.is_bundle for hit in found] == [True, False, False]


def test_a_search_takes_five_queries_and_up_to_three_more_with_an_error(offered, django_assert_num_queries):
    with django_assert_num_queries(5):
        queries.search("食品经营许可", at=NOW, region=make.RUICHANG)
    with django_assert_num_queries(8):
        queries.search("食晶经营", at=NOW, region=make.RUICHANG)
    with django_assert_num_queries(2):
        queries.search("龘靐齉", at=NOW)
