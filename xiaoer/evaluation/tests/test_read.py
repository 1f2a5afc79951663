"""What everybody and officers read of ratings: figures with denominators, what was said, never by whom."""

import pytest
from django.test import Client
from django.urls import reverse

from xiaoer.cases.tests import make as case_make
from xiaoer.cases.tests import make_desk
from xiaoer.catalogue.tests import make as catalogue
from xiaoer.people.tests import make as people

from . import make

pytestmark = pytest.mark.django_db


def test_the_public_page_counts_with_denominators_and_publishes_no_words():
    code = catalogue.published().service.code
    url = reverse("evaluation:of_service", args=[code])
    assert "还没有人评" in Client().get(url).content.decode()
    member = {"service_code": code, "service_name": "食品经营许可"}
    for level, reasons in ((5, ["510"]), (2, ["207"]), (None, [])):
        invitation = make.invitation(people.person(), members=(case_make.member(**member),))
        if level:
            make.rating(invitation, level=level, reasons=reasons, words="电话一三八")
    page = Client().get(url).content.decode()
    assert "2 人评价，1 人基本满意以上" in page and "请 3 人评价，其中 2 人" in page and "1 / 2" in page
    assert "没有提供材料样本" in page and "电话一三八" not in page
    assert Client().get(reverse("evaluation:of_service", args=["0" * 31])).status_code == 404


def test_officers_read_what_is_in_of_their_organ_and_not_whose(settings):
    settings.DAYS_AHEAD = make_desk.days_ahead()
    place, other = make_desk.desk(), make_desk.desk("瑞昌市公安局")
    owner = people.person("王小二")
    mine = {"members": (case_make.member(organ=place.organ.id, service_name="食品经营许可"),)}
    pending, rated = make.invitation(owner, **mine), make.invitation(owner, **mine)
    url = reverse("evaluation:of_organ")
    assert "还没有评价" in place.client("reviewer").get(url).content.decode()
    make.rating(rated, level=1, words="等太久")
    page = place.client("reviewer").get(url).content.decode()
    assert "等太久" in page and "非常不满意" in page
    assert rated.number not in page and pending.number not in page and "王小二" not in page
    assert "等太久" in place.client("head").get(f"{url}?only=bad").content.decode()
    assert "等太久" not in other.client("reviewer").get(url).content.decode()
    assert place.client("clerk").get(url).status_code == 404
    linked = {role: url in place.client(role).get("/desk/").content.decode() for role in ("clerk", "reviewer")}
    assert linked == {"clerk": False, "reviewer": True}
    assert place.client("head").get(f"{url}?before=x").status_code == 404


def test_pages_of_ratings_follow_one_another(settings, monkeypatch):
    settings.DAYS_AHEAD = make_desk.days_ahead()
    monkeypatch.setattr("xiaoer.evaluation.queries.PAGE", 1)
    place = make_desk.desk()
    for words in ("先来的", "后来的"):
        member = case_make.member(organ=place.organ.id)
        make.rating(make.invitation(people.person(), members=(member,)), words=words)
    client, url = place.client("head"), reverse("evaluation:of_organ")
    first = client.get(url)
    assert "后来的" in first.content.decode() and "先来的" not in first.content.decode()
    older = client.get(url + first.context["older_url"]).content.decode()
    assert "先来的" in older and "后来的" not in older
