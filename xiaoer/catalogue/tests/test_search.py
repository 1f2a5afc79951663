"""Finding by Chinese words, initials, English, code; one wrong character forgiven."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.make import NOW
from xiaoer.catalogue import queries, services
from xiaoer.catalogue.models import SearchToken, ServiceVersion
from xiaoer.catalogue.rules import tokens
from xiaoer.catalogue.tests import make
from xiaoer.journal.services import SYSTEM

LATER = NOW + timedelta(days=30)
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
    hits = queries.search(query, at=NOW, **{"region": make.RUICHANG, **more})
    return hits[0].said.name if hits else ""


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


@given(st.text(max_size=80))
def test_any_text_has_marks_that_fit_their_column(text):
    wanted = tokens.wanted(text)
    assert all(0 < len(mark) <= tokens.LONGEST_MARK for mark in wanted.close | wanted.loose | tokens.marks(text))


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
    assert queries.search("餐饮经营备案", at=LATER)[0].said.name == "餐饮经营备案"
    assert not SearchToken.objects.filter(token="服务", subject__in=_subjects("餐饮经营备案")).exists()


def _subjects(name: str) -> list[object]:
    return list(ServiceVersion.objects.filter(service__name=name).values_list("service_id", flat=True))


def test_the_table_can_be_written_anew_in_batches(offered):
    before = sorted(SearchToken.objects.values_list("token", "subject", "region", "size"))
    SearchToken.objects.all().delete()
    batches = list(services.reindex(batch=2))
    assert len(batches) == 4 and sum(batches) == len(before)
    assert sorted(SearchToken.objects.values_list("token", "subject", "region", "size")) == before


def test_life_events_are_counted_and_listed(offered):
    assert queries.topics_offered(region=make.RUICHANG) == {"start_business": 6, "catering": 3, "safety": 1}
    assert queries.topics_offered(region="360482000000") == {}
    found = queries.on_topic("catering", at=NOW)
    assert [hit.is_bundle for hit in found] == [True, False, False]


def test_a_search_takes_three_queries_or_four_with_an_error(offered, django_assert_num_queries):
    with django_assert_num_queries(3):
        queries.search("食品经营许可", at=NOW, region=make.RUICHANG)
    with django_assert_num_queries(4):
        queries.search("食晶", at=NOW, region=make.RUICHANG)
