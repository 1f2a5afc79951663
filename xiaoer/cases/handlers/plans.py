"""What cases do when entries of this and earlier apps are delivered."""

from datetime import datetime

from xiaoer.journal.services import Delivered
from xiaoer.network import queries as network

from .. import services
from ..models import Case, Step


def _case(delivered: Delivered) -> Case:
    return Case.objects.get(shard=delivered.shard, id=delivered.event.subject)


def inform_successors(delivered: Delivered, now: datetime) -> None:
    """A case ended: settle the waits of the cases that need its result."""
    case = _case(delivered)
    services.inform(case, now=now, calendar=network.calendar_for(case.shard))


def advance_case(delivered: Delivered, now: datetime) -> None:
    """A step was settled or sent back: do what departments that acted at one instant could not see of each other."""
    step = Step.objects.get(shard=delivered.shard, id=delivered.event.subject)
    case = Case.objects.get(shard=step.shard, id=step.case)
    services.advance(case, now=now, calendar=network.calendar_for(case.shard))
