"""How far operators and supervisors see, and whose entry is whose."""

from datetime import timedelta

import pytest

from tests.make import NOW
from xiaoer.cases.tests import make as cases
from xiaoer.journal import queries as journal
from xiaoer.journal import services as journal_acts
from xiaoer.journal.models import Entry
from xiaoer.journal.services import Actor
from xiaoer.network.rules import NATION
from xiaoer.network.tests import make as network
from xiaoer.oversight import queries, rules, services
from xiaoer.people import queries as people_queries
from xiaoer.people import rules as people_rules
from xiaoer.people.tests import make as people

from . import make

TODAY = people_rules.day_of(NOW)
BY = Actor("operator-1")


def officer(role, region=network.COUNTY):
    organ = network.organ(f"{region}局", region_code=region)
    return people_queries.officer(people.officer(role, organ), on=TODAY)


@pytest.fixture
def operator(db):
    return officer("operator")


def shown(operator, state, now=NOW):
    return [one.delivery.id for one in queries.troubles(operator, state, now=now, language="zh")]


def test_an_operator_sees_what_is_parked_in_his_region_and_in_the_nations_shard(operator):
    mine, other, nation = make.parked(), make.parked(shard=make.OTHER), make.parked(shard=NATION)
    found = queries.troubles(operator, "parked", now=NOW, language="zh")
    assert {one.delivery.id for one in found} == {mine.id, nation.id}
    assert {one.delivery.attempts for one in found} == {12}
    city = officer("operator", network.CITY)
    assert len(queries.troubles(city, "parked", now=NOW, language="en")) == 3
    assert queries.may_retry(operator, make.SHARD)
    assert not queries.may_retry(operator, other.shard)


def test_what_will_be_tried_again_is_failing_and_what_was_not_tried_is_neither(operator):
    failing = make.failing(tries=3)
    make.opened()
    journal_acts.dispatch(flow=make.BURNING, now=NOW)
    later = NOW + timedelta(hours=3)
    assert shown(operator, "failing", later) == [failing.id]
    assert shown(operator, "parked", later) == []


def test_an_operator_sees_timers_that_did_not_ring(operator):
    entry = make.opened()
    for name, minutes in (("late", -2), ("just_now", 0), ("later", 60)):
        due = NOW + timedelta(minutes=minutes)
        journal_acts.set_timer(shard=make.SHARD, subject=entry.subject, name=name, due_at=due)
    journal_acts.set_timer(shard=make.OTHER, subject=entry.subject, name="late", due_at=NOW - timedelta(days=1))
    assert [one.name for one in queries.late_timers(operator, now=NOW)] == ["late"]
    journal_acts.sweep(alarms={}, now=NOW)
    assert {one.name for one in queries.late_timers(operator, now=NOW)} == {"late", "just_now"}


def test_who_tries_again_gets_it_delivered_once_the_cause_is_gone(operator):
    parked = make.parked()
    later = NOW + timedelta(days=1)
    assert services.retry(shard=parked.shard, delivery=parked.id, by=BY, now=later)
    assert not services.retry(shard=parked.shard, delivery=parked.id, by=BY, now=later)
    journal_acts.deliver(flow={"sheet.opened": [("ledger.print", lambda delivered, now: None)]}, now=later)
    assert shown(operator, "parked", later) == shown(operator, "failing", later) == []


def test_the_backlog_counts_and_knows_the_oldest(db):
    assert journal.backlog(NOW).oldest_at is None
    make.opened(now=NOW - timedelta(minutes=9))
    make.opened(now=NOW - timedelta(minutes=3))
    found = journal.backlog(NOW)
    assert (found.pending, found.unsequenced, found.due) == (2, 2, 0)
    assert found.oldest_at == NOW - timedelta(minutes=9)
    journal_acts.sequence(now=NOW)
    journal_acts.dispatch(flow=make.BURNING, now=NOW - timedelta(minutes=1))
    found = journal.backlog(NOW)
    assert (found.pending, found.unsequenced, found.due) == (0, 0, 2)
    assert found.oldest_at == NOW - timedelta(minutes=1)
    assert {one.name for one in journal.leases()} == {"dispatch", "sequence"}


def test_the_feed_is_in_the_order_of_positions_and_for_the_region_alone(db):
    first, second = make.opened(), make.opened()
    make.opened(shard=make.OTHER)
    journal_acts.sequence(now=NOW)
    supervisor = officer("supervisor")
    ours = [one.position for one in queries.feed(supervisor, shard=make.SHARD, after=0, limit=500)]
    assert ours == list(range(1, len(ours) + 1))
    [line] = queries.feed(supervisor, shard=make.SHARD, after=ours[-2], limit=10)
    assert line.entry.id in {first.id, second.id}
    assert queries.feed(supervisor, shard=make.OTHER, after=0, limit=10) is None
    assert queries.feed(officer("reviewer"), shard=make.SHARD, after=0, limit=10) is None


def test_sentences_of_the_feed_hold_no_personal_value(db):
    person = people.person("探针甲")
    entry = Entry.objects.get(subject=person.id)
    assert "探针甲" not in journal.told(entry, language="zh-hans") + journal.told(entry, language="en")


def test_an_entry_is_for_who_made_it_and_for_whose_matter_it_is(db):
    owner, stranger = people.person("王小二"), people.person("张三")
    network.organ()
    case = cases.accepted(cases.submitted(applicant=owner.id, account=owner.account_id).cases[0])
    me, other = (people_queries.applicant(one.account, on=TODAY) for one in (owner, stranger))
    about = list(Entry.objects.filter(subject__in=[case.id, case.application, owner.id]))
    assert {one.name for one in about} >= {"case.received", "case.accepted", "application.received"}
    by_me = make.opened(by=Actor(str(owner.account_id)), shard=make.OTHER)
    for entry in [*about, by_me]:
        assert queries.entry_for_applicant(me, entry.id) == entry
        assert queries.entry_for_applicant(other, entry.id) is None
    assert queries.entry_for_applicant(me, make.opened().id) is None
    assert queries.entry_for_applicant(me, owner.id) is None


def test_an_officer_gets_entries_of_his_region_alone(operator):
    assert queries.entry_for_officer(operator, (mine := make.opened()).id) == mine
    assert queries.entry_for_officer(operator, make.opened(shard=make.OTHER).id) is None


def test_what_the_pages_cost(operator, django_assert_num_queries):
    for _ in range(3):
        make.parked()
    journal_acts.sequence(now=NOW)
    with django_assert_num_queries(2):
        assert len(queries.troubles(operator, "parked", now=NOW, language="zh")) == 3
    with django_assert_num_queries(2):
        queries.feed(operator, shard=make.SHARD, after=0, limit=50)
    with django_assert_num_queries(9):
        journal.backlog(NOW)


def test_places_never_open_more_than_the_post_says(operator):
    assert rules.places(operator, "oversight.operate") == (NATION, "360481")
    assert not rules.covers(officer("clerk"), "oversight.operate", NATION)
