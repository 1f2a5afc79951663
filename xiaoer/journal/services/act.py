"""The spine: one act, one transaction, one entry for each subject changed, and the row written from the fold."""

import json
import secrets
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from uuid_utils.compat import uuid7

from xiaoer.kernel.refusal import Refusal

from .. import events, queries, rules
from ..models import Entry, Once, Pending, Personal, Timer, Unsequenced, commitment, digest
from .numbers import Key, Repeated
from .rows import insert_all, row_of
from .timers import clear_timer, set_timer


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
    before: Any
    state: Any
    personal: dict[str, Any] | None


def act(
    changes: Sequence[Change | New], *, by: Actor, now: datetime, calendar: str = "", once: Key | None = None
) -> list[Any]:
    """Write one act: every change folded, its row, its entry and its timers. Return the rows in the order of changes.

    once: idempotency key of the request; the act makes the subject of the first change. The act is a transaction, or
    part of the one that is open already, which a refused write then undoes as a whole.

    Raises Refusal("stale") when somebody else changed one of the rows since it was read, the subject's refusal when
    somebody else wrote the same unique thing first, Refusal of the subject's rules when its fold does not allow the
    event, Repeated when the key was used before, LookupError for an unregistered event.
    """
    act_id = uuid7()
    steps = [_step(change, act_id, by, now, calendar) for change in changes]
    if len({step.entry.subject for step in steps}) != len(steps):
        raise ValueError("an act changes a subject once: put what happens to it into one event")
    keys = [_once(once, steps[0], now)] if once else []
    try:
        with _whole(steps):
            return _write(steps, keys)
    except IntegrityError as broken:
        raise _second(steps, broken) from broken


def _whole(steps: list[_Step]) -> AbstractContextManager[Any]:
    """Return what makes an act one transaction: nothing where it is one statement, as on PostgreSQL if all is new.

    BEGIN and COMMIT are two more ways to the server and back, as long as a question each.
    """
    one = connection.vendor == "postgresql" and all(isinstance(step.change, New) for step in steps)
    return nullcontext() if one and not connection.in_atomic_block else transaction.atomic(savepoint=False)


def _once(key: Key, first: _Step, now: datetime) -> dict[str, Any]:
    return {"id": uuid7(), "subject": first.entry.subject, "at": now, **vars(key)}


def _write(steps: list[_Step], keys: list[dict[str, Any]]) -> list[Any]:
    """Update rows in ascending order of id, so that two acts cannot deadlock, and insert all else in one statement."""
    for step in sorted(steps, key=lambda step: step.entry.subject.bytes):
        if isinstance(step.change, Change):
            _update(step, step.change.row)
    rows = [step.change.row if isinstance(step.change, Change) else _fresh_row(step) for step in steps]
    inserted: dict[type[models.Model], list[Any]] = {Once: keys}
    for step, row in zip(steps, rows, strict=True):
        if isinstance(step.change, New):
            inserted.setdefault(type(row), []).append(row)
    inserted[Entry] = [step.entry for step in steps]
    inserted[Personal] = [step.personal for step in steps if step.personal]
    inserted[Pending] = inserted[Unsequenced] = [{"entry": step.entry.id, "shard": step.entry.shard} for step in steps]
    inserted[Timer] = [timer for step in steps for timer in _timers(step)]
    insert_all(inserted)
    return rows


def _timers(step: _Step) -> Iterable[dict[str, Any]]:
    """Move and clear the timers of a row that existed; return those that are set for the first time."""
    if step.subject.alarms is None:
        return
    entry = step.entry
    before = step.subject.alarms(step.before) if step.before else {}
    needed = step.subject.alarms(step.state)
    for name in before.keys() - needed.keys():
        clear_timer(shard=entry.shard, subject=entry.subject, name=name)
    for name, due_at in needed.items():
        if step.before is None:
            yield {"id": uuid7(), "shard": entry.shard, "subject": entry.subject, "name": name, "due_at": due_at,
                   "attempts": 0, "error": ""}  # fmt: skip
        elif before.get(name) != due_at:
            set_timer(shard=entry.shard, subject=entry.subject, name=name, due_at=due_at)


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
    place = {"shard": shard, "subject": identity}
    entry_id = uuid7()
    stored, secret = _split(kind, kind.dump(change.data))
    entry = row_of(Entry, {
        **place, "id": entry_id, "kind": subject.kind, "number": number, "act": act_id, "name": kind.name,
        "schema": kind.schema, "at": now, "actor": by.id, "on_behalf_of": by.on_behalf_of, "calendar": calendar,
        "law": change.law or kind.law, "data": stored, "digest": "",
    })  # fmt: skip
    entry.digest = digest(entry)
    personal = {**place, **secret, "entry": entry_id} if secret else None
    return _Step(change, subject, entry, state, folded, personal)


def _split(kind: events.EventType, data: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Take the personal values out of the data, leaving commitments; return both, the values with their salt."""
    values = {name: data[name] for name in kind.personal if data[name]}
    if not values:
        return data, {}
    salt = secrets.token_bytes(32)
    stored = {**data, **{name: commitment(salt, value) for name, value in values.items()}}
    sealed = json.dumps(values, ensure_ascii=False, sort_keys=True)
    return stored, {"salt": salt, "values": sealed}


def _second(steps: list[_Step], broken: IntegrityError) -> Exception:
    """Return what to tell who comes second where a unique constraint decides; any other error as it is."""
    if _broken_of(Once, broken):
        return Repeated()
    if _broken_of(Entry, broken):  # one statement inserts row and entry in no order: either may notice first
        return Refusal("stale")
    for subject in {step.subject.kind: step.subject for step in steps}.values():
        if name := _broken_of(apps.get_model(subject.model), broken):
            return Refusal(subject.taken.get(name, "stale"))
    return broken


def _broken_of(model: type[models.Model], broken: IntegrityError) -> str:
    """Return the name of the model's unique constraint that was broken, "" when it was none of them."""
    diagnosis = getattr(broken.__cause__, "diag", None)
    for name, fields in _single(model).items():
        named: list[Any] = [model._meta.get_field(field) for field in fields]
        columns = ", ".join(f"{model._meta.db_table}.{field.column}" for field in named)
        # PostgreSQL names the constraint, SQLite the columns.
        if diagnosis.constraint_name == name if diagnosis else str(broken).endswith(f": {columns}"):
            return name
    return ""


def _single(model: Any) -> dict[str, tuple[str, ...]]:
    """Return what must be single in a table, name of the constraint -> fields, its id among them (a known row's)."""
    single = [one for one in model._meta.constraints if isinstance(one, models.UniqueConstraint)]
    known_id = {f"{model._meta.db_table}_pkey": (model._meta.pk.name,)}
    return known_id | {one.name: tuple(one.fields) for one in single}


def _fresh_row(step: _Step) -> Any:
    entry = step.entry
    values = {"id": entry.subject, "shard": entry.shard, "version": entry.number, **vars(step.state)}
    return row_of(apps.get_model(step.subject.model), values)


def _update(step: _Step, row: Any) -> None:
    changed = {name: value for name, value in vars(step.state).items() if value != getattr(row, name)}
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
