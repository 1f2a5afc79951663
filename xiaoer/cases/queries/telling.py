"""The story of a case in sentences: each entry of the journal as people read it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from xiaoer.journal import events
from xiaoer.journal.queries import entries, entries_of, history

from ..models import Case, Question, Step
from ..rules import word
from .mine import ApplicationFile

LANGUAGES = ("zh-hans", "en")
CODED = {"outcome": "outcome", "verdict": "verdict", "way": "delivery", "ground": "ground", "side": "side"}
"""Fields of events that hold a code -> the table of its words."""


@dataclass(frozen=True)
class Line:
    """One thing that happened: sentences in both languages, the law, who did it (by pseudonym), when.

    number: the version that it gave its subject; step: the key of the step it happened to, empty for the case itself.
    subject: the application, case or step.
    """

    name: str
    zh: str
    en: str
    law: str
    actor: str
    at: datetime
    step: str = ""
    number: int = 0
    subject: UUID | None = None


def told_of(case: Case, steps: Iterable[Step], questions: Iterable[Question] = ()) -> list[Line]:
    """Return what happened to a case, its steps and the questions about it, oldest first."""
    asked = {one.id: "" for one in questions}
    return _told(case.shard, {case.id: "", **asked, **{step.id: step.key for step in steps}})


def story_of(file: ApplicationFile) -> list[Line]:
    """Return what happened to an application, its cases, their steps and the questions, oldest first."""
    keys = {file.application.id: ""}
    for part in file.parts:
        keys |= {part.case.id: "", **{step.id: step.key for step in part.steps}}
    keys |= {one.id: "" for one in file.questions}
    return _told(file.application.shard, keys)


def parties_of(case: Case) -> list[str]:
    """Return the interested parties who were told of their right to a hearing; none after their names were erased."""
    names = {"case.hearing_told", "case.hearing_ordered"}
    told = [one for one in entries(shard=case.shard, subject=case.id) if one.name in names]
    return [name for event in history(told) for name in event.data.parties]


def _told(shard: str, keys: Mapping[UUID, str]) -> list[Line]:
    found = entries_of(shard=shard, subjects=keys)
    lines = []
    for entry, event in zip(found, history(found), strict=True):
        kind = events.BY_NAME[entry.name]
        zh, en = (
            {name: _word(name, value, language) for name, value in vars(event.data).items()} for language in LANGUAGES
        )
        said = (kind.zh.format(**zh).strip(), kind.en.format(**en).strip())
        lines.append(
            Line(
                entry.name, *said, entry.law, entry.actor, entry.at,
                keys[entry.subject], entry.number, entry.subject,
            )
        )  # fmt: skip
    return lines


def _word(name: str, value: Any, language: str) -> str:
    """Return a value as people read it: codes by their names, dates and texts as they are."""
    if value is None:
        return ""
    return word(CODED[name], str(value), language=language) if name in CODED else str(value)
