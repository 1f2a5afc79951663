"""Without JavaScript: a question is asked and answered, a fee paid, a service rated; test_restaurant has the rest."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e import journey
from tests.e2e.conftest import PHONE, Officers, Platform, Visitor, visitor

pytestmark = pytest.mark.browser


def apply_for_licence(owner: Visitor, paper: Path) -> tuple[str, str]:
    """Apply for a new driving licence, which costs ten yuan; return the numbers of the application and of its case."""
    page = owner.page
    owner.go("/find/?q=驾驶证补证换证")
    page.locator("main a[href*='/services/']", has_text="驾驶证补证换证").first.click()
    page.locator("main a.primary[href*='/apply/']").first.click()
    page.locator("main form button.primary").last.click()
    journey.answer_questions(owner, change={"replace_why": "broken"})
    journey.hand_in_papers(owner, paper)
    number = journey.submit(owner)
    owner.go(f"/my/applications/{number}/")
    case = re.search(r"\b[0-9A-Z]{31}20\d{6}\d{4,}\b", page.locator("main").inner_text())
    assert case
    return number, case[0]


def ask(owner: Visitor, case: str, words: str) -> None:
    owner.go(f"/my/cases/{case}/questions/")
    owner.page.fill("textarea[name=text]", words)
    owner.page.locator("main form button.primary").click()
    expect(owner.page.locator("main")).to_contain_text(words)


def answer(officer: Visitor, case: str, words: str) -> None:
    officer.go(f"/desk/cases/{case}/")
    form = officer.page.locator("form[action*='/answer/']").first
    form.locator("textarea").fill(words)
    form.locator("button").first.click()
    expect(officer.page.locator(".notice.success")).to_be_visible()


def pay(owner: Visitor, number: str) -> None:
    """Pay once the bill is there, on the page of the stand-in for a provider."""
    page = owner.page
    bills = page.locator("main a[href*='/my/bills/']")

    def billed() -> bool:
        owner.go(f"/my/applications/{number}/")
        return bills.count() > 0

    journey.eventually(billed)
    bills.first.click()
    page.locator("main form button.primary").click()
    page.wait_for_url("**/demo/pay/**")
    page.locator("main form button[value=pay]").click()
    page.wait_for_url("**/my/bills/**")
    expect(page.locator("main")).to_contain_text("已缴清")


def rate(owner: Visitor, case: str) -> None:
    page = owner.page
    invited = journey.eventually(lambda: page.request.get(f"{owner.platform.url}/rate/case/{case}/").ok)
    assert invited
    owner.go(f"/rate/case/{case}/")
    page.locator("input[name=level][value='2']").check()
    page.locator("main form button.primary").click()
    page.locator("main form [type=checkbox]").first.check()
    page.fill("main textarea", "等了很久才有人答复。")
    page.locator("main form button.primary").last.click()
    expect(page.locator("h1")).to_contain_text("谢谢")


def test_question_fee_and_rating_need_no_script(platform: Platform, chromium: Browser, paper: Path):
    owner = visitor(platform, chromium, size=PHONE, script=False)
    owner.sign_in("13800000009")
    number, case = apply_for_licence(owner, paper)
    people = Officers(platform, chromium, script=False)
    ask(owner, case, "要带旧驾驶证来吗？")
    answer(people("police-reviewer"), case, "不用，领新证的时候交回就行。")
    owner.go(f"/my/applications/{number}/")
    expect(owner.page.locator("main")).to_contain_text("领新证的时候交回就行")
    journey.do(people("clerk"), case, "accept")
    pay(owner, number)
    journey.do(people("police-approver"), case, "grant")
    rate(owner, case)
