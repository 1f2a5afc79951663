"""What looks across everything: the site itself, and what a person's home page begins with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.cache import caches

from xiaoer.cases import queries as cases
from xiaoer.cases import rules as case_rules
from xiaoer.catalogue import queries as catalogue
from xiaoer.evaluation import queries as evaluation
from xiaoer.journal.queries import state_of
from xiaoer.kernel.refusal import Refusal
from xiaoer.kernel.workdays import Calendar
from xiaoer.network import queries as network
from xiaoer.network.rules import Span, opening
from xiaoer.people.rules import SHANGHAI, Applicant, day_of

from . import rules
from .models import Site

KEPT = "portal.site"
KEPT_SECONDS = 60
NEAR_DAYS = 2
BUNDLES = 8
UNFINISHED = 3
KINDS = ("supplement", "question", "rating")
"""Kinds of what is due, the pressing ones first."""


def site() -> rules.SiteState:
    """Return whose platform this is, for everybody: kept by each process for a minute, the environment's name before
    anything was said."""
    kept: rules.SiteState | None = caches["local"].get(KEPT)
    if kept is None:
        kept = stored_site() or rules.SiteState("", settings.SITE_NAME, "", "", "", "", "", "")
        caches["local"].set(KEPT, kept, KEPT_SECONDS)
    return kept


def stored_site() -> rules.SiteState | None:
    """Return what an operator said, None before."""
    row = site_row()
    state: rules.SiteState | None = state_of(rules.SITE, row) if row else None
    return state


def site_row() -> Site | None:
    """Return the row with its version, for the page that changes it."""
    return Site.objects.filter(id=rules.SITE_ID).first()


def forget_site() -> None:
    """Let this process read the site anew."""
    caches["local"].delete(KEPT)


@dataclass(frozen=True)
class Due:
    """Something that waits for the applicant. kind: supplement, question or rating; count: of gaps.

    on: the last day; of a question the day on which it was asked.
    """

    kind: str
    name: str
    organ: str
    on: date
    count: int
    key: str


@dataclass(frozen=True)
class Running:
    """An application on its way. done of total cases are decided; last_on: the latest promised day of the others.

    holders: the organs that have it now. slowest, left, of: the bar of the case that is due next; left is None while
    its clock does not run, of is 0 before acceptance.
    """

    number: str
    title: str
    done: int
    total: int
    holders: list[str]
    last_on: date | None
    slowest: str
    left: int | None
    of: int
    state: str


@dataclass(frozen=True)
class Unfinished:
    """A form that somebody began and has not submitted."""

    id: UUID
    title: str
    updated_at: datetime


@dataclass(frozen=True)
class Home:
    due: list[Due]
    running: list[Running]
    unfinished: list[Unfinished]


@dataclass(frozen=True)
class Names:
    """What organs and services are called in the reader's language."""

    organs: Mapping[UUID, str]
    services: Mapping[UUID, str]

    def case(self, case: Any) -> str:
        return self.services.get(case.service, "") or str(case.service_name)


def names_of(files: Iterable[cases.ApplicationFile], *, language: str) -> Names:
    """Return the names that applications need: one query for organs, in English one for services."""
    parts = [part for file in files for part in file.parts]
    organs = network.organs({one for part in parts for one in (part.case.handled_by, *_holders(part))})
    services: dict[UUID, str] = {}
    if language.startswith("en"):
        held = catalogue.versions({part.case.service for part in parts})
        services = {identity: catalogue.snapshot(version).name_en for identity, version in held.items()}
    return Names({identity: organ.short_name or organ.name for identity, organ in organs.items()}, services)


def home(applicant: Applicant, *, on: date, language: str = "zh-hans") -> Home:
    """Return what is due from an applicant, soonest first, what is running, and what he has begun."""
    recent = cases.applications_of(applicant)
    seen = {file.application.id for file in recent}
    files = [*recent, *[file for file in cases.due_from(applicant) if file.application.id not in seen]]
    names = names_of(files, language=language)
    due = [one for file in files for part in file.parts if (one := _gap(part.case, names))]
    due += [
        Due("question", names.case(part.case), names.organs.get(part.case.handled_by, ""), day_of(one.asked_at), 0,
            file.application.number)
        for file in files for part, one in file.asked
    ]  # fmt: skip
    due += [
        Due("rating", one.service_name, "", one.expires_on, 0, evaluation.token_of(one))
        for one in evaluation.open_invitations(applicant, on=on)
    ]
    open_files = [file for file in files if any(_holders(part) for part in file.parts)]
    calendars = {shard: _calendar(shard) for shard in {file.application.shard for file in open_files}}
    running = [_running(file, names, calendars[file.application.shard], on) for file in open_files]
    unfinished = [
        Unfinished(draft.id, _draft_title(draft, language), draft.updated_at) for draft in cases.drafts_of(applicant)
    ]
    return Home(sorted(due, key=lambda one: (KINDS.index(one.kind), one.on)), running, unfinished[:UNFINISHED])


