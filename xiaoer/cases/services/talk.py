"""What officers tell one another about a case, and when they look at what is masked."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from xiaoer.journal import services as journal
from xiaoer.journal.services import Actor, Change
from xiaoer.kernel.refusal import Refusal

from ..events import ApplicationRevealed
from ..models import Application, Case, Note


def note(case: Case, *, text: str, author: UUID, now: datetime) -> Note:
    """Leave a note for the officers who work on the case. It is no act: the applicant's rights do not hang on it."""
    if not text.strip():
        raise Refusal("note_needed")
    return Note.objects.create(shard=case.shard, case=case.id, author=author, text=text.strip(), at=now)


@transaction.atomic
def reveal(application: Application, *, what: str, reason: str, by: Actor, now: datetime) -> str:
    """Return one personal answer whole, and journal who looked and why (个人信息保护法 51, 54)."""
    values: Any = application.personal_answers
    if what not in values:
        raise Refusal("value_unknown")
    if not reason.strip():
        raise Refusal("reason_needed")
    journal.act([Change(application, ApplicationRevealed(what, reason.strip()))], by=by, now=now)
    return str(values[what])
