"""The PDF of a paper: set in type, signed in the organ's name, stored, and noted in the journal."""

import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from xiaoer.files import services as files
from xiaoer.journal.services import SYSTEM, Change, act

from .. import events, rules
from ..models import Document
from .signing import Signed, sign
from .typeset import sheet, typeset


def render(document: Document) -> Signed:
    """Return the signed PDF of a paper. Slow (some 30 ms): call it outside any transaction, in the worker."""
    kind = rules.KINDS[document.kind]
    values: dict[str, Any] = {
        **document.facts,
        **json.loads(document.private or "{}"),
        "title": kind.zh,
        "title_en": kind.en,
        "number": document.number,
        "organ": document.organ_name,
        "issued_on": timezone.localtime(document.issued_at).date().isoformat(),
    }
    if "how" in values:
        values["how"] = rules.WAYS[values["how"]].zh
    pdf = typeset(f"notices/papers/{document.kind}.typ", values, code=document.code, at=document.issued_at)
    return sign(pdf, organ_code=document.organ_code, organ_name=document.organ_name, at=document.issued_at)


def specimen(*, at: datetime) -> bytes:
    """Return a signed sheet that says nothing: the self check of fonts, typesetting and signing."""
    pdf = sheet("notices/papers/specimen.typ", {}, url=settings.PUBLIC_URL, at=at)
    return sign(pdf, organ_code="CHECK", organ_name="Xiaoer self check", at=at).content


@transaction.atomic
def attach_rendering(document: Document, signed: Signed, *, now: datetime) -> Document:
    """Store the signed PDF and note its digest; nothing happens when the paper has its PDF already."""
    if document.file_id:
        return document
    name = f"{rules.KINDS[document.kind].zh}.pdf"
    stored = files.store(ContentFile(signed.content, name), shard=document.shard, by=SYSTEM, now=now)
    rendered = events.Rendered(file_id=stored.id, digest=stored.digest, certificate=signed.certificate)
    row: Document = act([Change(document, rendered)], by=SYSTEM, now=now)[0]
    return row
