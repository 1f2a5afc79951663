"""What time alone does to a case: silence becomes acceptance (行政许可法 32(4)), an unanswered notice lapses."""

from datetime import date, datetime, time, timedelta

from xiaoer.people.rules import SHANGHAI

from .state import CaseState

DEEM = "cases.deem"
LAPSE = "cases.lapse"


def alarms_of(state: CaseState) -> dict[str, datetime]:
    """Return the timers that a case needs as it stands: name -> when it is due, the first instant of a day."""
    deem_on = state.clock.get("deem_on")
    if state.state == "received" and deem_on:
        return {DEEM: start_of(date.fromisoformat(deem_on))}
    if state.state == "supplementing" and state.supplement_until:
        return {LAPSE: start_of(state.supplement_until + timedelta(days=1))}
    return {}


def start_of(on: date) -> datetime:
    """Return the first instant of a day. "Day" is Asia/Shanghai."""
    return datetime.combine(on, time(), SHANGHAI)
