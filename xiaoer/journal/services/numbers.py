"""Numbers from registers and idempotency keys: a unique constraint decides, in one statement, without a lock."""

import os
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from uuid_utils.compat import uuid7

from ..models import Counter, Once

TAKE = """
INSERT INTO journal_counter (id, shard, register, value) VALUES (%s, %s, %s, %s)
ON CONFLICT (shard, register) DO UPDATE SET value = journal_counter.value + excluded.value
RETURNING value
"""
BUSY = timedelta(seconds=1)
"""A block that is used up faster than this was too small."""
LARGEST = 64
MOST_KEPT = 4096


def take(*, shard: str, register: str, count: int = 1) -> int:
    """Take the next count numbers of a register and return the last of them. The first number is 1."""
    identity = Counter._meta.pk.get_db_prep_value(uuid7(), connection)
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [identity, shard, register, count])
        return int(cursor.fetchone()[0])


def in_turn(*, shard: str, what: str) -> None:
    """Let acts that look before they write go one after another, to the end of the transaction.

    For rules over several rows that no constraint can hold (nobody holds one post twice): whoever comes second waits
    for the first one's commit, then looks. Its register is a lock that both databases know, a row that both write.
    """
    take(shard=shard, register=what)


@dataclass
class Taken:
    """Numbers of one register that this process alone may give out; size and time of the block that came last."""

    free: deque[int] = field(default_factory=deque)
    size: int = 1
    at: datetime | None = None


_TAKEN: dict[tuple[str, str, str], Taken] = {}
# What a process has taken, its children must not give out too.
os.register_at_fork(after_in_child=_TAKEN.clear)


def take_any(*, shard: str, register: str, now: datetime) -> int:
    """Take one number of a register where gaps are allowed and the order does not matter.

    ``take`` holds the register's row until its transaction is flushed, so that all who take from it wait for each
    other. A busy process therefore takes a block: once that transaction is committed, the rest is given out here
    without asking, and nobody else can have it. A quiet one takes a single number at a time and leaves no gaps.
    """
    if len(_TAKEN) > MOST_KEPT:
        _TAKEN.clear()
    place = (str(connection.settings_dict["NAME"]), shard, register)
    taken = _TAKEN.setdefault(place, Taken())
    try:
        return taken.free.popleft()
    except IndexError:
        size = min(taken.size * 2, LARGEST) if taken.at and now - taken.at < BUSY else 1
    last = take(shard=shard, register=register, count=size)

    def keep() -> None:
        taken.free.extend(range(last - size + 2, last + 1))
        taken.size, taken.at = size, now

    transaction.on_commit(keep)
    return last - size + 1


@dataclass(frozen=True)
class Key:
    """An idempotency key: one account on one route asks once. said: digest of what was asked with it.

    shard: where the account's keys lie, whatever is asked with them.
    """

    shard: str
    account: UUID
    route: str
    key: str
    said: str = ""


class Repeated(Exception):
    """An act came with a key that was used before; nothing was written."""


def first_with(key: Key) -> Once:
    """Return what the first request with a key made (subject), and what it said."""
    return Once.objects.get(shard=key.shard, account=key.account, route=key.route, key=key.key)
