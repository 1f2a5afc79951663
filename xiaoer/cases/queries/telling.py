"""The story of a case in sentences: each entry of the journal as people read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from xiaoer.journal import events
from xiaoer.journal.queries import entries_of, history

from ..models import Case, Step
from ..rules import word

LANGUAGES = ("zh-hans", "en")
CODED = {"outcome": "outcome", "verdict": "verdict", "way": "delivery", "ground": "ground"}
"""Fields of events that hold a code -> the table of its words."""


@dataclass(frozen=True)
class Line:
    """One thing that happened: sentences in both languages, the law, who did it (by pseudonym), when.

    number: the version that it gave its subject; step: the key of the step it happened to, empty for the case itself.
    """

    name: str
    zh: str
    en: str
    law: str
    actor: str
    at: datetime
    step: str = ""
    number: int = 0


def told_of(case: Case, steps: Iterable[Step]) -> list[Line]:
    """Return what happened to a case and its steps, oldest first."""
    keys = {step.id: step.key for step in steps}
    found = entries_of(shard=case.shard, subjects=[case.id, *keys])
    lines = []
    for entry, event in zip(found, history(found), strict=True):
        kind = events.BY_NAME[entry.name]
        zh, en = (
            {name: _word(name, value, language) for name, value in vars(event.data).items()} for language in LANGUAGES
        )
        lines.append(
            Line(
                entry.name, kind.zh.format(**zh), kind.en.format(**en), entry.law, entry.actor, entry.at,
                keys.get(entry.subject, ""), entry.number,
            )
        )  # fmt: skip
    return lines


def _word(name: str, value: Any, language: str) -> str:
    """Return a value as people read it: codes by their names, dates and texts as they are."""
    if value is None:
        return ""
    return word(CODED[name], str(value), language=language) if name in CODED else str(value)
