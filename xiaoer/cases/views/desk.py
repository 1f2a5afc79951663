"""The desk: queues, several acceptances at once, search, and the page of keys."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xiaoer.journal.edge import now, today
from xiaoer.kernel import refusal
from xiaoer.kernel.refusal import Refusal
from xiaoer.people import queries as people
from xiaoer.people.rules import Officer, posts_with

from .. import queries, rules, services
from ..forms.desk import FilterForm
from ..queries import QueueRow, Wanted
from . import showing

NARROWED = ("service", "kind", "who", "due")
MOST_AT_ONCE = 50
KEYS_COOKIE = "keys"
A_YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class Listed:
    """One line of a queue as it is shown. mine: in the officer's own hand."""

    row: QueueRow
    url: str
    applicant: str
    step: str
    left: rules.Remaining
    mine: bool


@dataclass(frozen=True)
class QueuePage:
    """A page of one queue: its lines, the addresses round it, and what it is narrowed to."""

    name: str
    listed: list[Listed]
    query: str
    older_url: str
    form: FilterForm


def queue_titles() -> dict[str, str]:
    return {
        "intake": _("待受理"),
        "steps": _("待办环节"),
        "asked": _("申请人的问题"),
        "waiting": _("等申请人补正"),
        "deliver": _("待送达"),
    }


NAV = (
    ("desk", "cases.read", gettext_lazy("我的队列")),
    ("desk_window", "cases.receive", gettext_lazy("窗口收件")),
    ("desk_find", "cases.read", gettext_lazy("查找")),
    ("desk_keys", "cases.read", gettext_lazy("键盘")),
)


def desk_context(request: HttpRequest, officer: Officer, current: str) -> dict[str, Any]:
    """Return what every page of the desk needs: its own navigation instead of the public's, whether keys are on."""
    nav = [
        {"label": label, "url": reverse(f"cases:{name}"), "current": name == current}
        for name, permission, label in NAV
        if posts_with(officer, permission)
    ]
    return {"nav": nav, "keys_on": request.COOKIES.get(KEYS_COOKIE) != "off", "today": today()}


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Show one of the officer's queues."""
    officer = people.officer_of(request, "cases.read")
    page = queue_page(request, officer)
    context = desk_context(request, officer, "desk") | {
        "page": page,
        "tabs": _tabs(officer, page.name),
        "chips": _chips(page),
        "reads_ratings": bool(posts_with(officer, "evaluation.read")),
    }
    return render(request, "cases/desk/queue.html", context)


def queue_page(request: HttpRequest, officer: Officer, *, limit: int = queries.PAGE) -> QueuePage:
    """Return the queue that the address names: the officer's first one when it names none."""
    held = queries.queues_of(officer)
    name = request.GET.get("queue", "")
    name = name if name in held else held[0] if held else "intake"
    wanted = Wanted(**{key: request.GET.get(key, "")[:60] for key in NARROWED})
    cursor = queries.read_cursor(request.GET.get("after", ""))
    rows = queries.queue(officer, name, on=today(), wanted=wanted, after=cursor, limit=limit + 1) if held else []
    shown, more = rows[:limit], len(rows) > limit
    kept = {"queue": name, **{key: getattr(wanted, key) for key in NARROWED if getattr(wanted, key)}}
    query = urlencode(kept)
    older = f"?{urlencode({**kept, 'after': queries.write_cursor(shown[-1].cursor)})}" if more else ""
    form = FilterForm(
        initial={key: getattr(wanted, key) for key in NARROWED}, services=_services(rows, wanted),
        hidden=() if name == "steps" else ("who",) if name != "intake" else ("who", "due"),
    )  # fmt: skip
    return QueuePage(name, dress(shown, officer, query), query, older, form)


def dress(rows: Iterable[QueueRow], officer: Officer, query: str) -> list[Listed]:
    """Return rows with their words, bars and addresses."""
    found = list(rows)
    calendars = showing.calendars_of(row.case.shard for row in found)
    return [
        Listed(
            row, f"{reverse('cases:desk_case', args=[row.case.number])}?{query}",
            showing.applicant_name(row.application.applicant_kind, row.application.applicant_name),
            showing.step_name(row.case, row.step.key, row.step.kind) if row.step else "",
            showing.left_of_row(row, on=today(), calendar=calendars[row.case.shard]),
            mine=bool(row.step and row.step.claimed_by == str(officer.account_id)),
        )
        for row in found
    ]  # fmt: skip


