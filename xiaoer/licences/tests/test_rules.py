"""What holds on a day, and what the public sees of a holder."""

from datetime import date

import pytest

from xiaoer.licences import rules

FIRST, LAST = date(2026, 3, 5), date(2031, 3, 4)


@pytest.mark.parametrize(
    ("on", "standing"),
    [
        (date(2026, 3, 4), "early"),
        (FIRST, "valid"),
        (LAST, "valid"),
        (date(2031, 3, 5), "expired"),
    ],
)
def test_the_first_and_the_last_day_of_validity_count(on, standing):
    assert rules.standing(state="valid", valid_from=FIRST, valid_to=LAST, on=on) == standing


@pytest.mark.parametrize("state", [*sorted(rules.ENDS), "superseded"])
def test_what_was_ended_stays_so_whatever_the_day(state):
    assert rules.standing(state=state, valid_from=FIRST, valid_to=LAST, on=date(2040, 1, 1)) == state


def test_a_licence_without_last_day_does_not_expire():
    assert rules.standing(state="valid", valid_from=FIRST, valid_to=None, on=date(2099, 1, 1)) == "valid"


def test_the_public_sees_a_firm_whole_and_of_a_person_little():
    assert rules.shown_holder(kind="firm", name="瑞昌市赤乌小馆餐饮店") == "瑞昌市赤乌小馆餐饮店"
    assert rules.shown_holder(kind="person", name="张小明") == "张**"
    assert rules.shown_code(kind="person", code="360482199001010111") == "3604**********0111"


def test_every_end_is_a_state_with_words_in_both_languages():
    assert set(rules.STATES) > rules.ENDS
    for state in rules.STATES.values():
        assert state.zh and state.en and state.words_zh and state.words_en and len(state.national) == 2
