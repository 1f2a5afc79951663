"""What the web process and the worker write down, one line each: for machines (XIAOER_LOG=json) or for eyes (text).

No line holds a personal value: a request is told by its route, never by its address (an address may hold a token or a
code), an account by its id, a fault by its kind and place, never by its message (a database puts values into it).
What people did stands in the journal; here stands who signed in and what the machine answered.
"""

import logging
import re
import time
import traceback
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import structlog
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest, HttpResponse

log = structlog.stdlib.get_logger("xiaoer.request")
GIVEN = re.compile(r"[A-Za-z0-9-]{8,64}")


def without_values(logger: Any, name: str, event: dict[str, Any]) -> dict[str, Any]:
    """Take away what may be personal: the arguments of Django's sentences, the message and values of a fault."""
    record = event.get("_record")
    if record is not None and record.name.startswith(("django", "allauth")):
        event["event"] = str(record.msg)
    fault = event.pop("exc_info", None)
    if isinstance(fault, tuple) and fault[0]:
        event["fault"] = fault[0].__name__
        frames = traceback.extract_tb(fault[2])[-8:]
        event["at"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return event


SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def formatter(form: str) -> logging.Formatter:
    """Return the formatter of a form, json or text."""
    rendered: dict[str, Any] = {
        "json": structlog.processors.JSONRenderer(ensure_ascii=False),
        "text": structlog.dev.ConsoleRenderer(colors=False),
    }
    last = [without_values, structlog.stdlib.ProcessorFormatter.remove_processors_meta, rendered[form]]
    return structlog.stdlib.ProcessorFormatter(foreign_pre_chain=SHARED, processors=last)


structlog.configure(
    processors=[structlog.stdlib.filter_by_level, *SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
)


class RequestLog:
    """One line for every request, under an id that every other line of it carries and the answer names."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        given = request.headers.get("X-Request-ID", "") if settings.ALLAUTH_TRUSTED_PROXY_COUNT else ""
        identity = given if GIVEN.fullmatch(given) else uuid4().hex
        with structlog.contextvars.bound_contextvars(request_id=identity):
            response = self.get_response(request)
            match = request.resolver_match
            log.info(
                "request", method=request.method, route=match.view_name if match else "", status=response.status_code,
                ms=round((time.perf_counter() - began) * 1000), account=_account(request),
            )  # fmt: skip
        response["X-Request-ID"] = identity
        return response


def _account(request: HttpRequest) -> str:
    """Return the id of who is signed in, when the request has asked for it anyway."""
    known = getattr(request, "_cached_user", None)
    return str(known.pk or "") if known is not None else ""


def _signed_in(sender: Any, user: Any, **rest: Any) -> None:
    log.info("signed in", account=str(user.pk))


def _signed_out(sender: Any, user: Any, **rest: Any) -> None:
    log.info("signed out", account=str(user.pk) if user else "")


def _failed(sender: Any, **rest: Any) -> None:
    log.warning("sign-in failed")


user_logged_in.connect(_signed_in, dispatch_uid="log.signed_in")
user_logged_out.connect(_signed_out, dispatch_uid="log.signed_out")
user_login_failed.connect(_failed, dispatch_uid="log.failed")
