"""Drafting, publishing and ending versions."""

from datetime import timedelta

import pytest

from tests.make import NOW, cost
from xiaoer.catalogue import queries, services
from xiaoer.catalogue.models import Service, ServiceVersion
from xiaoer.catalogue.tests import make
from xiaoer.journal.models import Entry
from xiaoer.journal.queries import differences
from xiaoer.journal.services import SYSTEM
from xiaoer.kernel.refusal import Refusal

LATER = NOW + timedelta(days=30)
pytestmark = pytest.mark.django_db


def unchanged_by_replay() -> bool:
    return not [one for kind in ("service", "service_version", "bundle", "bundle_version") for one in differences(kind)]


def test_a_published_version_is_in_force_from_its_first_instant_and_not_before():
    version = make.published(valid_from=LATER)
    code = version.service.code
    assert queries.service_in_force(code, LATER - timedelta(microseconds=1)) is None
    assert queries.service_in_force(code, LATER) == version
    assert (version.decided_at, version.published_at, version.number) == (NOW, NOW, 1)
    assert Service.objects.get().state == "published"


def test_the_next_version_takes_over_at_the_very_instant_at_which_the_last_one_ends():
    first = make.published()
    second = make.published(name="food_licence", valid_from=LATER, summary="新的说明")
    code = first.service.code
    assert second.number == 2
    assert queries.service_in_force(code, LATER - timedelta(microseconds=1)) == first
    assert queries.service_in_force(code, LATER) == second
    assert ServiceVersion.objects.get(number=1).valid_to == LATER
    assert unchanged_by_replay()


def test_a_version_cannot_be_slipped_in_before_one_that_is_published_already():
    make.published(valid_from=LATER)
    draft = services.draft_service(make.said("food_licence", summary="新的说明"), by=SYSTEM, now=NOW)
    for valid_from in (NOW, LATER):
        with pytest.raises(Refusal) as refused:
            services.publish_service(draft, valid_from=valid_from, by=SYSTEM, now=NOW)
        assert refused.value.key == "version_overlaps"
    assert ServiceVersion.objects.get(number=2).state == "draft"


def test_a_version_that_was_ended_leaves_room_only_after_its_end():
    first = services.end_service(make.published(), valid_to=LATER, reason="取消", by=SYSTEM, now=NOW)
    draft = services.draft_service(make.said("food_licence", summary="新的说明"), by=SYSTEM, now=NOW)
    with pytest.raises(Refusal):
        services.publish_service(draft, valid_from=LATER - timedelta(days=1), by=SYSTEM, now=NOW)
    second = services.publish_service(draft, valid_from=LATER, by=SYSTEM, now=NOW)
    assert queries.service_in_force(first.service.code, LATER) == second


def test_a_faulty_draft_is_kept_but_not_published():
    draft = services.draft_service(make.said("food_licence", visits=1), by=SYSTEM, now=NOW)
    with pytest.raises(Refusal) as refused:
        services.publish_service(draft, valid_from=NOW, by=SYSTEM, now=NOW)
    assert refused.value.key == "version_faulty" and refused.value.params["count"] == 2
    assert queries.service_in_force(draft.service.code, NOW) is None
    assert queries.version(draft.id) is None


def test_drafting_again_changes_the_draft_and_drafting_the_same_changes_nothing():
    first = services.draft_service(make.said("food_licence"), by=SYSTEM, now=NOW)
    entries = Entry.objects.count()
    assert services.draft_service(make.said("food_licence"), by=SYSTEM, now=NOW).version == 1
    assert Entry.objects.count() == entries
    second = services.draft_service(make.said("food_licence", summary="改了"), by=SYSTEM, now=NOW)
    assert (second.id, second.number, second.version) == (first.id, 1, 2)
    assert queries.snapshot(second).summary == "改了"
    assert unchanged_by_replay()


def test_what_is_published_is_not_published_again():
    version = make.published()
    with pytest.raises(Refusal) as refused:
        services.publish_service(version, valid_from=LATER, by=SYSTEM, now=NOW)
    assert refused.value.key == "version_not_draft"


def test_only_a_published_version_ends_and_not_before_it_began():
    version = make.published(valid_from=LATER)
    with pytest.raises(Refusal) as refused:
        services.end_service(version, valid_to=NOW, reason="取消", by=SYSTEM, now=NOW)
    assert refused.value.key == "version_ends_before"
    ended = services.end_service(ServiceVersion.objects.get(), valid_to=LATER, reason="取消", by=SYSTEM, now=NOW)
    assert queries.service_in_force(ended.service.code, LATER) is None
    with pytest.raises(Refusal) as refused:
        services.end_service(ended, valid_to=LATER, reason="取消", by=SYSTEM, now=NOW)
    assert refused.value.key == "version_not_published"


def test_a_bundle_is_published_only_when_all_its_members_are_in_force():
    draft = services.draft_bundle(make.bundle_said(), by=SYSTEM, now=NOW)
    with pytest.raises(Refusal) as refused:
        services.publish_bundle(draft, valid_from=NOW, by=SYSTEM, now=NOW)
    assert refused.value.params["count"] == 5
    version = make.published_restaurant()
    offer = queries.bundle_offer("open_restaurant", make.RUICHANG, NOW)
    assert offer is not None and offer.version == version and set(offer.services) == set(make.MEMBERS)
    assert unchanged_by_replay()


def test_a_bundle_is_not_offered_while_one_of_its_members_is_not():
    make.published_restaurant()
    fire = ServiceVersion.objects.get(service__code=make.said("fire_check").code)
    services.end_service(fire, valid_to=LATER, reason="取消", by=SYSTEM, now=NOW)
    assert queries.bundle_offer("open_restaurant", make.RUICHANG, NOW) is not None
    assert queries.bundle_offer("open_restaurant", make.RUICHANG, LATER) is None


def test_what_an_application_pinned_is_still_offered_in_the_same_words_after_a_new_version():
    held = make.published_restaurant()
    before = queries.bundle_offer("open_restaurant", make.RUICHANG, NOW)
    make.published("signboard", valid_from=LATER, summary="新的说明")
    after = queries.bundle_offer("open_restaurant", make.RUICHANG, LATER)
    assert before is not None and after is not None
    assert after.digest != before.digest
    assert after.offer.services["signboard"].summary == "新的说明"
    assert queries.pinned(held, before.services) == before.offer


def test_reading_a_version_again_parses_nothing_and_reading_a_bundle_takes_two_queries(django_assert_num_queries):
    make.published_restaurant()
    with django_assert_num_queries(2):
        first = queries.bundle_offer("open_restaurant", make.RUICHANG, NOW)
    with django_assert_num_queries(2):
        second = queries.bundle_offer("open_restaurant", make.RUICHANG, NOW)
    assert first is not None and second is not None and first.offer is second.offer


def test_publishing_takes_a_fixed_number_of_queries(django_assert_num_queries):
    draft = services.draft_service(make.said("food_licence"), by=SYSTEM, now=NOW)
    with django_assert_num_queries(cost(sqlite=20, postgresql=18)):
        services.publish_service(draft, valid_from=NOW, by=SYSTEM, now=NOW)
