"""Hand entries to handlers: dispatched after commit, claimed with a lease, in order, retried, parked.

A handler is a function ``(delivered, now)`` that runs in one transaction with the mark that it is done: exactly once in
the database. What takes long (PDF, signature, mail) is a ``Prepared``: ``prepare(delivered)`` outside, then
``apply(delivered, made, now)`` inside.
"""

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from .. import queries, rules
from ..models import Delivery, Entry, Lease, Pending, Personal
from . import faults
from .rows import insert

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Delivered:
    """What a handler is given: the entry's place and its event."""

    id: UUID
    shard: str
    event: rules.Event


@dataclass(frozen=True)
class Prepared:
    """A handler in two parts: prepare runs without a transaction, apply in a short one."""

    prepare: Callable[[Delivered], Any]
    apply: Callable[[Delivered, Any, datetime], None]


Handler = Callable[[Delivered, datetime], None] | Prepared
Flow = Mapping[str, Sequence[tuple[str, Handler]]]
"""Event name -> (handler's name, handler) in any order; the name is kept with the delivery."""


class LostLease(Exception):
    """Another worker took the job over; whatever was done here is rolled back."""


@transaction.atomic
def take_lease(name: str, *, now: datetime) -> bool:
    """Become the only worker that runs the job called name until this transaction ends. False: somebody else is."""
    Lease.objects.get_or_create(name=name)
    return Lease.objects.filter(name=name).update(holder=uuid4(), until=now) == 1


@transaction.atomic
def dispatch(*, flow: Flow, now: datetime, limit: int = rules.CLAIM_BATCH) -> int:
    """Turn pending entries into deliveries; return how many entries were taken.

    One dispatcher at a time: its row is updated first, so a second one waits for the commit. Otherwise entry 2 of a
    subject could be delivered before entry 1 has a delivery to wait for.
    """
    take_lease("dispatch", now=now)
    waiting = list(Pending.objects.order_by("entry").values_list("entry", flat=True)[:limit])
    made = []
    for entry in Entry.objects.filter(id__in=waiting).order_by("subject", "number"):
        for name, _ in flow.get(entry.name, ()):
            made.append(
                Delivery(
                    shard=entry.shard, entry=entry.id, subject=entry.subject, number=entry.number, handler=name,
                    due_at=now,
                )
            )  # fmt: skip
    insert(Delivery, made)
    Pending.objects.filter(entry__in=waiting).delete()
    return len(waiting)


def deliver(*, flow: Flow, now: datetime, limit: int = rules.CLAIM_BATCH, without: Collection[str] = ()) -> int:
    """Run deliveries that are due, until none is left or limit are done; return how many were tried.

    without: handlers that are left to another worker (setting paper takes memory that not every worker needs).
    """
    handlers = {name: handler for pairs in flow.values() for name, handler in pairs}
    for tried in range(limit):
        claimed = _claim(now, without)
        if claimed is None:
            return tried
        _run(claimed, handlers, now)
    return limit


def _claim(now: datetime, without: Collection[str]) -> Delivery | None:
    """Take one due delivery whose earlier ones of the same subject and handler are done."""
    earlier = Delivery.objects.filter(
        shard=OuterRef("shard"), subject=OuterRef("subject"), handler=OuterRef("handler"), number__lt=OuterRef("number")
    ).exclude(state=Delivery.State.DONE)
    free = Q(lease=None) | Q(lease_until__lte=now)
    due = Delivery.objects.filter(free, ~Exists(earlier), state=Delivery.State.WAITING, due_at__lte=now)
    if without:
        due = due.exclude(handler__in=list(without))
    for candidate in due.order_by("due_at", "id")[:8]:
        token = uuid4()
        won = Delivery.objects.filter(
            free, shard=candidate.shard, id=candidate.id, state=Delivery.State.WAITING, due_at__lte=now
        ).update(lease=token, lease_until=now + rules.LEASE, attempts=F("attempts") + 1)
        if won:
            candidate.lease, candidate.attempts = token, candidate.attempts + 1
            return candidate
    return None


def _run(claimed: Delivery, handlers: Mapping[str, Handler], now: datetime) -> None:
    """Run one claimed delivery; a failure is recorded and retried later, it never stops the worker."""
    try:
        handler = handlers[claimed.handler]
        entry = Entry.objects.get(shard=claimed.shard, id=claimed.entry)
        event = queries.as_event(entry, Personal.objects.filter(entry=entry.id).first())
        delivered = Delivered(entry.id, entry.shard, event)
        made = handler.prepare(delivered) if isinstance(handler, Prepared) else None
        with transaction.atomic():
            _finish(claimed)
            if isinstance(handler, Prepared):
                handler.apply(delivered, made, now)
            else:
                handler(delivered, now)
    except LostLease:
        log.warning("delivery %s was taken over by another worker", claimed.id)
    except Exception as fault:
        log.exception("delivery %s to %s failed", claimed.id, claimed.handler)
        _put_back(claimed, faults.told(fault), now)


def _mine(claimed: Delivery) -> Any:
    return Delivery.objects.filter(shard=claimed.shard, id=claimed.id, lease=claimed.lease)


def _finish(claimed: Delivery) -> None:
    if _mine(claimed).update(state=Delivery.State.DONE, lease=None, lease_until=None, error="") != 1:
        raise LostLease


def _put_back(claimed: Delivery, error: str, now: datetime) -> None:
    state = Delivery.State.PARKED if claimed.attempts >= rules.PARK_AFTER else Delivery.State.WAITING
    _mine(claimed).update(
        state=state, lease=None, lease_until=None, error=error[:2000], due_at=now + rules.back_off(claimed.attempts)
    )


def replay_parked(*, shard: str, delivery: UUID, now: datetime) -> bool:
    """Let a parked delivery try again from the beginning. False when it was not parked (any more)."""
    found = Delivery.objects.filter(shard=shard, id=delivery, state=Delivery.State.PARKED)
    return found.update(state=Delivery.State.WAITING, attempts=0, due_at=now) == 1


def prune(*, before: datetime, keep: timedelta = timedelta(days=30)) -> int:
    """Delete deliveries done long ago; the entries stay."""
    return Delivery.objects.filter(state=Delivery.State.DONE, due_at__lt=before - keep).delete()[0]
