"""What an organ holds of cases, and how it passes to its successor when it is closed.  # bilingual

Cases that are not decided, decided ones that wait for delivery, and open steps of other organs' cases.
"""

from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet

from xiaoer.journal.services import Actor, Change, act
from xiaoer.network.rules import Holding

from .. import events
from ..models import Case, Step

BATCH = 500
"""How many cases or steps one act passes on; all acts are one transaction."""


def _cases(organ: Any) -> QuerySet[Case]:
    undelivered = Q(state__in=["granted", "refused"], delivered_at=None)
    return Case.objects.filter(Q(outcome="") | undelivered, handled_by=organ.id).order_by("id")


def _steps(organ: Any) -> QuerySet[Step]:
    return Step.objects.filter(organ=organ.id, state__in=["waiting", "ready", "working"]).order_by("id")


def _hand_over(rows: Any, event: type[Any], organ: Any, successor: Any, *, by: Actor, now: datetime) -> None:
    changes = [Change(row, event(successor.id)) for row in rows(organ)]
    for start in range(0, len(changes), BATCH):
        act(changes[start : start + BATCH], by=by, now=now)


CASES_HELD = Holding(
    "在办件", "cases", lambda organ: _cases(organ).count(), partial(_hand_over, _cases, events.CaseHandedOver)
)
STEPS_HELD = Holding(
    "没办完的环节",
    "open steps",
    lambda organ: _steps(organ).count(),
    partial(_hand_over, _steps, events.StepHandedOver),
)
