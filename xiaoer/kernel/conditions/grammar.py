"""What is wrong with a condition, for its author: every fault with its path. Also the list of known facts."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from xiaoer.kernel import refusal
from xiaoer.kernel.conditions.truth import GROUPS, OUTCOMES, Facts
from xiaoer.kernel.conditions.values import OPERATORS, ORDERING, day, number, ordered

FACT_KINDS = ("flag", "number", "date", "text", "choice", "choices")
DEEPEST = 20
LEAVES = ("fact", "outcome", "ok")
OPERATORS_OF_KIND = {
    "flag": {"is"},
    "number": {"is", "in", *ORDERING},
    "date": {"is", "in", *ORDERING},
    "text": {"is", "in"},
    "choice": {"is", "in"},
    "choices": {"has"},
}


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A fact that a form can ask: flag (true or false), number, date, text, choice (one option), choices (a list)."""

    key: str
    kind: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One fault, for an author. path: where in the JSON, as a JSON pointer (RFC 6901), "" for the whole."""

    path: str
    key: str
    params: Mapping[str, Any] = field(default_factory=dict)


def fault_sentence(fault: Fault, *, language: str) -> str:
    """The fault as a sentence for its author, with the way out. language: zh… or en…."""
    return refusal.sentence(refusal.Refusal(fault.key, **fault.params), language=language)


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What a condition may speak of. facts or nodes None: any."""

    over: Collection[str]
    facts: Mapping[str, Fact] | None
    nodes: Collection[str] | None


def faults(
    condition: Any,
    *,
    over: Collection[str] = LEAVES,
    facts: Mapping[str, Fact] | None = None,
    nodes: Collection[str] | None = None,
    path: str = "",
) -> list[Fault]:
    """All faults of a condition, in the order written; none for a sound one.

    over: the leaves allowed here, e.g. ("fact",). facts, nodes: the known ones, when there is a list. Keys:
    condition.not_an_object, .unknown_operator {operators}, .several_operators {operators}, .too_deep, .not_a_list,
    .not_text, .leaf_not_here {leaf}, .unknown_fact {fact}, .unknown_node {node}, .unknown_outcome {outcome},
    .wrong_type {operator, literal}, .wrong_operator {operator, kind}, .not_an_option {literal}."""
    limits = Limits(over=over, facts=facts, nodes=nodes)
    return [
        Fault(path=path + at, key=f"condition.{key}", params=params) for at, key, params in _node(condition, limits)
    ]


Found = Iterator[tuple[str, str, dict[str, Any]]]


def _node(condition: Any, limits: Limits, depth: int = 0) -> Found:
    if not isinstance(condition, Mapping):
        yield "", "not_an_object", {}
        return
    if depth > DEEPEST:
        yield "", "too_deep", {"deepest": DEEPEST}
        return
    if not isinstance(condition.get("why", ""), str):
        yield "/why", "not_text", {}
    keys = [key for key in condition if key != "why"]
    if keys == ["not"]:
        yield from _under("/not", _node(condition["not"], limits, depth + 1))
    elif keys in (["all_of"], ["any_of"]):
        yield from _under(f"/{keys[0]}", _group(condition[keys[0]], limits, depth))
    else:
        yield from _leaf(condition, keys, limits)


def _under(path: str, found: Found) -> Found:
    for at, key, params in found:
        yield path + at, key, params


def _group(inner: Any, limits: Limits, depth: int) -> Found:
    if not isinstance(inner, list | tuple):
        yield "", "not_a_list", {}
        return
    for index, part in enumerate(inner):
        yield from _under(f"/{index}", _node(part, limits, depth + 1))


def _leaf(condition: Mapping[str, Any], keys: list[str], limits: Limits) -> Found:
    leaf = next((key for key in LEAVES if key in keys), None)
    rest = [key for key in keys if key != leaf]
    known = {"fact": set(OPERATORS), "outcome": {"in"}, "ok": set[str]()}
    if leaf is None and len(keys) > 1 and set(keys) & set(GROUPS):
        yield "", "several_operators", {"operators": keys}
    elif leaf is None or (leaf != "ok" and not rest) or set(rest) - known[leaf]:
        yield "", "unknown_operator", {"operators": rest}
    elif len(rest) > 1:
        yield "", "several_operators", {"operators": rest}
    elif leaf not in limits.over:
        yield f"/{leaf}", "leaf_not_here", {"leaf": leaf}
    elif not isinstance(condition[leaf], str) or not condition[leaf]:
        yield f"/{leaf}", "not_text", {}
    elif leaf == "fact":
        yield from _fact(condition, rest[0], limits.facts)
    else:
        yield from _outcome(condition, leaf, limits.nodes)


