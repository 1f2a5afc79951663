"""My account: who I am, how I like to read, how I sign in."""

import time
from urllib.parse import urlencode

from allauth.account import views as account_views
from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from xiaoer.journal.edge import now, today
from xiaoer.kernel.refusal import Refusal
from xiaoer.network import queries as network

from .. import queries, rules, services
from ..forms import said, tell, tell_refused
from ..forms.mine import ContactForm, NewPasswordForm, PersonForm, PreferencesForm
from .form_page import form_page

CODE_HOLDS = 15 * 60
"""Seconds after signing in by code in which a forgotten password may be replaced."""


def me(request: HttpRequest) -> HttpResponse:
    """Show what the platform knows about the account, masked, and where to change it."""
    account = queries.account_of(request)
    person = queries.person_of(account)
    factors = set(Authenticator.objects.filter(user=account.id).values_list("type", flat=True))
    return render(
        request,
        "people/me.html",
        {
            "account": account,
            "person": queries.masked(person) if person else None,
            "county": network.region_name(person.shard) if person else "",
            "firms": queries.named(queries.firms_of(person, on=today())) if person else [],
            "posts": queries.posts_of(account.id, on=today()),
            "rooms": _rooms(queries.officer(account, on=today())),
            "has_totp": "totp" in factors,
            "has_passkey": "webauthn" in factors,
        },
    )


ROOMS = (
    (gettext_lazy("按证件找人、核验身份"), "people:find", ("people.verify",)),
    (gettext_lazy("工作人员"), "people:staff", ("people.staff", "people.staff_anywhere")),
    (gettext_lazy("行政区划"), "people:regions", ("network.organs",)),
    (gettext_lazy("开发区"), "people:zones", ("network.organs",)),
    (gettext_lazy("机关"), "people:organs", ("network.organs",)),
    (gettext_lazy("大厅与窗口"), "people:halls", ("network.organs", "network.halls")),
    (gettext_lazy("工作日历"), "people:calendars", ("network.calendars",)),
)
"""(label, view, permissions any of which opens it)."""


def _rooms(officer: rules.Officer) -> list[tuple[str | Promise, str]]:
    """Return (label, address) of what an officer may administer here; the door asks again, with the second factor."""
    return [(label, reverse(view)) for label, view, names in ROOMS if any(rules.may(officer, one) for one in names)]


def person(request: HttpRequest) -> HttpResponse:
    """Enter my details, or correct name and contact phone."""
    account = queries.account_of(request)
    found = queries.person_of(account)
    if found is not None and "county" in request.POST:  # entered meanwhile, on another device
        messages.info(request, said(Refusal("person_known")))
        return redirect("people:me")
    if found is not None:
        return _correct(request, found)
    form = PersonForm(request.POST or None, initial={"id_kind": "resident", "phone": account.phone.removeprefix("+86")})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            services.count("identity", who=account.id)  # whether a number is known is not for trying out
            services.register_person(
                account, name=told["name"], id_kind=told["id_kind"], id_number=told["id_number"], phone=told["phone"],
                shard=told["county"], by=queries.actor(account), now=now(),
            )  # fmt: skip
            messages.success(request, _("您的信息已登记。"))
            return redirect(_next(request) or "people:me")
        except Refusal as refused:
            tell(form, refused, at="id_number")
    return form_page(
        request, form, title=_("登记个人信息"), submit=_("登记"), back=reverse("people:me"),
        lead=_("办事要知道您是谁。证件号码加密保存，页面上只显示头尾几位；谁查看过完整号码都有记录。"),
    )  # fmt: skip


def _correct(request: HttpRequest, found: queries.Person) -> HttpResponse:
    account = queries.account_of(request)
    initial = {"name": found.name, "phone": found.phone.removeprefix("+86"), "seen": found.version}
    form = ContactForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_person(found, **form.cleaned_data, by=queries.actor(account), now=now())
            messages.success(request, _("已修改。"))
            return redirect(_next(request) or "people:me")
        except Refusal as refused:
            tell_refused(form, refused, row=found, fields=("name", "phone"))
    return form_page(
        request, form, title=_("修改个人信息"), submit=_("保存"), back=reverse("people:me"),
        lead=_("证件号码写错了，请带证件到任一窗口更正。"),
    )  # fmt: skip


def _next(request: HttpRequest) -> str:
    place = request.GET.get("next", "")
    return place if url_has_allowed_host_and_scheme(place, allowed_hosts={request.get_host()}) else ""


def preferences(request: HttpRequest) -> HttpResponse:
    """Choose language and type size, on this device and for the account."""
    account = queries.account_of(request)
    form = PreferencesForm(request.POST or None, initial={"language": account.language, "type_size": account.type_size})
    if request.method == "POST" and form.is_valid():
        services.prefer(account, **form.cleaned_data)
        answer = redirect("people:me")
        year = 365 * 24 * 3600
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, account.language, max_age=year, samesite="Lax")
        answer.set_cookie("type", account.type_size, max_age=year, samesite="Lax")
        return answer
    return form_page(request, form, title=_("语言和字号"), submit=_("保存"), back=reverse("people:me"))


def forgotten(request: HttpRequest) -> HttpResponse:
    """Say how to get in again without password, phone or second factor."""
    return render(request, "people/forgotten.html", {"code_next": reverse("people:new_password")})


def new_password(request: HttpRequest) -> HttpResponse:
    """Set a new password without the old one: soon after signing in by code, or in place of one given out."""
    account = queries.account_of(request)
    if not account.password_expired and not _signed_in_by_code(request):
        return redirect("account_change_password")
    form = NewPasswordForm(request.POST or None, account=account)
    if request.method == "POST" and form.is_valid():
        services.set_password(account, form.cleaned_data["password"])
        update_session_auth_hash(request, account)
        messages.success(request, _("新密码已生效。"))
        return redirect(_next(request) or "people:me")
    lead = _("您现在的密码是管理员发的，请换成只有您知道的。") if account.password_expired else ""
    return form_page(request, form, title=_("设置新密码"), submit=_("设置"), lead=lead)


def change_phone(request: HttpRequest) -> HttpResponseBase:
    """Change the phone number by which one signs in: whoever sits at an open session alone cannot take the account."""
    queries.proved_lately(request)
    answer: HttpResponseBase = account_views.change_phone(request)
    return answer


def sign_in_again(request: HttpRequest) -> HttpResponse:
    """Ask somebody who has neither password nor second factor to sign in by code once more."""
    queries.account_of(request)
    back = reverse("account_request_login_code")
    return render(
        request, "people/sign_in_again.html", {"next": f"{back}?{urlencode({'next': _next(request) or '/'})}"}
    )


@require_POST
def sign_out_others(request: HttpRequest) -> HttpResponse:
    """End every other session of the account."""
    services.end_sessions(queries.account_of(request).id, but=request.session.session_key)
    messages.success(request, _("别的设备都已退出登录。"))
    return redirect("people:me")


def _signed_in_by_code(request: HttpRequest) -> bool:
    records = get_authentication_records(request, queries.account_of(request))
    return any(record["method"] == "code" and time.time() - record["at"] < CODE_HOLDS for record in records)
