"""Bodies that no program of good will sends, to every address of the API: a plain no in JSON, and nothing is written.

What the description of the API allows and forbids is tried in test_api_contract; here is what it cannot say.
"""

import json
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.e2e.test_every_field import SMUGGLED, Undone, built, smuggled_rows
from tests.roles import Stage
from tests.shape.test_permission_walk import addresses, row_of, rows

pytestmark = [pytest.mark.tools, pytest.mark.django_db]
__all__ = ["built"]
ROLES = ("nobody", "owner", "clerk", "approver")
HALF = '{"reason": "\\ud800", "answers": {"\\udfff": "x"}, "opinion": "\\ud800", "text": "\\ud800"}'
BODIES = {
    "nothing": b"", "no text": b"\xff\xfe\x00", "half a sign": HALF.encode(), "NUL": b'{"reason": "a\\u0000b"}',
    "no number": b'{"days": NaN, "reason": "x"}', "endless number": b'{"days": 1e999, "seen": 1%s}' % (b"0" * 5000),
    "null": b"null", "list": b"[]", "text": b'"x"', "true": b"true",
    "twice": b'{"reason": "a", "reason": ["b"], "outcome": {"a": 1}, "outcome": "granted"}',
    "nested": b'{"reason": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "wide": json.dumps({f"k{number}": number for number in range(10_000)}).encode(),
    "long": json.dumps({"reason": "长" * 1_700_000, "opinion": "x"}).encode(),
    "smuggled": json.dumps({**SMUGGLED, "reason": "x", "opinion": "x", "outcome": "granted"}).encode(),
    "prototype": b'{"__proto__": {"x": 1}, "constructor": {}, "__class__": "x", "reason": {"$ne": 1}}',
}  # fmt: skip
KINDS = ("application/json", "text/plain", "application/xml", "multipart/form-data; boundary=x", "x" * 3000)
HEADERS = {"If-Match": '"1"', "Idempotency-Key": "key-of-a-test", "X-HTTP-Method-Override": "DELETE"}


def calls(built: Stage) -> Iterator[tuple[str, str]]:
    """Give every address of the API, with its name."""
    known = rows()
    for name, takes in addresses().items():
        row = row_of(name, known)
        if name.startswith("api-1:") and row is not None and (not takes or name in known):
            yield name, reverse(name, kwargs=dict(row.args(built)))


def test_no_body_breaks_an_address_and_every_no_is_plain(built):
    wrong = []
    clients = {role: built.client(role) for role in ROLES}
    for name, url in calls(built):
        for role, client in clients.items():
            client.raise_request_exception = False
            wrong += [f"{name} × {role}, {what}" for what in faults(client, url)]
    assert not wrong, "\n".join(wrong)


def faults(client: Client, url: str) -> Iterator[str]:
    for said, body in BODIES.items():
        for kind in KINDS if said == "smuggled" else KINDS[:1]:
            yield from (f"{said} as {kind[:20]}: {one}" for one in faults_of(client, url, body, kind))


def faults_of(client: Client, url: str, body: bytes, kind: str) -> list[str]:
    found: list[str] = []
    try:
        with transaction.atomic():
            found += told(client.post(url, body, content_type=kind, headers=HEADERS))
            found += smuggled_rows() if b"999999999999" in body else ()
            raise Undone
    except Undone:
        return found


def told(answer: HttpResponse) -> Iterator[str]:
    """Tell what is wrong with an answer."""
    if answer.status_code >= 500:
        yield f"breaks ({answer.status_code})"
    elif answer.status_code >= 400 and answer.status_code not in {404, 405}:
        if not answer["Content-Type"].startswith("application/json"):
            yield f"{answer.status_code} is no JSON: {answer['Content-Type']}"
        elif len(answer.content) > 100_000:
            yield f"{answer.status_code} sends {len(answer.content)} bytes back"
