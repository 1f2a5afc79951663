"""What a matter needs: services, papers, questions."""

import pytest

from xiaoer.catalogue import rules
from xiaoer.catalogue.rules import Answer
from xiaoer.catalogue.tests import make
from xiaoer.kernel import plan

SMALL = {
    "has_licence": False, "applicant_kind": "individual", "premises_area": "80", "is_underground": False,
    "has_entertainment": False, "cold_dishes": False, "has_signboard": False, "wants_seal": False,
}  # fmt: skip


def needed(facts: dict[str, object]) -> list[str]:
    return [m.material.key for m in rules.materials_in_case(make.restaurant(), facts) if m.answer is Answer.YES]


def members(facts: dict[str, object]) -> list[str]:
    return [m.key for m, answer in rules.members_in_case(make.restaurant(), facts) if answer is Answer.YES]


def test_a_small_restaurant_needs_two_services_and_five_papers():
    assert members(SMALL) == ["business_licence", "food_licence"]
    assert needed(SMALL) == [
        "operator_identity", "premises_proof", "business_licence", "layout_plan", "food_safety_rules",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "checked"),
    [
        ({"premises_area": "299.9"}, False), ({"premises_area": "300"}, True), ({"is_underground": True}, True),
        ({"has_entertainment": True}, True),
    ],
)  # fmt: skip
def test_the_fire_check_is_needed_only_where_the_facts_ask_for_it(facts, checked):
    assert ("fire_check" in members({**SMALL, **facts})) is checked


def test_without_answers_what_depends_on_them_is_unknown_and_the_rest_is_known():
    answers = {m.key: answer for m, answer in rules.members_in_case(make.restaurant(), {})}
    assert answers["food_licence"] is Answer.YES
    assert {answers[key] for key in ("business_licence", "signboard", "fire_check")} == {Answer.UNKNOWN}


def test_a_paper_that_two_services_need_is_handed_in_once_and_says_for_whom():
    found = {m.material.key: m for m in rules.materials_in_case(make.restaurant(), {**SMALL, "premises_area": "300"})}
    assert found["premises_proof"].members == ("business_licence", "fire_check")
    alone = {m.material.key: m for m in rules.materials_in_case(make.restaurant(), SMALL)}
    assert alone["premises_proof"].members == ("business_licence",)


def test_what_an_earlier_member_issues_is_not_asked_of_the_applicant():
    def licence(facts):
        found = {m.material.key: m for m in rules.materials_in_case(make.restaurant(), facts)}
        return found["business_licence"]

    assert licence(SMALL).from_member == "business_licence"
    assert licence({**SMALL, "has_licence": True}).from_member == ""


def test_a_question_that_several_services_ask_is_asked_once():
    offer = make.restaurant()
    keys = [one.field.key for one in offer.fields]
    assert len(keys) == len(set(keys))
    asked = sum(len(service.facts) for service in offer.services.values())
    assert (asked, len(keys)) == (39, 20)


def test_a_merged_question_is_personal_or_required_when_one_service_says_so():
    services = {m.code: m for m in (make.said(name) for name in make.MEMBERS)}
    offer = rules.merge(make.bundle_said(), services)
    assert offer.field("operator_id").personal
    assert offer.field("has_licence").required


def test_questions_of_services_that_are_not_in_the_case_are_not_in_its_form():
    keys = {one.field.key for one in rules.fields_in_case(make.restaurant(), {**SMALL, "has_licence": True})}
    assert "registered_capital" not in keys and "sign_text" not in keys
    assert {"shop_uscc", "cold_dishes", "premises_address"} <= keys


def test_the_guide_asks_in_its_order_and_never_what_no_longer_matters():
    offer = make.restaurant()
    answers = {**SMALL, "premises_area": "400"}
    facts: dict[str, object] = {}
    asked = []
    while field := rules.next_question(offer, facts):
        asked.append(field.key)
        facts[field.key] = answers[field.key]
    assert asked == ["has_licence", "applicant_kind", "premises_area", "has_entertainment", "cold_dishes",
                     "has_signboard", "wants_seal"]  # fmt: skip


def test_when_the_order_says_nothing_the_question_that_settles_most_is_asked():
    services = {m.code: m for m in (make.said(name) for name in make.MEMBERS)}
    offer = rules.merge(make.bundle_said(questions=()), services)
    facts: dict[str, object] = {}
    asked = []
    while field := rules.next_question(offer, facts):
        asked.append(field.key)
        facts[field.key] = SMALL[field.key]
    assert asked[0] == "has_signboard"  # no sign: one service, four papers and a step less
    assert set(asked) <= set(SMALL)


def test_every_question_of_the_guide_can_change_something():
    offer = make.restaurant()
    assert {field.key for field in rules.guiding_fields(offer)} == {*SMALL, "sign_area"}


def test_the_plan_between_members_lets_a_pre_review_begin_before_the_licence_is_there():
    between = rules.case_plan(make.restaurant())
    facts = {**SMALL, "wants_seal": True}
    assert plan.ready(between, outcomes={}, facts=facts) == ["business_licence", "food_licence_pre_review"]
    later = {"business_licence": "granted", "food_licence_pre_review": "granted"}
    assert plan.ready(between, outcomes=later, facts=facts) == ["food_licence", "seal_filing"]


def test_one_refusal_does_not_hang_the_bundle_and_what_was_granted_counts():
    between = rules.case_plan(make.restaurant())
    outcomes = {"business_licence": "granted", "food_licence_pre_review": "granted", "food_licence": "refused"}
    assert plan.result(between, outcomes=outcomes, facts=SMALL) == "conditional"
    outcomes = {"business_licence": "refused", "food_licence_pre_review": "granted"}
    assert plan.result(between, outcomes=outcomes, facts=SMALL) == "refused"


def test_a_service_alone_is_an_offer_with_one_member():
    service = make.said("food_licence")
    found = rules.materials_in_case(service, {"cold_dishes": False})
    assert [str(one.answer) for one in found] == ["yes", "yes", "no", "yes"]
    assert rules.next_question(rules.alone(service), {}).key == "cold_dishes"


@pytest.mark.parametrize(
    ("term", "days"),
    [
        ({"count": 8}, 8), ({"count": 0, "unit": "at_once"}, 0), ({"count": 25, "unit": "hours"}, 2),
        ({"count": 7, "unit": "calendar_days"}, 5), ({"count": 8, "unit": "calendar_days"}, 6),
        ({"count": 1, "unit": "months"}, 22),
    ],
)  # fmt: skip
def test_promises_in_other_units_are_planned_as_working_days_rounded_up(term, days):
    service = make.said("food_licence", limits=rules.Limits(promised=rules.Term(**term)))
    assert rules.promised_days(service) == days
