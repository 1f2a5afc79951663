"""Home pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def home(request: HttpRequest) -> HttpResponse:
    """Ask what the visitor wants to do."""
    return render(request, "portal/home.html")
