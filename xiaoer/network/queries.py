"""Reading the network: public facts, so no query here says for whom."""

from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db.models import Q, QuerySet

from xiaoer.kernel import workdays
from xiaoer.kernel.refusal import Refusal

from . import rules
from .models import CalendarNotice, Hall, Organ, Region, Window, Zone


def _in_force(on: date | None) -> Q:
    if on is None:
        return Q(valid_to=None)
    return Q(valid_from__lte=on) & (Q(valid_to=None) | Q(valid_to__gt=on))


def region(code: str, *, on: date | None = None) -> Region:
    """Return the region with a code as of a day (now when none is given). Refusal region_unknown."""
    found = Region.objects.filter(_in_force(on), code=code).first()
    if found is None:
        raise Refusal("region_unknown", code=code)
    return found


def region_name(code: str, *, on: date | None = None) -> str:
    """Return the names from the province down to a code, for instance 江西省九江市瑞昌市; empty for an unknown code."""
    codes = [*rules.ancestors(code), code]
    names = dict(Region.objects.filter(_in_force(on), code__in=codes).values_list("code", "name"))
    return "".join(names.get(one, "") for one in codes)


def children(code: str, *, on: date | None = None) -> QuerySet[Region]:
    """Return the regions right below a code in the order of codes; the provinces for the empty code."""
    return Region.objects.filter(_in_force(on), parent_code=code).order_by("code")


def counties() -> list[tuple[str, str]]:
    """Return code and name (the city's before it) of every county in force: a list to choose from."""
    rows = (
        Region.objects.filter(_in_force(None), level__in=(2, 3)).order_by("code").values_list("code", "name", "level")
    )
    cities = {code: name for code, name, level in rows if level == 2}
    return [(code, cities.get(code[:4].ljust(12, "0"), "") + name) for code, name, level in rows if level == 3]


def descendants(code: str, *, on: date | None = None) -> QuerySet[Region]:
    """Return a region and all below it, by the order of the tree."""
    path = Region.objects.filter(_in_force(on), code=code).values_list("path", flat=True).first()
    if path is None:
        return Region.objects.none()
    return Region.objects.filter(_in_force(on), path__startswith=path).order_by("path")


def zone(code: str) -> Zone:
    """Return the zone with a code. Refusal region_unknown."""
    found = Zone.objects.filter(code=code).first()
    if found is None:
        raise Refusal("region_unknown", code=code)
    return found


def zones_in(code: str, *, on: date | None = None) -> list[Zone]:
    """Return the zones that lie in a region or below it."""
    found = Zone.objects.filter(_in_force(on), host_code__startswith=rules.digits(code)).order_by("code")
    return list(found)


def organ(identity: UUID) -> Organ | None:
    """Return an organ, closed ones too, or None."""
    return Organ.objects.filter(id=identity).first()


def organ_by_uscc(uscc: str) -> Organ | None:
    """Return the organ with a unified social credit code, or None."""
    return Organ.objects.filter(uscc=uscc).first()


def organs_by_uscc(usccs: set[str]) -> dict[str, Organ]:
    """Return organs by credit code, in one query; unknown codes are left out."""
    return {row.uscc: row for row in Organ.objects.filter(uscc__in=usccs)}


def organs(identities: set[UUID]) -> dict[UUID, Organ]:
    """Return organs by id, in one query."""
    return {row.id: row for row in Organ.objects.filter(id__in=identities)}


def organs_in(code: str, *, deep: bool = False, on: date | None = None) -> QuerySet[Organ]:
    """Return the organs of a region, with deep also those of all regions below it, by level and name."""
    place = Q(region_code__startswith=rules.digits(code)) if deep else Q(region_code=code)
    return Organ.objects.filter(_in_force(on), place).order_by("level", "region_code", "name")