def _outcome(condition: Mapping[str, Any], leaf: str, nodes: Collection[str] | None) -> Found:
    if nodes is not None and condition[leaf] not in nodes:
        yield f"/{leaf}", "unknown_node", {"node": condition[leaf]}
    named = condition.get("in", [])
    if not isinstance(named, list | tuple):
        yield "/in", "not_a_list", {}
        return
    for index, outcome in enumerate(named):
        if outcome not in OUTCOMES:
            yield f"/in/{index}", "unknown_outcome", {"outcome": outcome}


def _fact(condition: Mapping[str, Any], operator: str, facts: Mapping[str, Fact] | None) -> Found:
    key, literal = condition["fact"], condition[operator]
    fact = facts.get(key) if facts is not None else None
    if facts is not None and fact is None:
        yield "/fact", "unknown_fact", {"fact": key}
    if fact is not None and operator not in OPERATORS_OF_KIND[fact.kind]:
        yield f"/{operator}", "wrong_operator", {"operator": operator, "kind": fact.kind}
        return
    if operator != "in":
        yield from _under(f"/{operator}", _literal(operator, literal, fact))
    elif not isinstance(literal, list | tuple):
        yield "/in", "not_a_list", {}
    else:
        yield from _under("/in", _literals(literal, fact))


def _literals(literals: Collection[Any], fact: Fact | None) -> Found:
    if len({_type(literal) for literal in literals}) > 1:
        yield "", "wrong_type", {"operator": "in", "literal": list(literals)}
    for index, literal in enumerate(literals):
        yield from _under(f"/{index}", _literal("in", literal, fact))


def _literal(operator: str, literal: Any, fact: Fact | None) -> Found:
    spelled = operator in ("is", "in") and isinstance(literal, str) and fact is not None and fact.kind == "number"
    if spelled or not _fits(operator, literal) or (fact is not None and not _is_of(fact.kind, literal)):
        yield "", "wrong_type", {"operator": operator, "literal": literal}
    elif fact is not None and fact.options and literal not in fact.options:
        yield "", "not_an_option", {"literal": literal}


def _fits(operator: str, literal: Any) -> bool:
    if operator in ORDERING:
        return ordered(literal) is not None
    if operator == "has":
        return isinstance(literal, str)
    return isinstance(literal, bool | str) or number(literal) is not None


def _type(literal: Any) -> str:
    if isinstance(literal, bool):
        return "flag"
    return "text" if isinstance(literal, str) else "number"


def _is_of(kind: str, value: Any) -> bool:
    if kind == "flag":
        return isinstance(value, bool)
    if kind == "number":
        return number(value) is not None
    if kind == "date":
        return day(value) is not None
    return isinstance(value, str)


def fact_faults(facts: Facts, *, known: Mapping[str, Fact]) -> list[Fault]:
    """Answers that do not fit their fact, before they meet a condition. null (not yet answered) always fits.

    Keys: fact.unknown {fact}, fact.wrong_type {fact, kind, value}, fact.not_an_option {fact, value}."""
    found = []
    for key, value in facts.items():
        if key not in known:
            found.append(Fault(path=f"/{key}", key="fact.unknown", params={"fact": key}))
        elif value is not None:
            found += _answer_faults(known[key], value)
    return found


def _answer_faults(fact: Fact, value: Any) -> list[Fault]:
    several = fact.kind == "choices"
    values = value if several and isinstance(value, list | tuple) else [value]
    wrong = (several and values is not value) or not all(_is_of(fact.kind, one) for one in values)
    if wrong:
        params = {"fact": fact.key, "kind": fact.kind, "value": value}
        return [Fault(path=f"/{fact.key}", key="fact.wrong_type", params=params)]
    if fact.options and not set(values) <= set(fact.options):
        return [Fault(path=f"/{fact.key}", key="fact.not_an_option", params={"fact": fact.key, "value": value})]
    return []
