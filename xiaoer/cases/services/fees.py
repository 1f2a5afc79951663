"""Bills (缴费单): issue, pay online or at the window, void, refund (行政许可法 58, 59). Amounts come from the bill."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from xiaoer.journal import services as journal
from xiaoer.journal.services import SYSTEM, Actor, Change, New
from xiaoer.kernel.refusal import Refusal
from xiaoer.kernel.workdays import Calendar

from .. import rules
from ..events import (
    BillIssued,
    BillOverpaid,
    BillPaid,
    BillPaymentBegun,
    BillPaymentFailed,
    BillRefunded,
    BillRefundOwed,
    BillSurplusRefunded,
    BillVoided,
)
from ..models import Bill, Case
from ..rules.fees import COUNTER, Adapter, Answer, Back, Order, Owed
from .time import day_of

CHECK_PAYMENT = "cases.check_payment"
TRIES = 10
"""How often an act on a bill is tried when others change it at the same instant."""


@transaction.atomic
def bill(
    case: Case, *, items: list[dict[str, Any]], moment: str, by: Actor, now: datetime, calendar: Calendar
) -> Bill | None:
    """Bill a case for a moment, once; None when there is nothing to pay. Refusal fee_without_basis (许可法 58)."""
    rules.fees.check_items(items)
    found = Bill.objects.filter(shard=case.shard, case=case.id, moment=moment).first()
    if found or not items:
        return found
    on = day_of(now)
    sequence = journal.take(shard=case.shard, register=f"bill:{on:%Y%m%d}")
    issued = BillIssued(
        case=case.id, application=case.application, number=f"{case.shard[:6]}{on:%Y%m%d}{sequence:06d}", moment=moment,
        items=items, total_fen=rules.fees.total_of(items), due_on=calendar.add_workdays(on, rules.fees.PAY_DAYS),
    )  # fmt: skip
    made: Bill = journal.act([New(case.shard, issued)], by=by, now=now, calendar=calendar.version)[0]
    return made


def begin_payment(bill: Bill, *, adapter: Adapter | None, title: str, return_url: str, by: Actor, now: datetime) -> str:
    """Return the address of the provider's page. An order that is open is gone on with: nobody pays twice.

    Refusal bill_paid, bill_void, payment_unavailable, payment_nowhere without an adapter. The order is noted before the
    provider hears of it.
    """
    if adapter is None:
        raise Refusal("payment_nowhere")
    bill = confirm(bill, adapter=adapter, now=now) if bill.reference else bill
    bill = _ordered(bill, adapter, by, now)
    try:
        return adapter.begin(Order(bill.reference, title, bill.total_fen, return_url))
    except OSError as fault:
        raise Refusal("payment_unavailable") from fault


def _ordered(bill: Bill, adapter: Adapter, by: Actor, now: datetime) -> Bill:
    """Return the bill with an open order: the one it has, or a new one."""
    for _ in range(TRIES):
        if bill.state == "due" and bill.reference and bill.channel == adapter.key:
            return bill
        begun = BillPaymentBegun(reference=f"{bill.number}-{bill.attempt + 1}", channel=adapter.key)
        try:
            with transaction.atomic():
                bill = journal.act([Change(bill, begun)], by=by, now=now)[0]
                due = now + rules.fees.CHECK_AGAIN
                journal.set_timer(shard=bill.shard, subject=bill.id, name=CHECK_PAYMENT, due_at=due)
            return bill
        except Refusal as refused:
            bill = _again(bill, refused)
    raise Refusal("stale")


def confirm(bill: Bill, *, adapter: Adapter, now: datetime) -> Bill:
    """Ask the provider and note what it says; as often as anybody likes. Refusal payment_unavailable, payment_differs.

    Who calls is of no matter, and nothing that he says: the payer's return, the provider's notice, the timer. An order
    that is paid after the bill was paid at the window is noted too: its money goes back.
    """
    reference, channel = rules.fees.open_order(bill)
    if not reference or channel != adapter.key:
        return bill
    try:
        answer = adapter.check(reference)
    except OSError as fault:
        raise Refusal("payment_unavailable") from fault
    return bill if answer.state == "open" else _noted(bill, reference, answer, now)


def _noted(bill: Bill, reference: str, answer: Answer, now: datetime) -> Bill:
    """Note a final answer once; whoever comes second finds it noted."""
    for _ in range(TRIES):
        known, channel = rules.fees.open_order(bill)
        if known != reference:
            return bill
        try:
            with transaction.atomic():
                event = _final(bill, reference, channel, answer)
                return _settled(journal.act([Change(bill, event)], by=SYSTEM, now=now)[0])
        except Refusal as refused:
            bill = _again(bill, refused)
    raise Refusal("stale")


def _final(bill: Bill, reference: str, channel: str, answer: Answer) -> Any:
    """Return what a provider's final answer means for a bill as it stands."""
    if answer.state != "paid":
        return BillPaymentFailed(reference=reference)
    paid = BillPaid if bill.state in {"due", "void"} else BillOverpaid
    return paid(reference=reference, channel=channel, fen=answer.fen)


def _again(bill: Bill, refused: Refusal) -> Bill:
    """Return the bill as it is now when somebody else was first; every other refusal stands."""
    if refused.key != "stale":
        raise refused
    return Bill.objects.get(shard=bill.shard, id=bill.id)


