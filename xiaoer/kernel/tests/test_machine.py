from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoer.kernel import refusal
from xiaoer.kernel.machine import Machine, MachineError, Row, Table

LAW = date(2004, 7, 1)
STAFF, TIME, APPLICANT = ("department",), ("time",), ("applicant",)
LICENCE = "行政许可法 "


def row(state, act, to, who=STAFF, article="", **rest):
    law = (LICENCE + article,) if article else ()
    return Row(**{"state": state, "act": act, "to": to, "who": who, "law": law, "since": LAW, **rest})


# The table of acts of 行政许可 in core.md, as an example of what a row must be able to hold.
ROWS = (
    row("", "receive", "received", ("applicant", "clerk"), "32", clock="receive", paper=("收件凭证",), code="1"),
    row("received", "fix_on_the_spot", "received", APPLICANT, "32(3)"),
    row("received", "notify", "supplementing", ("organ",), "32(4)", clock="notify", paper=("补正告知书",), code="6"),
    row("supplementing", "supplement", "received", APPLICANT, "32(4)(5)", clock="supplement", code="7"),
    row("supplementing", "lapse", "withdrawn", TIME, clock="lapse", paper=("决定书",)),
    row("received", "accept", "accepted", ("organ",), "32(5)", clock="accept", paper=("受理通知书",), code="3"),
    row("received", "deem_accepted", "accepted", TIME, "32(4)", clock="deem", paper=("受理通知书",), code="3"),
    row("received", "refuse_as_no_licence_matter", "not_a_matter", ("organ",), "32(1)", clock="decline", code="4"),
    row("received", "decline", "declined", ("organ",), "32(2)", clock="decline", code="5"),
    row("accepted", "begin", "handling", code="8"),
    row("handling", "suspend", "special", STAFF, "45", clock="suspend", paper=("特别程序告知书",), code="9"),
    row("special", "resume", "handling", clock="resume", code="10"),
    row("handling", "extend", "handling", ("head",), "42", clock="extend", paper=("延期通知书",)),
    row("handling", "return_to_step", "handling", STAFF, "34"),
    row("handling", "grant", "granted", ("approver",), "38", clock="decide", paper=("决定书", "证照"), code="11"),
    row("handling", "grant_with_debts", "granted_with_debts", ("approver",), "38", clock="decide", code="12"),
    row("handling", "refuse", "refused", ("approver",), "38", clock="decide", paper=("决定书",), code="13"),
    row("granted", "publish", "granted", TIME, "40"),
    row("granted", "deliver", "granted", ("window",), "44", clock="deliver", paper=("送达回证",)),
    row("received", "withdraw", "withdrawn", APPLICANT, clock="withdraw", code="2"),
    row("supplementing", "withdraw", "withdrawn", APPLICANT, clock="withdraw", code="2"),
    row("handling", "withdraw", "withdrawn", APPLICANT, clock="withdraw", code="2"),
    row("handling", "terminate", "terminated", ("organ",), clock="terminate"),
    row("refused", "reopen_at_handling", "handling", ("superior",), clock="reopen", by_order=True),
)
FINAL = frozenset({"not_a_matter", "declined", "granted", "granted_with_debts", "refused", "withdrawn", "terminated"})
TABLE = Table(rows=ROWS, start="", final=FINAL)
TODAY = TABLE.as_of(date(2026, 2, 10))
A = Row(state="", act="go", to="end", who=("clerk",), since=LAW)


def small(*rows, final=("end",)):
    return Table(rows=rows, start="", final=final)


def named(faults):
    return [(fault.key, fault.params) for fault in faults]


def test_the_licence_procedure_contradicts_nothing():
    assert TABLE.faults() == []


def test_buttons_are_the_acts_of_the_state_in_the_order_of_the_table():
    assert TODAY.allowed("supplementing") == ["supplement", "lapse", "withdraw"]
    assert TODAY.allowed("supplementing", who="applicant") == ["supplement", "withdraw"]
    assert TODAY.allowed("declined") == []


def test_a_row_holds_all_that_the_law_attaches_to_an_act():
    grant = TODAY.row("handling", "grant")
    assert (grant.to, grant.who, grant.clock, grant.code) == ("granted", ("approver",), "decide", "11")
    assert (grant.paper, grant.law) == (("决定书", "证照"), ("行政许可法 38",))


def test_an_act_leads_where_its_row_says():
    state = ""
    for act in ("receive", "notify", "supplement", "accept", "begin", "suspend", "resume", "extend", "refuse"):
        state = TODAY.next(state, act)
    assert state == "refused"
    assert TODAY.next("refused", "reopen_at_handling") == "handling"


def test_a_second_notice_has_no_row_and_names_what_is_possible():
    with pytest.raises(MachineError) as caught:
        TODAY.next("supplementing", "notify")
    assert caught.value.key == "machine.not_allowed"
    assert caught.value.params == {
        "state": "supplementing",
        "act": "notify",
        "allowed": "supplement, lapse, withdraw",
    }
    assert "supplement, lapse, withdraw" in refusal.sentence(caught.value, language="en")


