"""Somebody who has a keyboard and nothing else: every control is reached by Tab, with its focus seen on the way."""

from pathlib import Path

from playwright.sync_api import Locator, Page, TimeoutError

from tests.e2e import journey
from tests.e2e.conftest import PASSWORD, Visitor

FAR = 160
"""More presses of Tab than any page has controls."""
SEEN = """
() => {
    const one = document.activeElement;
    const parts = one === document.body ? [] : [one, one.closest(".find"), one.nextElementSibling];
    return !parts.length || parts.some(part => part && getComputedStyle(part).outlineStyle !== "none");
}
"""


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus; every stop on the way must be visible."""
    for _ in range(FAR):
        if target.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
        assert page.evaluate(SEEN), (page.url, page.evaluate("document.activeElement.outerHTML"))
    raise AssertionError(f"{target} is not reached by Tab on {page.url}")


def press(page: Page, target: Locator) -> None:
    """Reach a link or button and press Enter."""
    tab_to(page, target)
    page.keyboard.press("Enter")
    page.wait_for_load_state()


def write(page: Page, target: Locator, words: str) -> None:
    tab_to(page, target)
    page.keyboard.type(words)


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
        if page.locator(f"main [name={name}][value='{value}']").is_checked():
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{name}={value} cannot be chosen on {page.url}")


def around(page: Page) -> int:
    """Walk through the whole page by Tab, from the skip link to the skip link; return how many stops there were.

    A trap would keep the focus; a page that jumps would never come back.
    """
    page.evaluate("() => { document.activeElement.blur(); getSelection().removeAllRanges(); }")
    tab_to(page, page.locator(".skip"))
    for stops in range(1, FAR):
        page.keyboard.press("Tab")
        assert page.evaluate(SEEN), (page.url, page.evaluate("document.activeElement.outerHTML"))
        if page.evaluate("document.activeElement.matches('.skip')"):
            return stops
    raise AssertionError(f"Tab does not come round on {page.url}")


def skip_to_main(page: Page) -> None:
    """Take the first link of the page: it leads past the header."""
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.skip')"), page.url
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def sign_in(who: Visitor, login: str) -> None:
    """Sign in by password, and by the code of the second factor where one is asked for."""
    page = who.page
    who.go("/account/login/")
    write(page, page.locator("input[name=login]"), login)
    write(page, page.locator("input[name=password]"), PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/login/" not in url)
    if page.locator("input[name=code]").count():
        journey.eventually(lambda: _code(who, login), seconds=70)


def _code(who: Visitor, login: str) -> bool:
    """Type the present code; a code that somebody used just before is not taken again."""
    page = who.page
    write(page, page.locator("input[name=code]"), who.code(login))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    return "/2fa/" not in page.url


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


def do(officer: Visitor, case: str, act: str, **values: str) -> None:
    """Open a case, reach an act of its bar, fill in its form and press its button."""
    page = officer.page
    officer.go(f"/desk/cases/{case}/")
    tab_to(page, page.locator(f".desk-acts a[href*='/{act}/']").first)
    page.keyboard.press("Enter")
    page.locator("section.act form").wait_for()
    for name, value in values.items():
        field = page.locator(f"section.act [name='{name}']")
        if field.first.get_attribute("type") == "radio":
            choose(page, name, value)
        else:
            write(page, field, value)
    press(page, page.locator("section.act .buttons button").first)
    page.locator(".notice.success, section.act .field-error").first.wait_for()
    assert not page.locator("section.act .field-error").count(), page.locator("main").inner_text()


def take_step(officer: Visitor, case: str) -> None:
    """Take the ready step of a case in hand, when an outcome elsewhere has arrived."""
    page = officer.page
    claim = page.locator("form[action*='/claim/'] button").first

    def offered() -> bool:
        officer.go(f"/desk/cases/{case}/")
        return claim.count() > 0

    journey.eventually(offered)
    press(page, claim)
    page.locator(".notice.success").wait_for()
