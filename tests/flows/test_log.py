"""The log tells of every request and of every sign-in, and holds no personal value."""

import argparse
import json
import logging
import signal
import sys

import pytest
from django.conf import settings
from django.test import Client

from xiaoer import log
from xiaoer.cli import worker
from xiaoer.journal import services
from xiaoer.people import queries
from xiaoer.people.models import Account

pytestmark = pytest.mark.django_db
PASSWORD = "xiaoer-demo-2026"
SECRET = "13912345678"


@pytest.fixture
def lines():
    """What is written while the test runs, as a machine reads it."""
    found: list[str] = []
    handler = logging.Handler()
    handler.setFormatter(log.formatter("json"))
    handler.emit = lambda record: found.append(handler.format(record))  # type: ignore[method-assign]
    root, requests = logging.getLogger(), logging.getLogger("xiaoer.request")
    levels = root.level, requests.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    requests.setLevel(logging.INFO)
    yield found
    root.removeHandler(handler)
    root.setLevel(levels[0])
    requests.setLevel(levels[1])


def test_a_request_is_one_line_by_its_route(lines):
    answer = Client().get(f"/rate/{SECRET}/")
    line = json.loads(lines[-1])
    assert line["route"] == "evaluation:rate" and line["status"] == 302 and line["method"] == "GET" and "ms" in line
    assert line["request_id"] == answer["X-Request-ID"] and SECRET not in "".join(lines)


def test_signing_in_and_failing_to_is_told_without_what_was_typed(lines):
    account = Account.objects.create_user("staff-1", password=PASSWORD)
    for password in ("wrong-password-wrong", PASSWORD):
        Client().post("/account/login/", {"login": "staff-1", "password": password})
    said = [json.loads(line) for line in lines]
    assert [line["event"] for line in said if "sign" in line["event"]] == ["sign-in failed", "signed in"]
    assert next(line for line in said if line["event"] == "signed in")["account"] == str(account.pk)
    assert "staff-1" not in "".join(lines) and "password" not in "".join(lines)


def test_a_fault_is_told_by_kind_and_place_only(lines):
    try:
        raise ValueError(SECRET)
    except ValueError:
        logging.getLogger("django.request").error("Internal Server Error: %s", f"/x/{SECRET}", exc_info=sys.exc_info())
    line = json.loads(lines[-1])
    assert line["fault"] == "ValueError" and "test_log.py" in line["at"][-1] and SECRET not in lines[-1]


def test_an_id_of_a_request_is_believed_from_a_proxy_of_ours_only(monkeypatch):
    said = {"X-Request-ID": "abcdef123456"}
    assert Client().get("/health/", headers=said)["X-Request-ID"] != "abcdef123456"
    monkeypatch.setattr(settings, "ALLAUTH_TRUSTED_PROXY_COUNT", 1)
    assert Client().get("/health/", headers=said)["X-Request-ID"] == "abcdef123456"
    assert "\n" not in Client().get("/health/", headers={"X-Request-ID": "a b c d e f g"})["X-Request-ID"]


def test_a_broken_page_tells_nothing_of_why(lines, monkeypatch):
    """Neither the page nor the answer of the API nor the log holds the message of a fault."""

    def fail(*args: object) -> None:
        raise ValueError(SECRET)

    for door in (queries, queries.doors):
        monkeypatch.setattr(door, "account_of", fail)
    client = Client(raise_request_exception=False)
    for place in ("/me/", "/api/applications", f"/my/?before={SECRET}"):
        answer = client.get(place)
        assert SECRET not in answer.content.decode() + str(answer.headers), place
    assert next(json.loads(line)["status"] for line in lines if '"status"' in line) == 500
    assert SECRET not in "".join(lines)


def test_a_worker_that_stops_writes_no_value_of_why(lines, monkeypatch, capsys):
    def fail(**given: object) -> int:
        raise ValueError(SECRET)

    monkeypatch.setattr(services, "dispatch", fail)
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    assert worker.run(argparse.Namespace(once=True)) == 1
    for number, handler in kept.items():
        signal.signal(number, handler)
    written = "".join([*lines, *capsys.readouterr()])
    assert "ValueError" in written and SECRET not in written
