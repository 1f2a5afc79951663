"""Working days, against the notices read by hand, another library, and the laws of arithmetic."""

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.workdays import seconds_for
from xiaoer.cli.calendars import national_calendar
from xiaoer.kernel.workdays import Calendar, CalendarError, Row, parse_rows

CHINA = national_calendar()
DAYS = st.dates(date(2016, 1, 1), date(2029, 12, 31))
NEW_YEAR = Row(date(2026, 1, 1), "off", "元旦", "notice", date(2025, 11, 4))


@pytest.mark.parametrize(
    ("day", "reason", "festival"),
    [
        ("2026-02-12", "working", ""),
        ("2026-02-14", "swapped", "春节"),  # a Saturday worked for the holiday
        ("2026-02-15", "holiday", "春节"),  # a Sunday inside the holiday is a holiday
        ("2026-02-23", "holiday", "春节"),
        ("2026-02-28", "swapped", "春节"),
        ("2026-03-01", "weekend", ""),
        ("2026-04-06", "holiday", "清明节"),
        ("2026-09-20", "swapped", "国庆节"),
        ("2019-05-02", "holiday", "劳动节"),  # only the second notice of 2019 made it a day off
        ("2019-05-05", "swapped", "劳动节"),
        ("2020-01-31", "holiday", "春节"),  # the epidemic notice extended the holiday
        ("2020-02-01", "holiday", "春节"),  # a working Saturday until that notice took it back
        ("2020-02-02", "holiday", "春节"),
        ("2020-02-03", "working", ""),  # named in the notice, yet an ordinary Monday
        ("2018-12-29", "swapped", "元旦"),  # in the notice for 2019
        ("2018-12-31", "holiday", "元旦"),
    ],
)
def test_each_day_has_the_reason_its_notice_gives(day: str, reason: str, festival: str) -> None:
    why = CHINA.explain(date.fromisoformat(day))
    assert (why.reason, why.festival) == (reason, festival)
    assert why.working == CHINA.is_working(date.fromisoformat(day))
    assert bool(why.notice) == bool(festival)


def test_a_day_named_twice_cites_the_later_notice() -> None:
    assert CHINA.explain(date(2019, 5, 2)).notice == "国办发明电〔2019〕3号"
    assert CHINA.explain(date(2020, 2, 1)).notice == "国办发明电〔2020〕1号"
    assert CHINA.explain(date(2020, 1, 24)).notice == "国办发明电〔2019〕16号"


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        ("2026-02-10", 5, "2026-02-24"),
        ("2026-02-10", 20, "2026-03-16"),
        ("2026-02-10", 10, "2026-03-02"),
        ("2026-03-10", 10, "2026-03-24"),
        ("2026-02-14", 1, "2026-02-24"),  # from a swapped Saturday over the whole holiday
        ("2026-02-13", 1, "2026-02-14"),
        ("2026-02-21", 1, "2026-02-24"),  # from inside the holiday
        ("2026-02-21", 0, "2026-02-21"),
        ("2018-12-28", 2, "2019-01-02"),  # the swapped Saturday, then over the New Year
        ("2026-12-31", 1, "2027-01-01"),  # 2027 is not published: weekends only
        ("2026-12-25", 20, "2027-01-22"),
        ("2027-01-01", 1, "2027-01-04"),
        ("2017-12-28", 2, "2018-01-02"),  # from before the published years into them
        ("2016-01-01", 5, "2016-01-08"),
    ],
)
def test_working_days_are_added_as_counted_by_hand(start: str, n: int, due: str) -> None:
    assert CHINA.add_workdays(date.fromisoformat(start), n) == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        ("2026-02-13", "2026-02-25", 3),
        ("2026-02-14", "2026-02-23", 0),
        ("2026-02-13", "2026-02-14", 1),
        ("2026-02-14", "2026-02-14", 0),
        ("2026-02-25", "2026-02-13", 0),
        ("2026-12-30", "2027-01-05", 4),
        ("2017-12-29", "2018-01-02", 1),
        ("2026-01-01", "2026-12-31", 248),
        ("2020-01-01", "2020-12-31", 249),
    ],
)
def test_working_days_between_exclude_the_first_day_and_include_the_last(start: str, end: str, count: int) -> None:
    assert CHINA.count_between(date.fromisoformat(start), date.fromisoformat(end)) == count


def test_the_calendar_agrees_with_chinesecalendar_on_every_day_from_2018_to_2026() -> None:
    """No difference is accepted: both carry the second notices of 2019 and 2020, so any difference is a mistake."""
    days = [date(2018, 1, 1) + timedelta(days=offset) for offset in range(3287)]
    assert days[-1] == date(2026, 12, 31)
    assert [day for day in days if chinese_calendar.is_workday(day) != CHINA.is_working(day)] == []


@pytest.mark.parametrize(
    ("day", "provisional"),
    [("2026-12-31", False), ("2027-01-01", True), ("2018-01-01", False), ("2017-12-31", True)],
)
def test_days_outside_the_published_years_are_provisional(day: str, provisional: bool) -> None:
    assert CHINA.provisional(date.fromisoformat(day)) is provisional
    assert CHINA.explain(date.fromisoformat(day)).provisional is provisional


def test_counting_from_before_the_published_years_is_provisional_although_the_end_is_published() -> None:
    assert CHINA.provisional(date(2018, 1, 5), start=date(2017, 12, 29))
    assert not CHINA.provisional(date(2018, 1, 5), start=date(2018, 1, 1))


