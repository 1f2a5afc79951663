"""Acts on regions, organs, halls, windows and working calendars."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from importlib.resources import files
from itertools import groupby
from uuid import UUID

from django.db import transaction
from uuid_utils.compat import uuid7

from xiaoer.journal.services import Actor, Change, New, act
from xiaoer.kernel import workdays
from xiaoer.kernel.refusal import Refusal

from . import events, queries, rules
from .models import CalendarNotice, Hall, Organ, Region, Window, Zone

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


@transaction.atomic
def import_regions(rows: Sequence[rules.RegionRow], *, valid_from: date, by: Actor, now: datetime) -> int:
    """Add the regions that are new and rename those whose name changed; return how many. All or nothing.

    Refusal region_file with the first fault and their number. Regions that lack in the file stay: end them by name.
    """
    known = {row.code: row for row in Region.objects.filter(valid_to=None)}
    faults = rules.region_faults(rows, {code: row.level for code, row in known.items()})
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
def end_region(region: Region, *, on: date, successor: str, by: Actor, now: datetime) -> Region:
    """End a region on a day (the first on which it is no more), merged into a successor that is in force then."""
    if region.valid_to is not None:
        raise Refusal("region_ended", code=region.code)
    queries.region(successor, on=on)
    return act([Change(region, events.RegionEnded(on, successor))], by=by, now=now)[0]


@transaction.atomic
def create_zone(
    *, code: str, name: str, kind: str, host_code: str, organ_id: UUID | None, territory: str, valid_from: date,
    by: Actor, now: datetime,
) -> Zone:  # fmt: skip
    """Enter a zone (开发区) that lies in a host region."""
    queries.region(host_code)
    added = events.ZoneAdded(code, name, kind, host_code, organ_id, territory, valid_from)
    return act([New(rules.county_of(host_code), added)], by=by, now=now)[0]


@transaction.atomic
def change_zone(
    zone: Zone, *, name: str, kind: str, organ_id: UUID | None, territory: str, valid_to: date | None,
    seen: int | None = None, by: Actor, now: datetime,
) -> Zone:  # fmt: skip
    """Change a zone or end it."""
    changed = events.ZoneChanged(name, kind, organ_id, territory, valid_to)
    return act([Change(zone, changed, seen)], by=by, now=now)[0]


@transaction.atomic
def create_organ(
    *, name: str, short_name: str, uscc: str, region_code: str, kind: str, level: int | None = None, phone: str = "",
    address: str = "", contact: str = "", parent: Organ | None = None, valid_from: date, by: Actor, now: datetime,
) -> Organ:  # fmt: skip
    """Set up an organ. level: that of its region unless told. Refusal region_unknown, organ_twice."""
    queries.region(region_code)
    twin = queries.organ_by_uscc(uscc)
    if twin is not None:
        raise Refusal("organ_twice", uscc=uscc, name=twin.name)
    identity = uuid7()
    created = events.OrganCreated(
        name, short_name, uscc, region_code, level or rules.level_of(region_code), kind, phone, address, contact,
        parent.id if parent else None, f"{parent.path if parent else ''}{identity}/", valid_from,
    )  # fmt: skip
    return act([New(rules.county_of(region_code), created, identity)], by=by, now=now)[0]


@transaction.atomic
def change_organ(
    organ: Organ, *, name: str, short_name: str, phone: str, address: str, contact: str, seen: int | None = None,
    by: Actor, now: datetime,
) -> Organ:  # fmt: skip
    """Change an organ's name and how it is reached. Refusal organ_closed."""
    if organ.valid_to is not None:
        raise Refusal("organ_closed")
    changed = events.OrganChanged(name, short_name, phone, address, contact)
    return act([Change(organ, changed, seen)], by=by, now=now)[0]


@transaction.atomic
def close_organ(organ: Organ, *, on: date, successor: Organ | None, by: Actor, now: datetime) -> Organ:
    """Close an organ on a day; its successor takes over its duties."""
    if organ.valid_to is not None:
        raise Refusal("organ_closed")
    closed = events.OrganClosed(on, successor.id if successor else None)
    return act([Change(organ, closed)], by=by, now=now)[0]


@transaction.atomic
def create_hall(
    *, name: str, region_code: str, organ: Organ, address: str, phone: str, hours: str, by: Actor, now: datetime
) -> Hall:
    """Open a hall (政务服务大厅) that an organ runs."""
    queries.region(region_code)
    created = events.HallCreated(name, region_code, organ.id, address, phone, hours)
    return act([New(rules.county_of(region_code), created)], by=by, now=now)[0]


@transaction.atomic
def change_hall(
    hall: Hall, *, name: str, address: str, phone: str, hours: str, seen: int | None = None, by: Actor, now: datetime
) -> Hall:
    """Change where a hall is and when it is open."""
    changed = events.HallChanged(name, address, phone, hours)
    return act([Change(hall, changed, seen)], by=by, now=now)[0]


@transaction.atomic
def open_window(hall: Hall, *, number: str, name: str, classes: list[str], by: Actor, now: datetime) -> Window:
    """Open a window in a hall. Refusal window_twice."""
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


@transaction.atomic
def publish_calendar(
    *, region_code: str, title: str, notice: str, published_on: date, days: list[list[str]], by: Actor, now: datetime
) -> CalendarNotice:
    """Publish a notice of days off and working days. region_code: empty for the nation.

    days: [ISO date, "off" or "work", festival] each. Refusal notice_twice, calendar_first, calendar_gap, stale.
    """
    if CalendarNotice.objects.filter(region_code=region_code, notice=notice).exists():
        raise Refusal("notice_twice", notice=notice)
    if region_code:
        queries.region(region_code)
    state = rules.CalendarNoticeState(queries.next_place(), region_code, title, notice, published_on, days)
    versions = {code: calendar.version for code, calendar in queries.calendars_after(state).items()}
    published = events.CalendarPublished(state.place, region_code, title, notice, published_on, days, versions)
    shard = rules.county_of(region_code) if region_code else rules.NATION
    notice_row: CalendarNotice = act([New(shard, published)], by=by, now=now)[0]
    return notice_row


@transaction.atomic
def publish_national(*, by: Actor, now: datetime) -> int:
    """Publish the national notices that came with the software and are not yet published; return how many.

    What a fresh installation does first. Later notices are published in the pages or by an update of the software.
    """
    lines = files("xiaoer.kernel").joinpath("data/calendar_cn.csv").read_text(encoding="utf-8").splitlines()
    rows = sorted(workdays.parse_rows(lines), key=lambda row: (row.published or row.day, row.notice, row.day))
    done = set(CalendarNotice.objects.filter(region_code="").values_list("notice", flat=True))
    count = 0
    for notice, group in groupby(rows, key=lambda row: row.notice):
        found = list(group)
        if notice in done:
            continue
        publish_calendar(
            region_code="",
            title=f"国务院办公厅关于{found[-1].day.year}年节假日安排的通知",  # bilingual: its title
            notice=notice, published_on=found[0].published or found[0].day,
            days=[[row.day.isoformat(), row.kind, row.festival] for row in found], by=by, now=now,
        )  # fmt: skip
        count += 1
    return count
