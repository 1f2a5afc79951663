"""What time alone makes happen to invitations."""

from datetime import datetime
from uuid import UUID

from . import services


def expire(shard: str, subject: UUID, now: datetime) -> None:
    """The last day to rate has passed."""
    services.expire(shard=shard, identity=subject, now=now)
