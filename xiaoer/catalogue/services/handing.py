"""What an organ holds in the catalogue, and how it passes to its successor when it is closed.  # bilingual

Versions are frozen and go on naming the organ that published them; who answers now is found by the organ's successor
(network.queries.answering). The line moves, so that the successor's managers draft the next version.
"""

from datetime import datetime
from functools import partial
from typing import Any

from xiaoer.journal.services import Actor, Change, act
from xiaoer.network.rules import Holding

from .. import events
from ..models import Bundle, Service

BATCH = 500


def _held(root: type[Any], organ: Any) -> Any:
    if not organ.uscc:
        return root.objects.none()
    return root.objects.filter(organ=organ.uscc).exclude(state=root.State.ENDED)


def _count(organ: Any, *, root: type[Any]) -> int:
    return int(_held(root, organ).count())


def _hand_over(organ: Any, successor: Any, *, root: type[Any], event: type[Any], by: Actor, now: datetime) -> None:
    changes = [Change(row, event(successor.uscc, successor.name)) for row in _held(root, organ)]
    for start in range(0, len(changes), BATCH):
        act(changes[start : start + BATCH], by=by, now=now)


SERVICES_HELD = Holding(
    "事项", "services", partial(_count, root=Service),
    partial(_hand_over, root=Service, event=events.ServiceHandedOver),
)  # fmt: skip
BUNDLES_HELD = Holding(
    "牵头的一件事", "bundles that it leads", partial(_count, root=Bundle),
    partial(_hand_over, root=Bundle, event=events.BundleHandedOver),
)  # fmt: skip
