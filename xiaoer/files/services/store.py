"""Take bytes in: checked by content, stored once under their digest; take away what nothing names."""

import hashlib
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, ProtectedError

from xiaoer.journal.services import Actor
from xiaoer.kernel.refusal import Refusal

from .. import rules
from ..models import StoredFile


def store(upload: Any, *, shard: str, by: Actor, now: datetime) -> StoredFile:
    """Check and store an upload (any Django file); the same bytes in the same shard give the same row.

    Raises Refusal (file_…) with the reason and the way out when the content may not be uploaded. A file that is stored
    but attached to nothing is nobody's: only the app that keeps its id can reach it.
    """
    if upload.size > rules.MAX_SIZE:
        raise Refusal("file_too_large", limit=rules.MAX_SIZE // rules.MEBIBYTE)
    upload.seek(0)
    content = upload.read()
    kind = rules.examine(content)
    digest = hashlib.sha256(content).hexdigest()
    fresh = StoredFile(
        shard=shard, digest=digest, size=len(content), media_type=kind.media_type, stored_by=by.id, stored_at=now
    )
    _write(fresh.path, content)
    if not StoredFile.objects.filter(shard=shard, digest=digest).update(stored_at=now):
        # Two who store the same bytes at once: one row wins, both get it.
        StoredFile.objects.bulk_create([fresh], ignore_conflicts=True)
    # Whoever took the same bytes away (remove) held the row until they were gone.
    _write(fresh.path, content)
    return StoredFile.objects.get(shard=shard, digest=digest)


@transaction.atomic
def remove(*, shard: str, file: UUID, before: datetime) -> bool:
    """Take stored bytes away that nobody stored since; the caller knows that no row of its own names them.

    False when there are none, or they were stored again, or something has them attached. Often is as good as once.
    """
    old = StoredFile.objects.filter(shard=shard, id=file, stored_at__lte=before)
    if not old.update(stored_at=F("stored_at")):  # holds the row: who stores the same bytes now waits, and writes anew
        return False
    found = StoredFile.objects.get(shard=shard, id=file)
    try:
        with transaction.atomic():
            found.delete()
    except ProtectedError:
        return False
    default_storage.delete(found.path)
    return True


def _write(path: str, content: bytes) -> None:
    """Write bytes under their path. Written before the row, so that a row always has its bytes."""
    if default_storage.exists(path):
        return
    written = default_storage.save(path, ContentFile(content))
    if written != path:
        default_storage.delete(written)
