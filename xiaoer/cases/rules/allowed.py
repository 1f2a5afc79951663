"""Who may do what now: pages and API build their buttons from here and from nothing else.  # bilingual"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from xiaoer.kernel.clock import ClockError
from xiaoer.kernel.refusal import Refusal

from . import hearing
from .procedures import ACTS, OPEN, Act, machine_of
from .state import CaseState, StepState

STEP_ACTS = {
    act.name: act
    for act in (
        Act("claim", "接手办理", "Take in hand", "c"),
        Act("settle", "出具意见", "Give the opinion", "v"),
        Act("return", "退回前面环节", "Send back", "t"),
        Act("release", "退回待办", "Put back", "r"),
    )
}
"""What may be done on a step (环节), with the keys of the desk."""
JUDGES = frozenset({"cases.accept", "cases.review", "cases.decide"})
WORKED = frozenset({"waiting", "accepted", "handling"})
"""States of a case in which steps are settled; papers are looked at before a predecessor's result is there (预审)."""
NOTHING: Mapping[str, Any] = {}
REVEALERS = JUDGES | {"cases.deliver"}
"""Who may look at a masked value; those who only read or supervise may not."""


@dataclass(frozen=True)
class Standing:
    """What an actor is to one case: applicant (or agent), or an officer with permissions for its organ and service."""

    account: str
    applicant: bool = False
    permissions: frozenset[str] = field(default_factory=frozenset)

    @property
    def roles(self) -> frozenset[str]:
        """What the procedure's tables call this actor."""
        return self.permissions | {"applicant"} if self.applicant else self.permissions


def acts_allowed(
    case: CaseState, standing: Standing, *, steps: Iterable[StepState], on: date, owed_fen: int = 0
) -> list[Act]:
    """Return the acts that this actor may do now, in the order of the desk's buttons.

    owed_fen: what is billed and not paid; the result of a grant is delivered when nothing is owed.
    """
    machine = machine_of(case.procedure, on)
    possible = {act for role in standing.roles for act in machine.allowed(case.state, who=role)}
    if owed_fen and case.state == "granted":
        possible.discard("deliver")
    known = list(steps)
    return [
        act
        for name, act in ACTS.items()
        if name in possible
        and _fits(name, case, standing, known)
        and against(name, case, on=on, account=standing.account) is None
    ]


def acts_of_applicant(procedure: str, state: str, *, on: date, heard: Mapping[str, Any] = NOTHING) -> list[Act]:
    """Return the acts that an applicant may do on a case now. heard: its hearing, as its row has it."""
    possible = machine_of(procedure, on).allowed(state, who="applicant")
    found = hearing.read(dict(heard)) if heard else hearing.Hearing()
    return [act for name, act in ACTS.items() if name in possible and _hears(name, found, on)]


def _hears(name: str, found: hearing.Hearing, on: date) -> bool:
    """Whether an applicant may do an act, so far as it is one on a hearing: he asks once, and takes his own back."""
    if name not in hearing.ACTS:
        return True
    own = "applicant" in found.askers
    return own == (name == "drop_hearing") and hearing.against(name, found, on=on) is None


def _fits(name: str, case: CaseState, standing: Standing, steps: list[StepState]) -> bool:
    """The conditions that the table cannot hold."""
    if name == "deliver":
        return case.delivered_at is None
    if name == "grant":
        return _may_grant(case, standing, steps)
    return True


def against(name: str, case: CaseState, *, on: date, account: str = "") -> Refusal | None:
    """Return what clock or hearing would say to an act, None where nothing is: then nobody is offered it.

    All gaps are told once (行政许可法 32(4)); a limit is extended once, before it is over (42); nothing is decided
    before a hearing (46-48). account: who would act.
    """
    if name in hearing.ACTS:
        return hearing.against(name, hearing.read(case.hearing), on=on, account=account)
    if name in {"grant", "refuse"}:
        return hearing.bars(hearing.read(case.hearing), on)
    return _against_by_clock(name, case.clock, on)


def _against_by_clock(name: str, clock: Mapping[str, Any], on: date) -> Refusal | None:
    if name == "notify" and clock.get("notified_on"):
        return ClockError("second_notify", on=date.fromisoformat(clock["notified_on"]))
    if name == "extend" and clock.get("extended_days"):
        return ClockError("second_extend", days=clock["extended_days"])
    if name == "extend" and clock.get("statutory_end") and on > date.fromisoformat(clock["statutory_end"]):
        return ClockError("extend_after_expiry", due=date.fromisoformat(clock["statutory_end"]))
    return None


def _may_grant(case: CaseState, standing: Standing, steps: list[StepState]) -> bool:
    """The decision must be ready, and the approver not the only reviewer (即办件: one authorised officer, sampled)."""
    if not any(step.kind == "decision" and step.state in {"ready", "working"} for step in steps):
        return False
    reviewers = {step.claimed_by for step in steps if step.kind != "decision" and step.outcome and step.claimed_by}
    return case.kind == "immediate" or reviewers != {standing.account}


def roles_of(act: str, procedure: str, *, on: date) -> frozenset[str]:
    """Return who may ever do an act in a procedure: who is not among them is not told that it exists."""
    return frozenset(who for row in machine_of(procedure, on).rows if row.act == act for who in row.who)


def step_acts_allowed(step: StepState, case: CaseState, *, account: str, ways_back: bool = False) -> list[Act]:
    """Return the acts on a step for an officer who may work on it. A decision is settled by granting or refusing.

    Who chairs the hearing of the case has no part in its review (行政许可法 48(3)).
    Nothing is settled while a special procedure is open; who has the step in hand may still put it back. ways_back:
    whether there is an earlier step to which the case may be sent back from this one.
    """
    if step.state == "ready" and case.state in OPEN:
        return [STEP_ACTS["claim"]] if hearing.read(case.hearing).chair != account else []
    if step.state != "working" or step.claimed_by != account:
        return []
    possible = {"release"}
    if case.state in WORKED:
        possible |= {"settle"} if step.kind != "decision" else set()
        possible |= {"return"} if ways_back else set()
    return [act for name, act in STEP_ACTS.items() if name in possible]


def may_judge(case: CaseState, standing: Standing) -> bool:
    """Whether an officer may note a verdict on the papers of a case."""
    return case.state in OPEN and bool(standing.permissions & JUDGES)
