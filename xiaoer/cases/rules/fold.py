"""The folds: one small function for each event says what it changes. Rows are written from here and nowhere else."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from xiaoer.journal.rules import Event, subject
from xiaoer.kernel import clock
from xiaoer.kernel.clock import ClockState
from xiaoer.kernel.refusal import Refusal

from . import clockwork, hearing
from .alarms import alarms_of
from .procedures import NOT_A_MATTER, OUTCOMES, PROCEDURES, STATES, machine_of
from .state import ApplicationState, CaseState, RequirementState, StepState


def fold_application(state: ApplicationState | None, event: Event) -> ApplicationState:
    """Fold an application: it is received once; only its personal values may go."""
    if event.name == "application.received":
        return ApplicationState(**vars(event.data), received_at=event.at)
    assert state is not None
    return state


CASE_ACTS = {
    "case.notified": "notify", "case.supplemented": "supplement", "case.accepted": "accept",
    "case.deemed_accepted": "deem", "case.started": "start", "case.declined": "decline", "case.lapsed": "lapse",
    "case.begun": "begin",
    "case.suspended": "suspend", "case.resumed": "resume", "case.extended": "extend", "case.granted": "grant",
    "case.refused": "refuse", "case.withdrawn": "withdraw", "case.delivered": "deliver",
    "case.recalculated": "recalculate", "case.terminated": "terminate",
    "case.hearing_told": "tell_hearing", "case.hearing_ordered": "tell_hearing",
    "case.hearing_asked": "ask_hearing", "case.hearing_set": "set_hearing",
    "case.hearing_held": "hold_hearing", "case.hearing_dropped": "drop_hearing",
}  # fmt: skip
CLOCK_ACTS = {"grant": "decide", "refuse": "decide", "start": "accept"}
DECIDES = frozenset({"grant", "refuse"})
NO_CLOCK = frozenset({"begin", *hearing.ACTS})


def fold_case(state: CaseState | None, event: Event) -> CaseState:
    """Fold a case: the procedure's table moves the state, the clock moves the dates, the rest is what was said."""
    if event.name == "case.received":
        return _received(event)
    assert state is not None
    if event.name == "case.handed_over":
        return replace(state, handled_by=event.data.handled_by)
    act = CASE_ACTS[event.name]
    if act in DECIDES and (barred := hearing.bars(hearing.read(state.hearing), event.data.on)):
        raise barred
    state = replace(state, state=_target(state, act, event))
    if state.state in OUTCOMES:
        state = replace(state, outcome=OUTCOMES[state.state])
    state = _SAID.get(event.name, _nothing)(state, event)
    if act in NO_CLOCK:
        return state
    ticking = clockwork.read(state.clock, procedure=state.procedure)
    return _with_clock(state, clockwork.tick(ticking, _clock_event(act, event.data), calendar=event.calendar))


def _received(event: Event) -> CaseState:
    data = event.data
    state = PROCEDURES[data.procedure].initial
    ticking = clockwork.start(data.limits, procedure=data.procedure)
    ticking = clockwork.tick(ticking, clock.Event(act="receive", on=data.on), calendar=event.calendar)
    if state == "waiting" and not data.waits:  # a filing (备案) is accepted by being handed in
        state = "accepted"
        ticking = clockwork.tick(ticking, clock.Event(act="accept", on=data.on), calendar=event.calendar)
    return CaseState(
        application=data.application, key=data.key, number=data.number, service=data.service,
        service_code=data.service_code, service_name=data.service_name, procedure=data.procedure, kind=data.kind,
        organ=data.organ, handled_by=data.organ, plan=data.plan, state=state, received_on=data.on, **_shown(ticking),
    )  # fmt: skip


def _target(state: CaseState, act: str, event: Event) -> str:
    """Return the state after an act. Refusal not_now when the procedure does not allow it here."""
    if act == "recalculate":
        return state.state
    machine = machine_of(state.procedure, event.data.on)
    if act == "decline" and event.data.ground == "not_a_matter":
        act = NOT_A_MATTER
    if act not in machine.allowed(state.state):
        zh, en, _ = STATES[state.state]
        raise Refusal("not_now", zh=zh, en=en)
    return machine.next(state.state, act)


def _clock_event(act: str, data: Any) -> clock.Event:
    return clock.Event(
        act=CLOCK_ACTS.get(act, act), on=data.on, ground=getattr(data, "ground", "") if act == "suspend" else "",
        days=data.days if act == "extend" else None, until=data.until if act == "notify" else None,
    )  # fmt: skip


def _with_clock(state: CaseState, ticking: ClockState) -> CaseState:
    return replace(state, **_shown(ticking))


