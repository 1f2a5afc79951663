"""The page of components."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def components(request: HttpRequest) -> HttpResponse:
    """Show every component with its states."""
    return render(request, "design/components.html")
