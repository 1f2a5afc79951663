"""Organs, halls and windows: seen by everybody, changed by who may."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from xiaoer.journal.edge import now, today
from xiaoer.kernel.refusal import Refusal
from xiaoer.network import queries as network
from xiaoer.network import rules as network_rules
from xiaoer.network import services as network_services

from .. import queries, rules
from ..forms import tell
from ..forms.network import HallForm, NewOrganForm, OrganForm, WindowForm
from .form_page import form_page


def _regions(officer: rules.Officer, permission: str) -> list[str]:
    return [post.region_code for post in rules.posts_with(officer, permission)]


def organs(request: HttpRequest) -> HttpResponse:
    """List the organs of the operator's region, with their halls."""
    officer = queries.officer_of(request, "network.organs")
    found = {one.id: one for code in _regions(officer, "network.organs") for one in network.organs_in(code, deep=True)}
    return render(request, "people/organs.html", {"organs": list(found.values()), "kinds": network_rules.ORGAN_KINDS})


def organ_new(request: HttpRequest) -> HttpResponse:
    """Set up an organ in the operator's region."""
    officer = queries.officer_of(request, "network.organs")
    form = NewOrganForm(request.POST or None, initial={"valid_from": today()})
    if request.method == "POST" and form.is_valid():
        told = {key: value for key, value in form.cleaned_data.items() if key != "seen"}
        if not rules.may(officer, "network.organs", region=told["region_code"]):
            form.add_error("region_code", _("这个地区不归您管。"))
        else:
            try:
                made = network_services.create_organ(**told, by=queries.actor(officer), now=now())
                messages.success(request, _("已设立%(name)s。") % {"name": made.name})
                return redirect("people:organs")
            except Refusal as refused:
                tell(form, refused, at="uscc" if refused.key == "organ_twice" else "")
    return form_page(request, form, title=_("设立机关"), submit=_("设立"), back=reverse("people:organs"))


def organ(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Change an organ."""
    officer = queries.officer_of(request, "network.organs")
    found = network.organ(identity)
    if found is None or not rules.may(officer, "network.organs", region=found.region_code):
        raise Http404
    fields = ("name", "short_name", "phone", "address", "contact")
    initial = {**{name: getattr(found, name) for name in fields}, "seen": found.version}
    form = OrganForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            network_services.change_organ(found, **form.cleaned_data, by=queries.actor(officer), now=now())
            messages.success(request, _("已修改。"))
            return redirect("people:organs")
        except Refusal as refused:
            tell(form, refused)
    return form_page(request, form, title=found.name, submit=_("保存"), back=reverse("people:organs"))


def _hall_organs(request: HttpRequest) -> tuple[rules.Officer, list[network.Organ]]:
    """Return who manages halls, and the organs whose halls those are; 404 for anybody else."""
    officer = queries.officer_of(request)
    regions = _regions(officer, "network.organs")
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
    initial = {name: getattr(found, name) for name in ("name", "address", "phone", "hours")}
    form = HallForm(request.POST or None, initial={**initial, "seen": found.version})
    if request.method == "POST" and form.is_valid():
        try:
            network_services.change_hall(found, **form.cleaned_data, by=queries.actor(officer), now=now())
            messages.success(request, _("已修改。"))
            return redirect("people:halls")
        except Refusal as refused:
            tell(form, refused)
    return form_page(request, form, title=found.name, submit=_("保存"), back=reverse("people:halls"))


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
            tell(form, refused, at="number" if refused.key == "window_twice" else "")
    return form_page(request, form, title=str(found), submit=_("保存"), back=reverse("people:halls"))
