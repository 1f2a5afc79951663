"""Values of facts, compared without traps: numbers as decimals, dates as dates, true never as 1."""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

NUMERAL = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?")
ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class WrongType(Exception):
    """The value of a fact and the literal beside it are not of one kind."""


def number(value: Any) -> Decimal | None:
    """A finite number as a decimal, by its shortest spelling (0.1 is one tenth); None if it is not one."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float | Decimal):
        decimal = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        return decimal if decimal.is_finite() else None
    if isinstance(value, str) and NUMERAL.fullmatch(value):
        return Decimal(value)
    return None


def day(value: Any) -> date | None:
    """A date, or text as 2026-01-31, as a date; None if it is neither."""
    if isinstance(value, date):
        return None if isinstance(value, datetime) else value
    if not isinstance(value, str) or not ISO_DATE.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def ordered(value: Any) -> Decimal | date | None:
    """A value that has an order: a number or a date; None if it has none."""
    decimal = number(value)
    return day(value) if decimal is None else decimal


def same(value: Any, literal: Any) -> bool:
    """Whether they are equal. Text is equal by its characters; a literal number also meets a numeral ("300").

    Raises WrongType when the two are not of one kind."""
    if isinstance(value, date) and not isinstance(value, datetime):
        value = value.isoformat()
    if isinstance(literal, str | bool):
        if type(value) is not type(literal):
            raise WrongType
        return bool(value == literal)
    left, right = number(value), number(literal)
    if left is None or right is None:
        raise WrongType
    return left == right


def one_of(value: Any, literals: Any) -> bool:
    """Whether the value equals one of the literals."""
    if not isinstance(literals, list | tuple):
        raise WrongType
    return any([same(value, literal) for literal in literals])


def has(value: Any, literal: Any) -> bool:
    """Whether the literal is among the values of a fact that is a list."""
    if not isinstance(value, list | tuple | set | frozenset) or not isinstance(literal, str):
        raise WrongType
    return literal in value


def by_order(holds: Callable[[int], bool]) -> Callable[[Any, Any], bool]:
    """A comparison from a test on the sign: -1 when the value is smaller than the literal, 0 equal, 1 larger."""

    def compare(value: Any, literal: Any) -> bool:
        left, right = ordered(value), ordered(literal)
        if isinstance(left, Decimal) and isinstance(right, Decimal):
            return holds((left > right) - (left < right))
        if isinstance(left, date) and isinstance(right, date):
            return holds((left > right) - (left < right))
        raise WrongType

    return compare


OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "is": same,
    "in": one_of,
    "at_least": by_order(lambda sign: sign >= 0),
    "at_most": by_order(lambda sign: sign <= 0),
    "more_than": by_order(lambda sign: sign > 0),
    "less_than": by_order(lambda sign: sign < 0),
    "has": has,
}
ORDERING = frozenset({"at_least", "at_most", "more_than", "less_than"})
