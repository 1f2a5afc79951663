"""What a visitor has answered so far stands in the address: no sign-in, no session, and the page can be sent on."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict

from xiaoer.kernel.refusal import Refusal

from .. import rules

ASKED = "asked"
CHANGE = "change"


def facts_in(offer: rules.Offer, typed: QueryDict) -> dict[str, Any]:
    """The answers of the address that can be read; the rest is as if it had not been typed."""
    facts: dict[str, Any] = {}
    for field in rules.guiding_fields(offer):
        raw = typed.getlist(field.key)
        try:
            value = rules.read_answer(field, raw if field.kind == "choices" else "".join(raw[:1]))
        except Refusal:
            continue
        if value is not None:
            facts[field.key] = value
    return facts


def as_query(facts: dict[str, Any], **more: str) -> str:
    """The answers as the query of an address, with its question mark; "" when there are none."""
    pairs: dict[str, Any] = {key: as_typed(value) for key, value in facts.items()} | more
    return f"?{urlencode(pairs, doseq=True)}" if pairs else ""


def hidden(facts: dict[str, Any], leave_out: str) -> list[tuple[str, str]]:
    """The answers as hidden inputs, but for one question."""
    found: list[tuple[str, str]] = []
    for key, value in facts.items():
        if key != leave_out:
            typed = as_typed(value)
            found += [(key, one) for one in typed] if isinstance(typed, list) else [(key, typed)]
    return found


def as_typed(value: Any) -> Any:
    """An answer as the form takes it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, list) else str(value)


def question_asked(offer: rules.Offer, request: HttpRequest, facts: dict[str, Any]) -> rules.Field | None:
    """The question to show: the one to change, the one just answered wrongly, else the next; None: all is settled."""
    for name in (CHANGE, ASKED):
        key = request.GET.get(name, "")
        if key in {field.key for field in rules.guiding_fields(offer)} and (name == CHANGE or key not in facts):
            return offer.field(key)
    return rules.next_question(offer, facts)
