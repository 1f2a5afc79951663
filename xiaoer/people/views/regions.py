"""Regions: the tree of five levels, one region with its history, files of the national format; for operators."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xiaoer.journal import queries as journal
from xiaoer.journal.edge import now, today
from xiaoer.kernel import canonical
from xiaoer.kernel.refusal import Refusal
from xiaoer.network import queries as network
from xiaoer.network import rules as network_rules
from xiaoer.network import services as network_services

from .. import queries, rules
from ..forms import tell, tell_refused
from ..forms.regions import EndRegionForm, RegionFileForm, RegionForm, RenameForm
from .form_page import form_page

MAY = "network.organs"
SHOWN = 100
"""How many hits, faults or changes one page shows."""


def _places(officer: rules.Officer) -> list[str]:
    return [post.region_code for post in rules.posts_with(officer, MAY)]


def regions(request: HttpRequest) -> HttpResponse:
    """Show where the operator's regions stand in the tree, or what a search finds in them."""
    officer = queries.officer_of(request, MAY)
    places, text = _places(officer), request.GET.get("q", "").strip()[:60]
    page: dict[str, Any] = {"q": text}
    if text:
        page["found"] = network.regions_found(text, within=places, limit=SHOWN)
    else:
        page["tree"] = [(one, list(network.children(one.code))) for one in network.regions_in_force(places)]
    return render(request, "people/regions.html", page)


def _region(request: HttpRequest, code: str) -> tuple[rules.Officer, network.Region]:
    """Return the latest period of a code to an operator of its region; 404 for anybody else and anything unknown."""
    officer = queries.officer_of(request, MAY)
    found = network.periods(code)
    if not found or not rules.may(officer, MAY, region=code):
        raise Http404
    return officer, found[0]


def region(request: HttpRequest, code: str) -> HttpResponse:
    """Show one region: where it stands, since when, what came before and after it, what lies and stands in it."""
    _officer, found = _region(request, code)
    english = (get_language() or "").startswith("en")
    above = network.regions_in_force(network_rules.ancestors(code))
    held = [(en if english else zh, count) for zh, en, count in network.held_by_region(code)]
    return render(
        request,
        "people/region.html",
        {
            "region": found,
            "crumbs": [{"label": one.name, "url": reverse("people:region", args=[one.code])} for one in above],
            "children": network.children(code),
            "earlier": network.periods(code)[1:],
            "predecessors": network.predecessors(code),
            "successor": network.regions_in_force([found.successor] if found.successor else []),
            "history": _history(found),
            "held": held,
        },
    )


def _history(region: network.Region) -> list[dict[str, Any]]:
    """Return what happened to a region, newest first, as the timeline shows it."""
    entries = journal.entries(shard=region.shard, subject=region.id)
    names = queries.names_of(entry.actor for entry in entries)
    language = get_language() or ""
    return [
        {"on": entry.at, "sentence": journal.told(entry, language=language), "detail": names.get(entry.actor, "")}
        for entry in reversed(entries)
    ]


def region_new(request: HttpRequest) -> HttpResponse:
    """Enter one region below another."""
    officer = queries.officer_of(request, MAY)
    above = request.GET.get("parent", "")[:12]
    form = RegionForm(request.POST or None, initial={"parent_code": above, "valid_from": today()})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        if not rules.may(officer, MAY, region=told["code"]):
            form.add_error("code", _("这个地区不归您管。"))
        else:
            try:
                made = network_services.add_region(**told, by=queries.actor(officer), now=now())
                messages.success(request, _("已登记%(name)s。") % {"name": made.name})
                return redirect("people:region", made.code)
            except Refusal as refused:
                tell(form, refused, at="code")
    return form_page(request, form, title=_("登记区划"), submit=_("登记"), back=reverse("people:regions"))


