"""What every page needs: the site's name and the reader's choice of type size and theme."""

from django.conf import settings
from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, object]:
    """Return names for templates: site_name, type_size (standard|large), theme (system|light|dark), demo."""
    return {
        "site_name": settings.SITE_NAME,
        "type_size": "large" if request.COOKIES.get("type") == "large" else "standard",
        "theme": request.COOKIES.get("theme") if request.COOKIES.get("theme") in {"light", "dark"} else "system",
        "demo": settings.DEMO,
    }
