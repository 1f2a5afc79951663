"""Home by role, the hub of checks, the site's settings and where they show."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.make import NOW
from tests.roles import signed_in
from xiaoer.cases import services as case_acts
from xiaoer.cases.tests import make as cases
from xiaoer.evaluation.tests import make as ratings
from xiaoer.journal import edge
from xiaoer.network.tests import make as network
from xiaoer.people.rules import day_of
from xiaoer.people.tests import make as people
from xiaoer.portal.models import Site

pytestmark = pytest.mark.django_db
HOME = reverse("portal:home")


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr(edge, "now", lambda: NOW)
    monkeypatch.setattr(edge, "today", lambda: day_of(NOW))


def text(answer):
    return answer.content.decode()


def test_a_visitor_is_asked_and_helped():
    page = text(Client().get(HOME))
    assert "您想办什么事" in page and "怎么在这里办事" in page and "可核查" in page
    assert "请您办" not in page


def test_a_person_sees_what_is_due_first_and_what_is_running():
    owner, organ = people.person("王小二"), network.organ("瑞昌市市场监督管理局", short_name="市场监管局")
    values = {"applicant": owner.id, "account": owner.account_id}
    due, running = (cases.submitted(cases.member(key, organ=organ.id), **values) for key in ("food", "sign"))
    case_acts.notify(
        due.cases[0], gaps=[{"material": "layout", "reason": "看不清"}], until=day_of(NOW) + timedelta(days=9),
        by=cases.CLERK, now=NOW, calendar=cases.calendar(),
    )  # fmt: skip
    cases.accepted(running.cases[0])
    ratings.invitation(owner)
    page = text(signed_in(owner.account, factor=False).get(HOME))
    assert page.index("市场监管局要您补 1 项，最晚 3月14日交") < page.index("可以评到 3月12日") < page.index("在办")
    assert "现在由市场监管局办 · 最晚 3月17日决定" in page
    assert "sign：8 个工作日用了 0 个" in page
    english = signed_in(owner.account, factor=False)
    english.cookies["django_language"] = "en"
    assert "asks for 1 more paper by 14 March" in text(english.get(HOME))


def test_somebody_without_details_is_asked_like_a_visitor():
    assert "您想办什么事" in text(signed_in(people.account()).get(HOME))


def test_officers_go_to_their_desk_unless_they_come_for_themselves():
    operator = signed_in(people.officer("operator", network.organ()))
    assert operator.get(HOME).url == reverse("oversight:deliveries")
    assert "您想办什么事" in text(operator.get(HOME, {"me": ""}))
    manager = signed_in(people.officer("item_manager", network.organ("瑞昌市某局")))
    assert manager.get(HOME).status_code == 200


def test_the_hub_leads_to_every_check():
    page = text(Client().get(reverse("portal:verify")))
    assert reverse("verify:page") in page and reverse("oversight:receipt") in page
    assert 'aria-current="page">可核查' in page


SAID = {
    "name": "瑞昌办事", "name_en": "Ruichang", "region": network.COUNTY, "phone": "0792-4222222",
    "address": "人民北路1号", "address_en": "", "help": "周六也开门。", "help_en": "Open on Saturdays.",
}  # fmt: skip


def test_an_operator_describes_the_site_and_every_page_shows_it(django_capture_on_commit_callbacks):
    operator = signed_in(people.officer("operator", network.organ()))
    url = reverse("portal:site")
    with django_capture_on_commit_callbacks(execute=True):
        assert "已保存" in text(operator.post(url, SAID, follow=True))
    assert "瑞昌办事</title>" in text(Client().get(HOME))
    assert "人民北路1号" in text(Client().get(reverse("portal:contact")))
    visitor = Client()
    visitor.cookies["django_language"] = "en"
    assert "Open on Saturdays." in text(visitor.get(reverse("portal:help")))
    assert "Ruichang</title>" in text(visitor.get(HOME))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "请填写：网站名称"), ({"region": "36"}, "请在列出的里面选"),
        ({"region": "999999000000"}, "请在列出的里面选"), ({"name": "长" * 41}, "40"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_the_settings_is_said_and_nothing_is_lost(wrong, words):
    operator = signed_in(people.officer("operator", network.organ()))
    page = text(operator.post(reverse("portal:site"), {**SAID, **wrong}))
    assert words in page and "周六也开门" in page
    assert not Site.objects.exists()


def test_who_saves_over_an_unseen_change_is_told():
    operator = signed_in(people.officer("operator", network.organ()))
    for seen in ("", "1"):
        operator.post(reverse("portal:site"), {**SAID, "seen": seen})
    page = text(operator.post(reverse("portal:site"), {**SAID, "seen": "1", "help": "我写的话"}))
    assert "已经有人先办了一步" in page and "我写的话" in page


def test_what_home_costs_a_visitor_and_a_person(django_assert_num_queries):
    with django_assert_num_queries(1):
        Client().get(HOME)
    owner = people.person()
    client = signed_in(owner.account, factor=False)
    with django_assert_num_queries(10):
        client.get(HOME)
