"""Acts on licences: issue, renew or change, end; and what the worker does to make the file."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from uuid_utils.compat import uuid7

from xiaoer.files import services as files
from xiaoer.journal.fields import blind_index
from xiaoer.journal.services import SYSTEM, Actor, Change, New, act, take
from xiaoer.kernel import codes
from xiaoer.notices import rules as notices
from xiaoer.notices import services as papers

from . import events, rules
from .models import Holding, Licence

Content = Sequence[tuple[str, str]]
"""What stands on the licence: (label, value), in order."""


def licence(
    kind: rules.Kind, *, holder: rules.Holder, organ: notices.Organ, content: Content, subject: UUID, shard: str,
    valid_from: date, valid_to: date | None, now: datetime, number: str = "", id: UUID | None = None,
    held: bool = False,
) -> New:  # fmt: skip
    """Return the part of a larger act that issues a licence; call it in that act's transaction, for it takes numbers.

    number: the printed 证照编号 where the kind has a rule of its own; else region, year and the issuer's next one.
    held: it waits to be released, and nobody has its file before.
    Raises Refusal (codes.…) when the codes of kind or issuer are not well made (GB/T 36904).
    """
    year = timezone.localtime(now).year
    place = take(shard=organ.shard, register=f"证照 {kind.code} {organ.code} {year}")  # bilingual: a register's name
    identity = id or uuid7()
    sequence = f"{year}{place:07d}"
    return New(
        shard,
        events.Issued(
            subject=subject, kind_code=kind.code, kind_name=kind.name, number=number or f"{organ.shard[:6]}{sequence}",
            identifier=codes.certificate_id(kind.code, issuer=organ.code, sequence=sequence), sequence=sequence,
            edition=1, previous=None, code=_code(shard, identity), issuer_code=organ.code, issuer_name=organ.name,
            holder_kind=holder.kind, holder_id=holder.id, holder_shard=holder.shard, holder=holder.name,
            holder_code=holder.code, content=_stored(content), valid_from=valid_from, valid_to=valid_to, held=held,
        ),
        id=identity,
    )  # fmt: skip


@transaction.atomic
def issue(
    kind: rules.Kind, *, holder: rules.Holder, organ: notices.Organ, content: Content, subject: UUID, shard: str,
    valid_from: date, valid_to: date | None, by: Actor, now: datetime, number: str = "", held: bool = False,
) -> Licence:  # fmt: skip
    """Issue a licence as an act of its own. Arguments and errors as for licence."""
    part = licence(
        kind, holder=holder, organ=organ, content=content, subject=subject, shard=shard, valid_from=valid_from,
        valid_to=valid_to, now=now, number=number, held=held,
    )  # fmt: skip
    row: Licence = act([part], by=by, now=now)[0]
    return row


@transaction.atomic
def renew(
    old: Licence, *, subject: UUID, valid_from: date, valid_to: date | None, by: Actor, now: datetime,
    content: Content | None = None, seen: int | None = None,
) -> Licence:  # fmt: skip
    """Replace a licence by its next edition (延续 or 变更): same number and sequence, new identifier and code.

    content: what changed; None keeps what stands on the old one. Raises Refusal("licence_ended").
    """
    identity = uuid7()
    fresh = events.Issued(
        subject=subject, kind_code=old.kind_code, kind_name=old.kind_name, number=old.number,
        identifier=codes.certificate_id(
            old.kind_code, issuer=old.issuer_code, sequence=old.sequence, version=old.edition + 1
        ),
        sequence=old.sequence, edition=old.edition + 1, previous=old.id, code=_code(old.shard, identity),
        issuer_code=old.issuer_code, issuer_name=old.issuer_name, holder_kind=old.holder_kind, holder_id=old.holder_id,
        holder_shard=old.holder_shard, holder=old.holder, holder_code=old.holder_code,
        content=old.content if content is None else _stored(content), valid_from=valid_from, valid_to=valid_to,
    )  # fmt: skip
    changes: list[Change | New] = [
        Change(old, events.Superseded(identity), seen, law="行政许可法 49, 50"),
        New(old.shard, fresh, identity),
    ]
    row: Licence = act(changes, by=by, now=now)[1]
    return row


@transaction.atomic
def revoke(
    licence: Licence, *, reason: str, law: str, by: Actor, now: datetime, how: str = "revoked", seen: int | None = None
) -> Licence:
    """End a licence by an act of its issuer. how: revoked 撤销, cancelled 注销, withdrawn 撤回 or forfeited 吊销.

    From this moment the public verification page says so. Raises Refusal("licence_ended"), ValueError for another how.
    """
    if how not in rules.ENDS:
        raise ValueError(f"a licence is ended as one of {sorted(rules.ENDS)}, not {how!r}")
    ended = events.Ended(how=how, reason=reason, law=law)
    row: Licence = act([Change(licence, ended, seen, law=law)], by=by, now=now)[0]
    return row


@transaction.atomic
def release(licence: Licence, *, by: Actor, now: datetime) -> Licence:
    """Let the holder have a licence that waited (许可法 44); nothing happens to one that does not wait."""
    if licence.state != "held":
        return licence
    row: Licence = act([Change(licence, events.Released())], by=by, now=now)[0]
    return row


@transaction.atomic
def note_opened(licence: Licence, *, by: Actor, now: datetime) -> Licence:
    """Note that the holder looked at a licence for the first time: what came electronically has reached him then."""
    if licence.opened_at or licence.state == "held":
        return licence
    row: Licence = act([Change(licence, events.Opened())], by=by, now=now)[0]
    return row


def note_holder(licence: Licence) -> None:
    """Put the licence on its holder's list, once."""
    Holding.objects.get_or_create(
        shard=licence.holder_shard, holder=licence.holder_id, licence=licence.id,
        defaults={"licence_shard": licence.shard},
    )  # fmt: skip


def render(licence: Licence) -> papers.Signed:
    """Return the signed PDF. Slow (some 30 ms): call it outside any transaction, in the worker."""
    values = {
        "title": licence.kind_name,
        "organ": licence.issuer_name,
        "number": licence.number,
        "identifier": licence.identifier,
        "edition": licence.edition,
        "holder": licence.holder,
        "holder_code": licence.holder_code,
        "content": json.loads(licence.content or "[]"),
        "valid_from": licence.valid_from.isoformat(),
        "valid_to": licence.valid_to.isoformat() if licence.valid_to else "",
        "issued_on": timezone.localtime(licence.issued_at).date().isoformat(),
    }
    pdf = papers.typeset("licences/papers/licence.typ", values, code=licence.code, at=licence.issued_at)
    return papers.sign(pdf, organ_code=licence.issuer_code, organ_name=licence.issuer_name, at=licence.issued_at)


@transaction.atomic
def attach_rendering(licence: Licence, signed: papers.Signed, *, now: datetime) -> Licence:
    """Store the signed PDF and note its digest; nothing happens when the licence has its PDF already."""
    if licence.file_id:
        return licence
    stored = files.store(ContentFile(signed.content, "licence.pdf"), shard=licence.shard, by=SYSTEM, now=now)
    rendered = events.Rendered(file_id=stored.id, digest=stored.digest, certificate=signed.certificate)
    row: Licence = act([Change(licence, rendered)], by=SYSTEM, now=now)[0]
    return row


def _code(shard: str, identity: UUID) -> str:
    return notices.code_of(shard, blind_index(f"licence {identity}"))


def _stored(content: Content) -> str:
    return json.dumps([list(pair) for pair in content], ensure_ascii=False)
