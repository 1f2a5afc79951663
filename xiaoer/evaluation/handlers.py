"""What rating does when a case is decided."""

from datetime import datetime

from django.conf import settings

from xiaoer.cases import queries as cases
from xiaoer.journal.services import Delivered
from xiaoer.network import queries as network

from . import queries, services


def invite(delivered: Delivered, now: datetime) -> None:
    """A case was granted or refused: ask for a rating, once for a case, however often it is decided."""
    if queries.invited(shard=delivered.shard, case=delivered.event.subject):
        return
    served = cases.served(shard=delivered.shard, identity=delivered.event.subject)
    services.invite(served, days=settings.RATING_DAYS, now=now, calendar=network.calendar_for(delivered.shard))
