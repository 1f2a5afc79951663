"""Stops that somebody has to begin first: an application that is being filled in, acts at the desk, a new officer."""

from collections.abc import Iterator

from playwright.sync_api import Browser

from tests.e2e import journey
from tests.e2e.conftest import DESK, PASSWORD, PIXEL, Platform, Visitor, visitor
from tests.e2e.tour_rows import CASES, SOMEBODY, WALKED_IN, Rows
from tests.e2e.visit import Stop

FILLER = "13800000059"
"""Who fills in an application on the tour; nothing else happens to that person."""
NEW = ("newcomer-1", "newcomer-2")
SHOWN = ("received", "supplementing", "accepted", "special", "granted", "refused")
"""States in which a case is shown at the desk."""
ACTS = (
    ("accept", "clerk", "received"), ("notify", "clerk", "received"), ("decline", "clerk", "received"),
    ("suspend", "{office}-reviewer", "accepted"), ("extend", "head", "accepted"),
    ("refuse", "{office}-approver", "accepted"),
    ("resume", "{office}-reviewer", "special"), ("deliver", "clerk", "granted"),
)  # fmt: skip


def filling(platform: Platform, chromium: Browser) -> Iterator[Stop]:
    """An application as far as its check, left there."""
    paper = platform.var / "layout.png"
    paper.write_bytes(PIXEL)
    who = visitor(platform, chromium, size=DESK)
    page = who.page
    who.sign_in(FILLER)
    who.go(journey.BUNDLE)
    page.locator("main form button").last.click()
    root = page.url.partition("/questions/")[0]
    yield Stop("form question", page.url.removeprefix(platform.url), FILLER)
    journey.answer_questions(who)
    link = page.locator("main a[href*='/papers/']").first.get_attribute("href")
    journey.hand_in_papers(who, paper)
    assert link
    path = root.removeprefix(platform.url)
    yield Stop("papers", f"{path}/papers/", FILLER)
    yield Stop("paper", link, FILLER)
    page.locator("main a.primary").click()
    page.locator("input[name=way][value=post]").check()
    yield Stop("delivery", f"{path}/delivery/", FILLER)
    page.locator("input[name=way][value=electronic]").check()
    page.locator("main form button.primary").click()
    page.wait_for_url("**/check/")
    yield Stop("check answers", f"{path}/check/", FILLER)
    yield Stop("promised nothing", f"{path}/check/", FILLER, typed=())
    yield Stop("for whom", f"{path}/who/", FILLER)
    yield Stop("throw away a draft", f"{path}/discard/", FILLER)
    yield Stop("cases with a draft", "/my/", FILLER)
    yield Stop("start again", journey.BUNDLE, FILLER)
    yield from mandated(who)
    yield from recipient(who)
    who.context.close()


def mandated(who: Visitor) -> Iterator[Stop]:
    """A mandate that somebody gave, to be taken back."""
    page = who.page
    who.go("/me/firms/")
    firm = page.locator("main a[href^='/me/firms/']:not([href$='new/'])").first.get_attribute("href")
    assert firm
    who.go(f"{firm}grant/")
    page.fill("input[name=name]", "李明")
    page.fill("input[name=id_number]", SOMEBODY)
    page.locator("main form button.primary").click()
    page.wait_for_load_state()
    link = page.locator("main a[href*='/revoke/']").first.get_attribute("href")
    assert link, page.locator("main").inner_text()
    yield Stop("firm with an agent", firm, FILLER)
    yield Stop("take a mandate back", link, FILLER)


def recipient(who: Visitor) -> Iterator[Stop]:
    """An address in somebody's book."""
    page = who.page
    who.go("/me/recipients/new/")
    page.fill("input[name=name]", "欧阳慕容")
    page.fill("input[name=phone]", "13900000003")
    page.fill("[name=address]", "瑞昌市人民北路9号")
    page.locator("main form button.primary").click()
    page.wait_for_url("**/me/recipients/")
    link = page.locator("main a[href^='/me/recipients/']:not([href$='new/'])").first.get_attribute("href")
    assert link, page.locator("main").inner_text()
    yield Stop("recipient", link, FILLER)


def desk(rows: Rows, platform: Platform, chromium: Browser) -> Iterator[Stop]:
    """A case in each state at the desk, and the form of each act."""
    people: dict[str, Visitor] = {}
    for state in SHOWN:
        yield Stop(f"desk case {state}", f"/desk/cases/{rows.one(CASES, state)[1]}/", "clerk")
    for act, login, state in ACTS:
        yield Stop(f"act {act}", *offered(rows, platform, chromium, people, act, login, state))
    yield from reviewed(rows, people)
    yield from window(people["clerk"])
    for one in people.values():
        one.context.close()


