"""What time alone makes happen to cases."""

from datetime import datetime
from uuid import UUID

from xiaoer.journal import services as journal
from xiaoer.network import queries as network

from . import rules, services
from .models import Bill, Case, Step
from .queries.organs import organs_of
from .services.telling import tell

BATCH = 200


def deem(shard: str, subject: UUID, now: datetime) -> None:
    """Record that silence has accepted the case."""
    case = Case.objects.get(shard=shard, id=subject)
    services.deem(case, organs=organs_of(case), now=now, calendar=network.calendar_for(shard))


def lapse(shard: str, subject: UUID, now: datetime) -> None:
    """Close a case whose notice was not answered."""
    case = Case.objects.get(shard=shard, id=subject)
    services.lapse(case, now=now, calendar=network.calendar_for(shard))


def lapse_claim(shard: str, subject: UUID, now: datetime) -> None:
    """Put a step back that was taken and left."""
    services.lapse_claim(Step.objects.get(shard=shard, id=subject), now=now)


def recalculate(shard: str, subject: UUID, now: datetime) -> None:
    """Count a batch of a county's open clocks anew; while some are left, ring again at once."""
    calendar = network.calendar_for(shard)
    left = Case.objects.filter(shard=shard, state__in=rules.OPEN).exclude(clock__calendar=calendar.version)
    batch = list(left.order_by("id")[:BATCH])
    for case in batch:
        if services.recalculate(case, now=now, calendar=calendar):
            tell(case, rules.RECALCULATED, now)
    if len(batch) == BATCH:
        journal.set_timer(shard=shard, subject=subject, name=services.RECALCULATE, due_at=now)


def check_payment(shard: str, subject: UUID, now: datetime) -> None:
    """Ask for a payment from whose page nobody came back; ring again while its order may still be paid."""
    bill, adapter = Bill.objects.get(shard=shard, id=subject), services.adapter()
    if adapter is None:
        return
    bill = services.confirm(bill, adapter=adapter, now=now)
    if rules.fees.open_order(bill)[0] and bill.begun_at and now < bill.begun_at + rules.fees.GIVE_UP:
        journal.set_timer(
            shard=shard, subject=subject, name=services.CHECK_PAYMENT, due_at=now + rules.fees.CHECK_AGAIN
        )


def sweep_file(shard: str, subject: UUID, now: datetime) -> None:
    """Take a file away that was discarded and that nothing names."""
    services.sweep_file(subject, shard=shard, now=now)
