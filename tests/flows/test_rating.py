"""From the decision to the rating, as the platform is wired: the worker invites, the owner rates, time closes."""

from datetime import timedelta

import pytest

from tests.make import NOW
from xiaoer import flow
from xiaoer.cases.tests import make as cases
from xiaoer.evaluation import queries
from xiaoer.evaluation.tests import make
from xiaoer.journal import queries as journal
from xiaoer.journal import services as acts
from xiaoer.people import queries as people_queries
from xiaoer.people.rules import day_of
from xiaoer.people.tests import make as people

pytestmark = pytest.mark.django_db


def work(now):
    acts.dispatch(flow=flow.HANDLERS, now=now)
    acts.sweep(alarms=flow.ALARMS, now=now)
    acts.deliver(flow=flow.HANDLERS, now=now)


def granted(person):
    plan = cases.DECIDED
    received = cases.submitted(cases.member(plan=plan), applicant=person.id, account=person.account_id)
    case = cases.accepted(received.cases[0])
    return cases.services.grant(case, by=cases.APPROVER, now=NOW, calendar=cases.calendar())


@pytest.mark.parametrize("decide", [granted, make.refused])
def test_every_decision_asks_for_a_rating_that_time_closes(decide):
    owner = people.person()
    case = decide(owner)
    applicant = people_queries.applicant(owner.account, on=day_of(NOW))
    assert queries.open_invitations(applicant, on=day_of(NOW)) == []
    work(NOW)
    assert [one.case for one in queries.open_invitations(applicant, on=day_of(NOW))] == [case.id]
    work(NOW + timedelta(days=8))
    assert queries.summary(case.service_code).ended == 1
    assert list(journal.differences("invitation")) == []