def _shown(ticking: ClockState) -> dict[str, Any]:
    """Return the columns of a case that its clock moves."""
    return {
        "clock": clockwork.write(ticking), "accepted_on": ticking.accepted_on, "deemed": ticking.deemed,
        "statutory_due_on": ticking.statutory_due_on, "promised_due_on": ticking.promised_due_on,
        "delivery_due_on": ticking.delivery_due_on, "running": ticking.status, "provisional": ticking.provisional,
    }  # fmt: skip


def _nothing(state: CaseState, event: Event) -> CaseState:
    return state


def _notified(state: CaseState, event: Event) -> CaseState:
    return replace(state, supplement_until=event.data.until, gaps=event.data.gaps)


def _supplemented(state: CaseState, event: Event) -> CaseState:
    return replace(state, supplement_until=None)


def _decided(state: CaseState, event: Event) -> CaseState:
    return replace(state, reason=event.data.reason, decided_at=event.at)


def _ended(state: CaseState, event: Event) -> CaseState:
    return replace(state, reason=event.data.reason)


def _delivered(state: CaseState, event: Event) -> CaseState:
    if state.delivered_at:
        raise Refusal("delivered_already")
    return replace(state, delivered_at=event.at)


def _heard(state: CaseState, event: Event) -> CaseState:
    found = hearing.FOLDS[event.name](hearing.read(state.hearing), event)
    return replace(state, hearing=hearing.write(found))


_SAID: dict[str, Callable[[CaseState, Event], CaseState]] = {
    "case.notified": _notified, "case.supplemented": _supplemented, "case.granted": _decided, "case.refused": _decided,
    "case.declined": _ended, "case.withdrawn": _ended, "case.terminated": _ended, "case.delivered": _delivered,
    **dict.fromkeys(hearing.FOLDS, _heard),
}  # fmt: skip

STEP_MOVES = {
    "step.readied": (("waiting",), "ready"), "step.claimed": (("ready",), "working"),
    "step.released": (("working",), "ready"), "step.lapsed": (("working",), "ready"),
    "step.settled": (("waiting", "ready", "working"), "settled"),
    "step.voided": (("waiting", "ready", "working"), "void"),
    "step.returned": (("settled",), "ready"), "step.undone": (("settled", "ready", "working"), "waiting"),
}  # fmt: skip


def fold_step(state: StepState | None, event: Event) -> StepState:
    """Fold a step. Refusal step_taken when somebody else has it, step_over when it is settled or void."""
    data = event.data
    if event.name == "step.opened":
        ready_at = None if data.state == "waiting" else event.at
        return StepState(**vars(data), ready_at=ready_at, settled_at=event.at if data.outcome else None)
    assert state is not None
    if event.name == "step.handed_over":
        return replace(state, organ=data.organ)
    sources, target = STEP_MOVES[event.name]
    if state.state not in sources:
        raise Refusal("step_taken" if state.state == "working" else "step_over")
    return _moved(replace(state, state=target), event)


def _moved(state: StepState, event: Event) -> StepState:
    """Return a step with what its event says beside the move."""
    data = event.data
    match event.name:
        case "step.readied":
            return replace(state, due_on=data.due_on, ready_at=event.at)
        case "step.claimed":
            return replace(state, claimed_by=event.actor, claimed_at=event.at)
        case "step.released" | "step.lapsed":
            return replace(state, claimed_by="", claimed_at=None)
        case "step.settled":
            return replace(state, outcome=data.outcome, opinion=data.opinion, settled_at=event.at)
        case "step.returned":
            return replace(_begun_anew(state), due_on=data.due_on, ready_at=event.at)
        case "step.undone":
            return replace(_begun_anew(state), due_on=None, ready_at=None)
    return state


def _begun_anew(state: StepState) -> StepState:
    """Return a step in its next round: nobody has it, nothing is said."""
    return replace(
        state, round=state.round + 1, claimed_by="", claimed_at=None, outcome="", opinion="", settled_at=None
    )


def fold_requirement(state: RequirementState | None, event: Event) -> RequirementState:
    """Fold a requirement: a new paper takes its old verdict away."""
    data = event.data
    if event.name == "requirement.listed":
        return RequirementState(**vars(data))
    assert state is not None
    if event.name == "requirement.provided":
        return replace(state, **vars(data), verdict="", reason="")
    return replace(state, verdict=data.verdict, reason=data.reason)


APPLICATION = subject("application", model="cases.Application", state=ApplicationState, fold=fold_application)
CASE = subject("case", model="cases.Case", state=CaseState, fold=fold_case, alarms=alarms_of)
STEP = subject("step", model="cases.Step", state=StepState, fold=fold_step)
REQUIREMENT = subject("requirement", model="cases.Requirement", state=RequirementState, fold=fold_requirement)
