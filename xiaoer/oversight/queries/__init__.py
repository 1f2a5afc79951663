"""Doors to the queues and the log: for operators and supervisors of a region, and for who is in an entry himself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from xiaoer.cases import queries as cases
from xiaoer.journal import queries as journal
from xiaoer.journal.queries import Delivery, Entry, Timer
from xiaoer.people.rules import Applicant, Officer, posts_with

from .. import rules
from .condition import condition as condition

PAGE = 50


@dataclass(frozen=True)
class Trouble:
    """A delivery with what happened, in a sentence without personal values."""

    delivery: Delivery
    entry: Entry
    sentence: str


def troubles(
    officer: Officer, state: str, *, now: datetime, language: str, after: journal.Place | None = None
) -> list[Trouble]:
    """Return a page of parked or failing deliveries in the officer's places."""
    found = journal.troubled(
        prefixes=rules.places(officer, "oversight.operate"), state=state, now=now, after=after, limit=PAGE
    )
    entries = journal.entries_by_id(one.entry for one in found)
    return [Trouble(one, entries[one.entry], journal.told(entries[one.entry], language=language)) for one in found]


def late_timers(officer: Officer, *, now: datetime, after: journal.Place | None = None) -> list[Timer]:
    """Return a page of timers that should have rung in the officer's places."""
    return journal.late_timers(
        prefixes=rules.places(officer, "oversight.operate"), now=now, after=after, limit=PAGE
    )  # fmt: skip


def may_retry(officer: Officer, shard: str) -> bool:
    """Whether an officer may let a delivery of this shard try again."""
    return rules.covers(officer, "oversight.operate", shard)


@dataclass(frozen=True)
class Line:
    """One entry of a log with its place and its sentence."""

    position: int
    entry: Entry
    sentence: str


def feed(officer: Officer, *, shard: str, after: int, limit: int, language: str = "zh-hans") -> list[Line] | None:
    """Return entries of one shard's log after a position; None when the officer's permission does not cover it."""
    if not rules.covers(officer, "oversight.feed", shard):
        return None
    return [
        Line(position, entry, journal.told(entry, language=language))
        for position, entry in journal.feed(shard=shard, after=after, limit=limit)
    ]


def feed_regions(officer: Officer) -> list[str]:
    """Return the regions of the posts whose feed an officer may read; he may read those below them too."""
    return [post.region_code for post in posts_with(officer, "oversight.feed")]


def entry_for_officer(officer: Officer, identity: UUID) -> Entry | None:
    """Return an entry to who may read the feed of its shard."""
    found = journal.entry(identity)
    return found if found and rules.covers(officer, "oversight.feed", found.shard) else None


def entry_for_applicant(applicant: Applicant, identity: UUID) -> Entry | None:
    """Return an entry to who made it, on whose firm's behalf it was made, or whose application it is about."""
    found = journal.entry(identity)
    if found is None:
        return None
    firms: Iterable[str] = (str(firm.firm_id) for firm in applicant.firms if not firm.services)
    if found.actor == str(applicant.account_id) or found.on_behalf_of in firms or found.subject == applicant.person_id:
        return found
    own = cases.is_own(applicant, shard=found.shard, kind=found.kind, subject=found.subject)
    return found if own else None
