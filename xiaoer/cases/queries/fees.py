"""The doors to bills: the applicant's own, those of an officer's cases, and the one that a provider's order names."""

from dataclasses import dataclass

from xiaoer.people.rules import Applicant, Officer

from .. import rules
from ..models import Application, Bill, Case
from .desk import may_read, standing_of
from .mine import _own


@dataclass(frozen=True)
class BillFile:
    """A bill with what it is for. may_take: the officer may note that it was paid at the window, or given back."""

    bill: Bill
    case: Case
    application: Application
    may_take: bool = False


def bill_for(applicant: Applicant, number: str) -> BillFile | None:
    """Return a bill to who may open its application. The number says the county."""
    bill = _bill(number)
    if bill is None:
        return None
    application = Application.objects.filter(_own(applicant), shard=bill.shard, id=bill.application).first()
    if application is None:
        return None
    return BillFile(bill, Case.objects.get(shard=bill.shard, id=bill.case), application)


def bill_for_officer(officer: Officer, number: str) -> BillFile | None:
    """Return a bill to officers who may read its case."""
    bill = _bill(number)
    if bill is None:
        return None
    case = Case.objects.get(shard=bill.shard, id=bill.case)
    if not may_read(officer, case):
        return None
    application = Application.objects.get(shard=bill.shard, id=bill.application)
    return BillFile(bill, case, application, "cases.deliver" in standing_of(officer, case).permissions)


def bill_of_order(reference: str) -> Bill | None:
    """Return the bill that an order was begun for, to whoever names it: for asking its provider, not for showing."""
    bill = _bill(rules.fees.bill_number_of(reference))
    return bill if bill and reference in {bill.reference, bill.left_order} else None


def _bill(number: str) -> Bill | None:
    return Bill.objects.filter(shard=f"{number[:6]}000000", number=number).first()
