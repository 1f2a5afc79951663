"""Which reasons belong to which level, and what a rating must be."""

from dataclasses import replace
from datetime import date

import pytest

from xiaoer.evaluation import rules
from xiaoer.evaluation.rules import reasons as table
from xiaoer.kernel.refusal import Refusal

TODAY = date(2026, 3, 5)


def check(**values):
    known = {"level": 5, "reasons": [], "words": "", "staff_level": None, "counter": False, "on": TODAY}
    rules.check(**{**known, **values})


def test_every_level_has_eight_reasons_of_which_three_are_shown_first():
    for level in rules.LEVELS:
        found = rules.indicators(level, on=TODAY)
        assert len(found) == 8
        assert [one.expand for one in found] == [False] * 3 + [True] * 5
        assert {one.code[0] for one in found} == {str(level)}


def test_no_code_of_the_retired_set_is_used():
    retired = {*range(501, 510), *range(401, 406), *range(301, 307), *range(201, 207), *range(101, 108)}
    assert retired.isdisjoint(int(one.code) for one in rules.INDICATORS)
    assert len({one.code for one in rules.INDICATORS}) == 40


def test_a_reason_holds_from_its_first_day_to_the_day_before_its_end(monkeypatch):
    one = replace(rules.INDICATORS[0], from_date=date(2026, 3, 5), to_date=date(2026, 3, 7))
    monkeypatch.setattr(table, "INDICATORS", (one,))
    held = [day for day in range(3, 9) if rules.indicators(5, on=date(2026, 3, day))]
    assert held == [5, 6]


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"level": 6}, "level_needed"),
        ({"level": 0}, "level_needed"),
        ({"reasons": ["408"]}, "reasons_level"),
        ({"reasons": ["501"]}, "reasons_level"),
        ({"words": "字" * 501}, "words_long"),
        ({"counter": True}, "staff_level"),
        ({"staff_level": 4}, "staff_level"),
        ({"staff_level": 9, "counter": True}, "staff_level"),
    ],
)
def test_a_rating_that_is_not_one_is_refused(values, key):
    with pytest.raises(Refusal) as refused:
        check(**values)
    assert refused.value.key == key


@pytest.mark.parametrize(
    "values", [{"reasons": ["510", "517"]}, {"words": "字" * 500}, {"counter": True, "staff_level": 1}]
)
def test_a_rating_within_the_limits_is_taken(values):
    check(**values)


@pytest.mark.parametrize(("level", "staff", "bad"), [(3, None, False), (2, None, True), (5, 1, True), (3, 3, False)])
def test_a_bad_rating_is_one_of_the_last_two_levels_of_item_or_person(level, staff, bad):
    assert rules.is_bad(level, staff) is bad
