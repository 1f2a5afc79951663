"""The components in a real browser: no violation of axe in either theme at either width, keyboard, no JavaScript."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, sync_playwright

from tests.e2e.axe import violations

pytestmark = pytest.mark.browser
CHROMIUM = "/usr/bin/chromium"
SWITCHES = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PAGES = ["/", "/design/", "/design/desk/", "/help/", "/contact/", "/privacy/", "/accessibility/"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # Playwright keeps an event loop in this thread, which makes Django refuse its own database calls in fixtures.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield opened
        opened.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_and_nothing_overflows(live_server, browser: Browser, width: int, theme: str):
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=theme, reduced_motion="reduce")
    for path in PAGES:
        page.goto(live_server.url + path)
        assert violations(page, Path(settings.VAR_DIR)) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    page.close()


def test_a_day_opens_and_closes_with_the_keyboard(live_server, browser: Browser):
    page = browser.new_page()
    page.goto(live_server.url + "/design/")
    page.locator(".day.promised summary").focus()
    page.keyboard.press("Enter")
    assert page.locator(".day.promised .day-card").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator(".day.promised .day-card").is_visible()
    page.close()


def test_type_language_and_days_work_without_javascript(live_server, browser: Browser):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}, locale="zh-CN")
    page = context.new_page()
    page.goto(live_server.url + "/design/")
    page.locator("#display button[name=type]").click()
    assert page.locator("html").get_attribute("data-type") == "large"
    page.locator("#display button[name=language]").click()
    assert page.locator("html").get_attribute("lang") == "en"
    page.locator("label[for=calendar-1]").click()
    page.locator("#calendar .day.accepted summary").click()
    assert page.locator(".day.accepted .day-card").is_visible()
    context.close()
