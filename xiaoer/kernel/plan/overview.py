"""The plan as a picture: for each node where it stands and what it waits for (the metro map of a case or bundle)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from xiaoer.kernel.conditions import Answer, Reason, evaluate, open_facts, reasons
from xiaoer.kernel.conditions import open_nodes as open_leaves
from xiaoer.kernel.plan.nodes import Node, Plan
from xiaoer.kernel.plan.rounds import close, result


@dataclass(frozen=True, kw_only=True)
class NodeStatus:
    """Where one node stands.

    status: done (outcome says how), waived, unreached, working, ready, waiting (waits_for: the nodes it waits for),
    asking (asks: the facts that decide whether it is needed), or void (open, but the result is decided without it).
    because: of a waived node why it is not needed, of an unreached one why its turn cannot come."""

    key: str
    status: str
    outcome: str = ""
    waits_for: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    because: tuple[Reason, ...] = ()


def explain(
    plan: Plan, *, outcomes: Mapping[str, str], facts: Mapping[str, Any], working: Collection[str] = ()
) -> list[NodeStatus]:
    """The status of every node, in the order of the plan."""
    closed = close(plan, outcomes=outcomes, facts=facts)
    decided = result(plan, outcomes=closed, facts=facts) is not None
    return [
        _closed(node, closed, facts)
        if node.key in closed
        else _open(node, closed, facts, working=node.key in working, decided=decided)
        for node in plan.nodes
    ]


def _closed(node: Node, closed: Mapping[str, str], facts: Mapping[str, Any]) -> NodeStatus:
    outcome = closed[node.key]
    if outcome == "waived":
        because = reasons(node.when, facts=facts)
    elif outcome == "unreached":
        because = reasons(node.after, outcomes=closed)
    else:
        return NodeStatus(key=node.key, status="done", outcome=outcome)
    return NodeStatus(key=node.key, status=outcome, outcome=outcome, because=tuple(because))


def _open(
    node: Node, closed: Mapping[str, str], facts: Mapping[str, Any], *, working: bool, decided: bool
) -> NodeStatus:
    if decided:
        return NodeStatus(key=node.key, status="void")
    if working:
        return NodeStatus(key=node.key, status="working")
    if evaluate(node.after, outcomes=closed) is Answer.UNKNOWN:
        waits_for = open_leaves(node.after, outcomes=closed)
        return NodeStatus(key=node.key, status="waiting", waits_for=tuple(waits_for))
    missing = open_facts(node.when, facts=facts)
    if missing:
        return NodeStatus(key=node.key, status="asking", asks=tuple(missing))
    return NodeStatus(key=node.key, status="ready")
