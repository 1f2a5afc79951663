"""The cases in tests/rules/clock_cases.csv, worked from law by someone who had not seen this code."""

import csv
from pathlib import Path

import pytest

from xiaoer.kernel.clock import ClockError, ClockState, Limit, Limits
from xiaoer.kernel.tests.script import play

FILE = Path(__file__).parents[3] / "tests" / "rules" / "clock_cases.csv"
with FILE.open(encoding="utf-8", newline="") as handle:
    CASES = list(csv.DictReader(handle))
DATES = ("accepted_on", "statutory_due_on", "promised_due_on", "delivery_due_on")
FLAGS = ("deemed", "suspended", "provisional")


def _answer(state: ClockState) -> dict[str, str]:
    dates = {name: str(getattr(state, name) or "") for name in DATES}
    return dates | {name: "yes" if getattr(state, name) else "no" for name in FLAGS}


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_the_clock_gives_the_answer_worked_by_hand(case: dict[str, str]) -> None:
    promised = Limit(int(case["limit_promised"])) if case["limit_promised"] else None
    given = Limits(statutory=Limit(int(case["limit_statutory"])), promised=promised)
    if case["error"]:
        with pytest.raises(ClockError) as caught:
            play(case["events"], case["as_of"], given=given)
        assert caught.value.code == case["error"], case["reasoning"]
        return
    state = play(case["events"], case["as_of"], given=given)
    assert _answer(state) == {name: case[name] for name in DATES + FLAGS}, case["reasoning"]


def test_there_are_at_least_sixty_cases() -> None:
    assert len(CASES) >= 60
