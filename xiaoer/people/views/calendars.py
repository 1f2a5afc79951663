"""Working calendars: published notices for everybody, publishing with a preview for operators."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xiaoer.journal.edge import now
from xiaoer.kernel import canonical
from xiaoer.kernel.refusal import Refusal
from xiaoer.network import queries as network
from xiaoer.network import rules as network_rules
from xiaoer.network import services as network_services

from .. import queries, rules
from ..forms import tell
from ..forms.calendar import CalendarForm


def calendars(request: HttpRequest) -> HttpResponse:
    """List every published notice, newest first: the public may see what days are counted by."""
    return render(
        request,
        "people/calendars.html",
        {"notices": network.notices()[:200], "may_publish": queries.may_now(request, "network.calendars")},
    )


def calendar(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Show one notice: its days, and the digests of the calendars it made."""
    found = network.notice(identity)
    if found is None:
        raise Http404
    return render(request, "people/calendar.html", {"notice": found, "festivals": network_rules.festivals(found.days)})


def calendar_new(request: HttpRequest) -> HttpResponse:
    """Publish a notice: first see what changes, then publish."""
    officer = queries.officer_of(request, "network.calendars")
    queries.proved_lately(request, factor=True)  # a calendar moves every open date
    reach = [post.region_code for post in rules.posts_with(officer, "network.calendars")]
    form = CalendarForm(request.POST or None, regions=network.named_below(reach))
    changes: list[network_rules.ChangedDay] | None = None
    mark = ""
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            mark = _mark(told)
            if request.POST.get("publish") == mark:
                made = network_services.publish_calendar(**told, by=queries.actor(officer), now=now())
                messages.success(request, _("已公布%(notice)s。") % {"notice": made.notice})
                return redirect("people:calendar", made.id)
            changes = _preview(told)
        except Refusal as refused:
            tell(form, refused, at="notice" if refused.key == "notice_twice" else "days")
    return render(
        request,
        "people/calendar_new.html",
        {"form": form, "changes": changes, "mark": mark},
        status=422 if form.errors else 200,
    )


def _mark(told: dict[str, Any]) -> str:
    """Return a digest of what was previewed: only that can be published."""
    return canonical.sha256(told)


def _preview(told: dict[str, Any]) -> list[network_rules.ChangedDay]:
    if told["region_code"]:
        network.region(told["region_code"])
    return network.changed_days(network_rules.CalendarNoticeState(place=network.next_place(), **told))
