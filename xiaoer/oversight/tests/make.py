"""Queues in trouble for tests, made by acts: a printer that burns until it is mended."""

from datetime import datetime, timedelta

from tests.ledger.events import Opened
from tests.make import NOW
from xiaoer.journal import services
from xiaoer.journal.models import Delivery, Entry
from xiaoer.journal.services import SYSTEM, Actor, New

SHARD, OTHER = "360481000000", "360482000000"


def burn(delivered, now):
    raise RuntimeError("the printer is on fire")


BURNING = {"sheet.opened": [("ledger.print", burn)]}


def opened(*, shard: str = SHARD, title: str = "三月", by: Actor = SYSTEM, now: datetime = NOW) -> Entry:
    """Something that happened in a shard."""
    sheet = services.act([New(shard, Opened(title=title))], by=by, now=now)[0]
    return Entry.objects.get(subject=sheet.id)


def failing(*, shard: str = SHARD, tries: int = 1, now: datetime = NOW) -> Delivery:
    """A delivery that failed so often; twelve times parks it."""
    entry = opened(shard=shard, now=now)
    services.dispatch(flow=BURNING, now=now)
    for place in range(tries):
        services.deliver(flow=BURNING, now=now + timedelta(hours=place))
    return Delivery.objects.get(entry=entry.id)


def parked(*, shard: str = SHARD) -> Delivery:
    return failing(shard=shard, tries=12)
