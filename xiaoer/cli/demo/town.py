"""The stage of the demonstration: who plays, the calendar, and what is to happen when."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import count

from xiaoer.cases.services.time import SHANGHAI, day_of
from xiaoer.journal.services import Actor
from xiaoer.kernel.workdays import Calendar
from xiaoer.network import queries as network
from xiaoer.people import queries as people
from xiaoer.people.models import Account

from .people import Citizen
from .places import RUICHANG


@dataclass
class Town:
    """The stage: who plays, the calendar, and what is to happen when. asked: place of the restaurant that still owes a
    better plan; heard: of those whose neighbours are told of their right to a hearing."""

    citizens: list[Citizen]
    staff: dict[str, Account]
    calendar: Calendar
    until: datetime
    asked: int = -1
    heard: tuple[int, ...] = ()
    agenda: list[tuple[datetime, int, Callable[[datetime], None]]] = field(default_factory=list)
    order: "count[int]" = field(default_factory=count)

    def plan(self, on: date, hour: int, what: Callable[[datetime], None]) -> None:
        """Let something happen at an hour of a day."""
        at = datetime.combine(on, time(hour, (next(self.order) * 7) % 60), SHANGHAI)
        heapq.heappush(self.agenda, (at, next(self.order), what))

    def later(self, now: datetime, days: int) -> date:
        """Return the working day that many working days on."""
        return self.calendar.add_workdays(day_of(now), days)

    def citizen(self, place: int) -> Citizen:
        """Return who opens the restaurant of a place in the row."""
        return self.citizens[place % len(self.citizens)]

    def by(self, username: str) -> Actor:
        """Return an officer as the journal names him."""
        return people.actor(self.staff[username])


def town_of(citizens: list[Citizen], staff: dict[str, Account], until: datetime) -> Town:
    """Return the stage under the county's calendar."""
    return Town(citizens, staff, network.calendar_for(RUICHANG), until)
