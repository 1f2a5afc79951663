"""The guide of a service and of a bundle, and the questions that make it the guide of one's own matter."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache as cache_forever
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xiaoer.journal import edge

from .. import queries, rules
from ..forms import QuestionForm
from ..models import BundleVersion, ServiceVersion
from ..templatetags.catalogue import say
from . import kept, sheets
from .asked import ASKED, as_query, as_typed, facts_in, hidden, question_asked
from .words import bundle_words, guide_words

KEPT_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Guide:
    """What a guide page is made of. digest: of all snapshots in it; url, ask_url, start_url (or ""): addresses."""

    offer: rules.Offer
    version: ServiceVersion | BundleVersion
    before: rules.Snapshot | None
    digest: str
    url: str
    ask_url: str
    start_url: str
    template: str

    @property
    def pdf_url(self) -> str:
        return f"{self.url}print.pdf"


@require_safe
def service(request: HttpRequest, code: str) -> HttpResponse:
    """The guide of one service."""
    return _page(request, lambda: _service_guide(code, edge.now()))


@require_safe
def service_question(request: HttpRequest, code: str) -> HttpResponse:
    """One question about one's matter; when all is settled, on to the guide."""
    return _question(request, _service_guide(code, edge.now()))


@require_safe
def bundle(request: HttpRequest, region: str, key: str) -> HttpResponse:
    """The guide of a bundle."""
    return _page(request, lambda: _bundle_guide(region, key, edge.now()))


@require_safe
def bundle_question(request: HttpRequest, region: str, key: str) -> HttpResponse:
    """One question about one's matter; when all is settled, on to the guide."""
    return _question(request, _bundle_guide(region, key, edge.now()))


@require_safe
def service_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The guide of one service on paper."""
    return sheets.answer(request, _service_guide(code, edge.now()))


@require_safe
def bundle_pdf(request: HttpRequest, region: str, key: str) -> HttpResponse:
    """The guide of a bundle on paper."""
    return sheets.answer(request, _bundle_guide(region, key, edge.now()))


def _service_guide(code: str, now: datetime) -> Guide:
    version = queries.service_in_force(code, now)
    if version is None:
        raise Http404
    return Guide(
        offer=queries.service_offer(version), version=version, before=queries.before(version), digest=version.digest,
        url=reverse("catalogue:service", kwargs={"code": code}),
        ask_url=reverse("catalogue:service_question", kwargs={"code": code}),
        start_url=_start_url(key=code), template="catalogue/service_guide.html",
    )  # fmt: skip


def _bundle_guide(region: str, key: str, now: datetime) -> Guide:
    offered = queries.bundle_offer(key, region, now)
    if offered is None:
        raise Http404
    place = {"region": region, "key": key}
    return Guide(
        offer=offered.offer, version=offered.version, before=queries.before(offered.version), digest=offered.digest,
        url=reverse("catalogue:bundle", kwargs=place), ask_url=reverse("catalogue:bundle_question", kwargs=place),
        start_url=_start_url(**place), template="catalogue/bundle_guide.html",
    )  # fmt: skip


def _start_url(**place: str) -> str:
    """Where one applies; "" while nothing can be applied for here."""
    try:
        return reverse("cases:start", kwargs=place)
    except NoReverseMatch:
        return ""


def _page(request: HttpRequest, find: Callable[[], Guide]) -> HttpResponse:
    """The guide's page: for who is signed in made for them, for all others from memory."""
    if kept.is_personal(request):
        return _personal(request, find())
    place = kept.place(request)
    page = kept.sure(place)
    if page is None:
        guide = find()
        facts = facts_in(guide.offer, request.GET)
        keep = request.get_full_path() == guide.url + as_query(facts)
        page = kept.shown(place, guide.digest, lambda: _rendered(request, guide, facts).content, keep=keep)
    return kept.answer(request, page)


def _personal(request: HttpRequest, guide: Guide) -> HttpResponse:
    facts = facts_in(guide.offer, request.GET)
    etag = _etag(request, guide, facts)
    fresh = None if len(get_messages(request)) else get_conditional_response(request, etag=etag)
    response = fresh or _rendered(request, guide, facts)
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["Cookie", "Accept-Language"])
    return response


def _rendered(request: HttpRequest, guide: Guide, facts: dict[str, Any]) -> HttpResponse:
    words = {"said": guide.offer.main, "guide": _body(guide, facts), "crumbs": _crumbs(guide)}
    return render(request, "catalogue/guide.html", words)


@cache_forever
def _release() -> str:
    """Changes with every change of a template or of the English: pages kept from before it are not shown again."""
    parts = Path(__file__).parents[2]
    kept = [*parts.glob("*/templates/**/*.html"), *parts.glob("*/locale/*/LC_MESSAGES/django.mo")]
    return str(max(path.stat().st_mtime_ns for path in kept))


def _etag(request: HttpRequest, guide: Guide, facts: dict[str, Any]) -> str:
    """Of what the page shows: the snapshots, the answers, the reader's language, type, theme and identity."""
    parts = [_release(), guide.digest, as_query(facts), get_language() or "", guide.start_url]
    parts += [request.COOKIES.get(name, "") for name in ("type", "theme", settings.SESSION_COOKIE_NAME)]
    return f'"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:32]}"'


def _body(guide: Guide, facts: dict[str, Any]) -> SafeString:
    """The guide itself, the same for everybody with these answers: kept by its digest, which no change can outlive."""
    place = f"{_release()} {guide.digest} {get_language()} {guide.start_url} {as_query(facts)}"
    key = f"guide:{hashlib.sha256(place.encode()).hexdigest()}"
    local = caches["local"]
    found: str | None = local.get(key)
    if found is None:
        words: Callable[..., dict[str, Any]] = bundle_words if guide.offer.bundle else guide_words
        found = render_to_string(guide.template, {"guide": guide, **words(guide, facts)})
        local.set(key, found, KEPT_SECONDS)
    return mark_safe(found)  # noqa: S308 - rendered by our own template above


def _crumbs(guide: Guide) -> list[dict[str, Any]]:
    return [{"label": _("全部事项"), "url": reverse("catalogue:services")}, {"label": say(guide.offer.main)}]


def _question(request: HttpRequest, guide: Guide) -> HttpResponse:
    facts = facts_in(guide.offer, request.GET)
    field = question_asked(guide.offer, request, facts)
    if field is None:
        return HttpResponseRedirect(guide.url + as_query(facts))
    answered = request.GET.get(ASKED) == field.key
    initial = {field.key: as_typed(facts[field.key])} if field.key in facts else {}
    form = QuestionForm(field, request.GET if answered else None, initial=initial)
    guiding = rules.guiding_fields(guide.offer)
    words = {
        "guide": guide, "said": guide.offer.main, "form": form, "asked": ASKED, "hidden": hidden(facts, field.key),
        "field": field, "done": len([one for one in guiding if one.key in facts and one.key != field.key]),
        "back_url": guide.url + as_query(facts),
    }  # fmt: skip
    return render(request, "catalogue/question.html", words)
