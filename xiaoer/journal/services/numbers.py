"""Numbers from registers and idempotency keys: a unique constraint and a conditional update decide, no lock."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from ..models import Counter, Once


@transaction.atomic
def take(*, shard: str, register: str, count: int = 1) -> int:
    """Take the next count numbers of a register and return the last of them. The first number is 1."""
    found = Counter.objects.filter(shard=shard, register=register)
    if not found.update(value=F("value") + count):
        try:
            with transaction.atomic():
                Counter.objects.create(shard=shard, register=register, value=count)
                return count
        except IntegrityError:
            found.update(value=F("value") + count)
    return found.values_list("value", flat=True).get()


def once(*, shard: str, account: UUID, route: str, key: str, subject: UUID, now: datetime) -> UUID | None:
    """Remember that this request makes subject. Return None the first time, else what the first request made."""
    try:
        with transaction.atomic():
            Once.objects.create(shard=shard, account=account, route=route, key=key, subject=subject, at=now)
            return None
    except IntegrityError:
        return Once.objects.values_list("subject", flat=True).get(shard=shard, account=account, route=route, key=key)
