"""Whatever is put into addresses and fields, no page breaks: control signs, NUL, wildcards, numbers and days without
end, a megabyte of text, half a surrogate."""

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.urls import reverse

from tests.roles import ROLES, Stage, stage
from tests.shape.test_permission_walk import addresses, row_of, rows, tables

pytestmark = [pytest.mark.tools, pytest.mark.django_db]
NASTY = (
    b"a\x00", b"%_\\'\";--", "\u202e\x07\x1b<script>".encode(), b"9" * 5000, b"-1", str(2**63).encode(),
    "١٢٣²".encode(),
    b"0001-01-01T00:00:00+14:00", b"9999-12-31T23:59:59-23:59_018f0000-0000-7000-8000-000000000000", b"\xed\xa0\x80",
    b"2026-13-45T99:99:99", b"../../etc/passwd",
)  # fmt: skip
LONG = b"x" * 1_000_000
FORM = "application/x-www-form-urlencoded"
FIELD = re.compile(r'<(?:input|textarea|select)[^>]*?\sname="([^"]+)"')
ASKED = ("after", "before", "q", "region", "queue", "service", "kind", "paper", "case", "show", "number", "shard",
         "level", "next", "back", "reason")  # fmt: skip
PLAIN = {"seen", "what", "one", "fine", "case", "query", "kind", "key", "region", "shown", "delivery", "next", "number"}
"""Fields that views read without a form."""
BY_DESIGN = {("cases:pay", 503): "no provider of payments is set up in tests"}


def pages(built: Stage) -> Iterator[tuple[str, str, str]]:
    """Give each address that has a page of ours: its name, a role that gets it, the address."""
    known = rows()
    for name, takes in addresses().items():
        row = row_of(name, known)
        if row is None or (takes and name not in known) or name.startswith(("admin:", "api-1:")):
            continue
        role = next((one for one in ROLES[1:] if row.expected(one) == "page"), "owner")
        yield name, role, reverse(name, kwargs=dict(row.args(built)))


def test_no_page_breaks_on_nasty_input():
    built = stage()
    for table in tables():
        if hasattr(table, "prepare"):
            table.prepare(built)
    clients = {role: built.client(role) for role in ROLES}
    broken = []
    for name, role, url in pages(built):
        client = clients[role]
        client.raise_request_exception = False
        page = client.get(url)
        fields = PLAIN | set() if page.streaming else PLAIN | set(FIELD.findall(page.content.decode(errors="replace")))
        for value in NASTY:
            said = quote(value)
            answers = [
                client.get(url + "?" + "&".join(f"{key}={said}" for key in ASKED[: 3 if len(value) > 99 else None])),
                client.post(url, "&".join(f"{quote(key)}={said}" for key in fields), content_type=FORM),
            ]
            broken += [(name, one.status_code, value[:40]) for one in answers if one.status_code >= 500]
        longest = b"&".join(quote(key).encode() + b"=" + LONG for key in sorted(fields)[:1])
        broken += [
            (name, status, "long")
            for status in [client.post(url, longest, content_type=FORM).status_code]
            if status >= 500
        ]
    assert [one for one in broken if one[:2] not in BY_DESIGN] == []
