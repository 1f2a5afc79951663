"""Find something by words, by life event, by organ."""

import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from xiaoer.journal import edge
from xiaoer.network import queries as network

from .. import queries, rules
from ..templatetags.catalogue import say, word

SUGGESTED = 8
OFFER = re.compile(r"[0-9]{12}-[0-9a-f]{32}")


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """What was looked for, with its results; with nothing typed, where to look instead."""
    words = _found(request, 20)
    here = {"topics": _topics(words["region"]), "counties": network.counties()}
    return render(request, "catalogue/find.html", words | here)


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """The results as a piece of a page, while typing."""
    return render(request, "catalogue/hits.html", _found(request, SUGGESTED))


def _found(request: HttpRequest, limit: int) -> dict[str, Any]:
    query = request.GET.get("q", "").replace("\0", "").strip()[:100]
    region = _region(request)
    hits = queries.search(query, at=edge.now(), region=region, home=_home(request), limit=limit) if query else []
    return {"q": query, "region": region, "hits": _rows(hits, region), "is_exact": any(hit.is_exact for hit in hits)}


@require_safe
def offers(request: HttpRequest, name: UUID) -> HttpResponse:
    """Who offers what has this name: one's own place first, then all others by page."""
    region, after = _region(request), request.GET.get("after", "")
    after = after if OFFER.fullmatch(after) else ""
    found = queries.offers_of(name, at=edge.now(), region=region, home=_home(request), after=after)
    if not found.all:
        raise Http404
    own, others = ([_hit(hit.card) for hit in hits] for hits in (found.own, found.others))
    older = f"?region={region}&after={found.after}" if found.after else ""
    words = {"card": found.all[0].card, "own": own, "others": others, "older": older}
    return render(request, "catalogue/offers.html", words)


def _region(request: HttpRequest) -> str:
    region = request.GET.get("region", "")
    return region if region.isascii() and region.isdigit() and len(region) == 12 else ""


def _home(request: HttpRequest) -> str:
    """The county of who is signed in."""
    return str(getattr(request.user, "home", ""))


def _after(request: HttpRequest) -> str:
    after = request.GET.get("after", "")
    return after if after.isascii() and after.isalnum() else ""


def _rows(hits: Iterable[queries.Hit], region: str) -> list[dict[str, Any]]:
    """A row for each name: to the guide of the reader's own offer or of the only one, else to the choice of a place."""
    rows = []
    for hit in hits:
        row = _hit(hit.card)
        choice = reverse("catalogue:offers", kwargs={"name": hit.name}) + (f"?region={region}" if region else "")
        if hit.offers > 1:
            row |= {"others": hit.offers - 1, "choice": choice} if hit.is_near else {"many": hit.offers, "url": choice}
        rows.append(row)
    return rows


def _hit(card: rules.Card) -> dict[str, Any]:
    if card.key:
        url = reverse("catalogue:bundle", kwargs={"region": card.region, "key": card.key})
    else:
        url = reverse("catalogue:service", kwargs={"code": card.code})
    return {"card": card, "url": url}


@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """Everything that is offered, by page; bundles first."""
    region, after = _region(request), _after(request)
    now = edge.now()
    found = queries.services_offered(now, region=region, after=after, limit=queries.LISTED + 1)
    bundles = [] if after else queries.bundles_offered(now, region=region)
    rows = [_hit(rules.card(one.snapshot)) for one in [*bundles, *found[: queries.LISTED]]]
    older = f"?region={region}&after={found[queries.LISTED - 1].service.code}" if len(found) > queries.LISTED else ""
    return render(request, "catalogue/services.html", {"hits": rows, "older": older, "topics": _topics(region)})


@require_safe
def topic(request: HttpRequest, topic: str) -> HttpResponse:
    """What is offered around one life event."""
    if topic not in rules.TOPICS:
        raise Http404
    region = _region(request)
    found = queries.on_topic(topic, at=edge.now(), region=region, home=_home(request))
    return render(request, "catalogue/listed.html", {"title": word(topic, "TOPICS"), "hits": _rows(found, region)})


@require_safe
def organ(request: HttpRequest, organ: str) -> HttpResponse:
    """What one organ offers."""
    found = queries.services_offered(edge.now(), organ=organ, after=_after(request), limit=200)
    if not found:
        raise Http404
    rows = [_hit(rules.card(one.snapshot)) for one in found]
    return render(request, "catalogue/listed.html", {"title": say(rows[0]["card"], "organ_name"), "hits": rows})


def _topics(region: str) -> list[dict[str, Any]]:
    """Life events under which something is offered, with how much."""
    counted = queries.topics_offered(region=region)
    return [
        {"url": reverse("catalogue:topic", kwargs={"topic": key}), "word": word(key, "TOPICS"), "count": counted[key]}
        for key in rules.TOPICS
        if counted[key]
    ]
