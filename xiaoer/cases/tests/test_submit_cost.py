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
from xiaoer.kernel.refusal import Refusal
from xiaoer.network import queries as calendars
from xiaoer.network import services as network_acts
from xiaoer.network.models import CalendarNotice, Organ
from xiaoer.network.tests import make as network

from . import make, make_draft

pytestmark = pytest.mark.django_db
FOOD = catalogue.said("food_licence").code
BUNDLE = ("bundle", "open_restaurant", catalogue.RUICHANG)


@pytest.fixture(autouse=True)
def published():
    make_draft.offered()


def test_a_submission_with_three_papers_takes_one_question_and_writes_once(django_assert_num_queries):
    service = queries.offered_at("service", FOOD, "", NOW)
    draft = make_draft.complete(service)
    applicant = make_draft.person_of(draft)
    _ = service.calendar  # is kept from now on, as its digest names what it says
    # Version, organs and calendar in force; two numbers; one write for all tables of the act; a savepoint of the test.
    with django_assert_num_queries(cost(sqlite=14, postgresql=6)):
        offered = queries.offered_at("service", FOOD, "", NOW)
        services.submit_once(
            draft, offered=offered, applicant=applicant, key="k", channel="online", now=NOW, calendar=offered.calendar
        )
    assert Application.objects.count() == 1


def test_a_bundle_with_a_filing_writes_the_steps_of_the_filing_beside(django_assert_num_queries):
    bundle = make_draft.bundle()
    draft = make_draft.complete(bundle)
    applicant, calendar = make_draft.person_of(draft), make.calendar()
    with django_assert_num_queries(cost(sqlite=25, postgresql=14)):
        services.hand_in(draft, offered=bundle, applicant=applicant, seen=draft.version, now=NOW, calendar=calendar)


@pytest.mark.parametrize("place", [("service", FOOD, ""), BUNDLE])
def test_an_offer_that_has_not_changed_is_asked_about_once_and_not_read_again(place, django_assert_num_queries):
    first = queries.offered_at(*place, NOW)
    with django_assert_num_queries(1):
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


def organ_of(offered: queries.Offered) -> Organ:
    uscc = next(service.organ for service in offered.offer.services.values() if service.code == FOOD)
    return Organ.objects.get(id=offered.organs[uscc].id)


@pytest.mark.parametrize("place", [("service", FOOD, ""), BUNDLE])
def test_who_answers_for_an_offer_is_known_at_once_link_by_link(place):
    for heir in (network.organ("瑞昌市数据局"), network.organ("九江市数据局")):
        network_acts.close_organ(
            organ_of(queries.offered_at(*place, NOW)), on=services.day_of(NOW), successor=heir, by=SYSTEM, now=NOW
        )
        assert organ_of(queries.offered_at(*place, NOW)) == heir
    renamed = {name: getattr(heir, name) for name in ("short_name", "phone", "address", "contact")}
    network_acts.change_organ(Organ.objects.get(id=heir.id), name="九江市大数据局", by=SYSTEM, now=NOW, **renamed)
    assert "九江市大数据局" in {one.name for one in queries.offered_at(*place, NOW).organs.values()}


def test_a_calendar_counts_from_its_publication_on():
    before = queries.offered_at("service", FOOD, "", NOW)
    network_acts.publish_calendar(
        region_code=before.shard, title="瑞昌放假一天", notice="瑞府〔2026〕1号", published_on=services.day_of(NOW),
        days=[["2026-12-08", "off", "建县纪念日"]], by=SYSTEM, now=NOW,
    )  # fmt: skip
    after = queries.offered_at("service", FOOD, "", NOW)
    assert before.calendar.version != after.calendar.version == calendars.calendar_for(after.shard).version


def test_without_a_calendar_nothing_can_be_counted():
    CalendarNotice.objects.all().delete()
    with pytest.raises(Refusal, match="no_calendar"):
        _ = queries.offered_at("service", FOOD, "", NOW).calendar
