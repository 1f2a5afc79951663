"""Reactions: what flow.py hands over to this app."""

from datetime import datetime
from functools import partial

from xiaoer.journal.services import Prepared
from xiaoer.journal.services.delivery import Delivered

from . import queries, rules, services
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


def bring_out(delivered: Delivered, *, channel: str) -> None:
    """Send a message by one channel, outside any transaction: at least once, always with the same id."""
    letter = queries.letter(shard=delivered.shard, id=delivered.event.subject, channel=channel)
    if letter:
        services.channel(channel).send(letter)


def nothing_more(delivered: Delivered, made: None, now: datetime) -> None:
    """The mark that it is done is all there is to write."""


SEND_SMS = Prepared(partial(bring_out, channel=rules.SMS), nothing_more)
SEND_EMAIL = Prepared(partial(bring_out, channel=rules.EMAIL), nothing_more)
