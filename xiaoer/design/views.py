"""The page of components, and the reader's choices of language, type size and theme (they work without JavaScript).

The choices need no token against forgery, so that a page for everybody holds nothing of one visitor and may be kept by
any cache: they change only how pages look, lead only to this site, and are refused when another site sends them.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from .sample import components_context, desk_context

CHOICES = {"type": ("standard", "large"), "theme": ("system", "light", "dark"), "language": dict(settings.LANGUAGES)}
COOKIES = {"language": settings.LANGUAGE_COOKIE_NAME}
A_YEAR = 365 * 24 * 3600


def components(request: HttpRequest) -> HttpResponse:
    """Show every component with its states."""
    return render(request, "design/components.html", components_context(request))


def desk(request: HttpRequest) -> HttpResponse:
    """Show the frame of a desk for officials."""
    return render(request, "design/desk.html", desk_context())


@csrf_exempt
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the choice of language, type size or theme in a cookie and go back to the page it was made on."""
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        return HttpResponseForbidden()
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        target = "/"
    response = HttpResponseRedirect(target)
    for name, values in CHOICES.items():
        if (value := request.POST.get(name, "")) in values:
            cookie = COOKIES.get(name, name)
            response.set_cookie(cookie, value, max_age=A_YEAR, samesite="Lax", secure=settings.HTTPS, httponly=True)
    return response
