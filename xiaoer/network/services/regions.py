"""Acts on regions (行政区划): import, add, rename, end."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction

from xiaoer.journal.services import Actor, Change, New, act
from xiaoer.kernel.refusal import Refusal

from .. import events, queries, rules
from ..models import Region

BATCH = 1000


def region_rows(lines: Iterable[str]) -> list[rules.RegionRow]:
    """Return the rows of a CSV file code,parent_code,level,name (the national format); a bad level becomes 0."""
    return [
        rules.RegionRow(
            line, (raw.get("code") or "").strip(), (raw.get("parent_code") or "").strip(),
            int(raw["level"]) if (raw.get("level") or "").strip().isdigit() else 0, (raw.get("name") or "").strip(),
        )
        for line, raw in enumerate(csv.DictReader(lines), start=2)
    ]  # fmt: skip


def region_faults(rows: Sequence[rules.RegionRow], known: dict[str, int], valid_from: date) -> list[rules.Fault]:
    """Return what is wrong with rows that are to hold from a day on. known: code -> level of the regions in force."""
    return rules.region_faults(rows, known, ended=queries.regions_ended_after(valid_from))


@transaction.atomic
def import_regions(rows: Sequence[rules.RegionRow], *, valid_from: date, by: Actor, now: datetime) -> int:
    """Add the regions that are new and rename those whose name changed; return how many. All or nothing.

    Refusal region_file with the first fault and their number. Regions that lack in the file stay: end them by name.
    """
    known = {row.code: row for row in Region.objects.filter(valid_to=None)}
    faults = region_faults(rows, {code: row.level for code, row in known.items()}, valid_from)
    if faults:
        raise Refusal(
            "region_file", count=len(faults), line=faults[0].line, reason=faults[0].zh, reason_en=faults[0].en
        )
    paths = {code: row.path for code, row in known.items()}
    changes: list[Change | New] = []
    for row in sorted(rows, key=lambda row: (row.level, row.code)):
        if row.code not in known:
            paths[row.code] = f"{paths.get(row.parent_code, '')}{row.code}/"
            added = events.RegionAdded(row.code, row.level, row.name, row.parent_code, paths[row.code], valid_from)
            changes.append(New(rules.county_of(row.code), added))
        elif known[row.code].name != row.name:
            changes.append(Change(known[row.code], events.RegionRenamed(row.name)))
    for start in range(0, len(changes), BATCH):
        act(changes[start : start + BATCH], by=by, now=now)
    return len(changes)


@transaction.atomic
def add_region(*, code: str, name: str, parent_code: str, valid_from: date, by: Actor, now: datetime) -> Region:
    """Enter one region below another. Refusal region_twice, region_fault with what is wrong with the code."""
    known = {row.code: row for row in queries.regions_in_force([code, parent_code])}
    if code in known:
        raise Refusal("region_twice", code=code, name=known[code].name)
    row = rules.RegionRow(1, code, parent_code, rules.level_of(code) if code.isdigit() else 0, name)
    for fault in region_faults([row], {one.code: one.level for one in known.values()}, valid_from):
        raise Refusal("region_fault", reason=fault.zh, reason_en=fault.en)
    above = known[parent_code].path if parent_code else ""
    added = events.RegionAdded(code, row.level, name, parent_code, f"{above}{code}/", valid_from)
    region: Region = act([New(rules.county_of(code), added)], by=by, now=now)[0]
    return region


@transaction.atomic
def rename_region(region: Region, *, name: str, seen: int | None = None, by: Actor, now: datetime) -> Region:
    """Give a region a new name. Refusal region_ended, region_name_same."""
    if region.valid_to is not None:
        raise Refusal("region_ended", code=region.code)
    if region.name == name:
        raise Refusal("region_name_same")
    renamed: Region = act([Change(region, events.RegionRenamed(name), seen)], by=by, now=now)[0]
    return renamed


@transaction.atomic
def end_region(
    region: Region, *, on: date, successor: str, seen: int | None = None, by: Actor, now: datetime
) -> Region:
    """End a region on a day (the first on which it is no more), merged into a successor that is in force then.

    Refusal region_ended, region_period, region_successor, region_unknown; region_children and region_holds while
    something in it is still in force.
    """
    if region.valid_to is not None:
        raise Refusal("region_ended", code=region.code)
    if on <= region.valid_from:
        raise Refusal("region_period", from_on=region.valid_from.isoformat())
    if rules.within(successor, region.code):
        raise Refusal("region_successor")
    queries.region(successor, on=on)
    children = queries.children(region.code).count()
    if children:
        raise Refusal("region_children", count=children)
    held = [one for one in queries.held_by_region(region.code) if one[2]]
    if held:
        what, what_en = rules.counted(held)
        raise Refusal("region_holds", what=what, what_en=what_en)
    ended: Region = act([Change(region, events.RegionEnded(on, successor), seen)], by=by, now=now)[0]
    return ended
