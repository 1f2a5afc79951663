"""Begin an application and answer its questions, one page after the other."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xiaoer.catalogue import rules as catalogue
from xiaoer.journal import edge
from xiaoer.kernel.refusal import Refusal
from xiaoer.network import queries as network
from xiaoer.people import queries as people

from .. import queries, rules, services
from ..forms.answers import AnswersForm, as_typed, shown
from ..forms.choices import WhoForm
from ..forms.words import said, sent, sent_again, text
from .mine_door import Filling, draft_page

MINUTES_A_PAGE, MINUTES_A_PAPER = 0.5, 2


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, kind: str, key: str, region: str = "") -> HttpResponse:
    """Say what will be asked and how long it takes; then begin a draft."""
    applicant = people.applicant_of(request)
    offered = queries.offered_at(kind, key, region, edge.now())
    if offered is None:
        raise Http404
    form = WhoForm(applicant, sent(request), initial={"who": "myself"})
    if request.method == "POST" and (form.is_valid() or not applicant.firms):
        try:
            firm = form.firm if applicant.firms else None
            draft = services.start(applicant, offered=offered, firm=firm, now=edge.now())
            return HttpResponseRedirect(reverse("cases:draft", kwargs={"draft": draft.id}))
        except Refusal as refused:
            form.add_error(None, said(refused))
    return render(request, "cases/apply/start.html", _start(applicant, offered, form))


def _start(applicant: Any, offered: queries.Offered, form: WhoForm) -> dict[str, Any]:
    offer = offered.offer
    papers = [one for one in catalogue.materials_in_case(offer, {}) if services.to_upload(one)]
    asked = len(rules.pages(offer, {}))
    going_on = [
        draft for draft in queries.drafts_of(applicant)
        if (draft.kind, draft.target, draft.region) == (offered.kind, offered.target, offered.region)
    ]  # fmt: skip
    return {
        "title": text(offer.main), "summary": text(offer.main, "summary"), "form": form,
        "choosing": bool(applicant.firms), "applicant": applicant, "going_on": going_on,
        "parts": [_part(offer, member) for member in offer.members] if offer.bundle else [],
        "sure": [text(one.material) for one in papers if one.answer is catalogue.Answer.YES],
        "maybe": [text(one.material) for one in papers if one.answer is catalogue.Answer.UNKNOWN],
        "count": len(offer.fields),
        "minutes": max(5, round((asked * MINUTES_A_PAGE + len(papers) * MINUTES_A_PAPER) / 5) * 5),
        "place": network.region_name(offered.region),
    }  # fmt: skip


def _part(offer: catalogue.Offer, member: catalogue.Member) -> dict[str, Any]:
    service = offer.services[member.key]
    return {"name": text(service), "organ": text(service, "organ_name"), "maybe": member.when is not None}


@draft_page
def resume(request: HttpRequest, filling: Filling) -> HttpResponse:
    """Go on where it was left."""
    return HttpResponseRedirect(filling.next_url())


@draft_page
def who(request: HttpRequest, filling: Filling) -> HttpResponse:
    """Change for whom it is."""
    draft = filling.draft
    form = WhoForm(filling.applicant, sent(request), initial={"who": str(draft.firm or "myself")})
    if request.method == "POST" and form.is_valid():
        try:
            services.choose_applicant(draft, applicant=filling.applicant, firm=form.firm, now=edge.now())
            return HttpResponseRedirect(filling.url("check"))
        except Refusal as refused:
            form.add_error("who", said(refused))
    return render(request, "cases/apply/who.html", {"filling": filling, "form": form})


@draft_page
def discard(request: HttpRequest, filling: Filling) -> HttpResponse:
    """Throw the draft away, after one question."""
    if request.method == "POST":
        services.discard(filling.draft, now=edge.now())
        messages.success(request, _("已删除没填完的“%(title)s”。") % {"title": filling.title})
        return HttpResponseRedirect(reverse("cases:mine"))
    return render(request, "cases/apply/discard.html", {"filling": filling})


@draft_page
def question(request: HttpRequest, filling: Filling, key: str) -> HttpResponse:
    """Ask one question, or a small group."""
    pages = filling.pages
    place = next((at for at, page in enumerate(pages) if key in page.keys), None)
    if place is None:
        return HttpResponseRedirect(filling.next_url())
    if request.method == "POST":
        return _save(request, filling, pages, place)
    form = _form_of(filling, pages[place])
    return render(request, "cases/apply/question.html", _question(request, filling, pages, place, form))


def _form_of(filling: Filling, page: rules.Page) -> AnswersForm:
    """Return the page's form with what is known; what could not be read stands as it was typed, with its error."""
    draft = filling.draft
    known = services.known_answers(list(page.fields), filling.applicant, draft.firm)
    fresh = {key: value for key, value in known.items() if key not in draft.answers and key not in draft.typed}
    kept = {key: as_typed(value) for key, value in {**fresh, **draft.answers}.items()}
    values = {"Seen": draft.version} | {key: kept.get(key, "") for key in page.keys}
    wrong = {key: draft.typed[key] for key in page.keys if key in draft.typed}
    if wrong:
        return AnswersForm(page.fields, {**values, **wrong}, known=fresh)
    return AnswersForm(page.fields, initial=values, known=fresh)


