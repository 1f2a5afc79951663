"""Days and timers of cases: silence becomes acceptance, an unanswered notice lapses."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from xiaoer.journal import services as journal
from xiaoer.journal.services import Alarmed

from ..models import Case

SHANGHAI = ZoneInfo("Asia/Shanghai")
DEEM = "cases.deem"
LAPSE = "cases.lapse"
RECALCULATE = "cases.recalculate"


def day_of(now: datetime) -> date:
    """Return the day of an instant. "Day" is Asia/Shanghai."""
    return now.astimezone(SHANGHAI).date()


def start_of(on: date) -> datetime:
    """Return the first instant of a day."""
    return datetime.combine(on, time(), SHANGHAI)


def timers_of(case: Case) -> list[Alarmed]:
    """Return the timers that a case needs as it stands."""
    timers = []
    deem_on = case.clock.get("deem_on")
    if case.state == "received" and deem_on:
        timers.append(Alarmed(case.shard, case.id, DEEM, start_of(date.fromisoformat(deem_on))))
    if case.state == "supplementing" and case.supplement_until:
        timers.append(Alarmed(case.shard, case.id, LAPSE, start_of(case.supplement_until + timedelta(days=1))))
    return timers


def reset_timers(case: Case) -> None:
    """Set the timers that the case needs now and take the others away."""
    needed = timers_of(case)
    for name in {DEEM, LAPSE} - {timer.name for timer in needed}:
        journal.clear_timer(shard=case.shard, subject=case.id, name=name)
    for timer in needed:
        journal.set_timer(shard=timer.shard, subject=timer.subject, name=timer.name, due_at=timer.due_at)
