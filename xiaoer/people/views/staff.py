"""Staff of organs: who holds which post, new staff, lost passwords and second factors."""

import secrets
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xiaoer.journal.edge import now, today
from xiaoer.kernel.refusal import Refusal

from .. import queries, rules, services
from ..forms import said, tell, tell_refused
from ..forms.mine import ReasonForm
from ..forms.staff import EndForm, OfficerForm, PostForm
from ..models import Account, Post
from .form_page import form_page

PAGE = 50


def administrator_of(request: HttpRequest, *, acting: bool = True) -> rules.Officer:
    """Return who administers staff, of an organ or of a region; 404 for anybody else.

    acting: power is given or taken, for which the second factor must have been used lately.
    """
    officer = queries.officer_of(request)
    if not (rules.may(officer, "people.staff") or rules.may(officer, "people.staff_anywhere")):
        raise Http404
    if acting:
        queries.proved_lately(request, factor=True)
    return officer


def staff(request: HttpRequest) -> HttpResponse:
    """List the posts I manage, and the resets that wait for a second administrator."""
    officer = administrator_of(request, acting=False)
    after = request.GET.get("after", "")
    words = request.GET.get("q", "").strip()[:60]
    rows = queries.staff_for(officer, on=today(), words=words, after=_uuid(after), limit=PAGE + 1)
    more = rows[PAGE - 1].post.id if len(rows) > PAGE else None
    return render(
        request,
        "people/staff.html",
        {
            "rows": rows[:PAGE],
            "q": words,
            "older_url": "?" + urlencode({"q": words, "after": more}) if more else "",
            "newer_url": "?" + urlencode({"q": words}) if after else "",
            "resets": queries.resets_for(officer),
            "me": str(officer.account_id),
            "roles": rules.ROLES,
        },
    )


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Http404 from None


def staff_new(request: HttpRequest) -> HttpResponse:
    """Make an account for somebody new, with a first post and a first password that is shown once."""
    officer = administrator_of(request)
    form = OfficerForm(request.POST or None, initial={"valid_from": today()}, **_choices(officer))
    if request.method == "POST" and form.is_valid():
        password = secrets.token_urlsafe(12)
        try:
            with transaction.atomic():
                account = services.create_officer(
                    username=form.cleaned_data["username"], name=form.cleaned_data["name"], password=password
                )
                _assign(officer, account, form)
            return render(request, "people/first_password.html", {"account": account, "password": password})
        except Refusal as refused:
            tell(form, refused, at={"username_twice": "username", "period": "valid_to"}.get(refused.key, ""))
    return form_page(
        request, form, title=_("新增工作人员"), submit=_("新增"), back=reverse("people:staff"),
        lead=_("系统会生成初始密码，只显示一次；本人第一次登录时必须修改，并设置第二步验证。"),
    )  # fmt: skip


def _choices(officer: rules.Officer) -> dict[str, Any]:
    return {"roles": rules.grantable(officer), "organs": queries.manageable_organs(officer, on=today())}


def _assign(officer: rules.Officer, account: Account, form: forms.Form) -> Post:
    told = form.cleaned_data
    organ = next(one for one in queries.manageable_organs(officer, on=today()) if str(one.id) == told["organ"])
    return services.assign_post(
        account, role=told["role"], organ=organ, services=told["services"], valid_from=told["valid_from"],
        valid_to=told["valid_to"], by=queries.actor(officer), now=now(),
    )  # fmt: skip


def _post(request: HttpRequest, identity: UUID, *, acting: bool = True) -> tuple[rules.Officer, Post]:
    officer = administrator_of(request, acting=acting)
    found = queries.post_for(officer, identity)
    if found is None:
        raise Http404
    return officer, found


