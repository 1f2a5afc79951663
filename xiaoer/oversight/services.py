"""Acts of operators on the queues."""

import logging
from datetime import datetime
from uuid import UUID

from xiaoer.journal import services as journal
from xiaoer.journal.services import Actor

log = logging.getLogger(__name__)


def retry(*, shard: str, delivery: UUID, by: Actor, now: datetime) -> bool:
    """Let a parked delivery try again from the beginning. False: it was not parked any more."""
    done = journal.replay_parked(shard=shard, delivery=delivery, now=now)
    log.info("delivery %s is tried again by %s: %s", delivery, by.id, done)
    return done
