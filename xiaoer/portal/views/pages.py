"""Pages that are the same for everybody: the hub of checks, and how this site works."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """Everything that anybody can check without trusting anybody's word."""
    return render(request, "portal/verify.html")


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """How to do things here, in plain words."""
    return render(request, "portal/help.html")


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """Whom to call and where to go."""
    return render(request, "portal/contact.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about whom, for how long, and who sees it."""
    return render(request, "portal/privacy.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """For whom this site works, what does not yet, and where to say so."""
    return render(request, "portal/accessibility.html")
