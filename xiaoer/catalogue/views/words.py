"""What the guide pages show, made from an offer and the answers so far."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from xiaoer.kernel import plan

from .. import rules
from ..rules import Answer
from ..templatetags.catalogue import answered, is_english, say
from .asked import CHANGE, as_query

if TYPE_CHECKING:
    from .guides import Guide

PAPERS = {Answer.YES: "needed", Answer.UNKNOWN: "perhaps", Answer.NO: "not_needed"}


def guide_words(guide: "Guide", facts: dict[str, Any]) -> dict[str, Any]:
    """The context of a service's guide."""
    service = next(iter(guide.offer.services.values()))
    english = is_english()
    return {
        **_shared(guide, facts),
        "service": service,
        "labels": [pair[1] if english else pair[0] for pair in rules.labels(service)],
    }


def bundle_words(guide: "Guide", facts: dict[str, Any]) -> dict[str, Any]:
    """The context of a bundle's guide: members in, perhaps in and not in the case, and the days of the whole."""
    parts: dict[str, list[dict[str, Any]]] = {"in_case": [], "perhaps_in": [], "not_in": []}
    places = {Answer.YES: "in_case", Answer.UNKNOWN: "perhaps_in", Answer.NO: "not_in"}
    for member, answer in rules.members_in_case(guide.offer, facts):
        service = guide.offer.services[member.key]
        after = [guide.offer.services[key] for key in _waits_for(member)]
        parts[places[answer]].append({"service": service, "after": [say(one) for one in after]})
    between = rules.case_plan(guide.offer)
    days = plan.critical_path(between, facts=facts)
    alone = sum(rules.promised_days(guide.offer.services[key]) for key in days.finishes if key in guide.offer.services)
    wanted = [part["service"] for part in parts["in_case"] + parts["perhaps_in"]]
    return {
        **_shared(guide, facts), **parts, "bundle": guide.offer.bundle, "days": days.total, "days_alone": alone,
        "visits": sum(service.visits or 0 for service in wanted),
        "fees": [fee for service in wanted for fee in service.fees or ()],
    }  # fmt: skip


def _waits_for(member: rules.Member) -> list[str]:
    return rules.outcomes_of(member.after) if member.after else []


def _shared(guide: "Guide", facts: dict[str, Any]) -> dict[str, Any]:
    papers: dict[str, list[dict[str, Any]]] = {name: [] for name in PAPERS.values()}
    for one in rules.materials_in_case(guide.offer, facts):
        papers[PAPERS[one.answer]].append(_paper(guide, one))
    own = [paper for paper in papers["needed"] if not paper["found"]]
    question = rules.next_question(guide.offer, facts)
    return {
        **papers,
        "own": len(own),
        "found": len(papers["needed"]) - len(own),
        "answers": _answers(guide, facts),
        "query": as_query(facts),
        "ask_url": guide.ask_url + as_query(facts) if question else "",
        "changes": _changes(guide),
    }


def _paper(guide: "Guide", one: rules.MaterialInCase) -> dict[str, Any]:
    """found: the platform gets it by itself (domain E.1: what sharing gives may not be asked for)."""
    issuer = say(guide.offer.services[one.from_member]) if one.from_member else ""
    way = one.material.ways[0] if one.material.ways else "upload"
    return {
        "material": one.material,
        "issuer": issuer,
        "way": way,
        "found": bool(issuer) or way in ("licence", "exchange", "earlier_case"),
        "members": [say(guide.offer.services[key]) for key in one.members] if guide.offer.bundle else [],
    }


def _answers(guide: "Guide", facts: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "key": say(field, "label"),
            "value": answered(field, facts[field.key]),
            "change_url": guide.ask_url + as_query(facts, **{CHANGE: field.key}),
        }
        for field in rules.guiding_fields(guide.offer)
        if field.key in facts
    ]


def _changes(guide: "Guide") -> str:
    """What differs from the version before, in words; "" for the first."""
    if guide.before is None:
        return ""
    said = guide.offer.main
    changed = rules.changed_parts(guide.before, said)
    return _("、").join(pair[1] if is_english() else pair[0] for pair in changed)
