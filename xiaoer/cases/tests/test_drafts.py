"""Drafts: what is kept, what two devices do to each other, what still lacks, and submitting once."""

from dataclasses import replace

import pytest

from tests.make import NOW, race
from xiaoer.cases import queries, rules, services
from xiaoer.cases.models import Application, Case, Draft, Requirement
from xiaoer.catalogue.rules import Field, read_answer
from xiaoer.journal.services import SYSTEM
from xiaoer.kernel.refusal import Refusal
from xiaoer.network import queries as network
from xiaoer.people import queries as people
from xiaoer.people.tests import make as persons

from . import make_draft as make

TODAY = services.day_of(NOW)


@pytest.fixture
def bundle(db):
    make.offered()
    return make.bundle()


def fields(offered, *keys):
    return [offered.offer.field(key) for key in keys]


def saved(draft, offered, *, seen=None, **typed):
    seen = draft.version if seen is None else seen
    return services.save_answers(draft, fields=fields(offered, *typed), typed=typed, seen=seen, now=NOW)


def handed_in(draft, offered, applicant, *, seen=None):
    return services.hand_in(
        draft, offered=offered, applicant=applicant, seen=draft.version if seen is None else seen, now=NOW,
        calendar=network.calendar_for(offered.shard),
    )  # fmt: skip


def faults(draft, offered, applicant):
    found = services.submission_of(draft, offered=offered, applicant=applicant)
    return {(one.place, one.key) for one in found} if isinstance(found, list) else set()


def test_what_cannot_be_read_is_kept_as_typed_and_what_can_is_an_answer(bundle):
    draft = make.started(bundle)
    done = saved(draft, bundle, premises_area="一百二十", is_underground="no")
    assert set(done.refused) == {"premises_area"}
    fresh = Draft.objects.get()
    assert (fresh.answers, fresh.typed) == ({"is_underground": False}, {"premises_area": "一百二十"})
    saved(fresh, bundle, premises_area="１２０")
    assert (Draft.objects.get().answers["premises_area"], Draft.objects.get().typed) == ("120", {})


def test_answers_lie_sealed_in_the_database(bundle):
    draft = make.started(bundle)
    saved(draft, bundle, shop_name="湓城小馆")
    raw = Draft.objects.extra(select={"raw": "answers"}).values_list("raw", flat=True).get()
    assert raw and "湓城小馆" not in raw and "shop_name" not in raw


def test_another_device_is_never_overwritten_in_silence(bundle):
    draft = make.started(bundle)
    seen = draft.version
    phone, desktop = Draft.objects.get(), Draft.objects.get()
    saved(phone, bundle, shop_name="湓城小馆")
    done = saved(desktop, bundle, seen=seen, shop_name="赤乌小馆")
    assert done.elsewhere == {"shop_name": "湓城小馆"}
    assert Draft.objects.get().answers == {"shop_name": "湓城小馆"}
    saved(done.draft, bundle, shop_name="赤乌小馆")
    assert Draft.objects.get().answers == {"shop_name": "赤乌小馆"}


def test_devices_on_different_pages_do_not_disturb_each_other(bundle):
    draft = make.started(bundle)
    seen = draft.version
    phone, desktop = Draft.objects.get(), Draft.objects.get()
    saved(phone, bundle, shop_name="湓城小馆")
    assert saved(desktop, bundle, seen=seen, premises_area="80").elsewhere == {}
    assert saved(Draft.objects.get(), bundle, seen=seen, shop_name="湓城小馆").elsewhere == {}
    assert Draft.objects.get().answers == {"shop_name": "湓城小馆", "premises_area": "80"}


def test_a_paper_must_be_of_the_format_and_size_that_its_material_takes(bundle):
    draft = make.started(bundle)
    photo = next(one.material for one in bundle.offer.materials if one.material.key == "sign_photo")
    with pytest.raises(Refusal, match="paper_format"):
        services.put_paper(draft, photo, make.pdf(), by=SYSTEM, now=NOW)
    with pytest.raises(Refusal, match="file_too_large"):
        services.put_paper(draft, replace(photo, max_mb=0), make.picture(), by=SYSTEM, now=NOW)
    services.put_paper(draft, photo, make.picture("门面.jpeg"), by=SYSTEM, now=NOW)
    assert Draft.objects.get().papers["sign_photo"]["name"] == "门面.jpg"
    services.remove_paper(draft, key="sign_photo", now=NOW)
    assert Draft.objects.get().papers == {}


