"""Home: a visitor is asked what he wants, a person sees what is due from him first, an officer goes to his desk."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xiaoer.design.templatetags.design import day
from xiaoer.journal import edge
from xiaoer.people import queries as people
from xiaoer.people.rules import Officer

from .. import queries, rules


@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Ask what the visitor wants to do; show a person what is due from him first. Officers go to their desk."""
    on, signed_in = edge.today(), request.user.is_authenticated
    officer = people.officer(people.account_of(request), on=on) if signed_in else None
    if officer and officer.posts and "me" not in request.GET and (desk := _desk(officer)):
        return redirect(desk)
    applicant = people.applicant(people.account_of(request), on=on) if signed_in else None
    page: dict[str, Any] = {"life_events": _life_events()}
    if applicant:
        request.applicant = applicant  # type: ignore[attr-defined]
        found = queries.home(applicant, on=on, language=get_language() or "")
        page |= {
            "due": [due_card(one) for one in found.due], "running": [running_card(one) for one in found.running],
            "unfinished": [vars(one) | {"url": link("cases:draft", draft=one.id)} for one in found.unfinished],
        }  # fmt: skip
    return render(request, "portal/home.html", page)


def _desk(officer: Officer) -> str:
    """Return the address at which an officer begins; empty while it is not built."""
    for view in rules.desks_of({post.role for post in officer.posts}):
        if address := link(view):
            return address
    return ""


def link(view: str, **kwargs: object) -> str:
    """Return the address of a page of a later step; empty where it does not exist."""
    try:
        return reverse(view, kwargs=kwargs)
    except NoReverseMatch:
        return ""


def _life_events() -> list[dict[str, object]]:
    found = queries.life_events(region=queries.site().region, at=edge.now(), language=get_language() or "")
    return [
        {"name": one.name, "services": one.services, "url": link("catalogue:bundle", region=one.region, key=one.key)}
        for one in found
    ]


def due_card(due: queries.Due) -> dict[str, object]:
    """Return what waits for the applicant in words, with what he can do about it."""
    if due.kind == "rating":
        text = _("办得怎么样？可以评到 %(until)s。") % {"until": day(due.on)}
        act = {"url": link("evaluation:rate", token=due.key), "words": _("评价这次服务")}
    elif due.kind == "question":
        text = _("%(organ)s有一个问题想问您，不影响办理期限。") % {"organ": due.organ}
        act = {"url": link("cases:application", number=due.key), "words": _("去回答")}
    else:
        words = ngettext(
            "%(organ)s要您补 %(count)s 项，最晚 %(until)s交。",
            "%(organ)s要您补 %(count)s 项，最晚 %(until)s交。",
            due.count,
        )
        text = words % {"organ": due.organ, "count": due.count, "until": day(due.on)}
        act = {"url": link("cases:supplement", number=due.key), "words": _("看要补什么")}
    return {"title": due.name, "text": text, "acts": [act] if act["url"] else []}


def running_card(one: queries.Running) -> dict[str, object]:
    """Return an application on its way in words: how much is done, who has the rest, until when."""
    parts = []
    if one.total > 1:
        parts.append(_("%(total)s 件里 %(done)s 件办好") % {"total": one.total, "done": one.done})
    if one.holders:
        parts.append(_("现在由%(organs)s办") % {"organs": _("、").join(one.holders)})
    if not one.of and one.state == "waiting":
        parts.append(_("五个工作日内答复是否受理"))
    if one.last_on:
        parts.append(_("最晚 %(day)s决定") % {"day": day(one.last_on)})
    return {
        "url": link("cases:application", number=one.number), "title": one.title, "text": " · ".join(parts),
        "left": one.left, "of": one.of, "state": one.state, "words": _bar_words(one),
    }  # fmt: skip


def _bar_words(one: queries.Running) -> str:
    if one.left is None or one.left < 0:
        return ""
    words = _("%(name)s：%(of)s 个工作日用了 %(used)s 个")
    return words % {"name": one.slowest, "of": one.of, "used": one.of - one.left}
