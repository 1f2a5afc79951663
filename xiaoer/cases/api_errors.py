"""What the API of cases says when it says no: one shape for every 4xx, and who may ask at all."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError
from ninja.security.session import SessionAuth
from ninja.utils import check_csrf

from xiaoer.kernel.refusal import Refusal, sentence
from xiaoer.people.queries import PersonNeeded, SecondFactorNeeded, SignInNeeded

STALE, CONFLICT, WRONG, OFTEN = 412, 409, 422, 429
SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})  # RFC 9110, 9.2.1
FIRST_CAME = frozenset({"not_now", "step_taken", "step_over", "step_not_in_hand", "delivered_already", "decision_waits",
                        "sole_reviewer", "fee_unpaid", "bill_paid", "bill_void", "bill_not_paid", "refund_by_hand",
                        "refund_refused", "payment_nowhere", "payment_unavailable", "question_closed",
                        "question_too_late", "questions_many", "hearing_told_already", "hearing_asked_already",
                        "hearing_over", "hearing_not_asked", "hearing_not_set", "hearing_not_told", "hearing_not_yet",
                        "hearing_may_be_asked", "hearing_comes_first", "hearing_asked_late"})  # fmt: skip
"""Refusals that are about how things stand, not about what was sent."""
DOORS: dict[type[Exception], tuple[int, str]] = {
    SignInNeeded: (401, "sign_in_needed"), SecondFactorNeeded: (403, "second_factor_needed"),
    PersonNeeded: (403, "person_needed"), Http404: (404, "not_found"),
}  # fmt: skip


class Error(Schema):
    """code: stable, for programs; message: for people, in their language; fields: what is wrong where."""

    code: str
    message: str
    fields: dict[str, str] = {}


ERRORS = {status: Error for status in (400, 401, 403, 404, CONFLICT, STALE, 413, WRONG, 428, OFTEN)}
READING = {status: Error for status in (401, 403, 404, WRONG)}


class Problem(Exception):
    """An answer that says no."""

    def __init__(self, status: int, code: str, message: str, fields: dict[str, str] | None = None) -> None:
        super().__init__(code)
        self.status = status
        self.error = Error(code=code, message=message, fields=fields or {})


def words(code: str) -> str:
    """Return what a closed door says."""
    return {
        "sign_in_needed": _("请先登录。"),
        "second_factor_needed": _("请先完成第二步验证。"),
        "person_needed": _("请先填写个人信息。"),
        "not_found": _("没有找到，或者不归您看。"),
        "unreadable": _("读不懂这个请求，请按接口说明的格式重发。"),
        "csrf": _("请求没有带上防伪令牌，请刷新后重试。"),
        "if_match_needed": _("请在 If-Match 里写上您看到的版本（ETag）。"),
        "too_large": _("请求的内容太大。"),
        "broken": _("系统出了问题，已记录下来。请稍后再试。"),
    }[code]


def said(code: str) -> dict[str, Any]:
    """Return a plain no in the one shape."""
    return Error(code=code, message=words(code)).dict()


def of_refusal(refused: Refusal) -> Problem:
    """Return a rule's no as an answer: 412 for another version, 409 when somebody was first, 429 for too
    many tries, 422 for what was sent."""
    status = {"stale": STALE, "too_often": OFTEN}.get(refused.key, CONFLICT if refused.key in FIRST_CAME else WRONG)
    return Problem(status, refused.key, sentence(refused, language=get_language() or "zh-hans"))


def told(view: Callable[..., Any]) -> Callable[..., Any]:
    """Turn what doors and rules raise into the one shape."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return view(request, *args, **kwargs)
        except Refusal as refused:
            raise of_refusal(refused) from refused
        except tuple(DOORS) as closed:
            status, code = next(found for kind, found in DOORS.items() if isinstance(closed, kind))
            raise Problem(status, code, words(code)) from closed

    return inner


class Session(SessionAuth):
    """The session of the browser, with the token against forged requests on everything that writes."""

    def __call__(self, request: HttpRequest) -> Any:
        if request.method not in SAFE and check_csrf(request):
            raise Problem(403, "csrf", words("csrf"))
        found = self.authenticate(request, request.COOKIES.get(self.param_name))
        if found is None:
            raise Problem(401, "sign_in_needed", words("sign_in_needed"))
        return found


def install(api: NinjaAPI) -> None:
    """Let an API answer in this shape; what it said of badly formed questions before stays beside it."""
    api.add_exception_handler(Problem, _problem(api))
    api.add_exception_handler(ValidationError, _invalid(api))
    api.add_exception_handler(HttpError, _unreadable(api))


def _problem(api: NinjaAPI) -> Callable[[HttpRequest, Any], HttpResponse]:
    def answer(request: HttpRequest, problem: Problem) -> HttpResponse:
        return api.create_response(request, problem.error.dict(), status=problem.status)

    return answer


def _unreadable(api: NinjaAPI) -> Callable[[HttpRequest, Any], HttpResponse]:
    def answer(request: HttpRequest, fault: HttpError) -> HttpResponse:
        large = isinstance(fault.__cause__, RequestDataTooBig)
        status, code = (413, "too_large") if large else (fault.status_code, "unreadable")
        return api.create_response(request, {**said(code), "detail": str(fault)}, status=status)

    return answer


def _invalid(api: NinjaAPI) -> Callable[[HttpRequest, Any], HttpResponse]:
    def answer(request: HttpRequest, fault: ValidationError) -> HttpResponse:
        fields = {str(one["loc"][-1]): str(one["msg"]) for one in fault.errors}
        told = {"code": "invalid", "message": _("有的内容不对，请看每一项的说明。"), "fields": fields}
        return api.create_response(request, {**told, "detail": fault.errors}, status=WRONG)

    return answer
