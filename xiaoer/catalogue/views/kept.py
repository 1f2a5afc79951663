"""Guide pages for who is not signed in: whole, packed, the same for everybody, so that any cache may keep them.

A page is kept by its address and how it is shown (language, type size, theme). Every two seconds one visitor's request
asks the database whether the version in force is still the same; all others are answered from memory. The ETag is the
digest of the page itself, so nothing that changes a page (a version, the site's name, a release) is ever missed.
"""

import gzip
import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language

SURE_SECONDS = 2
KEPT_SECONDS = 60
SHARED_SECONDS = 10
FOR_ALL = f"public, max-age=0, s-maxage={SHARED_SECONDS}, must-revalidate"
VARIES = "Accept-Encoding, Accept-Language, Cookie"
PERSONAL = (settings.SESSION_COOKIE_NAME, "messages")
"""Cookies with which a page may hold something of one visitor."""


@dataclass(frozen=True)
class Page:
    """A page as it is sent. digest: of the snapshots in it; packed: gzip."""

    digest: str
    etag: str
    packed: bytes


def is_personal(request: HttpRequest) -> bool:
    """Whether the page may hold something of this visitor alone."""
    return any(name in request.COOKIES for name in PERSONAL)


def place(request: HttpRequest) -> str:
    """Where in memory the page of this address, shown as this reader wishes, is kept."""
    cookies = request.COOKIES
    type_size, theme = cookies.get("type") == "large", cookies.get("theme")
    look = theme if theme in ("light", "dark") else ""
    said = f"{request.get_host()} {request.get_full_path()} {get_language()} {type_size} {look}"
    return "page:" + hashlib.sha256(said.encode()).hexdigest()


def sure(kept_at: str) -> Page | None:
    """The page, when it was checked less than SURE_SECONDS ago."""
    found: Page | None = caches["local"].get(f"sure-{kept_at}")
    return found


def shown(kept_at: str, digest: str, render: Callable[[], bytes], *, keep: bool) -> Page:
    """The page of these snapshots, from memory or made anew. keep: whether its address deserves a place."""
    local = caches["local"]
    page: Page | None = local.get(kept_at)
    if page is None or page.digest != digest:
        body = render()
        packed = gzip.compress(body, mtime=0)
        page = Page(digest, f'W/"{hashlib.sha256(body).hexdigest()[:32]}"', packed)
        if keep:
            local.set(kept_at, page, KEPT_SECONDS)
    if keep:
        local.set(f"sure-{kept_at}", page, SURE_SECONDS)
    return page


def answer(request: HttpRequest, page: Page) -> HttpResponse:
    """The page, or word that the visitor's own copy is still right."""
    response = get_conditional_response(request, etag=page.etag)
    if response is None:
        response = _whole(request, page)
    response["ETag"] = page.etag
    response["Cache-Control"] = FOR_ALL
    response["Vary"] = VARIES
    return response


def _whole(request: HttpRequest, page: Page) -> HttpResponse:
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        return HttpResponse(page.packed, headers={"Content-Encoding": "gzip"})
    return HttpResponse(gzip.decompress(page.packed))
