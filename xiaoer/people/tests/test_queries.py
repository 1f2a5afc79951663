"""Doors: who gets what."""

from datetime import date

import pytest

from xiaoer.journal.services import Actor
from xiaoer.network.tests import make as network
from xiaoer.people import queries, rules
from xiaoer.people.models import Account

from . import make


@pytest.mark.django_db
def test_an_officer_is_made_of_the_posts_that_hold_in_one_query(django_assert_num_queries):
    organ = network.organ()
    account = make.officer("clerk", organ, name="赵窗")
    make.post(account, "approver", organ, services=["S"])
    make.post(account, "head", organ, valid_from=date(2030, 1, 1))
    with django_assert_num_queries(1):
        officer = queries.officer(account, on=make.TODAY)
    assert officer.name == "赵窗" and officer.organ_ids == {organ.id}
    assert [(post.role, post.services) for post in officer.posts] == [("clerk", ()), ("approver", ("S",))]
    assert officer.posts[0].organ_path == organ.path


@pytest.mark.django_db
def test_an_applicant_is_the_person_with_the_firms_in_one_query(django_assert_num_queries):
    person = make.person("王小明")
    firm = make.firm(person)
    account = Account.objects.get(id=person.account_id)
    with django_assert_num_queries(1):
        applicant = queries.applicant(account, on=make.TODAY)
    assert (applicant.name, applicant.person_shard, [one.firm_id for one in applicant.firms]) == (
        "王小明", network.COUNTY, [firm.id],
    )  # fmt: skip
    assert queries.firm_for(applicant, firm.id) == firm
    assert queries.applicant(make.account(), on=make.TODAY) is None


@pytest.mark.django_db
def test_mandates_are_shown_to_the_legal_representative_alone():
    boss, agent = make.person("张三"), make.person("李四光")
    firm = make.firm(boss)
    mandate = make.mandate(firm, agent)
    seen = {}
    for person in (boss, agent, make.person()):
        applicant = queries.applicant(Account.objects.get(id=person.account_id), on=make.TODAY)
        seen[person.id] = (
            [view.agent for view in queries.mandates_for(applicant, firm, on=make.TODAY)],
            queries.mandate_for(applicant, mandate.id) is not None,
        )
    assert list(seen.values()) == [(["张*", "李**"], True), ([], False), ([], False)]


@pytest.mark.django_db
def test_staff_are_listed_to_those_who_manage_them():
    ours, theirs = network.organ(), network.organ("共青城市行政审批局", region_code=network.OTHER_COUNTY)
    below = network.organ("码头分局", parent=ours)
    for organ in (ours, theirs, below):
        make.officer("clerk", organ)
    admin = queries.officer(make.officer("organ_admin", ours), on=make.TODAY)
    clerk = queries.officer(make.officer("clerk", ours), on=make.TODAY)
    operator = queries.officer(make.officer("operator", ours, region_code=network.CITY), on=make.TODAY)
    seen = [{row.post.organ_id for row in queries.staff_for(who, on=make.TODAY)} for who in (admin, clerk, operator)]
    assert seen == [{ours.id, below.id}, set(), {ours.id, theirs.id, below.id}]
    found = [
        [row.post.organ_id for row in queries.staff_for(who, on=make.TODAY, words=words)]
        for who in (admin, operator)
        for words in ("码头", "共青城", "没有")
    ]
    assert found == [[below.id], [], [], [below.id], [theirs.id], []]
    foreign = queries.posts_of(make.officer("clerk", theirs).id, on=make.TODAY)[0]
    assert [queries.post_for(who, foreign.id) is not None for who in (admin, clerk, operator)] == [False, False, True]


@pytest.mark.django_db
def test_a_person_is_found_by_the_whole_number_only_and_shown_masked():
    person = make.person("王小明")
    found = queries.person_by_number(shards=[person.shard], id_kind="resident", id_number=person.id_number.lower())
    assert found == person
    assert queries.person_by_number(shards=["360482000000"], id_kind="resident", id_number=person.id_number) is None
    shown = queries.masked(person)
    assert person.id_number[4:14] not in shown.id_number and person.phone[-8:] not in shown.phone


@pytest.mark.django_db
def test_the_actor_is_the_account_and_on_whose_behalf_the_firm():
    person = make.person()
    applicant = queries.applicant(Account.objects.get(id=person.account_id), on=make.TODAY)
    firm = make.firm(person)
    assert queries.actor(applicant, firm=firm.id) == Actor(str(person.account_id), str(firm.id))
    assert isinstance(applicant, rules.Applicant)
