"""A hearing through HTTP: told, asked for, announced, recorded, at the desk, on the applicant's page and by program."""

import pytest
from django.urls import reverse

from tests.roles import signed_in
from xiaoer.cases import services
from xiaoer.cases.models import Application
from xiaoer.journal import edge
from xiaoer.people.tests import make as persons

from . import make, make_desk

pytestmark = pytest.mark.django_db
TOLD = {"ground": "interest", "reason": "油烟排放关系楼上住户", "parties": "三楼住户 周女士\n四楼住户 吴先生"}


@pytest.fixture(autouse=True)
def today(settings):
    """Thursday 5 March 2026: five days to ask end on 12 March; a hearing is on 16 March at the earliest."""
    settings.DAYS_AHEAD = make_desk.days_ahead()


@pytest.fixture
def desk():
    return make_desk.desk()


@pytest.fixture
def owner():
    return persons.person("王小明")


@pytest.fixture
def mine(owner):
    return signed_in(owner.account)


@pytest.fixture
def case(owner, desk):
    received = make.submitted(
        make.member(organ=desk.organ.id), applicant=owner.id, account=owner.account_id, applicant_shard=owner.shard,
        now=edge.now(),
    )  # fmt: skip
    accepted = make.accepted(received.cases[0], now=edge.now())
    for key in ("review", "visit"):
        make.settled(accepted, key, now=edge.now())
    return make.fresh(accepted)


def act(case, name):
    return reverse("cases:desk_act", args=[case.number, name])


def own(case):
    return reverse("cases:hearing", args=[case.number])


def post(client, case, name, **typed):
    return client.post(act(case, name), {"seen": make.fresh(case).version, **typed})


def chair(desk, name="主持人"):
    return persons.officer("clerk", desk.organ, name=name)


def told(case):
    said = {"ground": "interest", "reason": "油烟排放", "parties": ["周女士"]}
    return services.tell_hearing(case, **said, by=make.REVIEWER, now=edge.now(), calendar=make.calendar())


def asked(case):
    told(case)
    by = {"by": make.APPLICANT, "now": edge.now(), "calendar": make.calendar()}
    return services.ask_hearing(make.fresh(case), side="applicant", **by)


def test_a_hearing_from_the_telling_to_the_decision(desk, case, mine, settings):
    reviewer, clerk, approver = (desk.client(role) for role in ("reviewer", "clerk", "approver"))
    assert post(reviewer, case, "tell_hearing", **TOLD).status_code == 302
    page = approver.get(reverse("cases:desk_case", args=[case.number])).content.decode()
    assert "最晚 3月12日 可以要求" in page and f'href="{act(case, "grant")}' not in page
    refused = approver.get(act(case, "grant"), follow=True).content.decode()
    assert "行政许可法第四十七条" in refused
    answer = post(approver, case, "refuse", reason="布局不符合第三条")
    assert answer.status_code == 422 and "第四十七条" in answer.content.decode()

    card = mine.get(reverse("cases:application", args=[applied(case)])).content.decode()
    assert "2026年3月12日" in card and own(case) in card
    assert "要求听证" in mine.get(own(case)).content.decode()
    assert mine.post(own(case), {"seen": make.fresh(case).version, "ask": "1"}).status_code == 302
    assert "收回听证申请" in mine.get(own(case)).content.decode()

    who = chair(desk)
    early = post(reviewer, case, "set_hearing", date="20260313", time="09:30", place="三楼会议室", chair=who.id)
    assert (
        early.status_code == 422
        and "最早 2026-03-16" in early.content.decode()
        and "三楼会议室" in early.content.decode()
    )
    set_at = {"date": "20260316", "time": "09:30", "place": "三楼会议室", "chair": who.id}
    assert post(reviewer, case, "set_hearing", **set_at).status_code == 302
    assert "三楼会议室" in mine.get(own(case)).content.decode()
    again = reviewer.get(act(case, "set_hearing")).content.decode()
    assert 'value="2026-03-16"' in again and 'value="三楼会议室"' in again and 'value="09:30"' in again
    assert act(case, "hold_hearing") not in clerk.get(reverse("cases:desk_case", args=[case.number])).content.decode()

    settings.DAYS_AHEAD += 11
    held = post(make_desk.signed_in(who), case, "hold_hearing", present="申请人、周女士", record="同意加高排烟口")
    assert held.status_code == 302
    granted = post(desk.client("approver"), case, "grant", reason="")
    assert granted.status_code == 302 and make.fresh(case).state == "granted"


