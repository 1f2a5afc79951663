"""What follows from entries: papers, successors, next steps; driven by the queue as the worker drives it."""

from datetime import date, timedelta

import pytest

from tests.make import NOW
from xiaoer import flow
from xiaoer.cases import services
from xiaoer.cases.models import Step
from xiaoer.cases.tests import make
from xiaoer.catalogue.tests import make as catalogue
from xiaoer.journal import queries as journal_queries
from xiaoer.journal import services as journal
from xiaoer.journal.models import Delivery
from xiaoer.network import services as network_acts
from xiaoer.network.tests import make as network
from xiaoer.notices import queries as notices
from xiaoer.notices.models import Message
from xiaoer.people.tests import make as persons

SETTING = {"notices.render", "licences.render"}
SKIP_PDF = {name: [pair for pair in pairs if pair[0] not in SETTING] for name, pairs in flow.HANDLERS.items()}


def deliver(now=NOW):
    while journal.dispatch(flow=SKIP_PDF, now=now) + journal.deliver(flow=SKIP_PDF, now=now):
        pass
    assert not Delivery.objects.exclude(error="").exists(), list(Delivery.objects.values_list("handler", "error"))


def kinds(case):
    return [paper.kind for paper in notices.documents(shard=case.shard, subject=case.id)]


@pytest.fixture
def market(db):
    make.calendar()
    return network.organ("瑞昌市市场监督管理局", short_name="市监局")


@pytest.fixture
def case(market):
    return make.submitted(make.member(organ=market.id)).cases[0]


def test_every_act_that_needs_a_paper_gets_one_with_the_organs_number(case):
    calendar = make.calendar()
    make.accepted(case)
    services.suspend(make.fresh(case), ground="检验", days=5, by=make.REVIEWER, now=NOW, calendar=calendar)
    services.resume(make.fresh(case), by=make.REVIEWER, now=NOW + timedelta(days=1), calendar=calendar)
    services.extend(
        make.fresh(case), days=10, reason="需要复核", by=make.APPROVER, now=NOW + timedelta(days=1), calendar=calendar
    )
    make.settled(case, "review", now=NOW + timedelta(days=1))
    make.settled(case, "visit", now=NOW + timedelta(days=1))
    services.grant(make.fresh(case), by=make.APPROVER, now=NOW + timedelta(days=1), calendar=calendar)
    deliver(NOW + timedelta(days=1))
    assert kinds(case) == ["receipt", "acceptance", "special", "extension", "grant"]
    papers = {paper.kind: paper for paper in notices.documents(shard=case.shard, subject=case.id)}
    assert papers["receipt"].number == case.number
    assert papers["acceptance"].number == "瑞市监许受〔2026〕第1号"
    assert papers["extension"].facts["old_due_on"] < papers["extension"].facts["new_due_on"]
    assert papers["grant"].facts["deliver_by"] == str(make.fresh(case).delivery_due_on)


def test_a_notice_names_every_gap_and_its_last_day(case):
    services.notify(
        case, gaps=[{"material": "health", "reason": "请上传健康证明"}], until=date(2026, 3, 20),
        by=make.CLERK, now=NOW, calendar=make.calendar(),
    )  # fmt: skip
    deliver()
    paper = notices.documents(shard=case.shard, subject=case.id)[1]
    assert paper.kind == "correction" and paper.facts["until"] == "2026-03-20"
    assert "请上传健康证明" in paper.private and "健康证明" in paper.private


def test_refusing_declining_and_withdrawing_are_put_in_writing(market):
    calendar = make.calendar()
    refused = make.accepted(make.submitted(make.member(organ=market.id)).cases[0])
    services.refuse(refused, reason="布局不符合要求", by=make.APPROVER, now=NOW, calendar=calendar)
    declined = make.submitted(make.member(organ=market.id)).cases[0]
    services.decline(
        declined, ground="not_ours", reason="应向烟草专卖局申请", right_organ="瑞昌市烟草专卖局",
        by=make.CLERK, now=NOW, calendar=calendar,
    )  # fmt: skip
    withdrawn = make.submitted(make.member(organ=market.id)).cases[0]
    services.withdraw(withdrawn, by=make.APPLICANT, now=NOW, calendar=calendar)
    deliver()
    assert kinds(refused)[-1] == "refusal"
    assert kinds(declined)[-1] == "decline"
    assert kinds(withdrawn)[-1] == "withdrawal"
    assert "行政复议" in notices.documents(shard=make.SHARD, subject=refused.id)[-1].facts["remedies"]


