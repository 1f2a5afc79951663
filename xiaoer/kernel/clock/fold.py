"""The fold: one function per act, each a few lines that say what the law says."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime

from xiaoer.kernel.clock.dates import with_dates
from xiaoer.kernel.clock.limits import LONGEST, Limits, Span
from xiaoer.kernel.clock.rules import LICENCE, ClockError, ClockRules
from xiaoer.kernel.clock.state import ClockState, Event
from xiaoer.kernel.workdays import Calendar

# Acts that may follow the decision, and acts that may follow any end.
AFTER_DECISION = frozenset({"deliver", "reopen", "recalculate"})
AFTER_CLOSE = frozenset({"reopen"})


def fold(state: ClockState, event: Event, calendar: Calendar) -> ClockState:
    """The state after `event`, with all dates under `calendar`.

    Time passes first: silence that ended before the event has become acceptance, by the calendar folded with before,
    and no later calendar takes that back. Raises ClockError with the code of the first rule that is broken.
    """
    if event.act not in state.rules.acts or event.act not in _ACTS:
        raise ClockError("unknown_act", act=event.act)
    if state.last_on and event.on < state.last_on:
        raise ClockError("out_of_order", on=event.on, last=state.last_on)
    state = state_as_of(state, event.on, calendar)
    _guard(state, event)
    state = replace(_ACTS[event.act](state, event), last_on=event.on)
    return with_dates(state, calendar)


def state_as_of(state: ClockState, as_of: date, calendar: Calendar) -> ClockState:
    """The state at the beginning of `as_of`, when nothing happened since the last event but time.

    Silence becomes acceptance on the day after its last working day (行政许可法, 2019-04-23, art 32(4)).
    """
    settled = _silence_ended(state, as_of)
    return state if settled is state else with_dates(settled, calendar)


def fold_all(
    events: Iterable[Event],
    *,
    limits: Limits,
    calendar: Calendar,
    as_of: date | None = None,
    rules: ClockRules = LICENCE,
) -> ClockState:
    """Fold the events dated on or before `as_of` from the beginning, then let time pass until `as_of`."""
    state = ClockState(limits=limits, rules=rules)
    for event in events:
        if as_of is None or event.on <= as_of:
            state = fold(state, event, calendar)
    return state_as_of(state, as_of, calendar) if as_of else state


def deemed_on(state: ClockState, calendar: Calendar) -> date | None:
    """The day on which silence will be acceptance under `calendar`: set the timer to it.

    None when silence does not run (not received, notified, accepted, ended) or passes through provisional days.
    """
    return with_dates(state, calendar).deem_on


def _silence_ended(state: ClockState, on: date) -> ClockState:
    """Acceptance by silence, on the day of receipt or supplement, once the last day has ended."""
    if state.deem_on is None or on < state.deem_on:
        return state
    return _started(state, state.silence_from, state.silence_from_at, deemed=True)


def _started(state: ClockState, on: date | None, at: datetime | None, *, deemed: bool = False) -> ClockState:
    return replace(state, accepted_on=on, accepted_at=at, deemed=deemed, silence_from=None, deem_on=None)


def _guard(state: ClockState, event: Event) -> None:
    if event.act == "receive":
        return
    if state.received_on is None:
        raise ClockError("not_received", act=event.act)
    if state.closed_on and event.act not in AFTER_CLOSE:
        raise ClockError("closed", act=event.act, on=state.closed_on, by=state.closed_by)
    if state.decided_on and event.act not in AFTER_DECISION:
        raise ClockError("already_decided", act=event.act, on=state.decided_on)


def _void(state: ClockState, event: Event) -> ClockState:
    return replace(state, voided=(*state.voided, (event.on, event.act)))


def _receive(state: ClockState, event: Event) -> ClockState:
    if state.received_on:
        raise ClockError("already_received", on=state.received_on)
    if state.rules.starts_with == "receive":
        return replace(_started(state, event.on, event.at), received_on=event.on, received_at=event.at)
    return replace(state, received_on=event.on, received_at=event.at, silence_from=event.on, silence_from_at=event.at)


def _notify(state: ClockState, event: Event) -> ClockState:
    """All gaps at once, once (行政许可法, 2019-04-23, art 32(4))."""
    if state.notified_on:
        raise ClockError("second_notify", on=state.notified_on)
    if state.deemed:
        return _void(state, event)
    if state.accepted_on:
        raise ClockError("already_accepted", on=state.accepted_on)
    if event.days is not None and not 1 <= event.days <= LONGEST:
        raise ClockError("bad_days", days=event.days, most=LONGEST)
    return replace(
        state, notified_on=event.on, told_days=event.days, told_by=event.until, silence_from=None, silence_from_at=None
    )


def _supplement(state: ClockState, event: Event) -> ClockState:
    """Five new days begin (行政许可法, 2019-04-23, art 32(4)(5)); acceptance is an act of its own."""
    if any(act == "notify" for _, act in state.voided):
        # The applicant answers a notice that came too late: the case is accepted already.
        return _void(state, event)
    if not state.awaiting_supplement:
        raise ClockError("supplement_without_notify", on=event.on)
    return replace(state, supplemented_on=event.on, silence_from=event.on, silence_from_at=event.at)


def _lapse(state: ClockState, event: Event) -> ClockState:
    """The applicant did not supplement; time alone, after the day told, and never on a day still provisional."""
    if not state.awaiting_supplement:
        raise ClockError("lapse_without_notify", on=event.on)
    # A notice recorded without its date leaves the judgement to whoever records the lapse.
    if state.told_by and (event.on <= state.told_by or state.provisional):
        raise ClockError("lapse_too_early", on=event.on, until=state.told_by)
    return _closed(state, event)


def _accept(state: ClockState, event: Event) -> ClockState:
    if state.accepted_on and state.deemed and not state.confirmed:
        return replace(state, confirmed=True)
    if state.accepted_on:
        raise ClockError("already_accepted", on=state.accepted_on)
    state = replace(state, limits=event.limits or state.limits)
    return _started(state, event.on, event.at)


def _deem(state: ClockState, event: Event) -> ClockState:
    """The timer records what time has done already; `fold` computed it before this act."""
    if not state.deemed:
        raise ClockError("not_deemed", on=event.on)
    return state


def _decline(state: ClockState, event: Event) -> ClockState:
    if state.deemed and not state.confirmed:
        # An acceptance is never taken back by refusing to accept (行政许可法, 2019-04-23, arts 8, 32(4)).
        return _void(state, event)
    if state.accepted_on:
        raise ClockError("already_accepted", on=state.accepted_on)
    return _closed(state, event)


def _closed(state: ClockState, event: Event) -> ClockState:
    state = _with_suspension_ended(state, event)
    return replace(state, closed_on=event.on, closed_by=event.act, silence_from=None, silence_from_at=None)


def _suspend(state: ClockState, event: Event) -> ClockState:
    """The time of hearings, tests and the like is not counted (行政许可法, 2019-04-23, art 45)."""
    _needs_acceptance(state, event)
    if state.suspended:
        raise ClockError("suspend_twice", on=state.suspensions[-1].since)
    if not state.rules.allows_ground(event.ground):
        raise ClockError("bad_ground", ground=event.ground, grounds="、".join(sorted(state.rules.grounds)))
    span = Span(event.on, None, event.ground, event.at)
    return replace(state, suspensions=(*state.suspensions, span))


def _resume(state: ClockState, event: Event) -> ClockState:
    _needs_acceptance(state, event)
    if not state.suspended:
        raise ClockError("resume_without_suspend", on=event.on)
    return _with_suspension_ended(state, event)


def _with_suspension_ended(state: ClockState, event: Event) -> ClockState:
    if not state.suspended:
        return state
    ended = state.suspensions[-1]._replace(until=event.on, until_at=event.at)
    return replace(state, suspensions=(*state.suspensions[:-1], ended))


def _extend(state: ClockState, event: Event) -> ClockState:
    """Once, before expiry, within the law's maximum, the statutory date only (行政许可法, 2019-04-23, art 42)."""
    _needs_acceptance(state, event)
    if state.extended_days:
        raise ClockError("second_extend", days=state.extended_days)
    most = state.limits.most_extension
    if isinstance(event.days, bool) or not isinstance(event.days, int) or not 1 <= event.days <= most:
        raise ClockError("bad_days", days=event.days, most=most)
    if state.statutory_end and event.on > state.statutory_end:
        raise ClockError("extend_after_expiry", due=state.statutory_end)
    return replace(state, extended_days=event.days)


