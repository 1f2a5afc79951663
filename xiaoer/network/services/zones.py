"""Acts on zones (开发区): territories outside the codes of regions."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from xiaoer.journal.services import Actor, Change, New, act
from xiaoer.kernel.refusal import Refusal

from .. import events, queries, rules
from ..models import Zone


@transaction.atomic
def create_zone(
    *, code: str, name: str, kind: str, host_code: str, organ_id: UUID | None, territory: str, valid_from: date,
    by: Actor, now: datetime,
) -> Zone:  # fmt: skip
    """Enter a zone (开发区) that lies in a host region. Refusal region_unknown, zone_code, zone_twice."""
    queries.region(host_code)
    if not (len(code) == 12 and code.isdigit()) or queries.regions_in_force([code]):
        raise Refusal("zone_code")
    twin = queries.zone_by_code(code)
    if twin is not None:
        raise Refusal("zone_twice", code=code, name=twin.name)
    added = events.ZoneAdded(code, name, kind, host_code, organ_id, territory, valid_from)
    return act([New(rules.county_of(host_code), added)], by=by, now=now)[0]


@transaction.atomic
def change_zone(
    zone: Zone, *, name: str, kind: str, organ_id: UUID | None, territory: str, valid_to: date | None,
    seen: int | None = None, by: Actor, now: datetime,
) -> Zone:  # fmt: skip
    """Change a zone, or end it on valid_to. Refusal zone_ended, organ_period."""
    if zone.valid_to is not None:
        raise Refusal("zone_ended")
    if valid_to is not None and valid_to <= zone.valid_from:
        raise Refusal("organ_period", from_on=zone.valid_from.isoformat())
    changed = events.ZoneChanged(name, kind, organ_id, territory, valid_to)
    return act([Change(zone, changed, seen)], by=by, now=now)[0]
