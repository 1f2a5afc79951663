"""The term calendar, held to the example worked by hand in core.md."""

import datetime as dt

import pytest

from xiaoer.design.calendar_view import Day, Marks, day_list, months, runs
from xiaoer.design.sample import sample_days, sample_marks

DAYS = day_list(sample_days())
MARKS = sample_marks()
COUNTED_BY_HAND = {
    "02-14": 1, "02-24": 2, "02-25": 3, "03-04": 4, "03-05": 5, "03-06": 6, "03-09": 7, "03-10": 8, "03-11": 9,
    "03-12": 10, "03-13": 11, "03-16": 12, "03-17": 13, "03-18": 14, "03-19": 15, "03-20": 16, "03-23": 17,
    "03-24": 18, "03-25": 19, "03-26": 20,
}  # fmt: skip


def cells():
    return {cell.on: cell for month in months(DAYS, MARKS) for week in month.weeks for cell in week if cell is not None}


def test_the_counted_days_are_those_worked_by_hand():
    shown = {on.strftime("%m-%d"): cell.count for on, cell in cells().items() if cell.count}
    assert shown == COUNTED_BY_HAND


def test_every_day_of_february_and_march_is_shown_once():
    assert [month.first for month in months(DAYS, MARKS)] == [dt.date(2026, 2, 1), dt.date(2026, 3, 1)]
    assert len(cells()) == 28 + 31


@pytest.mark.parametrize(
    ("month", "day", "kinds", "label"),
    [
        (2, 12, "outside", ""),
        (2, 13, "outside accepted", "受理"),
        (2, 14, "counted swapped", ""),
        (2, 15, "off", "春节"),
        (2, 27, "suspended", "专家评审"),
        (3, 1, "off", ""),
        (3, 5, "counted today", ""),
        (3, 9, "ahead", ""),
        (3, 10, "ahead promised", "承诺到期"),
        (3, 11, "beyond", ""),
        (3, 26, "beyond statutory", "法定到期"),
        (3, 27, "outside", ""),
    ],
)
def test_a_day_looks_like_what_it_is(month: int, day: int, kinds: str, label: str):
    cell = cells()[dt.date(2026, month, day)]
    assert (cell.kinds, cell.label) == (kinds, label)


def test_every_day_of_the_limit_opens_a_whole_sentence():
    for on, cell in cells().items():
        assert cell.opens == (dt.date(2026, 2, 13) <= on <= dt.date(2026, 3, 26))
        assert bool(cell.sentence) == cell.opens
    assert cells()[dt.date(2026, 2, 14)].sentence.endswith("算第 1 天,共 20 天。".replace(",", "\uff0c"))


def test_the_lines_say_the_same_as_the_grid():
    found = [(run.kind, run.start.strftime("%m-%d"), run.end.strftime("%m-%d"), run.first, run.last)
             for run in runs(DAYS, MARKS)]  # fmt: skip
    assert found == [
        ("counted", "02-14", "02-14", 1, 1),
        ("holiday", "02-15", "02-23", None, None),
        ("counted", "02-24", "02-25", 2, 3),
        ("suspended", "02-26", "03-03", None, None),
        ("counted", "03-04", "03-10", 4, 8),
        ("counted", "03-11", "03-26", 9, 20),
    ]


def test_the_phone_shows_the_month_of_today_first_and_never_none():
    assert [month.has_today for month in months(DAYS, MARKS)] == [False, True]
    elsewhere = Marks(accepted_on=MARKS.accepted_on, today=dt.date(2027, 1, 1))
    assert [month.has_today for month in months(DAYS, elsewhere)] == [False, True]


def test_a_year_may_end_inside_a_limit():
    days = [Day(dt.date(2026, 12, 31), True, 1, "working"), Day(dt.date(2027, 1, 1), False, None, "holiday")]
    marks = Marks(accepted_on=dt.date(2026, 12, 30), today=dt.date(2026, 12, 30))
    assert [month.first for month in months(days, marks)] == [dt.date(2026, 12, 1), dt.date(2027, 1, 1)]


def test_a_case_without_days_shows_the_month_of_acceptance():
    marks = Marks(accepted_on=dt.date(2026, 2, 13), today=dt.date(2026, 2, 13))
    assert len(months([], marks)) == 1
    assert runs([], marks) == ()
