"""What every page says of itself: nothing runs, shows or frames it that does not come from here."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class PolicyMiddleware:
    """Sends the platform's one Content Security Policy with every answer; no page has a wider one of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not (settings.DEBUG and response.status_code in {404, 500}):  # Django's pages of errors, while developing
            response["Content-Security-Policy"] = settings.CONTENT_SECURITY_POLICY
        return response
