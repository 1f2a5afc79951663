"""综合受理: what a clerk does for somebody who stands at the window."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from xiaoer.people import queries as people

from .desk import desk_context


@require_safe
def window(request: HttpRequest) -> HttpResponse:
    """Show what the window can receive."""
    officer = people.officer_of(request, "cases.receive")
    return render(request, "cases/desk/window.html", desk_context(request, officer, "desk_window"))
