"""From a filled-in draft to what is handed in, or to the list of everything that still lacks."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from xiaoer.catalogue.rules import (
    Answer,
    Field,
    MaterialInCase,
    Member,
    Offer,
    ServiceSnapshot,
    Term,
    materials_in_case,
    members_in_case,
    read_answer,
)
from xiaoer.kernel.conditions import evaluate, open_facts
from xiaoer.kernel.refusal import Refusal
from xiaoer.people import queries as people
from xiaoer.people.rules import Applicant, may_act_for

from .. import rules
from ..models import Draft
from ..queries.offers import Offered
from . import receipt
from .receipt import Paper, Submission

UPLOADED = "C"
"""Grade of a paper that an applicant uploaded and nobody has checked yet (国办函〔2016〕108号)."""
OF_PERSON = ("name", "id_number", "phone")
OF_FIRM = ("name", "uscc")
RECIPIENT = ("name", "phone", "address")


@dataclass(frozen=True)
class Fault:
    """What keeps a draft from being submitted, and where to mend it: place and key lead to a page."""

    place: Literal["question", "paper", "delivery", "applicant", "organ"]
    key: str
    refusal: Refusal


def known_answers(fields: list[Field], applicant: Applicant, firm: UUID | None) -> dict[str, Any]:
    """Return question -> what the applicant's account knows already, where it can be read as an answer."""
    wanted = {field.key: field for field in fields if field.prefill}
    if not wanted:
        return {}
    person = people.person(shard=applicant.person_shard, identity=applicant.person_id)
    acting = people.firm_for(applicant, firm) if firm else None
    account = {f"person.{name}": getattr(person, name, "") for name in OF_PERSON}
    account |= {f"firm.{name}": getattr(acting, name, "") for name in OF_FIRM}
    account["person.phone"] = account["person.phone"].removeprefix("+86")
    found = {}
    for key, field in wanted.items():
        try:
            value = read_answer(field, account.get(field.prefill, ""))
        except Refusal:
            continue
        if value:
            found[key] = value
    return found


def submission_of(
    draft: Draft, *, offered: Offered, applicant: Applicant, channel: str = "web"
) -> Submission | list[Fault]:
    """Return what is handed in, pinned to the versions in force, or every fault in the order of the form."""
    organs = {uscc: organ.id for uscc, organ in offered.organs.items()}
    needed = _needed(offered.offer, draft)
    fields, papers = rules.asked(offered.offer, draft.answers), wanted_papers(offered.offer, draft)
    faults = [
        *_applicant_faults(draft, offered, applicant, needed), *_question_faults(offered.offer, draft, fields),
        *_paper_faults(papers, draft), *_delivery_faults(draft), *_organ_faults(offered, needed, organs),
    ]  # fmt: skip
    if faults:
        return list({(fault.place, fault.key): fault for fault in faults}.values())
    firm = people.firm_for(applicant, draft.firm) if draft.firm else None
    answers = {field.key: draft.answers[field.key] for field in fields if draft.answers.get(field.key) is not None}
    personal = {field.key for field in fields if field.personal}
    recipient = {f"delivery.{name}": draft.delivery[name] for name in RECIPIENT if draft.delivery.get(name)}
    return Submission(
        title=draft.title, region=offered.region, shard=offered.shard,
        applicant_kind="firm" if firm else "person", applicant=firm.id if firm else applicant.person_id,
        applicant_shard=firm.shard if firm else applicant.person_shard,
        applicant_name=firm.name if firm else applicant.name, account=applicant.account_id,
        account_shard=applicant.person_shard, channel=channel,
        members=tuple(_member(offered, member, needed, organs) for member in needed),
        papers=tuple(_papers(papers, draft)),
        answers={key: value for key, value in answers.items() if key not in personal},
        personal_answers={key: value for key, value in answers.items() if key in personal} | recipient,
        delivery={"way": draft.delivery["way"]}, agent=applicant.person_id if firm else None, bundle=offered.bundle,
        organs=organs,
    )  # fmt: skip


def _needed(offer: Offer, draft: Draft) -> list[Member]:
    facts = rules.facts_of(draft.answers)
    return [member for member, answer in members_in_case(offer, facts) if answer is Answer.YES]


def needed_keys(offered: Offered, draft: Draft) -> list[str]:
    """Return the members that this draft applies for."""
    return [member.key for member in _needed(offered.offer, draft)]


