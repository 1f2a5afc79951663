"""What people are offered: one service, or a bundle merged from its members, in one shape with one set of functions.

A bundle asks each question once (fields with the same key are one) and needs each paper once (materials with the same
key are one), and says for whom. What an earlier member issues is not asked of the applicant (政府信息共享; domain E.1).

    offer = merge(bundle, {code: service, …})     or     alone(service)
    members_in_case(offer, facts)                 [(Member, Answer)]
    materials_in_case(offer, facts)               [MaterialInCase], yes, no or unknown, and for which members
    next_question(offer, facts)                   the Field to ask now, None when everything is settled
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from xiaoer.kernel import conditions
from xiaoer.kernel.conditions import Answer, evaluate, facts_of, open_facts
from xiaoer.kernel.conditions.truth import combine
from xiaoer.kernel.plan import Plan

from .formats import BundleSnapshot, Condition, Field, Key, Material, Member, ServiceSnapshot

Facts = Mapping[str, Any]
ALWAYS: Condition = {"all_of": []}
KIND_OF_FACT = {"yes_no": "flag", "number": "number", "money": "number", "date": "date", "choice": "choice",
                "choices": "choices"}  # fmt: skip
STRENGTH = {"optional": 0, "deferrable": 1, "required": 2}


@dataclass(frozen=True, kw_only=True)
class OfferedField:
    """A question and the members that need it. when: asked unless this is no."""

    field: Field
    members: tuple[Key, ...]
    when: Condition


@dataclass(frozen=True, kw_only=True)
class OfferedMaterial:
    """A paper and its uses: member -> when that member needs it. from_member: the member that issues it, else ""."""

    material: Material
    uses: Mapping[Key, Condition]
    from_member: Key = ""

    @property
    def when(self) -> Condition:
        return any_yes(list(self.uses.values()))


@dataclass(frozen=True, kw_only=True)
class Offer:
    """One service or one bundle as it is offered. services: member key -> snapshot. bundle None: a service alone."""

    bundle: BundleSnapshot | None
    members: tuple[Member, ...]
    services: Mapping[Key, ServiceSnapshot]
    fields: tuple[OfferedField, ...]
    materials: tuple[OfferedMaterial, ...]
    questions: tuple[Key, ...]

    @property
    def main(self) -> BundleSnapshot | ServiceSnapshot:
        """What the page is about: the bundle, or the one service."""
        return self.bundle or next(iter(self.services.values()))

    def field(self, key: str) -> Field | None:
        """The question of that key, if it is asked."""
        return next((offered.field for offered in self.fields if offered.field.key == key), None)

    @cached_property
    def guiding(self) -> tuple[Field, ...]:
        """The questions whose answers change what is needed, the guided order first, then as the form has them."""
        named = {key for condition in open_conditions(self) for key in facts_of(condition)}
        order = [*self.questions, *[offered.field.key for offered in self.fields]]
        found = [self.field(key) for key in dict.fromkeys(order) if key in named]
        return tuple(field for field in found if field is not None)


@dataclass(frozen=True, kw_only=True)
class MaterialInCase:
    """A paper in this case. answer: needed, not needed, not known yet. members: those for which it is (or may be)."""

    material: Material
    answer: Answer
    members: tuple[Key, ...]
    from_member: Key = ""


def alone(service: ServiceSnapshot) -> Offer:
    """A service offered by itself: its only member is called "service"."""
    return _offer(None, (Member(key="service", service=service.code),), {"service": service}, (), service.questions)


def merge(bundle: BundleSnapshot, services: Mapping[str, ServiceSnapshot]) -> Offer:
    """A bundle with its members' questions and papers. services: code -> snapshot. KeyError: a member's is missing."""
    found = {member.key: services[member.service] for member in bundle.members}
    return _offer(bundle, bundle.members, found, bundle.facts, bundle.questions)


def _offer(
    bundle: BundleSnapshot | None,
    members: tuple[Member, ...],
    services: Mapping[Key, ServiceSnapshot],
    own: tuple[Field, ...],
    questions: tuple[Key, ...],
) -> Offer:
    whens = {member.key: member.when or ALWAYS for member in members}
    return Offer(
        bundle=bundle, members=members, services=services, questions=questions,
        fields=tuple(_fields(own, services, whens)), materials=tuple(_materials(services, whens)),
    )  # fmt: skip


def _fields(
    own: Iterable[Field], services: Mapping[Key, ServiceSnapshot], whens: Mapping[Key, Condition]
) -> Iterator[OfferedField]:
    words = {field.key: field for field in own}
    asking: dict[str, list[tuple[Key, Field]]] = {field.key: [] for field in own}
    for member, service in services.items():
        for field in service.facts:
            asking.setdefault(field.key, []).append((member, field))
    for key, askers in asking.items():
        first = words.get(key) or askers[0][1]
        merged = replace(
            first,
            personal=first.personal or any(field.personal for _, field in askers),
            required=first.required or any(field.required for _, field in askers),
        )
        needed = [both(whens[member], field.when) for member, field in askers]
        own_words = [] if key not in words else [words[key].when or ALWAYS] if not askers else []
        yield OfferedField(
            field=merged, members=tuple(member for member, _ in askers), when=any_yes(needed + own_words)
        )


def _materials(services: Mapping[Key, ServiceSnapshot], whens: Mapping[Key, Condition]) -> Iterator[OfferedMaterial]:
    uses: dict[str, dict[Key, Condition]] = {}
    kept: dict[str, Material] = {}
    for member, service in services.items():
        for material in service.materials or ():
            uses.setdefault(material.key, {})[member] = both(whens[member], material.when)
            first = kept.setdefault(material.key, material)
            ways = tuple(way for way in first.ways if way in material.ways) or first.ways
            need = max(first.need, material.need, key=STRENGTH.__getitem__)
            kept[material.key] = replace(first, ways=ways, need=need)
    issuers = {
        service.result.licence_type: member
        for member, service in services.items()
        if service.result and service.result.licence_type
    }
    for key, material in kept.items():
        issuer = issuers.get(material.licence_type, "") if material.licence_type else ""
        yield OfferedMaterial(material=material, uses=uses[key], from_member="" if issuer in uses[key] else issuer)


def both(first: Condition | None, second: Condition | None) -> Condition:
    """The condition that both are yes; None is always."""
    found = [one for one in (first, second) if one is not None and one != ALWAYS]
    return found[0] if len(found) == 1 else {"all_of": found}


def any_yes(found: list[Condition]) -> Condition:
    """The condition that one of these is yes."""
    return ALWAYS if ALWAYS in found else {"any_of": found}


def known_facts(fields: Iterable[Field]) -> dict[str, conditions.Fact]:
    """The questions as the kernel knows facts: key -> kind and options."""
    return {
        field.key: conditions.Fact(
            key=field.key,
            kind=KIND_OF_FACT.get(field.kind, "text"),
            options=tuple(choice.value for choice in field.choices),
        )
        for field in fields
    }


def members_in_case(offer: Offer, facts: Facts) -> list[tuple[Member, Answer]]:
    """Which services this matter needs: every member with yes, no or unknown, in the bundle's order."""
    return [(member, evaluate(member.when or ALWAYS, facts=facts)) for member in offer.members]


