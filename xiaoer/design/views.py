"""The page of components, and the reader's choices of type size and theme (they work without JavaScript)."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from .sample import components_context, desk_context

CHOICES = {"type": ("standard", "large"), "theme": ("system", "light", "dark")}
A_YEAR = 365 * 24 * 3600


def components(request: HttpRequest) -> HttpResponse:
    """Show every component with its states."""
    return render(request, "design/components.html", components_context(request))


def desk(request: HttpRequest) -> HttpResponse:
    """Show the frame of a desk for officials."""
    return render(request, "design/desk.html", desk_context())


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the choice of type size or theme in a cookie and go back to the page it was made on."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        target = "/"
    response = HttpResponseRedirect(target)
    for name, values in CHOICES.items():
        if (value := request.POST.get(name)) in values:
            response.set_cookie(name, value, max_age=A_YEAR, samesite="Lax", secure=settings.HTTPS, httponly=True)
    return response
