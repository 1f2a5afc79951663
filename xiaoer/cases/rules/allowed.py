"""Who may do what now: pages and API build their buttons from here and from nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from .procedures import PROCEDURES, Act
from .state import CaseState, StepState


@dataclass(frozen=True)
class Standing:
    """What an actor is to one case: applicant (or agent), or an officer with permissions for its organ and service."""

    account: str
    applicant: bool = False
    permissions: frozenset[str] = field(default_factory=frozenset)


def acts_allowed(case: CaseState, standing: Standing, *, steps: Iterable[StepState], on: date) -> list[Act]:
    """Return the rows of the procedure that this actor may use now, in the order of the table."""
    procedure = PROCEDURES[case.procedure]
    current = {row.name: row for row in procedure.acts if row.from_date <= on}
    return [
        row
        for row in current.values()
        if case.state in row.sources and _is_for(row, standing) and _fits(row, case, standing, list(steps))
    ]


def _is_for(row: Act, standing: Standing) -> bool:
    if row.who == "applicant":
        return standing.applicant
    return row.who in standing.permissions


def _fits(row: Act, case: CaseState, standing: Standing, steps: list[StepState]) -> bool:
    """The conditions that the table cannot hold."""
    if row.name == "deliver":
        return case.delivered_at is None
    if row.name == "extend":
        return not case.clock.get("extended_days")
    if row.name == "grant":
        return _may_grant(case, standing, steps)
    return True


def _may_grant(case: CaseState, standing: Standing, steps: list[StepState]) -> bool:
    """The decision must be ready, and the approver not the only reviewer (即办件: one authorised officer, sampled)."""
    if not any(step.kind == "decision" and step.state in {"ready", "working"} for step in steps):
        return False
    reviewers = {step.claimed_by for step in steps if step.kind != "decision" and step.outcome and step.claimed_by}
    return case.kind == "immediate" or reviewers != {standing.account}
