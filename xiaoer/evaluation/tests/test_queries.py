"""Who gets an invitation, and what everybody may know."""

from datetime import timedelta

import pytest

from tests.make import NOW
from xiaoer.evaluation import queries
from xiaoer.people import queries as people_queries
from xiaoer.people import rules as people_rules
from xiaoer.people.tests import make as people

from . import make

TODAY = people_rules.day_of(NOW)


def applicant(person):
    return people_queries.applicant(person.account, on=TODAY)


@pytest.fixture
def owner(db):
    return people.person("王小二")


def test_a_token_opens_for_its_owner_alone(owner):
    found = make.invitation(owner)
    token = queries.token_of(found)
    assert queries.invitation_for(applicant(owner), token) == found
    assert queries.invitation_for(applicant(people.person("张三")), token) is None


@pytest.mark.parametrize(
    "spoil", [lambda t: t[:-1], lambda t: t[:-2] + "AA", lambda t: "", lambda t: "不是", lambda t: "A" * 50]
)
def test_a_token_that_is_not_ours_opens_nothing(owner, spoil):
    token = queries.token_of(make.invitation(owner))
    assert queries.invitation_for(applicant(owner), spoil(token)) is None


def test_who_acts_for_the_firm_may_rate_what_an_agent_applied_for(owner):
    agent, firm = people.person("李经办"), people.firm(owner)
    found = make.invitation(agent, applicant_kind="firm", applicant=firm.id)
    assert queries.invitation_for(applicant(owner), queries.token_of(found)) == found
    assert queries.invitation_of_case(applicant(owner), found.number) == found
    assert queries.invitation_of_case(applicant(people.person("张三")), found.number) is None


def test_open_invitations_are_those_that_can_still_be_answered(owner):
    first, second = make.invitation(owner), make.invitation(owner)
    make.invitation(people.person("张三"))
    me = applicant(owner)
    assert queries.open_invitations(me, on=TODAY) == [first, second]
    assert queries.open_invitations(me, on=first.expires_on + timedelta(days=1)) == []
    make.rating(first)
    assert queries.open_invitations(me, on=TODAY) == [second]


def test_the_public_summary_gives_counts_with_denominators(owner):
    levels = [5, 5, 3, 1, None]
    for level in levels:
        found = make.invitation(owner)
        if level:
            make.rating(found, level=level)
    summary = queries.summary(found.service_code)
    assert summary.levels == {5: 2, 4: 0, 3: 1, 2: 0, 1: 1}
    assert (summary.good, summary.rated, summary.ended, summary.invited) == (3, 4, 4, 5)
    assert queries.summary("nothing").rated == 0


def test_what_the_doors_cost(owner, django_assert_num_queries):
    found = make.invitation(owner)
    me = applicant(owner)
    with django_assert_num_queries(1):
        queries.invitation_for(me, queries.token_of(found))
    with django_assert_num_queries(1):
        queries.open_invitations(me, on=TODAY)
    with django_assert_num_queries(2):
        queries.summary(found.service_code)
