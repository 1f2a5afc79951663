"""The journey by keyboard alone, from the question to the rating; and what Tab, Escape and errors do."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e import hands, journey
from tests.e2e.conftest import DESK, PHONE, Officers, Platform, Visitor, visitor

pytestmark = pytest.mark.browser


class KeyboardOfficers(Officers):
    """Officers who sign in without a mouse."""

    def __call__(self, username: str) -> Visitor:
        if username not in self.made:
            self.made[username] = visitor(self.platform, self.chromium, size=DESK)
            hands.sign_in(self.made[username], username)
        return self.made[username]


def find_the_guide(page: Page) -> None:
    """From the question on the home page to the guide, past a question of what is needed in one's own case."""
    hands.skip_to_main(page)
    hands.write(page, page.locator("main input[name=q]"), "餐饮店")
    page.keyboard.press("Enter")
    page.wait_for_url("**/find/**")
    hands.press(page, page.locator("main a[href*='/bundles/']").first)
    page.wait_for_url("**/open_restaurant/**")
    hands.press(page, page.locator("main a[href*='/questions/']").first)
    page.wait_for_url("**/questions/**")
    name = page.locator("main input[type=radio]").first.get_attribute("name")
    assert name
    hands.choose(page, name, "no")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def answer(page: Page) -> None:
    """Answer question after question, until the papers."""
    for _ in range(40):
        if "/questions/" not in page.url:
            return
        before = page.url
        for name, value in journey.ANSWERS.items():
            field = page.locator(f"main form [name={name}]")
            if not field.count():
                continue
            if field.first.get_attribute("type") == "radio":
                hands.choose(page, name, value)
            elif not field.input_value():
                hands.write(page, field, value)
        hands.press(page, page.locator("main form button.primary"))
        page.wait_for_url(lambda url, before=before: url != before)


def hand_in(page: Page, paper: Path) -> None:
    papers = page.url
    links = page.locator("main a[href*='/papers/']")
    for address in dict.fromkeys(links.evaluate_all("all => all.map(one => one.getAttribute('href'))")):
        hands.press(page, page.locator(f"main a[href='{address}']").first)
        page.wait_for_url(lambda url, address=address: url.endswith(address))
        hands.tab_to(page, page.locator("input[type=file]"))
        hands.choose_file(page, paper)
        hands.press(page, page.locator("form:has(input[type=file]) button.primary"))
        page.wait_for_url(papers)


def submit(page: Page) -> str:
    """Choose the way of delivery, check, promise, submit; return the application's number."""
    hands.press(page, page.locator("main a.primary"))
    page.wait_for_url("**/delivery/")
    hands.choose(page, "way", "electronic")
    hands.press(page, page.locator("main form button.primary"))
    page.wait_for_url("**/check/")
    hands.press(page, page.locator("main form button.primary"))  # without the promise: the fault is read first
    expect(page.locator(".error-summary")).to_be_focused()
    hands.press(page, page.locator(".error-summary a").first)
    hands.tab_to(page, page.locator("input[name=declared]"))
    page.keyboard.press("Space")
    hands.press(page, page.locator("main form button.primary"))
    page.wait_for_url("**/received/**")
    return page.url.partition("/received/")[0].rpartition("/")[2]


def correct(clerk: Visitor, owner: Visitor, case: str, paper: Path) -> None:
    """One correction: what is missing is told by keyboard and mended by keyboard."""
    clerk.go(f"/desk/cases/{case}/notify/")
    field = clerk.page.locator("section.act textarea[name*=layout], section.act input[name*=layout]").first
    hands.write(clerk.page, field, "图上没有标出洗手池，请补画后重新上传")
    hands.press(clerk.page, clerk.page.locator("section.act .buttons button").first)
    clerk.page.locator(".notice.success").wait_for()
    page = owner.page
    owner.go(f"/my/cases/{case}/supplement/")
    hands.tab_to(page, page.locator("input[type=file]"))
    hands.choose_file(page, paper)
    hands.press(page, page.locator("form:has(input[type=file]) button.primary").last)
    page.wait_for_url("**/my/applications/**")


