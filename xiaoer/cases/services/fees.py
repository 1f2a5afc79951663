"""Bills (缴费单): issue, pay online or at the window, void, refund (行政许可法 58, 59). Amounts come from the bill."""

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
    BillPaid,
    BillPaymentBegun,
    BillPaymentFailed,
    BillRefunded,
    BillRefundOwed,
    BillVoided,
)
from ..models import Bill, Case
from ..rules.fees import COUNTER, Adapter, Answer, Order
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


def begin_payment(bill: Bill, *, adapter: Adapter, title: str, return_url: str, by: Actor, now: datetime) -> str:
    """Return the address of the provider's page. An order that is open is gone on with: nobody pays twice.

    Refusal bill_paid, bill_void, payment_unavailable. The order is noted before the provider hears of it.
    """
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

    Who calls is of no matter, and nothing that he says: the payer's return, the provider's notice, the timer.
    """
    if bill.state not in {"due", "void"} or not bill.reference or bill.channel != adapter.key:
        return bill
    try:
        answer = adapter.check(bill.reference)
    except OSError as fault:
        raise Refusal("payment_unavailable") from fault
    return bill if answer.state == "open" else _noted(bill, bill.reference, answer, now)


def _noted(bill: Bill, reference: str, answer: Answer, now: datetime) -> Bill:
    """Note a final answer once; whoever comes second finds it noted."""
    event: Any = BillPaymentFailed(reference=reference)
    if answer.state == "paid":
        event = BillPaid(reference=reference, channel=bill.channel, fen=answer.fen)
    for _ in range(TRIES):
        if bill.state not in {"due", "void"} or bill.reference != reference:
            return bill
        try:
            with transaction.atomic():
                return _settled(journal.act([Change(bill, event)], by=SYSTEM, now=now)[0])
        except Refusal as refused:
            bill = _again(bill, refused)
    raise Refusal("stale")


def _again(bill: Bill, refused: Refusal) -> Bill:
    """Return the bill as it is now when somebody else was first; every other refusal stands."""
    if refused.key != "stale":
        raise refused
    return Bill.objects.get(shard=bill.shard, id=bill.id)


def _settled(bill: Bill) -> Bill:
    journal.clear_timer(shard=bill.shard, subject=bill.id, name=CHECK_PAYMENT)
    return bill


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


@transaction.atomic
def refund(bill: Bill, *, proof: str, by: Actor, now: datetime, seen: int | None = None) -> Bill:
    """Note that what is owed went back. Refusal bill_not_paid when nothing is owed, proof_needed."""
    if not proof.strip():
        raise Refusal("proof_needed")
    refunded: Bill = journal.act([Change(bill, BillRefunded(proof=proof.strip()), seen=seen)], by=by, now=now)[0]
    return refunded


def check_paid(case: Case) -> None:
    """Refusal fee_unpaid while a granted case is not paid for."""
    due = Bill.objects.filter(shard=case.shard, case=case.id, state="due").values_list("total_fen", flat=True)
    if case.state == "granted" and (owed := sum(due)):
        raise Refusal("fee_unpaid", amount=f"¥{rules.fees.yuan(owed)}")
