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
        return _too_late(request, found)
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
    return RefundForm if rules.fees.owed_back(found.bill) else None


def _too_late(request: HttpRequest, found: BillFile) -> HttpResponse:
    """Say why nothing can be done with a bill any more, on its page; 404 for who never could."""
    if not found.may_take:
        raise Http404
    messages.warning(request, said(Refusal("bill_void" if found.bill.state == "void" else "bill_paid")))
    return HttpResponseRedirect(reverse("cases:desk_bill", args=[found.bill.number]))


def _done(found: BillFile, form: ActForm, officer: Officer) -> bool:
    """Do what the form says; a refusal stands on it."""
    typed, by, adapter = form.cleaned_data, people.actor(officer), services.adapter()
    try:
        if isinstance(form, CounterForm):
            services.take(
                found.bill, adapter=adapter, receipt=typed["receipt"], by=by, now=now(), seen=typed["seen"]
            )  # fmt: skip
        else:
            services.give_back(
                found.bill, adapter=adapter, reason=typed["reason"], proof=typed["proof"], by=by, now=now(),
                seen=typed["seen"],
            )  # fmt: skip
    except Refusal as refused:
        form.add_error(None, said(refused))
        return False
    return True


def _page(
    request: HttpRequest, officer: Officer, found: BillFile, form: ActForm | None, status: int = 200
) -> HttpResponse:
    word, tone = state_of_bill(found.bill)
    owed = rules.fees.owed_back(found.bill)
    context: dict[str, Any] = desk_context(request, officer, "") | {
        "bill": found.bill, "case": found.case, "form": form, "items": item_rows(found.bill), "word": word,
        "tone": tone, "total": amount(found.bill.total_fen), "back": amount(found.bill.refund_fen),
        "surplus": amount(found.bill.surplus_fen), "owed": amount(owed.fen) if owed else "",
        "way": rules.fees.channel_word(found.bill.channel, services.adapter(), english=english()),
        "paying": isinstance(form, CounterForm),
    }  # fmt: skip
    return render(request, "cases/desk/bill.html", context, status=status)
