"""The pages of a rating, as a person without JavaScript meets them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.make import NOW
from xiaoer.cases.tests import make as cases
from xiaoer.evaluation import queries
from xiaoer.evaluation.models import Rating
from xiaoer.journal import edge
from xiaoer.kernel.refusal import Refusal, sentence
from xiaoer.people.rules import day_of
from xiaoer.people.tests import make as people

from . import make


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr(edge, "now", lambda: NOW)
    monkeypatch.setattr(edge, "today", lambda: day_of(NOW))


@pytest.fixture
def owner(db):
    return people.person("王小二")


def client(person):
    made = Client()
    made.force_login(person.account)
    return made


def address(invitation):
    return reverse("evaluation:rate", args=[queries.token_of(invitation)])


def test_level_then_reasons_then_thanks(owner):
    invitation = make.invitation(owner)
    visitor, url = client(owner), address(invitation)
    assert "非常不满意" in visitor.get(url).content.decode()
    why = visitor.get(url, {"level": "2"}).content.decode()
    assert why.index("没有提供材料样本") < why.index("<details") < why.index("窗口人员业务不熟练")
    assert "窗口人员的服务" not in why
    answer = visitor.post(url, {"level": "2", "reasons": ["207"], "more": ["214"], "words": "等了很久"}, follow=True)
    page = answer.content.decode()
    assert "谢谢您" in page and "没有提供材料样本" in page and "等了很久" in page
    rated = Rating.objects.get()
    assert (rated.level, rated.reasons, rated.words) == (2, ["207", "214"], "等了很久")


def test_a_second_device_that_rates_later_is_told_that_it_was_not_taken(owner):
    url = address(make.invitation(owner))
    client(owner).post(url, {"level": "5"})
    page = client(owner).post(url, {"level": "1"}, follow=True).content.decode()
    assert sentence(Refusal("rated_already")) in page and "谢谢您" in page
    assert Rating.objects.get().level == 5


def test_at_a_counter_the_person_is_rated_too_and_nothing_typed_is_lost(owner):
    invitation = make.invitation(owner, channel="counter")
    visitor, url = client(owner), address(invitation)
    again = visitor.post(url, {"level": "5", "reasons": ["511"], "words": "很快"}).content.decode()
    assert "请给窗口人员也评一下" in again
    assert "很快" in again and 'value="511"' in again and again.count("checked") == 1
    visitor.post(url, {"level": "5", "staff_level": "4"})
    assert Rating.objects.get().staff_level == 4


@pytest.mark.parametrize(
    "said",
    [{}, {"level": "6"}, {"level": "五"}, {"level": "5", "reasons": ["999"]}, {"level": "5", "words": "字" * 501}],
)
def test_what_cannot_be_taken_is_said_and_stays(owner, said):
    invitation = make.invitation(owner)
    answer = client(owner).post(address(invitation), said)
    assert answer.status_code == 200
    assert "有几处需要改一下" in answer.content.decode() or "评一评" in answer.content.decode()
    assert said.get("words", "") in answer.content.decode()
    assert not Rating.objects.exists()


def test_an_empty_choice_of_level_is_told(owner):
    url = address(make.invitation(owner))
    assert "请先选满意的程度" in client(owner).get(url, {"level": ""}).content.decode()


def test_a_closed_invitation_says_so(owner, monkeypatch):
    invitation = make.invitation(owner)
    monkeypatch.setattr(edge, "today", lambda: invitation.expires_on + timedelta(days=1))
    page = client(owner).post(address(invitation), {"level": "5"}, follow=True).content.decode()
    assert sentence(Refusal("rating_closed", until=invitation.expires_on.isoformat())) in page
    assert "评价已经截止" in client(owner).get(address(invitation)).content.decode()
    assert not Rating.objects.exists()


def test_strangers_find_nothing_and_nobody_signs_in_first(owner):
    invitation = make.invitation(owner)
    by_case = reverse("evaluation:rate_case", args=[invitation.number])
    stranger = client(people.person("张三"))
    assert [stranger.get(url).status_code for url in (address(invitation), by_case)] == [404, 404]
    assert client(owner).get(by_case).url == address(invitation)
    assert "/account/login/" in Client().get(address(invitation)).url


def test_who_worked_on_the_case_is_told_that_he_cannot_rate_it(owner, monkeypatch):
    monkeypatch.setattr(cases, "APPROVER", cases.Actor(str(owner.account_id)))
    invitation = make.invitation(owner)
    page = client(owner).get(address(invitation), {"level": "5"}).content.decode()
    assert "您参与办理了这个办件" in page and '<form method="get"' not in page


def test_the_pages_speak_english(owner):
    visitor, url = client(owner), address(make.invitation(owner))
    visitor.cookies["django_language"] = "en"
    page = visitor.get(url, {"level": "1"}).content.decode()
    assert "Sent from window to window" in page and "Very dissatisfied" in page


def test_what_the_page_costs(owner, django_assert_num_queries):
    visitor, url = client(owner), address(make.invitation(owner))
    with django_assert_num_queries(3):
        visitor.get(url, {"level": "4"})
