"""Files that were taken out of drafts or never used: kept some days, then swept, unless something names them."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from xiaoer.files import services as files
from xiaoer.journal import services as journal

from ..models import Draft, HeldFile, Requirement

SWEEP_FILE = "cases.sweep_file"


def held_files(draft: Draft) -> set[UUID]:
    """Return the files that a draft names."""
    return {UUID(one["file"]) for one in draft.papers.values()}


def note_files(draft: Draft, before: set[UUID], *, now: datetime) -> None:
    """Note what a draft holds after a change, and let go of what it held before."""
    held = held_files(draft)
    added = [HeldFile(shard=draft.shard, holder=draft.id, file=file) for file in sorted(held - before)]
    HeldFile.objects.bulk_create(added, ignore_conflicts=True)
    if before - held:
        HeldFile.objects.filter(shard=draft.shard, holder=draft.id, file__in=before - held).delete()
        let_go(before - held, shard=draft.shard, now=now)


def emptied(draft: Draft, *, now: datetime, used: Collection[str] = ()) -> None:
    """Let go of what a draft held that was thrown away, or handed in with some of its papers. used: their keys."""
    if not draft.papers:
        return
    HeldFile.objects.filter(shard=draft.shard, holder=draft.id).delete()
    let_go({UUID(one["file"]) for key, one in draft.papers.items() if key not in used}, shard=draft.shard, now=now)


def keep_replaced(paper: Requirement) -> None:
    """Keep what was handed in before another paper took its place: the case's history names it."""
    if paper.file:
        known = HeldFile(shard=paper.shard, holder=paper.application, file=paper.file)
        HeldFile.objects.bulk_create([known], ignore_conflicts=True)


def let_go(stored: Iterable[UUID], *, shard: str, now: datetime) -> None:
    """Set the day on which files are swept that nothing names by then."""
    due = now + timedelta(days=settings.DISCARDED_DAYS)
    for file in sorted(stored):
        journal.set_timer(shard=shard, subject=file, name=SWEEP_FILE, due_at=due)


def sweep_file(file: UUID, *, shard: str, now: datetime) -> bool:
    """Take a file away when no draft, case or paper names it and nobody stored it again since. Often is as once."""
    named = {"shard": shard, "file": file}
    if HeldFile.objects.filter(**named).exists() or Requirement.objects.filter(**named).exists():
        return False
    return files.remove(shard=shard, file=file, before=now - timedelta(days=settings.DISCARDED_DAYS))
