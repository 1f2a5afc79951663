"""The page of the demonstration's payment provider; it does not exist anywhere else."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ..services import pay_stand_in
from .money import amount

ANSWERS = {"pay": "paid", "fail": "failed"}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, reference: str) -> HttpResponse:
    """Show an order with its amount, and take it as paid or failed."""
    order = pay_stand_in.order_of(reference) if settings.DEMO else None
    if order is None:
        raise Http404
    if request.method == "POST":
        if answer := ANSWERS.get(request.POST.get("answer", "")):
            pay_stand_in.answer(reference, answer)
        return HttpResponseRedirect(order.return_url)
    return render(request, "cases/apply/pay_demo.html", {"order": order, "amount": amount(order.fen)})
