"""Reading the network: public facts, so no query here says for whom.  # bilingual"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from django.db.models import CharField, IntegerField, OuterRef, Q, QuerySet, Subquery, UUIDField, Value
from django.db.models.functions import Coalesce

from xiaoer.database.prepared import PreparedList
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


def regions_in_force(codes: Iterable[str]) -> list[Region]:
    """Return the regions in force with these codes, in the order of codes; unknown ones are left out."""
    return list(Region.objects.filter(code__in=list(codes), valid_to=None).order_by("code"))


def regions_ended_after(on: date) -> dict[str, date]:
    """Return code -> day of the end for every region that ended after a day: few, since regions seldom end."""
    found = Region.objects.filter(valid_to__gt=on).order_by("valid_to").values_list("code", "valid_to")
    return {code: ended for code, ended in found if ended is not None}


def periods(code: str) -> list[Region]:
    """Return every period of a code, the latest first: a code may have ended and begun again."""
    return list(Region.objects.filter(code=code).order_by("-valid_from"))


def predecessors(code: str) -> list[Region]:
    """Return the regions that ended in one, by the day they ended."""
    return list(Region.objects.filter(successor=code).order_by("valid_to", "code"))


def regions_found(text: str, *, within: Iterable[str], limit: int) -> list[Region]:
    """Return regions, ended ones too, whose name holds a text or whose code begins with it, in any of these regions."""
    place = Q(pk__in=[])
    for code in within:
        place |= Q(code__startswith=rules.digits(code))
    wanted = Q(code__startswith=text) if text.isdigit() else Q(name__contains=text)
    return list(Region.objects.filter(place, wanted).order_by("level", "code", "-valid_from")[:limit])


def held_by_region(code: str) -> list[tuple[str, str, int]]:
    """Return (zh, en, how many) of what stands in a region and below it: organs, halls and zones in force."""
    digits = rules.digits(code)
    return [
        ("机关", "organs", Organ.objects.filter(valid_to=None, region_code__startswith=digits).count()),
        ("大厅", "halls", Hall.objects.filter(closed=False, region_code__startswith=digits).count()),
        ("开发区", "zones", Zone.objects.filter(valid_to=None, host_code__startswith=digits).count()),
    ]


def region_name(code: str, *, on: date | None = None) -> str:
    """Return the names from the province down to a code, for instance 江西省九江市瑞昌市; empty for an unknown code."""
    codes = [*rules.ancestors(code), code]
    names = dict(Region.objects.filter(_in_force(on), code__in=codes).values_list("code", "name"))
    return "".join(names.get(one, "") for one in codes)


def children(code: str, *, on: date | None = None) -> QuerySet[Region]:
    """Return the regions right below a code in the order of codes; the provinces for the empty code."""
    return Region.objects.filter(_in_force(on), parent_code=code).order_by("code")


def places(code: str) -> list[tuple[str, str]]:
    """Return code and name of what lies right below a code; the provinces for the empty code."""
    return list(children(code).values_list("code", "name"))


def counties() -> list[tuple[str, str]]:
    """Return code and name (the city's before it) of every county in force: a list to choose from."""
    rows = (
        Region.objects.filter(_in_force(None), level__in=(2, 3)).order_by("code").values_list("code", "name", "level")
    )
    cities = {code: name for code, name, level in rows if level == 2}
    return [(code, cities.get(code[:4].ljust(12, "0"), "") + name) for code, name, level in rows if level == 3]


def named_below(codes: Iterable[str], *, on: date | None = None) -> list[tuple[str, str]]:
    """Return code and full name of regions and of what lies below them, to choose from: down to the counties, below a
    county to its towns. The empty code stands for the whole country, a code that is unknown for itself."""
    found: dict[str, str] = {}
    for code in codes:
        above = rules.ancestors(code)
        upper = region_name(above[-1], on=on) if above else ""
        rows = descendants(code, on=on) if code else Region.objects.filter(_in_force(on)).order_by("path")
        names: dict[str, str] = {}
        for row in rows.filter(level__lte=max(3, rules.level_of(code) + 1)):
            names[row.code] = names.get(row.parent_code, upper) + row.name
        found |= names or {code: code}
    return list(found.items())


def descendants(code: str, *, on: date | None = None) -> QuerySet[Region]:
    """Return a region and all below it, by the order of the tree."""
    path = Region.objects.filter(_in_force(on), code=code).values_list("path", flat=True).first()
    if path is None:
        return Region.objects.none()
    return Region.objects.filter(_in_force(on), path__startswith=path).order_by("path")


def zone_by_code(code: str) -> Zone | None:
    """Return the zone with a code, ended ones too, or None."""
    return Zone.objects.filter(code=code).select_related("organ").first()


def zone(code: str) -> Zone:
    """Return the zone with a code. Refusal region_unknown."""
    found = zone_by_code(code)
    if found is None:
        raise Refusal("region_unknown", code=code)
    return found


def zones_in(code: str, *, on: date | None = None) -> list[Zone]:
    """Return the zones that lie in a region or below it."""
    found = Zone.objects.filter(_in_force(on), host_code__startswith=rules.digits(code))
    found = found.select_related("organ").order_by("code")
    return list(found)


def organ(identity: UUID) -> Organ | None:
    """Return an organ, closed ones too, or None."""
    return Organ.objects.filter(id=identity).first()


def organ_by_uscc(uscc: str) -> Organ | None:
    """Return the organ with a unified social credit code, or None."""
    return Organ.objects.filter(uscc=uscc).first()


class Link(NamedTuple):
    """An organ as a link in the chain of who answers: ended: the day from which its heir does."""

    id: UUID
    version: int
    uscc: str
    name: str
    ended: date | None
    heir: UUID | None


_LINKS = ("id", "version", "uscc", "name", "valid_to", "successor_id")
_BY_USCC = PreparedList(lambda codes: Organ.objects.filter(uscc__in=codes).values_list(*_LINKS), CharField())
_BY_ID = PreparedList(lambda organs: Organ.objects.filter(id__in=organs).values_list(*_LINKS), UUIDField())
_NAMES = PreparedList(lambda organs: Organ.objects.filter(id__in=organs).values_list("id", "name"), UUIDField())
# By credit code, by region code: id and number of entries, which tell whether what was read before still holds.
ORGAN_MARKS = PreparedList(
    lambda codes: Organ.objects.filter(uscc__in=codes).values_list("id", "version", Value(0, IntegerField())),
    CharField(),
)
CALENDAR_MARKS = PreparedList(
    lambda codes: CalendarNotice.objects.filter(
        place=Subquery(CalendarNotice.objects.filter(region_code__in=codes).order_by("-place").values("place")[:1])
    ).values_list("id", "version", "place"),
    CharField(),
)


@dataclass(frozen=True)
class Answering:
    """Who answers for credit codes: the organ, or whoever took over from it; a code without one in force is absent.

    links: every organ on which that hangs.
    """

    organs: Mapping[str, Link]
    links: frozenset[Link]


def who_answers(usccs: set[str]) -> Answering:
    """Return who answers now for each credit code, link by link: one query while none of them is closed."""
    found = {link.uscc: link for link in map(Link._make, _BY_USCC.rows(usccs))}
    links = set(found.values())
    while gone := {link.heir for link in found.values() if link.ended is not None and link.heir}:
        heirs = {link.id: link for link in map(Link._make, _BY_ID.rows(gone))}
        links.update(heirs.values())
        found = {code: heirs.get(link.heir, link) if link.ended and link.heir else link for code, link in found.items()}
    return Answering({code: link for code, link in found.items() if link.ended is None}, frozenset(links))


def answering(usccs: set[str]) -> dict[str, UUID]:
    """Return the id of who answers now for each credit code."""
    return {code: organ.id for code, organ in who_answers(usccs).organs.items()}


def organ_names(identities: set[UUID]) -> dict[UUID, str]:
    """Return the names of organs by id, in one query."""
    return dict(_NAMES.rows(identities))


def organs(identities: set[UUID]) -> dict[UUID, Organ]:
    """Return organs by id, in one query."""
    return {row.id: row for row in Organ.objects.filter(id__in=identities)}


def name_of(column: str) -> Coalesce:
    """Return the name of the organ that another table's column names, empty for none: part of a question over it."""
    return Coalesce(Subquery(Organ.objects.filter(id=OuterRef(column)).values("name")), Value(""))


def organs_in(code: str, *, deep: bool = False, on: date | None = None) -> QuerySet[Organ]:
    """Return the organs of a region, with deep also those of all regions below it, by level and name."""
    place = Q(region_code__startswith=rules.digits(code)) if deep else Q(region_code=code)
    return Organ.objects.filter(_in_force(on), place).order_by("level", "region_code", "name")


def branch(path: str, *, on: date | None = None) -> QuerySet[Organ]:
    """Return the organ with a path and all below it."""
    return Organ.objects.filter(_in_force(on), path__startswith=path).order_by("path")


def hall(identity: UUID) -> Hall | None:
    """Return a hall with its organ, or None."""
    return Hall.objects.filter(id=identity).select_related("organ").first()


def halls_in(code: str) -> QuerySet[Hall]:
    """Return the halls of a region and below it, closed ones too."""
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


_CALENDARS = PreparedList(
    lambda codes: (
        CalendarNotice.objects.filter(region_code__in=codes)
        .order_by("-place")
        .values_list("id", "version", "place", "versions")[:1]
    ),
    CharField(),
)


@dataclass(frozen=True)
class Counting:
    """By which calendar a region counts: its version, and the mark (see CALENDAR_MARKS) of the notice that says so."""

    calendar: str
    mark: tuple[UUID, int, int]


def regions_counting_in(region_code: str) -> list[str]:
    """Return the codes of the regions whose notices count in a region; the nation's is empty."""
    return ["", *rules.ancestors(region_code), region_code]


def counting_in(region_code: str) -> Counting | None:
    """Return by what a region counts: one indexed query; None before the first national notice."""
    found = _CALENDARS.rows(regions_counting_in(region_code))
    if not found:
        return None
    *mark, versions = found[0]
    return Counting(versions[rules.deepest(versions, region_code)], (mark[0], mark[1], mark[2]))


def calendar_for(region_code: str) -> workdays.Calendar:
    """Return the latest published calendar of a region; the calendar itself is kept per process.

    Refusal no_calendar before the first national notice. A zone counts by its host region.
    """
    found = counting_in(region_code)
    if found is None:
        raise Refusal("no_calendar")
    return calendar_of(found.calendar)


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
    counted = regions_counting_in(region_code) if region_code else [""]
    found = CalendarNotice.objects.filter(region_code__in=counted, place__lte=place)
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
