"""Steps come into being when a case is accepted: one row for each node of its plan."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from xiaoer.journal.services import New
from xiaoer.kernel.workdays import Calendar

from .. import rules
from ..events import StepOpened
from ..models import Case


def opened_steps(
    case: Case, *, siblings: Iterable[Case], organs: Mapping[str, UUID], facts: Mapping[str, Any], calendar: Calendar,
    on: date,
) -> list[New]:  # fmt: skip
    """Return the steps of a case that has just been accepted.

    siblings: all cases of the application, whose outcomes settle the waits for predecessors; a predecessor that is not
    among them is not needed and counts as waived. organs: uscc -> id; a node without organ is for the case's organ.
    """
    known = _predecessors(case, siblings)
    waits = {node["key"] for node in case.plan["nodes"] if node["kind"] == "wait" and node["key"] not in known}
    follows = rules.advance(case.plan, outcomes=known, working=waits, facts=facts)
    outcomes = {**known, **follows.close}
    steps = []
    for node in case.plan["nodes"]:
        key = node["key"]
        state = _state(key, outcomes, waits, follows.ready)
        due = calendar.add_workdays(on, node.get("days", 0)) if state == "ready" and node.get("days") else None
        organ = None if node["kind"] == "wait" else organs.get(node.get("organ", ""), case.handled_by)
        opened = StepOpened(
            case=case.id, application=case.application, key=key, kind=node["kind"], organ=organ,
            skill=node.get("skill", ""), round=1, state=state, due_on=due, outcome=outcomes.get(key, ""),
        )  # fmt: skip
        steps.append(New(case.shard, opened))
    return steps


def _predecessors(case: Case, siblings: Iterable[Case]) -> dict[str, str]:
    """Return what is known of the waits for other members of the bundle."""
    outcomes = {rules.BEFORE + one.key: one.outcome for one in siblings}
    waits = [node["key"] for node in case.plan["nodes"] if node["key"].startswith(rules.BEFORE)]
    return {key: outcomes.get(key, "waived") for key in waits if outcomes.get(key, "waived")}


def _state(key: str, outcomes: Mapping[str, str], waits: set[str], ready: tuple[str, ...]) -> str:
    if key in outcomes:
        return "settled"
    if key in waits:
        return "working"
    return "ready" if key in ready else "waiting"
