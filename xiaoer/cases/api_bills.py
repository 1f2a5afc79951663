"""Bills as JSON: applicants see what is to be paid and begin a payment; officers take payment and give money back.

All money is whole fen. What is paid is never read from a request: the bill says how much, the provider whether.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Field, Router, Schema

from xiaoer.journal.edge import now
from xiaoer.people import queries as people
from xiaoer.people.rules import Applicant

from . import queries, rules, services
from .api_desk import WITHOUT_NUL, IfMatch, seen_in
from .api_errors import ERRORS, READING, Session, told
from .models import Bill
from .queries import BillFile

mine = Router(tags=["bills"], auth=Session())
desk = Router(tags=["bills"], auth=Session())
LONGEST = 24
Words = Annotated[str, Field(max_length=200, pattern=WITHOUT_NUL)]
Number = Annotated[str, Field(max_length=60, pattern=WITHOUT_NUL)]


class ItemOut(Schema):
    """One line of a bill. basis: the law or notice that allows the charge."""

    name: str
    basis: str
    fen: int


class BillOut(Schema):
    """One bill. state: due, paid, void or refunded. surplus_fen: what was paid a second time. owed_fen: what goes back
    and has not yet. acts: what you may do with it now. Its version is the ETag."""

    number: str
    case: str
    moment: str
    items: list[ItemOut]
    total_fen: int
    due_on: date
    issued_at: datetime
    state: str
    channel: str
    paid_at: datetime | None
    refund_fen: int
    refunded_at: datetime | None
    surplus_fen: int
    surplus_refunded_at: datetime | None
    owed_fen: int
    version: int
    acts: list[str]


class BillsOut(Schema):
    bills: list[BillOut]


class PageOut(Schema):
    """url: the provider's page for this bill; asked for again it is the same order."""

    url: str


class TakeIn(Schema):
    """receipt: number of the receipt that the window gave."""

    receipt: Number


class RefundIn(Schema):
    """proof: number of the transfer that gave it back by hand; left out, the provider gives it back the way it came."""

    reason: Words
    proof: Number = ""


COPIED = (
    "number", "moment", "total_fen", "due_on", "issued_at", "state", "channel", "paid_at", "refund_fen", "refunded_at",
    "surplus_fen", "surplus_refunded_at", "version",
)  # fmt: skip


def _bill(bill: Bill, case: str, acts: list[str]) -> BillOut:
    owed = rules.fees.owed_back(bill)
    items = [ItemOut(name=item["name"], basis=item["basis"], fen=item["fen"]) for item in bill.items]
    return BillOut(
        **{name: getattr(bill, name) for name in COPIED}, case=case, items=items, owed_fen=owed.fen if owed else 0,
        acts=acts,
    )  # fmt: skip


def _tagged(response: HttpResponse, bill: Bill) -> None:
    response["ETag"] = f'"{bill.version}"'
    response["Cache-Control"] = "private, no-cache"


def _to_pay(bill: Bill) -> list[str]:
    return ["pay"] if bill.state == "due" and services.adapter() else []


def _listed(file: queries.ApplicationFile) -> list[BillOut]:
    numbers = {part.case.id: part.case.number for part in file.parts}
    return [_bill(bill, numbers[bill.case], _to_pay(bill)) for bill in file.bills]


@mine.get("/bills", response={200: BillsOut, **READING}, url_name="bills", summary="What I have to pay")
@told
def due(request: HttpRequest) -> BillsOut:
    found = queries.due_from(people.applicant_of(request))
    return BillsOut(bills=[bill for file in found for bill in _listed(file)])


@mine.get("/applications/{number}/bills", response={200: BillsOut, **READING}, url_name="application_bills",
          summary="All bills of an application")  # fmt: skip
@told
def of_application(request: HttpRequest, number: str) -> BillsOut:
    file = queries.application_for(people.applicant_of(request), number[:LONGEST])
    if file is None:
        raise Http404
    return BillsOut(bills=_listed(file))


def _mine(applicant: Applicant, number: str) -> BillFile:
    found = queries.bill_for(applicant, number[:LONGEST])
    if found is None:
        raise Http404
    return found


