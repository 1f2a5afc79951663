"""The desk where an identity is looked at: a clerk enters the number of the document that lies there.

A person's page opens only to a clerk who entered the whole number in this session: nobody leafs through people.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from xiaoer.journal.edge import now
from xiaoer.kernel.refusal import Refusal

from .. import queries, rules, services
from ..forms import said, tell
from ..forms.staff import FindForm, PhoneForm, RevealForm, WalkInForm
from ..models import Person
from .form_page import form_page

FOUND = "people.found"
KEPT = 20


def find(request: HttpRequest) -> HttpResponse:
    """Find who stands at the window by the whole number of the document."""
    officer = queries.officer_of(request, "people.verify")
    form = FindForm(request.POST or None, initial={"id_kind": "resident"})
    if request.method == "POST" and form.is_valid():
        try:
            services.count("find_person", who=officer.account_id)
            found = queries.person_by_number(**form.cleaned_data)
            if found is not None:
                return _open(request, found)
            form.add_error("id_number", _("没有登记过这个号码。请核对，或者直接登记此人。"))
        except Refusal as refused:
            tell(form, refused)
    return form_page(
        request, form, title=_("按证件找人"), submit=_("查找"), back=reverse("people:walk_in"),
        back_words=_("登记没有账号的人"), lead=_("请拿着对方的证件输入完整号码。"),
    )  # fmt: skip


def _open(request: HttpRequest, person: Person) -> HttpResponse:
    request.session[FOUND] = [str(person.id), *request.session.get(FOUND, [])][:KEPT]
    return redirect("people:person_desk", person.shard, person.id)


def walk_in(request: HttpRequest) -> HttpResponse:
    """Enter somebody who has no account, from the document on the desk."""
    officer = queries.officer_of(request, "people.verify")
    form = WalkInForm(request.POST or None, initial={"id_kind": "resident"})
    if request.method == "POST" and form.is_valid():
        place = rules.posts_with(officer, "people.verify")[0].region_code
        try:
            made = services.enter_person(
                **form.cleaned_data, shard=rules.county_of(place), by=queries.actor(officer), now=now()
            )
            messages.success(request, _("已登记，身份为当面核验。"))
            return _open(request, made)
        except Refusal as refused:
            tell(form, refused, at="id_number")
    return form_page(
        request, form, title=_("登记没有账号的人"), submit=_("登记"), back=reverse("people:find"),
        lead=_("照证件填写。登记以后，此人的身份就是当面核验过的。"),
    )  # fmt: skip


def _person(request: HttpRequest, shard: str, identity: UUID) -> tuple[rules.Officer, Person]:
    officer = queries.officer_of(request, "people.verify")
    found = queries.person(shard=shard, identity=identity)
    if found is None or str(identity) not in request.session.get(FOUND, []):
        raise Http404
    return officer, found


@never_cache
def person_desk(request: HttpRequest, shard: str, identity: UUID) -> HttpResponse:
    """Show a person, masked; show one masked value whole against a reason."""
    officer, found = _person(request, shard, identity)
    form = RevealForm(request.POST or None)
    shown: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        try:
            shown["value"] = services.reveal(found, **form.cleaned_data, by=queries.actor(officer), now=now())
            shown["what"] = dict(form.fields["what"].choices)[form.cleaned_data["what"]]  # type: ignore[attr-defined]
        except Refusal as refused:
            tell(form, refused, at="reason")
    return render(
        request,
        "people/person_desk.html",
        {
            "person": queries.masked(found),
            "version": found.version,
            "kind": rules.ID_KINDS[found.id_kind],
            "assurance": rules.ASSURANCE[found.assurance],
            "has_account": found.account_id is not None,
            "form": form,
            **shown,
        },
        status=422 if form.errors else 200,
    )


def person_verify(request: HttpRequest, shard: str, identity: UUID) -> HttpResponse:
    """Record that the document was compared face to face."""
    officer, found = _person(request, shard, identity)
    if request.method != "POST":
        raise Http404
    seen = request.POST.get("seen", "")
    try:
        services.verify_person(
            found, assurance=3, how=rules.AT_WINDOW, by=queries.actor(officer), now=now(),
            seen=int(seen) if seen.isdecimal() else None,
        )  # fmt: skip
        messages.success(request, _("已记为当面核验。"))
    except Refusal as refused:
        messages.warning(request, said(refused))
    return redirect("people:person_desk", shard, identity)


def person_phone(request: HttpRequest, shard: str, identity: UUID) -> HttpResponse:
    """Give somebody who lost phone and password a new number."""
    officer, found = _person(request, shard, identity)
    form = PhoneForm(request.POST or None, initial={"seen": found.version})
    if request.method == "POST" and form.is_valid():
        try:
            services.replace_phone(
                found, **form.cleaned_data, how=rules.AT_WINDOW, by=queries.actor(officer), now=now()
            )
            messages.success(request, _("手机号已更换，本人可以用它收验证码登录。"))
            return redirect("people:person_desk", shard, identity)
        except Refusal as refused:
            tell(form, refused, at="phone")
    return form_page(
        request, form, title=_("更换手机号"), submit=_("更换"),
        back=reverse("people:person_desk", args=[shard, identity]), lead=_("请先核对证件，确认是本人。"),
    )  # fmt: skip
