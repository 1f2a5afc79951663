"""Whose platform this is, for every page."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from . import queries

TEXTS = ("name", "address", "help")


def site(request: HttpRequest) -> dict[str, object]:
    """Return {site_name, site: {name, address, help, phone}} in the reader's language; read only when it is shown."""
    return {
        "site_name": SimpleLazyObject(lambda: _texts()["name"]),
        "site": SimpleLazyObject(_texts),
    }  # fmt: skip


def _texts() -> dict[str, str]:
    found, language = queries.site(), get_language() or ""
    return {"phone": found.phone} | {name: found.text(name, language=language) for name in TEXTS}