def _applicant_faults(draft: Draft, offered: Offered, applicant: Applicant, needed: list[Member]) -> Iterator[Fault]:
    if draft.firm is None:
        return
    for member in needed:
        service = offered.offer.services[member.key]
        if not may_act_for(applicant, draft.firm, service=service.code):
            yield Fault("applicant", "firm", Refusal("mandate_missing", label=service.name))


def _question_faults(offer: Offer, draft: Draft, fields: list[Field]) -> Iterator[Fault]:
    """Questions without a readable answer; also those on which it hangs which services and papers are needed."""
    facts = rules.facts_of(draft.answers)
    for field in fields:
        if field.key in draft.typed:
            yield Fault("question", field.key, _refused(field, draft.typed[field.key]))
        elif field.required and facts.get(field.key) is None:
            yield Fault("question", field.key, Refusal("answer_missing", label=field.label))
    conditions = [member.when for member in offer.members if member.when]
    conditions += [one.when for one in offer.materials if not one.from_member]
    undecided = [one for one in conditions if evaluate(one, facts=facts) is Answer.UNKNOWN]
    for key in {fact for one in undecided for fact in open_facts(one, facts=facts)}:
        if open_field := offer.field(key):
            yield Fault("question", key, Refusal("answer_missing", label=open_field.label))


def _refused(field: Field, typed: Any) -> Refusal:
    try:
        read_answer(field, typed)
    except Refusal as refusal:
        return refusal
    return Refusal("answer_missing", label=field.label)


def wanted_papers(offer: Offer, draft: Draft) -> list[MaterialInCase]:
    """Return the papers that this matter needs or may need, those that other members issue among them."""
    facts = rules.facts_of(draft.answers)
    return [one for one in materials_in_case(offer, facts) if one.answer is not Answer.NO]


def to_upload(one: MaterialInCase) -> bool:
    """Whether the applicant has to hand a paper in himself, or may."""
    return not one.from_member and "upload" in one.material.ways


def _paper_faults(papers: list[MaterialInCase], draft: Draft) -> Iterator[Fault]:
    for one in papers:
        material = one.material
        lacks = to_upload(one) and material.need != "optional" and material.key not in draft.papers
        if one.answer is Answer.YES and lacks:
            yield Fault("paper", material.key, Refusal("paper_missing", label=material.name))


def _delivery_faults(draft: Draft) -> Iterator[Fault]:
    if not draft.delivery.get("way"):
        yield Fault("delivery", "way", Refusal("delivery_missing"))
    elif draft.delivery["way"] == "post" and not all(draft.delivery.get(name) for name in RECIPIENT):
        yield Fault("delivery", "address", Refusal("address_needed"))


def _organ_faults(offered: Offered, needed: list[Member], organs: dict[str, UUID]) -> Iterator[Fault]:
    for member in needed:
        service = offered.offer.services[member.key]
        if service.organ not in organs:
            yield Fault("organ", member.key, Refusal("organ_unknown", label=service.name))


def _member(offered: Offered, member: Member, needed: list[Member], organs: dict[str, UUID]) -> receipt.Member:
    service = offered.offer.services[member.key]
    keys = {one.key for one in needed}
    after = member.after if member.after and keys & rules.named_members(member.after) else None
    most = service.limits.extension.count if service.limits.extension else None
    return receipt.Member(
        key=member.key, service=offered.services[member.key].id, service_code=service.code,
        service_name=service.name, procedure=service.procedure, kind=service.kind, organ=organs[service.organ],
        plan=rules.joined(service.plan or {}, after=after),
        limits=rules.limits_of(lambda name: _term(service, name), most_extension=most),
    )  # fmt: skip


def _term(service: ServiceSnapshot, name: str) -> tuple[int, str] | None:
    found: Term | None = getattr(service.limits, name)
    return (found.count, found.unit) if found else None


def _papers(papers: list[MaterialInCase], draft: Draft) -> Iterator[Paper]:
    for one in papers:
        if one.answer is not Answer.YES:
            continue
        material, kept = one.material, draft.papers.get(one.material.key)
        if one.from_member:
            yield Paper(material.key, material.name, one.members, "earlier_case", reference=one.from_member)
        elif kept:
            yield Paper(material.key, material.name, one.members, "upload", file=UUID(kept["file"]), grade=UPLOADED)
        elif not to_upload(one):
            yield Paper(material.key, material.name, one.members, material.ways[0])
