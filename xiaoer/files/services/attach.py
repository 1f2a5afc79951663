"""Put a stored file on a subject, and take it back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from xiaoer.journal.services import Actor, Change, New, act

from .. import events, rules
from ..models import Attachment, StoredFile


def attachment(file: StoredFile, *, subject: UUID, kind: str, title: str) -> New:
    """Return the part of a larger act that attaches a file: ``act([New(…), attachment(…)], by=by, now=now)``."""
    name = rules.tidy_name(title, kind=rules.BY_MEDIA_TYPE[file.media_type])
    return New(
        file.shard,
        events.Added(
            subject=subject, kind=kind, title=name, file_id=file.id, digest=file.digest, size=file.size,
            media_type=file.media_type,
        ),
    )  # fmt: skip


@transaction.atomic
def attach(file: StoredFile, *, subject: UUID, kind: str, title: str, by: Actor, now: datetime) -> Attachment:
    """Attach a file to a subject of the same shard."""
    made: Attachment = act([attachment(file, subject=subject, kind=kind, title=title)], by=by, now=now)[0]
    return made


@transaction.atomic
def withdraw(attachment: Attachment, *, reason: str, by: Actor, now: datetime) -> Attachment:
    """Take an attachment back. Raises Refusal("stale") when somebody did it before."""
    row: Attachment = act([Change(attachment, events.Withdrawn(reason))], by=by, now=now)[0]
    return row
