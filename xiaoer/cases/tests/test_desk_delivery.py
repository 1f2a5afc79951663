"""The desk sees how a result is to reach its applicant: the way plainly, the recipient masked until it says why."""

import pytest
from django.urls import reverse

from xiaoer.cases import services
from xiaoer.journal import edge
from xiaoer.journal.models import Entry

from . import make, make_desk

pytestmark = pytest.mark.django_db
RECIPIENT = {
    "delivery.name": "欧阳小明", "delivery.phone": "+8613812345678", "delivery.address": "瑞昌市赤乌大道88号3单元",
}  # fmt: skip


@pytest.fixture(autouse=True)
def today(settings):
    settings.DAYS_AHEAD = make_desk.days_ahead()


@pytest.fixture
def desk():
    return make_desk.desk()


def refused(desk, way="post", recipient=None):
    received = make.submitted(
        make.member(organ=desk.organ.id), now=edge.now(), delivery={"way": way},
        personal_answers={"phone": "13800000000", **(RECIPIENT if recipient is None else recipient)},
    )  # fmt: skip
    case = make.accepted(received.cases[0], now=edge.now())
    return services.refuse(case, reason="不符", by=make.APPROVER, now=edge.now(), calendar=make.calendar())


def page(desk, case, role="clerk"):
    return desk.client(role).get(reverse("cases:desk_case", args=[case.number])).content.decode()


def test_the_recipient_stands_on_the_case_masked(desk):
    shown = page(desk, refused(desk))
    for words in ("结果怎么给", "邮寄", "收件人", "欧***", "收件地址", "138****5678"):
        assert words in shown, words
    for whole in ("欧阳小明", "13812345678", "赤乌大道"):
        assert whole not in shown


@pytest.mark.parametrize(("what", "value"), list(RECIPIENT.items()))
def test_whoever_posts_it_sees_one_value_whole_and_leaves_a_trace(desk, what, value):
    case = refused(desk)
    url = reverse("cases:desk_reveal", args=[case.number])
    assert "请写明" in desk.client("clerk").post(url, {"what": what, "reason": ""}).content.decode()
    answer = desk.client("clerk").post(url, {"what": what, "reason": "打印邮寄面单"})
    assert value in answer.content.decode() and answer["Cache-Control"] == "no-store"
    (entry,) = Entry.objects.filter(name="application.revealed")
    assert entry.data == {"what": what, "reason": "打印邮寄面单"}
    assert value not in page(desk, case), "seen once, on the answer alone"


def test_what_is_collected_names_nobody(desk):
    shown = page(desk, refused(desk, "counter", {}))
    assert "窗口领取" in shown and "收件人" not in shown


def test_the_form_of_delivery_begins_with_the_way_that_was_chosen(desk):
    case = refused(desk)
    answer = desk.client("clerk").get(reverse("cases:desk_act", args=[case.number, "deliver"]))
    assert answer.context["section"].form.initial["way"] == "post"
    assert desk.client("clerk").get(f"/api/desk/cases/{case.number}").json()["delivery"] == "post"
