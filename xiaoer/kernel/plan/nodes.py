"""What a plan is made of, and its JSON."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field, fields
from typing import Any

from xiaoer.kernel import refusal
from xiaoer.kernel.conditions import OUTCOMES, Condition
from xiaoer.kernel.plan.sentences import SENTENCES

refusal.register(SENTENCES)

VERSION = 1
KINDS = ("review", "visit", "opinion", "joint", "decision", "issue", "wait", "case", "pre_review", "service")
RESULTS = tuple(outcome for outcome in OUTCOMES if outcome != "unreached")


class PlanError(refusal.Refusal):
    """What cannot be read or done with a plan.

    Keys: plan.unreadable {path}, plan.unknown_version {version}, plan.unknown_node {node}, plan.unknown_outcome {node,
    outcome}, plan.nothing_to_return {node}, plan.cyclic {nodes}, plan.wrong_days {node, days}."""


def always() -> Condition:
    """The condition that is always yes."""
    return {"all_of": []}


@dataclass(frozen=True, kw_only=True)
class Node:
    """One piece of work. key: unique in the plan; kind: of KINDS; organ and skill: who does it, "" where nobody has to;
    days: working days it takes; when: a condition over facts; after: one over outcomes; name: the event a `wait` waits
    for, else "". Both conditions are yes when left out."""

    key: str
    kind: str
    organ: str = ""
    skill: str = ""
    days: int = 0
    when: Condition = field(default_factory=always)
    after: Condition = field(default_factory=always)
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """One row of the result: if the condition over outcomes is yes, and that of all rows before is no, then this."""

    condition: Condition
    outcome: str


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Nodes, the rows of the result in order, and the outcome when no row is yes. The order of nodes means nothing."""

    nodes: tuple[Node, ...]
    verdicts: tuple[Verdict, ...]
    default: str

    @property
    def keys(self) -> list[str]:
        return [node.key for node in self.nodes]

    def node(self, key: str) -> Node:
        """The node of that key. Raises PlanError plan.unknown_node."""
        for node in self.nodes:
            if node.key == key:
                return node
        raise PlanError("plan.unknown_node", node=key)

    @classmethod
    def from_json(cls, data: Any) -> "Plan":
        """A plan from {"version", "nodes": [node…], "result": {"rows": [{"if", "then"}…], "default"}}.

        Reads the shape only: whether the plan makes sense is for `faults`. Raises PlanError plan.unreadable with the
        path of the first value that is missing, misnamed or of the wrong type, or plan.unknown_version."""
        _shape(data, {"version": int, "nodes": list, "result": dict}, "")
        if data["version"] != VERSION:
            raise PlanError("plan.unknown_version", version=data["version"])
        _shape(data["result"], {"rows": list, "default": str}, "/result")
        nodes = [_node(one, f"/nodes/{index}") for index, one in enumerate(data["nodes"])]
        verdicts = [_verdict(one, f"/result/rows/{index}") for index, one in enumerate(data["result"]["rows"])]
        return cls(nodes=tuple(nodes), verdicts=tuple(verdicts), default=data["result"]["default"])

    def to_json(self) -> dict[str, Any]:
        """The plan as JSON of the current version, every field written out; `from_json` gives the same plan back."""
        names = [one.name for one in fields(Node)]
        nodes = [{name: deepcopy(getattr(node, name)) for name in names} for node in self.nodes]
        rows = [{"if": deepcopy(one.condition), "then": one.outcome} for one in self.verdicts]
        return {"version": VERSION, "nodes": nodes, "result": {"rows": rows, "default": self.default}}


NODE_SHAPE = {"key": str, "kind": str}
NODE_REST = {"organ": str, "skill": str, "days": int, "when": dict, "after": dict, "name": str}


def _node(data: Any, path: str) -> Node:
    _shape(data, NODE_SHAPE, path, rest=NODE_REST)
    return Node(**deepcopy(dict(data)))


def _verdict(data: Any, path: str) -> Verdict:
    _shape(data, {"if": dict, "then": str}, path)
    return Verdict(condition=deepcopy(data["if"]), outcome=data["then"])


def _shape(data: Any, needed: Mapping[str, type], path: str, *, rest: Mapping[str, type] | None = None) -> None:
    if not isinstance(data, Mapping):
        raise PlanError("plan.unreadable", path=path)
    allowed = {**needed, **(rest or {})}
    for key in [*needed, *data]:
        right = key in allowed and key in data and type(data[key]) is allowed[key]
        if not right:
            raise PlanError("plan.unreadable", path=f"{path}/{key}")
