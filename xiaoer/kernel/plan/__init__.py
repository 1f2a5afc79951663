"""The plan of a case (steps), of a bundle (cases) or of a project (services): a graph joined on outcomes, not tokens.

A node may begin when its `after` (a condition over outcomes of other nodes) and its `when` (a condition over facts) are
both yes. A node that is not needed (`when` is no) is *waived*, one whose turn can no longer come (`after` is no) is
*unreached*; where both hold, waived wins, so that facts alone decide it and never the order in which things arrived.
Nodes of kind `wait` are worked by the world outside: they begin like others and settle when their event comes.

For every plan without `faults`, after any history: the result is decided, or a node is ready or working, or `asks` is
not empty. The reason: take the first node without outcome in an order that respects `after`. All that its `after`
speaks of has an outcome, so it is yes or no. No: `close` would have closed it. Yes, and `when` is no: likewise. Yes
and yes: it is ready or working. Yes and unknown: its facts are asked. No such node: all rows of the result are known.

    plan = Plan.from_json({"version": 1, "nodes": [
        {"key": "review", "kind": "review", "organ": "market", "skill": "food", "days": 3},
        {"key": "visit", "kind": "visit", "organ": "fire", "days": 5, "when": {"fact": "area", "at_least": 300}},
        {"key": "decision", "kind": "decision", "organ": "market", "days": 2,
         "after": {"all_of": [{"ok": "review"}, {"ok": "visit"}]}}],
      "result": {"rows": [{"if": {"ok": "decision"}, "then": "granted"}], "default": "refused"}})
    ready(plan, outcomes={}, facts={})                               ["review"]
    asks(plan, outcomes={}, facts={})                                ["area"]
    ready(plan, outcomes={"review": "granted"}, facts={"area": 80})  ["decision"]: the visit is waived

The caller records outcomes and working nodes, and calls: `close` and `result` after an outcome, `returned` when a node
goes back for another round, `revised` whenever facts change, a first answer included. Days are whole working days.
Source: core.md (Plan); peers.md section 3 items 10 and 11; Administrative Licensing Law art. 34, 35.
"""

from xiaoer.kernel.plan.nodes import KINDS, RESULTS, VERSION, Node, Plan, PlanError, Verdict
from xiaoer.kernel.plan.overview import NodeStatus, explain
from xiaoer.kernel.plan.paths import CriticalPath, critical_path, cycles
from xiaoer.kernel.plan.publishing import faults
from xiaoer.kernel.plan.rounds import Round, asks, close, open_nodes, ready, result, returned, revised

__all__ = [
    "KINDS",
    "RESULTS",
    "VERSION",
    "CriticalPath",
    "Node",
    "NodeStatus",
    "Plan",
    "PlanError",
    "Round",
    "Verdict",
    "asks",
    "close",
    "critical_path",
    "cycles",
    "explain",
    "faults",
    "open_nodes",
    "ready",
    "result",
    "returned",
    "revised",
]
