"""A calendar was published: the clocks that it touches are counted anew, in batches, county by county."""

from datetime import date, datetime

from django.db.models import Q

from xiaoer.journal import services as journal
from xiaoer.journal.services import Delivered
from xiaoer.network import rules as network_rules

from .. import rules, services
from ..models import Case


def begin_recalculation(delivered: Delivered, now: datetime) -> None:
    """Set a timer for each county with open cases in the calendar's region; the timers do the work (timers.py)."""
    published = delivered.event.data
    first = min(date.fromisoformat(day) for day, *_ in published.days)
    counties = Case.objects.filter(touched_by(first)).order_by().values_list("shard", flat=True).distinct()
    for county in counties:
        if not published.region_code or network_rules.within(county, published.region_code):
            journal.set_timer(shard=county, subject=delivered.event.subject, name=services.RECALCULATE, due_at=now)


def touched_by(first: date) -> Q:
    """Return which cases a calendar can move: open ones, or undelivered, whose dates reach its first day."""
    reaches = (
        Q(provisional=True) | Q(statutory_due_on__gte=first) | Q(promised_due_on__gte=first)
        | Q(delivery_due_on__gte=first) | Q(state__in=["received", "supplementing", "special"])
    )  # fmt: skip
    return Q(state__in=rules.OPEN) & reaches
