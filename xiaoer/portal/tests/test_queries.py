"""What a person's home page begins with, on one day with the dates of core.md in mind."""

from datetime import date, timedelta

import pytest

from tests.make import NOW
from xiaoer.cases import services as case_acts
from xiaoer.cases.queries import mine
from xiaoer.cases.tests import make as cases
from xiaoer.evaluation.tests import make as ratings
from xiaoer.network.tests import make as network
from xiaoer.people import queries as people_queries
from xiaoer.people.rules import day_of
from xiaoer.people.tests import make as people
from xiaoer.portal import queries, rules

TODAY = day_of(NOW)


@pytest.fixture
def owner(db):
    return people.person("王小二")


@pytest.fixture
def market(db):
    return network.organ("瑞昌市市场监督管理局", short_name="市场监管局")


def home(person, on=TODAY):
    return queries.home(people_queries.applicant(person.account, on=on), on=on)


def submitted(owner, organ, *keys, **values):
    members = [cases.member(key, organ=organ.id) for key in keys or ("food",)]
    return cases.submitted(*members, applicant=owner.id, account=owner.account_id, **values)


def test_a_stranger_sees_nothing_of_what_is_mine(owner, market):
    submitted(owner, market)
    ratings.invitation(owner)
    assert home(people.person("张三")) == queries.Home([], [], [])


def test_what_was_received_says_who_has_it_and_no_bar_before_acceptance(owner, market):
    received = submitted(owner, market)
    [one] = home(owner).running
    assert (one.number, one.holders) == (received.application.number, ["市场监管局"])
    assert (one.left, one.of, one.state, one.last_on) == (None, 0, "waiting", None)


@pytest.mark.parametrize(
    ("day", "left", "state"),
    [(5, 8, "running"), (13, 2, "near"), (17, 0, "near"), (18, -1, "overdue"), (21, -3, "overdue")],
)
def test_the_bar_counts_working_days_to_the_promised_day(owner, market, day, left, state):
    case = cases.accepted(submitted(owner, market).cases[0])
    assert case.promised_due_on == date(2026, 3, 17)
    [one] = home(owner, on=date(2026, 3, day)).running
    assert (one.left, one.of, one.state, one.last_on) == (left, 8, state, date(2026, 3, 17))


def test_a_suspended_case_has_no_days_left_to_show(owner, market):
    case = cases.accepted(submitted(owner, market).cases[0])
    calendar = cases.calendar()
    case = case_acts.suspend(case, ground="检测", days=5, by=cases.CLERK, now=NOW, calendar=calendar)
    [one] = home(owner).running
    assert (one.left, one.state) == (None, "paused")


def test_an_application_counts_what_is_done_and_leaves_when_all_is(owner, market):
    received = submitted(owner, market, "food", "sign")
    first, second = (cases.accepted(case) for case in received.cases)
    refuse = {"reason": "不符", "by": cases.APPROVER, "now": NOW, "calendar": cases.calendar()}
    case_acts.refuse(first, **refuse)
    [one] = home(owner).running
    assert (one.done, one.total) == (1, 2)
    case_acts.refuse(second, **refuse)
    assert home(owner).running == []


def test_papers_to_supplement_are_due_however_old_the_application_is(owner, market, monkeypatch):
    old = submitted(owner, market).cases[0]
    case_acts.notify(
        old, gaps=[{"material": "layout", "reason": "看不清"}], until=TODAY + timedelta(days=9), by=cases.CLERK,
        now=NOW, calendar=cases.calendar(),
    )  # fmt: skip
    monkeypatch.setattr(mine, "LISTED", 1)
    fresh = submitted(owner, market, now=NOW + timedelta(minutes=1))
    found = home(owner)
    assert [one.key for one in found.due] == [old.number]
    assert [one.number for one in found.running] == [fresh.application.number]


def test_papers_to_supplement_come_before_ratings_and_soonest_first(owner, market):
    rating = ratings.invitation(owner)
    late, soon = (submitted(owner, market).cases[0] for _ in range(2))
    for case, days in ((late, 20), (soon, 10)):
        case_acts.notify(
            case, gaps=[{"material": "layout", "reason": "看不清"}], until=TODAY + timedelta(days=days),
            by=cases.CLERK, now=NOW, calendar=cases.calendar(),
        )  # fmt: skip
    found = home(owner).due
    assert [(one.kind, one.key) for one in found[:2]] == [("supplement", soon.number), ("supplement", late.number)]
    assert (found[0].count, found[0].organ, found[0].on) == (1, "市场监管局", TODAY + timedelta(days=10))
    assert [one.on for one in found[2:]] == [rating.expires_on]


def test_what_home_costs_does_not_grow_with_what_is_shown(owner, market, django_assert_num_queries):
    me = people_queries.applicant(owner.account, on=TODAY)
    for number in (1, 3):
        for _ in range(number):
            cases.accepted(submitted(owner, market).cases[0])
        with django_assert_num_queries(12):
            queries.home(me, on=TODAY)


def test_officers_begin_where_their_role_works():
    assert rules.desks_of({"operator", "clerk"}) == ["cases:desk", "oversight:deliveries"]
    assert rules.desks_of({"item_manager"}) == []
