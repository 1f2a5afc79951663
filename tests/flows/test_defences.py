"""What OWASP ASVS 4.0 level 2 asks of sessions, cookies, redirects, caches and tries; its chapters in the names."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from tests.roles import signed_in
from xiaoer.licences import views as licences
from xiaoer.network.tests import make as network
from xiaoer.people.models import Account
from xiaoer.people.tests import make
from xiaoer.people.views import desk

pytestmark = pytest.mark.django_db
PASSWORD, OTHER = "xiaoer-demo-2026", "another-long-one-9"
ELSEWHERE = ("https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "\t//evil.example")


def client_of(username: str = "staff-x", *, password: str = PASSWORD, **rest) -> Client:
    client = Client()
    client.post("/account/login/", {"login": username, "password": password, **rest})
    return client


@pytest.fixture
def officer() -> Account:
    return Account.objects.create_user("staff-x", password=PASSWORD)


def session_of(client: Client) -> Client:
    """Another device with the same session, as a thief would have it."""
    thief = Client()
    thief.cookies["sessionid"] = client.cookies["sessionid"].value
    return thief


def test_a_session_begins_anew_at_sign_in_and_ends_at_sign_out(officer):  # 3.2.1, 3.3.1
    client = Client()
    client.get("/account/login/")
    planted = client.session
    planted["planted"] = True
    planted.save()
    client.cookies["sessionid"] = planted.session_key
    client.post("/account/login/", {"login": "staff-x", "password": PASSWORD})
    assert client.cookies["sessionid"].value != planted.session_key
    assert session_of(client).get("/me/").status_code == 200
    thief = session_of(client)
    client.post("/account/logout/")
    assert thief.get("/me/").status_code == 302


def test_a_new_password_ends_every_other_session(officer):  # 3.3.3
    here, there = client_of(), client_of()
    said = {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER}
    assert here.post("/account/password/change/", said).status_code == 302
    assert (here.get("/me/").status_code, there.get("/me/").status_code) == (200, 302)


def test_cookies_under_tls_belong_to_this_host_alone():  # 3.4
    code = (
        "from xiaoer import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE,"
        "s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE, s.SECURE_HSTS_SECONDS)"
    )
    environment = {**os.environ, "XIAOER_HTTPS": "yes"}
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", code], env=environment, cwd=root, capture_output=True, text=True)
    assert done.stdout.split() == ["__Host-sessionid", "__Host-csrftoken", *["True"] * 3, "Lax", "31536000"]


@pytest.mark.parametrize("place", ELSEWHERE)
def test_no_next_leads_to_another_site(officer, place):  # 5.1.5
    client = Client()
    answer = client.post("/account/login/", {"login": "staff-x", "password": PASSWORD, "next": place})
    assert answer.url == "/"
    assert client.post(reverse("design:choose"), {"language": "en", "next": place}).url == "/"
    assert client.post("/account/logout/", {"next": place}).url == "/"


def test_what_a_person_sees_is_kept_nowhere():  # 8.2.1
    person = make.person()
    client = signed_in(Account.objects.get(id=person.account_id))
    for page in ("/me/", "/me/firms/", "/api/applications", "/my/", "/messages/"):
        assert "no-store" in client.get(page)["Cache-Control"], page
    assert "no-store" not in Client().get("/help/").headers.get("Cache-Control", "")


def test_a_foreign_host_is_refused():  # 14.5.3
    assert Client().get("/", headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("sender", ["refuse", "show"])
@pytest.mark.parametrize(
    ("page", "rest"), [("/account/login/code/", {}), ("/account/signup/", {"password1": OTHER, "password2": OTHER})]
)
def test_an_answer_does_not_tell_known_numbers_from_unknown_ones(settings, sender, page, rest):  # 2.2, 3.2
    settings.CODE_SENDER = f"xiaoer.people.sign_in.{sender}"
    phones = make.account().phone, "+8613900009999"
    answers = [Client().post(page, {"phone": phone, **rest}) for phone in phones]
    assert len({(one.status_code, one.headers.get("Location")) for one in answers}) == 1


def test_the_admin_has_no_door_of_its_own(officer):  # 2.2.1, 4.3.1
    officer.is_staff = officer.is_superuser = True
    officer.save()
    assert Client().get("/admin/login/").url.startswith("/account/login/")
    posted = Client().post("/admin/login/", {"username": "staff-x", "password": PASSWORD})
    assert posted.url.startswith("/account/login/")
    assert signed_in(officer, factor=False).get("/admin/").status_code == 302
    assert signed_in(officer).get("/admin/").status_code == 200
    assert admin.site.has_permission.__name__ == "may_administer"


def test_walking_through_numbers_is_slowed_down():  # 11.1.4
    most = licences.MOST_A_MINUTE
    answers = [Client().get("/verify/", {"number": f"JY{number}"}).status_code for number in range(most + 2)]
    assert answers == [404] * most + [429] * 2


def test_who_has_no_address_may_still_check_a_paper():
    assert Client(REMOTE_ADDR="").get("/verify/", {"number": "JY1"}).status_code == 404


def test_a_clerk_who_tries_numbers_is_slowed_down():
    most = desk.MOST_A_MINUTE
    clerk = signed_in(make.officer("clerk", network.organ()))
    said = {"id_kind": "resident", "id_number": "360481199005010316"}
    assert [clerk.post(reverse("people:find"), said).status_code for _ in range(most + 2)] == [422] * most + [429] * 2