def test_a_new_year_in_the_next_notice_does_not_make_its_december_a_published_year() -> None:
    rows = [Row(date(2025, 12, 31), "off", "元旦"), NEW_YEAR]
    assert Calendar.build(rows).covered_from == date(2026, 1, 1)


def test_the_calendar_of_some_years_knows_nothing_of_the_others() -> None:
    before = CHINA.within(2024, 2025)
    assert (before.covered_from, before.covered_to) == (date(2024, 1, 1), date(2025, 12, 31))
    assert before.is_working(date(2023, 1, 23))
    assert not before.is_working(date(2025, 1, 29))
    assert before.is_working(date(2026, 2, 16))
    assert before.version != CHINA.version


def test_a_region_adds_its_own_days_and_the_year_after_stays_unpublished() -> None:
    region = CHINA.with_rows(
        [Row(date(2027, 4, 9), "off", "三月三", region="广西"), Row(date(2027, 1, 1), "off", "元旦", region="广西")]
    )
    assert region.explain(date(2027, 4, 9)).festival == "三月三"
    assert not region.is_working(date(2027, 4, 9))
    assert region.covered_to == date(2026, 12, 31)
    assert region.version != CHINA.version


def test_a_region_s_day_before_the_published_years_is_not_counted() -> None:
    region = CHINA.with_rows([Row(date(2017, 3, 30), "off", "三月三", region="广西")])
    assert region.count_between(date(2017, 3, 29), date(2017, 3, 31)) == 1
    assert region.covered_from == date(2018, 1, 1)


def test_an_ordinary_day_that_a_notice_calls_worked_was_not_swapped() -> None:
    named = CHINA.with_rows(
        [Row(date(2026, 3, 3), "work", "春节", region="x"), Row(date(2026, 3, 7), "work", "x", region="x")]
    )
    assert named.explain(date(2026, 3, 3)).reason == "working"
    assert named.explain(date(2026, 3, 7)).reason == "swapped"


def test_a_region_beats_the_country_on_the_same_day() -> None:
    region = CHINA.with_rows([Row(date(2026, 2, 14), "off", "local", region="x")])
    assert region.explain(date(2026, 2, 14)).reason == "holiday"
    assert region.add_workdays(date(2026, 2, 13), 1) == date(2026, 2, 24)


def test_the_version_depends_on_every_cell_and_not_on_the_order() -> None:
    rows = list(CHINA.rows)
    assert Calendar.build(reversed(rows)) == CHINA
    for changed in (
        rows[5]._replace(kind="work"),
        rows[5]._replace(festival="x"),
        rows[5]._replace(notice="x"),
        rows[5]._replace(published=date(2017, 1, 1)),
    ):
        assert Calendar.build([*rows[:5], changed, *rows[6:]]).version != CHINA.version


def test_rows_that_make_no_calendar_are_refused() -> None:
    with pytest.raises(CalendarError, match="empty"):
        Calendar.build([Row(date(2026, 2, 16), "off", "春节")])
    with pytest.raises(CalendarError, match="gap"):
        Calendar.build([NEW_YEAR, NEW_YEAR._replace(day=date(2028, 1, 1))])
    with pytest.raises(CalendarError, match="conflict"):
        Calendar.build([NEW_YEAR, NEW_YEAR._replace(kind="work")])
    with pytest.raises(CalendarError, match="bad_count"):
        CHINA.add_workdays(date(2026, 1, 1), -1)


@pytest.mark.parametrize(
    "line",
    ["2026-13-01,off,x,n,2025-01-01", "2026-01-01,holiday,x,n,2025-01-01", "2026-01-01,off,x,n", "2026-01-01,off,x,n,"],
)
def test_a_bad_line_is_named_by_its_number(line: str) -> None:
    with pytest.raises(CalendarError) as caught:
        parse_rows(["# comment", "day,kind,festival,notice,published", "", line])
    assert (caught.value.code, caught.value.params) == ("bad_row", {"line": 4})


@given(DAYS, st.integers(0, 300), st.integers(0, 300))
def test_waiting_a_then_b_days_is_waiting_both(start: date, a: int, b: int) -> None:
    assert CHINA.add_workdays(CHINA.add_workdays(start, a), b) == CHINA.add_workdays(start, a + b)


@given(DAYS, st.integers(1, 300))
def test_a_deadline_is_a_working_day_and_counting_to_it_gives_the_number(start: date, n: int) -> None:
    due = CHINA.add_workdays(start, n)
    assert CHINA.is_working(due)
    assert due > start
    assert CHINA.count_between(start, due) == n


@given(DAYS, st.integers(1, 60))
def test_the_fast_count_agrees_with_walking_day_by_day(start: date, n: int) -> None:
    day, left = start, n
    while left:
        day += timedelta(days=1)
        left -= CHINA.is_working(day)
    assert CHINA.add_workdays(start, n) == day


@given(DAYS)
def test_the_next_working_day_is_the_day_itself_only_when_it_is_worked(day: date) -> None:
    following = CHINA.next_workday(day)
    assert CHINA.is_working(following)
    assert (following == day) == CHINA.is_working(day)


def test_ten_thousand_due_dates_take_a_hundredth_of_five_seconds_with_slack() -> None:
    # A million in 5 s is 0.05 s here; four times that, because the machine is shared.
    assert min(seconds_for(10_000) for _ in range(3)) < 0.2
