"""Reading papers: by subject for whoever its app lets in, by code for anybody."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from . import rules
from .models import Document

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
