"""Reading papers and messages: by subject for whoever its app lets in, by code for anybody, the inbox for its owner."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model

from . import rules
from .models import Document, Message, Preference, Reading

MayRead = Callable[[Document], bool]
"""The owning app's answer whether the reader, whom the callable knows, may have this paper."""


def documents(*, shard: str, subject: UUID) -> list[Document]:
    """Return the papers of a subject, oldest first. The caller has let the reader into the subject."""
    return list(Document.objects.filter(shard=shard, subject=subject).order_by("id"))


def documents_of(*, shard: str, subjects: list[UUID]) -> dict[UUID, list[Document]]:
    """Return the papers of each of several subjects, in one query."""
    found: dict[UUID, list[Document]] = {subject: [] for subject in subjects}
    for row in Document.objects.filter(shard=shard, subject__in=subjects).order_by("id"):
        found[row.subject].append(row)
    return found


def document_of(*, shard: str, id: UUID) -> Document:
    """Return one paper for a handler of the platform itself. Document.DoesNotExist when there is none."""
    return Document.objects.select_related("file").get(shard=shard, id=id)


def document_for(*, shard: str, id: UUID, may_read: MayRead) -> Document | None:
    """Return one paper with its file, or None when there is none or may_read says no (both are 404).

    document.file is None until the worker has made the PDF (some seconds); then
    ``files.queries.send(document.file, title=title_of(document))``.
    """
    found = Document.objects.select_related("file").filter(shard=shard, id=id).first()
    return found if found and may_read(found) else None


def title_of(document: Document) -> str:
    """Return what a paper is called in a list or as a file: 受理通知书 瑞市监许受〔2026〕第12号."""
    return f"{rules.KINDS[document.kind].zh} {document.number}"


@dataclass(frozen=True)
class PublicPaper:
    """What anybody who holds a paper may learn of it: no name and nothing of its matter."""

    zh: str
    en: str
    number: str
    organ: str
    issued_at: datetime
    withdrawn: bool
    digest: str


def paper_by_code(code: str) -> PublicPaper | None:
    """Return what the public verification page says of the paper with this code (as rules.normal_code gives it)."""
    row = Document.objects.filter(shard=rules.shard_of(code), code=code).first()
    if row is None:
        return None
    kind = rules.KINDS[row.kind]
    # The number of a receipt is the case's own, which its holder keeps to himself.
    number = row.number if kind.word else ""
    return PublicPaper(kind.zh, kind.en, number, row.organ_name, row.issued_at, row.state == "withdrawn", row.digest)


def code_by_digest(*, digest: str) -> str:
    """Return the code of the paper whose signed PDF has this SHA-256; empty when no paper has."""
    return Document.objects.filter(digest=digest).values_list("code", flat=True).first() or ""


@dataclass(frozen=True)
class InboxRow:
    """A message as its reader sees it."""

    id: UUID
    words: rules.Words
    link: str
    written_at: datetime
    read: bool


def _shards(account: Any) -> set[str]:
    """Return where an account's messages lie: with its person, and what came before it entered one, without a shard.

    An officer need not be a person here; accounts are no shard's, and so are the messages to such a one.
    """
    return {account.home, ""}


def inbox(account: Any, *, language: str, before: UUID | None = None, limit: int = 20) -> list[InboxRow]:
    """Return an account's messages, newest first, older than a message id. For that account alone. Two queries."""
    found = Message.objects.filter(shard__in=_shards(account), account=account.id)
    rows = list((found.filter(id__lt=before) if before else found).order_by("-id")[:limit])
    read = _read(account, [row.id for row in rows])
    said = {row.id: rules.words(row.kind, params=row.params, language=language) for row in rows}
    return [InboxRow(row.id, said[row.id], row.link, row.written_at, row.id in read) for row in rows]


def unread(account: Any, *, limit: int = 100) -> list[Message]:
    """Return an account's newest messages that were not read yet; for a number that says "99 or more"."""
    rows = list(Message.objects.filter(shard__in=_shards(account), account=account.id).order_by("-id")[:limit])
    read = _read(account, [row.id for row in rows])
    return [row for row in rows if row.id not in read]


def message_for(account: Any, *, id: UUID) -> Message | None:
    """Return one message to its reader, None for anybody else."""
    return Message.objects.filter(shard__in=_shards(account), account=account.id, id=id).first()


def _read(account: Any, messages: Iterable[UUID]) -> set[UUID]:
    found = Reading.objects.filter(shard__in=_shards(account), account=account.id, message__in=list(messages))
    return set(found.values_list("message", flat=True))


def preference(account: Any) -> Preference:
    """Return how an account wants to be told; what nobody chose is a text message."""
    found = Preference.objects.filter(shard__in=_shards(account), account=account.id).order_by("-shard").first()
    return found or Preference(shard=account.home, account=account.id)


def channels_of(account: Any) -> list[str]:
    """Return the channels by which messages to an account go: always the inbox, others as chosen and reachable."""
    chosen = preference(account)
    reachable = {rules.SMS: chosen.sms and account.phone, rules.EMAIL: chosen.email and chosen.address}
    return [rules.INBOX, *(name for name, there in reachable.items() if there)]


def letter(*, shard: str, id: UUID, channel: str) -> rules.Letter | None:
    """Return a message as it goes out by a channel now, in its reader's language; None when it does not go that way."""
    row = Message.objects.get(shard=shard, id=id)
    account: Any = get_user_model()._default_manager.filter(id=row.account, is_active=True).first()
    if account is None or channel not in row.channels:
        return None
    to = account.phone if channel == rules.SMS else preference(account).address
    if not to:
        return None
    said = rules.words(row.kind, params=row.params, language=account.language)
    return rules.Letter(row.id, channel, to, said, f"{settings.PUBLIC_URL}{row.link}", row.written_at)