@mine.get("/bills/{bill}", response={200: BillOut, **READING}, url_name="bill", summary="One bill")
@told
def read(request: HttpRequest, response: HttpResponse, bill: str) -> BillOut:
    found = _mine(people.applicant_of(request), bill)
    _tagged(response, found.bill)
    return _bill(found.bill, found.case.number, _to_pay(found.bill))


@mine.post("/bills/{bill}/pay", response={200: PageOut, **ERRORS}, url_name="pay_bill", summary="Begin a payment")
@told
def pay(request: HttpRequest, bill: str) -> PageOut:
    applicant = people.applicant_of(request)
    found = _mine(applicant, bill)
    firm = found.application.applicant if found.application.applicant_kind == "firm" else None
    back = request.build_absolute_uri(reverse("cases:paid", args=[found.bill.number]))
    url = services.begin_payment(
        found.bill, adapter=services.adapter(), title=found.case.service_name[:100], return_url=back,
        by=people.actor(applicant, firm=firm), now=now(),
    )  # fmt: skip
    return PageOut(url=request.build_absolute_uri(url))


def _of_officer(request: HttpRequest, number: str) -> BillFile:
    found = queries.bill_for_officer(people.officer_of(request), number[:LONGEST])
    if found is None:
        raise Http404
    return found


def _to_do(found: BillFile) -> list[str]:
    """Return what an officer may do with a bill now."""
    if not found.may_take:
        return []
    if found.bill.state == "due":
        return ["take"]
    return ["refund"] if rules.fees.owed_back(found.bill) else []


def _out(response: HttpResponse, found: BillFile) -> BillOut:
    _tagged(response, found.bill)
    return _bill(found.bill, found.case.number, _to_do(found))


@desk.get("/cases/{number}/bills", response={200: BillsOut, **READING}, url_name="desk_case_bills",
          summary="The bills of a case")  # fmt: skip
@told
def of_case(request: HttpRequest, number: str) -> BillsOut:
    file = queries.case_for_officer(people.officer_of(request), number[:60])
    if file is None:
        raise Http404
    may_take = "cases.deliver" in file.standing.permissions
    found = [BillFile(bill, file.case, file.application, may_take) for bill in file.bills]
    return BillsOut(bills=[_bill(one.bill, file.case.number, _to_do(one)) for one in found])


@desk.get("/bills/{bill}", response={200: BillOut, **READING}, url_name="desk_bill", summary="One bill")
@told
def read_at_desk(request: HttpRequest, response: HttpResponse, bill: str) -> BillOut:
    return _out(response, _of_officer(request, bill))


def _act(
    request: HttpRequest,
    response: HttpResponse,
    number: str,
    if_match: str | None,
    do: Callable[..., Bill],
    **said: Any,
) -> BillOut:
    """Do an act on a bill for an officer who may deliver its case's result; 404 for everybody else."""
    officer = people.officer_of(request)
    found = _of_officer(request, number)
    if not found.may_take:
        raise Http404
    do(
        found.bill, adapter=services.adapter(), by=people.actor(officer), now=now(), seen=seen_in(if_match), **said
    )  # fmt: skip
    return _out(response, _of_officer(request, number))


@desk.post("/bills/{bill}/take", response={200: BillOut, **ERRORS}, url_name="desk_take_bill",
           summary="Note that a bill was paid at the window")  # fmt: skip
@told
def take(
    request: HttpRequest, response: HttpResponse, bill: str, body: TakeIn, if_match: IfMatch = None
) -> BillOut:  # fmt: skip
    return _act(request, response, bill, if_match, services.take, receipt=body.receipt)


@desk.post("/bills/{bill}/refund", response={200: BillOut, **ERRORS}, url_name="desk_refund_bill",
           summary="Give back what is owed")  # fmt: skip
@told
def refund(
    request: HttpRequest, response: HttpResponse, bill: str, body: RefundIn, if_match: IfMatch = None
) -> BillOut:  # fmt: skip
    return _act(request, response, bill, if_match, services.give_back, reason=body.reason, proof=body.proof)
