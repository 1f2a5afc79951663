"""Words of the catalogue in the reader's language: `{% load catalogue %}`."""

from typing import Any

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xiaoer.catalogue import rules
from xiaoer.catalogue.rules import words

register = template.Library()


def is_english() -> bool:
    """Whether the reader reads English."""
    return (get_language() or "").startswith("en")


@register.filter
def say(value: Any, name: str = "name") -> Any:
    """A field of a snapshot in the reader's language; the Chinese where there is no English."""
    english = getattr(value, f"{name}_en", None) if is_english() else None
    return english or getattr(value, name)


@register.filter
def word(value: str, table: str) -> str:
    """A code of one of the dictionaries (TYPES, KINDS, WAYS …) as its word."""
    pair = getattr(words, table).get(value)
    return str(pair[1] if is_english() else pair[0]) if pair else value


@register.filter
def how_long(term: rules.Term | None) -> str:
    """A length of time: 8个工作日, 8 working days; at once: 当场办结."""
    if term is None:
        return ""
    unit = words.UNITS[term.unit]
    if term.unit == "at_once":
        return unit[1] if is_english() else unit[0]
    return f"{term.count} {unit[1]}" if is_english() else f"{term.count} {unit[0]}"


@register.filter
def answered(field: rules.Field, value: Any) -> str:
    """An answer as people gave it."""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, list):
        return _("、").join(answered(field, one) for one in value)
    for choice in field.choices:
        if choice.value == value:
            return str(say(choice, "label"))
    unit = say(field, "unit")
    return f"{value} {unit}" if unit else str(value)


@register.filter
def yuan(fen: int) -> str:
    """An amount of money: 12.50."""
    return f"{fen // 100}.{fen % 100:02d}"
