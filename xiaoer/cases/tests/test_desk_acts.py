"""Acts at the desk through HTTP: the right role, the wrong one, another organ, too late, nothing written."""

import pytest
from django.urls import reverse

from tests.make import race
from xiaoer.cases import services
from xiaoer.cases.models import Case, Note, Requirement
from xiaoer.journal import edge
from xiaoer.journal.models import Entry
from xiaoer.network.tests import make as network
from xiaoer.people.tests import make as people

from . import make, make_desk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(settings):
    settings.DAYS_AHEAD = make_desk.days_ahead()


@pytest.fixture
def desk():
    return make_desk.desk()


def page(case, act="", **query):
    url = reverse("cases:desk_act", args=[case.number, act]) if act else reverse("cases:desk_case", args=[case.number])
    return url + ("?" + "&".join(f"{key}={value}" for key, value in query.items()) if query else "")


def step_page(case, key, act):
    return reverse("cases:desk_step", args=[case.number, make.step(case, key).id, act])


def states(case):
    case.refresh_from_db()
    return case.state


TYPED = {
    "accept": {},
    "notify": {"gap_health": "请上传从业人员健康证明", "until": "20260326"},
    "decline": {"ground": "not_ours", "right_organ": "瑞昌市公安局", "reason": "公章备案由公安机关办理"},
    "suspend": {"ground": "检测", "days": "10"},
    "extend": {"days": "10", "reason": "需要补充检测"},
    "grant": {"reason": ""},
    "refuse": {"reason": "布局不符合第三条"},
    "deliver": {"way": "counter", "proof": "王小二签收"},
}
ENDS = {"accept": "accepted", "notify": "supplementing", "decline": "declined", "suspend": "special",
        "extend": "handling", "grant": "granted", "refuse": "refused", "deliver": "granted"}  # fmt: skip
MAY = {"accept": "clerk", "notify": "clerk", "decline": "clerk", "suspend": "reviewer", "extend": "head",
       "grant": "approver", "refuse": "head", "deliver": "clerk"}  # fmt: skip
MAY_NOT = {"accept": "head", "notify": "head", "decline": "head", "suspend": "clerk", "extend": "approver",
           "grant": "reviewer", "refuse": "clerk", "deliver": "reviewer"}  # fmt: skip


def ready_for(act, desk) -> Case:
    network.organ("瑞昌市公安局")
    if act in {"accept", "notify", "decline"}:
        return make_desk.received(desk)
    case = make_desk.decidable(desk)
    if act == "deliver":
        approver = make.Actor(str(desk.accounts["approver"].id))
        return services.grant(case, by=approver, now=edge.now(), calendar=make.calendar())
    return case


@pytest.mark.parametrize("act", TYPED)
def test_who_may_do_an_act_sees_its_form_and_does_it(desk, act):
    case, client = ready_for(act, desk), desk.client(MAY[act])
    assert client.get(page(case, act)).status_code == 200
    answer = client.post(page(case, act), {"seen": case.version, **TYPED[act]})
    assert answer.status_code == 302 and answer["Location"].startswith(page(case))
    assert states(case) == ENDS[act]
    assert Entry.objects.filter(subject=case.id).latest("number").actor == str(desk.accounts[MAY[act]].id)


@pytest.mark.parametrize("act", TYPED)
def test_who_may_not_and_who_is_of_another_organ_gets_nothing(desk, act):
    case = ready_for(act, desk)
    other = make_desk.desk("瑞昌市城市管理局")
    for client in (desk.client(MAY_NOT[act]), other.client(MAY[act])):
        assert client.get(page(case, act)).status_code == 404
        assert client.post(page(case, act), {"seen": case.version, **TYPED[act]}).status_code == 404
    assert states(case) == ready_state(act)


def ready_state(act):
    return {"deliver": "granted"}.get(act, "received" if act in {"accept", "notify", "decline"} else "handling")


@pytest.mark.parametrize("act", TYPED)
def test_who_is_second_is_told_what_happened_and_keeps_the_own_text(desk, act):
    case = ready_for(act, desk)
    seen = case.version
    meanwhile(act, case)
    answer = desk.client(MAY[act]).post(page(case, act), {"seen": seen, **TYPED[act]})
    text = answer.content.decode()
    assert answer.status_code == 409 and "有人比您先办了" in text and "刚刚发生的" in text
    for typed in (value for value in TYPED[act].values() if len(value) > 8 and value != "20260326"):
        assert typed in text


