"""Home pages, and the pages that say how this site works."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def home(request: HttpRequest) -> HttpResponse:
    """Ask what the visitor wants to do."""
    return render(request, "portal/home.html")


def help_page(request: HttpRequest) -> HttpResponse:
    """How to do things here, in plain words."""
    return render(request, "portal/help.html")


def contact(request: HttpRequest) -> HttpResponse:
    """Whom to call and where to go."""
    return render(request, "portal/contact.html")


def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about whom, for how long, and who sees it."""
    return render(request, "portal/privacy.html")


def accessibility(request: HttpRequest) -> HttpResponse:
    """For whom this site works, what does not yet, and where to say so."""
    return render(request, "portal/accessibility.html")
