"""Limits in calendar days, months and hours, and clocks with another table."""

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoer.kernel.clock import ClockError, ClockRules, ClockState, Event, Limit, Limits, Unit, explain, fold
from xiaoer.kernel.clock.limits import add_months
from xiaoer.kernel.tests.script import CHINA, on, play

SHANGHAI = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    ("amount", "unit", "script", "due"),
    [
        (30, "calendar_day", "03-02 receive; 03-02 accept", "04-01"),
        (10, "calendar_day", "02-10 receive; 02-10 accept", "02-24"),  # ends on 20 February, in the holiday
        (4, "calendar_day", "02-10 receive; 02-10 accept", "02-14"),  # a swapped Saturday is no day off
        (5, "calendar_day", "03-02 receive; 03-02 accept; 03-03 suspend 听证; 03-05 resume", "03-09"),
        (1, "month", "01-31 receive; 01-31 accept", "02-28"),  # no 31 February: its last day
        (1, "month", "03-10 receive; 03-10 accept", "04-10"),
        (3, "month", "02-05 receive; 02-05 accept", "05-06"),  # ends on 5 May, off until then
        (2, "month", "2025-12-31 receive; 2025-12-31 accept", "02-28"),
        (1, "month", "03-10 receive; 03-10 accept; 03-11 suspend 听证; 03-13 resume", "04-13"),  # 31 + 2 days: a Sunday
        (0, "working_day", "03-02 receive; 03-02 accept", "03-02"),  # on the spot
    ],
)
def test_each_unit_ends_where_the_civil_code_says(amount: int, unit: Unit, script: str, due: str) -> None:
    state = play(script, given=Limits(statutory=Limit(amount, unit)))
    assert state.statutory_due_on == on(due)
    assert state.promised_due_on is None


def test_every_day_of_a_limit_in_calendar_days_is_counted_except_the_suspended() -> None:
    state = play(
        "03-02 receive; 03-02 accept; 03-06 suspend 听证; 03-08 resume",
        given=Limits(statutory=Limit(5, "calendar_day")),
    )
    days = explain(state, CHINA)
    assert [(day.on.day, day.number) for day in days] == [(3, 1), (4, 2), (5, 3), (6, 4), (7, None), (8, None), (9, 5)]


def _at(day: int, hour: int) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=SHANGHAI)


HOTLINE = ClockRules(
    acts=frozenset({"receive", "suspend", "resume", "decide", "withdraw"}),
    starts_with="receive",
    silence_days=None,
    delivery_days=None,
    grounds=frozenset({"等待来电人补充"}),
)


def test_a_hotline_ticket_is_the_same_fold_with_another_table() -> None:
    state = ClockState(limits=Limits(statutory=Limit(24, "hour"), promised=Limit(2, "hour")), rules=HOTLINE)
    state = fold(state, Event(act="receive", on=date(2026, 3, 7), at=_at(7, 22)), CHINA)
    assert (state.accepted_on, state.deem_on) == (date(2026, 3, 7), None)
    assert (state.statutory_due_at, state.promised_due_at) == (_at(8, 22), _at(8, 0))  # a Sunday: hours do not rest
    suspend = Event(act="suspend", on=date(2026, 3, 8), at=_at(8, 1), ground="等待来电人补充")
    state = fold(state, suspend, CHINA)
    assert (state.statutory_due_at, state.promised_due_on) == (None, None)
    state = fold(state, Event(act="resume", on=date(2026, 3, 8), at=_at(8, 4)), CHINA)
    assert (state.statutory_due_at, state.promised_due_at) == (_at(9, 1), _at(8, 0))
    state = fold(state, Event(act="decide", on=date(2026, 3, 8), at=_at(8, 5)), CHINA)
    assert state.delivery_due_on is None


def test_another_table_has_its_own_acts_and_grounds() -> None:
    ticket = play("03-02 receive", rules=HOTLINE)
    with pytest.raises(ClockError, match="unknown_act"):
        fold(ticket, Event(act="notify", on=date(2026, 3, 2)), CHINA)
    with pytest.raises(ClockError, match="bad_ground"):
        fold(ticket, Event(act="suspend", on=date(2026, 3, 2), ground="听证"), CHINA)


def test_a_limit_in_hours_needs_the_time_of_the_act() -> None:
    with pytest.raises(ClockError, match="bad_input"):
        play("03-02 receive; 03-02 accept", given=Limits(statutory=Limit(24, "hour")))


def test_a_promise_longer_than_the_law_is_refused_or_cut() -> None:
    with pytest.raises(ClockError, match="bad_input"):
        Limits(statutory=Limit(20), promised=Limit(21))
    mixed = Limits(statutory=Limit(5), promised=Limit(1, "month"))
    state = play("03-02 receive; 03-02 accept; 03-03 extend 5", given=mixed)
    assert (state.promised_due_on, state.statutory_due_on) == (date(2026, 3, 9), date(2026, 3, 16))


@pytest.mark.parametrize(("amount", "unit"), [(-1, "working_day"), (1.5, "working_day"), (True, "month"), (1, "week")])
def test_a_limit_is_a_whole_number_of_a_known_unit(amount: object, unit: str) -> None:
    with pytest.raises(ClockError, match="bad_input"):
        Limit(amount, unit)  # type: ignore[arg-type]


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(0, 48))
def test_a_month_later_is_the_same_day_or_the_last_of_its_month(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)
