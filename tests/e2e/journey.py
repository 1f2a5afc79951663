"""The restaurant journey as people walk it: each in a browser of his own, page by page, by what the pages offer."""

import re
import time
from pathlib import Path

from tests.e2e.conftest import Visitor

BUNDLE = "/apply/bundle/360481000000/open_restaurant/"
ANSWERS = {
    "has_licence": "no", "applicant_kind": "individual", "premises_area": "120", "is_underground": "no",
    "has_entertainment": "no", "cold_dishes": "no", "has_signboard": "yes", "sign_area": "12", "sign_lit": "yes",
    "wants_seal": "yes", "shop_name": "瑞昌市李记瓦罐汤店", "registered_capital": "50000",
    "business_kind": "restaurant", "operator_name": "李明", "operator_phone": "13800000001",
    "premises_address": "瑞昌市人民北路9号", "online_orders": "no", "sign_text": "李记瓦罐汤",
}  # fmt: skip
OFFICES = {"market": "食品", "city": "招牌", "police": "公章"}


def answer_questions(visitor: Visitor, *, change: dict[str, str] | None = None) -> int:
    """Answer page after page until the papers; return how many pages there were."""
    answers = {**ANSWERS, **(change or {})}
    page = visitor.page
    for asked in range(40):
        if "/questions/" not in page.url:
            return asked
        before = page.url
        form = page.locator("main form").last
        for name, value in answers.items():
            answer_one(form, name, value)
        form.locator("button.primary").click()
        page.wait_for_url(lambda url, before=before: url != before)
    raise AssertionError(f"the questions do not end: {page.url}")


def answer_one(form, name: str, value: str) -> None:
    """Put one answer in, if this page asks for it."""
    field = form.locator(f"[name={name}]")
    if not field.count():
        return
    if field.first.get_attribute("type") == "radio":
        form.locator(f"[name={name}][value={value}]").check()
    elif not field.input_value():
        field.fill(value)


def hand_in_papers(visitor: Visitor, paper: Path) -> int:
    """Upload a picture for every paper that is still to come; return how many."""
    page = visitor.page
    papers = page.url
    links = page.locator("main a[href*='/papers/']").evaluate_all("links => links.map(one => one.getAttribute('href'))")
    for link in dict.fromkeys(links):
        visitor.go(link)
        page.set_input_files("input[type=file]", paper)
        page.locator("form:has(input[type=file]) button.primary").click()
        page.wait_for_url(papers)
    return len(set(links))


def submit(visitor: Visitor) -> str:
    """Choose to download the result, check the answers, submit; return the application's number."""
    page = visitor.page
    page.locator("main a.primary").click()
    page.locator("input[name=way][value=electronic]").check()
    page.locator("main form button.primary").click()
    page.wait_for_url("**/check/")
    page.locator("input[name=declared]").check()
    page.locator("main form button.primary").click()
    page.wait_for_url("**/received/")
    found = re.search(r"/my/applications/([0-9A-Z]+)/received/", page.url)
    assert found, page.url
    return found[1]


def case_numbers(visitor: Visitor, application: str) -> dict[str, str]:
    """Return the cases of an application: name of the service -> number, read from the applicant's page."""
    visitor.go(f"/my/applications/{application}/")
    text = visitor.page.locator("main").inner_text()
    numbers = list(dict.fromkeys(re.findall(r"\b[0-9A-Z]{31}20\d{6}\d{4,}\b", text)))
    names = {"360731901000": "licence", "000131024000": "food", "360117901000": "sign", "361009901000": "seal",
             "360125901000": "fire"}  # fmt: skip
    return {names[number[19:31]]: number for number in numbers}


def do(officer: Visitor, case: str, act: str, **values: str) -> None:
    """Do an act on a case as an officer: open its form, fill it in, press its button."""
    officer.go(f"/desk/cases/{case}/{act}/")
    press(officer, **values)


def press(officer: Visitor, **values: str) -> None:
    """Fill in the open act and press its button."""
    form = officer.page.locator("section.act form")
    for name, value in values.items():
        field = form.locator(f"[name={name}]")
        if field.first.get_attribute("type") in {"radio", "checkbox"}:
            form.locator(f"[name={name}][value={value}]").check()
        elif field.first.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    form.locator("button").first.click()
    officer.page.wait_for_load_state()
    assert officer.page.locator("section.act .field-error").count() == 0, officer.page.locator("main").inner_text()


def step_links(officer: Visitor, case: str, act: str) -> list[str]:
    """Return the addresses of an act on the steps of a case that this officer is offered."""
    officer.go(f"/desk/cases/{case}/")
    found = officer.page.locator(f"a[href*='/steps/'][href*='/{act}/']")
    return list(dict.fromkeys(found.evaluate_all("links => links.map(one => one.getAttribute('href'))")))


def take_step(officer: Visitor, case: str) -> None:
    """Take the ready step of a case in hand, waiting for it if an outcome elsewhere has to arrive first."""

    def offered() -> bool:
        officer.go(f"/desk/cases/{case}/")
        return officer.page.locator("form[action*='/claim/'] button").count() > 0

    try:
        eventually(offered)
    except AssertionError:
        raise AssertionError(officer.page.locator("body").inner_text()) from None
    with officer.page.expect_response(lambda answer: "/claim/" in answer.url):
        officer.page.locator("form[action*='/claim/'] button").first.click()


def settle_step(officer: Visitor, case: str, *, outcome: str = "granted", opinion: str = "符合要求") -> None:
    """Settle the step in hand."""
    officer.go(step_links(officer, case, "settle")[0])
    press(officer, outcome=outcome, opinion=opinion)


def eventually(ask, seconds: float = 20):
    """Return the first answer that is not empty, asking again while the worker works."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := ask():
            return found
        time.sleep(0.3)
    raise AssertionError("nothing came")