def _settled(bill: Bill) -> Bill:
    """Ask for the bill's order no more, unless one is still open: it may yet be paid a second time."""
    if rules.fees.open_order(bill)[0]:
        return bill
    journal.clear_timer(shard=bill.shard, subject=bill.id, name=CHECK_PAYMENT)
    return bill


def take(
    bill: Bill, *, adapter: Adapter | None, receipt: str, by: Actor, now: datetime, seen: int | None = None
) -> Bill:
    """Note a payment at the window, once it is sure that the bill was not paid online meanwhile.

    Refusal bill_paid, bill_void, proof_needed, payment_unavailable, stale.
    """
    asked = confirm(bill, adapter=adapter, now=now) if adapter else bill
    if asked.state == "paid":
        raise Refusal("bill_paid")
    return pay_at_counter(asked, receipt=receipt, by=by, now=now, seen=seen)


@transaction.atomic
def pay_at_counter(bill: Bill, *, receipt: str, by: Actor, now: datetime, seen: int | None = None) -> Bill:
    """Note that the whole bill was paid at the window. receipt: number of its receipt. Refusal proof_needed."""
    if not receipt.strip():
        raise Refusal("proof_needed")
    if bill.state == "void":
        raise Refusal("bill_void")
    paid = BillPaid(reference=receipt.strip(), channel=COUNTER, fen=bill.total_fen)
    return _settled(journal.act([Change(bill, paid, seen=seen)], by=by, now=now)[0])


@transaction.atomic
def close_bills(case: Case, *, reason: str, now: datetime) -> list[Bill]:
    """A case ended without a grant: void what is due, owe back what was paid and is refundable."""
    changes = []
    for one in Bill.objects.filter(shard=case.shard, case=case.id):
        back = rules.fees.refundable_of(one.items)
        if one.state == "due":
            changes.append(Change(one, BillVoided(reason=reason)))
        elif one.state == "paid" and back and not one.refund_fen:
            changes.append(Change(one, BillRefundOwed(fen=back, reason=reason)))
    return journal.act(changes, by=SYSTEM, now=now) if changes else []


def give_back(
    bill: Bill, *, adapter: Adapter | None, reason: str, by: Actor, now: datetime, proof: str = "",
    seen: int | None = None,
) -> Bill:  # fmt: skip
    """Give back what is owed: through the provider, once however often it is tried; with a proof, it was done by hand.

    Refusal bill_not_paid, refund_by_hand, refund_refused, payment_unavailable, reason_needed, stale.
    """
    if proof.strip():
        return refund(bill, proof=proof, reason=reason, by=by, now=now, seen=seen)
    owed = _owed(bill, reason, seen)
    if adapter is None or owed.channel != adapter.key:
        raise Refusal("refund_by_hand")
    try:
        proof = adapter.refund(Back(owed.reference, f"{owed.reference}-R", owed.fen, reason.strip()))
    except OSError as fault:
        raise Refusal("payment_unavailable") from fault
    if not proof:
        raise Refusal("refund_refused")
    return refund(bill, proof=proof, reason=reason, by=by, now=now, seen=seen)


@transaction.atomic
def refund(bill: Bill, *, proof: str, reason: str, by: Actor, now: datetime, seen: int | None = None) -> Bill:
    """Note that what is owed went back. Refusal bill_not_paid when nothing is owed, proof_needed, reason_needed."""
    if not proof.strip():
        raise Refusal("proof_needed")
    owed = _owed(bill, reason, seen)
    event = BillSurplusRefunded if owed.surplus else BillRefunded
    noted = event(proof=proof.strip(), reason=reason.strip())
    refunded: Bill = journal.act([Change(bill, noted, seen=seen)], by=by, now=now)[0]
    return refunded


def _owed(bill: Bill, reason: str, seen: int | None) -> Owed:
    """Return what is to be given back now, before anything is moved."""
    if not reason.strip():
        raise Refusal("reason_needed")
    if seen is not None and seen != bill.version:
        raise Refusal("stale")
    owed = rules.fees.owed_back(bill)
    if owed is None:
        raise Refusal("bill_paid" if bill.state == "refunded" else "bill_not_paid")
    return owed


def unpaid(case: Case, *, fees: Iterable[Any]) -> bool:
    """Whether a grant still waits for money: for a bill that is due, or for fees (catalogue.Fee) that the queue has not
    billed yet. Acceptance, decision and clock never wait for it (行政许可法 42)."""
    states = dict(Bill.objects.filter(shard=case.shard, case=case.id).values_list("moment", "state"))
    known = list(fees)
    unbilled = [one for one in set(rules.fees.MOMENTS.values()) - set(states) if rules.fees.items_of(known, moment=one)]
    return bool(unbilled) or "due" in states.values()


def check_paid(case: Case) -> None:
    """Refusal fee_unpaid while a granted case is not paid for."""
    due = Bill.objects.filter(shard=case.shard, case=case.id, state="due").values_list("total_fen", flat=True)
    if case.state == "granted" and (owed := sum(due)):
        raise Refusal("fee_unpaid", amount=f"¥{rules.fees.yuan(owed)}")