def test_a_granted_predecessor_opens_the_decision_of_those_who_wait(market):
    registration, person = catalogue.published("business_licence"), persons.person("王小二")
    received = make.submitted(
        make.member("licence", plan=make.DECIDED, procedure="registration", organ=market.id, service=registration.id),
        make.member("food", plan=make.DECIDED, after={"ok": "licence"}, organ=market.id),
        applicant=person.id, account=person.account_id, applicant_shard=person.shard,
    )  # fmt: skip
    licence, food = (make.accepted(case) for case in received.cases)
    assert make.step(food, "decision").state == "waiting"
    services.grant(licence, by=make.APPROVER, now=NOW, calendar=make.calendar())
    deliver()
    assert make.step(food, "decision").state == "ready"
    assert kinds(licence) == ["receipt", "acceptance"], "a registration gives its licence, not a decision on paper"


def test_silence_is_recorded_and_put_in_writing_when_the_timer_rings(case):
    later = NOW + timedelta(days=8)
    assert journal.sweep(alarms=flow.ALARMS, now=NOW + timedelta(days=7)) == 0
    assert journal.sweep(alarms=flow.ALARMS, now=later) == 1
    deliver(later)
    assert make.fresh(case).deemed
    paper = notices.documents(shard=case.shard, subject=case.id)[-1]
    assert paper.kind == "acceptance" and paper.facts["deemed"] and paper.facts["accepted_on"] == "2026-03-05"
    assert Step.objects.filter(case=case.id, state="ready").exists()


def test_an_unanswered_notice_lapses_by_the_timer(case):
    services.notify(
        case, gaps=[{"material": "health", "reason": "缺"}], until=date(2026, 3, 20), by=make.CLERK, now=NOW,
        calendar=make.calendar(),
    )  # fmt: skip
    journal.sweep(alarms=flow.ALARMS, now=NOW + timedelta(days=16))
    assert make.fresh(case).state == "lapsed"


def test_a_paper_bears_the_date_of_its_act_however_late_the_queue_runs(case):
    make.accepted(case)
    deliver(NOW + timedelta(days=300))
    paper = notices.documents(shard=case.shard, subject=case.id)[1]
    assert paper.issued_at == NOW and paper.number == "瑞市监许受〔2026〕第1号"


def test_an_applicant_is_told_what_happened_to_his_case(market):
    person = persons.person("王小二")
    received = make.submitted(make.member(organ=market.id), applicant=person.id, account=person.account_id)
    make.accepted(received.cases[0])
    deliver()
    message = Message.objects.get(account=person.account_id)
    assert message.kind == "cases.accepted" and message.link == f"/my/applications/{received.application.number}/"


def test_publishing_a_calendar_counts_the_open_clocks_it_touches_anew_and_tells_of_moved_dates(market):
    person = persons.person("王小二")
    december = NOW + timedelta(days=285)  # 15 December 2026: twenty working days end in an unpublished January
    received = make.submitted(
        make.member(organ=market.id), applicant=person.id, account=person.account_id, now=december
    )
    case = make.accepted(received.cases[0], now=december)
    assert case.provisional and case.statutory_due_on == date(2027, 1, 12)
    days = [["2027-01-01", "off", "元旦"], ["2027-01-04", "off", "元旦"]]
    network_acts.publish_calendar(
        region_code="", title="2027 年放假安排", notice="国办发明电〔2026〕X号",
        published_on=date(2026, 12, 16), days=days, by=make.CLERK, now=december,
    )  # fmt: skip
    deliver(december)
    assert journal.sweep(alarms=flow.ALARMS, now=december) >= 1
    moved = make.fresh(case)
    # 16-18 (3), 21-25 (8), 28-31 (12), 5-8 January (16), 11-14 (20): the 1st and the 4th are off now.
    assert not moved.provisional and moved.statutory_due_on == date(2027, 1, 14)
    assert "cases.recalculated" in Message.objects.filter(account=person.account_id).values_list("kind", flat=True)
    assert journal.sweep(alarms=flow.ALARMS, now=december) == 0 and make.fresh(case).version == moved.version
    assert not [found for kind in ("case", "step") for found in journal_queries.differences(kind)]


def test_a_question_is_told_to_the_other_side_without_its_words(market):
    person, officer = persons.person("王小二"), persons.person("李审查")
    received = make.submitted(make.member(organ=market.id), applicant=person.id, account=person.account_id)
    case = make.accepted(received.cases[0])
    works, owner = make.Actor(str(officer.account_id)), make.Actor(str(person.account_id))
    services.claim(make.step(case, "review"), by=works, now=NOW)
    asked = services.ask(case, side="officer", text="有后门吗", by=works, now=NOW)
    own = services.ask(case, side="applicant", text="何时踏勘", by=owner, now=NOW)
    services.answer(asked, text="有", by=owner, now=NOW)
    services.answer(own, text="周五", by=works, now=NOW)
    deliver()

    def told(one):
        return set(Message.objects.filter(account=one.account_id).values_list("kind", flat=True))

    assert told(person) >= {"cases.asked", "cases.replied"}
    assert told(officer) == {"cases.asked_organ", "cases.replied_organ"}
    assert not any("后门" in one.params or "踏勘" in one.params for one in Message.objects.all())