def decide(people: KeyboardOfficers, cases: dict[str, str]) -> None:
    """Each organ settles its steps and grants; the seal follows the licence."""
    market, city = people("market-reviewer"), people("city-reviewer")
    passed = {"outcome": "granted", "opinion": "符合要求"}
    hands.take_step(market, cases["licence"])
    hands.do(market, cases["licence"], "settle", **passed)
    hands.do(people("market-approver"), cases["licence"], "grant")
    for _ in ("plan", "visit"):
        hands.take_step(city, cases["sign"])
        hands.do(city, cases["sign"], "settle", **passed)
    hands.do(people("city-approver"), cases["sign"], "grant")
    for _ in ("review", "visit"):
        hands.take_step(market, cases["food"])
        hands.do(market, cases["food"], "settle", **passed)
    hands.do(people("market-approver"), cases["food"], "grant")
    hands.take_step(people("police-approver"), cases["seal"])
    hands.do(people("police-approver"), cases["seal"], "grant")


def licence(owner: Visitor) -> str:
    """Open a licence from the list; return its code."""
    links = owner.page.locator("main a[href^='/licences/']")

    def there() -> bool:
        owner.go("/licences/")
        return links.count() > 0

    journey.eventually(there)
    hands.press(owner.page, links.first)
    owner.page.wait_for_url("**/licences/*/")
    return owner.page.url.rstrip("/").rpartition("/")[2]


def verify(page: Page, code: str) -> None:
    hands.write(page, page.locator("main input[name=number]"), code)
    page.keyboard.press("Enter")
    expect(page.locator(".page-title")).to_contain_text("有效")


def rate(owner: Visitor, number: str) -> None:
    page = owner.page
    owner.go(f"/my/applications/{number}/")
    hands.press(page, page.locator("a[href*='/rate/']").first)
    page.wait_for_url("**/rate/**")
    hands.choose(page, "level", "5")
    hands.press(page, page.locator("main form button.primary"))
    page.wait_for_url("**level=5**")
    hands.press(page, page.locator("main form button.primary").last)
    expect(page.locator("h1")).to_contain_text("谢谢")


def test_the_whole_journey_needs_no_mouse(platform: Platform, chromium: Browser, paper: Path):
    owner = visitor(platform, chromium, size=PHONE)
    page = owner.page
    owner.go("/")
    find_the_guide(page)
    hands.sign_in(owner, "13800000005")
    owner.go(journey.BUNDLE)
    hands.press(page, page.locator("main form button").last)
    page.wait_for_url("**/questions/**")
    answer(page)
    hand_in(page, paper)
    number = submit(page)

    cases = journey.case_numbers(owner, number)
    people = KeyboardOfficers(platform, chromium)
    clerk = people("clerk")
    for key in ("licence", "sign"):
        hands.do(clerk, cases[key], "accept")
    correct(clerk, owner, cases["food"], paper)
    clerk.go(f"/desk/cases/{cases['food']}/")
    clerk.page.keyboard.press("a")  # the key of acceptance, as the button says
    clerk.page.locator("section.act form").wait_for()
    clerk.page.keyboard.press("Escape")  # and it closes again, with the focus back among the acts
    expect(clerk.page.locator("section.act")).to_have_count(0)
    expect(clerk.page.locator(".desk-acts .button").first).to_be_focused()
    hands.do(clerk, cases["food"], "accept")
    decide(people, cases)

    code = licence(owner)
    stranger = visitor(platform, chromium, size=PHONE)
    stranger.go("/verify/")
    verify(stranger.page, code)
    rate(owner, number)


def test_tab_comes_round_and_escape_closes_what_is_open(platform: Platform, chromium: Browser):
    somebody = visitor(platform, chromium, size=PHONE)
    for path in ("/", "/bundles/360481000000/open_restaurant/", "/verify/", "/account/login/", "/design/"):
        somebody.go(path)
        assert hands.around(somebody.page) > 5
    clerk = visitor(platform, chromium, size=DESK)
    hands.sign_in(clerk, "clerk")
    for path in ("/desk/", "/desk/window/", "/persons/"):
        clerk.go(path)
        assert hands.around(clerk.page) > 5
    page = somebody.page
    somebody.go("/design/")
    day = page.locator(".day.promised > summary")
    hands.tab_to(page, day)
    page.keyboard.press("Enter")
    expect(page.locator(".day.promised .day-card")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".day.promised .day-card")).to_be_hidden()
    expect(day).to_be_focused()
