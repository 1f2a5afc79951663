"""What time alone makes happen to cases."""

from datetime import datetime
from uuid import UUID

from xiaoer.network import queries as network

from . import services
from .models import Case
from .queries.organs import organs_of


def deem(shard: str, subject: UUID, now: datetime) -> None:
    """Record that silence has accepted the case."""
    case = Case.objects.get(shard=shard, id=subject)
    services.deem(case, organs=organs_of(case), now=now, calendar=network.calendar_for(shard))


def lapse(shard: str, subject: UUID, now: datetime) -> None:
    """Close a case whose notice was not answered."""
    case = Case.objects.get(shard=shard, id=subject)
    services.lapse(case, now=now, calendar=network.calendar_for(shard))
