"""What OWASP ASVS 4.0 level 2 asks of sessions, cookies, redirects, caches and tries; its chapters in the names."""

import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.make import NOW
from tests.roles import signed_in
from xiaoer.files.tests import make as files
from xiaoer.journal.services import SYSTEM
from xiaoer.network.tests import make as network
from xiaoer.people import queries, services, sessions
from xiaoer.people.models import Account
from xiaoer.people.tests import make

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


def limit(settings, **limits: int) -> None:
    assert set(limits) <= set(settings.LIMITS)
    settings.LIMITS = {**settings.LIMITS, **limits}


def test_walking_through_numbers_is_slowed_down(settings):  # 11.1.4
    limit(settings, verify=3, verify_api=2)
    answers = [Client().get("/verify/", {"number": f"JY{number}"}).status_code for number in range(5)]
    assert answers == [404, 404, 404, 429, 429]
    answers = [Client().get(f"/api/verify/sha256/{number:064x}").status_code for number in range(4)]
    assert answers == [404, 404, 429, 429]


def test_reading_the_files_of_strangers_is_slowed_down_more(settings):
    limit(settings, read_file=1)
    answers = [
        Client().post("/verify/", {"paper": SimpleUploadedFile("a.pdf", b"%PDF-1.7 no paper of ours")}).status_code
        for _ in range(3)
    ]
    assert answers == [200, 429, 429]


def test_who_has_no_address_may_still_check_a_paper():
    assert Client(REMOTE_ADDR="").get("/verify/", {"number": "JY1"}).status_code == 404


SLOW = "操作太频繁"


def test_a_clerk_who_tries_numbers_is_slowed_down_and_keeps_what_was_typed(settings):
    limit(settings, find_person=1, find_case=1)
    clerk = signed_in(make.officer("clerk", network.organ()))
    said = {"id_kind": "resident", "id_number": "360481199005010316"}
    pages = [clerk.post(reverse("people:find"), said).content.decode() for _ in range(2)]
    assert [SLOW in page for page in pages] == [False, True] and said["id_number"] in pages[1]
    pages = [clerk.post(reverse("cases:desk_find"), {"name": "王小二"}).content.decode() for _ in range(2)]
    assert [SLOW in page for page in pages] == [False, True] and "王小二" in pages[1]


def test_whose_number_is_known_cannot_be_tried_out(settings):
    limit(settings, identity=2)
    network.regions()
    known = make.person()
    client = signed_in(make.account(), factor=False)
    said = {
        "name": "王",
        "id_kind": "resident",
        "phone": "13900000000",
        "county": known.shard,
        "id_number": known.id_number,
    }
    pages = [client.post(reverse("people:person"), said).content.decode() for _ in range(3)]
    assert [SLOW in page for page in pages] == [False, False, True] and known.id_number in pages[2]


def test_uploads_are_counted(settings):
    limit(settings, upload=1)
    client = signed_in(make.person().account, factor=False)
    sent = {"region": network.COUNTY}
    answers = [
        client.post("/api/files", {**sent, "file": SimpleUploadedFile("a.png", files.picture("PNG"))}) for _ in range(2)
    ]
    assert [one.status_code for one in answers] == [200, 429] and answers[1].json()["code"] == "too_often"


def test_limits_are_settings_and_unknown_ones_stop_the_start():
    show = "from xiaoer import settings as s; print(s.LIMITS['verify'], s.LIMITS['upload'])"
    root = Path(__file__).resolve().parents[2]
    for said, answer in (("verify=7, upload=8", "7 8\n"), ("verifi=7", ""), ("verify", ""), ("verify=x", "")):
        environment = {**os.environ, "XIAOER_LIMITS": said}
        done = subprocess.run([sys.executable, "-c", show], env=environment, cwd=root, capture_output=True, text=True)
        assert done.stdout == answer and bool(answer) == (done.returncode == 0)


def aged(client: Client, *, proof: float = 0, pause: float | None = None) -> Client:
    """Let minutes pass in a session: since the proofs of identity, and since the last page."""
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] = time.time() - proof * 60
    if pause is not None:
        session[sessions.SEEN] = time.time() - pause * 60
    session.save()
    return client


@pytest.mark.parametrize(
    ("proof", "pause", "method", "status"),
    [
        (29, None, "get", 200), (31, None, "get", 302), (31, 29, "get", 200), (31, 31, "get", 302),
        (31, 31, "post", 200), (121, 121, "post", 302), (12 * 60 - 1, 1, "get", 200), (12 * 60 + 1, 1, "get", 302),
    ],
)  # fmt: skip
def test_an_officer_proves_it_again_after_a_pause_and_after_a_shift(proof, pause, method, status):  # 3.3.2
    """What was typed is still taken after a longer pause."""
    client = aged(signed_in(make.officer("clerk", network.organ())), proof=proof, pause=pause)
    said = {"name": "王小二"} if method == "post" else {}
    answer = getattr(client, method)(reverse("cases:desk_find"), said)
    assert answer.status_code == status
    assert status == 200 or answer.url.startswith(reverse("mfa_reauthenticate") + "?next=") or "/2fa/" in answer.url


