"""Files over the API: uploaded first, then named by an id that only their uploader can use, for a day."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from ninja import Schema

from xiaoer.journal.fields import derived_key

VALID = timedelta(days=1)


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


def claim(stored: Any, *, account: UUID, now: datetime) -> FileOut:
    """Return a stored file to the account that uploaded it. Its id holds file, time and kind, and a code over them."""
    said = f"{stored.id}:{int(now.timestamp())}:{stored.media_type}"
    code = _code(said, account=account, shard=stored.shard)
    return FileOut(id=f"{said}:{code}", size=stored.size, media_type=stored.media_type)


def claimed(named: str, *, account: UUID, shard: str, now: datetime) -> Claimed | None:
    """Return the file that an id names, to its uploader and for the county he uploaded it for; else None."""
    said, _, code = named.rpartition(":")
    if not hmac.compare_digest(code.encode(), _code(said, account=account, shard=shard).encode()):
        return None
    file, at, media_type = said.split(":")
    return Claimed(file, media_type) if now.timestamp() - int(at) <= VALID.total_seconds() else None


def _code(said: str, *, account: UUID, shard: str) -> str:
    """Return what only this platform can write (HMAC-SHA-256), for one account and county."""
    return hmac.digest(derived_key("files over the API"), f"{account}:{shard}:{said}".encode(), "sha256").hex()