def _services(rows: Iterable[QueueRow], wanted: Wanted) -> list[tuple[str, str]]:
    found = {row.case.service_code: row.case.service_name for row in rows}
    if wanted.service:
        found.setdefault(wanted.service, wanted.service)
    return sorted(found.items(), key=lambda pair: pair[1])


def _tabs(officer: Officer, current: str) -> list[dict[str, Any]]:
    titles = queue_titles()
    return [
        {"label": titles[name], "url": f"?queue={name}", "current": name == current, "count": _count(officer, name)}
        for name in queries.queues_of(officer)
    ]


def _count(officer: Officer, name: str) -> str:
    count = queries.queue_count(officer, name, on=today())
    return f"{queries.PAGE}+" if count > queries.PAGE else str(count)


def _chips(page: QueuePage) -> list[dict[str, str]]:
    """Return what the queue is narrowed to, each with the address without it."""
    chips = []
    for name, field in page.form.fields.items():
        value = page.form.initial.get(name)
        if value:
            words = dict(field.choices)  # type: ignore[attr-defined]
            kept = {key: page.form.initial[key] for key in NARROWED if key != name and page.form.initial.get(key)}
            label = f"{field.label}: {words.get(value, value)}"
            chips.append({"label": label, "remove_url": f"?{urlencode({'queue': page.name, **kept})}"})
    return chips


@dataclass(frozen=True)
class Done:
    """What became of one row of several."""

    number: str
    name: str
    words: str
    done: bool


@require_POST
def accept_many(request: HttpRequest) -> HttpResponse:
    """Accept several cases: first show what would happen, then do each as an act of its own and tell each result."""
    officer = people.officer_of(request, "cases.accept")
    chosen = [(number, _seen(request, number)) for number in request.POST.getlist("case")[:MOST_AT_ONCE]]
    context = desk_context(request, officer, "desk") | {"query": request.POST.get("query", "")[:200]}
    if "confirm" in request.POST:
        results = [_accept(officer, number, seen) for number, seen in chosen]
        return render(request, "cases/desk/accepted.html", context | {"results": results})
    files = [(queries.case_for_officer(officer, number), seen) for number, seen in chosen]
    rows = [
        (file.case, seen, showing.applicant_name(file.application.applicant_kind, file.application.applicant_name))
        for file, seen in files
        if file
    ]
    return render(request, "cases/desk/accept_many.html", context | {"rows": rows})


def _seen(request: HttpRequest, number: str) -> int:
    text = request.POST.get(f"seen-{number}", "")
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else 0


def _accept(officer: Officer, number: str, seen: int) -> Done:
    file = queries.case_for_officer(officer, number)
    if file is None or not {"cases.accept"} & file.standing.permissions:
        return Done(number, "", _("没有找到这个办件。"), done=False)
    case = file.case
    calendar = showing.calendars_of([case.shard])[case.shard]
    try:
        case = services.accept(
            case, organs=queries.organs_of(case), by=people.actor(officer), now=now(), calendar=calendar, seen=seen
        )
    except Refusal as refused:
        return Done(number, case.service_name, said(refused), done=False)
    return Done(number, case.service_name, _("已受理"), done=True)


def said(refused: Refusal) -> str:
    """Return a refusal in the reader's language."""
    return refusal.sentence(refused, language=get_language() or "zh-hans")


def keys(request: HttpRequest) -> HttpResponse:
    """Show every key of the desk; whoever does not want them turns them off here (WCAG 2.1.4)."""
    officer = people.officer_of(request, "cases.read")
    if request.method == "POST":
        answer = HttpResponseRedirect(reverse("cases:desk_keys"))
        state = "off" if request.POST.get("keys") == "off" else "on"
        answer.set_cookie(KEYS_COOKIE, state, max_age=A_YEAR, samesite="Lax", httponly=True, secure=request.is_secure())
        return answer
    acts = [act for act in [*rules.ACTS.values(), *rules.STEP_ACTS.values(), rules.ASK] if act.key]
    return render(request, "cases/desk/keys.html", desk_context(request, officer, "desk_keys") | {"acts": acts})