def applied(case):
    return Application.objects.get(id=case.application).number


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("tell_hearing", TOLD | {"parties": " "}, "请写明告知了哪些利害关系人"),
        ("tell_hearing", TOLD | {"reason": ""}, "请填写：关系到什么"),
        ("ask_hearing", {"side": "party", "who": ""}, "请写明是谁要求听证"),
        ("set_hearing", {"date": "20260316", "time": "早上", "place": "三楼会议室", "chair": ""}, "请写成 09:30 这样"),
        ("set_hearing", {"date": "20260316", "time": "09:30", "place": "", "chair": ""}, "请填写：地点"),
    ],
)
def test_what_lacks_is_said_at_its_field(desk, case, name, typed, words):
    if name == "ask_hearing":
        told(case)
    if name == "set_hearing":
        asked(case)
    client = desk.client("clerk" if name == "ask_hearing" else "reviewer")
    answer = post(client, case, name, **typed)
    assert answer.status_code == 422 and words in answer.content.decode()


def test_who_reviewed_is_not_among_those_who_may_chair(desk, case):
    asked(case)
    by = make.Actor(str(desk.accounts["reviewer"].id))
    services.claim(make.step(case, "decision"), by=by, now=edge.now())
    page = desk.client("approver").get(act(case, "set_hearing")).content.decode()
    assert str(desk.accounts["reviewer"].id) not in page and str(desk.accounts["clerk"].id) in page


def test_strangers_and_who_is_late_get_nothing(desk, case, mine, settings):
    stranger = signed_in(persons.person("别人").account)
    assert stranger.get(own(case)).status_code == 404
    assert "没有听证" in mine.get(own(case)).content.decode()
    told(case)
    assert stranger.post(own(case), {"seen": case.version, "ask": "1"}).status_code == 404
    settings.DAYS_AHEAD += 8
    late = mine.post(own(case), {"seen": make.fresh(case).version, "ask": "1"})
    assert late.status_code == 409 and "第四十七条" in late.content.decode()
    assert 'name="ask"' not in late.content.decode()


def test_by_program_from_the_telling_to_the_taking_back(desk, case, mine):
    reviewer, who = desk.client("reviewer"), chair(desk)
    tag = {"If-Match": f'"{case.version}"'}
    body = {"ground": "interest", "reason": "油烟排放", "parties": ["周女士"]}
    told = reviewer.post(
        f"/api/desk/cases/{case.number}/hearing/tell", body, content_type="application/json", headers=tag
    )
    assert told.status_code == 200, told.content
    tag = {"If-Match": told["ETag"]}
    barred = desk.client("approver").post(
        f"/api/desk/cases/{case.number}/grant", {}, content_type="application/json", headers=tag
    )
    assert (barred.status_code, barred.json()["code"]) == (409, "hearing_may_be_asked")
    line = mine.get(f"/api/cases/{case.number}").json()
    assert (line["hearing"]["stage"], line["hearing"]["ask_until"]) == ("told", "2026-03-12")
    assert "ask_hearing" in line["acts"]
    asked = mine.post(f"/api/cases/{case.number}/hearing", headers=tag)
    assert (asked.status_code, asked.json()["hearing"]["stage"]) == (200, "asked")
    again = mine.post(f"/api/cases/{case.number}/hearing", headers={"If-Match": asked["ETag"]})
    assert (again.status_code, again.json()["code"]) == (409, "hearing_asked_already")
    sent = {"date": "2026-03-16", "time": "09:30", "place": "三楼", "chair": str(who.id)}
    announced = reviewer.post(
        f"/api/desk/cases/{case.number}/hearing/set", sent, content_type="application/json",
        headers={"If-Match": asked["ETag"]},
    )  # fmt: skip
    assert announced.status_code == 200, announced.content
    back = mine.post(f"/api/cases/{case.number}/hearing/withdraw", headers={"If-Match": announced["ETag"]})
    assert (back.status_code, back.json()["hearing"]["stage"]) == (200, "told")


def test_who_takes_an_asking_back_second_is_told_that_it_was_taken_back(desk, case):
    asked(case)
    seen, client = make.fresh(case).version, desk.client("clerk")
    sent = {"seen": seen, "side": "applicant", "reason": "已经谈妥"}
    assert client.post(act(case, "drop_hearing"), sent).status_code == 302
    second = client.post(act(case, "drop_hearing"), sent)
    assert second.status_code == 409 and "有人比您先办了" in second.content.decode()
