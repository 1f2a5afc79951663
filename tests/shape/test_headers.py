"""Every page carries its policy, and every post needs its token."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.roles import stage

from .test_permission_walk import addresses, row_of, rows, tables

WITHOUT_TOKEN = {"design:choose": "changes only how pages look; other sites are refused by Sec-Fetch-Site"}


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["nobody", "owner", "approver"])
def test_every_answer_has_its_policy_and_every_post_its_token(role):
    built = stage()
    for table in tables():
        if hasattr(table, "prepare"):
            table.prepare(built)
    client, strict = built.client(role), Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    known, wrong = rows(), []
    for name, takes in addresses().items():
        row = row_of(name, known)
        if row is None or (takes and name not in known):
            continue
        url = reverse(name, kwargs=dict(row.args(built))) + row.query
        headers = client.get(url).headers
        policy = headers.get("Content-Security-Policy", "")
        framed = "frame-ancestors" in policy and headers.get("X-Frame-Options") in {"DENY", "SAMEORIGIN"}
        scripts = "default-src" in policy and "script-src" not in policy and "unsafe-eval" not in policy
        if not framed or not scripts or headers.get("X-Content-Type-Options") != "nosniff":
            wrong.append(f"{name}: {dict(headers)}")
        if name not in WITHOUT_TOKEN and strict.post(url).status_code not in {401, 403, 404, 405}:
            wrong.append(f"{name}: posted without a token")
    assert not wrong, "\n".join(wrong)
