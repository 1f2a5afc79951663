"""The log as JSON: the feed of a region's entries by position, receipts, and the key that checks them."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Field, Query, Router, Schema
from pydantic import StringConstraints

from xiaoer.journal import edge
from xiaoer.journal import services as journal
from xiaoer.people import queries as people

from . import queries

router = Router(tags=["journal"])
Shard = Annotated[str, StringConstraints(pattern=r"^\d{12}$")]


class Problem(Schema):
    """What stands in the way: SignInNeeded, SecondFactorNeeded, PersonNeeded or Not Found."""

    detail: str


class Faults(Schema):
    """What is wrong with the question, field by field."""

    detail: list[dict[str, Any]]


PROBLEMS = {401: Problem, 403: Problem, 404: Problem, 422: Faults}


class EntryOut(Schema):
    """One entry as the log holds it; personal values are commitments (HMAC). digest: SHA-256 over the RFC 8785 bytes of
    id, shard, subject, number, act, name, at, actor, on_behalf_of, calendar, data and law."""

    position: int
    id: UUID
    shard: str
    kind: str
    subject: UUID
    number: int
    act: UUID
    name: str
    version: int
    at: datetime
    actor: str
    on_behalf_of: str
    calendar: str
    law: str
    data: dict[str, Any]
    digest: str


class FeedOut(Schema):
    """A page of one log. next: ask with after=next for what follows."""

    shard: str
    entries: list[EntryOut]
    next: int


class ReceiptOut(Schema):
    """The platform's signature over the other fields, written as RFC 8785 writes them (Ed25519)."""

    format: str
    id: UUID
    shard: str
    digest: str
    at: str
    position: int | None
    key: str
    signature: str


class KeyOut(Schema):
    """before: public keys that signed receipts earlier, newest first."""

    algorithm: str
    key: str
    before: list[str]


class FeedQuery(Schema):
    shard: Shard
    after: int = Field(0, ge=0, le=2**62)
    limit: int = Field(100, ge=1, le=500)


@router.get("/feed", response={200: FeedOut, **PROBLEMS}, url_name="journal_feed")
def feed(request: HttpRequest, asked: Query[FeedQuery]) -> FeedOut:
    """Entries of a region's log after a position, oldest first, for supervisors and operators of the region."""
    officer = people.officer_of(request, "oversight.feed")
    lines = queries.feed(officer, shard=asked.shard, after=asked.after, limit=asked.limit)
    if lines is None:
        raise Http404
    entries = [_out(line) for line in lines]
    return FeedOut(shard=asked.shard, entries=entries, next=entries[-1].position if entries else asked.after)


def _out(line: queries.Line) -> EntryOut:
    entry = line.entry
    return EntryOut(
        position=line.position, id=entry.id, shard=entry.shard, kind=entry.kind, subject=entry.subject,
        number=entry.number, act=entry.act, name=entry.name, version=entry.schema, at=entry.at, actor=entry.actor,
        on_behalf_of=entry.on_behalf_of, calendar=entry.calendar, law=entry.law, data=entry.data, digest=entry.digest,
    )  # fmt: skip


@router.get("/receipts/{uuid:entry}", response={200: ReceiptOut, **PROBLEMS}, url_name="journal_receipt")
def receipt(request: HttpRequest, entry: UUID) -> ReceiptOut:
    """The signed receipt of an entry, for who made it, whose application it is about, or who may read the log."""
    account = people.account_of(request)
    applicant = people.applicant(account, on=edge.today())
    found = queries.entry_for_applicant(applicant, entry) if applicant else None
    if found is None:
        found = queries.entry_for_officer(people.officer_of(request, "oversight.feed"), entry)
    if found is None:
        raise Http404
    return ReceiptOut(**journal.receipt(found))


@router.get("/key", response=KeyOut, url_name="receipt_key")
def key(request: HttpRequest) -> KeyOut:
    """The public keys that check receipts without asking the platform: a receipt names its own."""
    return KeyOut(algorithm="Ed25519", key=journal.public_key(), before=journal.earlier_keys())