def reviewed(rows: Rows, people: dict[str, Visitor]) -> Iterator[Stop]:
    """Steps in hand, and a case reviewed so far that it can be granted."""
    who = people["market-reviewer"]
    licences = [case for _, case, _ in rows(CASES, "accepted") if case[19:31] == REGISTRATION]
    for case in licences[:2]:
        journey.take_step(who, case)
    yield Stop("desk case in hand", f"/desk/cases/{licences[0]}/", "market-reviewer")
    yield Stop("act settle", journey.step_links(who, licences[0], "settle")[0], "market-reviewer")
    journey.settle_step(who, licences[1])
    yield Stop("act grant", f"/desk/cases/{licences[1]}/grant/", "market-approver")
    approver = people["market-approver"]
    journey.take_step(approver, licences[1])
    back = journey.step_links(approver, licences[1], "return")[0]
    yield Stop("act return", back, "market-approver")
    yield Stop("sent back nowhere", back, "market-approver", 422, (("reason", ""),))


def window(clerk: Visitor) -> Iterator[Stop]:
    """What a clerk fills in for somebody at the window, and the page after it was received."""
    page = clerk.page
    clerk.go("/desk/window/?q=驾驶证补证换证")
    page.locator("form[action$='/begin/'] button").first.click()
    page.wait_for_url("**/desk/window/*-*/")
    address = page.url.removeprefix(clerk.platform.url)
    yield Stop("fill in at the window", address, "clerk")
    yield Stop("received nothing at the window", address, "clerk", 422, ())
    yield Stop("find at the window", "/desk/window/?q=食品", "clerk")
    number = receive_at_window(clerk)
    yield Stop("received at the window", f"/desk/window/received/{number}/", "clerk")


def receive_at_window(clerk: Visitor) -> str:
    """Receive a new driving licence for somebody without an account; return the number of the application."""
    page = clerk.page
    clerk.go("/desk/window/?q=驾驶证补证换证")
    page.locator("form[action$='/begin/'] button").first.click()
    page.wait_for_url("**/desk/window/*-*/")
    page.fill("input[name=Who-id_number]", WALKED_IN)
    page.fill("input[name=Who-name]", "欧阳慕容")
    page.fill("input[name=Who-phone]", "13900000001")
    page.locator("input[name=replace_why][value=broken]").check()
    page.locator("button[name=save]").click()
    page.wait_for_load_state()
    for place in range(page.locator("input[type=file]").count()):
        page.locator("input[type=file]").nth(place).set_input_files(clerk.platform.var / "layout.png")
    page.locator("button[name=receive]").click()
    page.wait_for_url("**/received/**")
    return page.url.rstrip("/").rpartition("/")[2]


def newcomers(platform: Platform, chromium: Browser) -> Iterator[Stop]:
    """New officers: one with the first password still, one who has to set up the second factor."""
    operator = visitor(platform, chromium, size=DESK)
    operator.sign_in("operator")
    page = operator.page
    for username in NEW:
        operator.go("/staff/new/")
        page.fill("input[name=username]", username)
        page.fill("input[name=name]", "诸葛新人")
        page.locator("main form button.primary").click()
        page.locator("code, kbd, .number").first.wait_for()
        platform.passwords[username] = page.locator("main code").first.inner_text().strip()
    operator.context.close()
    yield Stop("own password in place of the first", "/me/password/", NEW[0])
    who = visitor(platform, chromium, size=DESK)
    who.sign_in(NEW[1])
    assert "/me/password/" in who.page.url, "a first password is for one sign-in"
    who.page.fill("input[name=password]", PASSWORD)
    who.page.fill("input[name=again]", PASSWORD)
    who.page.locator("main form button.primary").click()
    who.page.wait_for_url(lambda url: "/me/password/" not in url)
    who.context.close()
    del platform.passwords[NEW[1]]
    yield Stop("set up the second factor", "/account/2fa/totp/activate/", NEW[1])
    yield Stop("wrong second factor", "/account/2fa/totp/activate/", NEW[1], typed=(("code", "000000"),))


REGISTRATION = "360731901000"
OFFICES = {"11360481MB0E10017F": "market", "11360481MB0E10025A": "city", "11360481MB0E100335": "police",
           "11360481MB0E100410": "fire"}  # fmt: skip


def offered(rows, platform, chromium, people: dict[str, Visitor], act: str, login: str, state: str) -> tuple[str, str]:
    """Return the address of an act where it is offered, and to whom."""
    for _, case, _ in rows(CASES, state):
        who = login.format(office=OFFICES[case[:18]])
        if who not in people:
            people[who] = visitor(platform, chromium, size=DESK)
            people[who].sign_in(who)
        path = f"/desk/cases/{case}/{act}/"
        answer = people[who].context.request.get(platform.url + path)
        if answer.ok and answer.url.endswith(path):
            return path, who
    raise LookupError(act)
