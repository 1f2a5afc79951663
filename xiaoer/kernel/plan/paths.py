"""The shortest possible time of a plan, the slack in it, and loops of nodes that wait for each other."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Any

from xiaoer.kernel.conditions import Answer, Condition, evaluate, outcomes_of
from xiaoer.kernel.conditions.truth import GROUPS, NOTHING, operator_of, parts
from xiaoer.kernel.plan.nodes import Node, Plan, PlanError
from xiaoer.kernel.plan.rounds import check


@dataclass(frozen=True, kw_only=True)
class CriticalPath:
    """Working days. total: until all work is done; decided: until the result is (it may come earlier).

    starts, finishes: of every node that is worked. slack: by how much a node may take longer without moving the total.
    organs: by how much all nodes of an organ may take longer at the same time. critical: nodes without slack, by
    start. Nodes that are waived or unreached are in none of them."""

    total: int
    decided: int
    starts: Mapping[str, int]
    finishes: Mapping[str, int]
    slack: Mapping[str, int]
    organs: Mapping[str, int]
    critical: tuple[str, ...]


def critical_path(
    plan: Plan,
    *,
    days: Mapping[str, int] = NOTHING,
    facts: Mapping[str, Any] = NOTHING,
    outcomes: Mapping[str, str] = NOTHING,
) -> CriticalPath:
    """The plan if all goes well: every node that is needed, or may be, begins as soon as it may, and is granted.

    days: node -> days, over the node's own (promised limits of pinned versions). facts: a node whose `when` is no takes
    no part, one that is unknown counts. outcomes: node -> another end than granted, to see another branch ("refused").
    A join with all_of waits for the last, one with any_of for the first. An organ with nodes on one line shares its
    slack between them. Raises PlanError plan.cyclic {nodes} or plan.wrong_days {node, days}, and as `close`."""
    check(plan, {**outcomes, **dict.fromkeys(days, "granted")})
    order = _order(plan)
    lengths = _lengths(plan, days)
    ends = _ends(plan, order, facts, outcomes)
    worked = [node for node in order if ends[node.key] not in ("waived", "unreached")]
    starts, finishes = _times(order, ends, lengths)
    total = max((finishes[node.key] for node in worked), default=0)

    def slack(keys: Collection[str]) -> int:
        return _slack(
            keys, total=total, finish=lambda longer: max(_times(order, ends, longer)[1].values()), days=lengths
        )

    slacks = {node.key: slack([node.key]) for node in worked}
    organs = dict.fromkeys(node.organ for node in worked if node.organ)
    return CriticalPath(
        total=total,
        decided=_decided(plan, ends, finishes),
        starts={node.key: starts[node.key] for node in worked},
        finishes={node.key: finishes[node.key] for node in worked},
        slack=slacks,
        organs={organ: slack([node.key for node in worked if node.organ == organ]) for organ in organs},
        critical=tuple(
            node.key for node in sorted(worked, key=lambda one: (starts[one.key], one.key)) if not slacks[node.key]
        ),
    )


def _lengths(plan: Plan, days: Mapping[str, int]) -> dict[str, int]:
    lengths = {node.key: days.get(node.key, node.days) for node in plan.nodes}
    for key, length in lengths.items():
        if length < 0:
            raise PlanError("plan.wrong_days", node=key, days=length)
    return lengths


def _order(plan: Plan) -> list[Node]:
    graph = {node.key: [key for key in outcomes_of(node.after) if key in plan.keys] for node in plan.nodes}
    try:
        return [plan.node(key) for key in TopologicalSorter(graph).static_order()]
    except CycleError as error:
        raise PlanError("plan.cyclic", nodes=tuple(error.args[1][1:])) from None


def _ends(plan: Plan, order: list[Node], facts: Mapping[str, Any], outcomes: Mapping[str, str]) -> dict[str, str]:
    ends = {node.key: "waived" for node in order if evaluate(node.when, facts=facts) is Answer.NO}
    for node in order:
        if node.key not in ends:
            reached = evaluate(node.after, outcomes=ends) is Answer.YES
            ends[node.key] = outcomes.get(node.key, "granted") if reached else "unreached"
    return ends


def _times(
    order: list[Node], ends: Mapping[str, str], days: Mapping[str, int]
) -> tuple[dict[str, int], dict[str, int]]:
    starts: dict[str, int] = {}
    finishes: dict[str, int] = {}
    for node in order:
        idle = ends[node.key] in ("waived", "unreached")
        starts[node.key] = 0 if ends[node.key] == "waived" else _known_at(node.after, ends, finishes)
        finishes[node.key] = starts[node.key] + (0 if idle else days[node.key])
    return starts, finishes


def _known_at(condition: Condition, ends: Mapping[str, str], finishes: Mapping[str, int]) -> int:
    """The first day on which the answer that the condition has in the end is certain."""
    operator = operator_of(condition)
    if operator not in GROUPS:
        return finishes[outcomes_of(condition)[0]]
    inner = parts(condition)
    answer = evaluate(condition, outcomes=ends)
    if operator == "not":
        return _known_at(inner[0], ends, finishes)
    agreeing = [_known_at(part, ends, finishes) for part in inner if evaluate(part, outcomes=ends) is answer]
    strong = Answer.NO if operator == "all_of" else Answer.YES
    return (min if answer is strong else max)(agreeing, default=0)


def _decided(plan: Plan, ends: Mapping[str, str], finishes: Mapping[str, int]) -> int:
    latest = 0
    for verdict in plan.verdicts:
        latest = max(latest, _known_at(verdict.condition, ends, finishes))
        if evaluate(verdict.condition, outcomes=ends) is Answer.YES:
            break
    return latest


def _slack(
    keys: Collection[str], *, total: int, finish: Callable[[Mapping[str, int]], int], days: Mapping[str, int]
) -> int:
    """The most days by which all these nodes may take longer at once: found by halving, as the total never falls."""
    low, high = 0, total
    while low < high:
        middle = (low + high + 1) // 2
        longer = {key: length + middle if key in keys else length for key, length in days.items()}
        low, high = (middle, high) if finish(longer) <= total else (low, middle - 1)
    return low


def cycles(plan: Plan) -> list[tuple[str, ...]]:
    """Loops in `after`: (a, b, c) when a comes after b, b after c and c after a again; (a,) when a is after itself.

    One loop for each group of nodes that wait for each other: a shortest one through the group's first node."""
    follows = {node.key: [key for key in outcomes_of(node.after) if key in plan.keys] for node in plan.nodes}
    found: list[tuple[str, ...]] = []
    told: set[str] = set()
    for key in plan.keys:
        loop = _loop(key, follows)
        if loop and key not in told:
            found.append(loop)
            told |= {other for other in plan.keys if _leads(key, other, follows) and _leads(other, key, follows)}
    return found


def _loop(start: str, follows: Mapping[str, list[str]]) -> tuple[str, ...]:
    paths: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    for path in paths:
        for key in follows[path[-1]]:
            if key == start:
                return path
            if key not in seen:
                seen.add(key)
                paths.append((*path, key))
    return ()


def _leads(start: str, goal: str, follows: Mapping[str, list[str]]) -> bool:
    reached = list(follows[start])
    for key in reached:
        reached += [other for other in follows[key] if other not in reached]
    return goal in reached
