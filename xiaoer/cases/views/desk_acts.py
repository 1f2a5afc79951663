"""The acts of the desk, each a small form on the page of its case: what will happen, what is needed, what was seen."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from xiaoer.catalogue import queries as catalogue
from xiaoer.journal.edge import now, today
from xiaoer.journal.queries import state_of
from xiaoer.kernel.refusal import Refusal
from xiaoer.kernel.workdays import Calendar
from xiaoer.network import queries as network
from xiaoer.people import queries as people
from xiaoer.people.rules import Officer

from .. import queries, rules, services
from ..forms import desk as forms
from ..models import Case, Step
from ..queries import CaseFile
from . import desk_hearing, showing
from .desk import said
from .desk_case import POSTED, Section, back_to, case_page, file_of
from .desk_doing import Do, Doing

FIELDS = {
    "reason_needed": "reason", "until_needed": "until", "gaps_needed": "gap_other", "organ_needed": "right_organ",
    "no_way_back": "to", "clock.bad_ground": "ground", "clock.bad_days": "days", **desk_hearing.FIELDS,
}  # fmt: skip
"""Where a refusal belongs on a form; an act of a step has its reason in the opinion."""
FIRST_CAME = frozenset({"stale", "not_now", "step_taken", "step_over", "step_not_in_hand", "delivered_already"})


def _accept(doing: Doing, form: Any) -> None:
    organs = queries.organs_of(doing.case)
    services.accept(doing.case, organs=organs, **doing.said(form))


def _notify(doing: Doing, form: Any) -> None:
    services.notify(doing.case, gaps=form.gaps(), until=form.cleaned_data["until"], **doing.said(form))


def _decline(doing: Doing, form: Any) -> None:
    typed = form.cleaned_data
    services.decline(
        doing.case, ground=typed["ground"], reason=typed["reason"], right_organ=typed["right_organ"],
        **doing.said(form),
    )  # fmt: skip


def _suspend(doing: Doing, form: Any) -> None:
    services.suspend(doing.case, ground=form.told(), days=form.cleaned_data["days"], **doing.said(form))


def _resume(doing: Doing, form: Any) -> None:
    services.resume(doing.case, **doing.said(form))


def _extend(doing: Doing, form: Any) -> None:
    typed = form.cleaned_data
    services.extend(doing.case, days=typed["days"], reason=typed["reason"], **doing.said(form))


def _grant(doing: Doing, form: Any) -> None:
    services.grant(doing.case, reason=form.cleaned_data["reason"], **doing.said(form))


def _refuse(doing: Doing, form: Any) -> None:
    services.refuse(doing.case, reason=form.cleaned_data["reason"], **doing.said(form))


def _terminate(doing: Doing, form: Any) -> None:
    typed = form.cleaned_data
    services.terminate(
        doing.case, ground=typed["ground"], reason=typed["reason"], basis=typed["basis"], **doing.said(form)
    )


def _deliver(doing: Doing, form: Any) -> None:
    typed = form.cleaned_data
    services.deliver(doing.case, way=typed["way"], proof=typed["proof"], **doing.said(form))


ACTS: dict[str, tuple[type[forms.ActForm], Do]] = {
    "accept": (forms.AcceptForm, _accept),
    "notify": (forms.NotifyForm, _notify),
    "decline": (forms.DeclineForm, _decline),
    "suspend": (forms.SuspendForm, _suspend),
    "resume": (forms.AcceptForm, _resume),
    "extend": (forms.ExtendForm, _extend),
    "grant": (forms.GrantForm, _grant),
    "refuse": (forms.RefuseForm, _refuse),
    "terminate": (forms.TerminateForm, _terminate),
    "deliver": (forms.DeliverForm, _deliver),
    **desk_hearing.ACTS,
}


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """Show the form of an act, or do it. Who may never do it is not told that it exists."""
    officer, file = file_of(request, number)
    if act not in ACTS or not rules.roles_of(act, file.case.procedure, on=today()) & file.standing.permissions:
        raise Http404
    kind, do = ACTS[act]
    calendar = network.calendar_for(file.case.shard)
    if request.method != "POST":
        allowed = {one.name for one in queries.acts_for(file, on=today())}
        if act not in allowed:
            messages.warning(request, why_not(act, file))
            return HttpResponseRedirect(back_to(request, number))
        form = make_form(kind, file, calendar, initial=_initial(request, file, calendar))
        return section_page(request, officer, file, act_section(request, act, file, form, calendar))
    form = make_form(kind, file, calendar, data=request.POST)
    if "preview" in request.POST or not form.is_valid():
        section = act_section(request, act, file, form, calendar)
        return section_page(request, officer, file, section, status=200 if form.is_valid() else 422)
    try:
        queries.still(file, seen=form.cleaned_data["seen"])
        do(Doing(file, people.actor(officer), now(), calendar), form)
    except Refusal as refused:
        return _refused(
            request, officer, number, refused, lambda fresh: act_section(request, act, fresh, form, calendar)
        )
    messages.success(request, _done_words(act, file))
    return HttpResponseRedirect(back_to(request, number))


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, number: str, step: UUID, act: str) -> HttpResponse:
    """Take a step in hand, put it back, or give its opinion."""
    officer, file = file_of(request, number)
    found = next((one for one in file.steps if one.id == step and one.id in file.workable), None)
    if found is None or act not in rules.STEP_ACTS or (act == "settle" and found.kind == rules.DECISION):
        raise Http404
    if request.method != "POST":
        if act in POSTED or act not in {one.name for one in queries.step_acts_for(file).get(found.id, [])}:
            return HttpResponseRedirect(back_to(request, number))
        form = step_form(act, file, found)
        return section_page(request, officer, file, step_section(request, act, file, found, form))
    form = step_form(act, file, found, request.POST)
    if not form.is_valid():
        return section_page(request, officer, file, step_section(request, act, file, found, form), status=422)
    try:
        _do_step(act, found, officer, form)
    except Refusal as refused:
        return _refused(request, officer, number, refused, lambda fresh: step_section(request, act, fresh, found, form))
    messages.success(request, _done_words(act, file))
    return HttpResponseRedirect(back_to(request, number))


def step_form(act: str, file: CaseFile, step: Step, data: Any = None) -> forms.ActForm:
    """Return the form of an act on a step. What was sent is read even when there is no way back any more: then the act
    says what happened."""
    first: dict[str, Any] = {"seen": step.version}
    if act == "settle":
        return forms.SettleForm(data, initial=first | {"outcome": "granted"})
    if act == "return":
        back = queries.ways_back(file, step) or [one for one in file.steps if data and one.organ and one.id != step.id]
        names = _names_of(file)
        places = [(one.key, showing.step_name(file.case, one.key, one.kind, names)) for one in back]
        return forms.ReturnForm(data, initial=first | {"to": places[-1][0] if places else ""}, places=places)
    return forms.AcceptForm(data, initial=first)


def _do_step(act: str, step: Step, officer: Officer, form: Any) -> None:
    by, at, seen = people.actor(officer), now(), form.cleaned_data["seen"]
    if act == "claim":
        services.claim(step, by=by, now=at, seen=seen)
    elif act == "release":
        services.release(step, by=by, now=at, seen=seen)
    elif act == "return":
        typed = form.cleaned_data
        services.send_back(
            step, to=typed["to"], reason=typed["reason"], by=by, now=at, calendar=network.calendar_for(step.shard),
            seen=seen,
        )  # fmt: skip
    else:
        services.settle(
            step, outcome=form.cleaned_data["outcome"], opinion=form.cleaned_data["opinion"], by=by, now=at,
            calendar=network.calendar_for(step.shard), seen=seen,
        )  # fmt: skip


def make_form(
    kind: type[forms.ActForm], file: CaseFile, calendar: Calendar, *, data: Any = None, initial: Any = None
) -> forms.ActForm:
    """Return the form of an act with what it needs to know of the case."""
    more: dict[str, Any] = {}
    if kind is forms.NotifyForm:
        more["papers"] = file.requirements
    elif kind is forms.DeclineForm:
        region = file.case.shard
        found = network.organs_in(region, on=today())
        more["organs"] = [(organ.name, organ.name) for organ in found if organ.id != file.case.handled_by]
    elif kind is forms.ExtendForm:
        more["most"] = most_extension(file.case)
    else:
        more = desk_hearing.needs(kind, file.case, calendar)
    return kind(data, initial=initial, **more)


def most_extension(case: Case) -> int:
    """Return by how much the limit of a case may be extended."""
    return rules.clockwork.read(case.clock, procedure=case.procedure).limits.most_extension


def _initial(request: HttpRequest, file: CaseFile, calendar: Calendar) -> dict[str, Any]:
    until = calendar.add_workdays(today(), settings.SUPPLEMENT_DAYS)
    found: dict[str, Any] = {
        "seen": file.case.version, "until": until, "way": file.application.delivery.get("way")
    }  # fmt: skip
    found |= desk_hearing.announced_before(file.case)
    if template := rules.REFUSALS.get(request.GET.get("reason", "")):
        found["reason"] = template[showing.english()]
    return found


def _against(act: str, file: CaseFile) -> Refusal | None:
    return rules.against(act, state_of(rules.CASE, file.case), on=today(), account=file.standing.account)


def why_not(act: str, file: CaseFile) -> str:
    """Return why an act is not possible now, in the words of the rules."""
    state = file.case.state
    if (over := _against(act, file)) is not None:
        return said(over)
    if act == "grant" and state in {"accepted", "handling"}:
        ready = any(one.kind == rules.DECISION and one.state in {"ready", "working"} for one in file.steps)
        return said(Refusal("sole_reviewer" if ready else "decision_waits"))
    if act == "deliver" and file.case.delivered_at:
        return said(Refusal("delivered_already"))
    if act == "deliver" and file.owed_fen:
        return said(Refusal("fee_unpaid", amount=f"¥{rules.fees.yuan(file.owed_fen)}"))
    zh, en, _code = rules.STATES[state]
    return said(Refusal("not_now", zh=zh, en=en))


def act_section(request: HttpRequest, act: str, file: CaseFile, form: Any, calendar: Calendar) -> Section:
    """Return the part of the page on which an act is done."""
    words = rules.ACTS[act]
    title = words.en if showing.english() else words.zh
    url = reverse("cases:desk_act", args=[file.case.number, act])
    extra: dict[str, Any] = {}
    if act == "refuse":
        extra["templates"] = [(key, pair[showing.english()]) for key, pair in rules.REFUSALS.items()]
    if act == "notify" and form.is_bound and form.is_valid():
        extra["preview"] = form.gaps()
        extra["names"] = {paper.key: paper.name for paper in file.requirements}
        extra["until"] = form.cleaned_data["until"]
    tone = "warning" if act in {"refuse", "decline", "terminate"} else "primary"
    return Section(
        act, title, _consequences(act, file.case, calendar), form, _with_query(request, url), title, tone, extra=extra
    )


def step_section(request: HttpRequest, act: str, file: CaseFile, step: Step, form: Any) -> Section:
    """Return the part of the page on which an opinion is given."""
    words = rules.STEP_ACTS[act]
    title = words.en if showing.english() else words.zh
    name = showing.step_name(file.case, step.key, step.kind, _names_of(file))
    url = reverse("cases:desk_step", args=[file.case.number, step.id, act])
    heading = _("%(act)s：%(step)s") % {"act": title, "step": name}
    follows = {
        "settle": _("办结后，后面的环节马上可以开始。"),
        "return": _("那个环节和以它为基础的结论都要重办，办理期限照常计算。"),
    }
    return Section(act, heading, [follows[act]] if act in follows else [], form, _with_query(request, url), title)


def _names_of(file: CaseFile) -> dict[str, str]:
    """Return what the service calls its steps."""
    return showing.step_names(catalogue.version(file.case.service))


def _with_query(request: HttpRequest, url: str) -> str:
    query = request.GET.urlencode()
    return f"{url}?{query}" if query else url


def section_page(
    request: HttpRequest, officer: Officer, file: CaseFile, section: Section, status: int = 200
) -> HttpResponse:
    """Answer with the part alone to htmx, with the whole page to everybody else."""
    if getattr(request, "htmx", False):
        context = {"section": section, "case": file.case, "query": request.GET.urlencode()}
        return render(request, "cases/desk/section.html", context, status=status)
    return case_page(request, officer, file, section=section, status=status)


def _refused(
    request: HttpRequest, officer: Officer, number: str, refused: Refusal, section: Callable[[CaseFile], Section]
) -> HttpResponse:
    """Answer to a refusal: at its field, or with what happened meanwhile; what was typed is kept either way."""
    file = queries.case_for_officer(officer, number)
    if file is None:
        raise Http404
    opened = section(file)
    field = FIELDS.get(refused.key, "")
    field = "opinion" if field == "reason" and "opinion" in opened.form.fields else field
    first = refused.key in FIRST_CAME
    if not first:
        opened.form.add_error(field if field in opened.form.fields else None, said(refused))
        return section_page(request, officer, file, opened, status=422)
    told = _meanwhile(file, opened.form.cleaned_data["seen"])
    fresh = replace(opened, refused=said(refused), told=told)
    return section_page(request, officer, file, _seen_now(fresh, file), status=409)


def _seen_now(section: Section, file: CaseFile) -> Section:
    """Return a section whose form carries the present version: whoever has read what happened may go on, if it still
    makes sense."""
    data = section.form.data.copy()
    step = next((one for one in file.steps if str(one.id) in section.url), None)
    data["seen"] = step.version if step else file.case.version
    section.form.data = data
    acts = queries.step_acts_for(file).get(step.id, []) if step else queries.acts_for(file, on=today())
    return replace(section, possible=section.name in {one.name for one in acts})


def _meanwhile(file: CaseFile, seen: int) -> list[showing.Event]:
    """Return what happened to the case and its steps since the officer read it: the last things at most."""
    told = queries.told_of(file.case, file.steps)
    since = next((line.at for line in reversed(told) if not line.step and line.number <= seen), None)
    fresh = [
        line for line in told if (not line.step and line.number > seen) or (line.step and since and line.at > since)
    ]
    return showing.story_of((fresh or told)[-5:], file.case, {})


def _consequences(act: str, case: Case, calendar: Calendar) -> list[str]:
    """Return what will happen, before it does."""
    if act == "accept" and case.state == "received":
        return accepting_words(case, calendar)
    said_of = {
        "notify": [
            _("只能告知这一次，所以请把要补的都写上；不缺的就空着。"),
            _("申请人补交以后，五个工作日重新开始算。"),
        ],
        "decline": [_("这件到此结束。会出具不予受理通知书，写明理由和救济途径。")],
        "suspend": [_("从明天起不计入办理期限，直到登记特别程序结束。会出具特别程序告知书。")],
        "resume": [_("从明天起继续计算办理期限。")],
        "extend": [_("只能延长一次，法定期限后延，向申请人承诺的日期不变。")],
        "grant": [_("作出准予许可的决定，期限停止。须在十个工作日内送达证照和决定书。")],
        "refuse": [_("作出不予许可的决定，还没有办完的环节不再办。决定书会写明理由和救济途径。")],
        "terminate": [_("这件到此结束，没有办完的环节不再办。会出具终止办理决定书，写明理由和救济途径。")],
        "deliver": [_("登记后这件就办完了。")],
    }
    return said_of.get(act) or desk_hearing.consequences(act, calendar)


def accepting_words(case: Case, calendar: Calendar) -> list[str]:
    """Return the dates that an acceptance today would give."""
    after = rules.clockwork.if_accepted(case.clock, procedure=case.procedure, on=today(), calendar=calendar.version)
    words = [_("期限从下一个工作日起算，会出具受理通知书。")]
    if after.promised_due_on:
        words.append(_("承诺最晚 %(day)s 办结。") % {"day": desk_hearing.day_words(after.promised_due_on)})
    if after.statutory_due_on:
        words.append(_("法定最晚 %(day)s 办结。") % {"day": desk_hearing.day_words(after.statutory_due_on)})
    return words


def _done_words(act: str, file: CaseFile) -> str:
    words = rules.ACTS.get(act) or rules.STEP_ACTS[act]
    name = words.en if showing.english() else words.zh
    return _("%(act)s：%(service)s，办好了。") % {"act": name, "service": file.case.service_name}
