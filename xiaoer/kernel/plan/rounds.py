"""Where a plan stands: what is closed, ready, asked and decided, and what loses its ground when one goes back."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from xiaoer.kernel.conditions import OUTCOMES, Answer, evaluate, open_facts
from xiaoer.kernel.plan.nodes import Node, Plan, PlanError

Outcomes = Mapping[str, str]
Facts = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Round:
    """What stands after a return or a change of facts: outcomes, working nodes, and the keys that were voided, in the
    order of the plan. A voided node begins a new round when it is ready again. Not closed: call `close`."""

    outcomes: Mapping[str, str]
    working: frozenset[str]
    voided: tuple[str, ...]


def close(plan: Plan, *, outcomes: Outcomes, facts: Facts) -> dict[str, str]:
    """The outcomes, with *waived* and *unreached* added: the least fixpoint. What has an outcome keeps it.

    Waived and unreached are the plan's own words: nobody settles a node with them, they are always found here. Raises
    PlanError plan.unknown_node or plan.unknown_outcome, and what `evaluate` raises."""
    check(plan, outcomes)
    closed = dict(outcomes)
    waiting = []
    for node in plan.nodes:
        if node.key not in closed and evaluate(node.when, facts=facts) is Answer.NO:
            closed[node.key] = "waived"
        elif node.key not in closed:
            waiting.append(node)
    while lost := [node for node in waiting if evaluate(node.after, outcomes=closed) is Answer.NO]:
        closed.update({node.key: "unreached" for node in lost})
        waiting = [node for node in waiting if node.key not in closed]
    return closed


def check(plan: Plan, outcomes: Outcomes) -> None:
    """Raises PlanError plan.unknown_node or plan.unknown_outcome."""
    for key, outcome in outcomes.items():
        plan.node(key)
        if outcome not in OUTCOMES:
            raise PlanError("plan.unknown_outcome", node=key, outcome=outcome)


def open_nodes(plan: Plan, *, outcomes: Outcomes, facts: Facts) -> list[str]:
    """The nodes without outcome: what an act voids when the result is decided early."""
    closed = close(plan, outcomes=outcomes, facts=facts)
    return [key for key in plan.keys if key not in closed]


def ready(plan: Plan, *, outcomes: Outcomes, facts: Facts, working: Collection[str] = ()) -> list[str]:
    """The nodes that may begin now: not closed, not working, `after` yes and `when` yes."""
    return [
        node.key
        for node in _reached(plan, outcomes, facts)
        if node.key not in working and evaluate(node.when, facts=facts) is Answer.YES
    ]


def asks(plan: Plan, *, outcomes: Outcomes, facts: Facts) -> list[str]:
    """The unanswered facts that decide now whether a node is needed, each once, in the order of the plan.

    Never facts of a node that cannot be reached, or not yet; never one whose answer can no longer matter."""
    reached = _reached(plan, outcomes, facts)
    return list(dict.fromkeys(fact for node in reached for fact in open_facts(node.when, facts=facts)))


def result(plan: Plan, *, outcomes: Outcomes, facts: Facts) -> str | None:
    """The outcome of the whole: the first yes row when all before it are no, the default when all are no; else None.

    It may decide early, with nodes still open (`open_nodes`)."""
    closed = close(plan, outcomes=outcomes, facts=facts)
    for verdict in plan.verdicts:
        answer = evaluate(verdict.condition, outcomes=closed)
        if answer is not Answer.NO:
            return verdict.outcome if answer is Answer.YES else None
    return plan.default


def returned(plan: Plan, *, outcomes: Outcomes, working: Collection[str], node: str) -> Round:
    """What stands when a settled or working node goes back for another round: all but it and what was built on it.

    Raises PlanError plan.unknown_node, or plan.nothing_to_return when the node is open, waived or unreached."""
    plan.node(node)
    if node not in working and outcomes.get(node, "waived") in ("waived", "unreached"):
        raise PlanError("plan.nothing_to_return", node=node)
    standing = {key: outcome for key, outcome in outcomes.items() if key != node}
    return _settle(plan, standing, frozenset(working) - {node}, None, (node,))


def revised(plan: Plan, *, outcomes: Outcomes, working: Collection[str], facts: Facts) -> Round:
    """What stands under the new facts, first answers included: all but what they took the ground from."""
    return _settle(plan, dict(outcomes), frozenset(working), facts, ())


def _reached(plan: Plan, outcomes: Outcomes, facts: Facts) -> list[Node]:
    closed = close(plan, outcomes=outcomes, facts=facts)
    return [
        node for node in plan.nodes if node.key not in closed and evaluate(node.after, outcomes=closed) is Answer.YES
    ]


def _settle(
    plan: Plan, outcomes: dict[str, str], working: frozenset[str], facts: Facts | None, voided: tuple[str, ...]
) -> Round:
    check(plan, outcomes)
    gone = set(voided)
    while lost := {
        node.key
        for node in plan.nodes
        if (node.key in outcomes or node.key in working) and not _stands(node, outcomes, facts)
    }:
        outcomes = {key: outcome for key, outcome in outcomes.items() if key not in lost}
        working -= lost
        gone |= lost
    return Round(outcomes=outcomes, working=working, voided=tuple(key for key in plan.keys if key in gone))


def _stands(node: Node, outcomes: Outcomes, facts: Facts | None) -> bool:
    """Whether a settled or working node still has its ground; facts None: they are as they were.

    Withdrawn rests on the applicant's will alone. Waived rests on `when` no; unreached on `after` no, unless `when` has
    become no; all else, and work, on `after` yes and `when` yes."""
    outcome = outcomes.get(node.key)
    if outcome == "withdrawn":
        return True
    when = None if facts is None else evaluate(node.when, facts=facts)
    if outcome == "waived":
        return when in (None, Answer.NO)
    after = evaluate(node.after, outcomes=outcomes)
    if outcome == "unreached":
        return after is Answer.NO and when is not Answer.NO
    return after is Answer.YES and when in (None, Answer.YES)
