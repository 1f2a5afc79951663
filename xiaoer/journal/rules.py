"""What is journalled: subjects, each with a state, a fold and the table that holds the state.  # bilingual

The row of a subject is its fold, by construction: the spine (services/act.py) writes the row from the folded state.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from xiaoer.kernel import refusal

refusal.register(
    {
        "too_often": (
            "操作太频繁。请一分钟后再试，您填的内容还在。",
            "Too many tries. Wait a minute, then try again; what you typed is still here.",
        ),
        "stale": (
            "您打开这一页以后，已经有人先办了一步。您填写的内容还在，请看清最新情况后再提交。",
            "Somebody acted after you opened this page. What you typed is kept; see what changed, then submit again.",
        ),
    }
)


@dataclass(frozen=True)
class Event:
    """One entry as a fold sees it. Erased personal values arrive as "" or {} or None, by type."""

    name: str
    data: Any
    at: datetime
    number: int
    actor: str
    on_behalf_of: str
    calendar: str
    subject: UUID


Fold = Callable[[Any, Event], Any]
Alarms = Callable[[Any], Mapping[str, datetime]]


@dataclass(frozen=True)
class Subject:
    """A kind of journalled row. state: frozen dataclass whose fields are exactly the row's columns (attnames).

    taken: for a unique constraint of its table, the refusal for whoever comes second; "stale" where none is named.
    alarms: which timers a row in a state needs, and when they are due; acts set and clear them.
    """

    kind: str
    model: str
    state: type
    fold: Fold
    taken: Mapping[str, str] = field(default_factory=dict)
    alarms: Alarms | None = None

    @cached_property
    def columns(self) -> tuple[str, ...]:
        return tuple(field.name for field in fields(self.state))


SUBJECTS: dict[str, Subject] = {}


def subject(
    kind: str, *, model: str, state: type, fold: Fold, taken: Mapping[str, str] | None = None,
    alarms: Alarms | None = None,
) -> Subject:  # fmt: skip
    """Register a kind of journalled row. ValueError when the kind is taken."""
    if kind in SUBJECTS:
        raise ValueError(f"the subject {kind!r} is registered twice")
    SUBJECTS[kind] = made = Subject(kind, model, state, fold, taken or {}, alarms)
    return made


def took_over(state: Any, event: Event, *, kind: type) -> Any:
    """Fold for plain reference data: the event's fields replace the state's fields of the same name."""
    changed = {field.name: getattr(event.data, field.name) for field in fields(kind) if hasattr(event.data, field.name)}
    if state is None:
        return kind(**changed)
    return kind(**{**{field.name: getattr(state, field.name) for field in fields(kind)}, **changed})


LEASE = timedelta(minutes=5)
"""Longer than the slowest preparation of a delivery."""
PARK_AFTER = 12
CLAIM_BATCH = 200


def back_off(attempts: int) -> timedelta:
    """Return how long to wait after that many failures: 1 s, doubling, at most 1 h."""
    return min(timedelta(seconds=2 ** (attempts - 1)), timedelta(hours=1))
