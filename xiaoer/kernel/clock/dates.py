"""The dates that follow from the facts of a clock, computed anew after every event."""

from dataclasses import replace
from datetime import date, timedelta

from xiaoer.kernel.clock.limits import Due, Limit, due
from xiaoer.kernel.clock.state import ClockState
from xiaoer.kernel.workdays import Calendar


def with_dates(state: ClockState, calendar: Calendar) -> ClockState:
    """The same facts with every date and `provisional` under `calendar`."""
    silence, silence_provisional = _silence(state, calendar)
    statutory, promised = statutory_due(state, calendar), _promised_due(state, calendar)
    shown = not state.suspended
    dated = replace(
        state,
        calendar=calendar.version,
        deem_on=silence,
        told_by=_told_by(state, calendar),
        statutory_due_on=statutory.on if statutory and shown else None,
        statutory_due_at=statutory.at if statutory and shown else None,
        statutory_end=statutory.on if statutory else None,
        promised_due_on=promised.on if promised and shown else None,
        promised_due_at=promised.at if promised and shown else None,
        delivery_due_on=_delivery_due(state, calendar),
    )
    return replace(dated, provisional=silence_provisional or _provisional(dated, calendar))


def statutory_due(state: ClockState, calendar: Calendar) -> Due | None:
    """The statutory end with its extension; None before acceptance and while a suspension holds it off."""
    return _end(state, state.limits.statutory.plus(state.extended_days or 0), calendar=calendar)


def _promised_due(state: ClockState, calendar: Calendar) -> Due | None:
    """The promised end, never later than the law's own end before any extension, whatever the units."""
    if state.limits.promised is None:
        return None
    promised = _end(state, state.limits.promised, calendar=calendar)
    unextended = _end(state, state.limits.statutory, calendar=calendar)
    return min(promised, unextended, key=lambda end: end.on) if promised and unextended else promised


def _end(state: ClockState, limit: Limit, *, calendar: Calendar) -> Due | None:
    # Who withdrew waits for nothing; who has a decision may still ask whether it came in time.
    if state.accepted_on is None or state.closed_on:
        return None
    return due(
        limit,
        start=state.accepted_on,
        start_at=state.accepted_at,
        suspensions=state.suspensions,
        calendar=calendar,
    )


def _delivery_due(state: ClockState, calendar: Calendar) -> date | None:
    if state.decided_on is None or state.rules.delivery_days is None:
        return None
    return calendar.add_workdays(state.decided_on, state.rules.delivery_days)


def _silence(state: ClockState, calendar: Calendar) -> tuple[date | None, bool]:
    """The day after the last day of silence; none, and provisional, when it is counted through unpublished days."""
    if state.silence_from is None or state.rules.silence_days is None:
        return None, False
    last = calendar.add_workdays(state.silence_from, state.rules.silence_days)
    if calendar.provisional(last, start=state.silence_from):
        return None, True
    return last + timedelta(days=1), False


def _told_by(state: ClockState, calendar: Calendar) -> date | None:
    """The applicant's last day: it binds the applicant, so a new calendar may move it later and never earlier."""
    if state.notified_on is None or state.told_days is None:
        return state.told_by
    computed = calendar.add_workdays(state.notified_on, state.told_days)
    return max(computed, state.told_by) if state.told_by else computed


def _provisional(state: ClockState, calendar: Calendar) -> bool:
    counted = (
        (state.accepted_on, state.statutory_due_on),
        (state.accepted_on, state.promised_due_on),
        (state.decided_on, state.delivery_due_on),
        # A last day told as a date is certain; one told in working days has been counted.
        (state.notified_on, state.told_by if state.awaiting_supplement and state.told_days else None),
    )
    return any(end is not None and calendar.provisional(end, start=start) for start, end in counted)
