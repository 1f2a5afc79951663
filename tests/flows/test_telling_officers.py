"""Officers are told by their posts, whether or not they are persons here, by the channels of their choice."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from tests.make import NOW
from tests.roles import signed_in
from xiaoer import flow
from xiaoer.cases import services
from xiaoer.cases.services import pay_stand_in
from xiaoer.cases.tests import make
from xiaoer.journal import services as journal
from xiaoer.network.tests import make as network
from xiaoer.notices import queries as notices
from xiaoer.notices import services as telling
from xiaoer.notices.models import Message
from xiaoer.people.tests import make as people

from .test_case_handlers import deliver

pytestmark = pytest.mark.django_db
SATURDAY = datetime.fromisoformat("2026-03-07T00:00:00+08:00")


@pytest.fixture
def market():
    make.calendar()
    return network.organ("瑞昌市市场监督管理局", short_name="市监局")


@pytest.fixture
def case(market):
    owner = people.person("王小明")
    received = make.submitted(
        make.member(organ=market.id), applicant=owner.id, account=owner.account_id, applicant_shard=owner.shard
    )
    return make.accepted(received.cases[0])


def posted(role, organ, **values):
    account = people.officer(role, organ=organ, **values)
    assert not account.home, "an officer who has entered no person"
    return account


def kinds(account):
    return list(Message.objects.filter(account=account.id).order_by("id").values_list("kind", flat=True))


def actor(account):
    return make.Actor(str(account.id))


def test_a_question_goes_to_who_has_the_case_else_to_those_who_may_accept_it(market, case):
    clerk, reviewer, head = (posted(role, market) for role in ("clerk", "reviewer", "head"))
    other = posted("clerk", network.organ("瑞昌市公安局", short_name="公安局"))
    services.ask(case, side="applicant", text="何时踏勘", by=make.APPLICANT, now=NOW)
    deliver()
    assert kinds(clerk) == kinds(reviewer) == ["cases.asked_organ"] and kinds(head) == kinds(other) == []
    services.claim(make.step(case, "review"), by=actor(reviewer), now=NOW)
    services.ask(case, side="applicant", text="要带什么", by=make.APPLICANT, now=NOW)
    deliver()
    assert kinds(reviewer) == ["cases.asked_organ"] * 2 and kinds(clerk) == ["cases.asked_organ"]


def test_only_posts_for_the_service_and_of_the_day_are_told(market, case):
    for_food = posted("clerk", market, services=[case.service_code])
    for_seals = posted("clerk", market, services=[make.CODES["seal"]])
    gone = posted("clerk", market)
    gone.is_active = False
    gone.save()
    services.ask(case, side="applicant", text="何时踏勘", by=make.APPLICANT, now=NOW)
    deliver()
    assert (kinds(for_food), kinds(for_seals), kinds(gone)) == (["cases.asked_organ"], [], [])


def test_an_officer_without_a_person_reads_his_messages_and_keeps_them_when_he_enters_one(market, case):
    clerk = posted("clerk", market)
    services.ask(case, side="applicant", text="何时踏勘", by=make.APPLICANT, now=NOW)
    deliver()
    assert [row.link for row in notices.inbox(clerk, language="")] == [f"/desk/cases/{case.number}/"]
    assert case.number in signed_in(clerk).get(reverse("notices:inbox")).content.decode()
    clerk.home = make.SHARD
    assert len(notices.inbox(clerk, language="")) == 1 and len(notices.unread(clerk)) == 1


def test_an_officers_own_channels_are_kept_to(market, case):
    clerk, quiet = posted("clerk", market), posted("clerk", market)
    for account, phone in ((clerk, "+8613800000001"), (quiet, "+8613800000002")):
        account.set_phone(phone, verified=False)
        account.save()
    telling.prefer(quiet, sms=False, email=False, address="")
    services.ask(case, side="applicant", text="何时踏勘", by=make.APPLICANT, now=NOW)
    deliver()
    found = {one.account: one.channels for one in Message.objects.filter(kind="cases.asked_organ")}
    assert found == {clerk.id: ["inbox", "sms"], quiet.id: ["inbox"]}


def test_a_claim_that_lapsed_is_told_to_who_had_it_and_to_who_can_take_it(market, case):
    lost, next_one, clerk = posted("reviewer", market), posted("approver", market), posted("clerk", market)
    step = services.claim(make.step(case, "review"), by=actor(lost), now=NOW)
    services.lapse_claim(step, now=SATURDAY)
    deliver(SATURDAY)
    assert (kinds(lost), kinds(next_one), kinds(clerk)) == (["cases.claim_lapsed"], ["cases.step_free"], [])


def test_the_worker_rings_for_a_claim_that_was_left(market, case):
    lost = posted("reviewer", market)
    services.claim(make.step(case, "review"), by=actor(lost), now=NOW)
    assert journal.sweep(alarms=flow.ALARMS, now=SATURDAY - timedelta(minutes=1)) == 0
    assert journal.sweep(alarms=flow.ALARMS, now=SATURDAY) == 1
    assert make.step(case, "review").state == "ready"


def test_money_that_is_owed_back_is_told_to_who_gives_it_back(market, case):
    clerk, reviewer = posted("clerk", market), posted("reviewer", market)
    bill = make.billed(case)
    adapter = pay_stand_in.ADAPTER
    services.begin_payment(bill, adapter=adapter, title="事项", return_url="/", by=make.APPLICANT, now=NOW)
    make.paid(make.Bill.objects.get())
    pay_stand_in.answer(f"{bill.number}-1", "paid")
    services.confirm(make.Bill.objects.get(), adapter=adapter, now=NOW)
    deliver()
    assert (kinds(clerk), kinds(reviewer)) == (["cases.refund_organ"], [])
    assert notices.inbox(clerk, language="")[0].link == f"/desk/bills/{bill.number}/"