def meanwhile(act, case):
    calendar, now = make.calendar(), edge.now()
    if act in {"accept", "notify", "decline"}:
        services.withdraw(case, by=make.APPLICANT, now=now, calendar=calendar)
    elif act == "deliver":
        services.deliver(case, way="post", by=make.CLERK, now=now, calendar=calendar)
    else:
        services.suspend(case, ground="听证", days=3, by=make.REVIEWER, now=now, calendar=calendar)


def test_an_act_that_still_makes_sense_may_go_on_after_reading_what_happened(desk):
    case = make_desk.decidable(desk)
    seen = case.version
    services.extend(case, days=5, reason="检测排队", by=make.CLERK, now=edge.now(), calendar=make.calendar())
    client = desk.client("approver")
    text = client.post(page(case, "refuse"), {"seen": seen, "reason": "布局不符合第三条"}).content.decode()
    assert "延长 5 个工作日" in text and "布局不符合第三条" in text and f'value="{seen + 1}"' in text
    assert client.post(page(case, "refuse"), {"seen": seen + 1, "reason": "布局不符合第三条"}).status_code == 302


@pytest.mark.parametrize(
    ("act", "typed", "words"),
    [
        ("notify", {"until": "20260326"}, "请至少选一项需要补正的材料"),
        ("notify", {"gap_health": "请补健康证明", "until": "20260305"}, "补正的最后一天要晚于今天"),
        ("notify", {"gap_health": "请补健康证明", "until": "三月"}, "看不懂这个日期"),
        ("decline", {"ground": "not_ours", "reason": "不归我们管的事"}, "请写明应当向哪个机关申请"),
        ("decline", {"ground": "not_a_matter", "reason": " "}, "请填写：具体理由"),
        ("suspend", {"ground": "cited", "days": "3"}, "请写明法律名称和条款"),
        ("suspend", {"ground": "检测", "days": "0"}, "大于或等于"),
        ("extend", {"days": "11", "reason": "需要补充检测"}, "小于或等于"),
        ("extend", {"days": "10", "reason": ""}, "请填写：延长的理由"),
        ("refuse", {"reason": ""}, "请填写：不予许可的理由"),
        ("deliver", {"way": "pigeon", "proof": "王小二签收的鸽子"}, "请在列出的里面选"),
    ],
)
def test_what_lacks_is_said_at_its_field_and_nothing_typed_is_lost(desk, act, typed, words):
    case = ready_for(act, desk)
    answer = desk.client(MAY[act]).post(page(case, act), {"seen": case.version, **typed})
    text = answer.content.decode()
    assert answer.status_code == 422 and words in text
    for value in typed.values():
        if len(value.strip()) > 4 and value != "20260305" and not value.isascii():
            assert value in text
    assert states(case) == ready_state(act)


def test_gaps_are_told_once_and_who_tries_again_is_told_the_law(desk):
    case, client = make_desk.received(desk), desk.client("clerk")
    assert client.post(page(case, "notify"), {"seen": 1, **TYPED["notify"]}).status_code == 302
    services.supplement(make.fresh(case), by=make.APPLICANT, now=edge.now(), calendar=make.calendar())
    assert page(case, "notify") not in client.get(page(case)).content.decode()
    told = client.get(page(case, "notify"), follow=True).content.decode()
    assert "法律不允许再次要求补正" in told


def test_a_limit_is_not_extended_after_it_is_over(desk, settings):
    case, client = make_desk.accepted(desk), desk.client("head")
    assert page(case, "extend") in client.get(page(case)).content.decode()
    settings.DAYS_AHEAD += 40
    assert page(case, "extend") not in client.get(page(case)).content.decode()
    assert "届满，不能再延长" in client.get(page(case, "extend"), follow=True).content.decode()


