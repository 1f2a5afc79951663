"""The search table: written anew for what is published, whole or in batches. It holds nothing that is not elsewhere."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db import transaction

from .. import rules
from ..models import Bundle, BundleVersion, SearchToken, Service, ServiceVersion
from ..rules import tokens

BATCH = 2000


@transaction.atomic
def index(found: Iterable[tuple[Any, rules.Snapshot]]) -> int:
    """Write the marks of services or bundles (row, what it says) in place of their old ones; return how many rows."""
    made: list[SearchToken] = []
    subjects: list[UUID] = []
    for row, snapshot in found:
        subjects.append(row.id)
        made += _rows(row, snapshot)
    SearchToken.objects.filter(subject__in=subjects).delete()
    SearchToken.objects.bulk_create(made, batch_size=BATCH)
    return len(made)


def _rows(row: Any, snapshot: rules.Snapshot) -> list[SearchToken]:
    result = snapshot.result.name if isinstance(snapshot, rules.ServiceSnapshot) and snapshot.result else ""
    topics = [topic for topic in snapshot.topics if topic in rules.TOPICS]
    marks = tokens.marks(snapshot.name, snapshot.name_en, result, *snapshot.keywords)
    marks |= {tokens.topic_mark(topic) for topic in topics}
    size = min(len(marks), 32767)
    return [SearchToken(token=mark, subject=row.id, region=row.region, size=size) for mark in marks]


def reindex(*, batch: int = 500) -> Iterator[int]:
    """Index everything published again, batch after batch (each in a transaction of its own); give the rows of each."""
    for root, version, parent in ((Service, ServiceVersion, "service"), (Bundle, BundleVersion, "bundle")):
        last = UUID(int=0)
        manager: Any = root
        while rows := list(manager.objects.filter(id__gt=last, state="published").order_by("id")[:batch]):
            last = rows[-1].id
            yield index(_latest(rows, version, parent))


def _latest(rows: list[Any], version: Any, parent: str) -> Iterator[tuple[Any, rules.Snapshot]]:
    """Each row with its newest published version."""
    newest = {}
    held = version.objects.filter(**{f"{parent}__in": rows}).exclude(state="draft").order_by("number")
    for one in held:
        newest[getattr(one, f"{parent}_id")] = one
    for row in rows:
        yield row, rules.read(newest[row.id].snapshot)
