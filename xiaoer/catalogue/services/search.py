"""The search tables: written anew for what is published, whole or in batches. They hold nothing that is not elsewhere.

Of one name that forty counties offer the marks are kept once. They are those of all that its offers say: so a name is
written after its offers, while its row is held against another who publishes the same name.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from .. import rules
from ..models import Bundle, BundleVersion, SearchName, SearchOffer, SearchToken, Service, ServiceVersion
from ..rules import nearness, sayings, tokens

BATCH = 2000


@transaction.atomic
def index(lines: Sequence[Service | Bundle], *, now: datetime) -> int:
    """Write the offers of services or of bundles, then the marks of their names; return how many rows."""
    offers = [_offer(line, version) for line, version in _published(lines, now)]
    old = SearchOffer.objects.filter(line__in=[line.id for line in lines])
    names = {*old.values_list("name", flat=True), *(offer.name for offer in offers)}
    old.delete()
    SearchOffer.objects.bulk_create(offers, batch_size=BATCH)
    return len(offers) + write_names(names)


def _published(lines: Sequence[Service | Bundle], now: datetime) -> Iterator[tuple[Any, Any]]:
    """Every published version that is or will be in force, with its line."""
    if not lines:
        return
    versions, parent = (BundleVersion, "bundle") if isinstance(lines[0], Bundle) else (ServiceVersion, "service")
    manager: Any = versions
    found = manager.objects.filter(Q(valid_to=None) | Q(valid_to__gt=now), **{f"{parent}__in": lines})
    for version in found.exclude(state="draft").select_related(parent):
        yield getattr(version, parent), version


def _offer(line: Any, version: Any) -> SearchOffer:
    said = version.snapshot
    words = [said.get("name_en", ""), (said.get("result") or {}).get("name", ""), *said.get("keywords", ())]
    topics = [tokens.topic_mark(topic) for topic in said.get("topics", ()) if topic in rules.TOPICS]
    lines = [one.replace("\n", " ") for one in [said["name"], *words, *topics] if one]
    return SearchOffer(
        id=version.id, line=line.id, is_bundle=isinstance(line, Bundle), name=sayings.name_id(said["name"]),
        region=line.region, valid_from=version.valid_from, valid_to=version.valid_to, words="\n".join(lines),
    )  # fmt: skip


def _hold(names: Iterable[UUID]) -> None:
    """Have the rows of the names, and keep others from writing the same names until the end: in one order."""
    rows = [SearchName(id=name) for name in sorted(names)]
    SearchName.objects.bulk_create(rows, BATCH, update_conflicts=True, update_fields=["phrases"], unique_fields=["id"])


def write_names(names: Collection[UUID]) -> int:
    """Write phrases and marks of names from what their offers say, none where nobody offers; return how many rows."""
    _hold(names)
    said: dict[UUID, dict[str, None]] = defaultdict(dict)
    places: dict[UUID, set[str]] = defaultdict(set)
    for name, region, words in SearchOffer.objects.filter(name__in=names).values_list("name", "region", "words"):
        said[name] |= dict.fromkeys(words.split("\n"))
        places[name] |= tokens.place_marks(region)
    written: list[SearchName] = []
    made: list[SearchToken] = []
    for name in names:
        topics = {one for one in said[name] if one.startswith(tokens.TOPIC)}
        called, *others = [one for one in said[name] if one not in topics] or [""]
        phrases = sayings.phrases(called, others)
        compared = nearness.named(phrases)
        written.append(SearchName(id=name, phrases=compared.phrases, initials=compared.initials))
        marks = tokens.marks(phrases)
        made += [SearchToken(token=mark, name=name, size=len(marks)) for mark in marks | topics | places[name]]
    SearchName.objects.bulk_update(written, ["phrases", "initials"], batch_size=BATCH)
    SearchToken.objects.filter(name__in=names).delete()
    SearchToken.objects.bulk_create(made, batch_size=BATCH)
    return len(made)


def reindex(*, now: datetime, batch: int = 500) -> Iterator[int]:
    """Index everything published again, batch after batch (each in a transaction of its own); give the rows of each."""
    for root in (Service, Bundle):
        last = UUID(int=0)
        manager: Any = root
        while lines := list(manager.objects.filter(id__gt=last).exclude(state="draft").order_by("id")[:batch]):
            last = lines[-1].id
            yield index(lines, now=now)
    count_marks()


def count_marks() -> None:
    """Let the database see how the marks are spread: right after many were written it cannot know, and asks badly."""
    with connection.cursor() as cursor:
        for model in (SearchToken, SearchOffer, SearchName):
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")
