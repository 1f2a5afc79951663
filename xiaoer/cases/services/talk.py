"""What is said about a case: notes among officers, questions between organ and applicant, looks at what is masked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from uuid_utils.compat import uuid7

from xiaoer.files import services as files
from xiaoer.files.queries import StoredFile
from xiaoer.journal import services as journal
from xiaoer.journal.services import Actor, Change, New
from xiaoer.kernel.refusal import Refusal

from .. import rules
from ..events import ApplicationRevealed, QuestionAnswered, QuestionAsked, QuestionWithdrawn
from ..models import Application, Case, Note, Question
from ..rules.questions import ANSWER_FILE, ASKED_FILE, MOST_FILES, MOST_OPEN


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


@dataclass(frozen=True)
class Attached:
    """A stored file with the name that it was sent under."""

    file: StoredFile
    name: str


def stored(uploads: Iterable[Any], case: Case, *, by: Actor, now: datetime) -> list[Attached]:
    """Return uploads as they are attached to a question of a case. Refusal file_… of the first that may not be."""
    return [Attached(files.store(one, shard=case.shard, by=by, now=now), one.name) for one in uploads]


def _attaching(attached: Sequence[Attached], question: UUID, kind: str) -> list[New]:
    if len(attached) > MOST_FILES:
        raise Refusal("files_many", most=MOST_FILES)
    return [files.attachment(one.file, subject=question, kind=kind, title=one.name) for one in attached]


@transaction.atomic
def ask(
    case: Case, *, side: str, text: str, by: Actor, now: datetime, attached: Sequence[Attached] = ()
) -> Question:  # fmt: skip
    """Ask the other side about a case. Its clock runs on. The same question asked twice is one question.

    Refusal question_empty, question_long, questions_many, files_many; question_too_late when an organ asks about a
    closed case.
    """
    text = rules.check_words(text, empty="question_empty")
    if side == rules.OFFICER and case.state in rules.FINAL:
        raise Refusal("question_too_late")
    journal.in_turn(shard=case.shard, what=f"questions:{case.id}")
    waiting = list(Question.objects.filter(shard=case.shard, application=case.application, side=side, state="open"))
    waiting = [one for one in waiting if one.case == case.id]
    again = next((one for one in waiting if one.text == text), None)
    if again:
        return again
    if len(waiting) >= MOST_OPEN:
        raise Refusal("questions_many", most=MOST_OPEN)
    identity = uuid7()
    new = New(case.shard, QuestionAsked(case.id, case.application, side, text), id=identity)
    asked: Question = journal.act([new, *_attaching(attached, identity, ASKED_FILE)], by=by, now=now)[0]
    return asked


@transaction.atomic
def answer(
    question: Question, *, text: str, by: Actor, now: datetime, attached: Sequence[Attached] = (),
    seen: int | None = None,
) -> Question:  # fmt: skip
    """Answer a question, once. Refusal answer_empty, question_long, question_closed, files_many, stale;
    question_too_late when the organ had asked and the case is closed."""
    text = rules.check_words(text, empty="answer_empty")
    case = Case.objects.get(shard=question.shard, id=question.case)
    if question.side == rules.OFFICER and case.state in rules.FINAL:
        raise Refusal("question_too_late")
    return _end(
        question, QuestionAnswered(question.side, text), by, now, seen, _attaching(attached, question.id, ANSWER_FILE)
    )


@transaction.atomic
def take_back(question: Question, *, by: Actor, now: datetime, seen: int | None = None) -> Question:
    """Take back a question that nobody has answered yet. Refusal question_closed, stale."""
    return _end(question, QuestionWithdrawn(question.side), by, now, seen)


def _end(
    question: Question, event: Any, by: Actor, now: datetime, seen: int | None, more: Sequence[New] = ()
) -> Question:
    ended: Question = journal.act([Change(question, event, seen=seen), *more], by=by, now=now)[0]
    return ended
