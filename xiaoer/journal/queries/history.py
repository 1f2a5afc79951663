"""Entries as they are told: as events for folds, as sentences for people, in the order of the log."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, get_origin, get_type_hints
from uuid import UUID

from .. import events, rules
from ..models import Entry, Personal, Position


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


def feed(*, shard: str, after: int, limit: int) -> list[tuple[int, Entry]]:
    """Return (position, entry) of one shard's log after a position, in order. Personal values are commitments only."""
    places = list(Position.objects.filter(shard=shard, position__gt=after).order_by("position")[: min(limit, 500)])
    found = {entry.id: entry for entry in Entry.objects.filter(id__in=[place.entry for place in places])}
    return [(place.position, found[place.entry]) for place in places]


def entry(identity: UUID) -> Entry | None:
    """Return one entry of any shard, for a door that says who may have it."""
    return Entry.objects.filter(id=identity).first()


def actors_of(name: str, *, shard: str, subjects: Sequence[UUID]) -> frozenset[str]:
    """Return who ever did this to one of these subjects, by pseudonym."""
    found = Entry.objects.filter(shard=shard, subject__in=subjects, name=name)
    return frozenset(found.values_list("actor", flat=True))


def latest_at() -> datetime | None:
    """Return the time of the newest entry (its id was made by the newest clock); None while there is none."""
    return Entry.objects.order_by("-id").values_list("at", flat=True).first()


def any_personal() -> Personal | None:
    """Return one sealed value, opened. Raises InvalidTag or UnknownKey when the seal key is another one."""
    return Personal.objects.order_by("entry").first()


def total() -> int:
    """Return how many entries there are, by counting them: for a backup, which reads everything anyway."""
    return Entry.objects.count()


def position_of(entry: Entry) -> int | None:
    """Return the place of an entry in its shard's log; None until the sequencer has been there."""
    return Position.objects.filter(shard=entry.shard, entry=entry.id).values_list("position", flat=True).first()


def told(entry: Entry, *, language: str) -> str:
    """Return what happened as a sentence that holds no personal value."""
    kind = events.BY_NAME[entry.name]
    data = as_event(entry, None).data
    words = {name: "" if value is None else value for name, value in vars(data).items()}
    return (kind.en if language.startswith("en") else kind.zh).format(**words)


def entries_by_id(identities: Iterable[UUID]) -> dict[UUID, Entry]:
    """Return entries by id, in one query."""
    return {entry.id: entry for entry in Entry.objects.filter(id__in=list(identities))}
