"""A filing that needs another case's result waits for it with a clock that has not begun (core.md, plan and clock)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from tests.make import NOW, race
from tests.roles import signed_in
from xiaoer.cases import rules, services
from xiaoer.journal import queries as journal
from xiaoer.journal.models import Entry
from xiaoer.kernel.refusal import Refusal
from xiaoer.people.tests import make as persons

from . import make

LATER = NOW + timedelta(days=4)
"""Monday 9 March 2026, two working days after the 5th."""


def filing(*waits: str, plan=make.DECIDED):
    after = {"all_of": [{"ok": one} for one in waits]} if waits else None
    return make.member("seal", plan=plan, organ=make.POLICE, procedure="filing", after=after)


def opened(*waits: str, plan=make.DECIDED):
    members = [make.member(one, plan=make.DECIDED, procedure="registration") for one in ("licence", "food")]
    return {case.key: case for case in make.submitted(*members, filing(*waits, plan=plan)).cases}


def granted(case, now=LATER):
    return services.grant(make.accepted(case), by=make.APPROVER, now=now, calendar=make.calendar())


def inform(case, now=LATER):
    return services.inform(case, now=now, calendar=make.calendar())


@pytest.mark.django_db
def test_a_filing_alone_is_accepted_by_being_handed_in():
    case = make.submitted(filing()).cases[0]
    assert (case.state, case.accepted_on, case.promised_due_on) == ("accepted", date(2026, 3, 5), date(2026, 3, 17))


@pytest.mark.django_db
def test_a_filing_that_waits_has_no_dates_until_the_result_is_there():
    cases = opened("licence")
    seal = cases["seal"]
    assert (seal.state, seal.running, seal.accepted_on, seal.promised_due_on) == ("waiting", "waiting", None, None)
    assert seal.clock["deem_on"] is None, "silence accepts no filing"
    inform(granted(cases["licence"]))
    started = make.fresh(seal)
    assert (started.state, started.accepted_on) == ("accepted", date(2026, 3, 9))
    # Eight working days after the 9th: 10-13 (4), 16-19 (8).
    assert started.promised_due_on == date(2026, 3, 19)
    assert make.step(seal, "decision").state == "ready"
    assert not [one for kind in ("case", "step") for one in journal.differences(kind)]


@pytest.mark.django_db
def test_a_result_that_came_before_the_filing_begins_nothing_late():
    cases = opened()
    assert cases["seal"].state == "accepted"


@pytest.mark.django_db
def test_a_filing_waits_for_all_that_it_needs():
    cases = opened("licence", "food")
    inform(granted(cases["licence"], NOW), NOW)
    assert make.fresh(cases["seal"]).state == "waiting"
    inform(granted(cases["food"]))
    assert make.fresh(cases["seal"]).accepted_on == date(2026, 3, 9)


@pytest.mark.django_db
def test_a_predecessor_that_is_refused_begins_the_term_in_which_the_filing_is_answered():
    cases = opened("licence")
    refused = services.refuse(
        make.accepted(cases["licence"]), reason="不符", by=make.APPROVER, now=LATER, calendar=make.calendar()
    )
    inform(refused)
    seal = make.fresh(cases["seal"])
    assert seal.state == "accepted" and make.step(seal, "decision").state != "ready"
    assert services.refuse(seal, reason="没有营业执照", by=make.APPROVER, now=LATER, calendar=make.calendar()).outcome


@pytest.mark.django_db
def test_nothing_is_decided_while_it_waits_but_its_papers_may_be_looked_at_and_it_may_be_withdrawn():
    seal = opened("licence", plan=make.REVIEWED)["seal"]
    make.settled(seal, "review")
    assert make.step(seal, "visit").state == "ready" and make.fresh(seal).state == "waiting"
    with pytest.raises(Refusal, match="not_now"):
        services.refuse(make.fresh(seal), reason="不", by=make.APPROVER, now=NOW, calendar=make.calendar())
    withdrawn = services.withdraw(make.fresh(seal), by=make.APPLICANT, now=NOW, calendar=make.calendar())
    assert withdrawn.state == "withdrawn"


@pytest.mark.django_db
def test_a_bundle_gives_no_later_date_than_handing_in_when_the_result_is_there():
    cases = opened("licence")
    inform(granted(cases["licence"]))
    alone = make.submitted(filing(), now=LATER).cases[0]
    assert make.fresh(cases["seal"]).promised_due_on == alone.promised_due_on


def test_two_predecessors_that_end_at_one_instant_begin_the_term_once(fresh_database):
    cases = opened("licence", "food")
    ended = [granted(cases["licence"]), granted(cases["food"])]
    make.calendar()
    race(2, lambda place: inform(ended[place]))
    services.advance(make.fresh(cases["seal"]), now=LATER, calendar=make.calendar())
    assert make.fresh(cases["seal"]).state == "accepted"
    assert Entry.objects.filter(name="case.started").count() == 1


def test_the_state_of_a_waiting_filing_is_an_open_one_that_time_begins():
    assert "waiting" in rules.OPEN and rules.roles_of("start", "filing", on=date(2026, 3, 5)) == {"time"}


@pytest.mark.django_db
def test_the_applicants_pages_say_what_a_filing_waits_for_and_since_when():
    owner = persons.person("王小明")
    received = make.submitted(
        make.member("licence", plan=make.DECIDED, procedure="registration", service_name="营业执照"), filing("licence"),
        applicant=owner.id, account=owner.account_id, applicant_shard=owner.shard,
    )  # fmt: skip
    client, number = signed_in(owner.account), received.application.number
    page = client.get(reverse("cases:application", args=[number])).content.decode()
    assert "从3月5日起等“营业执照”的结果；有了结果，期限从那天起算。" in page and "等前一件" in page
    first = client.get(reverse("cases:received", args=[number])).content.decode()
    assert "等“营业执照”有了结果" in first
    client.cookies["django_language"] = "en"
    assert "its term begins on the day of that result" in client.get(
        reverse("cases:application", args=[number])
    ).content.decode()  # fmt: skip
