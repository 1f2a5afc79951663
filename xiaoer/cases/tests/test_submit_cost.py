"""What a submission costs in statements, and what is kept between two of them: never longer than it holds."""

from datetime import timedelta

import pytest

from tests.make import NOW, cost
from xiaoer.cases import queries, services
from xiaoer.cases.models import Application
from xiaoer.catalogue import queries as catalogue_queries
from xiaoer.catalogue import services as catalogue_acts
from xiaoer.catalogue.tests import make as catalogue
from xiaoer.journal.services import SYSTEM
from xiaoer.network import queries as network

from . import make, make_draft

pytestmark = pytest.mark.django_db
FOOD = catalogue.said("food_licence").code
BUNDLE = ("bundle", "open_restaurant", catalogue.RUICHANG)


@pytest.fixture(autouse=True)
def published():
    make_draft.offered()


def test_a_submission_with_three_papers_takes_three_questions_and_writes_once(django_assert_num_queries):
    service = queries.offered_at("service", FOOD, "", NOW)
    draft = make_draft.complete(service)
    applicant = make_draft.person_of(draft)
    network.calendar_for(service.shard)
    # Version in force, calendar, organs; two numbers; one write for all tables of the act; a savepoint of the test.
    with django_assert_num_queries(cost(sqlite=16, postgresql=8)):
        services.submit_once(
            draft, offered=queries.offered_at("service", FOOD, "", NOW), applicant=applicant, key="k", channel="online",
            now=NOW, calendar=network.calendar_for(service.shard),
        )  # fmt: skip
    assert Application.objects.count() == 1


def test_a_bundle_with_a_filing_writes_the_steps_of_the_filing_beside(django_assert_num_queries):
    bundle = make_draft.bundle()
    draft = make_draft.complete(bundle)
    applicant, calendar = make_draft.person_of(draft), make.calendar()
    with django_assert_num_queries(cost(sqlite=26, postgresql=15)):
        services.hand_in(draft, offered=bundle, applicant=applicant, seen=draft.version, now=NOW, calendar=calendar)


@pytest.mark.parametrize(("place", "statements"), [(("service", FOOD, ""), 1), (BUNDLE, 2)])
def test_an_offer_that_has_not_changed_is_not_read_again(place, statements, django_assert_num_queries):
    first = queries.offered_at(*place, NOW)
    with django_assert_num_queries(statements):
        assert queries.offered_at(*place, NOW) is first


def renewed(name: str, valid_from):
    draft = catalogue_acts.draft_service(catalogue.said("food_licence", name=name), by=SYSTEM, now=NOW)
    return catalogue_acts.publish_service(draft, valid_from=valid_from, by=SYSTEM, now=NOW)


@pytest.mark.parametrize("place", [("service", FOOD, ""), BUNDLE])
def test_a_new_version_is_offered_from_the_very_instant_at_which_it_is_valid(place):
    before = queries.offered_at(*place, NOW)
    new = renewed("食品经营许可（新版）", NOW + timedelta(days=1))
    last = new.valid_from - timedelta(microseconds=1)
    for _ in range(2):
        assert queries.offered_at(*place, last).digest == before.digest
        changed = queries.offered_at(*place, new.valid_from)
        assert new.id in {version.id for version in changed.services.values()}
        assert "食品经营许可（新版）" in {service.name for service in changed.offer.services.values()}


def test_what_has_ended_is_offered_no_more():
    assert queries.offered_at("service", FOOD, "", NOW) and queries.offered_at(*BUNDLE, NOW)
    version = catalogue_queries.service_in_force(FOOD, NOW)
    catalogue_acts.end_service(version, valid_to=NOW + timedelta(hours=1), reason="取消", by=SYSTEM, now=NOW)
    assert queries.offered_at("service", FOOD, "", NOW)
    assert queries.offered_at("service", FOOD, "", NOW + timedelta(hours=1)) is None
    assert queries.offered_at(*BUNDLE, NOW + timedelta(hours=1)) is None
