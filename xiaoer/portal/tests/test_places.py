"""Where to go and whom to call: for everybody, from what the halls' and organs' own people keep."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.make import NOW
from tests.roles import signed_in
from xiaoer.catalogue.tests import make as catalogue
from xiaoer.journal import edge
from xiaoer.journal.services import SYSTEM
from xiaoer.network import services
from xiaoer.network.tests import make as network
from xiaoer.people.rules import day_of
from xiaoer.people.tests import make as people

pytestmark = pytest.mark.django_db
HALLS, ORGANS = reverse("portal:halls"), reverse("portal:organs")
HERE = {"region": network.COUNTY}


def at(monkeypatch, moment: datetime) -> None:
    monkeypatch.setattr(edge, "now", lambda: moment)
    monkeypatch.setattr(edge, "today", lambda: day_of(moment))


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    at(monkeypatch, NOW)


@pytest.fixture
def hall():
    network.calendars()
    made = network.hall(network.organ())
    network.window(made, number="10", name="税务")
    network.window(made, number="2", name="综合")
    return services.change_hall(
        made, name=made.name, address=made.address, phone=made.phone, directions="1路到政务中心站",
        hours="工作日 9:00-12:00、13:30-17:00；周六 9:00-11:00", by=SYSTEM, now=NOW,
    )  # fmt: skip


def text(answer) -> str:
    return answer.content.decode()


def test_a_hall_says_where_it_is_how_to_get_there_and_until_when_today(hall, django_assert_num_queries):
    Client().get(HALLS, HERE)
    with django_assert_num_queries(4):
        page = text(Client().get(HALLS, HERE))
    for word in (
        hall.name,
        hall.address,
        "1路到政务中心站",
        "tel:0792-4222222",
        "今天开放 09:00-12:00、13:30-17:00",
        "现在开着",
    ):
        assert word in page
    assert page.index(">2</span> 综合") < page.index(">10</span> 税务")


@pytest.mark.parametrize(
    ("hours", "said", "open_now"),
    [(2, "今天开放 09:00-12:00、13:30-17:00", False), (48, "今天开放 09:00-11:00", True), (72, "今天不开放", False)],
)
def test_today_is_the_day_on_which_one_looks(hall, monkeypatch, hours, said, open_now):
    at(monkeypatch, NOW + timedelta(hours=hours))
    page = text(Client().get(HALLS, HERE))
    assert said in page and ("现在开着" in page) is open_now


def test_a_closed_hall_says_why_and_comes_last(hall):
    network.hall(hall.organ, name="码头镇便民服务中心")
    services.close_hall(hall, reason="装修，5月6日恢复", by=SYSTEM, now=NOW)
    page = text(Client().get(HALLS, HERE))
    assert "装修，5月6日恢复" in page and "今天开放 09:00-17:00" in page and page.count("今天开放") == 1
    assert page.index("码头镇便民服务中心") < page.index(hall.name)


def test_the_county_is_the_one_asked_for_or_ones_own(hall):
    assert hall.name not in text(Client().get(HALLS, {"region": network.OTHER_COUNTY}))
    assert "这里还没有登记大厅" in text(Client().get(HALLS, {"region": network.OTHER_COUNTY}))
    assert "先选一个" in text(Client().get(HALLS))
    mine = signed_in(people.person().account)
    assert hall.name in text(mine.get(HALLS))
    for wrong in ("360499000000", network.CITY, "x"):
        assert Client().get(HALLS, {"region": wrong}).status_code == 404


def test_an_organ_says_what_it_is_for_and_is_found_by_it(django_assert_num_queries):
    made = network.organ("瑞昌市市场监督管理局", uscc=catalogue.said("food_licence").organ)
    services.change_organ(
        made, name=made.name, short_name=made.short_name, phone="0792-1", address="人民路2号", contact="注册科",
        duties="办营业执照、食品经营许可；管价格和计量。", by=SYSTEM, now=NOW,
    )  # fmt: skip
    network.organ("瑞昌市水利局")
    catalogue.published("food_licence")
    with django_assert_num_queries(3):
        page = text(Client().get(ORGANS, HERE))
    for word in ("食品经营许可", "注册科", "tel:0792-1", "人民路2号", "瑞昌市水利局"):
        assert word in page
    assert page.count("能在这里办的事") == 1 and reverse("catalogue:organ", args=[made.uscc]) in page
    found = text(Client().get(ORGANS, {**HERE, "q": "营业执照"}))
    assert "市场监督管理局" in found and "水利局" not in found and 'value="营业执照"' in found
    assert "没有找到" in text(Client().get(ORGANS, {**HERE, "q": "<b>"}))


def test_a_closed_organ_is_shown_no_more():
    old = network.organ("瑞昌市商务局")
    services.close_organ(old, on=day_of(NOW), successor=None, by=SYSTEM, now=NOW)
    assert "瑞昌市商务局" not in text(Client().get(ORGANS, HERE))


def test_the_pages_speak_english_and_are_linked_from_home(hall):
    page = text(Client().get(HALLS, HERE, headers={"accept-language": "en"}))
    assert "Open now" in page and "Open today 09:00-12:00, 13:30-17:00" in page
    assert HALLS in text(Client().get(reverse("portal:home"))) and ORGANS in text(
        Client().get(reverse("portal:contact"))
    )
