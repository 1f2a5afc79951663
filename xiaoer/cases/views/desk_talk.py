"""Questions at the desk: ask the applicant, answer what he asks, take a question back."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiaoer.journal.edge import now
from xiaoer.kernel.refusal import Refusal
from xiaoer.people import queries as people

from .. import queries, rules, services
from ..forms.talk import answer_form, question_form
from ..forms.words import sent, sent_files
from ..models import Question
from ..queries import CaseFile
from .desk import said
from .desk_acts import section_page
from .desk_case import Section, back_to, file_of
from .talk_papers import given


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, number: str) -> HttpResponse:
    """Ask the applicant something."""
    officer, file = file_of(request, number)
    if not queries.may_talk(file):
        raise Http404
    if file.case.state in rules.FINAL:
        messages.warning(request, said(Refusal("question_too_late")))
        return HttpResponseRedirect(back_to(request, number))
    form, by, at = question_form(sent(request), sent_files(request), officer=True), people.actor(officer), now()
    if form.is_valid():
        try:
            attached = services.stored(form.uploads, file.case, by=by, now=at)
            text = form.cleaned_data["text"]
            services.ask(file.case, side=rules.OFFICER, text=text, by=by, now=at, attached=attached)
            messages.success(request, _("问题已发给申请人。"))
            return HttpResponseRedirect(back_to(request, number) + "#questions")
        except Refusal as refused:
            form.refuse(refused)
    section = _section(request, "ask", _("问申请人"), form, reverse("cases:desk_ask", args=[number]), _("发给申请人"))
    section = replace(section, words=[_("办理期限照常计算，申请人不回答也不影响他的权利。")])
    return section_page(request, officer, file, section, status=422 if form.errors else 200)


@require_POST
def answer(request: HttpRequest, number: str, question: UUID) -> HttpResponse:
    """Answer a question of the applicant."""
    officer, file = file_of(request, number)
    found = _question(file, question, rules.APPLICANT)
    form, by, at = answer_form(request.POST, request.FILES), people.actor(officer), now()
    url = reverse("cases:desk_answer", args=[number, question])
    section = _section(request, "answer", _("回答申请人"), form, url, _("发出回答"))
    section = replace(section, words=[found.text])
    if not form.is_valid():
        return section_page(request, officer, file, section, status=422)
    try:
        services.answer(
            found, text=form.cleaned_data["text"], by=by, now=at, seen=form.cleaned_data["seen"],
            attached=services.stored(form.uploads, file.case, by=by, now=at),
        )  # fmt: skip
    except Refusal as refused:
        form.refuse(refused)
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


@require_safe
def paper(request: HttpRequest, number: str, attachment: UUID) -> HttpResponseBase:
    """Give an officer a file that came with a question or an answer."""
    _officer, file = file_of(request, number)
    return given(queries.paper_of(file.questions, attachment))


def _question(file: CaseFile, identity: UUID, side: str) -> Question:
    found = next((one for one in file.questions if one.id == identity and one.side == side), None)
    if found is None or not queries.may_talk(file):
        raise Http404
    return found


def _section(request: HttpRequest, name: str, title: str, form: Any, url: str, button: str) -> Section:
    query = request.GET.urlencode()
    return Section(name, title, [], form, f"{url}?{query}" if query else url, button)
