"""Who may do what, and what an identity number must be."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from xiaoer.kernel.refusal import Refusal
from xiaoer.people import rules

ORGAN, BELOW, OTHER = uuid4(), uuid4(), uuid4()
COUNTY, TOWN, CITY = "360481000000", "360481100000", "360400000000"


def officer(role: str, *services: str, region: str = COUNTY) -> rules.Officer:
    return rules.Officer(uuid4(), "李", (rules.PostFacts(role, ORGAN, f"{ORGAN}/", region, services),))


def test_a_permission_reaches_only_the_organ_of_the_post():
    clerk = officer("organ_admin")
    assert rules.may(clerk, "network.halls", organ=ORGAN)
    assert not rules.may(clerk, "network.halls", organ=OTHER)
    assert not rules.may(officer("clerk"), "network.halls", organ=ORGAN)


def test_a_branch_permission_reaches_organs_below_and_not_those_above_or_beside():
    admin = officer("organ_admin")
    assert rules.may(admin, "people.staff", organ_path=f"{ORGAN}/{BELOW}/")
    assert not rules.may(admin, "people.staff", organ_path=f"{OTHER}/")
    below = rules.Officer(uuid4(), "", (rules.PostFacts("organ_admin", BELOW, f"{ORGAN}/{BELOW}/", COUNTY),))
    assert not rules.may(below, "people.staff", organ_path=f"{ORGAN}/")


def test_a_regional_permission_reaches_down_and_never_up():
    operator = officer("operator")
    assert rules.may(operator, "network.organs", region=TOWN)
    assert not rules.may(operator, "network.organs", region=CITY)


def test_an_object_without_the_fact_that_the_reach_asks_for_is_out_of_reach():
    assert not rules.may(officer("operator"), "network.organs", organ=ORGAN)
    assert not rules.may(officer("organ_admin"), "network.halls", region=COUNTY)


def test_a_post_for_some_services_carries_no_other():
    assert rules.may(officer("organ_admin", "A"), "network.halls", organ=ORGAN, service="A")
    assert not rules.may(officer("organ_admin", "A"), "network.halls", organ=ORGAN, service="B")
    assert rules.may(officer("organ_admin"), "network.halls", organ=ORGAN, service="B")


def test_without_an_object_the_question_is_whether_anywhere():
    assert rules.may(officer("operator"), "network.organs") and not rules.may(officer("clerk"), "network.organs")


def test_a_permission_nobody_registered_is_a_programming_error():
    with pytest.raises(KeyError):
        rules.may(officer("clerk"), "no.such")
    with pytest.raises(ValueError, match="no such roles"):
        rules.permission("x.y", roles={"emperor"}, zh="", en="")
    with pytest.raises(ValueError, match="twice"):
        rules.permission("people.staff", roles={"head"}, zh="", en="")


def test_an_agent_acts_only_in_the_services_of_the_mandate():
    firm = uuid4()
    applicant = rules.Applicant(uuid4(), uuid4(), COUNTY, "王", 1, (rules.FirmFacts(firm, COUNTY, "agent", ("A",)),))
    assert rules.may_act_for(applicant, firm, service="A") and not rules.may_act_for(applicant, firm, service="B")
    assert not rules.may_act_for(applicant, uuid4())


@pytest.mark.parametrize(
    ("kind", "number", "right"),
    [
        ("resident", "11010519491231002X", True),
        ("resident", "110105194912310021", False),
        ("passport", "E12345678", True),
        ("passport", "E1", False),
        ("hk_mo_permit", "H12345678", True),
        ("hk_mo_permit", "H1234567", False),
        ("tw_permit", "12345678", True),
        ("tw_permit", "A2345678", False),
        ("foreign_permanent", "911124198108030024", True),
        ("foreign_permanent", "11124198108030024", False),
    ],
)
def test_every_kind_of_identity_document_has_its_form(kind, number, right):
    assert (rules.check_id(kind, number) is None) is right


def test_an_identity_number_may_be_typed_with_spaces_and_a_small_x():
    assert rules.normal_id("resident", " 110105 19491231 002x") == "11010519491231002X"


def test_the_day_of_an_instant_is_the_day_in_shanghai():
    assert rules.day_of(datetime(2026, 3, 5, 16, 0, tzinfo=UTC)) == date(2026, 3, 6)
    assert rules.day_of(datetime(2026, 3, 5, 15, 59, tzinfo=UTC)) == date(2026, 3, 5)


def test_a_period_must_hold_a_day():
    rules.check_period(date(2026, 1, 1), date(2026, 1, 2))
    with pytest.raises(Refusal):
        rules.check_period(date(2026, 1, 1), date(2026, 1, 1))
