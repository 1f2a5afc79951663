"""Days of cases, and the timers that end a claim and count a county's open clocks anew."""

from xiaoer.people.rules import SHANGHAI, day_of

LAPSE_CLAIM = "cases.lapse_claim"
RECALCULATE = "cases.recalculate"

__all__ = ["LAPSE_CLAIM", "RECALCULATE", "SHANGHAI", "day_of"]
