"""Opening a restaurant, from the question to the rating, by people in browsers of their own at 390 px."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e import journey
from tests.e2e.conftest import PHONE, Officers, Platform, Visitor, visitor

pytestmark = pytest.mark.browser


def working_at_once(platform: Platform, application: str) -> int:
    """Return how many organs had a step in hand at one instant, by the journal."""
    rows = platform.rows(
        "SELECT s.organ, e.name, e.at FROM journal_entry e JOIN cases_step s ON s.id = e.subject"
        " JOIN cases_application a ON a.id = s.application WHERE a.number = ? AND e.kind = 'step'"
        " ORDER BY e.at, e.id",
        application,
    )
    most, busy = 0, set()
    for organ, name, _ in rows:
        if name == "step.claimed":
            busy.add(organ)
        elif name in {"step.settled", "step.released", "step.voided"}:
            busy.discard(organ)
        most = max(most, len(busy))
    return most


def apply_by_phone(owner: Visitor, paper: Path, *, login: str) -> tuple[str, dict[str, str]]:
    """Sign in, answer, hand in, submit; return the application's number and its cases."""
    owner.sign_in(login)
    owner.go(journey.BUNDLE)
    owner.page.locator("main form button").last.click()
    assert journey.answer_questions(owner) >= 10
    assert journey.hand_in_papers(owner, paper) >= 4
    number = journey.submit(owner)
    cases = journey.case_numbers(owner, number)
    assert set(cases) == {"licence", "food", "sign", "seal"}, "120 ㎡ above ground needs no fire check"
    return number, cases


@pytest.mark.parametrize(("script", "login"), [(True, "13800000001"), (False, "13800000003")], ids=["script", "plain"])
def test_the_whole_journey_with_three_organs_at_work_at_one_instant_and_one_correction(
    platform: Platform, chromium: Browser, paper: Path, script: bool, login: str
):
    owner = visitor(platform, chromium, size=PHONE, script=script)
    people = Officers(platform, chromium, script=script)
    number, cases = apply_by_phone(owner, paper, login=login)
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
    stranger = visitor(platform, chromium, size=PHONE, script=script)
    stranger.go(f"/verify/{licence}")
    assert "有效" in stranger.page.locator("main").inner_text()
    rate(owner, number)
    replayed = platform.command("replay")
    assert replayed.returncode == 0, replayed.stdout


def test_where_one_organ_refuses_and_one_stays_silent(own_platform: Platform, chromium: Browser, paper: Path):
    owner = visitor(own_platform, chromium, size=PHONE)
    number, cases = apply_by_phone(owner, paper, login="13800000001")
    people = Officers(own_platform, chromium)
    journey.do(people("clerk"), cases["sign"], "accept")
    journey.do(people("city-approver"), cases["sign"], "refuse", reason="招牌超出门楣两侧各 20 厘米")
    assert "招牌超出门楣两侧各 20 厘米" in main_text(owner, number)

    # Nobody touches the food licence. Eight days on, five working days are over: the worker records the acceptance.
    own_platform.serve(days_ahead=8)
    moved = visitor(own_platform, chromium, size=PHONE)
    moved.sign_in("13800000001")
    journey.eventually(lambda: "自收到之日起即为受理" in main_text(moved, number))
    [(state, deemed, accepted, received)] = own_platform.rows(
        "SELECT state, deemed, accepted_on, received_on FROM cases_case WHERE number = ?", cases["food"]
    )
    assert (state, deemed, accepted) == ("accepted", True, received)
    replayed = own_platform.command("replay")
    assert replayed.returncode == 0, replayed.stdout


def main_text(owner: Visitor, number: str) -> str:
    owner.go(f"/my/applications/{number}/")
    return owner.page.locator("main").inner_text()


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
