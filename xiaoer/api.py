"""The API under /api/, described at /api/openapi.json: each app brings a router, they are joined here."""

from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views import defaults
from ninja import NinjaAPI

from xiaoer.cases import api_bills, api_errors, api_hearing, api_steps, api_talk
from xiaoer.cases.api_desk import router as desk
from xiaoer.cases.api_mine import router as applications
from xiaoer.catalogue.api import router as catalogue
from xiaoer.licences.api import router as licences
from xiaoer.oversight.api import router as journal

api = NinjaAPI(title="Xiaoer 小二", version="1", docs_url=None)
api.add_router("", applications)
api.add_router("/desk", desk)
api.add_router("/desk", api_steps.router)
api.add_router("", licences)
api.add_router("/journal", journal)
api.add_router("/catalogue", catalogue)
api.add_router("/desk", api_bills.desk)
api.add_router("", api_bills.mine)
api.add_router("/desk", api_hearing.desk)
api.add_router("", api_hearing.mine)
api.add_router("/desk", api_talk.desk)
api.add_router("", api_talk.mine)
api_errors.install(api)


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer for what is too large or has too many fields, and for what only attackers send."""
    large = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    status = 413 if large else 400
    if request.path.startswith("/api/"):
        code = "too_large" if large else "unreadable"
        return JsonResponse({**api_errors.said(code), "detail": "Bad Request"}, status=status)
    return render(request, "400.html", {"large": large}, status=status)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer for an address that nothing has: a program gets JSON, people get the page."""
    if request.path.startswith("/api/"):
        return JsonResponse({**api_errors.said("not_found"), "detail": "Not Found"}, status=404)
    return defaults.page_not_found(request, exception)


def broken(request: HttpRequest, *args: Any) -> HttpResponse:
    """Answer when the platform itself fails; nothing of why is told."""
    if request.path.startswith("/api/"):
        return JsonResponse({**api_errors.said("broken"), "detail": "Server Error"}, status=500)
    return defaults.server_error(request)
