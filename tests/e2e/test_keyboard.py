"""The journey by keyboard alone: every control is reached by Tab and works by Space, Enter, arrows and typing."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, TimeoutError

from tests.e2e import journey
from tests.e2e.conftest import PASSWORD, PHONE, Officers, Platform, Visitor, visitor

pytestmark = pytest.mark.browser
FAR = 120
"""More presses of Tab than any page has controls."""


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus; every stop on the way must be visible."""
    for _ in range(FAR):
        if target.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle !== 'none'"
                             " || document.activeElement === document.body"), page.url  # fmt: skip
    raise AssertionError(f"{target} is not reached by Tab on {page.url}")


def press_button(page: Page, target: Locator) -> None:
    tab_to(page, target)
    page.keyboard.press("Enter")
    page.wait_for_load_state()


def sign_in(owner: Visitor, login: str) -> None:
    page = owner.page
    owner.go("/account/login/")
    tab_to(page, page.locator("input[name=login]"))
    page.keyboard.type(login)
    tab_to(page, page.locator("input[name=password]"))
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/login/" not in url)


def choose(page: Page, name: str, value: str) -> None:
    """Choose one of several: Tab into the group, then arrows, as a keyboard does."""
    radios = page.locator(f"main [name={name}]")
    page.keyboard.press("Tab")
    for _ in range(FAR):
        if page.evaluate("document.activeElement.name") == name:
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    for _ in range(radios.count()):
        if page.locator(f"main [name={name}][value={value}]").is_checked():
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{name}={value} cannot be chosen")


def answer_by_keyboard(page: Page) -> None:
    for _ in range(40):
        if "/questions/" not in page.url:
            return
        before = page.url
        for name, value in journey.ANSWERS.items():
            field = page.locator(f"main form [name={name}]")
            if not field.count():
                continue
            if field.first.get_attribute("type") == "radio":
                choose(page, name, value)
            elif not field.input_value():
                tab_to(page, field)
                page.keyboard.type(value)
        press_button(page, page.locator("main form button.primary"))
        page.wait_for_url(lambda url, before=before: url != before)


def choose_file(page: Page, paper: Path) -> None:
    """Open the file chooser from the focused control. Headless Chromium drops the first press now and then."""
    for key in ("Space", "Enter", "Space"):
        try:
            with page.expect_file_chooser(timeout=5000) as chooser:
                page.keyboard.press(key)
        except TimeoutError:
            continue
        chooser.value.set_files(paper)
        return
    raise AssertionError(f"no file can be chosen by keyboard on {page.url}")


def hand_in_by_keyboard(owner: Visitor, paper: Path) -> None:
    page = owner.page
    papers = page.url
    links = page.locator("main a[href*='/papers/']")
    addresses = list(dict.fromkeys(links.evaluate_all("all => all.map(one => one.getAttribute('href'))")))
    for address in addresses:
        press_button(page, page.locator(f"main a[href='{address}']").first)
        page.wait_for_url(lambda url, address=address: url.endswith(address))
        tab_to(page, page.locator("input[type=file]"))
        choose_file(page, paper)
        press_button(page, page.locator("form:has(input[type=file]) button.primary"))
        page.wait_for_url(papers)


def test_an_application_and_its_acceptance_need_no_mouse(platform: Platform, chromium: Browser, paper: Path):
    owner = visitor(platform, chromium, size=PHONE)
    page = owner.page
    sign_in(owner, "13800000005")
    owner.go(journey.BUNDLE)
    press_button(page, page.locator("main form button").last)
    page.wait_for_url("**/questions/**")
    answer_by_keyboard(page)
    hand_in_by_keyboard(owner, paper)
    press_button(page, page.locator("main a.primary"))
    page.wait_for_url("**/delivery/")
    choose(page, "way", "electronic")
    press_button(page, page.locator("main form button.primary"))
    page.wait_for_url("**/check/")
    tab_to(page, page.locator("input[name=declared]"))
    page.keyboard.press("Space")
    press_button(page, page.locator("main form button.primary"))
    page.wait_for_url("**/received/")
    number = page.url.rstrip("/").split("/")[-2]

    case = journey.case_numbers(owner, number)["food"]
    clerk = Officers(platform, chromium)("clerk")
    clerk.go(f"/desk/cases/{case}/")
    clerk.page.keyboard.press("a")  # the key of acceptance, as the button says
    clerk.page.locator("section.act form").wait_for()
    press_button(clerk.page, clerk.page.locator("section.act form button").first)
    assert "已受理" in clerk.page.locator("body").inner_text()
