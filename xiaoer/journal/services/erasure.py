"""Erase a subject's personal values (个人信息保护法 47): the log stays whole, the values and their salt are gone."""

from datetime import datetime
from typing import Any

from django.db import transaction

from .. import events, queries, rules
from ..models import Personal
from .act import Actor, Change, act


@transaction.atomic
def erase(row: Any, event: object, *, kind: str, by: Actor, now: datetime) -> Any:
    """Delete the personal values of a subject and write its row anew from the journal without them.

    event is the app's own registered event that says that and why the values were erased. Its name ends in .erased,
    else replay could not tell an erasure from a loss: ValueError.
    """
    if not events.erases(events.of(event).name):
        raise ValueError(f"{events.of(event).name} does not say that values were erased")
    row = act([Change(row, event)], by=by, now=now)[0]
    Personal.objects.filter(shard=row.shard, subject=row.id).delete()
    subject = rules.SUBJECTS[kind]
    state = queries.fold(kind, queries.history(queries.entries(shard=row.shard, subject=row.id)))
    columns = {name: getattr(state, name) for name in subject.columns}
    type(row)._default_manager.filter(shard=row.shard, id=row.id, version=row.version).update(**columns)
    for name, value in columns.items():
        setattr(row, name, value)
    return row
