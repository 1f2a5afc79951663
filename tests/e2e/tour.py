"""Every page type of the platform, as addresses on a demonstration with some past, and who may open them."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser

from tests.e2e import journey
from tests.e2e.conftest import DESK, PIXEL, Platform, Visitor, visitor

BUNDLE = "/bundles/360481000000/open_restaurant/"
FILLER = "13800000059"
"""Who fills in an application on the tour; nothing else happens to that person."""
NOBODY = ""
ACTS = (
    ("accept", "clerk", "received"), ("notify", "clerk", "received"), ("decline", "clerk", "received"),
    ("suspend", "{office}-reviewer", "accepted"), ("extend", "head", "accepted"),
    ("refuse", "{office}-approver", "accepted"),
    ("resume", "{office}-reviewer", "special"), ("deliver", "clerk", "granted"),
)  # fmt: skip


@dataclass(frozen=True)
class Stop:
    """A page type. name: English words, also the label on the sheet; who: a login or nobody; status: as expected."""

    name: str
    path: str
    who: str = NOBODY
    status: int = 200


OPEN_TO_ALL = (
    Stop("home, signed out", "/"), Stop("find", "/find/?q=餐饮"), Stop("find nothing", "/find/?q=zzqx"),
    Stop("services", "/services/"), Stop("bundle guide", BUNDLE), Stop("bundle question", BUNDLE + "questions/"),
    Stop("check", "/check/"), Stop("verify", "/verify/"),
    Stop("verify unknown", "/verify/AFQ5F2J0YP2CVF6RRAJ9", status=404),
    Stop("verify receipt", "/verify/receipt/"), Stop("help", "/help/"), Stop("contact", "/contact/"),
    Stop("privacy", "/privacy/"), Stop("accessibility", "/accessibility/"), Stop("sign in", "/account/login/"),
    Stop("sign in by code", "/account/login/code/"), Stop("sign up", "/account/signup/"),
    Stop("forgotten", "/account/password/reset/"), Stop("404", "/nowhere/", status=404),
    Stop("components", "/design/"), Stop("desk components", "/design/desk/"), Stop("demo codes", "/demo/codes/"),
)  # fmt: skip
OF_A_PERSON = (
    Stop("start", "/apply/bundle/360481000000/open_restaurant/", "13800000060"),
    Stop("me", "/me/", "13800000001"), Stop("me: person", "/me/person/", "13800000001"),
    Stop("me: password", "/me/password/", "13800000001"), Stop("firms", "/me/firms/", "13800000001"),
    Stop("new firm", "/me/firms/new/", "13800000001"), Stop("inbox", "/messages/", "13800000001"),
    Stop("message preferences", "/messages/preferences", "13800000001"),
    Stop("home, signed in", "/", "13800000001"), Stop("my cases", "/my/", "13800000001"),
    Stop("licences", "/licences/", "13800000001"), Stop("no cases", "/my/", "13800000060"),
    Stop("no licences", "/licences/", "13800000060"), Stop("no messages", "/messages/", "13800000060"),
)  # fmt: skip
OF_OFFICERS = (
    Stop("desk queue", "/desk/", "clerk"), Stop("desk queue of a reviewer", "/desk/", "market-reviewer"),
    Stop("desk queue of an approver", "/desk/", "market-approver"), Stop("desk find", "/desk/find/?q=李", "clerk"),
    Stop("desk window", "/desk/window/", "clerk"), Stop("desk keys", "/desk/keys/", "clerk"),
    Stop("persons", "/persons/", "clerk"), Stop("new person", "/persons/new/", "clerk"),
    Stop("staff", "/staff/", "operator"), Stop("new staff", "/staff/new/", "operator"),
    Stop("organs", "/organs/", "operator"), Stop("new organ", "/organs/new/", "operator"),
    Stop("halls", "/network/halls/", "operator"), Stop("calendars", "/calendars/", "operator"),
    Stop("new calendar", "/calendars/new/", "operator"), Stop("deliveries", "/oversight/deliveries/", "operator"),
    Stop("feed", "/oversight/feed/", "operator"), Stop("site", "/site/", "operator"),
)  # fmt: skip


RESTAURANTS = 36
"""As many as it takes until one was refused, one lapsed and one is suspended."""


def lived_in(var: Path) -> Iterator[Platform]:
    """Serve a demonstration with some past; let its worker make the papers that are still to be made."""
    made = Platform(var)
    filled = made.command("demo", "--no-serve", "--restaurants", str(RESTAURANTS))
    assert filled.returncode == 0, filled.stderr
    try:
        made.serve()
        yield made
    finally:
        made.stop()


def stops(platform: Platform, chromium: Browser) -> list[Stop]:
    """Return every stop, after somebody has begun an application."""
    rows = Rows(platform.var / "xiaoer.sqlite3")
    found = [*OPEN_TO_ALL, *OF_A_PERSON, *OF_OFFICERS, *guides(rows), *mine(rows), *records(rows)]
    found += filling(platform, chromium)
    found += desk(rows, platform, chromium)
    return found


class Rows:
    """The demonstration's database, read to know which numbers to open."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __call__(self, query: str, *values: str) -> list[tuple[str, ...]]:
        with sqlite3.connect(f"file:{self.path}?mode=ro", uri=True) as database:
            return database.execute(query, values).fetchall()

    def one(self, query: str, *values: str) -> tuple[str, ...]:
        return self(query + " LIMIT 1", *values)[0]