def materials_in_case(offer: Offer | ServiceSnapshot, facts: Facts) -> list[MaterialInCase]:
    """Which papers this matter needs, every paper of the offer in order.

    Of a paper that is needed, members are those that need it; of one that may be, those that may."""
    if isinstance(offer, ServiceSnapshot):
        offer = alone(offer)
    found = []
    for offered in offer.materials:
        uses = {key: evaluate(when, facts=facts) for key, when in offered.uses.items()}
        answer = combine("any_of", list(uses.values()))
        members = tuple(key for key, one in uses.items() if one is answer)
        found.append(
            MaterialInCase(
                material=offered.material,
                answer=answer,
                members=members,
                from_member=_issuer(offer, offered, facts),
            )
        )
    return found


def _issuer(offer: Offer, offered: OfferedMaterial, facts: Facts) -> Key:
    if not offered.from_member:
        return ""
    for member, answer in members_in_case(offer, facts):
        if member.key == offered.from_member and answer is not Answer.NO:
            return member.key
    return ""


def fields_in_case(offer: Offer, facts: Facts) -> list[OfferedField]:
    """The questions of the form in this matter: all that are, or may still be, asked."""
    return [one for one in offer.fields if evaluate(one.when, facts=facts) is not Answer.NO]


def open_conditions(offer: Offer) -> list[Condition]:
    """What the guide has to settle: which services, which papers, which steps."""
    steps = [
        both(member.when, node["when"])
        for member in offer.members
        for node in (offer.services[member.key].plan or {}).get("nodes", [])
        if "when" in node
    ]
    return [
        *[member.when for member in offer.members if member.when],
        *[offered.when for offered in offer.materials],
        *steps,
    ]


