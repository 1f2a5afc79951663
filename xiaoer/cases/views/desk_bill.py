"""One bill at the desk: what was charged and whether it is paid; payment at the window, and giving back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from xiaoer.journal.edge import now
from xiaoer.kernel.refusal import Refusal
from xiaoer.people import queries as people
from xiaoer.people.rules import Officer

from .. import queries, rules, services
from ..forms.desk import ActForm
from ..forms.fees import CounterForm, RefundForm
from ..forms.words import english
from ..queries import BillFile
from .desk import desk_context, said
from .money import amount, item_rows, state_of_bill


@require_http_methods(["GET", "HEAD", "POST"])
def bill(request: HttpRequest, number: str) -> HttpResponse:
    """Show a bill to who may read its case; take note of payment at the window or of the refund."""
    officer = people.officer_of(request)
    found = queries.bill_for_officer(officer, number)
    if found is None:
        raise Http404
    kind = _kind(found)
    if request.method != "POST":
        return _page(request, officer, found, kind(initial={"seen": found.bill.version}) if kind else None)
    if kind is None:
        raise Http404
    form = kind(request.POST)
    if form.is_valid() and _done(found, form, officer):
        messages.success(request, _("登记好了。"))
        return HttpResponseRedirect(reverse("cases:desk_bill", args=[number]))
    return _page(request, officer, found, form, status=422)


def _kind(found: BillFile) -> type[ActForm] | None:
    """Return the form of what may be done with a bill now."""
    if not found.may_take:
        return None
    if found.bill.state == "due":
        return CounterForm
    return RefundForm if found.bill.state == "paid" and found.bill.refund_fen else None


def _done(found: BillFile, form: ActForm, officer: Officer) -> bool:
    """Do what the form says; a refusal stands on it."""
    typed, by = form.cleaned_data, people.actor(officer)
    try:
        if isinstance(form, CounterForm):
            _still_due(found)
            services.pay_at_counter(found.bill, receipt=typed["receipt"], by=by, now=now(), seen=typed["seen"])
        else:
            services.refund(found.bill, proof=typed["proof"], by=by, now=now(), seen=typed["seen"])
    except Refusal as refused:
        form.add_error(None, said(refused))
        return False
    return True


def _still_due(found: BillFile) -> None:
    """Refusal bill_paid when it was paid online without anybody coming back to tell."""
    adapter = services.adapter()
    if adapter and services.confirm(found.bill, adapter=adapter, now=now()).state == "paid":
        raise Refusal("bill_paid")


def _page(
    request: HttpRequest, officer: Officer, found: BillFile, form: ActForm | None, status: int = 200
) -> HttpResponse:
    word, tone = state_of_bill(found.bill)
    context: dict[str, Any] = desk_context(request, officer, "") | {
        "bill": found.bill, "case": found.case, "form": form, "items": item_rows(found.bill), "word": word,
        "tone": tone, "total": amount(found.bill.total_fen), "back": amount(found.bill.refund_fen),
        "way": rules.fees.channel_word(found.bill.channel, services.adapter(), english=english()),
        "paying": isinstance(form, CounterForm),
    }  # fmt: skip
    return render(request, "cases/desk/bill.html", context, status=status)
