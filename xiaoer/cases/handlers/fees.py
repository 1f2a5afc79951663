"""Bills follow their case: issued on acceptance or grant, closed when it ends otherwise; receipts.  # bilingual"""

from datetime import datetime

from django.urls import reverse

from xiaoer.catalogue import queries as catalogue
from xiaoer.journal.services import SYSTEM, Delivered
from xiaoer.network import queries as network
from xiaoer.notices import services as notices
from xiaoer.people import queries as people

from .. import rules, services
from ..models import Application, Bill, Case
from ..services.telling import officers_with, tell_officers
from .papers import organ_of


def issue_bill(delivered: Delivered, now: datetime) -> None:
    """Bill the fixed fees of a case that has become due; one that ended without a grant costs nothing."""
    case = Case.objects.get(shard=delivered.shard, id=delivered.event.subject)
    if case.accepted_on is None or case.state in rules.FINAL - {"granted"}:
        return
    version = catalogue.version(case.service)
    said = catalogue.snapshot(version) if version else None
    moment = rules.fees.MOMENTS[delivered.event.name]
    items = rules.fees.items_of((said and said.fees) or (), moment=moment)
    if items:
        services.bill(
            case, items=items, moment=moment, by=SYSTEM, now=now, calendar=network.calendar_for(case.shard)
        )  # fmt: skip


def close_bills(delivered: Delivered, now: datetime) -> None:
    """Void or owe back what a case cost that was not granted."""
    case = Case.objects.get(shard=delivered.shard, id=delivered.event.subject)
    services.close_bills(case, reason=delivered.event.name, now=now)


def tell_of_bill(delivered: Delivered, now: datetime) -> None:
    """Tell who applied what is to be paid, comes back, or came back."""
    bill = Bill.objects.get(shard=delivered.shard, id=delivered.event.subject)
    if delivered.event.name == "bill.issued" and bill.state != "due":
        return
    case = Case.objects.get(shard=bill.shard, id=bill.case)
    _tell_organ(delivered.event.name, bill, case, now)
    application = Application.objects.get(shard=bill.shard, id=bill.application)
    account = people.account(application.account)
    if account is None or not account.home:
        return
    kind, amount = rules.fees.TOLD[delivered.event.name]
    params = {
        "matter": case.service_name, "amount": f"¥{rules.fees.yuan(getattr(bill, amount))}", "until": bill.due_on
    }  # fmt: skip
    notices.write(
        kind, account=account, subject=case.id, params=params, by=SYSTEM, now=now,
        link=reverse("cases:bill", args=[bill.number]),
    )  # fmt: skip


def _tell_organ(event: str, bill: Bill, case: Case, now: datetime) -> None:
    """Tell those who may give money back that some is owed."""
    owed = rules.fees.owed_back(bill)
    if owed and event in {"bill.refund_owed", "bill.overpaid"}:
        tell_officers(
            officers_with("cases.deliver", case, now), case, rules.REFUND_OWED, now,
            link=reverse("cases:desk_bill", args=[bill.number]), amount=f"¥{rules.fees.yuan(owed.fen)}",
        )  # fmt: skip


def _about(bill: Bill, case: Case) -> dict[str, str]:
    """Return what the papers of a bill begin with."""
    application = Application.objects.get(shard=bill.shard, id=bill.application)
    return {
        "applicant": application.applicant_name or "（已删除）", "matter": case.service_name,
        "case_number": case.number, "bill_number": bill.number,
    }  # fmt: skip


def _way(channel: str) -> str:
    return rules.fees.channel_word(channel, services.adapter(), english=False)


def issue_payment_paper(delivered: Delivered, now: datetime) -> None:
    """Give the payer his receipt (电子缴费凭证)."""
    bill = Bill.objects.get(shard=delivered.shard, id=delivered.event.subject)
    case = Case.objects.get(shard=bill.shard, id=bill.case)
    paid = delivered.event.data
    items = [
        {"name": item["name"], "basis": item["basis"], "amount": rules.fees.yuan(item["fen"])} for item in bill.items
    ]
    data = {
        **_about(bill, case), "items": items, "total": rules.fees.yuan(bill.total_fen),
        "paid_at": delivered.event.at, "reference": paid.reference, "way": _way(paid.channel),
    }  # fmt: skip
    notices.issue(
        "payment", subject=case.id, shard=case.shard, organ=organ_of(case), data=data, by=SYSTEM, now=delivered.event.at
    )  # fmt: skip


def issue_refund_paper(delivered: Delivered, now: datetime) -> None:
    """Give the payer the proof that money went back (退费凭证)."""
    bill = Bill.objects.get(shard=delivered.shard, id=delivered.event.subject)
    case = Case.objects.get(shard=bill.shard, id=bill.case)
    surplus = delivered.event.name == "bill.surplus_refunded"
    data = {
        **_about(bill, case), "amount": rules.fees.yuan(bill.surplus_fen if surplus else bill.refund_fen),
        "reason": delivered.event.data.reason, "refunded_at": delivered.event.at,
        "way": _way(bill.left_channel if surplus else bill.channel), "reference": delivered.event.data.proof,
    }  # fmt: skip
    notices.issue(
        "refund", subject=case.id, shard=case.shard, organ=organ_of(case), data=data, by=SYSTEM, now=delivered.event.at
    )  # fmt: skip
