"""My bills: what is to be paid and why, the way to the provider's page and back. Nothing that a browser says of money
is believed: amounts come from the bill, and whether it is paid from the provider."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from xiaoer.journal import edge
from xiaoer.kernel.refusal import Refusal
from xiaoer.network import queries as network
from xiaoer.people import queries as people

from .. import queries, rules, services
from ..forms.words import english, said
from ..models import Bill
from ..queries import BillFile
from .money import amount, item_rows, state_of_bill


def _mine(request: HttpRequest, number: str) -> BillFile:
    """Return a bill to its applicant; 404 for everybody else."""
    found = queries.bill_for(people.applicant_of(request), number)
    if found is None:
        raise Http404
    return found


@never_cache
@require_safe
def bill(request: HttpRequest, number: str) -> HttpResponse:
    """What is to be paid, on what basis, until when, and how; or that it is paid."""
    return _page(request, _mine(request, number))


def _page(request: HttpRequest, found: BillFile, *, refused: str = "", status: int = 200) -> HttpResponse:
    word, tone = state_of_bill(found.bill)
    adapter, organ = services.adapter(), network.organ(found.case.handled_by)
    url = reverse("cases:application", args=[found.application.number])
    context: dict[str, Any] = {
        "bill": found.bill, "case": found.case, "url": url, "word": word, "tone": tone, "refused": refused,
        "items": item_rows(found.bill), "total": amount(found.bill.total_fen), "organ": organ,
        "back": amount(found.bill.refund_fen) if found.bill.refund_fen else "", "online": adapter,
        "surplus": amount(found.bill.surplus_fen) if found.bill.surplus_fen else "",
        "way": rules.fees.channel_word(found.bill.channel, adapter, english=english()),
        "crumbs": [{"label": _("我的办件"), "url": reverse("cases:mine")},
                   {"label": _("申请 %(number)s") % {"number": found.application.number}, "url": url},
                   {"label": _("缴费单")}],
    }  # fmt: skip
    return render(request, "cases/apply/pay.html", context, status=status)


@never_cache
@require_POST
def pay(request: HttpRequest, number: str) -> HttpResponse:
    """Lead to the provider's page. Pressed twice, it is the same order."""
    applicant = people.applicant_of(request)
    found = _mine(request, number)
    firm = found.application.applicant if found.application.applicant_kind == "firm" else None
    try:
        url = services.begin_payment(
            found.bill, adapter=services.adapter(), title=found.case.service_name[:100], now=edge.now(),
            return_url=request.build_absolute_uri(reverse("cases:paid", args=[number])),
            by=people.actor(applicant, firm=firm),
        )  # fmt: skip
    except Refusal as refused:
        if refused.key in {"bill_paid", "bill_void"}:
            messages.info(request, said(refused))
            return HttpResponseRedirect(reverse("cases:bill", args=[number]))
        return _page(request, _mine(request, number), refused=said(refused), status=503)
    return HttpResponseRedirect(url)


@never_cache
@require_safe
def back(request: HttpRequest, number: str) -> HttpResponse:
    """Come back from the provider's page: ask the provider what became of it."""
    found = _mine(request, number)
    try:
        asked = _ask(found.bill)
    except Refusal as refused:
        return _page(request, found, refused=said(refused), status=503)
    if asked.state == "due" and asked.reference:
        messages.info(request, _("支付机构还没有确认。付过了就等一会儿再看，不会重复扣款。"))
    elif asked.state == "due":
        messages.warning(request, _("这次支付没有成功，没有扣款。可以再付一次。"))
    elif asked.state == "paid":
        messages.success(request, _("缴费成功。电子缴费凭证在办件页的文书里。"))
    return HttpResponseRedirect(reverse("cases:bill", args=[number]))


@csrf_exempt
@never_cache
@require_POST
def notified(request: HttpRequest, reference: str) -> HttpResponse:
    """A provider's notice, or anybody's: only what it names is read, and the provider is asked."""
    bill = queries.bill_of_order(reference)
    if bill is None:
        raise Http404
    try:
        _ask(bill)
    except Refusal:
        return HttpResponse(status=503)
    return HttpResponse(status=204)


def _ask(bill: Bill) -> Bill:
    adapter = services.adapter()
    return services.confirm(bill, adapter=adapter, now=edge.now()) if adapter else bill
