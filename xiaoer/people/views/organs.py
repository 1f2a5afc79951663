"""Organs: set up, changed, closed and merged by operators of their region."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xiaoer.journal.edge import now, today
from xiaoer.kernel.refusal import Refusal
from xiaoer.network import queries as network
from xiaoer.network import services as network_services

from .. import queries, rules
from ..forms import tell, tell_refused
from ..forms.network import CloseOrganForm, NewOrganForm, OrganForm, UncodedOrganForm
from .form_page import form_page


def _places(officer: rules.Officer) -> list[str]:
    return [post.region_code for post in rules.posts_with(officer, "network.organs")]


def _organs(officer: rules.Officer) -> list[network.Organ]:
    """Return the organs in force of the operator's regions."""
    return list({one.id: one for code in _places(officer) for one in network.organs_in(code, deep=True)}.values())


def organs(request: HttpRequest) -> HttpResponse:
    """List the organs of the operator's regions."""
    officer = queries.officer_of(request, "network.organs")
    found = _organs(officer)
    places = {code: network.region_name(code) for code in {one.region_code for one in found}}
    return render(request, "people/organs.html", {"rows": [(one, places[one.region_code]) for one in found]})


def organ_new(request: HttpRequest) -> HttpResponse:
    """Set up an organ in the operator's region."""
    officer = queries.officer_of(request, "network.organs")
    regions = network.named_below(_places(officer))
    form = NewOrganForm(request.POST or None, initial={"valid_from": today()}, regions=regions)
    if request.method == "POST" and form.is_valid():
        told = {key: value for key, value in form.cleaned_data.items() if key != "seen"}
        try:
            made = network_services.create_organ(**told, by=queries.actor(officer), now=now())
            messages.success(request, _("已设立%(name)s。") % {"name": made.name})
            return redirect("people:organs")
        except Refusal as refused:
            tell(form, refused, at="uscc" if refused.key == "organ_twice" else "")
    return form_page(request, form, title=_("设立机关"), submit=_("设立"), back=reverse("people:organs"))


def _organ(officer: rules.Officer, identity: UUID) -> network.Organ:
    """Return an organ of the operator's region, closed ones too; 404 for any other."""
    found = network.organ(identity)
    if found is None or not rules.may(officer, "network.organs", region=found.region_code):
        raise Http404
    return found


def organ(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Show an organ with what it holds, and change how it is called, reached and described."""
    officer = queries.officer_of(request, "network.organs")
    found = _organ(officer, identity)
    fields = ("name", "short_name", "phone", "address", "contact", "duties")
    initial = {**{name: getattr(found, name) for name in fields}, "seen": found.version}
    form = (OrganForm if found.uscc else UncodedOrganForm)(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            network_services.change_organ(found, **form.cleaned_data, by=queries.actor(officer), now=now())
            messages.success(request, _("已修改。"))
            return redirect("people:organs")
        except Refusal as refused:
            at = "uscc" if refused.key == "organ_twice" else ""
            tell_refused(form, refused, row=found, fields=fields, at=at)
    return render(
        request,
        "people/organ.html",
        {"form": form, "organ": found, "held": _held(found), "successor": found.successor},
        status=422 if form.errors else 200,
    )


def _held(organ: network.Organ) -> list[tuple[str, int]]:
    """Return (what, how many) of what an organ holds, in the reader's language."""
    english = (get_language() or "").startswith("en")
    return [(one.en if english else one.zh, count) for one, count in network_services.held_by(organ)]


def organ_close(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Close an organ, or merge it into another: what it holds is shown and passes to its successor."""
    officer = queries.officer_of(request, "network.organs")
    queries.proved_lately(request, factor=True)
    found = _organ(officer, identity)
    heirs = [one for one in _organs(officer) if not one.path.startswith(found.path)]
    form = CloseOrganForm(request.POST or None, initial={"on": today(), "seen": found.version}, heirs=heirs)
    if request.method == "POST" and form.is_valid():
        told = {name: value for name, value in form.cleaned_data.items() if name != "sure"}
        try:
            network_services.close_organ(found, **told, by=queries.actor(officer), now=now())
            messages.success(request, _("已撤销%(name)s。") % {"name": found.name})
            return redirect("people:organ", found.id)
        except Refusal as refused:
            at = "on" if refused.key in {"organ_early", "organ_period"} else "successor"
            tell_refused(form, refused, row=found, at="" if refused.key == "stale" else at)
    return render(
        request, "people/organ_close.html", {"form": form, "organ": found, "held": _held(found)},
        status=422 if form.errors else 200,
    )  # fmt: skip
