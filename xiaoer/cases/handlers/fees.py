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
    """Tell who applied what is to be paid, or comes back."""
    bill = Bill.objects.get(shard=delivered.shard, id=delivered.event.subject)
    if delivered.event.name == "bill.issued" and bill.state != "due":
        return
    case = Case.objects.get(shard=bill.shard, id=bill.case)
    application = Application.objects.get(shard=bill.shard, id=bill.application)
    account = people.account(application.account)
    if account is None or not account.home:
        return
    kind, fen = ("cases.billed", bill.total_fen) if bill.state == "due" else ("cases.refund_due", bill.refund_fen)
    params = {"matter": case.service_name, "amount": f"¥{rules.fees.yuan(fen)}", "until": bill.due_on}
    notices.write(
        kind, account=account, subject=case.id, params=params, by=SYSTEM, now=now,
        link=reverse("cases:bill", args=[bill.number]),
    )  # fmt: skip


def issue_payment_paper(delivered: Delivered, now: datetime) -> None:
    """Give the payer his receipt (电子缴费凭证)."""
    bill = Bill.objects.get(shard=delivered.shard, id=delivered.event.subject)
    case = Case.objects.get(shard=bill.shard, id=bill.case)
    application = Application.objects.get(shard=bill.shard, id=bill.application)
    paid = delivered.event.data
    items = [
        {"name": item["name"], "basis": item["basis"], "amount": rules.fees.yuan(item["fen"])} for item in bill.items
    ]
    data = {
        "applicant": application.applicant_name or "(已删除)", "matter": case.service_name,
        "case_number": case.number, "bill_number": bill.number, "items": items,
        "total": rules.fees.yuan(bill.total_fen), "paid_at": delivered.event.at, "reference": paid.reference,
        "way": rules.fees.channel_word(paid.channel, services.adapter(), english=False),
    }  # fmt: skip
    notices.issue(
        "payment", subject=case.id, shard=case.shard, organ=organ_of(case), data=data, by=SYSTEM, now=delivered.event.at
    )  # fmt: skip
