"""综合受理: a clerk chooses a service or a bundle, fills it in for whoever stands at the window, and receives it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiaoer.catalogue import queries as catalogue
from xiaoer.files import rules as file_rules
from xiaoer.journal.edge import now, today
from xiaoer.journal.services import Actor
from xiaoer.kernel.refusal import Refusal
from xiaoer.network import queries as network
from xiaoer.people import queries as people
from xiaoer.people import services as people_acts
from xiaoer.people.rules import Applicant, Officer, may

from .. import queries, rules, services
from ..forms.answers import AnswersForm, as_typed
from ..forms.window import WalkInForm
from ..forms.words import said, text
from ..models import Draft
from . import showing
from .desk import desk_context

FOUND = 20


@require_safe
def window(request: HttpRequest) -> HttpResponse:
    """Show what can be received, what is being filled in and what was received."""
    officer = people.officer_of(request, "cases.receive")
    asked = request.GET.get("q", "").strip()[:60]
    region = officer.posts[0].region_code
    hits = _found(asked, request.GET.get("name", ""), region)
    work = queries.window_work(officer, services.window_account(officer.account_id))
    offers = [_choice(hit) for hit in hits]
    context = desk_context(request, officer, "desk_window") | {"asked": asked, "offers": offers, "work": work}
    return render(request, "cases/desk/window.html", context)


def _found(asked: str, name: str, region: str) -> list[catalogue.Hit]:
    """Return what fits the words, or, when one name was chosen, all who offer it where this window receives."""
    try:
        return catalogue.offers_of(UUID(name), at=now(), region=region).all
    except ValueError:
        return catalogue.search(asked, at=now(), region=region, limit=FOUND) if asked else []


def _choice(hit: catalogue.Hit) -> dict[str, Any]:
    """Return one thing that can be applied for, as the start form sends it; how many more organs offer it."""
    card = hit.card
    return {"kind": "bundle" if hit.is_bundle else "service", "key": card.key or card.code, "region": card.region,
            "name": text(card), "organ": text(card, "organ_name"), "place": card.region_name, "id": hit.name,
            "others": hit.offers - 1}  # fmt: skip


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin to fill in what was chosen."""
    officer = people.officer_of(request, "cases.receive")
    kind, key, region = (request.POST.get(name, "")[:60] for name in ("kind", "key", "region"))
    offered = queries.offered_at(kind, key, region, now()) if kind in {"service", "bundle"} else None
    if offered is None or not may(officer, "cases.receive", region=offered.shard):
        raise Http404
    draft = services.start_at_window(officer.account_id, offered=offered, now=now())
    return HttpResponseRedirect(reverse("cases:desk_window_fill", args=[draft.id]))


