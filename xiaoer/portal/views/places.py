"""Where to go and whom to call: the halls and the organs of a county, from what their own people keep up to date."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xiaoer.journal import edge
from xiaoer.network import queries as network
from xiaoer.network.rules import ORGAN_KINDS

from .. import queries


@require_safe
def halls(request: HttpRequest) -> HttpResponse:
    """List the halls of a county: where, when, today until when, which windows."""
    page = _place(request)
    found = queries.halls(page["region"], now=edge.now())
    rows = [{"hall": one.hall, "windows": one.windows, "today": _today(one), "open_now": one.open_now} for one in found]
    return render(request, "portal/halls.html", {**page, "rows": rows})


def _today(one: queries.HallToday) -> str:
    """Return the line that says whether one can go today; empty where the hours are not plain."""
    if one.hall.closed or one.spans is None:
        return ""
    if not one.spans:
        return _("今天不开放")
    times = _("、").join(f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in one.spans)
    return _("今天开放 %(times)s") % {"times": times}


@require_safe
def organs(request: HttpRequest) -> HttpResponse:
    """List the organs of a county: what each is for and how it is reached; a search narrows by name or duty."""
    page = _place(request)
    text = request.GET.get("q", "").strip()[:60]
    place = 1 if (get_language() or "").startswith("en") else 0
    found = queries.organs(page["region"], text=text)
    rows = [{"organ": one.organ, "kind": ORGAN_KINDS[one.organ.kind][place], "offers": one.offers} for one in found]
    return render(request, "portal/organs.html", {**page, "rows": rows, "q": text})


def _place(request: HttpRequest) -> dict[str, Any]:
    """Return the counties to choose from and the one that is meant: asked for, the person's own, or the platform's.

    404 for a region that is none of them.
    """
    counties = network.counties()
    known = {code for code, _name in counties}
    asked = request.GET.get("region", "")
    if asked and asked not in known:
        raise Http404
    own = getattr(request.user, "home", "")
    region = next((code for code in (asked, own, queries.site().region) if code in known), "")
    return {"counties": counties, "region": region, "name": dict(counties).get(region, "")}