def test_everything_that_lacks_is_said_at_once(bundle):
    draft = make.started(bundle)
    found = faults(draft, bundle, make.person_of(draft))
    assert {("question", "has_licence"), ("question", "premises_area"), ("delivery", "way")} <= found
    saved(draft, bundle, **make.ANSWERS, operator_name="王小明", operator_id="x", operator_phone="13900000000")
    found = faults(draft, bundle, make.person_of(draft))
    assert ("question", "operator_id") in found and ("paper", "layout_plan") in found
    assert ("paper", "special_room_plan") in found and ("paper", "fire_layout") not in found


def test_a_complete_draft_becomes_one_application_however_often_it_is_sent(bundle):
    draft = make.complete(bundle)
    applicant = make.person_of(draft)
    assert faults(draft, bundle, applicant) == set()
    first = handed_in(draft, bundle, applicant)
    again = handed_in(Draft.objects.get(), bundle, applicant, seen=1)
    assert again.again and again.application.id == first.application.id
    assert Application.objects.count() == 1 and len(again.cases) == len(first.cases) == 4
    with pytest.raises(Refusal, match="draft_submitted"):
        saved(Draft.objects.get(), bundle, shop_name="另一家")
    with pytest.raises(Refusal, match="draft_submitted"):
        services.discard(Draft.objects.get(), now=NOW)


def test_what_was_not_checked_is_not_submitted(bundle):
    draft = make.complete(bundle)
    checked = draft.version
    saved(Draft.objects.get(), bundle, shop_name="换了名字")
    with pytest.raises(Refusal, match="draft_elsewhere"):
        handed_in(draft, bundle, make.person_of(draft), seen=checked)
    assert not Application.objects.exists()


def test_cases_are_pinned_and_joined_and_papers_are_shared(bundle):
    received = handed_in(draft := make.complete(bundle), bundle, make.person_of(draft))
    cases = {case.key: case for case in received.cases}
    assert {key: case.service for key, case in cases.items()} == {
        key: bundle.services[key].id for key in cases
    }  # fmt: skip
    assert [node["key"] for node in cases["food_licence"].plan["nodes"]][-1] == "before_business_licence"
    assert cases["signboard"].plan == bundle.offer.services["signboard"].plan
    papers = {one.key: one for one in Requirement.objects.all()}
    assert papers["operator_identity"].cases == ["business_licence", "seal_filing"]
    assert cases["food_licence"].clock["limits"]["promised"] == {"amount": 8, "unit": "working_day"}


def test_who_has_a_licence_already_hands_it_in_and_waits_for_nobody(bundle):
    draft = make.complete(bundle, has_licence="yes", shop_uscc="91110000600037341L", has_signboard="no")
    found = faults(draft, bundle, make.person_of(draft))
    assert ("paper", "business_licence") in found
    make.uploaded(draft, bundle)
    received = handed_in(draft, bundle, make.person_of(draft))
    cases = {case.key: case for case in received.cases}
    assert set(cases) == {"food_licence", "seal_filing"}
    assert all(node["kind"] != "wait" for case in cases.values() for node in case.plan["nodes"])
    assert "registered_capital" not in received.application.answers


def test_an_organ_that_is_not_entered_is_said_before_anything_is_sent(db):
    make.offered(organs=("11360481MB0E10017F",))
    bundle = make.bundle()
    draft = make.complete(bundle)
    assert faults(draft, bundle, make.person_of(draft)) == {("organ", "signboard"), ("organ", "seal_filing")}


