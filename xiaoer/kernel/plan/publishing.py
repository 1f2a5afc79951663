"""What publishing a plan refuses: every fault, with its path, for the author."""

from collections.abc import Iterator, Mapping

from xiaoer.kernel import conditions
from xiaoer.kernel.conditions import Fact, Fault, outcomes_of
from xiaoer.kernel.plan.nodes import KINDS, RESULTS, Node, Plan
from xiaoer.kernel.plan.paths import cycles


def faults(plan: Plan, *, facts: Mapping[str, Fact] | None = None) -> list[Fault]:
    """All faults of a plan; one without faults may be published. facts: those that its form asks, if there is a list.

    Keys: those of `conditions.faults`, and plan.no_nodes, .no_key, .duplicate_key {node}, .unknown_kind {kind},
    .wrong_days {node, days}, .no_organ {node}, .no_name {node} (a wait without event), .unknown_result {outcome}; then,
    once these are gone: .cycle {nodes}, .unused {node} (its outcome changes neither the result nor what is done)."""
    found = [*_nodes(plan), *_conditions(plan, facts), *_results(plan)]
    return found or [*_cycles(plan), *_unused(plan)]


def _nodes(plan: Plan) -> Iterator[Fault]:
    if not plan.nodes:
        yield Fault(path="/nodes", key="plan.no_nodes")
    for index, node in enumerate(plan.nodes):
        path = f"/nodes/{index}"
        if node.key in plan.keys[:index]:
            yield Fault(path=f"{path}/key", key="plan.duplicate_key", params={"node": node.key})
        yield from _node(node, path)


def _node(node: Node, path: str) -> Iterator[Fault]:
    if not node.key:
        yield Fault(path=f"{path}/key", key="plan.no_key")
    if node.kind not in KINDS:
        yield Fault(path=f"{path}/kind", key="plan.unknown_kind", params={"kind": node.kind})
    if node.days < 0:
        yield Fault(path=f"{path}/days", key="plan.wrong_days", params={"node": node.key, "days": node.days})
    if node.kind == "wait" and not node.name:
        yield Fault(path=f"{path}/name", key="plan.no_name", params={"node": node.key})
    if node.kind != "wait" and not node.organ:
        yield Fault(path=f"{path}/organ", key="plan.no_organ", params={"node": node.key})


def _conditions(plan: Plan, facts: Mapping[str, Fact] | None) -> Iterator[Fault]:
    for index, node in enumerate(plan.nodes):
        path = f"/nodes/{index}"
        yield from conditions.faults(node.when, over=("fact",), facts=facts, path=f"{path}/when")
        yield from _over_outcomes(plan, node.after, f"{path}/after")
    for index, verdict in enumerate(plan.verdicts):
        yield from _over_outcomes(plan, verdict.condition, f"/result/rows/{index}/if")


def _over_outcomes(plan: Plan, condition: conditions.Condition, path: str) -> list[Fault]:
    return conditions.faults(condition, over=("outcome", "ok"), nodes=plan.keys, path=path)


def _results(plan: Plan) -> Iterator[Fault]:
    outcomes = {f"/result/rows/{index}/then": verdict.outcome for index, verdict in enumerate(plan.verdicts)}
    for path, outcome in {**outcomes, "/result/default": plan.default}.items():
        if outcome not in RESULTS:
            yield Fault(path=path, key="plan.unknown_result", params={"outcome": outcome})


def _cycles(plan: Plan) -> Iterator[Fault]:
    for loop in cycles(plan):
        path = f"/nodes/{plan.keys.index(loop[0])}/after"
        yield Fault(path=path, key="plan.cycle", params={"nodes": loop})


def _unused(plan: Plan) -> Iterator[Fault]:
    used = [key for verdict in plan.verdicts for key in outcomes_of(verdict.condition)]
    for key in used:
        used += [before for before in outcomes_of(plan.node(key).after) if before not in used]
    for index, key in enumerate(plan.keys):
        if key not in used:
            yield Fault(path=f"/nodes/{index}", key="plan.unused", params={"node": key})
