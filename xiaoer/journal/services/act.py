"""The spine: one act, one transaction, one entry for each subject changed, and the row written from the fold."""

import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, models, transaction
from uuid_utils.compat import uuid7

from xiaoer.kernel.refusal import Refusal

from .. import events, queries, rules
from ..models import Entry, Pending, Personal, Unsequenced, commitment, digest
from .rows import insert


@dataclass(frozen=True)
class Actor:
    """Who acts, by pseudonym (an account's or person's id, or the name of a part of the platform), and for whom."""

    id: str
    on_behalf_of: str = ""


SYSTEM = Actor("system")


@dataclass(frozen=True)
class Change:
    """What happens to a row that exists. seen: the version the actor saw, when it comes from a form or If-Match."""

    row: models.Model
    data: object
    seen: int | None = None
    law: str = ""


@dataclass(frozen=True)
class New:
    """What brings a row into being."""

    shard: str
    data: object
    id: UUID | None = None
    law: str = ""


@dataclass(frozen=True)
class _Step:
    """One subject's part of an act, folded and ready to write."""

    change: Change | New
    subject: rules.Subject
    entry: Entry
    state: Any
    personal: Personal | None


@transaction.atomic
def act(changes: Sequence[Change | New], *, by: Actor, now: datetime, calendar: str = "") -> list[Any]:
    """Write one act: every change folded, its row and its entry. Return the rows in the order of the changes.

    Raises Refusal("stale") when somebody else changed one of the rows since it was read, the subject's refusal when
    somebody else wrote the same unique thing first, Refusal of the subject's rules when its fold does not allow the
    event, LookupError for an unregistered event.
    """
    act_id = uuid7()
    steps = [_step(change, act_id, by, now, calendar) for change in changes]
    if len({step.entry.subject for step in steps}) != len(steps):
        raise ValueError("an act changes a subject once: put what happens to it into one event")
    try:
        rows = {step.entry.subject: row for step, row in _write_rows(steps)}
    except IntegrityError as broken:
        raise _second(steps, broken) from broken
    insert(Entry, [step.entry for step in steps])
    insert(Personal, [step.personal for step in steps if step.personal])
    for queue in (Pending, Unsequenced):
        insert(queue, [queue(entry=step.entry.id, shard=step.entry.shard) for step in steps])
    return [rows[step.entry.subject] for step in steps]


def _step(change: Change | New, act_id: UUID, by: Actor, now: datetime, calendar: str) -> _Step:
    kind = events.of(change.data)
    subject = rules.SUBJECTS[kind.subject]
    if isinstance(change, New):
        identity, shard, number, state = change.id or uuid7(), change.shard, 1, None
    else:
        row: Any = change.row
        if change.seen is not None and change.seen != row.version:
            raise Refusal("stale")
        identity, shard, number, state = row.id, row.shard, row.version + 1, queries.state_of(subject, row)
    folded = subject.fold(
        state, rules.Event(kind.name, change.data, now, number, by.id, by.on_behalf_of, calendar, identity)
    )
    stored, personal = _split(kind, kind.dump(change.data), shard=shard, subject=identity)
    entry = Entry(
        id=uuid7(), shard=shard, kind=subject.kind, subject=identity, number=number, act=act_id, name=kind.name,
        schema=kind.schema, at=now, actor=by.id, on_behalf_of=by.on_behalf_of, calendar=calendar,
        law=change.law or kind.law, data=stored,
    )  # fmt: skip
    entry.digest = digest(entry)
    if personal:
        personal.entry = entry.id
    return _Step(change, subject, entry, folded, personal)


def _split(
    kind: events.EventType, data: dict[str, Any], *, shard: str, subject: UUID
) -> tuple[dict[str, Any], Personal | None]:
    """Take the personal values out of the data, leaving commitments."""
    values = {name: data[name] for name in kind.personal if data[name]}
    if not values:
        return data, None
    salt = secrets.token_bytes(32)
    stored = {**data, **{name: commitment(salt, value) for name, value in values.items()}}
    sealed = json.dumps(values, ensure_ascii=False, sort_keys=True)
    return stored, Personal(shard=shard, subject=subject, salt=salt, values=sealed)


def _write_rows(steps: list[_Step]) -> Iterable[tuple[_Step, Any]]:
    """Insert new rows in bulk and update the others in ascending order of id, so that two acts cannot deadlock."""
    fresh: dict[str, list[tuple[_Step, Any]]] = {}
    for step in sorted(steps, key=lambda step: step.entry.subject.bytes):
        if isinstance(step.change, New):
            row = _fresh_row(step)
            fresh.setdefault(step.subject.model, []).append((step, row))
        else:
            yield step, _update(step, step.change.row)
    for model, pairs in fresh.items():
        insert(apps.get_model(model), [row for _, row in pairs])
        yield from pairs


def _second(steps: list[_Step], broken: IntegrityError) -> Exception:
    """Return the refusal for who comes second where a unique constraint decides; any other error as it is."""
    diagnosis = getattr(broken.__cause__, "diag", None)
    for subject in {step.subject.kind: step.subject for step in steps}.values():
        model = apps.get_model(subject.model)
        for constraint in model._meta.constraints:
            if not isinstance(constraint, models.UniqueConstraint):
                continue
            columns = ", ".join(
                f"{model._meta.db_table}.{model._meta.get_field(name).column}" for name in constraint.fields
            )
            # PostgreSQL names the constraint, SQLite the columns.
            hit = diagnosis.constraint_name == constraint.name if diagnosis else str(broken).endswith(f": {columns}")
            if hit:
                return Refusal(subject.taken.get(constraint.name, "stale"))
    return broken


def _fresh_row(step: _Step) -> models.Model:
    model = apps.get_model(step.subject.model)
    values = {name: getattr(step.state, name) for name in step.subject.columns}
    return model(id=step.entry.subject, shard=step.entry.shard, version=1, **values)


def _update(step: _Step, row: Any) -> Any:
    changed = {
        name: getattr(step.state, name)
        for name in step.subject.columns
        if getattr(step.state, name) != getattr(row, name)
    }
    found = (
        type(row)
        ._default_manager.filter(shard=row.shard, id=row.id, version=row.version)
        .update(version=step.entry.number, **changed)
    )
    if found != 1:
        raise Refusal("stale")
    for name, value in changed.items():
        setattr(row, name, value)
    row.version = step.entry.number
    return row