def _decide(state: ClockState, event: Event) -> ClockState:
    """Granted or refused: the main clock stops, ten working days to deliver begin (行政许可法, 2019-04-23, art 44)."""
    _needs_acceptance(state, event)
    return replace(_with_suspension_ended(state, event), decided_on=event.on)


def _deliver(state: ClockState, event: Event) -> ClockState:
    if state.decided_on is None:
        raise ClockError("deliver_before_decide", on=event.on)
    # Serving a second copy does not move the day on which the first one arrived.
    return replace(state, delivered_on=state.delivered_on or event.on)


def _reopen(state: ClockState, event: Event) -> ClockState:
    """复议, a court or a superior sends the case back: a new clock from the order; the journal keeps the old one."""
    if not state.stopped:
        raise ClockError("not_closed", on=event.on)
    fresh = ClockState(limits=event.limits or state.limits, rules=state.rules)
    fresh = replace(fresh, received_on=event.on, received_at=event.at)
    if event.stage == "accept":
        return _started(fresh, event.on, event.at)
    return replace(fresh, silence_from=event.on, silence_from_at=event.at)


def _recalculate(state: ClockState, event: Event) -> ClockState:
    """A new calendar was published: nothing happened, but `fold` computes every date anew."""
    return state


def _needs_acceptance(state: ClockState, event: Event) -> None:
    if state.accepted_on is None:
        raise ClockError("not_accepted", act=event.act)


_ACTS: dict[str, Callable[[ClockState, Event], ClockState]] = {
    "receive": _receive,
    "notify": _notify,
    "supplement": _supplement,
    "lapse": _lapse,
    "accept": _accept,
    "deem": _deem,
    "decline": _decline,
    "withdraw": _closed,
    "terminate": _closed,
    "suspend": _suspend,
    "resume": _resume,
    "extend": _extend,
    "decide": _decide,
    "deliver": _deliver,
    "reopen": _reopen,
    "recalculate": _recalculate,
}
