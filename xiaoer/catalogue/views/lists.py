"""Find something by words, by life event, by organ."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from xiaoer.journal import edge

from .. import queries, rules
from ..templatetags.catalogue import say, word

SUGGESTED = 8


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """What was looked for, with its results; with nothing typed, where to look instead."""
    words = _found(request, 20)
    return render(request, "catalogue/find.html", {**words, "topics": _topics(words["region"])})


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """The results as a piece of a page, while typing."""
    return render(request, "catalogue/hits.html", _found(request, SUGGESTED))


def _found(request: HttpRequest, limit: int) -> dict[str, Any]:
    query = request.GET.get("q", "").replace("\0", "").strip()[:100]
    region = _region(request)
    hits = queries.search(query, at=edge.now(), region=region, limit=limit) if query else []
    return {"q": query, "region": region, "hits": [_hit(hit.version, hit.said) for hit in hits]}


def _region(request: HttpRequest) -> str:
    region = request.GET.get("region", "")
    return region if region.isascii() and region.isdigit() and len(region) == 12 else ""


def _after(request: HttpRequest) -> str:
    after = request.GET.get("after", "")
    return after if after.isascii() and after.isalnum() else ""


def _hit(version: Any, said: Any) -> dict[str, Any]:
    if isinstance(said, rules.BundleSnapshot):
        url = reverse("catalogue:bundle", kwargs={"region": said.region, "key": said.key})
        return {"said": said, "url": url, "organ": say(said, "lead_organ_name"), "bundle": True}
    return {"said": said, "url": _service_url(said), "organ": say(said, "organ_name"), "bundle": False}


def _service_url(said: rules.ServiceSnapshot) -> str:
    return reverse("catalogue:service", kwargs={"code": said.code})


@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """Everything that is offered, by page; bundles first."""
    region, after = _region(request), _after(request)
    now = edge.now()
    found = queries.services_offered(now, region=region, after=after, limit=queries.LISTED + 1)
    bundles = [] if after else queries.bundles_offered(now, region=region)
    rows = [_hit(one, queries.bundle_snapshot(one)) for one in bundles]
    rows += [_hit(one, queries.snapshot(one)) for one in found[: queries.LISTED]]
    older = f"?region={region}&after={found[queries.LISTED - 1].service.code}" if len(found) > queries.LISTED else ""
    return render(request, "catalogue/services.html", {"hits": rows, "older": older, "topics": _topics(region)})


@require_safe
def topic(request: HttpRequest, topic: str) -> HttpResponse:
    """What is offered around one life event."""
    if topic not in rules.TOPICS:
        raise Http404
    found = queries.on_topic(topic, at=edge.now(), region=_region(request))
    rows = [_hit(hit.version, hit.said) for hit in found]
    return render(request, "catalogue/listed.html", {"title": word(topic, "TOPICS"), "hits": rows})


@require_safe
def organ(request: HttpRequest, organ: str) -> HttpResponse:
    """What one organ offers."""
    found = queries.services_offered(edge.now(), organ=organ, after=_after(request), limit=200)
    if not found:
        raise Http404
    rows = [_hit(one, queries.snapshot(one)) for one in found]
    return render(request, "catalogue/listed.html", {"title": say(rows[0]["said"], "organ_name"), "hits": rows})


def _topics(region: str) -> list[dict[str, Any]]:
    """Life events under which something is offered, with how much."""
    counted = queries.topics_offered(region=region)
    return [
        {"url": reverse("catalogue:topic", kwargs={"topic": key}), "word": word(key, "TOPICS"), "count": counted[key]}
        for key in rules.TOPICS
        if counted[key]
    ]