def _save(request: HttpRequest, filling: Filling, pages: list[rules.Page], place: int) -> HttpResponse:
    page = pages[place]
    form = AnswersForm(page.fields, request.POST)
    form.is_valid()
    saved = services.save_answers(
        filling.draft, fields=page.fields, typed=form.typed(), seen=form.version_seen, now=edge.now()
    )
    later = "Later" in request.POST
    if form.next_level:
        form = AnswersForm(page.fields, initial={**form.typed(), "Seen": saved.draft.version})
        return render(request, "cases/apply/question.html", _question(request, filling, pages, place, form))
    if saved.elsewhere:
        sent_again(form, Seen=saved.draft.version)
        context = _question(request, filling, pages, place, form) | {"elsewhere": _elsewhere(page, saved)}
        return render(request, "cases/apply/question.html", context, status=409)
    if saved.refused and not later:
        sent_again(form, Seen=saved.draft.version)
        return render(request, "cases/apply/question.html", _question(request, filling, pages, place, form))
    if later:
        messages.success(request, _("已保存。什么时候回来都可以接着填，换一台设备也可以。"))
        return HttpResponseRedirect(reverse("cases:mine"))
    return HttpResponseRedirect(_after(request, filling, page))


def _after(request: HttpRequest, filling: Filling, page: rules.Page) -> str:
    """Return the next page: back to the check when it came from there and nothing new is open, else the next one."""
    pages, answers = filling.pages, filling.draft.answers
    if request.GET.get("back") == "check":
        following = rules.next_page(pages, answers)
        return filling.url("question", key=following.key) if following else filling.url("check")
    place = next((at for at, one in enumerate(pages) if one.key == page.key), -1)
    ahead = rules.next_page(pages[place + 1 :], answers) or rules.next_page(pages, answers)
    return filling.url("question", key=ahead.key) if ahead else filling.url("papers")


def _elsewhere(page: rules.Page, saved: services.Saved) -> list[dict[str, str]]:
    labels = {field.key: field for field in page.fields}
    return [
        {"key": text(labels[key], "label"), "value": shown(labels[key], value) or _("（没有填）")}
        for key, value in saved.elsewhere.items()
    ]


def _question(
    request: HttpRequest, filling: Filling, pages: list[rules.Page], place: int, form: AnswersForm
) -> dict[str, Any]:
    checking = request.GET.get("back") == "check"
    before = filling.url("question", key=pages[place - 1].key) if place else reverse("cases:mine")
    return {
        "filling": filling, "form": form, "number": place + 1, "of": len(pages), "left": len(pages) - place - 1,
        "group": text(pages[place].fields[0], "group") or filling.title,
        "lone": len(pages[place].fields) == 1,
        "back_url": filling.url("check") if checking else before,
        "checking": checking,
    }  # fmt: skip
