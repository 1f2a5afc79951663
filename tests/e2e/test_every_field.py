"""Every form of every page, found by walking: no field is taken that was not asked for, nothing typed is lost.

Each post is undone, so that the forms after it find what they show.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from tests.e2e.test_nasty_input import BY_DESIGN, pages
from tests.forms import Form, forms
from tests.roles import ROLES, Stage, stage
from tests.shape.test_permission_walk import tables
from xiaoer.people.models import Account

pytestmark = [pytest.mark.tools, pytest.mark.django_db]
STRANGE, PLACE = uuid4(), "999999999999"
SMUGGLED = {
    **dict.fromkeys(("id", "account", "account_id", "applicant", "firm_id"), str(STRANGE)),
    **dict.fromkeys(("organ_id", "handled_by", "person"), str(STRANGE)),
    **dict.fromkeys(("shard", "region_code", "home"), PLACE),
    **dict.fromkeys(("is_staff", "is_superuser", "is_active", "phone_verified", "closed", "submitted"), "on"),
    **dict.fromkeys(("version", "assurance", "price", "amount", "amount_fen"), "97"),
    "state": "granted", "outcome": "granted", "received_at": "2001-01-01", "decided_at": "2001-01-01", "by": "system",
}  # fmt: skip
"""What no form asks for, under the names of columns."""
LONGEST = "长" * 5001
LEAVING = ("/account/logout/",)


@dataclass(frozen=True)
class Found:
    """A form on a page, as somebody in a role sees it."""

    page: str
    role: str
    client: Client
    form: Form

    def post(self, **changed: str) -> HttpResponse:
        return self.client.post(self.form.action, {**self.form.fields, **changed})


@pytest.fixture
def built() -> Stage:
    made = stage()
    for table in tables():
        if hasattr(table, "prepare"):
            table.prepare(made)
    return made


def found_in(built: Stage) -> Iterator[Found]:
    """Give every form that posts to this platform, once for each page; the showroom of components takes nothing."""
    clients = {role: built.client(role) for role in ROLES}
    for name, role, url in pages(built):
        client = clients[role]
        client.raise_request_exception = False
        answer = client.get(url)
        if (
            name.startswith("design:")
            or answer.streaming
            or answer.status_code != 200
            or "html" not in answer["Content-Type"]
        ):
            continue
        for form in forms(answer.content.decode(), url=url):
            if form.method == "post" and form.action.startswith("/") and form.action not in LEAVING:
                yield Found(name, role, client, form)


class Undone(Exception):
    """Takes back what a post wrote."""


def undone(found: Found, look: Any, **changed: str) -> None:
    """Post a form, look at the answer and at what was written, then take it back."""
    try:
        with transaction.atomic():
            look(found.post(**changed))
            raise Undone
    except Undone:
        pass


def test_no_form_takes_what_it_does_not_ask_for(built):
    wrong, tried = [], set()
    for found in found_in(built):
        extra = {name: value for name, value in SMUGGLED.items() if name not in found.form.fields}

        def look(answer: HttpResponse, found: Found = found) -> None:
            if answer.status_code >= 500 and (found.page, answer.status_code) not in BY_DESIGN:
                wrong.append(f"{found.page} {found.form.action}: {answer.status_code}")
            wrong.extend(f"{found.page} {found.form.action}: {one}" for one in smuggled_rows())

        tried.add(found.form.action)
        undone(found, look, **extra, **{name: found.form.fields.get(name, "") or "探针" for name in found.form.typed})
    assert not wrong, "\n".join(wrong)
    assert len(tried) > 45, "the walk finds the forms"


def smuggled_rows() -> Iterator[str]:
    for model in apps.get_models():
        if "django.contrib" in model.__module__ or model.__name__ in {"CacheRow", "Session"}:
            continue
        for row in model._base_manager.order_by("-pk").values()[:20]:
            said = str(row)
            if str(STRANGE) in said or PLACE in said or STRANGE.hex in said:
                yield f"{model.__name__}: {said[:300]}"
    if Account.objects.filter(is_staff=True).exists():
        yield "an account that was made staff"


TOLD = re.compile(r'class="[^"]*(field-error|error-summary|notice)[^"]*"')


def test_nothing_typed_is_lost_and_every_refusal_says_why(built):
    """One field after the other is much too long; the answer keeps all that was typed, or has taken it."""
    lost = []
    for found in found_in(built):
        typed = {name: f"探针{place}" for place, name in enumerate(found.form.typed)}
        for name in typed:
            said = {**typed, name: LONGEST}

            def look(answer: HttpResponse, found: Found = found, said: dict[str, str] = said, name: str = name) -> None:
                lost.extend(f"{found.page} {found.form.action} [{name}]: {one}" for one in losses(answer, said))

            undone(found, look, **said)
    assert not lost, "\n".join(lost)


def losses(answer: HttpResponse, said: dict[str, str]) -> Iterator[str]:
    """Tell what an answer to a refused form lacks."""
    if answer.status_code >= 500:
        yield f"breaks ({answer.status_code})"
    if answer.status_code not in {200, 409, 422} or "html" not in answer.headers.get("Content-Type", ""):
        return
    page = answer.content.decode()
    kept = {(name, value) for form in forms(page) for name, value in form.fields.items()}
    if not TOLD.search(page):
        yield "says nothing of what is wrong"
    for name, value in said.items():
        if (name, value) not in kept:
            yield f"loses {name}"
