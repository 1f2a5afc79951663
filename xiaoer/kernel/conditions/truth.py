"""The answer of a condition, and what it still depends on. Grammar: see the package."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from xiaoer.kernel import refusal
from xiaoer.kernel.conditions.sentences import FAULTS
from xiaoer.kernel.conditions.values import OPERATORS, WrongType

refusal.register(FAULTS)

Condition = Mapping[str, Any]
Facts = Mapping[str, Any]
Outcomes = Mapping[str, str]

OUTCOMES = ("granted", "refused", "waived", "conditional", "withdrawn", "lapsed", "unreached")
OK_OUTCOMES = ("granted", "conditional", "waived")
GROUPS = ("all_of", "any_of", "not")
NOTHING: Mapping[str, Any] = {}


class Answer(StrEnum):
    """yes, no or unknown. It has no truth value, so that `if not answer` cannot take unknown for no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    def __bool__(self) -> bool:
        raise TypeError("an answer has three values: compare it with Answer.YES, Answer.NO or Answer.UNKNOWN")


class ConditionError(refusal.Refusal):
    """A condition that cannot be read, or a fact that does not fit it.

    Keys: condition.malformed {condition}, condition.wrong_fact {fact, operator, literal, value}."""


def evaluate(condition: Condition, *, facts: Facts = NOTHING, outcomes: Outcomes = NOTHING) -> Answer:
    """The answer of a condition. facts: key -> value (null is unknown); outcomes: node -> outcome.

    Raises ConditionError for a malformed condition (`faults` says where) or a fact of another kind than its literal."""
    operator = operator_of(condition)
    if operator in GROUPS:
        inner = [evaluate(part, facts=facts, outcomes=outcomes) for part in parts(condition)]
        return combine(operator, inner)
    return _leaf(condition, operator, facts, outcomes)


def operator_of(condition: Condition) -> str:
    """The one operator of this node: all_of, any_of, not, outcome, ok, or the comparison beside `fact`."""
    if not isinstance(condition, dict | Mapping):  # a dict, which nearly all are, is known without asking the ABC
        raise ConditionError("condition.malformed", condition=condition)
    size = len(condition) - ("why" in condition)
    if size == 1:
        found = next((key for key in condition if key in GROUPS), "ok" if _is_text(condition, "ok") else None)
    elif _is_text(condition, "fact"):
        found = next((key for key in condition if key in OPERATORS), None) if size == 2 else None
    else:
        named = size == 2 and _is_text(condition, "outcome") and isinstance(condition.get("in"), list | tuple)
        found = "outcome" if named else None
    if found is None:
        raise ConditionError("condition.malformed", condition=condition)
    return found


def _is_text(condition: Condition, key: str) -> bool:
    return isinstance(condition.get(key), str)


def parts(condition: Condition) -> list[Condition]:
    """The conditions directly inside a group; none for a leaf."""
    if "not" in condition:
        return [condition["not"]]
    inner = condition.get("all_of", condition.get("any_of", []))
    if not isinstance(inner, list | tuple):
        raise ConditionError("condition.malformed", condition=condition)
    return list(inner)


def combine(operator: str, inner: list[Answer]) -> Answer:
    """Kleene's tables for all_of, any_of and not."""
    if operator == "not":
        return {Answer.YES: Answer.NO, Answer.NO: Answer.YES, Answer.UNKNOWN: Answer.UNKNOWN}[inner[0]]
    strong, weak = (Answer.NO, Answer.YES) if operator == "all_of" else (Answer.YES, Answer.NO)
    if strong in inner:
        return strong
    return Answer.UNKNOWN if Answer.UNKNOWN in inner else weak


def expected(condition: Condition) -> tuple[str, ...]:
    """The outcomes that make an outcome leaf yes."""
    return OK_OUTCOMES if "ok" in condition else tuple(condition["in"])


def _leaf(condition: Condition, operator: str, facts: Facts, outcomes: Outcomes) -> Answer:
    if operator in ("ok", "outcome"):
        outcome = outcomes.get(condition[operator])
        return Answer.UNKNOWN if outcome is None else _answer(outcome in expected(condition))
    fact, literal = condition["fact"], condition[operator]
    value = facts.get(fact)
    if value is None:
        return Answer.UNKNOWN
    try:
        return _answer(OPERATORS[operator](value, literal))
    except WrongType:
        raise ConditionError(
            "condition.wrong_fact", fact=fact, operator=operator, literal=literal, value=value
        ) from None


def _answer(holds: bool) -> Answer:  # noqa: FBT001 - a truth value is what it turns into an answer
    return Answer.YES if holds else Answer.NO


def leaves(condition: Condition) -> Iterator[Condition]:
    """All leaves, in the order written."""
    if operator_of(condition) not in GROUPS:
        yield condition
    for part in parts(condition):
        yield from leaves(part)


def open_leaves(condition: Condition, *, facts: Facts = NOTHING, outcomes: Outcomes = NOTHING) -> Iterator[Condition]:
    """The unknown leaves that keep the condition unknown; none once it is decided.

    A leaf below a part that is decided already is left out: its answer can no longer matter."""
    if evaluate(condition, facts=facts, outcomes=outcomes) is not Answer.UNKNOWN:
        return
    if operator_of(condition) not in GROUPS:
        yield condition
    for part in parts(condition):
        yield from open_leaves(part, facts=facts, outcomes=outcomes)


def facts_of(condition: Condition) -> list[str]:
    """The facts a condition speaks of, each once, in the order of first appearance."""
    return list(dict.fromkeys(leaf["fact"] for leaf in leaves(condition) if "fact" in leaf))


def outcomes_of(condition: Condition) -> list[str]:
    """The nodes a condition speaks of, each once, in the order of first appearance."""
    return list(dict.fromkeys(_node(leaf) for leaf in leaves(condition) if "fact" not in leaf))


def open_facts(condition: Condition, *, facts: Facts = NOTHING, outcomes: Outcomes = NOTHING) -> list[str]:
    """The unanswered facts that keep the condition unknown, in the order of first appearance."""
    found = open_leaves(condition, facts=facts, outcomes=outcomes)
    return list(dict.fromkeys(leaf["fact"] for leaf in found if "fact" in leaf))


def open_nodes(condition: Condition, *, facts: Facts = NOTHING, outcomes: Outcomes = NOTHING) -> list[str]:
    """The nodes without outcome that keep the condition unknown, in the order of first appearance."""
    found = open_leaves(condition, facts=facts, outcomes=outcomes)
    return list(dict.fromkeys(_node(leaf) for leaf in found if "fact" not in leaf))


def _node(leaf: Condition) -> str:
    return str(leaf["ok"] if "ok" in leaf else leaf["outcome"])
