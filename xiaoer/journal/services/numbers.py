"""Numbers from registers and idempotency keys: a unique constraint decides, in one statement, without a lock."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, models
from uuid_utils.compat import uuid7

from ..models import Counter, Once

TAKE = """
INSERT INTO journal_counter (id, shard, register, value) VALUES (%s, %s, %s, %s)
ON CONFLICT (shard, register) DO UPDATE SET value = journal_counter.value + excluded.value
RETURNING value
"""
REMEMBER = """
INSERT INTO journal_once (id, shard, account, route, key, subject, at) VALUES (%s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (shard, account, route, key) DO NOTHING
"""


def take(*, shard: str, register: str, count: int = 1) -> int:
    """Take the next count numbers of a register and return the last of them. The first number is 1."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [_stored(Counter, "id", uuid7()), shard, register, count])
        return int(cursor.fetchone()[0])


def once(*, shard: str, account: UUID, route: str, key: str, subject: UUID, now: datetime) -> UUID | None:
    """Remember that this request makes subject. Return None the first time, else what the first request made."""
    said = {
        "id": uuid7(), "shard": shard, "account": account, "route": route, "key": key, "subject": subject, "at": now,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(REMEMBER, [_stored(Once, name, value) for name, value in said.items()])
        if cursor.rowcount == 1:
            return None
    return Once.objects.values_list("subject", flat=True).get(shard=shard, account=account, route=route, key=key)


def _stored(model: type[models.Model], name: str, value: Any) -> Any:
    """Return a value as this database keeps it (SQLite keeps a UUID as text)."""
    field: Any = model._meta.get_field(name)
    return field.get_db_prep_save(value, connection)
