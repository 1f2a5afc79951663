"""Halls and windows: opened, changed, closed and opened again by who manages them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xiaoer.journal.edge import now
from xiaoer.kernel.refusal import Refusal
from xiaoer.network import queries as network
from xiaoer.network import services as network_services

from .. import queries, rules
from ..forms import said, tell, tell_refused
from ..forms.network import CloseForm, HallForm, WindowForm
from .form_page import form_page


def _hall_organs(request: HttpRequest) -> tuple[rules.Officer, list[network.Organ]]:
    """Return who manages halls, and the organs whose halls those are; 404 for anybody else."""
    officer = queries.officer_of(request)
    regions = [post.region_code for post in rules.posts_with(officer, "network.organs")]
    own = {post.organ_id for post in rules.posts_with(officer, "network.halls")}
    if not regions and not own:
        raise Http404
    found = {**network.organs(own), **{one.id: one for code in regions for one in network.organs_in(code, deep=True)}}
    return officer, list(found.values())


def halls(request: HttpRequest) -> HttpResponse:
    """List the halls I manage, with their windows."""
    _officer, organs = _hall_organs(request)
    found = network.halls_of({one.id for one in organs})
    return render(request, "people/halls.html", {"halls": found, "organs": organs})


def hall_new(request: HttpRequest, organ_id: UUID) -> HttpResponse:
    """Open a hall that an organ runs."""
    officer, organs = _hall_organs(request)
    organ = next((one for one in organs if one.id == organ_id), None)
    if organ is None:
        raise Http404
    form = HallForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = {key: value for key, value in form.cleaned_data.items() if key != "seen"}
        try:
            network_services.create_hall(
                **told, organ=organ, region_code=organ.region_code, by=queries.actor(officer), now=now()
            )
            messages.success(request, _("大厅已开设。"))
            return redirect("people:halls")
        except Refusal as refused:
            tell(form, refused)
    return form_page(
        request,
        form,
        title=_("为%(name)s开设大厅") % {"name": organ.name},
        submit=_("开设"),
        back=reverse("people:halls"),
    )


def _hall(request: HttpRequest, identity: UUID) -> tuple[rules.Officer, network.Hall]:
    officer, organs = _hall_organs(request)
    found = network.hall(identity)
    if found is None or found.organ_id not in {one.id for one in organs}:
        raise Http404
    return officer, found


def hall(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Change a hall."""
    officer, found = _hall(request, identity)
    fields = ("name", "address", "phone", "hours", "directions")
    initial = {name: getattr(found, name) for name in fields}
    form = HallForm(request.POST or None, initial={**initial, "seen": found.version})
    if request.method == "POST" and form.is_valid():
        try:
            network_services.change_hall(found, **form.cleaned_data, by=queries.actor(officer), now=now())
            messages.success(request, _("已修改。"))
            return redirect("people:halls")
        except Refusal as refused:
            tell_refused(form, refused, row=found, fields=fields)
    return form_page(request, form, title=found.name, submit=_("保存"), back=reverse("people:halls"))


def hall_close(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Close a hall, for a while or for good."""
    officer, found = _hall(request, identity)
    form = CloseForm(request.POST or None, initial={"seen": found.version})
    if request.method == "POST" and form.is_valid():
        try:
            network_services.close_hall(found, **form.cleaned_data, by=queries.actor(officer), now=now())
            messages.success(request, _("大厅已关闭，公众页面上会写明原因。"))
            return redirect("people:halls")
        except Refusal as refused:
            tell_refused(form, refused, row=found)
    return form_page(
        request, form, title=_("关闭%(name)s") % {"name": found.name}, submit=_("关闭大厅"),
        back=reverse("people:halls"), lead=_("暂停或者不再开放。窗口和历史记录都保留，以后可以恢复。"),
    )  # fmt: skip


@require_POST
def hall_reopen(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Open a closed hall again."""
    officer, found = _hall(request, identity)
    try:
        network_services.reopen_hall(found, by=queries.actor(officer), now=now())
        messages.success(request, _("大厅已恢复开放。"))
    except Refusal as refused:
        messages.error(request, said(refused))
    return redirect("people:halls")


def window_new(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Open a window in a hall."""
    officer, found = _hall(request, identity)
    form = WindowForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told: dict[str, Any] = form.cleaned_data
        try:
            network_services.open_window(
                found, number=told["number"], name=told["name"], classes=told["classes"], by=queries.actor(officer),
                now=now(),
            )  # fmt: skip
            messages.success(request, _("窗口已开设。"))
            return redirect("people:halls")
        except Refusal as refused:
            tell(form, refused, at="number")
    return form_page(
        request,
        form,
        title=_("在%(hall)s开设窗口") % {"hall": found.name},
        submit=_("开设"),
        back=reverse("people:halls"),
    )


def window(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Change, close or reopen a window."""
    found = network.window(identity)
    if found is None:
        queries.officer_of(request)
        raise Http404
    officer, _hall_found = _hall(request, found.hall_id)
    initial = {
        "number": found.number, "name": found.name, "classes": " ".join(found.classes), "closed": found.closed,
        "seen": found.version,
    }  # fmt: skip
    form = WindowForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            network_services.change_window(found, **form.cleaned_data, by=queries.actor(officer), now=now())
            messages.success(request, _("已修改。"))
            return redirect("people:halls")
        except Refusal as refused:
            fields = ("number", "name", "classes", "closed")
            tell_refused(form, refused, row=found, fields=fields, at="number" if refused.key == "window_twice" else "")
    return form_page(request, form, title=str(found), submit=_("保存"), back=reverse("people:halls"))
