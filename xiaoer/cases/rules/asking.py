"""What a form asks, in which order, on which pages: one guiding question a page, then small groups."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from xiaoer.catalogue import rules as catalogue
from xiaoer.catalogue.rules import Field, Offer

MOST_ON_PAGE = 4
DELIVERIES = {"window": "counter", "post": "post", "download": "electronic"}
"""Words of the catalogue -> ways of delivery of a case."""
WAYS = ("electronic", "counter", "post")


@dataclass(frozen=True)
class Page:
    """Questions asked together. key: that of the first one; group: what they are about, in both languages."""

    fields: tuple[Field, ...]

    @property
    def key(self) -> str:
        return self.fields[0].key

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(field.key for field in self.fields)


def facts_of(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return answers as facts: a question that was passed over is no fact."""
    return {key: value for key, value in answers.items() if value is not None}


def asked(offer: Offer, answers: Mapping[str, Any]) -> list[Field]:
    """Return the questions of this matter in the order of the form.

    A guiding question that was answered stays: its answer is the ground of what is asked and what is not.
    """
    facts = facts_of(answers)
    open_now = {one.field.key for one in catalogue.fields_in_case(offer, facts)}
    guiding = {field.key for field in catalogue.guiding_fields(offer)}
    return [one.field for one in offer.fields if one.field.key in open_now or _settled(one.field, guiding, facts)]


def _settled(field: Field, guiding: set[str], facts: Mapping[str, Any]) -> bool:
    return field.key in guiding and field.key in facts


def pages(offer: Offer, answers: Mapping[str, Any]) -> list[Page]:
    """Return the pages of the form: each guiding question alone in the guided order, then the rest by group."""
    here = {field.key: field for field in asked(offer, answers)}
    guiding = [field for field in catalogue.guiding_fields(offer) if field.key in here]
    alone = {field.key for field in guiding}
    rest = [field for key, field in here.items() if key not in alone]
    order = list(dict.fromkeys(field.group for field in rest))
    rest.sort(key=lambda field: order.index(field.group))
    grouped = [list(fields) for _, fields in groupby(rest, key=lambda field: field.group)]
    small = [fields[at : at + MOST_ON_PAGE] for fields in grouped for at in range(0, len(fields), MOST_ON_PAGE)]
    return [Page((field,)) for field in guiding] + [Page(tuple(fields)) for fields in small]


def next_page(found: list[Page], answers: Mapping[str, Any]) -> Page | None:
    """Return the first page with a question that nobody has answered or passed over."""
    return next((page for page in found if any(key not in answers for key in page.keys)), None)


def deliveries(offer: Offer, answers: Mapping[str, Any]) -> list[str]:
    """Return the ways in which the results of this matter can be had."""
    needed = [
        offer.services[member.key].result
        for member, answer in catalogue.members_in_case(offer, facts_of(answers))
        if answer is not catalogue.Answer.NO
    ]
    offered = {DELIVERIES[way] for result in needed if result for way in result.delivery}
    return [way for way in WAYS if way in offered] or ["counter"]
