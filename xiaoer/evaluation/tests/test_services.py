"""Inviting, rating once, letting go; and what the database says when two rate at one instant."""

from datetime import date, timedelta

import pytest

from tests.make import NOW, cost, race
from xiaoer.cases import queries as case_queries
from xiaoer.cases.tests import make as cases
from xiaoer.evaluation import handlers, rules, services, timers
from xiaoer.evaluation.models import Invitation, Rating
from xiaoer.journal import queries as journal
from xiaoer.journal import services as acts
from xiaoer.journal.models import Entry, Timer
from xiaoer.journal.services import Actor
from xiaoer.kernel.refusal import Refusal
from xiaoer.people.tests import make as people

from . import make

FLOW = {name: [("evaluation.invite", handlers.invite)] for name in ("case.granted", "case.refused")}
ALARMS = {rules.EXPIRE: timers.expire}


def clean():
    return [str(one) for kind in ("invitation", "rating") for one in journal.differences(kind)]


def delivered(now=NOW):
    acts.dispatch(flow=FLOW, now=now)
    acts.deliver(flow=FLOW, now=now)


@pytest.fixture
def invitation(db):
    return make.invitation(people.person())


def refused_by(run, *args, **values):
    with pytest.raises(Refusal) as refused:
        run(*args, **values)
    return refused.value.key


def test_a_decided_case_is_invited_once_for_five_working_days(db):
    case = make.refused(people.person())
    delivered()
    found = Invitation.objects.get(case=case.id)
    assert found.expires_on == date(2026, 3, 12)
    assert Timer.objects.get(subject=found.id).due_at.isoformat() == "2026-03-12T16:00:00+00:00"
    assert sorted(found.worked) == ["approver-1", "clerk-1"]
    assert found.received_by == ""
    with pytest.raises(Refusal, match="stale"):
        served = case_queries.served(shard=case.shard, identity=case.id)
        services.invite(served, days=5, now=NOW, calendar=cases.calendar())


def test_a_case_decided_twice_is_not_invited_twice(db):
    case = make.refused(people.person())
    delivered()
    entry = Entry.objects.get(subject=case.id, name="case.refused")
    handlers.invite(acts.Delivered(entry.id, entry.shard, journal.as_event(entry, None)), NOW)
    assert Invitation.objects.count() == 1


def test_at_a_counter_who_received_is_rated_too(db):
    found = make.invitation(people.person(), channel="counter")
    assert found.received_by == cases.APPLICANT.id
    assert refused_by(make.rating, found, by=Actor("somebody")) == "staff_level"
    rated = make.rating(found, level=5, staff_level=2, by=Actor("somebody"))
    assert (rated.staff, rated.staff_level) == (found.received_by, 2)
    assert Entry.objects.get(subject=rated.id).name == "rating.bad"


@pytest.mark.parametrize(("level", "name"), [(5, "rating.given"), (3, "rating.given"), (2, "rating.bad")])
def test_a_rating_is_kept_and_announced(invitation, level, name):
    rated = make.rating(invitation, level=level, words=" 窗口很热情 ")
    assert (rated.level, rated.words, rated.rater) == (level, "窗口很热情", str(invitation.account))
    entry = Entry.objects.get(subject=rated.id)
    assert entry.name == name
    assert "热情" not in str(entry.data)
    assert Invitation.objects.get().state == "rated"
    assert not Timer.objects.filter(subject=invitation.id).exists()
    assert clean() == []


def test_a_service_is_rated_once(invitation):
    stale = Invitation.objects.get()
    make.rating(invitation)
    assert refused_by(make.rating, Invitation.objects.get()) == "rated_already"
    assert refused_by(make.rating, stale) == "stale"
    assert Rating.objects.count() == 1


def test_the_last_day_counts_and_the_next_does_not(invitation):
    last = NOW + timedelta(days=7)
    assert refused_by(make.rating, invitation, now=last + timedelta(days=1)) == "rating_closed"
    assert make.rating(invitation, now=last).level == 5


def test_who_worked_on_a_case_does_not_rate_it(invitation):
    assert refused_by(make.rating, invitation, by=cases.APPROVER) == "rating_own"
    assert Rating.objects.count() == 0


def test_silence_is_no_rating(invitation):
    late = NOW + timedelta(days=8)
    acts.sweep(alarms=ALARMS, now=late)
    found = Invitation.objects.get()
    assert found.state == "expired"
    assert refused_by(make.rating, found) == "rating_closed"
    assert Rating.objects.count() == 0
    assert clean() == []


def test_an_answered_invitation_does_not_expire(invitation):
    make.rating(invitation)
    services.expire(shard=invitation.shard, identity=invitation.id, now=NOW)
    assert Invitation.objects.get().state == "rated"


@pytest.mark.django_db(transaction=True)
def test_of_eight_ratings_at_one_instant_one_is_taken(fresh_database):
    invitation = make.invitation(people.person())
    results = race(8, lambda place: make.rating(Invitation.objects.get(id=invitation.id), level=1 + place % 5))
    assert sum(isinstance(one, Rating) for one in results) == 1
    assert {one.key for one in results if isinstance(one, Refusal)} <= {"stale", "rated_already"}
    assert Rating.objects.count() == 1
    assert clean() == []


def test_what_an_invitation_and_a_rating_cost(db, django_assert_num_queries):
    case = make.refused(people.person())
    calendar = cases.calendar()
    with django_assert_num_queries(4):
        served = case_queries.served(shard=case.shard, identity=case.id)
    with django_assert_num_queries(cost(sqlite=7, postgresql=3)):
        invitation = services.invite(served, days=5, now=NOW, calendar=calendar)
    with django_assert_num_queries(cost(sqlite=9, postgresql=5)):
        make.rating(invitation, words="好")
