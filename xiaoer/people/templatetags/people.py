"""Words of roles and kinds in the reader's language: ``{% load people %}``."""

from collections.abc import Mapping

from django import template
from django.utils.translation import get_language

from xiaoer.kernel import codes
from xiaoer.network import rules as network_rules

from .. import rules

register = template.Library()


def _word(table: Mapping[str, tuple[str, str]], key: str) -> str:
    pair = table.get(key, (key, key))
    return pair[1 if (get_language() or "").startswith("en") else 0]


@register.filter
def phone_ends(phone: str) -> str:
    """A phone number with its middle hidden, without the country code of the mainland."""
    return codes.mask_phone(phone.removeprefix("+86"))


@register.filter
def role_word(name: str) -> str:
    """The name of a role."""
    return _word({role.name: (role.zh, role.en) for role in rules.ROLES.values()}, name)


@register.filter
def organ_kind(name: str) -> str:
    """The name of a kind of organ."""
    return _word(network_rules.ORGAN_KINDS, name)


@register.filter
def day_kind(name: str) -> str:
    """Day off or working day."""
    return _word(network_rules.DAY_KINDS, name)


@register.filter
def region_level(level: int) -> str:
    """The name of one of the five levels."""
    return _word({str(number): words for number, words in network_rules.LEVELS.items()}, str(level))
