"""Fees: whole fen with a basis, paid once however often anybody says so, delivery after payment, refunds."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.make import NOW, cost, race
from xiaoer.cases import queries, rules, services, timers
from xiaoer.cases.models import Bill
from xiaoer.cases.rules import fees
from xiaoer.cases.services import pay_stand_in
from xiaoer.catalogue.rules import Fee
from xiaoer.journal import queries as journal
from xiaoer.journal.models import Entry, Timer
from xiaoer.kernel.refusal import Refusal

from . import make

STAND_IN = pay_stand_in.ADAPTER


def begin(bill: Bill, adapter: fees.Adapter = STAND_IN) -> str:
    return services.begin_payment(bill, adapter=adapter, title="事项", return_url="/back/", by=make.APPLICANT, now=NOW)


def fresh(bill: Bill) -> Bill:
    return Bill.objects.get(id=bill.id)


def confirmed(bill: Bill, adapter: fees.Adapter = STAND_IN) -> Bill:
    return services.confirm(fresh(bill), adapter=adapter, now=NOW)


def paying(bill: Bill, state: str = "paid") -> Bill:
    begin(fresh(bill))
    pay_stand_in.answer(fresh(bill).reference, state)
    return confirmed(bill)


def entries(name: str) -> int:
    return Entry.objects.filter(name=name).count()


def no_differences() -> None:
    assert not list(journal.differences("bill")) and not list(journal.differences("case"))


@pytest.mark.parametrize(
    ("fen", "written"),
    [(1, "0.01"), (10, "0.10"), (99, "0.99"), (100, "1.00"), (1005, "10.05"), (3200, "32.00"),
     (123456789, "1,234,567.89"), (9007199254740993, "90,071,992,547,409.93")],
)  # fmt: skip
def test_fen_are_written_as_yuan_without_rounding(fen, written):
    assert fees.yuan(fen) == written


@pytest.mark.parametrize(
    ("amounts", "total"), [((1,), 1), ((10, 20), 30), ((1010, 2020, 3), 3033), ((6000, 1500, 8000), 15500)]
)
def test_sums_are_whole_fen(amounts, total):
    items = [{**make.FEE, "fen": one, "refundable": one > 1500} for one in amounts]
    assert fees.total_of(items) == total
    assert fees.refundable_of(items) == sum(one for one in amounts if one > 1500)


def test_only_fixed_fees_with_a_basis_are_billed_each_at_its_moment():
    said = [
        Fee(name="证件费", fen=6000, basis="发改价格〔2019〕914号", refundable=True),
        Fee(name="签注费", standard="一次 15 元", basis="发改价格〔2019〕914号"),
        Fee(name="资料费", fen=500),
        Fee(name="空白依据", fen=500, basis="  "),
        Fee(name="免费", fen=0, basis="某文"),
        Fee(name="登记费", fen=8000, basis="财税〔2016〕79号", due="grant"),
    ]
    assert fees.items_of(said, moment="acceptance") == [
        {"name": "证件费", "fen": 6000, "basis": "发改价格〔2019〕914号", "refundable": True}
    ]
    assert [one["name"] for one in fees.items_of(said, moment="grant")] == ["登记费"]


@pytest.mark.parametrize("fen", [0, -1, 10.0, True, "10"])
def test_an_amount_is_whole_fen_above_nothing(fen):
    with pytest.raises(ValueError, match="whole fen"):
        fees.check_items([{**make.FEE, "fen": fen}])


@pytest.mark.django_db
def test_a_bill_holds_its_sum_and_asks_for_ten_working_days():
    case = make.accepted()
    bill = make.billed(case, items=[make.FEE, {**make.FEE, "name": "邮寄费", "fen": 1205}])
    assert (bill.total_fen, bill.state, bill.case) == (2205, "due", case.id)
    assert bill.due_on == date(2026, 3, 19) and bill.number == "36048120260305000001"
    assert make.billed(case).id == bill.id and Bill.objects.count() == 1
    no_differences()


@pytest.mark.django_db
def test_no_fee_without_a_basis_in_law():
    with pytest.raises(Refusal, match="fee_without_basis"):
        make.billed(items=[{**make.FEE, "basis": " "}])
    assert not Bill.objects.exists() and not Entry.objects.filter(kind="bill").exists()


@pytest.mark.django_db
def test_pressing_twice_leads_to_the_same_order():
    bill = make.billed()
    assert begin(bill) == begin(bill) == begin(fresh(bill)) == f"/demo/pay/{bill.number}-1/"
    assert entries("bill.payment_begun") == 1 and confirmed(bill).state == "due"


@pytest.mark.django_db
def test_a_payment_is_noted_once_whoever_asks_and_ends_its_timer():
    bill = paying(make.billed())
    assert (bill.state, bill.channel, bill.reference) == ("paid", "demo", f"{bill.number}-1")
    for _ in range(3):
        assert confirmed(bill).version == bill.version
    assert entries("bill.paid") == 1 and not Timer.objects.filter(subject=bill.id).exists()
    with pytest.raises(Refusal, match="bill_paid"):
        begin(fresh(bill))
    no_differences()


@pytest.mark.django_db
def test_after_a_failure_a_new_order_begins_and_the_old_one_counts_no_more():
    bill = paying(make.billed(), "failed")
    assert (bill.state, bill.reference) == ("due", "")
    assert begin(bill).endswith(f"{bill.number}-2/")
    pay_stand_in.answer(f"{bill.number}-1", "paid")
    assert confirmed(bill).state == "due"
    assert paying(bill).reference == f"{bill.number}-2"
    no_differences()


@pytest.mark.django_db
def test_an_amount_that_differs_is_not_taken():
    bill = make.billed()
    begin(bill)
    less = replace(STAND_IN, check=lambda reference: fees.Answer("paid", bill.total_fen - 1))
    with pytest.raises(Refusal, match="payment_differs"):
        confirmed(bill, less)
    assert fresh(bill).state == "due"


@pytest.mark.django_db
def test_a_provider_that_cannot_be_reached_charges_nothing_and_the_order_goes_on():
    def broken(_):
        raise TimeoutError

    bill = make.billed()
    with pytest.raises(Refusal, match="payment_unavailable"):
        begin(bill, replace(STAND_IN, begin=broken))
    with pytest.raises(Refusal, match="payment_unavailable"):
        confirmed(bill, replace(STAND_IN, check=broken))
    assert paying(bill).reference.endswith("-1")


@pytest.mark.django_db
def test_the_timer_finds_a_payment_from_whose_page_nobody_came_back(settings):
    settings.PAYMENT = "xiaoer.cases.services.pay_stand_in.ADAPTER"
    bill = make.billed()
    begin(bill)
    later = NOW + fees.CHECK_AGAIN
    timers.check_payment(bill.shard, bill.id, later)
    assert Timer.objects.get(subject=bill.id, name=services.CHECK_PAYMENT).due_at == later + fees.CHECK_AGAIN
    pay_stand_in.answer(fresh(bill).reference, "paid")
    timers.check_payment(bill.shard, bill.id, later)
    assert fresh(bill).state == "paid" and not Timer.objects.filter(subject=bill.id).exists()


@pytest.mark.django_db
def test_an_order_that_nobody_pays_is_given_up_after_a_day(settings):
    settings.PAYMENT = "xiaoer.cases.services.pay_stand_in.ADAPTER"
    bill = make.billed()
    begin(bill)
    Timer.objects.all().delete()
    timers.check_payment(bill.shard, bill.id, NOW + timedelta(days=1))
    assert not Timer.objects.filter(subject=bill.id).exists()


@pytest.mark.django_db
def test_what_is_due_is_void_when_the_case_ends_and_late_money_goes_back_whole():
    bill = make.billed()
    case = make.Case.objects.get(id=bill.case)
    begin(bill)
    services.close_bills(case, reason="case.withdrawn", now=NOW)
    assert fresh(bill).state == "void"
    with pytest.raises(Refusal, match="bill_void"):
        make.paid(fresh(bill))
    pay_stand_in.answer(fresh(bill).reference, "paid")
    late = confirmed(bill)
    assert (late.state, late.refund_fen) == ("paid", 1000)
    no_differences()


@pytest.mark.django_db
@pytest.mark.parametrize(("refundable", "back"), [(True, 1000), (False, 0)])
def test_what_was_paid_goes_back_only_where_the_service_says_so(refundable, back):
    bill = make.paid(make.billed(items=[{**make.FEE, "refundable": refundable}, {**make.FEE, "fen": 50}]))
    case = make.Case.objects.get(id=bill.case)
    for _ in range(2):
        services.close_bills(case, reason="case.refused", now=NOW)
    assert fresh(bill).refund_fen == back and entries("bill.refund_owed") == bool(back)
    if back:
        refunded = services.refund(fresh(bill), proof="T-1", reason="未准予", by=make.CLERK, now=NOW)
        assert (refunded.state, refunded.proof) == ("refunded", "T-1")
    with pytest.raises(Refusal, match="bill_paid" if back else "bill_not_paid"):
        services.refund(fresh(bill), proof="T-2", reason="未准予", by=make.CLERK, now=NOW)
    no_differences()


@pytest.mark.django_db
@pytest.mark.parametrize("act", [services.pay_at_counter, services.refund])
def test_money_at_the_window_needs_its_number(act):
    named = {"receipt": " "} if act is services.pay_at_counter else {"proof": " ", "reason": "未准予"}
    with pytest.raises(Refusal, match="proof_needed"):
        act(make.billed(), by=make.CLERK, now=NOW, **named)


def granted():
    case = make.accepted()
    make.settled(case, "review")
    make.settled(case, "visit")
    return services.grant(make.fresh(case), by=make.APPROVER, now=NOW, calendar=make.calendar())


@pytest.mark.django_db
def test_a_grant_waits_for_no_money_but_its_delivery_does():
    case = granted()
    bill = make.billed(case)
    state, clerk = journal.state_of(rules.CASE, case), rules.Standing("c", permissions=frozenset({"cases.deliver"}))
    assert not rules.acts_allowed(state, clerk, steps=[], on=bill.due_on, owed_fen=1)
    assert [act.name for act in rules.acts_allowed(state, clerk, steps=[], on=bill.due_on)] == ["deliver"]
    with pytest.raises(Refusal) as refused:
        services.deliver(case, way="counter", by=make.CLERK, now=NOW, calendar=make.calendar())
    assert refused.value.params["amount"] == "¥10.00"
    make.paid(bill)
    assert services.deliver(case, way="counter", by=make.CLERK, now=NOW, calendar=make.calendar()).delivered_at


@pytest.mark.django_db
def test_a_refusal_is_delivered_whatever_is_owed():
    case = make.accepted()
    make.billed(case)
    case = services.refuse(case, reason="不符合", by=make.APPROVER, now=NOW, calendar=make.calendar())
    assert services.deliver(case, way="post", by=make.CLERK, now=NOW, calendar=make.calendar()).delivered_at


@pytest.mark.django_db
def test_an_order_is_found_by_its_whole_reference_alone():
    bill = make.billed()
    begin(bill)
    assert queries.bill_of_order(f"{bill.number}-1") == fresh(bill)
    for wrong in (bill.number, f"{bill.number}-2", "", "-", "x-1"):
        assert queries.bill_of_order(wrong) is None


def test_eight_notices_at_once_make_one_payment(fresh_database):
    bill = make.billed()
    urls = race(8, lambda _: begin(fresh(bill)))
    assert urls == [f"/demo/pay/{bill.number}-1/"] * 8 and entries("bill.payment_begun") == 1
    pay_stand_in.answer(fresh(bill).reference, "paid")
    seen = [fresh(bill) for _ in range(8)]
    answers = race(8, lambda place: services.confirm(seen[place], adapter=STAND_IN, now=NOW))
    assert [one.state for one in answers] == ["paid"] * 8
    assert entries("bill.paid") == 1
    no_differences()


@pytest.mark.django_db
def test_issuing_a_bill_takes_few_queries(django_assert_num_queries):
    case = make.accepted()
    make.billed()
    calendar = make.calendar()
    with django_assert_num_queries(cost(sqlite=8, postgresql=5)):
        services.bill(case, items=[make.FEE], moment="acceptance", by=make.CLERK, now=NOW, calendar=calendar)
