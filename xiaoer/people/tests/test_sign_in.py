"""Registering, signing in, and getting in again without password, phone or second factor."""

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.roles import signed_in
from xiaoer.journal.models import Entry
from xiaoer.network.tests import make as network
from xiaoer.people import services
from xiaoer.people.models import Account
from xiaoer.people.sign_in import SHOWN

from . import make

PASSWORD = "a sentence of my own"
SECRET = "JBSWY3DPEHPK3PXP"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shown(settings):
    settings.CODE_SENDER = "xiaoer.people.sign_in.show"


def register(client: Client, phone: str = "138 0013 8000"):
    said = {"phone": phone, "password1": PASSWORD, "password2": PASSWORD}
    return client.post(reverse("account_signup"), said, follow=True)


def latest() -> str:
    return cache.get(SHOWN)[0][1]


def login(client: Client, name: str, password: str = PASSWORD):
    return client.post(reverse("account_login"), {"login": name, "password": password}, follow=True)


def officer(**values: bool) -> Account:
    account = make.officer("organ_admin", network.organ())
    account.set_password(PASSWORD)
    account.password_expired = values.get("expired", False)
    account.save()
    return account


def totp() -> str:
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30))


def test_a_phone_number_is_registered_with_the_code_sent_to_it(client):
    page = register(client)
    assert "验证码" in page.content.decode() and not client.session.get("_auth_user_id")
    client.post(reverse("account_verify_phone"), {"code": latest()})
    account = Account.objects.get()
    assert client.session["_auth_user_id"] == str(account.id) and account.phone == "+8613800138000"
    assert account.phone_verified and account.check_password(PASSWORD)
    assert account.password.startswith("argon2") and not Entry.objects.exists()


def test_a_wrong_code_is_told_and_does_not_sign_in(client):
    register(client)
    wrong = "000000" if latest() != "000000" else "111111"
    page = client.post(reverse("account_verify_phone"), {"code": wrong})
    assert "验证码不对" in page.content.decode() and "_auth_user_id" not in client.session


def test_registering_a_known_number_says_the_same_and_makes_nothing(client):
    register(client)
    client.post(reverse("account_verify_phone"), {"code": latest()})
    cache.clear()
    page = register(Client())
    assert "验证码已发到 138****8000" in page.content.decode() and Account.objects.count() == 1
    assert cache.get(SHOWN) is None


def test_a_number_typed_by_a_stranger_does_not_keep_its_owner_out():
    stranger, owner = Client(), Client()
    register(stranger)
    code = latest()
    cache.clear()
    register(owner)
    owner.post(reverse("account_verify_phone"), {"code": latest()})
    assert owner.session["_auth_user_id"]
    page = stranger.post(reverse("account_verify_phone"), {"code": code})
    assert "_auth_user_id" not in stranger.session and "已经注册" in page.content.decode()


def test_asking_for_codes_too_often_is_told_plainly(client):
    register(client)
    page = register(Client())
    assert page.status_code == 429 and "请稍等" in page.content.decode()


@pytest.mark.parametrize(
    ("phone", "words"), [("1380013800", "应为11位，现在是10位"), ("hello", "请填写11位手机号"), ("", "请填写")]
)
def test_a_bad_number_is_explained_and_stays_in_its_field(client, phone, words):
    page = register(client, phone).content.decode()
    assert words in page and (not phone or f'value="{phone}"' in page)


def test_without_a_channel_nobody_waits_for_a_message(client, settings):
    settings.CODE_SENDER = "xiaoer.people.sign_in.refuse"
    page = register(client)
    assert page.status_code == 503 and "没有接通短信" in page.content.decode()


def test_phone_or_staff_number_sign_in_and_a_wrong_password_does_not(client):
    account = make.account()
    account.set_password(PASSWORD)
    account.save()
    assert "不对" in login(client, account.phone, "wrong").content.decode()
    login(client, account.phone.removeprefix("+86"))
    assert client.session["_auth_user_id"] == str(account.id)


def test_after_five_wrong_passwords_the_right_one_must_wait_too(client):
    account = make.account()
    account.set_password(PASSWORD)
    account.save()
    for _ in range(5):
        login(client, account.phone, "wrong")
    page = login(client, account.phone)
    assert "暂停登录" in page.content.decode() and "_auth_user_id" not in client.session


