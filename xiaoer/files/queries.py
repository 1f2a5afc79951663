"""Reading files: always through the subject they belong to, and for somebody whom its app lets in."""

from collections.abc import Callable
from urllib.parse import quote
from uuid import UUID

from django.core.files.storage import default_storage
from django.http import FileResponse

from . import rules
from .models import Attachment, StoredFile

MayRead = Callable[[Attachment], bool]
"""The owning app's answer whether the reader, whom the callable knows, may have this attachment."""


def attachments(*, shard: str, subject: UUID, kind: str = "") -> list[Attachment]:
    """Return what is attached to a subject, oldest first. The caller has let the reader into the subject."""
    found = Attachment.objects.filter(shard=shard, subject=subject, withdrawn_at=None).order_by("id")
    return list(found.filter(kind=kind) if kind else found)


def attachments_of(*, shard: str, subjects: list[UUID]) -> dict[UUID, list[Attachment]]:
    """Return what is attached to each of several subjects, in one query."""
    found: dict[UUID, list[Attachment]] = {subject: [] for subject in subjects}
    for row in Attachment.objects.filter(shard=shard, subject__in=subjects, withdrawn_at=None).order_by("id"):
        found[row.subject].append(row)
    return found


def file_for(*, shard: str, attachment: UUID, may_read: MayRead) -> Attachment | None:
    """Return one attachment with its file, or None when there is none or may_read says no (both are 404)."""
    found = Attachment.objects.select_related("file").filter(shard=shard, id=attachment, withdrawn_at=None).first()
    return found if found and may_read(found) else None


def stored(*, shard: str, file: UUID) -> StoredFile | None:
    """Return stored bytes by id, for the app that holds the reference (a draft, a paper) and has let the reader in."""
    return StoredFile.objects.filter(shard=shard, id=file).first()


def content(file: StoredFile) -> bytes:
    """Return the bytes of a stored file. FileNotFoundError when the storage has lost them."""
    with default_storage.open(file.path) as stream:
        found: bytes = stream.read()
    return found


def send(file: StoredFile, *, title: str, inline: bool = False) -> FileResponse:
    """Return the answer that gives a file to the browser: never sniffed, never run, never in a shared cache.

    inline: show it in the window where its format is harmless there (PDF, JPG, PNG); everything else is downloaded.
    """
    shown = inline and file.media_type in rules.SHOWN
    name = rules.tidy_name(title, kind=rules.BY_MEDIA_TYPE[file.media_type])
    response = FileResponse(default_storage.open(file.path), content_type=file.media_type)
    response["Content-Disposition"] = f"{'inline' if shown else 'attachment'}; filename*=UTF-8''{quote(name)}"
    response["Content-Length"] = str(file.size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=0, must-revalidate"
    response["ETag"] = f'"{file.digest}"'
    # A browser's own PDF viewer does not start inside a sandbox; it runs nothing of the page either way.
    sandbox = "" if shown and file.media_type == rules.PDF.media_type else "; sandbox"
    style = "; style-src 'unsafe-inline'" if not sandbox else ""
    response["Content-Security-Policy"] = f"default-src 'none'{style}; frame-ancestors 'self'{sandbox}"
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response
