"""Fees (收费): bills in whole fen, only with a basis in law (行政许可法 58); what a way to pay must do.  # bilingual"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from xiaoer.journal.rules import Event, subject
from xiaoer.kernel import refusal
from xiaoer.kernel.refusal import Refusal
from xiaoer.notices.rules import message_kind, paper

PAY_DAYS = 10
"""Working days in which a bill asks to be paid [D]."""
CHECK_AGAIN = timedelta(minutes=10)
"""How long after a payment was begun its adapter is asked, when nobody came back from its page."""
GIVE_UP = timedelta(days=1)
"""After so long an open order is no longer asked for."""
COUNTER = "counter"
MOMENTS = {"case.received": "acceptance", "case.accepted": "acceptance", "case.deemed_accepted": "acceptance",
           "case.started": "acceptance", "case.granted": "grant"}  # fmt: skip
"""Event of a case -> the moment at which its fees become due, as the service's guide says it."""
TOLD = {"bill.issued": ("cases.billed", "total_fen"), "bill.refund_owed": ("cases.refund_due", "refund_fen"),
        "bill.overpaid": ("cases.overpaid", "surplus_fen"), "bill.refunded": ("cases.refunded", "refund_fen"),
        "bill.surplus_refunded": ("cases.refunded", "surplus_fen")}  # fmt: skip
"""Event of a bill -> message, and which of the bill's amounts it names."""
BILL_STATES = {
    "due": ("待缴费", "to be paid"),
    "paid": ("已缴费", "paid"),
    "void": ("不用缴了", "no longer due"),
    "refunded": ("已退费", "refunded"),
}
BILL_TONES = {"due": "todo", "paid": "done", "void": "waiting", "refunded": "done"}

refusal.register(
    {
        "fee_without_basis": (
            "“{name}”没有写收费依据，不能收（行政许可法第五十八条）。请先在办事指南里补上依据。",
            "{name} names no legal basis and may not be charged. Enter the basis in the guide first.",
        ),
        "fee_unpaid": (
            "这件还有 {amount} 没有缴，缴清以后才能送达结果。",
            "{amount} is still to be paid for this case; the result can be delivered after that.",
        ),
        "bill_paid": ("这张缴费单已经缴清，不用再缴。", "This bill is paid; nothing more is due."),
        "bill_void": ("这张缴费单已经作废，不用缴。", "This bill is void; nothing is to be paid."),
        "bill_not_paid": ("这张缴费单没有要退的钱。", "There is nothing to refund on this bill."),
        "payment_differs": (
            "支付机构说的金额和缴费单不一致，没有登记。请拨打 12345，我们核对。",
            "The amount that was paid is not the bill's, so it was not entered. Please call 12345.",
        ),
        "payment_unavailable": (
            "现在连不上支付机构，您没有被扣款。请过几分钟再试，或者到窗口缴费。",
            "The payment provider cannot be reached and nothing was charged. Try again soon, or pay at the window.",
        ),
        "payment_nowhere": (
            "本平台还没有开通网上支付，请到政务大厅窗口缴费。",
            "Paying online is not set up on this platform yet. Please pay at the window.",
        ),
        "refund_refused": (
            "支付机构没有退成，钱还没有退。请过一会儿再试，或者转账退还后登记交易编号。",
            "The provider did not refund it: nothing went back. Try again later, or transfer it and enter the number.",
        ),
        "refund_by_hand": (
            "这笔钱不是从现在的支付机构付的，不能原路退回。请转账退还，再登记交易编号。",
            "This was not paid through the present provider. Transfer it back and enter the transaction's number.",
        ),
        "proof_needed": ("请写票据或者交易编号。", "Enter the number of the receipt or transaction."),
    }
)
message_kind(
    "cases.billed",
    title=("请缴费：{matter}", "Please pay: {matter}"),
    body=(
        "一共 {amount}，请在 {until} 前缴。点开能看到收费依据，可以在手机上付。",
        "{amount} in all, please pay by {until}. Open this to see the legal basis and to pay.",
    ),
)
message_kind(
    "cases.overpaid",
    title=("您多付了一笔，将退还：{matter}", "You paid twice, it comes back: {matter}"),
    body=(
        "窗口缴清以后，网上又付了 {amount}。多付的钱会退还，不用您申请。",
        "After the bill was paid at the window, {amount} was paid online too. It will be refunded; you need not ask.",
    ),
)
message_kind(
    "cases.refunded",
    title=("已退费：{matter}", "Refunded: {matter}"),
    body=(
        "{amount} 已经退还，退费凭证在办件页的文书里。",
        "{amount} was refunded. The receipt is among the papers of your case.",
    ),
)
message_kind(
    "cases.refund_due",
    title=("将退费：{matter}", "A refund is coming: {matter}"),
    body=(
        "您缴的费用里有 {amount} 会退还，不用您申请。",
        "{amount} of what you paid will be refunded; you need not ask.",
    ),
)


