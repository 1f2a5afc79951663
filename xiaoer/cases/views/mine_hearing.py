"""The hearing (听证) of an applicant's case: what it is about, until when it may be asked for, when and where it is."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xiaoer.journal import edge
from xiaoer.kernel.refusal import Refusal
from xiaoer.network import queries as network

from .. import services
from ..forms.desk import ActForm
from ..forms.words import said, sent, sent_again
from .mine_acts import Mine, meanwhile_of, opened_case
from .mine_words import standing_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hearing(request: HttpRequest, number: str) -> HttpResponse:
    """Show the hearing of a case; ask for it, or take the asking back."""
    mine = opened_case(request, number)
    form = ActForm(sent(request), initial={"seen": mine.case.version})
    meanwhile: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            return _done(request, mine, form)
        except Refusal as refused:
            meanwhile = meanwhile_of(mine, form.cleaned_data["seen"])
            mine = opened_case(request, number)
            form.add_error(None, said(refused))
            sent_again(form, seen=mine.case.version)
    context = {"mine": mine, "form": form, "meanwhile": meanwhile, **standing_of(mine.part),
               "organ": mine.names.organ(mine.case.handled_by)}  # fmt: skip
    return render(request, "cases/apply/hearing.html", context, status=409 if form.errors else 200)


def _done(request: HttpRequest, mine: Mine, form: ActForm) -> HttpResponse:
    act = services.drop_hearing if "drop" in request.POST else services.ask_hearing
    act(mine.case, side="applicant", seen=form.cleaned_data["seen"], by=mine.by, now=edge.now(),
        calendar=network.calendar_for(mine.case.shard))  # fmt: skip
    messages.success(
        request, _("已收回听证申请。") if "drop" in request.POST else _("已要求听证，等部门通知时间和地点。")
    )
    return HttpResponseRedirect(mine.url)