def test_a_state_the_table_does_not_know_is_an_error_and_not_an_empty_list():
    for call in (TODAY.allowed, lambda state: TODAY.next(state, "grant")):
        with pytest.raises(MachineError) as caught:
            call("asleep")
        assert (caught.value.key, caught.value.params) == ("machine.unknown_state", {"state": "asleep"})


def test_reachable_follows_acts_forward_only():
    assert TODAY.reachable() == TODAY.states
    assert TODAY.reachable(state="special") == {
        *("special", "handling", "granted", "granted_with_debts", "refused", "withdrawn", "terminated")
    }
    assert TODAY.reachable(state="declined") == {"declined"}


def test_a_later_row_supersedes_from_its_date_and_the_earlier_one_stays_for_earlier_days():
    later = Row(**{**vars(A), "to": "late", "who": ("head",), "since": date(2026, 3, 1)})
    table = small(later, A, final=("end", "late"))
    assert table.as_of(date(2026, 2, 28)).next("", "go") == "end"
    assert table.as_of(date(2026, 3, 1)).next("", "go") == "late"
    assert table.as_of(date(2026, 3, 1)).allowed("", who="clerk") == []
    assert table.dates == [LAW, date(2026, 3, 1)]


def test_before_its_date_a_row_is_not_there():
    assert small(A).as_of(date(2004, 6, 30)).allowed("") == []


def test_a_row_without_end_state_ends_an_act():
    ended = Row(**{**vars(A), "to": None, "since": date(2026, 3, 1)})
    other = Row(**{**vars(A), "act": "walk"})
    machine = small(A, other, ended).as_of(date(2026, 3, 1))
    assert machine.allowed("") == ["walk"]
    with pytest.raises(MachineError, match=r"machine\.not_allowed"):
        machine.next("", "go")
    assert machine.faults() == []


def test_two_rows_that_begin_on_one_day_are_refused():
    with pytest.raises(MachineError) as caught:
        small(A, Row(**{**vars(A), "to": "other"})).as_of(LAW)
    assert (caught.value.key, caught.value.params) == ("machine.two_rows", {"state": "", "act": "go"})
    with pytest.raises(MachineError, match=r"machine\.two_rows"):
        Machine(rows=(A, A), start="", final=("end",))


def test_a_final_state_has_no_way_out_but_by_order():
    back = Row(**{**vars(A), "state": "end", "act": "back", "to": ""})
    stay = Row(**{**vars(A), "state": "end", "act": "deliver", "to": "end"})
    assert named(small(A, stay, back).faults()) == [("machine.way_out", {"state": "end", "act": "back"})]
    assert small(A, stay, Row(**{**vars(back), "by_order": True})).faults() == []


def test_a_state_that_comes_to_no_end_of_its_own_is_found():
    stuck = Row(**{**vars(A), "act": "wait", "to": "stuck"})
    loop = Row(**{**vars(A), "state": "stuck", "act": "turn", "to": "stuck"})
    ordered = Row(**{**vars(A), "state": "stuck", "act": "free", "to": "end", "by_order": True})
    assert named(small(A, stuck, loop, ordered).faults()) == [("machine.dead_end", {"state": "stuck"})]


def test_a_state_that_never_could_be_reached_is_found_but_one_that_once_could_is_not():
    island = Row(**{**vars(A), "state": "island"})
    assert named(small(A, island).faults()) == [("machine.unreachable", {"state": "island"})]
    there = Row(**{**vars(A), "act": "sail", "to": "island"})
    no_more = Row(**{**vars(there), "to": None, "since": date(2026, 3, 1)})
    assert small(A, island, there, no_more).faults() == []
    assert "island" not in small(A, island, there, no_more).as_of(date(2026, 3, 1)).reachable()


def test_a_fault_of_one_date_only_is_found():
    ended = Row(**{**vars(A), "to": None, "since": date(2026, 3, 1)})
    again = Row(**{**vars(A), "since": date(2026, 4, 1)})
    assert named(small(A, ended, again).faults()) == [("machine.dead_end", {"state": ""})]


@given(st.lists(st.integers(0, 99), max_size=30))
def test_any_walk_stays_inside_the_table_and_stops_only_at_an_end(choices):
    state = TODAY.start
    for choice in choices:
        acts = TODAY.allowed(state)
        if not acts:
            assert state in FINAL
            return
        state = TODAY.next(state, acts[choice % len(acts)])
        assert state in TODAY.reachable()


@given(st.permutations(ROWS))
def test_the_order_of_rows_changes_no_state(rows):
    machine = Table(rows=tuple(rows), start="", final=FINAL).as_of(date(2026, 2, 10))
    for one in ROWS:
        assert machine.next(one.state, one.act) == one.to
        assert set(machine.allowed(one.state)) == set(TODAY.allowed(one.state))
