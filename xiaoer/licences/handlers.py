"""Reactions: what flow.py hands over to this app."""

from datetime import datetime

from xiaoer.journal.services import Prepared
from xiaoer.journal.services.delivery import Delivered
from xiaoer.notices.services import Signed

from . import queries, services


def prepare_rendering(delivered: Delivered) -> Signed | None:
    """Set and sign the licence that was issued; None when it has its PDF."""
    licence = queries.licence_of(shard=delivered.shard, id=delivered.event.subject)
    return None if licence.file_id else services.render(licence)


def apply_rendering(delivered: Delivered, signed: Signed | None, now: datetime) -> None:
    """Keep the PDF with the licence."""
    if signed:
        licence = queries.licence_of(shard=delivered.shard, id=delivered.event.subject)
        services.attach_rendering(licence, signed, now=now)


RENDER = Prepared(prepare_rendering, apply_rendering)


def note_holder(delivered: Delivered, now: datetime) -> None:
    """Put a licence that was issued on its holder's list."""
    services.note_holder(queries.licence_of(shard=delivered.shard, id=delivered.event.subject))
