"""Days of cases, and the timer that counts a county's open clocks anew."""

from xiaoer.people.rules import SHANGHAI, day_of

RECALCULATE = "cases.recalculate"

__all__ = ["RECALCULATE", "SHANGHAI", "day_of"]
