"""The pages, as visitors meet them: no sign-in, no JavaScript."""

import gzip
import re
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from tests.make import NOW
from xiaoer.catalogue import services
from xiaoer.catalogue.models import ServiceVersion
from xiaoer.catalogue.rules import sayings
from xiaoer.catalogue.tests import make
from xiaoer.journal import edge
from xiaoer.journal.services import SYSTEM
from xiaoer.people.tests import make as people

PLACE = {"region": make.RUICHANG, "key": "open_restaurant"}
FOOD = make.said("food_licence")
SIGN = make.said("signboard")
OTHER_SIGN = f"{SIGN.code[:19]}360117901999"
NOBODYS = sayings.name_id("nobody's")
KEPT_SITE = "portal.site"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def offered():
    make.published_restaurant()


def page(client, name: str, query: str = "", **place: str):
    return client.get(reverse(f"catalogue:{name}", kwargs=place) + query)


def text(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_finding_leads_to_the_guide(client):
    found = page(client, "find", "?q=开饭店")
    assert found.status_code == 200 and reverse("catalogue:bundle", kwargs=PLACE) in found.content.decode()
    piece = page(client, "suggest", "?q=spjyxk").content.decode()
    assert "<html" not in piece and reverse("catalogue:service", kwargs={"code": FOOD.code}) in piece


def test_nothing_found_says_so_and_what_to_do(client):
    found = page(client, "find", "?q=%3Ci%3E龘靐")
    assert "没有找到“&lt;i&gt;龘靐”" in text(found) and "12345" in text(found)
    assert reverse("catalogue:services") in found.content.decode() and "task-list" not in found.content.decode()


def test_what_was_mistyped_is_answered_as_a_guess(client):
    assert "没有一字不差的" in text(page(client, "find", "?q=食晶经营"))
    assert "没有一字不差的" not in text(page(client, "find", "?q=食品经营"))


def test_a_name_that_many_offer_leads_to_the_choice_of_a_place(client):
    make.published("signboard", code=OTHER_SIGN, region="360482000000", region_name="江西省九江市共青城市")
    choice = reverse("catalogue:offers", kwargs={"name": sayings.name_id(SIGN.name)})
    found = page(client, "find", "?q=店招设置")
    assert "2 个部门在办，选您的地方" in text(found) and f'href="{choice}"' in found.content.decode()
    places = client.get(choice)
    assert "瑞昌市" in text(places) and "共青城市" in text(places)
    assert reverse("catalogue:service", kwargs={"code": OTHER_SIGN}) in places.content.decode()
    assert client.get(f"{choice}?region=360700000000").status_code == 404
    assert client.get(f"{choice}?after=nonsense").status_code == 200


def test_who_is_signed_in_gets_the_offer_of_the_own_county(client):
    make.published("signboard", code=OTHER_SIGN, region="360482000000", region_name="江西省九江市共青城市")
    client.force_login(people.account(home="360482000000"))
    found = page(client, "find", "?q=店招设置")
    assert reverse("catalogue:service", kwargs={"code": OTHER_SIGN}) in found.content.decode()
    assert "另有 1 个部门在办" in text(found)


@pytest.mark.parametrize(
    "query", ["?q=&region=abc", "?region=%F0%9F%98%80", "?after=%01", "?q=%ED%A0%80", "?q=" + "x" * 5000]
)
def test_odd_addresses_break_nothing(client, query):
    for name in ("find", "suggest", "services"):
        assert page(client, name, query).status_code == 200


@pytest.mark.parametrize(
    "address", ["services/%00/", "services/organs/%00/", "bundles/%00/x/", "services/%F0%9F%98%80/"]
)
def test_odd_names_are_not_there(client, address):
    assert client.get(f"/{address}").status_code == 404


def test_a_guide_says_first_what_decides(client):
    said = text(page(client, "service", code=FOOD.code))
    for words in (
        "8 个工作日",
        "法律允许 10 个工作日",
        "不用跑",
        "不收费",
        "2 到 3 份",
        "另有 1 份由系统取得",
        "瑞昌市市场监督管理局",
    ):
        assert words in said
    assert "第 1 版，2026年3月5日起施行" in said and "示例内容" in said


def test_with_answers_the_guide_is_that_of_ones_own_matter(client):
    unknown = text(page(client, "service", code=FOOD.code))
    no_cold = text(page(client, "service", "?cold_dishes=no", code=FOOD.code))
    assert "要看您的情况" in unknown and "要看您的情况" not in no_cold
    assert "您不用交的 1 份" in no_cold and "做凉菜或生食吗" in no_cold


def test_a_bundle_shows_the_services_of_ones_own_matter_and_their_days_together(client):
    answers = "?has_licence=no&premises_area=80&is_underground=no&has_entertainment=no&has_signboard=yes&sign_area=3"
    said = text(page(client, "bundle", answers + "&wants_seal=no&cold_dishes=no&applicant_kind=individual", **PLACE))
    assert "3 项" in said and "最长 9 个工作日" in said and "一项一项办要 14 个" in said
    assert "您不用办的 2 项" in said
    assert "“营业执照（设立登记）”办成后自动用上" in said


def test_questions_come_one_a_page_and_end_at_the_guide(client):
    answers = {
        "has_licence": "no", "applicant_kind": "individual", "premises_area": "80", "is_underground": "no",
        "has_entertainment": "no", "cold_dishes": "no", "has_signboard": "no", "wants_seal": "no",
    }  # fmt: skip
    asked = []
    given: dict[str, str] = {}
    for _ in range(20):
        response = client.get(reverse("catalogue:bundle_question", kwargs=PLACE), given)
        if response.status_code == 302:
            break
        key = response.context["field"].key
        asked.append(key)
        hidden = dict(response.context["hidden"])
        given = {**hidden, "asked": key, key: answers[key]}
    assert asked == list(answers)
    assert response.headers["Location"].startswith(reverse("catalogue:bundle", kwargs=PLACE) + "?")
    guide = client.get(response.headers["Location"])
    assert guide.status_code == 200 and "2 项" in text(guide)


def test_a_wrong_answer_is_said_at_its_field_and_stays(client):
    response = page(client, "bundle_question", "?has_licence=no&asked=premises_area&premises_area=很大", **PLACE)
    body = response.content.decode()
    assert "应为数字" in body and 'value="很大"' in body and 'name="has_licence" value="no"' in body


def test_an_empty_answer_is_asked_again_in_the_readers_language(client):
    response = page(client, "bundle_question", "?asked=has_licence", **PLACE)
    assert "请填写" in text(response)
    english = client.get(
        reverse("catalogue:bundle_question", kwargs=PLACE) + "?asked=premises_area&premises_area=big",
        headers={"accept-language": "en"},
    )
    assert "Floor area of the premises must be a number" in text(english)


def test_an_answer_can_be_changed(client):
    response = page(client, "bundle_question", "?has_licence=yes&change=has_licence", **PLACE)
    assert response.context["field"].key == "has_licence"
    assert re.search(r'value="yes"[^>]*checked', response.content.decode())


def test_answers_that_fit_no_question_are_left_out(client):
    response = page(client, "bundle", "?has_licence=maybe&operator_id=1&nothing=%01&premises_area=1e9", **PLACE)
    assert response.status_code == 200 and "您的情况 这家" not in text(response)


def test_what_is_not_in_force_is_not_there(client):
    food = ServiceVersion.objects.get(service__code=FOOD.code)
    services.end_service(food, valid_to=NOW, reason="取消", by=SYSTEM, now=NOW)
    assert page(client, "service", code=FOOD.code).status_code == 404
    assert page(client, "bundle", **PLACE).status_code == 404
    assert page(client, "service", code="draft-1").status_code == 404
    assert page(client, "topic", topic="nothing").status_code == 404
    assert page(client, "organ", organ="nobody").status_code == 404


def seconds_later() -> None:
    """When what was answered from memory is asked for again; the site itself stays described as it is."""
    local = caches["local"]
    site = local.get(KEPT_SITE)
    local.clear()
    local.set(KEPT_SITE, site)


def test_an_unchanged_guide_is_not_sent_twice_and_a_changed_one_is(client):
    first = page(client, "service", code=FOOD.code)
    etag = first.headers["ETag"]
    address = reverse("catalogue:service", kwargs={"code": FOOD.code})
    again = {"if-none-match": etag}
    assert client.get(address, headers=again).status_code == 304
    for name, value in (("type", "large"), ("theme", "dark")):
        assert Client(headers={"cookie": f"{name}={value}"}).get(address, headers=again).status_code == 200
    assert client.get(address + "?cold_dishes=no", headers=again).status_code == 200
    assert client.get(address, headers={**again, "accept-language": "en"}).status_code == 200
    make.published("food_licence", valid_from=edge.now() - timedelta(seconds=1), summary="新的说明")
    seconds_later()
    changed = client.get(address, headers=again)
    assert changed.status_code == 200 and "新的说明" in text(changed)
    assert "第 2 版" in text(changed)


def test_any_cache_may_keep_the_guide_of_who_is_not_signed_in(client):
    for name, place in (("service", {"code": FOOD.code}), ("bundle", PLACE)):
        for said in (page(client, name, **place), page(client, name, **place)):
            assert said.headers["Cache-Control"].startswith("public, max-age=0, s-maxage=")
            assert set(said.headers["Vary"].split(", ")) == {"Accept-Encoding", "Accept-Language", "Cookie"}
            assert not said.cookies and "csrfmiddlewaretoken" not in said.content.decode()


def test_a_page_with_something_of_one_visitor_is_for_that_visitor_alone(client, django_user_model):
    address = reverse("catalogue:service", kwargs={"code": FOOD.code})
    client.get(address)
    client.force_login(django_user_model.objects.create(username="reader"))
    own = client.get(address)
    assert own.headers["Cache-Control"] == "private, no-cache" and "Cookie" in own.headers["Vary"]
    assert "reader" in text(own) and "reader" not in text(Client().get(address))
    told = Client(headers={"cookie": "messages=x"}).get(address)
    assert told.headers["Cache-Control"] == "private, no-cache"


def test_a_kept_guide_needs_no_query_and_is_the_same_packed(client, django_assert_num_queries):
    whole = page(client, "service", code=FOOD.code)
    with django_assert_num_queries(0):
        packed = client.get(whole.request["PATH_INFO"], headers={"accept-encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip" and packed.headers["ETag"] == whole.headers["ETag"]
    assert gzip.decompress(packed.content) == whole.content


def test_an_address_with_odd_answers_takes_no_place_in_memory(client, django_assert_num_queries):
    page(client, "service", "?utm=1", code=FOOD.code)
    with django_assert_num_queries(2):
        page(client, "service", "?utm=1", code=FOOD.code)


def test_a_new_version_says_what_changed(client):
    fewer = tuple(one for one in FOOD.materials if one.key != "special_room_plan")
    make.published("food_licence", valid_from=edge.now() - timedelta(seconds=1), materials=fewer)
    assert "与上一版相比，改了：材料" in text(page(client, "service", code=FOOD.code))


def test_english_readers_read_english(client):
    said = text(client.get(reverse("catalogue:bundle", kwargs=PLACE), headers={"accept-language": "en"}))
    assert "Open a restaurant" in said and "at most 9 working days" in said and "Food business licence" in said


def test_lists_by_life_event_and_organ(client):
    assert "食品经营许可" in text(page(client, "topic", topic="catering"))
    said = text(page(client, "organ", organ=FOOD.organ))
    assert "营业执照" in said and "店招设置" not in said


def test_a_long_list_is_shown_by_pages(client, settings):
    first = page(client, "services")
    assert "开办餐饮店一件事" in text(first)
    code = sorted(make.said(name).code for name in make.MEMBERS)[0]
    second = text(page(client, "services", f"?after={code}"))
    assert "开办餐饮店一件事" not in second


def test_query_counts(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        page(client, "service", code=FOOD.code)
    with django_assert_max_num_queries(4):
        page(client, "bundle", **PLACE)


def test_the_api_reads_what_is_in_force(client):
    listed = client.get("/api/catalogue/services?region=3604").json()
    assert len(listed["items"]) == 5 and listed["after"] == ""
    one = client.get(f"/api/catalogue/services/{FOOD.code}")
    assert one.json()["snapshot"]["format"] == "xiaoer/service/1" and one.json()["number"] == 1
    again = client.get(f"/api/catalogue/services/{FOOD.code}", headers={"if-none-match": one.headers["ETag"]})
    assert again.status_code == 304 and again.content == b""
    assert client.get("/api/catalogue/bundles").json()["items"][0]["key"] == "open_restaurant"
    bundle = client.get(f"/api/catalogue/bundles/{make.RUICHANG}/open_restaurant").json()
    assert len(bundle["snapshot"]["members"]) == 5
    found = client.get("/api/catalogue/search?q=spjyxk").json()["items"][0]
    assert found["code"] == FOOD.code and (found["offers"], found["nearness"]) == (1, 1)
    offers = client.get(f"/api/catalogue/search/{found['name_id']}?region=360481").json()
    assert [one["code"] for one in offers["items"]] == [FOOD.code] and offers["after"] == ""
    assert client.get("/api/catalogue/search?q=龘靐").json() == {"items": []}


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("services/" + "A" * 31, 404), ("services/x", 422), ("services?region=1", 422), ("services?after=%00", 422),
        ("bundles/360481000000/nothing", 404), ("bundles/1/open_restaurant", 422), ("search", 422),
        ("search?q=%00", 422), ("search/x", 422), (f"search/{NOBODYS}", 404), (f"search/{NOBODYS}?after=1", 422),
    ],
)  # fmt: skip
def test_the_api_says_what_is_wrong(client, address, status):
    assert client.get(f"/api/catalogue/{address}").status_code == status


def test_a_guide_leads_to_the_application_with_the_answers_given(client):
    bundle = page(client, "bundle", "?has_licence=no", **PLACE).content.decode()
    assert f'href="/apply/bundle/{make.RUICHANG}/open_restaurant/?has_licence=no"' in bundle
    assert f'href="/apply/service/{FOOD.code}/"' in page(client, "service", code=FOOD.code).content.decode()
