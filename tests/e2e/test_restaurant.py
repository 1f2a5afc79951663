"""Opening a restaurant, from the question to the rating, by people in browsers of their own at 390 px."""

import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e import journey
from tests.e2e.conftest import DESK, PHONE, Platform, Visitor

pytestmark = pytest.mark.browser
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082"
)


def visitor(platform: Platform, chromium: Browser, *, size: dict[str, int], script: bool = True) -> Visitor:
    context = chromium.new_context(viewport=size, locale="zh-CN", java_script_enabled=script, reduced_motion="reduce")
    context.set_default_timeout(15000)
    return Visitor(platform, context, context.new_page())


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "布局图.png"
    path.write_bytes(PIXEL)
    return path


@pytest.fixture
def people(platform: Platform, chromium: Browser):
    """Officers at their desks, made as they are asked for."""
    made: dict[str, Visitor] = {}

    def of(username: str) -> Visitor:
        if username not in made:
            made[username] = visitor(platform, chromium, size=DESK)
            made[username].sign_in(username)
        return made[username]

    yield of
    for one in made.values():
        one.context.close()


def entries(platform: Platform, subject: str) -> list[tuple[str, str, str]]:
    """Return (name, at, data) of a subject's entries from the database."""
    with sqlite3.connect(platform.var / "xiaoer.sqlite3") as database:
        return database.execute(
            "SELECT name, at, data FROM journal_entry WHERE subject = ? ORDER BY number", [subject]
        ).fetchall()


def working_at_once(platform: Platform, application: str) -> int:
    """Return how many organs had a step in hand at one instant, by the journal."""
    with sqlite3.connect(platform.var / "xiaoer.sqlite3") as database:
        rows = database.execute(
            "SELECT s.organ, e.name, e.at FROM journal_entry e JOIN cases_step s ON s.id = e.subject"
            " JOIN cases_application a ON a.id = s.application WHERE a.number = ? AND e.kind = 'step'"
            " ORDER BY e.at, e.id",
            [application],
        ).fetchall()
    most, busy = 0, set()
    for organ, name, _ in rows:
        if name == "step.claimed":
            busy.add(organ)
        elif name in {"step.settled", "step.released", "step.voided"}:
            busy.discard(organ)
        most = max(most, len(busy))
    return most


def test_the_whole_journey_with_three_organs_at_work_at_one_instant_and_one_correction(
    platform: Platform, chromium: Browser, people, paper: Path
):
    owner = visitor(platform, chromium, size=PHONE)
    owner.sign_in("13800000001")
    owner.go(journey.BUNDLE)
    owner.page.locator("main form button").last.click()
    assert journey.answer_questions(owner) >= 10
    assert journey.hand_in_papers(owner, paper) >= 4
    number = journey.submit(owner)
    cases = journey.case_numbers(owner, number)
    assert set(cases) == {"licence", "food", "sign", "seal"}, "120 ㎡ above ground needs no fire check"

    clerk = people("clerk")
    for key in ("licence", "sign"):
        journey.do(clerk, cases[key], "accept")
    correct_once(clerk, owner, cases["food"], paper)
    journey.do(clerk, cases["food"], "accept")

    market, city, police = people("market-reviewer"), people("city-reviewer"), people("police-approver")
    journey.take_step(market, cases["licence"])
    journey.take_step(city, cases["sign"])
    journey.settle_step(market, cases["licence"], opinion="材料齐全")
    journey.do(people("market-approver"), cases["licence"], "grant")
    # The licence is there: police may decide on the seal while market and city work on food and sign.
    journey.take_step(market, cases["food"])
    journey.take_step(police, cases["seal"])
    assert working_at_once(platform, number) >= 3
    finish(people, cases)

    licence = journey.eventually(lambda: licence_code(owner))
    stranger = visitor(platform, chromium, size=PHONE)
    stranger.go(f"/verify/{licence}")
    assert "有效" in stranger.page.locator("main").inner_text()
    rate(owner, number)
    replayed = platform.command("replay")
    assert replayed.returncode == 0, replayed.stdout


def correct_once(clerk: Visitor, owner: Visitor, case: str, paper: Path) -> None:
    """One correction: the clerk tells what is missing, the owner hands it in again from the phone."""
    clerk.go(f"/desk/cases/{case}/notify/")
    form = clerk.page.locator("section.act form")
    fields = form.locator("textarea, input[type=text]").evaluate_all("all => all.map(one => one.name)")
    reason = next(name for name in fields if "layout" in name)
    form.locator(f"[name='{reason}']").fill("图上没有标出洗手池,请补画后重新上传")
    form.locator("button.primary").first.click()
    clerk.page.wait_for_load_state()
    owner.go(f"/my/cases/{case}/supplement/")
    owner.page.set_input_files("input[type=file]", paper)
    owner.page.locator("form:has(input[type=file]) button.primary").last.click()
    owner.page.wait_for_url("**/my/applications/**")


def finish(people, cases: dict[str, str]) -> None:
    """Settle what is in hand, visit, decide."""
    market, city, police = people("market-reviewer"), people("city-reviewer"), people("police-approver")
    journey.do(police, cases["seal"], "grant")
    journey.settle_step(city, cases["sign"])
    journey.take_step(city, cases["sign"])
    journey.settle_step(city, cases["sign"], opinion="现场与图纸一致")
    journey.settle_step(market, cases["food"])
    journey.take_step(market, cases["food"])
    journey.settle_step(market, cases["food"], opinion="功能间分离,消毒设施齐全")
    journey.do(people("city-approver"), cases["sign"], "grant")
    journey.do(people("market-approver"), cases["food"], "grant")


def licence_code(owner: Visitor) -> str:
    """Return the code of one of the owner's licences, once it is on the list."""
    owner.go("/licences/")
    links = owner.page.locator("main a[href*='/licences/']").evaluate_all(
        "all => all.map(one => one.getAttribute('href'))"
    )
    return links[0].strip("/").rpartition("/")[2] if links else ""


def rate(owner: Visitor, number: str) -> None:
    """Rate a decided service: the level, then the reasons of that level."""
    owner.go(f"/my/applications/{number}/")
    owner.page.locator("a[href*='/rate/']").first.click()
    owner.page.wait_for_load_state()
    owner.page.locator("main [name=level][value='5']").first.click()
    owner.page.locator("main form button.primary").last.click()
    owner.page.wait_for_load_state()