def login_of(username: str) -> str:
    """Return the telephone number by which a citizen of the demonstration signs in."""
    return f"1380000{int(username.rpartition('-')[2]):04d}"


def hyphened(identity: str) -> str:
    return "-".join((identity[:8], identity[8:12], identity[12:16], identity[16:20], identity[20:]))


def guides(rows: Rows) -> Iterator[Stop]:
    code, _ = rows.one("SELECT code, name FROM catalogue_service WHERE name LIKE '食品经营许可（餐饮服务）%'")
    yield Stop("service guide", f"/services/{code}/")
    yield Stop("service question", f"/services/{code}/questions/")


CASES = (
    "SELECT a.number, c.number, p.username FROM cases_case c JOIN cases_application a ON a.id = c.application"
    " JOIN people_account p ON p.id = a.account WHERE c.state = ? ORDER BY c.received_on DESC"
)


def mine(rows: Rows) -> Iterator[Stop]:
    """The pages of applications in each state, and what can be done there."""
    for state in ("received", "supplementing", "accepted", "special", "granted", "refused", "lapsed"):
        application, case, owner = rows.one(CASES, state)
        yield Stop(f"application {state}", f"/my/applications/{application}/", login_of(owner))
        if state == "received":
            yield Stop("received", f"/my/applications/{application}/received/", login_of(owner))
            yield Stop("withdraw", f"/my/cases/{case}/withdraw/", login_of(owner))
        if state == "supplementing":
            yield Stop("supplement", f"/my/cases/{case}/supplement/", login_of(owner))
    number, owner = rows.one(
        "SELECT i.number, p.username FROM evaluation_invitation i JOIN people_account p ON p.id = i.account"
        " WHERE i.state = 'open' ORDER BY i.sent_at DESC"
    )
    yield Stop("rating", f"/rate/case/{number}/", login_of(owner))
    yield Stop("rating reasons", f"/rate/case/{number}/?level=2", login_of(owner))
    code, owner = rows.one(
        "SELECT l.code, p.username FROM licences_licence l JOIN people_person s ON s.id = l.holder_id"
        " JOIN people_account p ON p.id = s.account_id WHERE l.state = 'valid'"
    )
    yield Stop("licences of somebody", "/licences/", login_of(owner))
    yield Stop("licence", f"/licences/{code}", login_of(owner))
    yield Stop("verify result", f"/verify/{code}")


def records(rows: Rows) -> Iterator[Stop]:
    """One record of each kind that officers keep."""
    for name, table, path, who in (
        ("organ", "network_organ", "/organs/{}/", "operator"),
        ("hall", "network_hall", "/network/halls/{}/", "operator"),
        ("window", "network_window", "/network/windows/{}/", "operator"),
        ("calendar", "network_calendarnotice", "/calendars/{}/", "operator"),
    ):  # fmt: skip
        (identity,) = rows.one(f"SELECT id FROM {table}")
        yield Stop(name, path.format(hyphened(identity)), who)
    (post,) = rows.one(
        "SELECT p.id FROM people_post p JOIN people_account a ON a.id = p.account_id"
        " WHERE a.username = 'bureau-reviewer'"
    )
    yield Stop("post", f"/staff/posts/{hyphened(post)}/", "operator")
    (firm,) = rows.one(
        "SELECT f.id FROM people_firm f JOIN people_person s ON s.id = f.legal_rep_id"
        " JOIN people_account p ON p.id = s.account_id WHERE p.username = 'person-0001'"
    )
    yield Stop("firm", f"/me/firms/{hyphened(firm)}/", "13800000001")


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
    who.context.close()


def desk(rows: Rows, platform: Platform, chromium: Browser) -> Iterator[Stop]:
    """A case in each state at the desk, and the form of each act."""
    people: dict[str, Visitor] = {}
    for state in ("received", "supplementing", "accepted", "special", "granted", "refused"):
        yield Stop(f"desk case {state}", f"/desk/cases/{rows.one(CASES, state)[1]}/", "clerk")
    for act, login, state in ACTS:
        yield Stop(f"act {act}", *offered(rows, platform, chromium, people, act, login, state))
    yield from reviewed(rows, people)
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
