"""SIGKILL in the middle of writing: what was acknowledged is there, whole and once; the journal and the rows agree."""

import os
import subprocess
import sys
from uuid import UUID

from django.db import connections

from tests.ledger.models import Sheet
from xiaoer.journal import queries
from xiaoer.journal.models import Entry, Pending, Unsequenced


def killed_after(lines: int, database: str) -> list[UUID]:
    """Start a writer, kill it once it has acknowledged so many, return the ids that it acknowledged."""
    environment = {**os.environ, "XIAOER_DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    writer = subprocess.Popen(
        [sys.executable, "-m", "tests.ledger.writer"], env=environment, stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    first = [writer.stdout.readline() for _ in range(lines)]
    writer.kill()
    rest = writer.stdout.read().splitlines(keepends=True)
    writer.wait()
    return [UUID(line.strip()) for line in [*first, *rest] if line.endswith("\n")]


def test_a_killed_writer_loses_nothing_that_it_acknowledged_and_leaves_nothing_half_done(fresh_database):
    connections.close_all()
    acknowledged = [identity for lines in (3, 10, 20) for identity in killed_after(lines, fresh_database)]
    assert len(acknowledged) >= 33
    assert len(set(acknowledged)) == len(acknowledged)
    assert set(acknowledged) <= set(Sheet.objects.values_list("id", flat=True))
    assert Sheet.objects.filter(id__in=acknowledged, total=1).count() == len(acknowledged)
    assert Sheet.objects.count() - len(acknowledged) <= 3, "at most one unacknowledged sheet for each kill"
    assert Entry.objects.count() == Pending.objects.count() == Unsequenced.objects.count()
    assert not list(queries.differences("sheet"))
