"""Give every entry its gap-free position in its shard's log, after commit: the order of ids is not that of commits."""

from datetime import datetime

from django.db import transaction

from .. import rules
from ..models import Entry, Position, Unsequenced
from .delivery import take_lease
from .numbers import take
from .rows import insert


@transaction.atomic
def sequence(*, now: datetime, limit: int = rules.CLAIM_BATCH) -> int:
    """Place unsequenced entries; return how many. Entries of one subject keep their order."""
    take_lease("sequence", now=now)
    waiting = list(Unsequenced.objects.order_by("entry").values_list("entry", flat=True)[:limit])
    by_shard: dict[str, list[Entry]] = {}
    for entry in Entry.objects.filter(id__in=waiting).order_by("subject", "number"):
        by_shard.setdefault(entry.shard, []).append(entry)
    for shard, found in sorted(by_shard.items()):
        last = take(shard=shard, register="position", count=len(found))
        first = last - len(found) + 1
        insert(Position, [Position(entry=e.id, shard=shard, position=first + n) for n, e in enumerate(found)])
    Unsequenced.objects.filter(entry__in=waiting).delete()
    return len(waiting)
