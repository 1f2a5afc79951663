"""The statutory clock: events in, due dates and a day-by-day explanation out.

A clock is a fold over events under a calendar. `ClockState` is what has happened and what follows from it; `fold` adds
one event; `state_as_of` lets time pass without an event (silence becomes acceptance); `explain` lists the days.

    >>> state = ClockState(limits=Limits(statutory=Limit(20), promised=Limit(8)))
    >>> state = fold(state, Event(act="receive", on=date(2026, 2, 10)), calendar)
    >>> state_as_of(state, date(2026, 2, 25), calendar).statutory_due_on
    datetime.date(2026, 3, 16)

The rules of counting (行政许可法, 2019-04-23, arts 32, 42, 44, 45, 82; 民法典, 2021-01-01, arts 200-204):

- The day of an act is not counted. A working day counts when it is later than the start and no suspension (S, R]
  covers it: the day of suspension still counts, the day of resumption does not.
- Five working days after receipt, or after a supplement, without a notice, an acceptance or a refusal dated on or
  before the fifth: accepted on the day of receipt (of the supplement), whatever follows. It is a fact of law as soon as
  the fifth day has ended; a later acceptance only confirms it, a later notice or refusal is void.
- While a suspension is open there are no due dates. One extension, before expiry, moves the statutory date only.
- A date counted through a year without published holidays is provisional, and silence never becomes acceptance on one.

Other clocks (hotline, complaint, rating) are the same fold with another `ClockRules`.
"""

from xiaoer.kernel.clock.explain import Day, explain
from xiaoer.kernel.clock.fold import deemed_on, fold, fold_all, state_as_of
from xiaoer.kernel.clock.limits import Limit, Limits, Span, Unit
from xiaoer.kernel.clock.rules import LICENCE, ClockError, ClockRules
from xiaoer.kernel.clock.state import ClockState, Event, Status

__all__ = [
    "LICENCE",
    "ClockError",
    "ClockRules",
    "ClockState",
    "Day",
    "Event",
    "Limit",
    "Limits",
    "Span",
    "Status",
    "Unit",
    "deemed_on",
    "explain",
    "fold",
    "fold_all",
    "state_as_of",
]
