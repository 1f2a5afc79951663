"""Money that goes back: an order paid after the window took the bill, what a case that was not granted had cost."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.make import NOW, race
from xiaoer.cases import queries, services, timers
from xiaoer.cases.models import Bill
from xiaoer.cases.rules import fees
from xiaoer.cases.services import pay_stand_in
from xiaoer.journal import queries as journal
from xiaoer.journal.models import Timer
from xiaoer.kernel.refusal import Refusal

from . import make
from .test_fees import STAND_IN, begin, confirmed, entries, fresh

WHY = "重复缴费"


def paid_twice() -> Bill:
    """A bill that the window took while an order was open, which was paid after that."""
    bill = make.billed()
    begin(bill)
    order = fresh(bill).reference
    make.paid(fresh(bill))
    pay_stand_in.answer(order, "paid")
    return fresh(bill)


def back(bill: Bill, adapter: fees.Adapter = STAND_IN, **more) -> Bill:
    return services.give_back(bill, adapter=adapter, reason=WHY, by=make.CLERK, now=NOW, **more)


def no_differences() -> None:
    assert not list(journal.differences("bill"))


@pytest.mark.django_db
def test_an_order_paid_after_the_window_is_noticed_by_the_timer_and_owed_back(settings):
    settings.PAYMENT = "xiaoer.cases.services.pay_stand_in.ADAPTER"
    bill = paid_twice()
    assert Timer.objects.filter(subject=bill.id, name=services.CHECK_PAYMENT).exists()
    timers.check_payment(bill.shard, bill.id, NOW + fees.CHECK_AGAIN)
    noted = fresh(bill)
    assert (noted.state, noted.channel, noted.surplus_fen) == ("paid", fees.COUNTER, 1000)
    assert noted.left_order == f"{bill.number}-1" and fees.owed_back(noted).surplus
    assert not Timer.objects.filter(subject=bill.id).exists()
    for _ in range(2):
        assert confirmed(bill).version == noted.version
    no_differences()


@pytest.mark.django_db
def test_an_order_that_nobody_pays_after_the_window_is_asked_for_until_it_is_given_up(settings):
    settings.PAYMENT = "xiaoer.cases.services.pay_stand_in.ADAPTER"
    bill = make.billed()
    begin(bill)
    make.paid(fresh(bill))
    timers.check_payment(bill.shard, bill.id, NOW + fees.CHECK_AGAIN)
    assert Timer.objects.filter(subject=bill.id).exists() and fresh(bill).surplus_fen == 0
    Timer.objects.all().delete()
    timers.check_payment(bill.shard, bill.id, NOW + timedelta(days=1))
    assert not Timer.objects.filter(subject=bill.id).exists()


@pytest.mark.django_db
def test_an_order_that_fails_after_the_window_is_forgotten():
    bill = make.billed()
    begin(bill)
    make.paid(fresh(bill))
    pay_stand_in.answer(f"{bill.number}-1", "failed")
    assert confirmed(bill).left_order == "" and fees.owed_back(fresh(bill)) is None
    no_differences()


@pytest.mark.django_db
def test_a_providers_late_notice_finds_the_bill_by_the_order_that_was_left():
    bill = paid_twice()
    assert queries.bill_of_order(f"{bill.number}-1") == bill


@pytest.mark.django_db
def test_a_second_payment_goes_back_whole_and_once():
    bill = confirmed(paid_twice())
    given = back(bill, seen=bill.version)
    assert given.surplus_proof == f"DEMO-{bill.number}-1-R" and given.surplus_refunded_at == NOW
    assert (given.state, given.refund_fen) == ("paid", 0), "the fee itself stays paid"
    with pytest.raises(Refusal, match="bill_not_paid"):
        back(fresh(bill))
    assert entries("bill.surplus_refunded") == 1
    no_differences()


@pytest.mark.django_db
def test_a_fee_and_a_second_payment_go_back_one_after_the_other():
    bill = paid_twice()
    Bill.objects.filter(id=bill.id).update(items=[{**make.FEE, "refundable": True}])
    services.close_bills(make.Case.objects.get(id=bill.case), reason="case.refused", now=NOW)
    bill = confirmed(bill)
    assert [fees.owed_back(bill).surplus, fees.owed_back(back(bill)).surplus] == [True, False]
    with pytest.raises(Refusal, match="refund_by_hand"):
        back(fresh(bill))
    done = services.refund(fresh(bill), proof="T-1", reason="未准予", by=make.CLERK, now=NOW)
    assert done.state == "refunded" and fees.owed_back(done) is None


@pytest.mark.django_db
def test_what_a_provider_took_goes_back_the_way_it_came():
    bill = make.billed(items=[{**make.FEE, "refundable": True}])
    begin(bill)
    pay_stand_in.answer(f"{bill.number}-1", "paid")
    services.close_bills(make.Case.objects.get(id=confirmed(bill).case), reason="case.refused", now=NOW)
    assert back(fresh(bill)).proof == f"DEMO-{bill.number}-1-R"


@pytest.mark.django_db
def test_a_provider_that_fails_gives_nothing_back_and_may_be_asked_again():
    def broken(_):
        raise TimeoutError

    bill = confirmed(paid_twice())
    with pytest.raises(Refusal, match="payment_unavailable"):
        back(bill, replace(STAND_IN, refund=broken))
    with pytest.raises(Refusal, match="refund_refused"):
        back(bill, replace(STAND_IN, refund=lambda _: ""))
    with pytest.raises(Refusal, match="stale"):
        back(bill, replace(STAND_IN, refund=broken), seen=bill.version - 1)
    with pytest.raises(Refusal, match="reason_needed"):
        services.give_back(bill, adapter=STAND_IN, reason=" ", by=make.CLERK, now=NOW)
    assert back(bill).surplus_refunded_at


@pytest.mark.django_db
def test_a_bill_that_is_paid_in_order_owes_nothing_back():
    bill = make.paid(make.billed())
    assert fees.owed_back(bill) is None and not bill.left_order
    with pytest.raises(Refusal, match="bill_not_paid"):
        back(bill)


def test_a_payment_online_and_one_at_the_window_at_once_are_both_noted(fresh_database):
    bill = make.billed()
    begin(bill)
    pay_stand_in.answer(f"{bill.number}-1", "paid")
    seen = [fresh(bill) for _ in range(2)]

    def pay(place: int) -> str:
        if place:
            return services.confirm(seen[1], adapter=STAND_IN, now=NOW).state
        try:
            return services.pay_at_counter(seen[0], receipt="赣财 0001", by=make.CLERK, now=NOW).channel
        except Refusal as refused:
            return refused.key

    found = race(2, pay)
    noted = fresh(bill)
    assert found[0] in {"stale", "bill_paid"} or noted.surplus_fen == 1000
    assert noted.state == "paid"
    no_differences()


def test_eight_who_give_back_at_once_give_once(fresh_database):
    bill = confirmed(paid_twice())
    seen = [fresh(bill) for _ in range(8)]

    def give(place: int) -> str:
        try:
            return back(seen[place], seen=bill.version).surplus_proof
        except Refusal as refused:
            return refused.key

    found = race(8, give)
    assert found.count(f"DEMO-{bill.number}-1-R") == 1 and set(found) <= {f"DEMO-{bill.number}-1-R", "stale"}
    assert entries("bill.surplus_refunded") == 1
    order = pay_stand_in._key(f"{bill.number}-1")
    assert list(pay_stand_in.cache.get(order)["refunds"].values()) == [1000]
