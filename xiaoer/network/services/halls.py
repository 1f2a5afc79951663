"""Acts on halls (大厅) and windows (窗口)."""

from datetime import datetime

from django.db import transaction

from xiaoer.journal.services import Actor, Change, New, act, in_turn
from xiaoer.kernel.refusal import Refusal

from .. import events, queries, rules
from ..models import Hall, Organ, Window


@transaction.atomic
def create_hall(
    *, name: str, region_code: str, organ: Organ, address: str, phone: str, hours: str, directions: str = "",
    by: Actor, now: datetime,
) -> Hall:  # fmt: skip
    """Open a hall (政务服务大厅) that an organ runs. Refusal region_unknown, organ_closed, hall_twice."""
    if organ.valid_to is not None:
        raise Refusal("organ_closed")
    queries.region(region_code)
    in_turn(shard=rules.county_of(region_code), what=f"halls:{organ.id}")
    if Hall.objects.filter(organ=organ, name=name).exists():
        raise Refusal("hall_twice", name=name)
    created = events.HallCreated(name, region_code, organ.id, address, phone, hours, directions)
    return act([New(rules.county_of(region_code), created)], by=by, now=now)[0]


@transaction.atomic
def change_hall(
    hall: Hall, *, name: str, address: str, phone: str, hours: str, directions: str = "", seen: int | None = None,
    by: Actor, now: datetime,
) -> Hall:  # fmt: skip
    """Change where a hall is, how one gets there and when it is open."""
    changed = events.HallChanged(name, address, phone, hours, directions)
    return act([Change(hall, changed, seen)], by=by, now=now)[0]


@transaction.atomic
def close_hall(hall: Hall, *, reason: str, seen: int | None = None, by: Actor, now: datetime) -> Hall:
    """Close a hall, for a while or for good; the reason is for the public. Its windows stay. Refusal hall_closed."""
    if hall.closed:
        raise Refusal("hall_closed")
    closed: Hall = act([Change(hall, events.HallClosed(reason), seen)], by=by, now=now)[0]
    return closed


@transaction.atomic
def reopen_hall(hall: Hall, *, seen: int | None = None, by: Actor, now: datetime) -> Hall:
    """Open a hall again. Refusal hall_open."""
    if not hall.closed:
        raise Refusal("hall_open")
    opened: Hall = act([Change(hall, events.HallReopened(), seen)], by=by, now=now)[0]
    return opened


@transaction.atomic
def open_window(hall: Hall, *, number: str, name: str, classes: list[str], by: Actor, now: datetime) -> Window:
    """Open a window in a hall. Refusal window_twice, hall_closed."""
    if hall.closed:
        raise Refusal("hall_closed")
    if Window.objects.filter(hall=hall, number=number).exists():
        raise Refusal("window_twice", number=number)
    opened = events.WindowOpened(hall.id, number, name, classes)
    return act([New(hall.shard, opened)], by=by, now=now)[0]


@transaction.atomic
def change_window(
    window: Window, *, number: str, name: str, classes: list[str], closed: bool, seen: int | None = None,
    by: Actor, now: datetime,
) -> Window:  # fmt: skip
    """Change what a window takes, close it or open it again. Refusal window_twice."""
    if Window.objects.filter(hall=window.hall_id, number=number).exclude(id=window.id).exists():
        raise Refusal("window_twice", number=number)
    changed = events.WindowChanged(number, name, classes, closed)
    return act([Change(window, changed, seen)], by=by, now=now)[0]
