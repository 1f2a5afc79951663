"""What time alone makes happen: set and cleared by acts, swept by index, run one by one."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from .. import rules
from ..models import Timer
from . import faults

log = logging.getLogger(__name__)
Alarm = Callable[[str, UUID, datetime], None]
"""(shard, subject, now): runs in the transaction in which its timer disappears."""


def set_timer(*, shard: str, subject: UUID, name: str, due_at: datetime) -> None:
    """Set or move the timer called name of a subject, in one statement."""
    Timer.objects.bulk_create(
        [Timer(shard=shard, subject=subject, name=name, due_at=due_at)], update_conflicts=True,
        unique_fields=["shard", "subject", "name"], update_fields=["due_at", "attempts", "error"],
    )  # fmt: skip


def clear_timer(*, shard: str, subject: UUID, name: str) -> None:
    """Take the timer away; nothing happens when there is none."""
    Timer.objects.filter(shard=shard, subject=subject, name=name).delete()


def sweep(*, alarms: Mapping[str, Alarm], now: datetime, limit: int = rules.CLAIM_BATCH) -> int:
    """Run the timers that are due; return how many. A failing one is put off and keeps its error."""
    due = list(Timer.objects.filter(due_at__lte=now).order_by("due_at")[:limit])
    for timer in due:
        try:
            with transaction.atomic():
                # Gone or moved since: another worker ran it, or an act made it pointless.
                if Timer.objects.filter(id=timer.id, shard=timer.shard, due_at=timer.due_at).delete()[0]:
                    alarms[timer.name](timer.shard, timer.subject, now)
        except Exception as fault:
            log.exception("timer %s of %s failed", timer.name, timer.subject)
            attempts = timer.attempts + 1
            Timer.objects.filter(id=timer.id, due_at=timer.due_at).update(
                attempts=attempts,
                due_at=now + rules.back_off(attempts),
                error=faults.told(fault)[:2000],
            )
    return len(due)
