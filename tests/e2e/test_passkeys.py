"""Passkeys in a real browser, with Chromium's virtual authenticator: added, used, removed, failing."""

from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession

from tests.e2e.conftest import DESK, PASSWORD, PHONE, Platform, Visitor, visitor

pytestmark = pytest.mark.browser


class Device:
    """An authenticator that the browser takes for built in, with a finger that is always there."""

    def __init__(self, owner: Visitor) -> None:
        self.session: CDPSession = owner.context.new_cdp_session(owner.page)
        self.session.send("WebAuthn.enable")
        self.id: Any = ""

    def plug_in(self) -> None:
        options = {
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
            "isUserVerified": True, "automaticPresenceSimulation": True,
        }  # fmt: skip
        made = self.session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        self.id = made["authenticatorId"]

    def forget(self) -> None:
        self.session.send("WebAuthn.clearCredentials", {"authenticatorId": self.id})

    @property
    def keys(self) -> int:
        found = self.session.send("WebAuthn.getCredentials", {"authenticatorId": self.id})
        return len(found["credentials"])


def owner_of(platform: Platform, chromium: Browser, login: str, *, size: dict[str, int]) -> tuple[Visitor, Device]:
    """Somebody who has just signed in, with a device. A passkey needs a host name: an address is none."""
    found = visitor(Platform(platform.var, platform.url.replace("127.0.0.1", "localhost")), chromium, size=size)
    found.sign_in(login)
    device = Device(found)
    device.plug_in()
    return found, device


def prove_again(owner: Visitor, login: str) -> None:
    """Answer what is asked before keys may be changed."""
    page = owner.page
    if page.locator("input[name=code]").count():
        page.fill("input[name=code]", owner.code(login))
        page.locator("form:has(input[name=code]) button").first.click()
    elif page.locator("input[name=password]").count():
        page.fill("input[name=password]", PASSWORD)
        page.locator("form:has(input[name=password]) button").first.click()
    page.wait_for_load_state()


def add_key(owner: Visitor, login: str) -> None:
    page = owner.page
    owner.go("/account/2fa/webauthn/add/")
    prove_again(owner, login)
    page.fill("input[name=name]", "我的手机")
    page.locator("input[name=passwordless]").check()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url(lambda url: "/add/" not in url)


def sign_out(owner: Visitor) -> None:
    owner.go("/me/")
    owner.page.locator("form[action='/account/logout/'] button").last.click()
    owner.page.wait_for_load_state()


def test_a_passkey_is_added_signs_in_and_is_removed(platform: Platform, chromium: Browser):
    owner, device = owner_of(platform, chromium, "13800000001", size=PHONE)
    page = owner.page
    add_key(owner, "13800000001")
    assert device.keys == 1
    sign_out(owner)
    owner.go("/account/login/?next=/me/")
    page.locator("#passkey_login").click()
    page.wait_for_url(owner.platform.url + "/me/")
    owner.go("/account/2fa/webauthn/")
    prove_again(owner, "13800000001")
    assert "我的手机" in page.locator("main").inner_text()
    page.get_by_role("link", name="删除").first.click()
    prove_again(owner, "13800000001")
    page.locator("main button.warning").click()
    page.wait_for_load_state()
    sign_out(owner)
    owner.go("/account/login/")
    page.locator("#passkey_login").click()
    page.wait_for_load_state()
    page.locator("main .field-error, main .notice").first.wait_for()
    assert page.locator("input[name=password]").count(), "a removed key opens nothing"
    owner.context.close()


def test_a_passkey_is_an_officers_second_factor(platform: Platform, chromium: Browser):
    owner, _device = owner_of(platform, chromium, "supervisor", size=DESK)
    add_key(owner, "supervisor")
    sign_out(owner)
    owner.go("/account/login/?next=/desk/")
    owner.page.locator("#passkey_login").click()
    owner.page.wait_for_url(owner.platform.url + "/desk/")
    assert owner.page.locator("input[name=code]").count() == 0
    owner.context.close()


def test_a_device_without_a_key_is_told_plainly_and_other_ways_stay(platform: Platform, chromium: Browser):
    owner = visitor(Platform(platform.var, platform.url.replace("127.0.0.1", "localhost")), chromium, size=PHONE)
    Device(owner).plug_in()
    owner.go("/account/login/")
    owner.page.fill("input[name=login]", "13800000001")
    owner.page.locator("#passkey_login").click()
    owner.page.locator("#keys_failed").wait_for()
    assert "没有" in owner.page.locator("#keys_failed").inner_text()
    assert owner.page.input_value("input[name=login]") == "13800000001"
    owner.context.close()