def region_rename(request: HttpRequest, code: str) -> HttpResponse:
    """Give a region its new name."""
    officer, found = _region(request, code)
    form = RenameForm(request.POST or None, initial={"name": found.name, "seen": found.version})
    if request.method == "POST" and form.is_valid():
        try:
            network_services.rename_region(found, **form.cleaned_data, by=queries.actor(officer), now=now())
            messages.success(request, _("已更名。"))
            return redirect("people:region", code)
        except Refusal as refused:
            at = "name" if refused.key == "region_name_same" else ""
            tell_refused(form, refused, row=found, fields=("name",), at=at)
    return form_page(
        request, form, title=_("%(name)s更名") % {"name": found.name}, submit=_("更名"),
        back=reverse("people:region", args=[code]),
    )  # fmt: skip


def region_end(request: HttpRequest, code: str) -> HttpResponse:
    """End a region by merging it into another."""
    officer, found = _region(request, code)
    form = EndRegionForm(request.POST or None, initial={"on": today(), "seen": found.version})
    if request.method == "POST" and form.is_valid():
        try:
            network_services.end_region(found, **form.cleaned_data, by=queries.actor(officer), now=now())
            messages.success(request, _("已登记撤销。"))
            return redirect("people:region", code)
        except Refusal as refused:
            field = {"region_period": "on", "region_successor": "successor", "region_unknown": "successor"}
            tell_refused(form, refused, row=found, at=field.get(refused.key, ""))
    return form_page(
        request, form, title=_("撤销%(name)s") % {"name": found.name}, submit=_("撤销区划"),
        back=reverse("people:region", args=[code]), lead=_("旧办件和旧文书上的名称不变；新业务用承接的区划。"),
    )  # fmt: skip


def regions_import(request: HttpRequest) -> HttpResponse:
    """Import a file of the national format: first see what is wrong or would change, then import just that."""
    officer = queries.officer_of(request, MAY)
    posted = request.method == "POST"
    form = RegionFileForm(request.POST, request.FILES) if posted else RegionFileForm(initial={"valid_from": today()})
    page: dict[str, Any] = {"form": form, "shown": SHOWN}
    if posted and form.is_valid():
        told = form.cleaned_data
        page |= _preview(officer, form)
        if not page["faults"] and request.POST.get("import") == page["mark"]:
            try:
                count = network_services.import_regions(
                    told["rows"], valid_from=told["valid_from"], by=queries.actor(officer), now=now()
                )
                messages.success(request, _("已导入，新增或更名%(count)s个区划。") % {"count": count})
                return redirect("people:regions")
            except Refusal as refused:
                tell(form, refused)
    return render(request, "people/regions_import.html", page, status=422 if form.errors or page.get("faults") else 200)


def _preview(officer: rules.Officer, form: RegionFileForm) -> dict[str, Any]:
    """Return the faults of a file line by line, or what it would change; mark: the digest of just that."""
    told = form.cleaned_data
    rows: list[network_rules.RegionRow] = told["rows"]
    place = max(_places(officer), key=lambda code: -network_rules.level_of(code))
    named = {code for row in rows for code in (row.code, row.parent_code)}
    standing = {one.code: one for one in [*network.descendants(place), *network.regions_in_force(named)]}
    faults = network_services.region_faults(
        rows, {code: one.level for code, one in standing.items()}, told["valid_from"]
    )
    foreign = [row for row in rows if not rules.may(officer, MAY, region=row.code) and _new(row, standing)]
    faults += [network_rules.Fault(row.line, *_NOT_YOURS) for row in foreign]
    faults.sort(key=lambda fault: fault.line)
    english = (get_language() or "").startswith("en")
    return {
        "text": told["text"],
        "faults": [(fault.line, fault.en if english else fault.zh) for fault in faults],
        "changes": form.changes({code: one.name for code, one in standing.items()}, within=place),
        "mark": canonical.sha256({"text": told["text"], "from": told["valid_from"].isoformat()}),
    }  # fmt: skip


_NOT_YOURS = ("这个地区不归您管", "this region is not yours to change")  # bilingual


def _new(row: network_rules.RegionRow, standing: dict[str, network.Region]) -> bool:
    """Whether a row would change anything: a file may name the regions above one's own as they are."""
    return row.code not in standing or standing[row.code].name != row.name
