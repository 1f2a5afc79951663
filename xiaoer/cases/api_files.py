"""Files over the API: uploaded first, then named by an id that only their uploader can use, for a day."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core import signing
from ninja import Schema

SALT = "cases.api.files"
A_DAY = 24 * 3600


class FileOut(Schema):
    """An uploaded file. id: names it in an application or question of yours, for a day."""

    id: str
    size: int
    media_type: str


@dataclass(frozen=True)
class Claimed:
    """A file that somebody uploaded: its row's id, and what it is."""

    file: str
    media_type: str


def claim(stored: Any, *, account: UUID) -> FileOut:
    """Return a stored file to the account that uploaded it."""
    named = signing.dumps([str(stored.id), stored.shard, str(account), stored.media_type], salt=SALT)
    return FileOut(id=named, size=stored.size, media_type=stored.media_type)


def claimed(named: str, *, account: UUID, shard: str) -> Claimed | None:
    """Return the file that an id names, to its uploader and for the county he uploaded it for; else None."""
    try:
        file, place, uploader, media_type = signing.loads(named, salt=SALT, max_age=A_DAY)
    except signing.BadSignature:
        return None
    return Claimed(file, media_type) if (uploader, place) == (str(account), shard) else None
