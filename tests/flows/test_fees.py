"""A service with a fixed fee, from acceptance to the receipt of payment, driven by the queue as the worker does."""

import pytest

from tests.make import NOW
from xiaoer.cases import services
from xiaoer.cases.models import Bill
from xiaoer.cases.services import pay_stand_in
from xiaoer.cases.tests import make
from xiaoer.catalogue.rules import Fee
from xiaoer.catalogue.tests import make as catalogue
from xiaoer.journal import queries as journal
from xiaoer.network.tests import make as network
from xiaoer.notices import queries as notices
from xiaoer.notices.models import Message
from xiaoer.people.tests import make as persons

from .test_case_handlers import deliver, kinds

STAND_IN = pay_stand_in.ADAPTER
BASIS = "发改价格〔2004〕2831号"
FEES = (
    Fee(name="工本费", fen=1000, basis=BASIS, online=True, standard="每证"),
    Fee(name="检测费", fen=2005, basis=BASIS, online=True, standard="每次", refundable=True),
    Fee(name="登记费", fen=8000, basis=BASIS, online=True, standard="每件", due="grant"),
    Fee(name="加急费", basis=BASIS, online=True, standard="另议"),
)


@pytest.fixture
def case(db):
    make.calendar()
    market = network.organ("瑞昌市市场监督管理局", short_name="市监局")
    version = catalogue.published("food_licence", fees=FEES)
    person = persons.person("王小明")
    member = make.member(organ=market.id, service=version.id)
    return make.submitted(
        member, applicant=person.id, account=person.account_id, applicant_shard=person.shard
    ).cases[0]  # fmt: skip


def bills() -> list[tuple[str, int, str]]:
    return [(bill.moment, bill.total_fen, bill.state) for bill in Bill.objects.order_by("id")]


def test_nothing_is_billed_before_acceptance_and_each_moment_once(case):
    deliver()
    assert bills() == []
    make.accepted(case)
    deliver()
    assert bills() == [("acceptance", 3005, "due")]
    assert Message.objects.filter(kind="cases.billed").count() == 1
    make.settled(case, "review")
    make.settled(case, "visit")
    services.grant(make.fresh(case), by=make.APPROVER, now=NOW, calendar=make.calendar())
    deliver()
    assert bills() == [("acceptance", 3005, "due"), ("grant", 8000, "due")]


def test_who_paid_gets_a_receipt_with_every_item(case):
    make.accepted(case)
    deliver()
    make.paid(Bill.objects.get())
    deliver()
    assert kinds(case)[-1] == "payment"
    paper = notices.documents(shard=case.shard, subject=case.id)[-1]
    assert paper.facts["total"] == "30.05" and [one["amount"] for one in paper.facts["items"]] == ["10.00", "20.05"]
    assert paper.number == "瑞市监许缴〔2026〕第1号" and paper.facts["way"] == "窗口"


def test_a_withdrawn_case_costs_nothing_even_when_the_queue_is_late(case):
    make.accepted(case)
    services.withdraw(make.fresh(case), by=make.APPLICANT, now=NOW, calendar=make.calendar())
    deliver()
    assert bills() == []


def test_a_refusal_voids_what_is_due(case):
    make.accepted(case)
    deliver()
    services.refuse(make.fresh(case), reason="不符合", by=make.APPROVER, now=NOW, calendar=make.calendar())
    deliver()
    assert bills() == [("acceptance", 3005, "void")]


def test_a_refusal_after_payment_gives_back_what_the_service_says(case):
    make.accepted(case)
    deliver()
    make.paid(Bill.objects.get())
    services.refuse(make.fresh(case), reason="不符合", by=make.APPROVER, now=NOW, calendar=make.calendar())
    deliver()
    assert Bill.objects.get().refund_fen == 2005 and Message.objects.filter(kind="cases.refund_due").count() == 1
    assert not list(journal.differences("bill"))


def test_a_refund_is_put_in_writing_and_told(case, settings):
    settings.PAYMENT = "xiaoer.cases.services.pay_stand_in.ADAPTER"
    make.accepted(case)
    deliver()
    bill = Bill.objects.get()
    services.begin_payment(bill, adapter=STAND_IN, title="事项", return_url="/", by=make.APPLICANT, now=NOW)
    make.paid(Bill.objects.get())
    pay_stand_in.answer(f"{bill.number}-1", "paid")
    services.confirm(Bill.objects.get(), adapter=STAND_IN, now=NOW)
    deliver()
    assert Message.objects.filter(kind="cases.overpaid").count() == 1
    services.give_back(Bill.objects.get(), adapter=STAND_IN, reason="重复缴费", by=make.CLERK, now=NOW)
    deliver()
    paper = notices.documents(shard=case.shard, subject=case.id)[-1]
    assert (paper.kind, paper.facts["amount"], paper.facts["way"]) == ("refund", "30.05", "演示支付")
    assert Message.objects.filter(kind="cases.refunded").count() == 1