def guiding_fields(offer: Offer) -> list[Field]:
    """The questions whose answers change what is needed, the guided order first, then as the form has them."""
    return list(offer.guiding)


def next_question(offer: Offer, facts: Facts) -> Field | None:
    """The question to ask now: the first of the guided order that can still change something, then the one that
    settles most. None: everything is settled."""
    undecided = [one for one in open_conditions(offer) if evaluate(one, facts=facts) is Answer.UNKNOWN]
    open_now = {fact for condition in undecided for fact in open_facts(condition, facts=facts)}
    for key in offer.questions:
        if key in open_now and (field := offer.field(key)):
            return field
    known = known_facts(offered.field for offered in offer.fields)
    best = conditions.best_question(undecided, facts=facts, known=known)
    return offer.field(best) if best else None


def case_plan(offer: Offer) -> Plan:
    """The plan between the members: a node `case` each, and before it a node `pre_review` where the member has one.

    Node keys are member keys, and "<member>_pre_review". days: the promised working days of the member."""
    nodes: list[dict[str, Any]] = []
    for member in offer.members:
        service = offer.services[member.key]
        after = [member.after] if member.after else []
        when = member.when or ALWAYS
        if member.pre_review and member.after:
            review = f"{member.key}_pre_review"
            nodes.append({"key": review, "kind": "pre_review", "organ": service.organ, "when": when})
            after.append({"ok": review})
        days = promised_days(service)
        case = {"key": member.key, "kind": "case", "organ": service.organ, "days": days}
        nodes.append({**case, "when": when, "after": {"all_of": after}})
    result = (offer.bundle.result if offer.bundle else None) or _all_granted(offer.members)
    return Plan.from_json({"version": 1, "nodes": nodes, "result": result})


def _all_granted(members: Iterable[Member]) -> dict[str, Any]:
    """Granted when every member is; conditional (partial success, domain E.2) when one is; else refused."""
    keys = [member.key for member in members]
    return {
        "rows": [
            {"if": {"all_of": [{"ok": key} for key in keys]}, "then": "granted"},
            {"if": {"any_of": [{"outcome": key, "in": ["granted", "conditional"]} for key in keys]},
             "then": "conditional"},
        ],
        "default": "refused",
    }  # fmt: skip


def promised_days(service: ServiceSnapshot) -> int:
    """The promise as whole working days, for planning: at once is 0, hours and natural days rounded up."""
    promised = service.limits.promised or service.limits.statutory
    if promised is None or promised.unit == "at_once":
        return 0
    if promised.unit == "working_days":
        return promised.count
    if promised.unit == "hours":
        return -(-promised.count // 24)
    natural = promised.count * (30 if promised.unit == "months" else 1)
    return -(-natural * 5 // 7)
