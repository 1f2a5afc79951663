"""Questions at the desk: ask the applicant, answer what he asks, take a question back."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from xiaoer.journal.edge import now
from xiaoer.kernel.refusal import Refusal
from xiaoer.people import queries as people

from .. import queries, rules, services
from ..forms.talk import answer_form, question_form
from ..models import Question
from ..queries import CaseFile
from .desk import said
from .desk_acts import section_page
from .desk_case import Section, back_to, file_of


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, number: str) -> HttpResponse:
    """Ask the applicant something."""
    officer, file = file_of(request, number)
    if not queries.may_talk(file):
        raise Http404
    if file.case.state in rules.FINAL:
        messages.warning(request, said(Refusal("question_too_late")))
        return HttpResponseRedirect(back_to(request, number))
    form = question_form(request.POST if request.method == "POST" else None, officer=True)
    if form.is_valid():
        try:
            services.ask(
                file.case, side=rules.OFFICER, text=form.cleaned_data["text"], by=people.actor(officer), now=now()
            )
            messages.success(request, _("问题已发给申请人。"))
            return HttpResponseRedirect(back_to(request, number) + "#questions")
        except Refusal as refused:
            form.add_error("text", said(refused))
    section = _section(request, "ask", _("问申请人"), form, reverse("cases:desk_ask", args=[number]), _("发给申请人"))
    section = replace(section, words=[_("办理期限照常计算，申请人不回答也不影响他的权利。")])
    return section_page(request, officer, file, section, status=422 if form.errors else 200)


@require_POST
def answer(request: HttpRequest, number: str, question: UUID) -> HttpResponse:
    """Answer a question of the applicant."""
    officer, file = file_of(request, number)
    found = _question(file, question, rules.APPLICANT)
    form = answer_form(request.POST)
    url = reverse("cases:desk_answer", args=[number, question])
    section = _section(request, "answer", _("回答申请人"), form, url, _("发出回答"))
    section = replace(section, words=[found.text])
    if not form.is_valid():
        return section_page(request, officer, file, section, status=422)
    try:
        services.answer(
            found, text=form.cleaned_data["text"], by=people.actor(officer), now=now(), seen=form.cleaned_data["seen"]
        )
    except Refusal as refused:
        form.add_error("text", said(refused))
        possible = found.state == "open" and refused.key not in {"stale", "question_closed"}
        return section_page(request, officer, file, replace(section, possible=possible), status=409)
    messages.success(request, _("回答已发给申请人。"))
    return HttpResponseRedirect(back_to(request, number) + "#questions")


@require_POST
def take_back(request: HttpRequest, number: str, question: UUID) -> HttpResponse:
    """Take a question of the organ back."""
    officer, file = file_of(request, number)
    found = _question(file, question, rules.OFFICER)
    try:
        services.take_back(found, by=people.actor(officer), now=now())
        messages.success(request, _("问题已收回。"))
    except Refusal as refused:
        messages.warning(request, said(refused))
    return HttpResponseRedirect(back_to(request, number) + "#questions")


def _question(file: CaseFile, identity: UUID, side: str) -> Question:
    found = next((one for one in file.questions if one.id == identity and one.side == side), None)
    if found is None or not queries.may_talk(file):
        raise Http404
    return found


def _section(request: HttpRequest, name: str, title: str, form: Any, url: str, button: str) -> Section:
    query = request.GET.urlencode()
    return Section(name, title, [], form, f"{url}?{query}" if query else url, button)
