"""What happens to bills (缴费单).  # bilingual"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from xiaoer.journal.events import event


@event("bill.issued", subject="bill", zh="开出缴费单 {number}", en="issued bill {number}", law="行政许可法 58、59")
@dataclass(frozen=True)
class BillIssued:
    """items: [{"name", "fen", "basis", "refundable"}]; moment: acceptance or grant. Money in whole fen."""

    case: UUID
    application: UUID
    number: str
    moment: str
    items: list[dict[str, Any]]
    total_fen: int
    due_on: date


@event("bill.payment_begun", subject="bill", zh="去支付", en="payment begun")
@dataclass(frozen=True)
class BillPaymentBegun:
    reference: str
    channel: str


@event("bill.payment_failed", subject="bill", zh="支付没有成功", en="payment failed")
@dataclass(frozen=True)
class BillPaymentFailed:
    reference: str


@event("bill.paid", subject="bill", zh="缴费成功", en="paid", law="行政许可法 59")
@dataclass(frozen=True)
class BillPaid:
    """fen: what the provider, or the window, says it took."""

    reference: str
    channel: str
    fen: int


@event("bill.voided", subject="bill", zh="缴费单作废", en="bill voided")
@dataclass(frozen=True)
class BillVoided:
    """reason: the event of the case that made it pointless."""

    reason: str


@event("bill.refund_owed", subject="bill", zh="应退费", en="a refund is owed")
@dataclass(frozen=True)
class BillRefundOwed:
    fen: int
    reason: str


@event("bill.refunded", subject="bill", zh="已退费：{reason}", en="refunded: {reason}")
@dataclass(frozen=True)
class BillRefunded:
    """proof: number of the transaction that gave the money back."""

    proof: str
    reason: str = ""


@event("bill.overpaid", subject="bill", zh="重复缴费，多收的钱应退", en="paid twice: the second payment goes back",
       law="民法典 985")  # fmt: skip
@dataclass(frozen=True)
class BillOverpaid:
    """An order that was still open at the provider when the bill was paid otherwise was paid after all."""

    reference: str
    channel: str
    fen: int


@event(
    "bill.surplus_refunded", subject="bill", zh="已退还多缴的钱：{reason}", en="gave a second payment back: {reason}",
    law="民法典 985",
)  # fmt: skip
@dataclass(frozen=True)
class BillSurplusRefunded:
    """proof: number of the transaction that gave the money back."""

    proof: str
    reason: str