def test_a_session_notes_once_a_minute_that_somebody_is_there():
    client = aged(signed_in(make.officer("clerk", network.organ())), proof=20)
    client.get(reverse("cases:desk"))
    noted = client.session[sessions.SEEN]
    assert time.time() - noted < 60
    client.get(reverse("cases:desk"))
    assert client.session[sessions.SEEN] == noted


POWERS = ("staff_new", "post_add", "post_end", "password_issue", "reset_ask")


@pytest.mark.parametrize("page", POWERS)
def test_power_is_given_only_by_who_proved_lately_who_he_is(page):  # 3.7.1
    organ = network.organ()
    clerk = make.officer("clerk", organ)
    post = queries.posts_of(clerk.id, on=make.TODAY)[0]
    client = signed_in(make.officer("organ_admin", organ))
    url = reverse(f"people:{page}", args=[] if page == "staff_new" else [post.id])
    assert aged(client, proof=14).get(url).status_code == 200
    assert aged(client, proof=16, pause=1).get(url).status_code == 302
    assert client.get(reverse("people:staff")).status_code == 200
    assert aged(client, proof=59, pause=1).post(url, {"reason": ""}).status_code == 422, "what was typed is still taken"
    assert aged(client, proof=61, pause=1).post(url, {"reason": ""}).status_code == 302


def test_the_phone_number_is_changed_only_by_who_proved_lately_who_he_is(officer):
    url, by_code = reverse("account_change_phone"), signed_in(make.account(), factor=False)
    assert by_code.get(url).status_code == 200
    again = aged(by_code, proof=16).get(url).url
    assert again == f"{reverse('people:sign_in_again')}?next={quote(url, safe='')}"
    page = by_code.get(again).content.decode()
    assert f"{reverse('account_request_login_code')}?next={quote(url, safe='')}" in page
    elsewhere = by_code.get(reverse("people:sign_in_again"), {"next": "https://evil.example/"}).content.decode()
    assert f"{reverse('account_request_login_code')}?next=%2F" in elsewhere
    by_password = aged(signed_in(officer, factor=False), proof=16)
    assert by_password.get(url).url.startswith(reverse("account_reauthenticate"))


def test_all_other_devices_can_be_signed_out(officer):  # 3.3.4
    here, there = client_of(), client_of()
    assert here.post(reverse("people:sign_out_others")).status_code == 302
    assert (here.get("/me/").status_code, there.get("/me/").status_code) == (200, 302)


def test_a_lost_phone_or_second_factor_ends_every_session():
    organ = network.organ()
    clerk, first, second = make.officer("clerk", organ), make.officer("organ_admin", organ), make.officer("head", organ)
    post, client = queries.posts_of(clerk.id, on=make.TODAY)[0], signed_in(clerk)
    asked = services.ask_reset(post, reason="丢了", by=queries.actor(first), now=NOW)
    services.decide_reset(asked, outcome="done", by=queries.actor(second), now=NOW)
    assert client.get("/me/").status_code == 302
    person = make.person()
    client = signed_in(person.account, factor=False)
    services.replace_phone(person, phone="+8613911112222", how="窗口", by=SYSTEM, now=NOW)
    assert client.get("/me/").status_code == 302


def test_a_code_of_the_second_factor_is_tried_five_times_at_most(officer):  # 2.2.1
    services.enrol_factor(officer, secret="JBSWY3DPEHPK3PXP")
    client = client_of()
    pages = [client.post("/account/2fa/authenticate/", {"code": f"00000{place}"}) for place in range(7)]
    assert "错误次数太多" in pages[-1].content.decode() or pages[-1].status_code == 429
    assert "_auth_user_id" not in client.session


def test_a_wrong_name_takes_as_long_as_a_wrong_password(officer, settings):  # 2.2, timing
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "1000/m/ip"}
    phone = make.account().phone

    def cost(login: str) -> float:
        began = time.process_time()
        answer = Client().post("/account/login/", {"login": login, "password": "wrong-password-1"})
        assert answer.status_code == 200 and "不对" in answer.content.decode()
        return time.process_time() - began

    costs = {login: min(cost(login) for _ in range(5)) for login in ("staff-x", "staff-y", phone, "+8613900009999")}
    assert max(costs.values()) < 1.6 * min(costs.values()), costs


def test_no_other_site_may_read_and_no_other_method_is_smuggled_in(officer):  # 14.5.3, 4.2.2
    client = signed_in(officer)
    for page in ("/", "/me/", "/api/applications", "/verify/"):
        answer = client.get(page, headers={"Origin": "https://evil.example"})
        assert not [name for name in answer.headers if name.lower().startswith("access-control-")], page
    for page in ("/me/", "/api/applications"):
        asked = client.get(page, headers={"X-HTTP-Method-Override": "DELETE", "X-Original-URL": "/admin/"})
        assert asked.status_code == client.get(page).status_code
    assert client.generic("TRACE", "/").status_code == 405


def test_too_much_and_too_many_is_told_in_words():  # 5.1, 13.1
    client = Client()
    long = client.post("/account/login/", {"login": "x" * 3_000_000, "password": "y"})
    many = client.post("/account/login/", {f"k{number}": "x" for number in range(1500)})
    for answer in (long, many):
        assert answer.status_code == 413 and "填的内容太多" in answer.content.decode()
    refused = client.get("/", headers={"Host": "evil.example"})
    assert refused.status_code == 400 and "evil" not in refused.content.decode()
