"""What waits for a worker or for an operator."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from .. import rules
from ..models import Delivery, Entry, Lease, Pending, Timer, Unsequenced

GRACE = timedelta(minutes=1)
"""A timer that is later than this waits for a worker that does not come."""
COUNTED = 1000
"""Queues are counted up to here: a longer one is long enough to say so."""
Place = tuple[datetime, UUID]


def in_places(prefixes: Iterable[str]) -> Q:
    """Return the condition that a shard begins with one of these digits."""
    found = Q(pk__in=[])
    for digits in prefixes:
        found |= Q(shard__startswith=digits)
    return found


def troubled(*, prefixes: Iterable[str], state: str, now: datetime, after: Place | None, limit: int) -> list[Delivery]:
    """Return deliveries of these places in trouble, longest due first. state: parked, or failing (will be tried again).

    A failing one is due within the longest back-off, so the index on what is due bounds the search.
    """
    if state == "parked":
        found = Delivery.objects.filter(in_places(prefixes), state=Delivery.State.PARKED)
    else:
        soon = now + rules.back_off(rules.PARK_AFTER * 2)
        found = Delivery.objects.filter(in_places(prefixes), state=Delivery.State.WAITING, due_at__lte=soon)
        found = found.exclude(error="")
    return list(_after(found, after)[:limit])


def late_timers(*, prefixes: Iterable[str], now: datetime, after: Place | None, limit: int) -> list[Timer]:
    """Return timers of these places that should have rung, or that failed and are put off."""
    soon = now + rules.back_off(rules.PARK_AFTER * 2)
    late = Q(due_at__lte=now - GRACE) | Q(due_at__lte=soon, attempts__gt=0)
    return list(_after(Timer.objects.filter(in_places(prefixes), late), after)[:limit])


def _after(found: QuerySet[Any], place: Place | None) -> QuerySet[Any]:
    if place:
        found = found.filter(Q(due_at__gt=place[0]) | Q(due_at=place[0], id__gt=place[1]))
    return found.order_by("due_at", "id")


def parked() -> QuerySet[Delivery]:
    """Return the deliveries that wait for an operator."""
    return Delivery.objects.filter(state=Delivery.State.PARKED).order_by("due_at")


@dataclass(frozen=True)
class Backlog:
    """What waits for a worker, counted up to COUNTED. oldest_at: the time of the oldest thing that waits."""

    pending: int
    unsequenced: int
    due: int
    parked: int
    timers: int
    oldest_at: datetime | None


def backlog(now: datetime) -> Backlog:
    """Return how much waits for a worker on the whole platform: figures alone, for everybody."""
    due = Delivery.objects.filter(state=Delivery.State.WAITING, due_at__lte=now)
    timers = Timer.objects.filter(due_at__lte=now - GRACE)
    first = [_first_of(Pending), _first_of(Unsequenced)]
    first += [found.order_by("due_at").values_list("due_at", flat=True).first() for found in (due, timers)]
    return Backlog(
        pending=_counted(Pending.objects.all()), unsequenced=_counted(Unsequenced.objects.all()), due=_counted(due),
        parked=_counted(parked()), timers=_counted(timers), oldest_at=min(filter(None, first), default=None),
    )  # fmt: skip


def _counted(found: QuerySet[Any]) -> int:
    return found[:COUNTED].count()


def _first_of(queue: type[Model]) -> datetime | None:
    """Return the time of the first entry in a queue; its ids are in the order of time."""
    first = queue._default_manager.order_by("entry").values("entry")[:1]
    return Entry.objects.filter(id__in=first).values_list("at", flat=True).first()


def leases() -> list[Lease]:
    """Return the jobs that one worker at a time runs, and when each ran last."""
    return list(Lease.objects.order_by("name"))
