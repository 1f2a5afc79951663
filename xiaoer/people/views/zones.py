"""Zones (开发区): territories outside the codes of regions; for operators of the region they lie in."""

from typing import Any

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
from ..forms import pairs, tell, tell_refused
from ..forms.network import EndZoneForm, NewZoneForm, ZoneForm
from .form_page import form_page

MAY = "network.organs"


def zones(request: HttpRequest) -> HttpResponse:
    """List the zones in the operator's regions."""
    officer = queries.officer_of(request, MAY)
    places = {post.region_code for post in rules.posts_with(officer, MAY)}
    found = {one.code: one for code in places for one in network.zones_in(code)}
    kinds = dict(pairs(network_rules.ZONE_KINDS))
    rows = [(one, kinds[one.kind]) for _code, one in sorted(found.items())]
    return render(request, "people/zones.html", {"rows": rows})


def zone_new(request: HttpRequest) -> HttpResponse:
    """Enter a zone."""
    officer = queries.officer_of(request, MAY)
    form = NewZoneForm(request.POST or None, initial={"valid_from": today()})
    if request.method == "POST" and form.is_valid():
        told = _told(form)
        if not rules.may(officer, MAY, region=told["host_code"]):
            form.add_error("host_code", _("这个地区不归您管。"))
        else:
            try:
                network_services.create_zone(**told, by=queries.actor(officer), now=now())
                messages.success(request, _("已登记%(name)s。") % {"name": told["name"]})
                return redirect("people:zones")
            except Refusal as refused:
                tell(form, refused, at="host_code" if refused.key == "region_unknown" else "code")
    return form_page(request, form, title=_("登记开发区"), submit=_("登记"), back=reverse("people:zones"))


def _told(form: ZoneForm) -> dict[str, Any]:
    """Return what a form says as the acts want it."""
    told = {name: value for name, value in form.cleaned_data.items() if name not in {"seen", "organ"}}
    organ = form.cleaned_data["organ"]
    return {**told, "organ_id": organ.id if organ else None}


def _zone(request: HttpRequest, code: str) -> tuple[rules.Officer, network.Zone]:
    officer = queries.officer_of(request, MAY)
    found = network.zone_by_code(code)
    if found is None or not rules.may(officer, MAY, region=found.host_code):
        raise Http404
    return officer, found


def zone(request: HttpRequest, code: str) -> HttpResponse:
    """Change a zone."""
    officer, found = _zone(request, code)
    fields = ("name", "kind", "territory")
    initial = {name: getattr(found, name) for name in fields}
    organ = found.organ.uscc if found.organ else ""
    form = ZoneForm(request.POST or None, initial={**initial, "organ": organ, "seen": found.version})
    if request.method == "POST" and form.is_valid():
        try:
            network_services.change_zone(
                found,
                **_told(form),
                valid_to=None,
                seen=form.cleaned_data["seen"],
                by=queries.actor(officer),
                now=now(),
            )
            messages.success(request, _("已修改。"))
            return redirect("people:zones")
        except Refusal as refused:
            tell_refused(form, refused, row=found, fields=fields)
    return form_page(
        request, form, title=found.name, submit=_("保存"), back=reverse("people:zone_end", args=[code]),
        back_words=_("撤销这个开发区"),
    )  # fmt: skip


def zone_end(request: HttpRequest, code: str) -> HttpResponse:
    """End a zone on a day."""
    officer, found = _zone(request, code)
    form = EndZoneForm(request.POST or None, initial={"on": today(), "seen": found.version})
    if request.method == "POST" and form.is_valid():
        try:
            network_services.change_zone(
                found, name=found.name, kind=found.kind, organ_id=found.organ_id, territory=found.territory,
                valid_to=form.cleaned_data["on"], seen=form.cleaned_data["seen"], by=queries.actor(officer), now=now(),
            )  # fmt: skip
            messages.success(request, _("已撤销%(name)s。") % {"name": found.name})
            return redirect("people:zones")
        except Refusal as refused:
            tell_refused(form, refused, row=found, at="on")
    return form_page(
        request, form, title=_("撤销%(name)s") % {"name": found.name}, submit=_("撤销"), back=reverse("people:zones")
    )