def test_a_firm_is_named_by_who_may_act_for_it_and_by_nobody_else(bundle):
    boss, stranger = persons.person("王老板"), persons.person("张三")
    firm = persons.firm(boss)
    acting = people.applicant(boss.account, on=TODAY)
    draft = services.start(acting, offered=bundle, firm=firm.id, now=NOW)
    known = services.known_answers(fields(bundle, "shop_name", "operator_name"), acting, firm.id)
    assert known == {"shop_name": firm.name, "operator_name": "王老板"}
    with pytest.raises(Refusal, match="mandate_missing"):
        services.start(people.applicant(stranger.account, on=TODAY), offered=bundle, firm=firm.id, now=NOW)
    make.fill(draft, bundle)
    received = handed_in(draft, bundle, acting)
    row = received.application
    assert (row.applicant_kind, row.applicant, row.applicant_name, row.agent) == ("firm", firm.id, firm.name, boss.id)


def test_a_mandate_that_ended_while_filling_in_stops_the_submission(bundle):
    boss, agent = persons.person("王老板"), persons.person("李经办")
    firm = persons.firm(boss)
    mandate = persons.mandate(firm, agent)
    draft = services.start(people.applicant(agent.account, on=TODAY), offered=bundle, firm=firm.id, now=NOW)
    make.fill(draft, bundle)
    from xiaoer.people import services as people_acts  # noqa: PLC0415

    people_acts.revoke_mandate(mandate, reason="离职", by=SYSTEM, now=NOW)
    places = {place for place, _key in faults(draft, bundle, people.applicant(agent.account, on=TODAY))}
    assert places == {"applicant"}


def test_there_is_an_end_to_unfinished_drafts(bundle):
    draft = make.started(bundle)
    applicant = make.person_of(draft)
    for _ in range(services.drafts.MOST - 1):
        services.start(applicant, offered=bundle, now=NOW)
    with pytest.raises(Refusal, match="drafts_many"):
        services.start(applicant, offered=bundle, now=NOW)


def test_the_form_shrinks_and_grows_with_the_answers(bundle):
    offer = bundle.offer
    first = rules.pages(offer, {})
    assert first[0].keys == ("has_licence",)
    small = {page.key for page in rules.pages(offer, {"premises_area": "80", "is_underground": False,
             "has_entertainment": False, "has_licence": True, "has_signboard": False})}  # fmt: skip
    assert "applicant_kind" not in small and "sign_area" not in small
    assert {"premises_area", "is_underground"} <= small, "answers on which it hangs stay to be seen and changed"
    assert all(len(page.fields) <= rules.asking.MOST_ON_PAGE for page in first)
    assert rules.next_page(first, {"has_licence": True}).key == "applicant_kind"


BAD = [
    ("number", "", "answer_missing"), ("number", "1" * 300, "answer_too_long"), ("number", "十", "answer_not_number"),
    ("money", "-", "answer_not_number"), ("date", "2026-02-30", "answer_not_date"), ("date", "昨天", "answer_not_date"),
    ("text", "字" * 201, "answer_too_long"), ("text", "a\0b", "answer_character"), ("text", "   ", "answer_missing"),
    ("long_text", "字" * 5001, "answer_too_long"), ("yes_no", "maybe", "answer_not_choice"),
    ("choice", "nothing", "answer_not_choice"), ("phone", "12345", "answer_not_phone"),
    ("email", "a@b", "answer_not_email"), ("region", "36", "answer_not_region"),
    ("id_number", "360481", "codes."), ("uscc", "911", "codes."), ("address", "路" * 201, "answer_too_long"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "typed", "key"), BAD)
def test_every_kind_of_question_refuses_in_its_own_words(kind, typed, key):
    with pytest.raises(Refusal) as refused:
        read_answer(Field(key="x", kind=kind, label="某项"), typed)
    assert refused.value.key.startswith(key)


def test_eight_clicks_at_once_make_one_application(fresh_database):
    make.offered()
    bundle = make.bundle()
    draft = make.complete(bundle)
    applicant, seen = make.person_of(draft), draft.version

    def click(_place):
        return handed_in(Draft.objects.get(), bundle, applicant, seen=seen)

    results = race(8, click)
    assert {one.application.id for one in results} == {Application.objects.get().id}
    assert Case.objects.count() == 4 and queries.drafts_of(applicant) == []