def test_who_reviewed_alone_is_told_that_somebody_else_decides(desk):
    case = make_desk.decidable(desk, by="approver")
    client = desk.client("approver")
    assert f'href="{page(case, "grant")}' not in client.get(page(case)).content.decode()
    answer = client.post(page(case, "grant"), {"seen": case.version})
    assert answer.status_code == 422 and "审查和决定不能是同一个人" in answer.content.decode()
    assert "审查和决定不能是同一个人" in client.get(page(case, "grant"), follow=True).content.decode()


def test_a_decision_waits_for_its_steps(desk):
    case = make_desk.accepted(desk)
    answer = desk.client("approver").post(page(case, "grant"), {"seen": case.version})
    assert answer.status_code == 422 and "还有环节没有办完" in answer.content.decode()


def test_a_suspended_case_stands_still_until_it_is_resumed(desk):
    case = make_desk.accepted(desk)
    client = desk.client("reviewer")
    client.post(step_page(case, "review", "claim"), {"seen": 1})
    case.refresh_from_db()
    client.post(page(case, "suspend"), {"seen": case.version, **TYPED["suspend"]})
    answer = client.post(
        step_page(case, "review", "settle"), {"seen": 2, "outcome": "granted", "opinion": "写好的意见"}
    )
    assert (
        answer.status_code == 409 and "特别程序" in answer.content.decode() and "写好的意见" in answer.content.decode()
    )
    assert "暂停中" in client.get("/desk/?queue=steps").content.decode()
    case.refresh_from_db()
    assert client.post(page(case, "resume"), {"seen": case.version}).status_code == 302
    assert states(case) == "handling"


def test_a_step_is_claimed_settled_and_put_back_by_who_has_it(desk):
    case = make_desk.accepted(desk)
    client = desk.client("reviewer")
    assert client.post(step_page(case, "review", "settle"), {"seen": 1, "outcome": "granted"}).status_code == 409
    assert client.post(step_page(case, "review", "claim"), {"seen": 1}).status_code == 302
    assert make.step(case, "review").claimed_by == str(desk.accounts["reviewer"].id)
    second = make_desk.signed_in(people.officer("reviewer", desk.organ, name="后来的人"))
    assert second.post(step_page(case, "review", "settle"), {"seen": 2, "outcome": "granted"}).status_code == 409
    assert second.post(step_page(case, "review", "release"), {"seen": 2}).status_code == 409
    assert client.post(step_page(case, "review", "release"), {"seen": 2}).status_code == 302
    client.post(step_page(case, "review", "claim"), {"seen": 3})
    empty = client.post(step_page(case, "review", "settle"), {"seen": 4, "outcome": "refused", "opinion": ""})
    assert empty.status_code == 422 and "请写明理由" in empty.content.decode()
    done = {"seen": 4, "outcome": "granted", "opinion": "材料齐全"}
    assert client.post(step_page(case, "review", "settle"), done).status_code == 302
    assert make.step(case, "visit").state == "ready"


def test_a_case_goes_back_to_the_step_that_is_chosen_and_the_reason_stays_among_officers(desk):
    case = make_desk.decidable(desk)
    client = desk.client("approver")
    client.post(step_page(case, "decision", "claim"), {"seen": make.step(case, "decision").version})
    url, seen = step_page(case, "decision", "return"), make.step(case, "decision").version
    assert url in client.get(page(case)).content.decode()
    form = client.get(url).content.decode()
    assert "材料审查" in form and "现场踏勘" in form and 'value="decision"' not in form
    lacking = client.post(url, {"seen": seen, "to": "review"})
    assert lacking.status_code == 422 and 'value="review"' in lacking.content.decode()
    typed = {"seen": seen, "to": "review", "reason": "布局图和踏勘记录对不上"}
    assert client.post(url, typed).status_code == 302
    text = desk.client("reviewer").get(page(case)).content.decode()
    assert "退回重办：布局图和踏勘记录对不上" in text and "接手办理" in text
    second = client.post(url, typed)
    assert second.status_code == 409 and "布局图和踏勘记录对不上" in second.content.decode()