def post(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Show one of the staff: all posts, and what can be done."""
    officer, found = _post(request, identity, acting=False)
    return render(
        request,
        "people/post.html",
        {
            "post": found,
            "role": rules.ROLES[found.role],
            "posts": queries.posts_of(found.account_id, on=today()),
            "roles": rules.ROLES,
            "myself": found.account_id == officer.account_id,
        },
    )


def post_add(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Give somebody who has a post another one."""
    officer, found = _post(request, identity)
    form = PostForm(
        request.POST or None, initial={"valid_from": today(), "organ": str(found.organ_id)}, **_choices(officer)
    )
    if request.method == "POST" and form.is_valid():
        try:
            _assign(officer, found.account, form)
            messages.success(request, _("岗位已设置。"))
            return redirect("people:post", found.id)
        except Refusal as refused:
            tell(form, refused, at="valid_to" if refused.key == "period" else "")
    return form_page(
        request, form, title=_("给%(name)s加一个岗位") % {"name": found.account}, submit=_("设置岗位"),
        back=reverse("people:post", args=[found.id]),
    )  # fmt: skip


def post_end(request: HttpRequest, identity: UUID) -> HttpResponse:
    """End a post on a day."""
    officer, found = _post(request, identity)
    form = EndForm(request.POST or None, initial={"on": today(), "seen": found.version})
    if request.method == "POST" and form.is_valid():
        told: dict[str, Any] = form.cleaned_data
        on: date = told["on"]
        try:
            services.end_post(
                found, on=on, reason=told["reason"], seen=told["seen"], by=queries.actor(officer), now=now()
            )
            messages.success(request, _("岗位已结束。"))
            return redirect("people:staff")
        except Refusal as refused:
            tell_refused(form, refused, row=found)
    return form_page(
        request, form, title=_("结束%(name)s的岗位") % {"name": found.account}, submit=_("结束岗位"),
        back=reverse("people:post", args=[found.id]),
    )  # fmt: skip


def password_issue(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Give somebody who forgot it a new first password, shown once."""
    officer, found = _post(request, identity)
    form = ReasonForm(request.POST or None, initial={"seen": found.version})
    if request.method == "POST" and form.is_valid():
        password = secrets.token_urlsafe(12)
        try:
            services.issue_password(found, password=password, **form.cleaned_data, by=queries.actor(officer), now=now())
            return render(request, "people/first_password.html", {"account": found.account, "password": password})
        except Refusal as refused:
            tell_refused(form, refused, row=found)
    return form_page(
        request, form, title=_("给%(name)s重发初始密码") % {"name": found.account}, submit=_("重发"),
        back=reverse("people:post", args=[found.id]), lead=_("请先当面或打电话确认是本人。"),
    )  # fmt: skip


def reset_ask(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Ask that a lost second factor be reset; another administrator decides."""
    officer, found = _post(request, identity)
    form = ReasonForm(request.POST or None, initial={"seen": found.version})
    if request.method == "POST" and form.is_valid():
        try:
            services.ask_reset(found, **form.cleaned_data, by=queries.actor(officer), now=now())
            messages.success(request, _("已提出申请。请另一位管理员在人员页面审定。"))
            return redirect("people:staff")
        except Refusal as refused:
            tell_refused(form, refused, row=found)
    return form_page(
        request, form, title=_("申请重置%(name)s的第二步验证") % {"name": found.account}, submit=_("提出申请"),
        back=reverse("people:post", args=[found.id]),
        lead=_("重置要两个人：您提出申请，另一位管理员审定。请先确认是本人丢失。"),
    )  # fmt: skip


@require_POST
def reset_decide(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Do or refuse a reset that somebody else asked for."""
    officer = administrator_of(request)
    found = queries.reset_for(officer, identity)
    outcome = request.POST.get("outcome")
    if found is None or outcome not in {"done", "refused"}:
        raise Http404
    try:
        services.decide_reset(found, outcome=outcome, by=queries.actor(officer), now=now())
        messages.success(request, _("已重置。本人下次登录时要重新设置。") if outcome == "done" else _("已拒绝重置。"))
    except Refusal as refused:
        messages.error(request, said(refused))
    return redirect("people:staff")
