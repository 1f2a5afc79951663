"""What the doors of queries.py answer at the edge: the page where what lacks can be had, or 401 and 403 for the API.

And what nobody types but attackers send: the character NUL, which PostgreSQL does not take in any text. Forms refuse it
at their fields; here it is kept out of addresses and cookies.
"""

from collections.abc import Callable
from urllib.parse import urlencode

from allauth.core.exceptions import RateLimited
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from .queries import PasswordExpired, PersonNeeded, SecondFactorNeeded, SignInNeeded
from .sessions import FreshProofNeeded

NUL = "\x00"
AGAIN = {"factor": "mfa_reauthenticate", "password": "account_reauthenticate", "code": "people:sign_in_again"}


class CookieMiddleware:
    """Forgets cookies with NUL (a quoted value may hold it as \\000): none of ours has one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        for name in [name for name, value in request.COOKIES.items() if NUL in value]:
            del request.COOKIES[name]
        return self.get_response(request)


class DoorMiddleware:
    """Turns what the doors raise into answers, and too many tries into a plain page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        api = request.path.startswith("/api/")  # what is asked there is typed and refused with 422
        if NUL in request.path or ("%00" in request.META.get("QUERY_STRING", "") and not api):
            raise Http404
        response = self.get_response(request)
        if "Cache-Control" not in response and getattr(request, "_cached_user", None) and request.user.is_authenticated:
            response["Cache-Control"] = "private, no-store"  # what one person sees is kept nowhere
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the answer to one of the doors' exceptions, None for any other."""
        if isinstance(exception, SignInNeeded):
            view, status = "account_login", 401
        elif isinstance(exception, SecondFactorNeeded):
            view, status = "mfa_reauthenticate" if exception.enrolled else "mfa_activate_totp", 403
        elif isinstance(exception, PersonNeeded):
            view, status = "people:person", 403
        elif isinstance(exception, PasswordExpired):
            view, status = "people:new_password", 403
        elif isinstance(exception, FreshProofNeeded):
            view, status = AGAIN[exception.how], 403
        elif isinstance(exception, RateLimited):
            return render(request, "429.html", status=429)
        else:
            return None
        if request.path.startswith("/api/"):
            return JsonResponse({"detail": type(exception).__name__}, status=status)
        back = request.get_full_path() if request.method == "GET" else "/"
        return HttpResponseRedirect(f"{reverse(view)}?{urlencode({'next': back})}")