def _draft_title(draft: Any, language: str) -> str:
    return str((draft.title_en if language.startswith("en") else "") or draft.title)


def _calendar(shard: str) -> Calendar | None:
    try:
        return network.calendar_for(shard)
    except Refusal:
        return None


def _holders(part: cases.Part) -> Iterable[UUID]:
    """Return the organs that have a case now: those with a step in hand or ready, else who handles it; none while the
    applicant is to supplement."""
    if part.case.state not in case_rules.OPEN or part.case.state == "supplementing":
        return []
    steps = [step.organ for step in part.steps if step.organ and step.state in {"ready", "working"}]
    return steps or [part.case.handled_by]


def _gap(case: Any, names: Names) -> Due | None:
    if case.state != "supplementing":
        return None
    return Due(
        "supplement", names.case(case), names.organs.get(case.handled_by, ""), case.supplement_until, len(case.gaps),
        case.number,
    )  # fmt: skip


def _running(
    file: cases.ApplicationFile, names: Names, calendar: Calendar | None, on: date
) -> Running:  # fmt: skip
    open_cases = [part.case for part in file.parts if part.case.state in case_rules.OPEN]
    holders = dict.fromkeys(names.organs[one] for part in file.parts for one in _holders(part) if one in names.organs)
    dates = [one for case in open_cases if (one := case.promised_due_on or case.statutory_due_on)]
    accepted = [case for case in open_cases if case.accepted_on]
    next_due = min(accepted, key=lambda case: str(case.promised_due_on or case.statutory_due_on or "9"), default=None)
    left, of, state = _bar(next_due, calendar, on)
    alone = file.application.bundle is None and len(file.parts) == 1
    title = names.case(file.parts[0].case) if alone else file.application.title
    return Running(
        file.application.number, title, len(file.parts) - len(open_cases), len(file.parts), list(holders),
        max(dates, default=None), names.case(next_due) if next_due else "", left, of, state,
    )  # fmt: skip


def _bar(case: Any, calendar: Calendar | None, on: date) -> tuple[int | None, int, str]:
    """Return working days left, of how many, and the bar's state."""
    if case is None or calendar is None:
        return None, 0, "waiting"
    limits = case.clock["limits"]
    of = (limits.get("promised") or limits["statutory"])["amount"]
    due = case.promised_due_on or case.statutory_due_on
    if case.running == "suspended" or due is None:
        return None, of, "paused"
    if on > due:
        return -max(1, calendar.count_between(due, on)), of, "overdue"
    left = calendar.count_between(on, due)
    return left, max(of, left), "near" if left <= NEAR_DAYS else "running"


@dataclass(frozen=True)
class LifeEvent:
    """A bundle (一件事) as the home page offers it."""

    region: str
    key: str
    name: str
    services: int


def life_events(*, region: str, at: datetime, language: str) -> list[LifeEvent]:
    """Return the bundles in force in a region, for everybody: its own, not those of places below it; without a region
    whatever is in force."""
    found = []
    for version in catalogue.bundles_offered(at, region=region):
        said = catalogue.bundle_snapshot(version)
        name = (said.name_en if language.startswith("en") else "") or said.name
        found.append(LifeEvent(version.bundle.region, version.bundle.key, name, len(said.members)))
    return found[:BUNDLES]


@dataclass(frozen=True)
class HallToday:
    """A hall with its windows. spans: from when until when it is open today; None: its hours are not plain."""

    hall: network.Hall
    windows: list[network.Window]
    spans: list[Span] | None
    open_now: bool


def halls(region: str, *, now: datetime) -> list[HallToday]:
    """Return the halls of a region and below it for everybody, those that are open first. Nothing for no region."""
    if not region:
        return []
    on, at, calendar = day_of(now), now.astimezone(SHANGHAI).time(), _calendar(region)
    found = []
    for hall in network.halls_in(region).prefetch_related("windows"):
        spans = opening(hall.hours, on=on, working=calendar.is_working(on)) if calendar else None
        is_open = not hall.closed and any(opens <= at < closes for opens, closes in spans or [])
        windows = sorted(hall.windows.all(), key=lambda window: (len(window.number), window.number))
        found.append(HallToday(hall, windows, spans, is_open))
    return sorted(found, key=lambda one: one.hall.closed)


@dataclass(frozen=True)
class OrganSeen:
    """An organ as the public meets it. offers: whether it has published services."""

    organ: network.Organ
    offers: bool


def organs(region: str, *, text: str = "") -> list[OrganSeen]:
    """Return the organs in force of a region and below it, for everybody, whose name or duties hold a text."""
    if not region:
        return []
    found = [one for one in network.organs_in(region, deep=True) if text in one.name or text in one.duties]
    offering = catalogue.organs_offering(one.uscc for one in found)
    return [OrganSeen(one, one.uscc in offering) for one in found]