def test_a_forgotten_password_is_replaced_soon_after_a_code(client):
    account = make.account()
    client.post(reverse("account_request_login_code"), {"phone": account.phone.removeprefix("+86")})
    client.post(reverse("account_confirm_login_code"), {"code": latest()})
    page = client.post(reverse("people:new_password"), {"password": PASSWORD, "again": PASSWORD}, follow=True)
    assert "新密码已生效" in page.content.decode()
    account.refresh_from_db()
    assert account.check_password(PASSWORD) and client.session["_auth_user_id"] == str(account.id)


def test_who_signed_in_by_password_needs_the_old_one_to_change_it():
    account = make.account()
    answer = signed_in(account).post(reverse("people:new_password"), {"password": PASSWORD, "again": PASSWORD})
    assert answer.url == reverse("account_change_password")
    account.refresh_from_db()
    assert not account.check_password(PASSWORD)


def test_two_different_or_short_passwords_are_refused_at_their_fields():
    account = officer(expired=True)
    said = {"password": "short", "again": "shorter"}
    page = signed_in(account).post(reverse("people:new_password"), said).content.decode()
    assert "密码太短，至少要 12 个字符" in page and "两次写的密码不一样" in page


def test_an_officer_without_second_factor_is_led_to_it_and_then_let_in(client):
    account = officer()
    login(client, account.username)
    page = client.get(reverse("people:staff"), follow=True)
    assert "再确认一次" in page.content.decode() or "设置手机验证器" in page.content.decode()
    services.enrol_factor(account, secret=SECRET)
    page = client.get(reverse("people:staff"))
    assert page.url.startswith(reverse("mfa_reauthenticate"))
    answer = client.post(page.url, {"code": totp()})
    assert answer.url == reverse("people:staff") and client.get(answer.url).status_code == 200


def test_an_enrolled_officer_is_asked_at_sign_in_and_a_wrong_code_is_not_enough(client):
    account = officer()
    services.enrol_factor(account, secret=SECRET)
    page = login(client, account.username)
    assert page.request["PATH_INFO"] == reverse("mfa_authenticate") and "_auth_user_id" not in client.session
    page = client.post(reverse("mfa_authenticate"), {"code": "12345"})
    assert "验证码不对" in page.content.decode()
    client.post(reverse("mfa_authenticate"), {"code": totp()})
    assert client.get(reverse("people:staff")).status_code == 200


def test_a_first_password_must_be_changed_before_anything_official():
    account = officer(expired=True)
    visitor = signed_in(account)
    assert visitor.get(reverse("people:staff")).url.startswith(reverse("people:new_password"))
    visitor.post(reverse("people:new_password"), {"password": PASSWORD, "again": PASSWORD})
    assert visitor.get(reverse("people:staff")).status_code == 200


def test_a_first_password_counts_as_changed_by_the_ordinary_page_too():
    account = officer(expired=True)
    said = {"oldpassword": PASSWORD, "password1": "quite another sentence", "password2": "quite another sentence"}
    signed_in(account).post(reverse("account_change_password"), said)
    account.refresh_from_db()
    assert account.check_password("quite another sentence") and not account.password_expired


def test_changing_the_phone_needs_a_code_sent_to_the_new_one():
    account = make.account()
    account.set_password(PASSWORD)
    account.save()
    visitor, old = signed_in(account), account.phone
    visitor.post(reverse("account_change_phone"), {"phone": "13700137000"})
    account.refresh_from_db()
    assert account.phone == old
    visitor.post(reverse("account_verify_phone"), {"code": latest()})
    account.refresh_from_db()
    assert account.phone == "+8613700137000"


def test_the_page_of_codes_exists_in_the_demonstration_only(client, settings):
    account = officer()
    services.enrol_factor(account, secret=SECRET)
    assert client.get(reverse("people:demo_codes")).status_code == 404
    settings.DEMO = True
    assert account.username in client.get(reverse("people:demo_codes")).content.decode()


def test_a_second_factors_secret_is_sealed():
    account = officer()
    services.enrol_factor(account, secret=SECRET)
    assert SECRET not in str(account.authenticator_set.values_list("data", flat=True))
