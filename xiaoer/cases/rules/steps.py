"""The steps of a case: its service's plan, joined to its predecessors in the bundle, and what follows from outcomes."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from xiaoer.kernel import plan as plans
from xiaoer.kernel.plan import Plan

BEFORE = "before_"
DECISION = "decision"


def joined(plan: dict[str, Any], *, after: dict[str, Any] | None) -> dict[str, Any]:
    """Return a service's plan with its place in the bundle: decisions wait for what ``after`` says of other members.

    Each member that ``after`` speaks of becomes a node of kind wait called before_<member>; reviews do not wait, so
    that papers are looked at before a predecessor's result (预审), and only the decision needs it.
    """
    if after is None:
        return plan
    made = deepcopy(plan)
    members = sorted(named_members(after))
    for node in made["nodes"]:
        if node["kind"] == DECISION:
            own = node.get("after", {"all_of": []})
            node["after"] = {"all_of": [own, _renamed(after)]}
    made["nodes"] += [{"key": BEFORE + member, "kind": "wait", "name": f"case.decided:{member}"} for member in members]
    return made


def predecessors(plan: dict[str, Any]) -> list[str]:
    """Return the members whose results the plan of a case waits for."""
    return [node["key"].removeprefix(BEFORE) for node in plan["nodes"] if node["key"].startswith(BEFORE)]


def named_members(after: dict[str, Any]) -> set[str]:
    """Return the members that an ``after`` speaks of."""
    return set(_members(after))


def _members(expression: Any) -> Iterable[str]:
    if isinstance(expression, dict):
        for name, value in expression.items():
            if name in {"ok", "outcome"}:
                yield value
            else:
                yield from _members(value)
    elif isinstance(expression, list):
        for value in expression:
            yield from _members(value)


def _renamed(expression: Any) -> Any:
    if isinstance(expression, dict):
        return {
            name: BEFORE + value if name in {"ok", "outcome"} else _renamed(value) for name, value in expression.items()
        }
    if isinstance(expression, list):
        return [_renamed(value) for value in expression]
    return expression


def standing(steps: Iterable[Any]) -> tuple[dict[str, str], list[str]]:
    """Return what steps have come to, and those that are ready or in hand, by key."""
    known = list(steps)
    busy = [one.key for one in known if one.state in {"ready", "working"}]
    return {one.key: one.outcome for one in known if one.outcome}, busy


SAID = frozenset({"granted", "conditional", "refused"})
"""Outcomes that somebody gave to a step, and that may be asked for again."""


def undone_by(plan: dict[str, Any], *, outcomes: Mapping[str, str], working: Iterable[str], to: str) -> tuple[str, ...]:
    """Return the steps that lose their ground when one is sent back, itself among them, in the order of the plan."""
    return plans.returned(Plan.from_json(plan), outcomes=outcomes, working=frozenset(working), node=to).voided


def ways_back(
    plan: dict[str, Any], *, outcomes: Mapping[str, str], working: Iterable[str], sent_from: str
) -> list[str]:
    """Return the steps to which a step in hand may send the case back: those with an opinion on which it is built.

    Never the wait for another case, whose result is not this case's to question, and never a decision.
    """
    busy = list(working)
    said = [
        node["key"] for node in plan["nodes"]
        if node["kind"] not in {"wait", DECISION} and outcomes.get(node["key"]) in SAID
    ]  # fmt: skip
    return [key for key in said if sent_from in undone_by(plan, outcomes=outcomes, working=busy, to=key)]


def groundless(
    plan: dict[str, Any], *, outcomes: Mapping[str, str], working: Iterable[str], facts: Mapping[str, Any]
) -> tuple[str, ...]:
    """Return the steps that are open or settled on what does not stand any more: of two acts that did not see each
    other, one sent back what the other built on."""
    read = Plan.from_json(plan)
    return plans.revised(read, outcomes=outcomes, working=frozenset(working), facts=facts).voided


@dataclass(frozen=True)
class Advance:
    """What follows for steps: close (key -> waived or unreached), ready, void; result: the plan's verdict or None."""

    close: Mapping[str, str]
    ready: tuple[str, ...]
    void: tuple[str, ...]
    result: str | None


def advance(
    plan: dict[str, Any], *, outcomes: Mapping[str, str], working: Iterable[str], facts: Mapping[str, Any]
) -> Advance:
    """Return what follows from the outcomes so far. working: keys of steps that are ready or in hand already."""
    read = Plan.from_json(plan)
    busy = set(working)
    closed = plans.close(read, outcomes=outcomes, facts=facts)
    result = plans.result(read, outcomes=closed, facts=facts)
    newly_closed = {key: outcome for key, outcome in closed.items() if key not in outcomes}
    if result is not None:
        return Advance(newly_closed, (), tuple(plans.open_nodes(read, outcomes=closed, facts=facts)), result)
    ready = plans.ready(read, outcomes=closed, facts=facts, working=busy)
    return Advance(newly_closed, tuple(ready), (), None)
