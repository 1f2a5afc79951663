"""Search at the desk. Typed things are posted: an identity number does not belong into an address or a log."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from xiaoer.kernel.refusal import Refusal
from xiaoer.people import queries as people
from xiaoer.people import services
from xiaoer.people.rules import Officer

from .. import queries
from ..forms.desk import FindForm
from ..models import Case
from .desk import desk_context, said


@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Look for cases within the officer's reach."""
    officer = people.officer_of(request, "cases.read")
    form = FindForm(request.POST if request.method == "POST" else None)
    context = desk_context(request, officer, "desk_find") | {"form": form}
    if request.method == "POST" and form.is_valid():
        try:
            services.count("find_case", who=officer.account_id)
            context["found"] = _found(officer, form)
        except Refusal as refused:
            form.add_error(None, said(refused))
    return render(request, "cases/desk/find.html", context, status=422 if form.errors else 200)


def _found(officer: Officer, form: FindForm) -> list[Case]:
    typed = form.cleaned_data
    if typed["number"].strip():
        return queries.found_by_number(officer, typed["number"])
    if typed["document"].strip():
        return queries.found_by_document(officer, typed["document"])
    return queries.found_by_applicant(officer, typed["name"])
