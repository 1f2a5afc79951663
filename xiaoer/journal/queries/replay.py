"""Replay: the differences between the journal and the tables, each named by row and column.

Nothing here trusts what it reads: a value that cannot be read, an entry that does not fold, are differences as well.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection
from django.db.models import (
    BooleanField,
    Count,
    DateField,
    Exists,
    F,
    Func,
    Max,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
)
from django.db.models.functions import Cast

from .. import events, rules
from ..models import Counter, Entry, Pending, Personal, Position, Unsequenced, commitment, digest
from .history import as_event, fold

BATCH = 500
ENTRY = "entry"
"""The kind of a difference in the log itself."""


@dataclass(frozen=True)
class Difference:
    """One row that is not what the journal says. column is empty when a whole row is missing or too much."""

    kind: str
    subject: UUID | str
    column: str
    journal: object
    table: object

    def masked(self) -> "Difference":
        """Return the same without values that are personal: enough to find the row, for terminals and logs."""
        if not any(self.column in event.personal for event in events.BY_NAME.values() if event.subject == self.kind):
            return self
        return replace(self, journal=_hidden(self.journal), table=_hidden(self.table))


HIDDEN = "a personal value"


def _hidden(value: object) -> object:
    return HIDDEN if value else value


@dataclass(frozen=True)
class Unreadable:
    """What stands where bytes are no value of their type, or entries no history."""

    fault: str


def differences(kind: str) -> Iterator[Difference]:
    """Compare every row of a kind with the fold of its entries; also rows without entries and entries without rows.

    A row that is being written meanwhile may look wrong for a moment: what looks wrong is read a second time.
    """
    subject = rules.SUBJECTS[kind]
    model = apps.get_model(subject.model)
    seen = 0
    for batch in _batches(kind):
        rows = _rows(model, list(batch))
        seen += len(rows)
        entries = _rows(Entry, [entry for group in batch.values() for entry in group])
        kept = _rows(Personal, list(entries))
        for identity, group in batch.items():
            found = [entries[entry] for entry in group]
            if any(_differences(subject, identity, found, rows.get(identity), kept)):
                yield from _again(subject, identity)
    if model._default_manager.count() != seen:
        yield from _strangers(kind, model)


def _batches(kind: str) -> Iterator[dict[UUID, list[UUID]]]:
    """Give subjects with the ids of their entries, in order, some hundred subjects at a time."""
    found = Entry.objects.filter(kind=kind).order_by("subject", "number", "id").values_list("subject", "id")
    batch: dict[UUID, list[UUID]] = {}
    for subject, group in groupby(found.iterator(chunk_size=BATCH), key=itemgetter(0)):
        batch[subject] = [entry for _, entry in group]
        if len(batch) == BATCH:
            yield batch
            batch = {}
    yield batch


def _rows(model: Any, identities: Collection[UUID]) -> dict[UUID, Any]:
    """Return rows by id. Where something cannot be read, each row alone, with Unreadable in place of such a value."""
    found = model._default_manager.filter(pk__in=identities)
    try:
        rows = {row.pk: row for row in found}
        for column, identity in _misread(found):
            setattr(rows[identity], column, Unreadable("no value of its type"))
        return rows
    except Exception:  # whatever a converter makes of bytes that it does not know
        alone = {identity: _row(model, found.filter(pk=identity)) for identity in identities}
        return {identity: row for identity, row in alone.items() if row}


def _misread(found: "QuerySet[Any]") -> Iterator[tuple[str, UUID]]:
    """Give (column, id) where SQLite keeps what is no date or truth value: Django reads such as None or False."""
    if connection.vendor != "sqlite":
        return
    for field in found.model._meta.concrete_fields:
        there = Q(**{f"{field.attname}__isnull": False})
        if isinstance(field, DateField):
            read = Func(F(field.attname), function="datetime", output_field=TextField())
            wrong = found.annotate(read=read).filter(there, read=None)
        elif isinstance(field, BooleanField):
            wrong = found.filter(there).exclude(**{f"{field.attname}__in": [True, False]})
        else:
            continue
        for identity in wrong.values_list("pk", flat=True):
            yield field.attname, identity


def _row(model: Any, found: "QuerySet[Any]") -> Any:
    """Return the only row that was found, read column by column; None where there is none."""
    if not found.exists():
        return None
    values = {}
    for field in model._meta.concrete_fields:
        try:
            values[field.attname] = found.values_list(field.attname, flat=True).get()
        except Exception as fault:
            values[field.attname] = _unreadable(fault)
    return model(**values)


def _again(subject: rules.Subject, identity: UUID) -> Iterator[Difference]:
    """Compare one subject as it stands now."""
    order = Entry.objects.filter(kind=subject.kind, subject=identity).order_by("number", "id")
    entries = _rows(Entry, list(order.values_list("id", flat=True)))
    row = _rows(apps.get_model(subject.model), [identity]).get(identity)
    group = sorted(entries.values(), key=lambda entry: (entry.number, entry.id))
    yield from _differences(subject, identity, group, row, _rows(Personal, list(entries)))


def _strangers(kind: str, model: type[Model]) -> Iterator[Difference]:
    """Find rows that no entry made. Their ids are read as text: they may be none."""
    entries = Entry.objects.filter(kind=kind, subject=OuterRef("pk"))
    found = model._default_manager.filter(~Exists(entries)).annotate(said=Cast("pk", TextField()))
    for said in found.values_list("said", flat=True):
        yield Difference(kind, _identity(said), "", None, "a row without an entry")


def _identity(said: str) -> UUID | str:
    try:
        return UUID(said)
    except ValueError:
        return said


def _differences(
    subject: rules.Subject, identity: UUID, group: list[Entry], row: Any, kept: dict[UUID, Personal]
) -> Iterator[Difference]:
    for place, entry in enumerate(group, start=1):
        for what, journal, table in _faults(subject.kind, group, place, kept.get(entry.id)):
            yield Difference(subject.kind, identity, f"entry {place}: {what}", journal, table)
    if row is None:
        yield Difference(subject.kind, identity, "", f"{len(group)} entries", None)
        return
    try:
        state = fold(subject.kind, [as_event(entry, kept.get(entry.id)) for entry in group])
        told = {"version": len(group), "shard": group[0].shard}
        told.update({name: getattr(state, name) for name in subject.columns})
    except Exception as fault:  # what rules refuse, what does not fit its event
        yield Difference(subject.kind, identity, "", _unreadable(fault), "a row")
        return
    for name, value in told.items():
        if not _same(value, getattr(row, name)):
            yield Difference(subject.kind, identity, name, value, getattr(row, name))


Fault = tuple[str, object, object]
"""(what is wrong, what the journal says, what was found)."""


def _faults(kind: str, group: list[Entry], place: int, personal: Personal | None) -> Iterator[Fault]:
    """Find what is wrong with one entry of a subject: its place, its name, its digest, its personal values."""
    entry = group[place - 1]
    if entry.number != place:
        yield "number", place, entry.number
    event = events.BY_NAME.get(entry.name)
    if event is None or event.subject != kind:
        yield "name", f"an event of {kind}", entry.name
        return
    try:
        if not 1 <= entry.schema <= event.schema:
            yield "schema", f"1 to {event.schema}", entry.schema
        if digest(entry) != entry.digest:
            yield "digest", entry.digest, digest(entry)
        committed = {name: entry.data[name] for name in event.personal if entry.data.get(name)}
    except Exception as fault:
        yield "value", entry.digest, _unreadable(fault)
        return
    erased = any(events.erases(later.name) for later in group[place:])
    yield from _personal_faults(entry, committed, personal, erased=erased)


def _personal_faults(
    entry: Entry, committed: dict[str, Any], personal: Personal | None, *, erased: bool
) -> Iterator[Fault]:
    """Find personal values that are not those the entry commits to, and such as are gone without an erasure."""
    if personal is None:
        if committed and not erased:
            yield "personal values", committed, None
        return
    if (personal.shard, personal.subject) != (entry.shard, entry.subject):
        yield "personal subject", entry.subject, personal.subject
    try:
        values = json.loads(personal.values)
        found = {name: commitment(bytes(personal.salt), value) for name, value in values.items()}
    except Exception as fault:
        yield "personal values", committed, _unreadable(fault)
        return
    if found != committed:
        yield "personal values", committed, found


def _unreadable(fault: Exception) -> Unreadable:
    return Unreadable(f"{type(fault).__name__}: {fault}")


def _same(journal: Any, table: Any) -> bool:
    """Whether two values are the same; unlike Python, true is not 1."""
    if isinstance(journal, dict) and isinstance(table, dict):
        return journal.keys() == table.keys() and all(_same(value, table[key]) for key, value in journal.items())
    if isinstance(journal, list) and isinstance(table, list):
        return len(journal) == len(table) and all(map(_same, journal, table))
    return bool(journal == table) and isinstance(journal, bool) == isinstance(table, bool)


def disorder() -> Iterator[Difference]:
    """Check the log itself: every entry of a known kind, in one place or waiting for one, places without gaps."""
    for entry, kind in Entry.objects.exclude(kind__in=list(rules.SUBJECTS)).values_list("id", "kind"):
        yield Difference(ENTRY, entry, "kind", "a registered kind", kind)
    placed = Exists(Position.objects.filter(entry=OuterRef("id"), shard=OuterRef("shard")))
    waits = Exists(Unsequenced.objects.filter(entry=OuterRef("id"), shard=OuterRef("shard")))
    for entry in Entry.objects.filter((~placed & ~waits) | (placed & waits)).values_list("id", flat=True):
        yield Difference(ENTRY, entry, "position", "one place, or waiting for one", "neither or both")
    for table in (Position, Pending, Unsequenced, Personal):
        lost = table._default_manager.filter(~Exists(Entry.objects.filter(id=OuterRef("entry"))))
        for entry in lost.values_list("entry", flat=True):
            yield Difference(ENTRY, entry, "", None, f"a row in {table._meta.db_table}")
    yield from _gaps()


def _gaps() -> Iterator[Difference]:
    """Find shards whose places do not run from 1 to the last that was taken."""
    taken = Counter.objects.filter(shard=OuterRef("shard"), register="position").values("value")
    places = Position.objects.values("shard").annotate(last=Max("position"), many=Count("entry"), taken=Subquery(taken))
    for found in places.filter(~Q(last=F("many")) | ~Q(last=F("taken")) | Q(taken=None)):
        says = f"1 to {found['taken']}"
        yield Difference(ENTRY, found["shard"], "position", says, f"{found['many']} places to {found['last']}")