def branch(path: str, *, on: date | None = None) -> QuerySet[Organ]:
    """Return the organ with a path and all below it."""
    return Organ.objects.filter(_in_force(on), path__startswith=path).order_by("path")


def hall(identity: UUID) -> Hall | None:
    """Return a hall or None."""
    return Hall.objects.filter(id=identity).first()


def halls_in(code: str) -> QuerySet[Hall]:
    """Return the halls of a region and below it."""
    return Hall.objects.filter(region_code__startswith=rules.digits(code)).order_by("region_code", "name")


def halls_of(organs: set[UUID]) -> QuerySet[Hall]:
    """Return the halls that organs run, with their windows."""
    return Hall.objects.filter(organ__in=organs).prefetch_related("windows").order_by("region_code", "name")


def windows_of(hall: UUID) -> QuerySet[Window]:
    """Return the windows of a hall in the order of their numbers."""
    return Window.objects.filter(hall_id=hall).order_by("number")


def window(identity: UUID) -> Window | None:
    """Return a window with its hall, or None."""
    return Window.objects.select_related("hall").filter(id=identity).first()


def notices(region_code: str | None = None) -> QuerySet[CalendarNotice]:
    """Return published notices, newest first; with a region only those that count there."""
    found = CalendarNotice.objects.order_by("-place")
    if region_code is None:
        return found
    return found.filter(region_code__in={"", *rules.ancestors(region_code), region_code})


def notice(identity: UUID) -> CalendarNotice | None:
    """Return one notice or None."""
    return CalendarNotice.objects.filter(id=identity).first()


def calendar_for(region_code: str) -> workdays.Calendar:
    """Return the latest published calendar of a region: one indexed query, the calendar itself is kept per process.

    Refusal no_calendar before the first national notice. A zone counts by its host region.
    """
    latest = notices(region_code).values_list("versions", flat=True).first()
    if latest is None:
        raise Refusal("no_calendar")
    return calendar_of(latest[rules.deepest(latest, region_code)])


@lru_cache(maxsize=256)
def calendar_of(version: str) -> workdays.Calendar:
    """Return the calendar with a version digest, however old: what replay folds with. Refusal calendar_unknown.

    A digest names its content, so what is kept can never be out of date; a search that fails is not kept.
    """
    for place, versions in CalendarNotice.objects.order_by("-place").values_list("place", "versions"):
        for region_code, digest in versions.items():
            if digest == version:
                return rules.calendar_from(_states(region_code, place))
    raise Refusal("calendar_unknown")


def _states(region_code: str, place: int) -> list[rules.CalendarNoticeState]:
    counting = ["", *rules.ancestors(region_code), region_code] if region_code else [""]
    found = CalendarNotice.objects.filter(region_code__in=counting, place__lte=place)
    return [rules.CalendarNoticeState(**{name: getattr(row, name) for name in rules.CALENDAR.columns}) for row in found]


def calendars_after(notice: rules.CalendarNoticeState) -> dict[str, workdays.Calendar]:
    """Return the calendars that publishing a notice would make: region code (empty: nation) -> calendar.

    Refusal calendar_first, calendar_gap.
    """
    own = set(CalendarNotice.objects.values_list("region_code", flat=True)) | {notice.region_code}
    touched = [code for code in sorted(own) if rules.applies(notice.region_code, code)]
    return {code: rules.calendar_from([*_states(code, notice.place), notice]) for code in touched}


def next_place() -> int:
    """Return the place that the next notice takes."""
    return (CalendarNotice.objects.order_by("-place").values_list("place", flat=True).first() or 0) + 1


def changed_days(notice: rules.CalendarNoticeState) -> list[rules.ChangedDay]:
    """Return what publishing a notice would change in its own region, day by day."""
    latest = notices(notice.region_code or None).filter(region_code="").exists()
    before = calendar_for(notice.region_code or rules.NATION) if latest else None
    return rules.changed_days(before, calendars_after(notice)[notice.region_code], notice.days)
