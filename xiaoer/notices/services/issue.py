"""Issue a paper: its row, entry and number in the caller's transaction; the PDF follows by the queue."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from uuid_utils.compat import uuid7

from xiaoer.journal.fields import blind_index
from xiaoer.journal.services import Actor, New, act, take

from .. import events, rules
from ..models import Document
from ..rules.kinds import PERSONAL
from ..rules.numbers import register_of


def document(
    kind: str, *, subject: UUID, shard: str, organ: rules.Organ, data: Any, now: datetime, id: UUID | None = None
) -> New:
    """Return the part of a larger act that issues a paper; call it in that act's transaction, for it takes a number.

    data: the registered dataclass of the kind, or a dict of its fields. Raises ValueError (pydantic) when a value that
    the paper must say is missing, unknown or of another type, LookupError for an unknown kind.
    """
    paper = rules.KINDS[kind]
    values = paper.dump(data)
    today = timezone.localtime(now).date()
    if paper.adverse:
        values["remedies"] = rules.remedies(
            today, review_body=values.pop("review_body", ""), court=values.pop("court", ""), online=settings.REVIEW_URL
        )
    number = values["case_number"]
    if paper.word:
        register = register_of(organ, paper, year=today.year)
        number = rules.document_number(organ, paper, year=today.year, number=take(shard=organ.shard, register=register))
    private = {name: values.pop(name) for name in sorted(PERSONAL & set(values))}
    identity = id or uuid7()
    issued = events.Issued(
        subject=subject, kind=kind, number=number, code=rules.code_of(shard, blind_index(f"paper {identity}")),
        organ_code=organ.code, organ_name=organ.name, template=paper.template, facts=values,
        private=json.dumps(private, ensure_ascii=False),
    )  # fmt: skip
    return New(shard, issued, id=identity, law=paper.law)


@transaction.atomic
def issue(kind: str, *, subject: UUID, shard: str, organ: rules.Organ, data: Any, by: Actor, now: datetime) -> Document:
    """Issue a paper as an act of its own. Arguments and errors as for document."""
    part = document(kind, subject=subject, shard=shard, organ=organ, data=data, now=now)
    row: Document = act([part], by=by, now=now)[0]
    return row
