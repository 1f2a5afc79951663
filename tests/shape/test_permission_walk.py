"""Every address of the platform × every role, against the tables in xiaoer/<app>/tests/permissions.py.

An address without a row fails: whoever adds a page says who gets it. A table is ROWS, url name -> tests.roles.Row;
a name that ends in * stands for all that begin so. ``prepare(stage)``, when there, makes the objects its rows name.
"""

import json
import logging
import shutil
import subprocess
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from urllib.parse import quote

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests import permissions
from tests.roles import ROLES, Outcome, Row, Stage, stage
from xiaoer import log
from xiaoer.journal.models import Entry


def tables() -> list[ModuleType]:
    names = [f"{app}.tests.permissions" for app in [*settings.APPS, "xiaoer.design"] if app.startswith("xiaoer.")]
    return [permissions, *(import_module(name) for name in names if find_spec(name))]


def addresses() -> dict[str, bool]:
    """Return every url name with its namespaces, and whether it takes arguments."""
    return dict(_walk(get_resolver().url_patterns, "", arguments=False))


def _walk(patterns: list[URLPattern | URLResolver], space: str, *, arguments: bool) -> Iterator[tuple[str, bool]]:
    for pattern in patterns:
        takes = arguments or bool(pattern.pattern.regex.groups)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern.url_patterns, inner, arguments=takes)
        else:
            yield f"{space}{pattern.name or pattern.pattern}", takes


def rows() -> dict[str, Row]:
    found: dict[str, Row] = {}
    for table in tables():
        found.update(table.ROWS)
    return found


def row_of(name: str, known: dict[str, Row]) -> Row | None:
    if name in known:
        return known[name]
    stars = [key for key in known if key.endswith("*") and name.startswith(key[:-1])]
    return known[max(stars, key=len)] if stars else None


def outcome(response: HttpResponse) -> Outcome:
    place = response.headers.get("Location", "")
    if response.status_code in (301, 302, 303):
        if "/login" in place:
            return "sign_in"
        return "factor" if "/2fa/" in place else "elsewhere"
    if response.status_code >= 500:
        return "broken"
    return {200: "page", 404: "missing"}.get(response.status_code, "refused")  # type: ignore[return-value]


def test_every_address_has_a_row_and_every_row_an_address():
    known, real = rows(), addresses()
    assert [name for name in real if row_of(name, known) is None] == []
    assert [key for key in known if not key.endswith("*") and key not in real] == []


def test_the_walk_finds_what_is_wrong():
    assert row_of("admin:index", {"admin:*": Row(), "admin:i*": Row(query="x")}).query == "x"
    assert row_of("cases:mine", {"admin:*": Row()}) is None


@pytest.fixture
def lines():
    """What is logged while the test runs, as a machine reads it."""
    found: list[str] = []
    handler = logging.Handler()
    handler.setFormatter(log.formatter("json"))
    handler.emit = lambda record: found.append(handler.format(record))  # type: ignore[method-assign]
    kept = {logger: logger.level for logger in (logging.getLogger(), logging.getLogger("xiaoer.request"))}
    logging.getLogger().addHandler(handler)
    for logger in kept:
        logger.setLevel(logging.INFO)
    yield found
    logging.getLogger().removeHandler(handler)
    for logger, level in kept.items():
        logger.setLevel(level)


@pytest.mark.django_db
def test_every_role_gets_what_the_tables_say_and_nothing_of_others(lines):
    built = stage()
    for table in tables():
        if hasattr(table, "prepare"):
            table.prepare(built)
    known, real = rows(), addresses()
    wrong = [fault for role in ROLES for fault in _faults(role, built, known, real)]
    assert not wrong, "\n".join(wrong)
    kept = "".join([*lines, *(str(entry.data) for entry in Entry.objects.filter(kind="person"))])
    assert len(lines) > len(real)
    for person in (built.things["owner"], built.things["other_person"]):
        values = (person.name, person.id_number, person.phone, person.phone.removeprefix("+86"))
        assert not [one for one in values if any(said in kept for said in writings(one))]


def test_a_canary_is_found_however_it_is_written():
    for said in ("探针", "\\u63a2\\u9488", "%E6%8E%A2%E9%92%88", "\\134u63a2\\134u9488"):
        assert any(one in said for one in writings("探针")), said


def told_in(response: HttpResponse) -> str:
    """Return all that an answer says: its text, that of a PDF without spaces, its headers and cookies."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body.startswith(b"%PDF-") and shutil.which("pdftotext"):
        text = subprocess.run(["pdftotext", "-", "-"], input=body, capture_output=True).stdout.decode()
        return "".join(text.split()) + str(response.headers) + str(response.cookies)
    return body.decode(errors="replace") + str(response.headers) + str(response.cookies)


def writings(canary: str) -> set[str]:
    """Return how a text may stand in a page, in JSON and cookies, in an address or a header."""
    escaped = json.dumps(canary)[1:-1]
    return {canary, escaped, escaped.replace("\\", "\\134"), quote(canary)}


def _faults(role: str, built: Stage, known: dict[str, Row], real: dict[str, bool]) -> Iterator[str]:
    client = built.client(role)
    client.raise_request_exception = False
    for name, takes in real.items():
        row = row_of(name, known)
        if row is None or (takes and name not in known):
            continue  # a starred row stands for addresses without arguments only
        response = getattr(client, row.method)(reverse(name, kwargs=dict(row.args(built))) + row.query)
        got = outcome(response)
        if got != row.expected(role):
            yield f"{name} × {role}: {got} ({response.status_code}), not {row.expected(role)}"
        said = told_in(response)
        for canary, readers in built.canaries.items():
            if role not in readers and any(one in said for one in writings(canary)):
                yield f"{name} × {role}: finds {canary}"
