"""The statutory clock against cases worked by hand with the notices for 2026 beside them.

Off: 15-23 February, 4-6 April, 1-5 May; worked: Saturdays 14 and 28 February, 9 May. 2027 is not published.
"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoer.kernel.clock import ClockError, Event, deemed_on, explain, fold, state_as_of
from xiaoer.kernel.tests.script import CHINA, limits, on, play

ACCEPTED = "02-12 receive; 02-12 notify; 02-13 supplement; 02-13 accept"
REVIEWED = f"{ACCEPTED}; 02-25 suspend 专家评审; 03-03 resume"


@pytest.mark.parametrize(
    ("script", "as_of", "accepted", "deemed", "statutory", "promised", "delivery"),
    [
        # The worked example of the design, step by step.
        (ACCEPTED, "02-13", "02-13", False, "03-19", "03-03", ""),
        (f"{ACCEPTED}; 02-25 suspend 专家评审", "02-27", "02-13", False, "", "", ""),
        (REVIEWED, "03-03", "02-13", False, "03-26", "03-10", ""),
        (f"{REVIEWED}; 03-10 decide", "03-10", "02-13", False, "03-26", "03-10", "03-24"),
        (f"{REVIEWED}; 03-10 extend 10", "03-10", "02-13", False, "04-10", "03-10", ""),
        # Received or accepted on a day off: the first counted day is the next working day.
        ("02-21 receive; 02-22 accept", "02-22", "02-22", False, "03-20", "03-04", ""),
        # Accepted on the fifth day: in time, so from that day.
        ("02-10 receive; 02-24 accept", "03-01", "02-24", False, "03-23", "03-05", ""),
        # Resumed on the day of suspension, or on a day off inside the holiday: nothing was lost.
        (
            "03-02 receive; 03-02 accept; 03-04 suspend 听证; 03-04 resume",
            "03-04",
            "03-02",
            False,
            "03-30",
            "03-12",
            "",
        ),
        (
            "02-12 receive; 02-13 accept; 02-14 suspend 检测; 02-23 resume",
            "02-24",
            "02-13",
            False,
            "03-19",
            "03-03",
            "",
        ),
        # Two suspensions that touch: (2 March, 4 March] and (4 March, 6 March].
        (
            "03-02 receive; 03-02 accept; 03-02 suspend 检验; 03-04 resume; 03-04 suspend 鉴定; 03-06 resume",
            "03-06",
            "03-02",
            False,
            "04-03",
            "03-18",
            "",
        ),
        # The promise was reached before the suspension, and stays where it was.
        (
            "03-02 receive; 03-02 accept; 03-13 suspend 招标; 03-16 resume",
            "03-16",
            "03-02",
            False,
            "03-31",
            "03-12",
            "",
        ),
        # Decided while suspended: the day of the decision ends the suspension.
        (
            "03-02 receive; 03-02 accept; 03-04 suspend 听证; 03-06 decide",
            "03-06",
            "03-02",
            False,
            "04-01",
            "03-16",
            "03-20",
        ),
        ("03-02 receive; 03-02 accept; 03-04 withdraw", "03-04", "03-02", False, "", "", ""),
        ("03-02 receive; 03-03 decline", "03-30", "", False, "", "", ""),
        ("03-02 receive; 03-03 withdraw", "03-30", "", False, "", "", ""),
        ("", "03-02", "", False, "", "", ""),
        # As of a day before an act, the act has not happened.
        ("03-02 receive; 03-05 accept", "03-04", "", False, "", "", ""),
    ],
)
def test_dates_are_those_counted_by_hand(
    script: str, as_of: str, accepted: str, deemed: bool, statutory: str, promised: str, delivery: str
) -> None:
    state = play(script, as_of)
    assert (state.accepted_on, state.deemed) == (on(accepted), deemed)
    assert (state.statutory_due_on, state.promised_due_on) == (on(statutory), on(promised))
    assert state.delivery_due_on == on(delivery)
    assert not state.provisional


SILENT = limits(20, 10)


@pytest.mark.parametrize(
    ("script", "as_of", "accepted"),
    [
        ("02-10 receive", "02-24", ""),  # the fifth working day has not ended
        ("02-10 receive", "02-25", "02-10"),
        ("02-10 receive; 03-20 accept", "03-20", "02-10"),  # on paper only: confirms
        ("02-10 receive; 02-25 notify", "02-25", "02-10"),  # a late notice is void
        ("02-10 receive; 02-25 notify; 02-26 supplement", "02-26", "02-10"),  # and so is its answer
        ("02-10 receive; 02-25 notify; 02-26 notify", "02-26", "02-10"),
        ("02-10 receive; 02-25 decline", "02-25", "02-10"),  # an acceptance is never taken back
        ("02-10 receive; 02-25 accept; 02-26 notify", "02-26", "02-10"),
        ("02-10 receive; 02-25 deem", "02-25", "02-10"),
        ("02-10 receive; 02-26 decide", "02-26", "02-10"),
        # The acceptance is only asked about later: it happened all the same.
        ("02-10 receive", "11-30", "02-10"),
    ],
)
def test_silence_for_five_working_days_is_acceptance_on_the_day_of_receipt(
    script: str, as_of: str, accepted: str
) -> None:
    state = play(script, as_of, given=SILENT)
    assert (state.accepted_on, state.deemed) == (on(accepted), bool(accepted))
    if accepted:
        assert (state.statutory_due_on, state.promised_due_on) == (date(2026, 3, 16), date(2026, 3, 2))
        assert state.closed_on is None


@pytest.mark.parametrize(
    ("script", "as_of", "accepted"),
    [
        ("02-10 receive; 02-24 notify", "06-30", ""),  # noticed on the fifth day: in time, and nothing runs
        ("02-10 receive; 02-24 notify; 03-02 supplement", "03-09", ""),  # a new five days: 3, 4, 5, 6, 9 March
        ("02-10 receive; 02-24 notify; 03-02 supplement", "03-10", "03-02"),
        ("02-10 receive; 02-24 notify; 02-28 supplement", "03-07", "02-28"),  # a swapped Saturday starts nothing: 2-6
        ("02-21 receive", "02-28", ""),  # a day off: 24, 25, 26, 27 February, and the fifth is a worked Saturday
        ("02-21 receive", "03-01", "02-21"),
    ],
)
def test_a_notice_in_time_stops_silence_and_a_supplement_starts_it_anew(script: str, as_of: str, accepted: str) -> None:
    state = play(script, as_of)
    assert (state.accepted_on, state.deemed) == (on(accepted), bool(accepted))


def test_the_timer_for_silence_is_set_to_the_day_after_the_fifth_and_to_none_when_nothing_runs() -> None:
    assert deemed_on(play("02-10 receive"), CHINA) == date(2026, 2, 25)
    assert deemed_on(play("02-10 receive; 02-24 notify"), CHINA) is None
    assert deemed_on(play("02-10 receive; 02-11 accept"), CHINA) is None
    assert deemed_on(play("02-10 receive; 02-11 withdraw"), CHINA) is None
    assert deemed_on(play("2026-12-24 receive"), CHINA) == date(2027, 1, 1)
    assert deemed_on(play("2026-12-25 receive"), CHINA) is None  # the fifth day would be in 2027


def test_silence_never_becomes_acceptance_on_a_day_that_is_still_provisional() -> None:
    state = play("2026-12-28 receive", "2027-03-01")
    assert state.accepted_on is None
    assert state.provisional


NEXT_YEAR = CHINA.with_rows([CHINA.rows[0]._replace(day=date(2027, 1, 1), notice="test")])


def test_a_newly_published_year_lets_silence_run_to_its_end() -> None:
    state = play("2026-12-28 receive")
    state = fold(state, Event(act="recalculate", on=date(2027, 1, 4)), NEXT_YEAR)
    assert state.deem_on == date(2027, 1, 6)  # 29, 30, 31 December, 4, 5 January: New Year is off now
    assert state_as_of(state, date(2027, 1, 6), NEXT_YEAR).accepted_on == date(2026, 12, 28)
    assert state.calendar == NEXT_YEAR.version


def test_an_acceptance_by_silence_is_not_taken_back_by_a_calendar_published_later() -> None:
    longer = CHINA.with_rows([CHINA.rows[0]._replace(day=date(2026, 3, 9), notice="test")])
    state = play("03-02 receive")  # 3, 4, 5, 6, 9 March: accepted on 10 March
    state = fold(state, Event(act="recalculate", on=date(2026, 3, 10)), longer)
    assert (state.accepted_on, state.deemed) == (date(2026, 3, 2), True)
    early = fold(play("03-02 receive"), Event(act="recalculate", on=date(2026, 3, 9)), longer)
    assert early.deem_on == date(2026, 3, 11)


def test_dates_counted_into_an_unpublished_year_are_provisional() -> None:
    state = play("12-10 receive; 12-10 accept")
    assert (state.promised_due_on, state.statutory_due_on) == (date(2026, 12, 22), date(2027, 1, 7))
    assert state.provisional
    assert not play("11-30 receive; 11-30 accept").provisional
    assert play("12-01 receive; 12-01 accept; 12-25 decide").provisional  # the delivery date


def test_the_applicants_last_day_never_moves_earlier_once_told() -> None:
    notified = play("02-10 receive; 02-10 notify 5")
    assert notified.told_by == date(2026, 2, 24)
    fewer = CHINA.within(2018, 2025)
    earlier = fold(notified, Event(act="recalculate", on=date(2026, 2, 11)), fewer)
    assert earlier.told_by == date(2026, 2, 24)
    more = CHINA.with_rows([CHINA.rows[0]._replace(day=date(2026, 2, 24), notice="test", region="test")])
    assert fold(notified, Event(act="recalculate", on=date(2026, 2, 11)), more).told_by == date(2026, 2, 25)


def test_a_case_lapses_only_after_the_day_told_to_the_applicant() -> None:
    notified = play("03-02 receive; 03-02 notify 5")
    with pytest.raises(ClockError, match="lapse_too_early"):
        fold(notified, Event(act="lapse", on=date(2026, 3, 9)), CHINA)
    assert fold(notified, Event(act="lapse", on=date(2026, 3, 10)), CHINA).closed_by == "lapse"
    dated = fold(play("03-02 receive"), Event(act="notify", on=date(2026, 3, 2), until=date(2026, 3, 20)), CHINA)
    with pytest.raises(ClockError, match="lapse_too_early"):
        fold(dated, Event(act="lapse", on=date(2026, 3, 20)), CHINA)
    unpublished = play("12-30 receive; 12-30 notify 5")
    with pytest.raises(ClockError, match="lapse_too_early"):
        fold(unpublished, Event(act="lapse", on=date(2027, 6, 1)), CHINA)


RUNNING = "03-02 receive; 03-02 accept"


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("03-02 fly", "unknown_act"),
        ("03-02 accept", "not_received"),
        ("03-02 deliver", "not_received"),
        ("03-02 receive; 03-02 receive", "already_received"),
        ("03-03 receive; 03-02 accept", "out_of_order"),
        ("03-02 receive; 03-05 accept; 03-04 decide", "out_of_order"),
        ("03-02 receive; 03-02 notify; 03-03 notify", "second_notify"),
        ("03-02 receive; 03-02 notify; 03-03 supplement; 03-04 notify", "second_notify"),
        ("03-02 receive; 03-02 notify; 03-03 supplement; 03-20 notify", "second_notify"),
        ("03-02 receive; 03-03 supplement", "supplement_without_notify"),
        ("03-02 receive; 03-02 notify; 03-03 supplement; 03-04 supplement", "supplement_without_notify"),
        ("03-02 receive; 03-20 supplement", "supplement_without_notify"),
        ("03-02 receive; 03-02 notify; 03-03 accept; 03-04 supplement", "supplement_without_notify"),
        ("03-02 receive; 03-20 lapse", "lapse_without_notify"),
        ("03-02 receive; 03-03 decide", "not_accepted"),
        ("03-02 receive; 03-03 suspend 听证", "not_accepted"),
        ("03-02 receive; 03-03 extend 5", "not_accepted"),
        ("03-02 receive; 03-03 deem", "not_deemed"),
        ("03-02 receive; 03-03 deliver", "deliver_before_decide"),
        (f"{RUNNING}; 03-03 accept", "already_accepted"),
        (f"{RUNNING}; 03-03 decline", "already_accepted"),
        (f"{RUNNING}; 03-03 notify", "already_accepted"),
        ("03-02 receive; 03-20 accept; 03-21 accept", "already_accepted"),
        ("03-02 receive; 03-20 accept; 03-21 decline", "already_accepted"),
        (f"{RUNNING}; 03-03 resume", "resume_without_suspend"),
        (f"{RUNNING}; 03-03 suspend 听证; 03-04 suspend 检测", "suspend_twice"),
        (f"{RUNNING}; 03-03 suspend 听证; 03-04 resume; 03-05 resume", "resume_without_suspend"),
        (f"{RUNNING}; 03-03 suspend 经办人休假", "bad_ground"),
        (f"{RUNNING}; 03-03 suspend", "bad_ground"),
        (f"{RUNNING}; 03-03 suspend 法律依据:", "bad_ground"),
        (f"{RUNNING}; 03-03 extend 10; 03-04 extend 1", "second_extend"),
        (f"{RUNNING}; 03-31 extend 10", "extend_after_expiry"),
        ("03-02 receive; 03-31 extend 10", "extend_after_expiry"),  # accepted by silence, nobody looked until now
        (f"{RUNNING}; 03-31 suspend 听证; 04-01 extend 10", "extend_after_expiry"),
        (f"{RUNNING}; 03-03 extend 0", "bad_days"),
        (f"{RUNNING}; 03-03 extend -1", "bad_days"),
        (f"{RUNNING}; 03-03 extend 11", "bad_days"),
        (f"{RUNNING}; 03-03 extend", "bad_days"),
        (f"{RUNNING}; 03-03 deliver", "deliver_before_decide"),
        (f"{RUNNING}; 03-03 reopen", "not_closed"),
        (f"{RUNNING}; 03-03 decide; 03-04 decide", "already_decided"),
        (f"{RUNNING}; 03-03 decide; 03-04 withdraw", "already_decided"),
        (f"{RUNNING}; 03-03 decide; 03-04 extend 5", "already_decided"),
        (f"{RUNNING}; 03-03 decide; 03-04 accept", "already_decided"),
        (f"{RUNNING}; 03-03 withdraw; 03-04 decide", "closed"),
        (f"{RUNNING}; 03-03 terminate; 03-04 deliver", "closed"),
        ("03-02 receive; 03-03 decline; 03-04 accept", "closed"),
    ],
)
def test_an_act_the_law_does_not_allow_is_refused_by_name_and_explained_in_both_languages(
    script: str, code: str
) -> None:
    with pytest.raises(ClockError) as caught:
        play(script)
    assert caught.value.code == code
    chinese, english = caught.value.message(), caught.value.message("en")
    assert chinese != english
    assert "{" not in chinese + english
    play(script.rpartition(";")[0])  # everything before the last act was allowed


@pytest.mark.parametrize("ground", ["听证", "招标", "拍卖", "检验", "检测", "检疫", "鉴定", "专家评审"])
def test_time_stops_on_each_ground_of_the_law(ground: str) -> None:
    assert play(f"{RUNNING}; 03-03 suspend {ground}").status == "suspended"


def test_time_stops_on_a_cited_law_with_either_colon() -> None:
    assert play(f"{RUNNING}; 03-03 suspend 法律依据:食品安全法第一百二十五条").suspended
    assert play(f"{RUNNING}; 03-03 suspend 法律依据：食品安全法第一百二十五条").suspended


def test_an_extension_on_the_last_day_is_before_expiry() -> None:
    assert play(f"{RUNNING}; 03-30 extend 10").statutory_due_on == date(2026, 4, 14)


def test_handling_in_concert_may_be_extended_by_fifteen_days() -> None:
    state = play("03-02 receive; 03-02 accept; 03-03 extend 15", given=limits(45, 20))
    assert state.statutory_due_on == date(2026, 5, 28)


def test_a_second_delivery_does_not_move_the_first() -> None:
    state = play(f"{RUNNING}; 03-03 decide; 03-04 deliver; 03-09 deliver")
    assert state.delivered_on == date(2026, 3, 4)


def test_a_case_reopened_by_order_has_a_new_clock() -> None:
    closed = play(f"{REVIEWED}; 03-10 decide; 03-11 deliver")
    handled = fold(closed, Event(act="reopen", on=date(2026, 5, 6), stage="accept"), CHINA)
    assert (handled.accepted_on, handled.statutory_due_on) == (date(2026, 5, 6), date(2026, 6, 2))
    assert (handled.suspensions, handled.decided_on) == ((), None)
    received = fold(closed, Event(act="reopen", on=date(2026, 5, 6)), CHINA)
    assert (received.accepted_on, received.deem_on) == (None, date(2026, 5, 13))
    notified = fold(received, Event(act="notify", on=date(2026, 5, 7)), CHINA)
    assert notified.awaiting_supplement


def test_the_limits_in_force_on_the_day_of_acceptance_replace_those_of_the_receipt() -> None:
    shorter = Event(act="accept", on=date(2026, 3, 3), limits=limits(10, 5))
    assert fold(play("03-02 receive"), shorter, CHINA).statutory_due_on == date(2026, 3, 17)
    late = Event(act="accept", on=date(2026, 3, 20), limits=limits(10, 5))
    assert fold(play("03-02 receive"), late, CHINA).statutory_due_on == date(2026, 3, 30)


@pytest.mark.parametrize(
    ("script", "as_of", "status"),
    [
        ("03-02 receive", "", "waiting"),
        ("03-02 receive", "03-10", "running"),
        ("03-02 receive; 03-02 notify", "", "waiting"),
        (RUNNING, "", "running"),
        (f"{RUNNING}; 03-03 suspend 听证", "", "suspended"),
        (f"{RUNNING}; 03-03 suspend 听证; 03-04 resume", "", "running"),
        (f"{RUNNING}; 03-03 suspend 听证; 03-04 withdraw", "", "stopped"),
        (f"{RUNNING}; 03-03 decide", "", "stopped"),
    ],
)
def test_one_word_tells_a_list_how_the_clock_stands(script: str, as_of: str, status: str) -> None:
    assert play(script, as_of).status == status


def test_every_day_is_explained_and_the_last_counted_day_is_the_due_date() -> None:
    days = explain(play(f"{REVIEWED}; 03-10 extend 10"), CHINA)
    assert [(day.on, day.number) for day in days if day.number in (1, 2, 3, 4, 8, 20, 30)] == [
        (date(2026, 2, 14), 1),
        (date(2026, 2, 24), 2),
        (date(2026, 2, 25), 3),
        (date(2026, 3, 4), 4),
        (date(2026, 3, 10), 8),
        (date(2026, 3, 26), 20),
        (date(2026, 4, 10), 30),
    ]
    assert days[0].on == date(2026, 2, 14)
    assert days[-1].on == date(2026, 4, 10)
    why = {day.on.isoformat(): (day.counts, day.reason, day.note) for day in days}
    assert why["2026-02-14"] == (True, "swapped", "春节")
    assert why["2026-02-16"] == (False, "holiday", "春节")
    assert why["2026-02-26"] == (False, "suspended", "专家评审")
    assert why["2026-02-28"] == (False, "suspended", "专家评审")
    assert why["2026-03-01"] == (False, "weekend", "")
    assert why["2026-03-03"] == (False, "suspended", "专家评审")
    assert why["2026-03-04"] == (True, "working", "")


def test_while_suspended_the_days_are_explained_up_to_the_day_asked() -> None:
    days = explain(play(f"{ACCEPTED}; 02-25 suspend 听证"), CHINA, as_of=date(2026, 2, 27))
    assert [(day.on.day, day.reason) for day in days[-3:]] == [(25, "working"), (26, "suspended"), (27, "suspended")]
    assert explain(play("03-02 receive"), CHINA, as_of=date(2026, 3, 5)) == []


DATES = st.dates(date(2025, 1, 1), date(2026, 9, 30))
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["notify", "supplement", "accept", "decline", "suspend", "resume", "extend", "decide", "deliver"]
        ),
        st.integers(0, 9),
    ),
    max_size=10,
)


def _history(start: date, steps: list[tuple[str, int]]) -> list[Event]:
    """The lawful events among random ones."""
    kept = [Event(act="receive", on=start)]
    state = fold(play(""), kept[0], CHINA)
    day = start
    for act, wait in steps:
        day = date.fromordinal(day.toordinal() + wait)
        event = Event(act=act, on=day, ground="听证", days=3)
        try:
            state = fold(state, event, CHINA)
        except ClockError:
            continue
        kept.append(event)
    return kept


@given(DATES, STEPS, st.integers(0, 40))
def test_over_random_lives_dates_are_lawful_and_time_passes_only_once(
    start: date, steps: list[tuple[str, int]], wait: int
) -> None:
    state = play("")
    accepted_on = None
    for event in _history(start, steps):
        state = fold(state, event, CHINA)
        assert accepted_on is None or state.accepted_on == accepted_on  # an acceptance is never taken back
        accepted_on = state.accepted_on
    later = date.fromordinal(state.last_on.toordinal() + wait)
    settled = state_as_of(state, later, CHINA)
    assert state_as_of(settled, later, CHINA) == settled
    assert settled.suspended == (settled.statutory_due_on is None and settled.accepted_on is not None)
    for due in (settled.statutory_due_on, settled.promised_due_on, settled.delivery_due_on):
        assert due is None or CHINA.is_working(due)
    if settled.statutory_due_on:
        assert settled.promised_due_on <= settled.statutory_due_on
        days = explain(settled, CHINA)
        assert days[-1].on == settled.statutory_due_on
        assert days[-1].number == 20 + (settled.extended_days or 0)


@given(DATES, st.integers(0, 30), st.integers(0, 30))
def test_a_suspension_moves_the_date_by_the_working_days_it_covers(start: date, wait: int, length: int) -> None:
    accepted = f"{start} receive; {start} accept"
    since = date.fromordinal(start.toordinal() + wait)
    until = date.fromordinal(since.toordinal() + length)
    plain = play(accepted).statutory_due_on
    state = play(f"{accepted}; {since} suspend 听证; {until} resume")
    covered = CHINA.count_between(since, until) if since < plain else 0
    assert state.statutory_due_on == CHINA.add_workdays(plain, covered)
