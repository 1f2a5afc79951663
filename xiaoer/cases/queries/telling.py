"""The story of a case in sentences: each entry of the journal as people read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from xiaoer.journal import events
from xiaoer.journal.models import Entry
from xiaoer.journal.queries import history

from ..models import Case, Step


@dataclass(frozen=True)
class Line:
    """One thing that happened: sentences in both languages, the law, who did it (by pseudonym), when."""

    name: str
    zh: str
    en: str
    law: str
    actor: str
    at: datetime
    step: str = ""


def told_of(case: Case, steps: Iterable[Step]) -> list[Line]:
    """Return what happened to a case and its steps, oldest first."""
    keys = {step.id: step.key for step in steps}
    found = list(Entry.objects.filter(shard=case.shard, subject__in=[case.id, *keys]).order_by("at", "id"))
    lines = []
    for entry, event in zip(found, history(found), strict=True):
        kind = events.BY_NAME[entry.name]
        words = {name: _word(value) for name, value in vars(event.data).items()}
        lines.append(
            Line(
                entry.name, kind.zh.format(**words), kind.en.format(**words), entry.law, entry.actor, entry.at,
                keys.get(entry.subject, ""),
            )
        )  # fmt: skip
    return lines


def _word(value: Any) -> str:
    return "" if value is None else str(value)
