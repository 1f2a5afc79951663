"""What an applicant asks the organ and answers to it; no clock hangs on it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiaoer.journal import edge
from xiaoer.kernel.refusal import Refusal

from .. import queries, rules, services
from ..forms.talk import TalkForm, answer_form, question_form
from ..forms.words import said, sent, sent_files
from ..models import Question
from .mine_acts import Mine, opened_case
from .talk_papers import given, paper_rows


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, number: str) -> HttpResponse:
    """Ask the organ about a case."""
    mine = opened_case(request, number)
    form, at = question_form(sent(request), sent_files(request), officer=False), edge.now()
    if form.is_valid():
        try:
            services.ask(
                mine.case, side=rules.APPLICANT, text=form.cleaned_data["text"], by=mine.by, now=at,
                attached=services.stored(form.uploads, mine.case, by=mine.by, now=at),
            )  # fmt: skip
            messages.success(request, _("已经发给部门，答复以后通知您。"))
            return HttpResponseRedirect(mine.url + "#questions")
        except Refusal as refused:
            form.refuse(refused)
    return _page(request, mine, form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, number: str, question: UUID) -> HttpResponse:
    """Answer what the organ asks."""
    mine = opened_case(request, number)
    found = _question(mine, question, rules.OFFICER)
    form, at = answer_form(sent(request), sent_files(request), initial={"seen": found.version}), edge.now()
    if form.is_valid():
        try:
            services.answer(
                found, text=form.cleaned_data["text"], by=mine.by, now=at, seen=form.cleaned_data["seen"],
                attached=services.stored(form.uploads, mine.case, by=mine.by, now=at),
            )  # fmt: skip
            messages.success(request, _("回答已发给部门。"))
            return HttpResponseRedirect(mine.url + "#questions")
        except Refusal as refused:
            form.refuse(refused)
            found = _question(opened_case(request, number), question, rules.OFFICER)
    return _page(request, mine, form, found)


@require_POST
def take_back(request: HttpRequest, number: str, question: UUID) -> HttpResponse:
    """Take back a question that nobody has answered yet."""
    mine = opened_case(request, number)
    try:
        services.take_back(_question(mine, question, rules.APPLICANT), by=mine.by, now=edge.now())
        messages.success(request, _("问题已收回。"))
    except Refusal as refused:
        messages.warning(request, said(refused))
    return HttpResponseRedirect(mine.url + "#questions")


@never_cache
@require_safe
def paper(request: HttpRequest, number: str, attachment: UUID) -> HttpResponseBase:
    """Give the applicant a file that came with a question or an answer."""
    mine = opened_case(request, number)
    return given(queries.paper_of((one for one in mine.file.questions if one.case == mine.case.id), attachment))


def _question(mine: Mine, identity: UUID, side: str) -> Question:
    asked = (one for one in mine.file.questions if one.case == mine.case.id and one.side == side)
    found = next((one for one in asked if one.id == identity), None)
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, mine: Mine, form: TalkForm, question: Question | None = None) -> HttpResponse:
    papers = queries.papers_of([question]) if question else {}
    context: dict[str, Any] = {
        "papers": paper_rows(papers, question, rules.ASKED_FILE, url="cases:question_paper", number=mine.case.number),
        "mine": mine, "form": form, "question": question, "organ": mine.names.organ(mine.case.handled_by),
        "due": question is None
        or rules.is_due(side=question.side, state=question.state, case_state=mine.case.state),
        "url": reverse("cases:application", args=[mine.file.application.number]),
    }  # fmt: skip
    status = 409 if question and not context["due"] and request.method == "POST" else 200
    return render(request, "cases/apply/talk.html", context, status=status)
