"""Reactions: what flow.py hands over to this app."""

from datetime import datetime

from xiaoer.journal.services import Prepared
from xiaoer.journal.services.delivery import Delivered

from . import queries, services
from .services import Signed


def prepare_rendering(delivered: Delivered) -> Signed | None:
    """Set and sign the paper that was issued; None when it has its PDF."""
    document = queries.document_of(shard=delivered.shard, id=delivered.event.subject)
    return None if document.file_id else services.render(document)


def apply_rendering(delivered: Delivered, signed: Signed | None, now: datetime) -> None:
    """Keep the PDF with the paper."""
    if signed:
        document = queries.document_of(shard=delivered.shard, id=delivered.event.subject)
        services.attach_rendering(document, signed, now=now)


RENDER = Prepared(prepare_rendering, apply_rendering)
