"""Reading the journal: entries as events, folds, differences between the journal and the tables, the feed."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, get_origin, get_type_hints
from uuid import UUID

from django.apps import apps
from django.db.models import Model, Q, QuerySet

from . import events, rules
from .models import Delivery, Entry, Lease, Pending, Personal, Position, Timer, Unsequenced, digest

BATCH = 500


@dataclass(frozen=True)
class Difference:
    """One row that is not what the journal says. column is empty when a whole row or entry is wrong."""

    kind: str
    subject: UUID
    column: str
    journal: object
    table: object


def entries(*, shard: str, subject: UUID) -> list[Entry]:
    """Return the entries of one subject, oldest first."""
    return list(Entry.objects.filter(shard=shard, subject=subject).order_by("number"))


def entries_of(*, shard: str, subjects: Iterable[UUID]) -> list[Entry]:
    """Return the entries of several subjects of one shard together, in the order of time."""
    return list(Entry.objects.filter(shard=shard, subject__in=list(subjects)).order_by("at", "id"))


def history(found: Sequence[Entry]) -> list[rules.Event]:
    """Return entries as events, their personal values put back where they have not been erased."""
    kept = {row.entry: row for row in Personal.objects.filter(entry__in=[entry.id for entry in found])}
    return [as_event(entry, kept.get(entry.id)) for entry in found]


def as_event(entry: Entry, personal: Personal | None) -> rules.Event:
    """Return one entry as a fold sees it; erased values are empty values of their type."""
    kind = events.BY_NAME[entry.name]
    values = json.loads(personal.values) if personal else {}
    blank = {name: _blank(kind.data, name) for name in kind.personal if entry.data.get(name)}
    data = kind.load({**entry.data, **blank, **values}, entry.schema)
    return rules.Event(
        entry.name, data, entry.at, entry.number, entry.actor, entry.on_behalf_of, entry.calendar, entry.subject
    )


def _blank(data: type, name: str) -> Any:
    declared = get_type_hints(data)[name]
    made = get_origin(declared) or declared
    return made() if made in {str, dict, list, tuple} else None


def fold(kind: str, happened: Iterable[rules.Event]) -> Any:
    """Return the state that these events lead to."""
    state = None
    for event in happened:
        state = rules.SUBJECTS[kind].fold(state, event)
    return state


def state_of(subject: rules.Subject, row: Any) -> Any:
    """Return the state that the row holds."""
    return subject.state(**{name: getattr(row, name) for name in subject.columns})


def differences(kind: str) -> Iterator[Difference]:
    """Compare every row of a kind with the fold of its entries; also rows without entries and entries without rows."""
    subject = rules.SUBJECTS[kind]
    model = apps.get_model(subject.model)
    seen = 0
    found = Entry.objects.filter(kind=kind).order_by("subject", "number").iterator(chunk_size=BATCH)
    for batch in _batches(groupby(found, key=lambda entry: entry.subject)):
        rows = {row.id: row for row in model._default_manager.filter(id__in=[identity for identity, _ in batch])}
        seen += len(rows)
        kept = {
            row.entry: row
            for row in Personal.objects.filter(entry__in=[entry.id for _, group in batch for entry in group])
        }
        for identity, group in batch:
            yield from _differences(subject, identity, group, rows.get(identity), kept)
    if model._default_manager.count() != seen:
        journalled = Entry.objects.filter(kind=kind).values("subject")
        for row in model._default_manager.exclude(id__in=journalled):
            yield Difference(kind, row.pk, "", None, "a row without an entry")


def _batches(groups: Iterable[tuple[UUID, Iterable[Entry]]]) -> Iterator[list[tuple[UUID, list[Entry]]]]:
    batch: list[tuple[UUID, list[Entry]]] = []
    for identity, group in groups:
        batch.append((identity, list(group)))
        if len(batch) == BATCH:
            yield batch
            batch = []
    yield batch


def _differences(
    subject: rules.Subject, identity: UUID, group: list[Entry], row: Any, kept: dict[UUID, Personal]
) -> Iterator[Difference]:
    for place, entry in enumerate(group, start=1):
        if entry.number != place:
            yield Difference(subject.kind, identity, "number", place, entry.number)
        if digest(entry) != entry.digest:
            yield Difference(subject.kind, identity, "digest", entry.digest, digest(entry))
    if row is None:
        yield Difference(subject.kind, identity, "", "entries", None)
        return
    state = fold(subject.kind, [as_event(entry, kept.get(entry.id)) for entry in group])
    told = {"version": len(group), "shard": group[0].shard}
    told.update({name: getattr(state, name) for name in subject.columns})
    for name, value in told.items():
        if getattr(row, name) != value:
            yield Difference(subject.kind, identity, name, value, getattr(row, name))


def feed(*, shard: str, after: int, limit: int) -> list[tuple[int, Entry]]:
    """Return (position, entry) of one shard's log after a position, in order. Personal values are commitments only."""
    places = list(Position.objects.filter(shard=shard, position__gt=after).order_by("position")[: min(limit, 500)])
    found = {entry.id: entry for entry in Entry.objects.filter(id__in=[place.entry for place in places])}
    return [(place.position, found[place.entry]) for place in places]


def parked() -> QuerySet[Delivery]:
    """Return the deliveries that wait for an operator."""
    return Delivery.objects.filter(state=Delivery.State.PARKED).order_by("due_at")


def entry(identity: UUID) -> Entry | None:
    """Return one entry of any shard, for a door that says who may have it."""
    return Entry.objects.filter(id=identity).first()


def position_of(entry: Entry) -> int | None:
    """Return the place of an entry in its shard's log; None until the sequencer has been there."""
    return Position.objects.filter(shard=entry.shard, entry=entry.id).values_list("position", flat=True).first()


def told(entry: Entry, *, language: str) -> str:
    """Return what happened as a sentence that holds no personal value."""
    kind = events.BY_NAME[entry.name]
    data = as_event(entry, None).data
    words = {name: "" if value is None else value for name, value in vars(data).items()}
    return (kind.en if language.startswith("en") else kind.zh).format(**words)


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


def entries_by_id(identities: Iterable[UUID]) -> dict[UUID, Entry]:
    """Return entries by id, in one query."""
    return {entry.id: entry for entry in Entry.objects.filter(id__in=list(identities))}


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
