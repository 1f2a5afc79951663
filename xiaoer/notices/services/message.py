"""Write messages to people, note that they were read, keep how they want to be told."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from uuid_utils.compat import uuid7

from xiaoer.journal.services import Actor, New, act
from xiaoer.kernel.refusal import Refusal

from .. import events, queries, rules
from ..models import Message, Preference, Reading


def message(
    kind: str, *, account: Any, subject: UUID, params: Mapping[str, object], link: str = "", id: UUID | None = None
) -> New:
    """Return the part of a larger act that tells an account (people.Account) something.

    It goes to the inbox and out by the channels that the person chose. Raises KeyError for a kind that no app
    registered, or when params do not fill its words; ValueError for a link out of the platform.
    """
    if not rules.is_inside(link):
        raise ValueError(f"a message leads to a page of the platform, not to {link!r}")
    known = rules.MESSAGES[kind]
    for text in (*known.title, *known.body):
        text.format_map(params)
    written = events.Written(
        account=account.id, subject=subject, kind=kind, link=link, channels=queries.channels_of(account),
        params=json.dumps({name: str(value) for name, value in params.items()}, ensure_ascii=False),
    )  # fmt: skip
    return New(account.home, written, id=id or uuid7())


@transaction.atomic
def write(
    kind: str, *, account: Any, subject: UUID, params: Mapping[str, object], by: Actor, now: datetime, link: str = ""
) -> Message:
    """Tell an account something as an act of its own. Arguments and errors as for message."""
    part = message(kind, account=account, subject=subject, params=params, link=link)
    row: Message = act([part], by=by, now=now)[0]
    return row


def mark_read(messages: list[Message], *, now: datetime) -> None:
    """Note that messages were read; the first time counts."""
    Reading.objects.bulk_create(
        [Reading(message=one.id, shard=one.shard, account=one.account, at=now) for one in messages],
        ignore_conflicts=True,
    )


@transaction.atomic
def prefer(account: Any, *, sms: bool, email: bool, address: str, seen: int | None = None) -> Preference:
    """Keep by which channels an account wants messages. Refusal email_missing, and stale when seen is not the version.

    seen: the version that was shown, 0 before anything was chosen.
    """
    if email and not address:
        raise Refusal("email_missing")
    own = Preference.objects.filter(shard=account.home, account=account.id)
    row, _ = Preference.objects.get_or_create(shard=account.home, account=account.id)
    row.sms, row.email, row.address = sms, email, address
    before = row.version if seen is None else seen
    row.version = before + 1
    if not own.filter(version=before).update(sms=sms, email=email, address=address, version=row.version):
        raise Refusal("stale")
    return row
