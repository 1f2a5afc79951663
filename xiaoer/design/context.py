"""What every page needs: the site's name, the reader's choice of type size and theme, and where one can go."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# (label, view, namespaces whose pages belong under this entry). Apps not built yet have no view: no dead link appears.
NAV: tuple[tuple[str | Promise, str, frozenset[str]], ...] = (
    (_("办事"), "portal:home", frozenset({"portal", "catalogue"})),
    (_("我的办件"), "cases:mine", frozenset({"cases"})),
    (_("预约"), "halls:book", frozenset({"halls"})),
    (_("证照"), "licences:mine", frozenset({"licences"})),
    ("12345", "hotline:home", frozenset({"hotline"})),
    (_("可核查"), "portal:verify", frozenset({"verify"})),
)
FOOTER: tuple[tuple[str | Promise, str, frozenset[str]], ...] = (
    (_("帮助"), "portal:help", frozenset()),
    (_("联系我们"), "portal:contact", frozenset()),
    (_("个人信息怎么用"), "portal:privacy", frozenset()),
    (_("无障碍说明"), "portal:accessibility", frozenset()),
)


def page(request: HttpRequest) -> dict[str, object]:
    """Return the names every template may use: type_size is standard or large, theme system, light or dark."""
    match = request.resolver_match
    namespace = match.namespace if match else ""
    # A page with an entry of its own stands under it, not under that of its namespace.
    own = {view for _label, view, _spaces in NAV} & {match.view_name if match else ""}
    here = own.pop() if own else namespace
    return {
        "type_size": "large" if request.COOKIES.get("type") == "large" else "standard",
        "theme": request.COOKIES.get("theme") if request.COOKIES.get("theme") in {"light", "dark"} else "system",
        "demo": settings.DEMO,
        "nav": links(NAV, here),
        "footer_links": links(FOOTER, here),
    }


def links(
    entries: tuple[tuple[str | Promise, str, frozenset[str]], ...], here: str
) -> list[dict[str, str | Promise | bool]]:
    """Return {label, url, current} for every entry whose view exists. here: the view or the namespace of the page."""
    found: list[dict[str, str | Promise | bool]] = []
    for label, view, namespaces in entries:
        try:
            found.append({"label": label, "url": reverse(view), "current": here == view or here in namespaces})
        except NoReverseMatch:
            continue
    return found