@dataclass(frozen=True)
class PaidItem:
    """One line of the receipt: what, on what basis, how much in yuan with two digits."""

    name: str
    basis: str
    amount: str


@paper("payment", zh="电子缴费凭证", en="Receipt of payment", word="缴", law="行政许可法 58、59; 电子签名法 14")
@dataclass(frozen=True, kw_only=True)
class Payment:
    """Proof that a bill was paid. total: yuan with two digits; way and reference: how, and the payer's own number."""

    applicant: str
    matter: str
    case_number: str
    bill_number: str
    items: list[PaidItem]
    total: str
    paid_at: datetime
    way: str
    reference: str


@paper("refund", zh="退费凭证", en="Receipt of refund", word="退", law="行政许可法 58、59; 民法典 985")
@dataclass(frozen=True, kw_only=True)
class Refunded:
    """Proof that money went back. amount: yuan with two digits; way and reference: how, and the number of it."""

    applicant: str
    matter: str
    case_number: str
    bill_number: str
    amount: str
    reason: str
    refunded_at: datetime
    way: str
    reference: str


@dataclass(frozen=True)
class BillState:
    """items: [{"name", "fen", "basis", "refundable"}]; all money in whole fen. state: due, paid, void or refunded.

    reference: the order that was begun last at the payment provider, attempt its place; refund_fen: what goes back.
    left_order: an order that was open when the bill was paid otherwise; surplus_fen: what was paid on it after all.
    """

    case: UUID
    application: UUID
    number: str
    moment: str
    items: list[dict[str, Any]]
    total_fen: int
    due_on: date
    issued_at: datetime
    state: str = "due"
    attempt: int = 0
    reference: str = ""
    channel: str = ""
    begun_at: datetime | None = None
    paid_at: datetime | None = None
    refund_fen: int = 0
    refunded_at: datetime | None = None
    proof: str = ""
    reason: str = ""
    left_order: str = ""
    left_channel: str = ""
    surplus_fen: int = 0
    surplus_refunded_at: datetime | None = None
    surplus_proof: str = ""


_REFUSED = {"paid": "bill_paid", "refunded": "bill_paid", "void": "bill_void", "due": "bill_not_paid"}
_PAID = ("paid", "refunded")
_FROM = {"bill.payment_begun": ("due",), "bill.payment_failed": ("due", "void", *_PAID), "bill.paid": ("due", "void"),
         "bill.voided": ("due",), "bill.refund_owed": ("paid",), "bill.refunded": ("paid",), "bill.overpaid": _PAID,
         "bill.surplus_refunded": _PAID}  # fmt: skip


def fold_bill(state: BillState | None, event: Event) -> BillState:
    """Fold a bill. Refusal bill_paid, bill_void or bill_not_paid when its state does not allow the event."""
    if state is None:
        return BillState(**vars(event.data), issued_at=event.at)
    if state.state not in _FROM[event.name]:
        raise Refusal(_REFUSED[state.state])
    return _CHANGED[event.name](state, event)


def _begun(state: BillState, event: Event) -> BillState:
    data = event.data
    return replace(
        state, attempt=state.attempt + 1, reference=data.reference, channel=data.channel, begun_at=event.at
    )  # fmt: skip


def _failed(state: BillState, event: Event) -> BillState:
    if event.data.reference == state.left_order:
        return replace(state, left_order="", left_channel="")
    return replace(state, reference="", channel="")


def _paid(state: BillState, event: Event) -> BillState:
    """Money that came for a bill that was voided meanwhile goes back whole; an order that is still open is kept."""
    data = event.data
    if data.fen != state.total_fen:
        raise Refusal("payment_differs")
    if state.reference and state.reference != data.reference:
        state = replace(state, left_order=state.reference, left_channel=state.channel)
    back = data.fen if state.state == "void" else 0
    return replace(
        state, state="paid", reference=data.reference, channel=data.channel, paid_at=event.at, refund_fen=back
    )  # fmt: skip


def _overpaid(state: BillState, event: Event) -> BillState:
    """Refusal bill_paid when it is no order of this bill's, or its money was noted before."""
    if event.data.reference != state.left_order or state.surplus_fen:
        raise Refusal("bill_paid")
    return replace(state, surplus_fen=event.data.fen)


def _surplus_refunded(state: BillState, event: Event) -> BillState:
    if not state.surplus_fen or state.surplus_refunded_at:
        raise Refusal("bill_not_paid")
    return replace(state, surplus_refunded_at=event.at, surplus_proof=event.data.proof)


def _voided(state: BillState, event: Event) -> BillState:
    return replace(state, state="void", reason=event.data.reason)


