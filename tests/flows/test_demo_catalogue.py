"""What the demonstration offers: real services of a county, complete enough to be published, each naming its source."""

import json
import time
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from xiaoer.catalogue import rules
from xiaoer.catalogue.models import ServiceVersion
from xiaoer.cli.demo import offers
from xiaoer.kernel.codes import check_service_code, check_uscc

ORGANS = {one["uscc"]: one for one in json.loads((offers.HERE.parent / "organs.json").read_text())}
SINCE = datetime(2026, 8, 25, 1, tzinfo=UTC)
LEAST = 40
LARGEST = 1_000_000
SLOWEST = 10
MOST_QUESTIONS = 30


@cache
def files() -> dict[Path, rules.Snapshot]:
    return {path: rules.read(rules.parse(path.read_text())) for path in sorted(offers.HERE.rglob("*.json"))}


def services() -> dict[str, rules.ServiceSnapshot]:
    return {one.code: one for one in files().values() if isinstance(one, rules.ServiceSnapshot)}


def bundles() -> list[rules.BundleSnapshot]:
    return [one for one in files().values() if isinstance(one, rules.BundleSnapshot)]


def answers(field: rules.Field) -> list[object]:
    """Answers that lead different ways: both of a yes_no, each choice, a small and a large number."""
    if field.kind == "yes_no":
        return [True, False]
    if field.kind in ("choice", "choices"):
        return [choice.value for choice in field.choices]
    return ["0", "100000"] if field.kind in ("number", "money") else ["2026-01-01"]


def questions_asked(offer: rules.Offer, turn: int) -> int:
    """Answer what is asked until nothing is; turn picks the answers. Fails when it does not end."""
    facts: dict[str, object] = {}
    for asked in range(MOST_QUESTIONS + 1):
        field = rules.next_question(offer, facts)
        if field is None:
            return asked
        assert field.key not in facts, field.key
        found = answers(field)
        facts[field.key] = found[turn % len(found)]
    raise AssertionError(f"{offer.main.name} asks more than {MOST_QUESTIONS} questions")


def test_there_are_forty_services_of_two_places_in_less_than_a_megabyte():
    regions = {one.region for one in services().values()}

    assert len(services()) >= LEAST
    assert regions == {"360481000000", "360482000000"}
    assert sum(path.stat().st_size for path in files()) < LARGEST


def test_files_are_written_as_export_would_write_them():
    for path, snapshot in files().items():
        assert path.read_text() == rules.text(rules.written(snapshot)), path.name


def test_no_service_has_a_fault():
    assert {one.name: faults for one in services().values() if (faults := rules.service_faults(one))} == {}


def test_codes_are_right_and_no_two_services_share_one():
    found = [one for one in files().values() if isinstance(one, rules.ServiceSnapshot)]

    assert len({one.code for one in found}) == len(found)
    assert [one.name for one in found if check_service_code(one.code)] == []


def test_every_organ_of_a_service_is_one_of_the_demonstration():
    for uscc in ORGANS:
        assert check_uscc(uscc) is None, uscc
    for one in services().values():
        assert (one.organ_name, one.organ_name_en, one.region) == (
            ORGANS[one.organ]["name"], ORGANS[one.organ]["name_en"], ORGANS[one.organ]["region"],
        )  # fmt: skip


def test_every_origin_says_where_the_facts_come_from_and_that_it_is_a_demonstration():
    for one in files().values():
        assert one.origin is not None, one.name
        assert "演示" in one.origin.note, one.name
        if one.origin.kind == "guide":
            assert one.origin.source, one.name
            assert one.origin.place, one.name


def test_everything_that_people_read_is_there_in_english_too():
    for one in services().values():
        assert one.name_en, one.name
        assert one.summary_en, one.name
        assert len(one.conditions) == len(one.conditions_en), one.name
        assert all(field.label_en for field in one.facts), one.name
        assert all(choice.label_en for field in one.facts for choice in field.choices), one.name
        assert all(material.name_en for material in one.materials or ()), one.name
        assert all(step.name_en for step in one.steps), one.name
        assert all(question.answer_en for question in one.faq), one.name


@pytest.mark.parametrize("turn", range(4))
def test_the_guided_questions_of_every_offer_come_to_an_end(turn):
    offered = [rules.alone(one) for one in services().values()]
    offered += [rules.merge(one, services()) for one in bundles()]

    for offer in offered:
        assert questions_asked(offer, turn) <= len(offer.fields)


def test_the_questions_of_a_bundle_can_be_asked_once_and_its_members_are_offered():
    assert len(bundles()) >= 4
    assert {one.key: faults for one in bundles() if (faults := rules.bundle_faults(one, services()))} == {}


def test_a_child_who_is_registered_already_is_not_registered_again():
    newborn = rules.merge(next(one for one in bundles() if one.key == "newborn"), services())

    needed = {member.key: answer for member, answer in rules.members_in_case(newborn, {"child_registered": True})}

    assert needed["birth_registration"] is rules.Answer.NO
    assert needed["newborn_insurance"] is rules.Answer.YES


@pytest.mark.django_db
def test_all_of_it_is_published_with_the_rules_in_a_few_seconds():
    started = time.monotonic()

    published = offers.publish_offers(SINCE)

    assert time.monotonic() - started < SLOWEST
    assert published == len(files())
    assert ServiceVersion.objects.filter(state="published").count() == len(services())
