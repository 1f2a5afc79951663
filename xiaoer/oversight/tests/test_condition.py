"""The self check says what is wrong and the way out, and calls nothing good that is not."""

import base64
import json
import socket
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.urls import reverse

from tests.make import NOW
from tests.roles import signed_in
from xiaoer.journal import services as journal
from xiaoer.network.tests import make as network
from xiaoer.notices.tests.conftest import gateway, mailbox  # noqa: F401 - fixtures
from xiaoer.oversight.queries import condition
from xiaoer.people.tests import make as people

from . import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_order(settings, tmp_path):
    """A platform in which nothing is bad: what a test breaks is what is found."""
    settings.VAR_DIR = settings.STATIC_ROOT = tmp_path
    settings.STORAGES["default"]["OPTIONS"]["location"] = tmp_path / "files"
    settings.STORAGES = {**settings.STORAGES}
    settings.ALLOWED_HOSTS = ["zwfw.example", "testserver"]
    settings.PUBLIC_URL, settings.HTTPS, settings.PAYMENT = "https://zwfw.example", True, ""
    network.calendars()
    journal.dispatch(flow={}, now=NOW)
    journal.sequence(now=NOW)
    noted(tmp_path, NOW)


def noted(folder, made) -> None:
    note = {"made_at": made.isoformat(), "folder": "/backups/1"}
    (folder / "backup.json").write_text(json.dumps(note))


def look(what: str, *, now=NOW, deep: bool = False):
    return next(one for one in condition(now=now, deep=deep) if one.what[1] == what)


def test_nothing_is_bad_on_a_platform_in_order():
    bad = {one.what[1] for one in condition(now=NOW, deep=False) if one.state == "bad"}
    assert bad == ({"clock"} if connection.vendor == "postgresql" else set()), "a server has a clock of its own"
    assert all(one.way_out != ("", "") for one in condition(now=NOW, deep=True) if one.state != "good")


def test_papers_are_really_set_and_signed():
    assert look("fonts, typesetting and signing", deep=True).state == "good"


def test_a_worker_that_does_not_come_and_what_it_left_are_told():
    assert look("worker", now=NOW + timedelta(minutes=4)).state == "good"
    assert look("worker", now=NOW + timedelta(minutes=6)).state == "bad"
    make.parked()
    assert look("worker", now=NOW + timedelta(minutes=4)).state == "warning"


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (datetime(2025, 12, 31, 15, tzinfo=UTC), "good"),
        (datetime(2026, 1, 1, tzinfo=UTC), "warning"),
        (datetime(2026, 12, 31, 17, tzinfo=UTC), "bad"),
    ],
)
def test_the_calendar_must_hold_this_year_and_should_hold_the_next(now, state):
    assert look("working calendar", now=now).state == state


@pytest.mark.parametrize(("days", "state"), [(1, "good"), (2, "warning"), (9, "bad")])
def test_a_backup_grows_old(days, state, tmp_path):
    assert look("backup", now=NOW + timedelta(days=days)).state == state
    noted(tmp_path, NOW + timedelta(days=days))
    assert look("backup", now=NOW + timedelta(days=days)).state == "good"
    (tmp_path / "backup.json").unlink()
    assert look("backup").state == "bad"


def test_a_seal_key_that_is_another_one_is_found(settings):
    people.person()
    assert look("keys").state == "good"
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_person SET name = %s", [base64.b64encode(bytes(40)).decode()])
    assert look("keys").state == "bad"
    settings.RECEIPT_KEY = b"short"
    assert "receipt" in look("keys").said[1]


def test_keys_that_others_can_read_are_told(tmp_path):
    (tmp_path / "seal.key").write_text("x")
    (tmp_path / "seal.key").chmod(0o644)
    found = look("keys")
    assert found.state == "warning" and "chmod 600" in found.way_out[1]


def test_a_clock_that_was_set_back_is_told():
    make.opened(now=NOW + timedelta(hours=1))
    assert look("clock").state == "bad"
    assert "later than now" in look("clock").said[1]
    assert "later than now" not in look("clock", now=NOW + timedelta(hours=1)).said[1]


def test_an_address_that_is_not_served_or_not_encrypted_is_told(settings):
    settings.HTTPS = False
    assert look("address and encryption").state == "warning"
    settings.ALLOWED_HOSTS = ["other.example"]
    assert look("address and encryption").state == "bad"
    settings.DEBUG = True
    assert "DEBUG" in look("address and encryption").said[1]


def test_a_stand_in_for_money_is_never_good(settings):
    settings.PAYMENT, settings.DEMO = "xiaoer.cases.services.pay_stand_in.ADAPTER", False
    assert look("payment").state == "bad"
    settings.DEMO = True
    assert look("payment").state == "warning"
    settings.PAYMENT = "nowhere.ADAPTER"
    assert look("payment").state == "bad"


def test_mail_and_text_messages_are_tried_only_when_asked(settings, mailbox, gateway):  # noqa: F811
    settings.MESSAGE_CHANNELS = {
        "email": "xiaoer.notices.services.channels.Smtp", "sms": "xiaoer.notices.services.sms.Gateway"
    }  # fmt: skip
    assert [look(what, deep=True).state for what in ("mail", "text messages")] == ["good", "good"]
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = closed.getsockname()[1]
        settings.SMS = {**settings.SMS, "url": f"http://127.0.0.1:{settings.EMAIL_PORT}/"}
        assert [look(what, deep=True).state for what in ("mail", "text messages")] == ["bad", "bad"]
        assert [look(what).state for what in ("mail", "text messages")] == ["good", "good"]


def test_the_operator_sees_the_same_with_the_worst_on_top(tmp_path, django_assert_max_num_queries):
    (tmp_path / "backup.json").unlink()
    operator = signed_in(people.officer("operator", network.organ()))
    with django_assert_max_num_queries(30):
        page = operator.get(reverse("oversight:condition")).content.decode()
    assert page.index("从来没有备份过") < page.index("正常") and "./run xiaoer backup" in page
    english = operator.get(reverse("oversight:condition"), headers={"accept-language": "en"}).content.decode()
    assert "none was ever made" in english and "Self check" in english