def _refund_owed(state: BillState, event: Event) -> BillState:
    return replace(state, refund_fen=event.data.fen, reason=event.data.reason)


def _refunded(state: BillState, event: Event) -> BillState:
    if not state.refund_fen:
        raise Refusal("bill_not_paid")
    return replace(state, state="refunded", refunded_at=event.at, proof=event.data.proof)


_CHANGED: dict[str, Callable[[BillState, Event], BillState]] = {
    "bill.payment_begun": _begun, "bill.payment_failed": _failed, "bill.paid": _paid, "bill.voided": _voided,
    "bill.refund_owed": _refund_owed, "bill.refunded": _refunded, "bill.overpaid": _overpaid,
    "bill.surplus_refunded": _surplus_refunded,
}  # fmt: skip
BILL = subject("bill", model="cases.Bill", state=BillState, fold=fold_bill)


def items_of(fees: Iterable[Any], *, moment: str) -> list[dict[str, Any]]:
    """Return what can be billed at a moment: the fees (catalogue.Fee) with a fixed amount and a basis (许可法 58)."""
    return [
        {"name": fee.name, "fen": fee.fen, "basis": fee.basis, "refundable": bool(fee.refundable)}
        for fee in fees
        if fee.fen and fee.basis.strip() and fee.due == moment
    ]


def check_items(items: Iterable[dict[str, Any]]) -> None:
    """Refusal fee_without_basis when an item names no law; ValueError when an amount is not whole fen above nothing."""
    for item in items:
        if not item["basis"].strip():
            raise Refusal("fee_without_basis", name=item["name"])
        if type(item["fen"]) is not int or item["fen"] <= 0:
            raise ValueError(f"{item['name']}: {item['fen']!r} is no amount in whole fen")


def total_of(items: Iterable[dict[str, Any]]) -> int:
    """Return the sum in fen."""
    return sum(item["fen"] for item in items)


def refundable_of(items: Iterable[dict[str, Any]]) -> int:
    """Return what goes back when the case ends without a grant, in fen."""
    return sum(item["fen"] for item in items if item["refundable"])


def yuan(fen: int) -> str:
    """Return fen as yuan with two digits, grouped by thousands: 1234567 -> 12,345.67."""
    return f"{fen // 100:,}.{fen % 100:02d}"


@dataclass(frozen=True)
class Order:
    """What a provider is asked to collect. reference: ours, the same for the same attempt; fen: from the bill."""

    reference: str
    title: str
    fen: int
    return_url: str


@dataclass(frozen=True)
class Answer:
    """What a provider says of an order: open, paid (with how much) or failed, which is final."""

    state: str
    fen: int = 0


@dataclass(frozen=True)
class Back:
    """Money that goes back the way it came. reference: the order that was paid; id: ours, one for each refund."""

    reference: str
    id: str
    fen: int
    reason: str


@dataclass(frozen=True)
class Adapter:
    """A way to a payment provider. All functions answer within seconds and raise OSError when it cannot be reached.

    begin: (order) -> the address of its page; again with the same reference is the same order, never a second one.
    check: (reference) -> Answer; a reference that nobody began is open. What is paid or failed stays so.
    refund: (back) -> number of its transaction, empty when it does not refund; again with the same id is the same one.
    """

    key: str
    zh: str
    en: str
    begin: Callable[[Order], str]
    check: Callable[[str], Answer]
    refund: Callable[[Back], str]


@dataclass(frozen=True)
class Owed:
    """What goes back next. surplus: it was paid a second time, and is no fee of the case."""

    fen: int
    reference: str
    channel: str
    surplus: bool


def owed_back(bill: Any) -> Owed | None:
    """Return what of a bill (a row or a state) is still to be given back; the second payment before the fee."""
    if bill.surplus_fen and bill.surplus_refunded_at is None:
        return Owed(bill.surplus_fen, bill.left_order, bill.left_channel, surplus=True)
    if bill.state == "paid" and bill.refund_fen:
        return Owed(bill.refund_fen, bill.reference, bill.channel, surplus=False)
    return None


def open_order(bill: Any) -> tuple[str, str]:
    """Return (reference, channel) of the order that may still be paid at its provider; empty without one."""
    if bill.state in {"due", "void"}:
        return bill.reference, bill.channel
    return ("", "") if bill.surplus_fen else (bill.left_order, bill.left_channel)


def channel_word(channel: str, adapter: Adapter | None, *, english: bool) -> str:
    """Return what the way of paying is called."""
    if channel == COUNTER:
        return "at the window" if english else "窗口"
    if adapter is not None and channel == adapter.key:
        return adapter.en if english else adapter.zh
    return channel


def bill_number_of(reference: str) -> str:
    """Return the number of the bill that an order belongs to."""
    return reference.rpartition("-")[0]
