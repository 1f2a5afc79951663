"""The doors: who sees which application, case, step and queue. A stranger gets nothing, an officer only his organ's."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.make import NOW
from xiaoer.cases import queries, services
from xiaoer.cases.models import Draft
from xiaoer.network.tests import make as network
from xiaoer.people import queries as people
from xiaoer.people import rules as people_rules
from xiaoer.people.tests import make as persons

from . import make

TODAY = services.day_of(NOW)


def officer(role, organ, **values):
    return people.officer(persons.officer(role, organ, **values), on=TODAY)


def applicant(person):
    return people.applicant(person.account, on=TODAY)


@pytest.fixture
def market(db):
    return network.organ("瑞昌市市场监督管理局")


@pytest.fixture
def police(db):
    return network.organ("瑞昌市公安局")


def case_of(organ, **values):
    return make.submitted(make.member(organ=organ.id, **values)).cases[0]


def test_an_applicant_sees_his_own_application_and_nobody_elses(market):
    person, stranger = persons.person("王小二"), persons.person("张三")
    received = make.submitted(applicant=person.id, account=person.account_id)
    number = received.application.number
    found = queries.application_for(applicant(person), number)
    assert found and [part.case.id for part in found.parts] == [received.cases[0].id]
    assert queries.application_for(applicant(stranger), number) is None
    assert queries.case_for_applicant(applicant(person), received.cases[0].number)
    assert queries.case_for_applicant(applicant(stranger), received.cases[0].number) is None
    assert [one.application.number for one in queries.applications_of(applicant(person))] == [number]
    assert queries.applications_of(applicant(stranger)) == []


def test_who_handed_in_for_a_firm_sees_it_while_the_mandate_holds(market):
    firm = persons.firm(persons.person())
    agent = persons.person("钱经办")
    received = make.submitted(applicant_kind="firm", applicant=firm.id, account=agent.account_id)
    number, case = received.application.number, received.cases[0].number
    persons.mandate(firm, agent, services=["11370800MB285591844000131024001"], valid_to=TODAY + timedelta(days=1))
    assert queries.application_for(applicant(agent), number) and queries.part_for(applicant(agent), case)
    later = people.applicant(agent.account, on=TODAY + timedelta(days=1))
    assert queries.application_for(later, number) is None and queries.part_for(later, case) is None
    assert queries.applications_of(later) == [] and queries.case_for_applicant(later, case) is None


def test_who_acts_for_a_firm_sees_its_applications_until_the_mandate_ends(market):
    boss, agent = persons.person("王老板"), persons.person("李经办")
    firm = persons.firm(boss)
    received = make.submitted(applicant_kind="firm", applicant=firm.id, account=boss.account_id)
    number = received.application.number
    assert queries.application_for(applicant(agent), number) is None
    persons.mandate(firm, agent, valid_to=TODAY + timedelta(days=1))
    assert queries.application_for(applicant(agent), number)
    later = people.applicant(agent.account, on=TODAY + timedelta(days=1))
    assert queries.application_for(later, number) is None


def test_an_officer_sees_cases_of_his_organ_and_not_of_another(market, police):
    case = case_of(market)
    assert queries.case_for_officer(officer("clerk", market), case.number)
    assert queries.case_for_officer(officer("clerk", police), case.number) is None
    assert queries.case_for_officer(officer("operator", market), case.number) is None
    assert queries.case_for_officer(officer("clerk", market), "no-such-number") is None


def test_a_post_for_one_service_does_not_open_another(market):
    case = case_of(market)
    assert queries.case_for_officer(officer("clerk", market, services=[case.service_code]), case.number)
    other = officer("clerk", market, services=[make.CODES["sign"]])
    assert queries.case_for_officer(other, case.number) is None
    assert queries.queue(other, "intake", on=TODAY) == []


def test_an_organ_with_a_step_on_a_case_sees_it_and_only_its_own_step(market, police):
    plan = {**make.DECIDED, "nodes": [
        {"key": "opinion", "kind": "opinion", "organ": police.uscc},
        {"key": "decision", "kind": "decision", "after": {"ok": "opinion"}},
    ]}  # fmt: skip
    case = case_of(market, plan=plan)
    services.accept(case, organs=queries.organs_of(case), by=make.CLERK, now=NOW, calendar=make.calendar())
    reviewer = officer("reviewer", police)
    assert queries.case_for_officer(reviewer, case.number)
    assert [row.step.key for row in queries.queue(reviewer, "steps", on=TODAY)] == ["opinion"]
    assert queries.step_for_officer(reviewer, make.step(case, "opinion").id)
    assert queries.step_for_officer(officer("approver", market), make.step(case, "opinion").id) is None
    assert queries.step_for_officer(reviewer, make.step(case, "decision").id) is None


def test_the_queues_hold_what_waits_for_the_officers_organ_in_the_order_of_days(market, police):
    first, second, elsewhere = case_of(market), case_of(market), case_of(police)
    clerk, reviewer, approver = (officer(role, market) for role in ("clerk", "reviewer", "approver"))
    assert [row.case.id for row in queries.queue(clerk, "intake", on=TODAY)] == [first.id, second.id]
    assert [row.case.id for row in queries.queue(clerk, "intake", on=TODAY, after=(first.received_on, first.id))] == [
        second.id
    ]
    for case in (first, second, elsewhere):
        make.accepted(case)
    assert queries.queue(clerk, "intake", on=TODAY) == [] == queries.queue(clerk, "steps", on=TODAY)
    rows = queries.queue(reviewer, "steps", on=TODAY)
    assert [row.case.id for row in rows] == [first.id, second.id]
    assert [
        row.case.id for row in queries.queue(reviewer, "steps", on=TODAY, after=(rows[0].due_on, rows[0].step.id))
    ] == [second.id]
    assert {row.step.kind for row in queries.queue(approver, "steps", on=TODAY)} == {"review"}


def test_buttons_come_from_the_rules_for_role_and_state(market):
    case = case_of(market)
    names = {
        role: {
            act.name for act in queries.acts_for(queries.case_for_officer(officer(role, market), case.number), on=TODAY)
        }
        for role in ("clerk", "reviewer", "approver", "head")
    }
    assert names["clerk"] == names["reviewer"] == {"notify", "accept", "decline"}
    assert names["head"] == {"terminate"}
    make.accepted(case)
    file = queries.case_for_officer(officer("approver", market), case.number)
    assert {act.name for act in queries.acts_for(file, on=TODAY)} == {
        "refuse", "begin", "suspend", "tell_hearing", "terminate",
    }  # fmt: skip
    make.settled(case, "review")
    make.settled(case, "visit")
    approver = officer("approver", market)
    file = queries.case_for_officer(approver, case.number)
    assert "grant" in {act.name for act in queries.acts_for(file, on=TODAY)}
    alone = replace(file, standing=replace(file.standing, account=make.REVIEWER.id))
    assert "grant" not in {act.name for act in queries.acts_for(alone, on=TODAY)}


def test_search_finds_by_number_and_exact_name_but_never_outside_the_reach(market, police):
    person = persons.person("欧阳小二")
    received = make.submitted(
        make.member(organ=market.id), applicant=person.id, account=person.account_id, applicant_name="欧阳小二"
    )
    clerk, other = officer("clerk", market), officer("clerk", police)
    for number in (received.application.number, received.cases[0].number):
        assert [case.id for case in queries.found_by_number(clerk, f" {number.lower()} ")] == [received.cases[0].id]
        assert queries.found_by_number(other, number) == []
    assert [case.id for case in queries.found_by_applicant(clerk, "欧阳小二")] == [received.cases[0].id]
    assert queries.found_by_applicant(clerk, "欧阳") == [] == queries.found_by_applicant(other, "欧阳小二")


def test_a_draft_opens_only_for_the_account_that_began_it(market):
    person, stranger = persons.person(), persons.person()
    draft = Draft.objects.create(
        shard=make.SHARD, account=person.account_id, kind="bundle", target="restaurant", region=make.SHARD,
        answers={"phone": "13800000000"}, updated_at=NOW,
    )  # fmt: skip
    assert queries.draft_for(applicant(person), draft.id)
    assert queries.draft_for(applicant(stranger), draft.id) is None
    assert queries.draft_for(applicant(person), uuid4()) is None
    assert [one.id for one in queries.drafts_of(applicant(person))] == [draft.id]
    assert queries.drafts_of(applicant(stranger)) == []


def test_the_story_of_a_case_is_told_in_sentences_with_the_law(market):
    case = case_of(market)
    make.accepted(case)
    make.settled(case, "review")
    lines = queries.told_of(case, [make.step(case, "review")])
    assert lines[0].zh == f"收件，编号 {case.number}" and lines[1].law == "行政许可法 32(5)"
    assert lines[-1].en == "settled: passed" and lines[-1].step == "review"


@pytest.mark.parametrize("cases", [1, 3])
def test_lists_cost_the_same_however_long_they_are(market, cases, django_assert_num_queries):
    person = persons.person()
    for _ in range(cases):
        received = make.submitted(make.member(organ=market.id), applicant=person.id, account=person.account_id)
        make.accepted(received.cases[0])
    mine, reviewer, clerk = applicant(person), officer("reviewer", market), officer("clerk", market)
    with django_assert_num_queries(5):
        queries.applications_of(mine)
    with django_assert_num_queries(2):
        queries.queue(reviewer, "steps", on=TODAY)
    case_of(market)
    with django_assert_num_queries(2):
        queries.queue(clerk, "intake", on=TODAY)
    assert people_rules.may(clerk, "cases.accept")


def test_who_hands_in_a_filing_has_not_worked_on_it_by_that(db):
    seal = make.submitted(make.member("seal", plan=make.DECIDED, organ=make.POLICE, procedure="filing")).cases[0]
    assert seal.state == "accepted"
    assert queries.served(shard=seal.shard, identity=seal.id).worked == frozenset()
