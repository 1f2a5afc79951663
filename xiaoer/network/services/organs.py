"""Acts on organs (机关): set up, change, close and merge.  # bilingual"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from uuid_utils.compat import uuid7

from xiaoer.journal.services import Actor, Change, New, act
from xiaoer.kernel.refusal import Refusal

from .. import events, queries, rules
from ..models import Hall, Organ, Zone


@transaction.atomic
def create_organ(
    *, name: str, short_name: str, uscc: str, region_code: str, kind: str, level: int | None = None, phone: str = "",
    address: str = "", contact: str = "", duties: str = "", parent: Organ | None = None, valid_from: date, by: Actor,
    now: datetime,
) -> Organ:  # fmt: skip
    """Set up an organ. level: that of its region unless told. Refusal region_unknown, organ_twice."""
    queries.region(region_code)
    twin = queries.organ_by_uscc(uscc)
    if twin is not None:
        raise Refusal("organ_twice", uscc=uscc, name=twin.name)
    identity = uuid7()
    created = events.OrganCreated(
        name, short_name, uscc, region_code, level or rules.level_of(region_code), kind, phone, address, contact,
        duties, parent.id if parent else None, f"{parent.path if parent else ''}{identity}/", valid_from,
    )  # fmt: skip
    return act([New(rules.county_of(region_code), created, identity)], by=by, now=now)[0]


@transaction.atomic
def change_organ(
    organ: Organ, *, name: str, short_name: str, phone: str, address: str, contact: str, duties: str = "",
    uscc: str = "", seen: int | None = None, by: Actor, now: datetime,
) -> Organ:  # fmt: skip
    """Change an organ's name, how it is reached and what it does. uscc: for an organ that has no code yet.

    Refusal organ_closed, organ_twice.
    """
    if organ.valid_to is not None:
        raise Refusal("organ_closed")
    code = organ.uscc or uscc
    twin = queries.organ_by_uscc(code) if code != organ.uscc else None
    if twin is not None:
        raise Refusal("organ_twice", uscc=code, name=twin.name)
    changed = events.OrganChanged(name, short_name, phone, address, contact, duties, code)
    done: Organ = act([Change(organ, changed, seen)], by=by, now=now)[0]
    return done


def holdings() -> Iterator[rules.Holding]:
    """Return every kind of thing that organs hold, in the order in which it is handed over."""
    for name in settings.ORGAN_HOLDINGS:
        yield import_string(name)


def held_by(organ: Organ) -> list[tuple[rules.Holding, int]]:
    """Return what an organ holds and how much of it; what it has none of is left out."""
    return [(one, count) for one in holdings() if (count := one.count(organ))]


@transaction.atomic
def close_organ(
    organ: Organ, *, on: date, successor: Organ | None, seen: int | None = None, by: Actor, now: datetime
) -> Organ:
    """Close an organ on a day, today or earlier; all that it holds passes to its successor in the same transaction.

    Refusal organ_closed, organ_early, organ_period, organ_successor; organ_holds when it holds something and nobody
    is named who takes over.
    """
    _closable(organ, on, successor, now)
    held = held_by(organ)
    if held and successor is None:
        what, what_en = rules.counted([(one.zh, one.en, count) for one, count in held])
        raise Refusal("organ_holds", what=what, what_en=what_en)
    for holding, _count in held:
        holding.hand_over(organ, successor, by=by, now=now)
    closed = events.OrganClosed(on, successor.id if successor else None)
    done: Organ = act([Change(organ, closed, seen)], by=by, now=now)[0]
    return done


def _closable(organ: Organ, on: date, successor: Organ | None, now: datetime) -> None:
    if organ.valid_to is not None:
        raise Refusal("organ_closed")
    if on > timezone.localtime(now).date():
        raise Refusal("organ_early", on=on.isoformat())
    if on <= organ.valid_from:
        raise Refusal("organ_period", from_on=organ.valid_from.isoformat())
    if successor is not None and (successor.valid_to is not None or successor.path.startswith(organ.path)):
        raise Refusal("organ_successor")


def _organs_below(organ: Organ) -> list[Organ]:
    return [one for one in queries.branch(organ.path) if one.id != organ.id]


def _move_organs(organ: Organ, successor: Organ, *, by: Actor, now: datetime) -> None:
    """Put the organs below one under its successor, each with its own below it."""
    changes = []
    for one in _organs_below(organ):
        path = successor.path + one.path.removeprefix(organ.path)
        parent = successor.id if one.parent_id == organ.id else one.parent_id
        assert parent is not None
        changes.append(Change(one, events.OrganMoved(parent, path)))
    act(changes, by=by, now=now)


def _hand_over_halls(organ: Organ, successor: Organ, *, by: Actor, now: datetime) -> None:
    halls = Hall.objects.filter(organ=organ)
    act([Change(hall, events.HallHandedOver(successor.id)) for hall in halls], by=by, now=now)


def _zones_of(organ: Organ) -> Any:
    return Zone.objects.filter(organ=organ, valid_to=None)


def _hand_over_zones(organ: Organ, successor: Organ, *, by: Actor, now: datetime) -> None:
    changes = [
        Change(zone, events.ZoneChanged(zone.name, zone.kind, successor.id, zone.territory, None))
        for zone in _zones_of(organ)
    ]
    act(changes, by=by, now=now)


ORGANS = rules.Holding("下级机关", "organs below it", lambda organ: len(_organs_below(organ)), _move_organs)
HALLS = rules.Holding("大厅", "halls", lambda organ: Hall.objects.filter(organ=organ).count(), _hand_over_halls)
ZONES = rules.Holding("开发区", "zones", lambda organ: _zones_of(organ).count(), _hand_over_zones)