def test_officers_of_a_step_s_organ_work_on_it_and_on_nothing_else(desk):
    other = make_desk.desk("瑞昌市城市管理局")
    plan = {
        **make.REVIEWED,
        "nodes": [{**make.REVIEWED["nodes"][0], "organ": other.organ.uscc}, *make.REVIEWED["nodes"][1:]],
    }
    case = make_desk.received(desk, plan=plan)
    services.accept(
        case, organs={other.organ.uscc: other.organ.id}, by=make.CLERK, now=edge.now(), calendar=make.calendar()
    )
    client = other.client("reviewer")
    text = client.get(page(case)).content.decode()
    assert "接手办理" in text and "启动特别程序" not in text
    assert client.post(step_page(case, "review", "claim"), {"seen": 1}).status_code == 302
    assert client.post(step_page(case, "visit", "claim"), {"seen": 1}).status_code == 404
    assert desk.client("reviewer").post(step_page(case, "review", "release"), {"seen": 2}).status_code == 404


def test_verdicts_are_taken_one_by_one_or_together(desk):
    case = make_desk.received(desk)
    client, url = desk.client("clerk"), reverse("cases:desk_checklist", args=[case.number])
    both = {
        "layout-seen": 1,
        "layout-verdict": "fine",
        "health-seen": 1,
        "health-verdict": "gap",
        "health-reason": "没有交",
    }
    assert client.post(url, both).status_code == 302
    found = {paper.key: (paper.verdict, paper.reason) for paper in Requirement.objects.all()}
    assert found == {"layout": ("fine", ""), "health": ("gap", "没有交")}
    assert "没有交" in client.get(page(case, "notify")).content.decode()
    wrong = client.post(
        url, {"layout-seen": 2, "layout-verdict": "gap", "layout-reason": "", "health-seen": 2, "one": "layout"}
    )
    assert wrong.status_code == 409 and "请写明缺什么、怎样补" in wrong.content.decode()
    stale = client.post(url, {"layout-seen": 1, "layout-verdict": "gap", "layout-reason": "看不清楚", "health-seen": 2})
    assert stale.status_code == 409 and "看不清楚" in stale.content.decode()
    assert desk.client("head").post(url, both).status_code == 302
    assert make_desk.desk("别的局").client("clerk").post(url, both).status_code == 404


def test_notes_are_seen_by_officers_of_the_case(desk):
    case = make_desk.received(desk)
    url = reverse("cases:desk_note", args=[case.number])
    assert desk.client("clerk").post(url, {"text": "店主下午来"}).status_code == 302
    assert "店主下午来" in desk.client("reviewer").get(page(case)).content.decode()
    assert desk.client("clerk").post(url, {"text": " "}).status_code == 422
    assert Note.objects.count() == 1


def test_a_personal_value_is_masked_until_somebody_says_why(desk):
    case = make_desk.received(desk)
    client, url = desk.client("clerk"), reverse("cases:desk_reveal", args=[case.number])
    assert "13800000000" not in client.get(page(case)).content.decode()
    assert "13800000000" not in client.post(url, {"what": "phone", "reason": ""}).content.decode()
    shown = client.post(url, {"what": "phone", "reason": "电话约踏勘时间"})
    assert "13800000000" in shown.content.decode() and shown["Cache-Control"] == "no-store"
    entry = Entry.objects.get(name="application.revealed")
    assert entry.actor == str(desk.accounts["clerk"].id) and entry.data["reason"] == "电话约踏勘时间"
    assert client.post(url, {"what": "shoe_size", "reason": "好奇"}).status_code == 409


def test_eight_clerks_press_the_same_button_one_acts_and_seven_are_told(fresh_database, settings):
    settings.DAYS_AHEAD = make_desk.days_ahead()
    desk = make_desk.desk()
    case = make_desk.received(desk)
    clerks = [make_desk.signed_in(people.officer("clerk", desk.organ, name=f"窗口{n}")) for n in range(8)]
    url = page(case, "notify")

    def press(n: int) -> tuple[int, str]:
        answer = clerks[n].post(url, {"seen": 1, "gap_health": f"窗口{n}写的意见", "until": "20260326"})
        return answer.status_code, answer.content.decode()

    answers = race(8, press)
    assert sorted(status for status, _ in answers) == [302] + [409] * 7
    for n, (status, text) in enumerate(answers):
        if status == 409:
            assert "有人比您先办了" in text and "一次性告知补正" in text and f"窗口{n}写的意见" in text
    assert Entry.objects.filter(subject=case.id, name="case.notified").count() == 1