@dataclass
class Form:
    """All that stands on the page: the person, the questions, the papers with what was wrong with each upload."""

    who: WalkInForm
    answers: AnswersForm
    wrong: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def fill(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Fill in for somebody, on one page; receive it when nothing lacks."""
    officer = people.officer_of(request, "cases.receive")
    found = queries.window_draft(officer, services.window_account(officer.account_id), draft)
    offered = queries.offered_for(found, now()) if found else None
    if found is None or offered is None:
        raise Http404
    if found.submitted:
        return _led_to(queries.number_of_draft(found))
    ways = rules.deliveries(offered.offer, found.answers)
    if request.method != "POST":
        start = {"id_kind": "resident", "way": "counter" if "counter" in ways else ways[0]}
        form = Form(WalkInForm(initial=start, ways=ways), _answers(found, offered))
        return _page(request, officer, found, offered, form)
    who = WalkInForm(request.POST, ways=ways)
    try:
        form = _save(request, officer, found, offered, who)
        ready = "receive" in request.POST and who.is_valid() and not form.wrong
        if ready and (number := _receive(officer, found, offered, form)):
            return _led_to(number)
    except Refusal as refused:
        found.refresh_from_db()
        if found.submitted:  # received meanwhile, at another screen
            return _led_to(queries.number_of_draft(found))
        form = Form(who, _answers(found, offered, bound=True), faults=[said(refused)])
    return _page(request, officer, found, offered, form, status=422 if "receive" in request.POST else 200)


def _led_to(number: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("cases:desk_window_received", args=[number]))


def _answers(draft: Draft, offered: queries.Offered, *, bound: bool = False) -> AnswersForm:
    """Return the questions of this matter with what is known; bound, so that what lacks is said."""
    fields = rules.asked(offered.offer, draft.answers)
    values = {**{key: as_typed(value) for key, value in draft.answers.items() if value is not None}, **draft.typed}
    known = {one.key: values.get(one.key, "") for one in fields}
    form = AnswersForm(fields, known) if bound or draft.typed else AnswersForm(fields, initial=known)
    for one in fields:
        if one.prefill.startswith("person."):
            form.fields[one.key].help_text = _("和上面一样就不用填。")
    return form


def _save(request: HttpRequest, officer: Officer, draft: Draft, offered: queries.Offered, who: WalkInForm) -> Form:
    """Keep what was typed and uploaded; return the page as it stands after it, with newly asked questions."""
    fields = rules.asked(offered.offer, draft.answers)
    typed = AnswersForm(fields, request.POST).typed()
    known = who.known()
    filled = {one.key: typed.get(one.key) or known.get(one.prefill, "") if one.prefill else typed.get(one.key)
              for one in fields}  # fmt: skip
    services.save_answers(draft, fields=fields, typed=filled, seen=draft.version, now=now())
    form = Form(who, _answers(draft, offered, bound="receive" in request.POST))
    for one in services.wanted_papers(offered.offer, draft):
        upload = request.FILES.get(f"Paper-{one.material.key}")
        if upload and services.to_upload(one):
            try:
                services.put_paper(draft, one.material, upload, by=people.actor(officer), now=now())
            except Refusal as refused:
                form.wrong[one.material.key] = said(refused)
    return form


def _receive(officer: Officer, draft: Draft, offered: queries.Offered, form: Form) -> str:
    """Receive it and return its number, or write what lacks into the form and return nothing."""
    typed = form.who.cleaned_data
    person = people.person_by_number(
        shards=[offered.shard], id_kind=typed["id_kind"], id_number=typed["id_number"]
    )  # fmt: skip
    if person and person.name != typed["name"].strip():
        form.who.add_error("name", _("和这个证件号码登记的姓名不一样，请照证件核对。"))
        return ""
    firm = people.firm_by_uscc(typed["uscc"]) if typed["uscc"] else None
    firms = tuple(people.firms_of(person, on=today())) if person else ()
    if typed["uscc"] and (firm is None or firm.id not in {one.firm_id for one in firms}):
        form.who.add_error("uscc", _("查不到这个人可以替这家企业办事，请先登记授权。"))
        return ""
    services.put_delivery(draft, delivery=form.who.delivery(), firm=firm.id if firm else None)
    by = people.actor(officer)
    applicant = _applicant(officer, person, typed, offered.shard, firms)
    lacks = services.submission_of(draft, offered=offered, applicant=applicant)
    if isinstance(lacks, list):
        form.faults = [said(fault.refusal) for fault in lacks]
        return ""
    if person is None:
        person = _entered(typed, offered.shard, by)
        applicant = _applicant(officer, person, typed, offered.shard, firms)
    received = services.receive(
        draft, offered=offered, applicant=applicant, by=Actor(by.id, str(firm.id if firm else person.id)), now=now(),
        calendar=offered.calendar,
    )  # fmt: skip
    return received.application.number


def _entered(typed: dict[str, Any], shard: str, by: Actor) -> people.Person:
    """Enter who stands at the window, or return who was entered a moment ago, by another press, from the same form."""
    name, known = typed["name"].strip(), {"id_kind": typed["id_kind"], "id_number": typed["id_number"]}
    try:
        return people_acts.enter_person(name=name, **known, phone=typed["phone"], shard=shard, by=by, now=now())
    except Refusal as refused:
        found = people.person_by_number(shards=[shard], **known)
        if refused.key != "id_known" or found is None or found.name != name:
            raise
        return found


def _applicant(
    officer: Officer, person: Any, typed: Mapping[str, Any], shard: str, firms: tuple[Any, ...]
) -> Applicant:
    """Return who stands at the window as an applicant: with an own account when there is one."""
    own = person.account_id if person else None
    return Applicant(
        own or services.window_account(officer.account_id), person.id if person else uuid4(),
        person.shard if person else shard, typed["name"].strip(), 3, firms,
    )  # fmt: skip


def _page(
    request: HttpRequest, officer: Officer, draft: Draft, offered: queries.Offered, form: Form, status: int = 200
) -> HttpResponse:
    papers = [
        {
            "key": one.material.key, "name": text(one.material), "kept": draft.papers.get(one.material.key),
            "needed": one.material.need != "optional", "wrong": form.wrong.get(one.material.key, ""),
            "hint": text(one.material, "accept_standard"),
            "accept": ",".join(f".{ending}" for ending in one.material.formats),
        }
        for one in services.wanted_papers(offered.offer, draft) if services.to_upload(one)
    ]  # fmt: skip
    context = desk_context(request, officer, "desk_window") | {
        "draft": draft, "title": text(draft, "title"), "form": form, "papers": papers,
        "allowed": file_rules.ALLOWED,
    }  # fmt: skip
    return render(request, "cases/desk/window_fill.html", context, status=status)


@require_safe
def received(request: HttpRequest, number: str) -> HttpResponse:
    """Show the numbers of what was just received, to be told or printed for the person."""
    officer = people.officer_of(request, "cases.receive")
    found = queries.received_at_window(officer, number)
    if found is None:
        raise Http404
    application, cases = found
    organs = network.organs({case.handled_by for case in cases})
    rows = [(case, organs.get(case.handled_by), showing.term_of_case(case)[0]) for case in cases]
    context = desk_context(request, officer, "desk_window") | {"application": application, "rows": rows}
    return render(request, "cases/desk/window_received.html", context)
