"""What is said about a case: notes among officers, questions between organ and applicant, looks at what is masked."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from xiaoer.journal import services as journal
from xiaoer.journal.services import Actor, Change, New
from xiaoer.kernel.refusal import Refusal

from .. import rules
from ..events import ApplicationRevealed, QuestionAnswered, QuestionAsked, QuestionWithdrawn
from ..models import Application, Case, Note, Question
from ..rules.questions import MOST_OPEN


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


@transaction.atomic
def ask(case: Case, *, side: str, text: str, by: Actor, now: datetime) -> Question:
    """Ask the other side about a case. Its clock runs on. The same question asked twice is one question.

    Refusal question_empty, question_long, questions_many; question_too_late when an organ asks about a closed case.
    """
    text = rules.check_words(text, empty="question_empty")
    if side == rules.OFFICER and case.state in rules.FINAL:
        raise Refusal("question_too_late")
    waiting = list(Question.objects.filter(shard=case.shard, application=case.application, side=side, state="open"))
    waiting = [one for one in waiting if one.case == case.id]
    again = next((one for one in waiting if one.text == text), None)
    if again:
        return again
    if len(waiting) >= MOST_OPEN:
        raise Refusal("questions_many", most=MOST_OPEN)
    asked: Question = journal.act(
        [New(case.shard, QuestionAsked(case.id, case.application, side, text))], by=by, now=now
    )[0]
    return asked


@transaction.atomic
def answer(
    question: Question, *, text: str, by: Actor, now: datetime, seen: int | None = None
) -> Question:  # fmt: skip
    """Answer a question, once. Refusal answer_empty, question_long, question_closed, stale; question_too_late when the
    organ had asked and the case is closed."""
    text = rules.check_words(text, empty="answer_empty")
    case = Case.objects.get(shard=question.shard, id=question.case)
    if question.side == rules.OFFICER and case.state in rules.FINAL:
        raise Refusal("question_too_late")
    return _end(question, QuestionAnswered(question.side, text), by, now, seen)


@transaction.atomic
def take_back(question: Question, *, by: Actor, now: datetime, seen: int | None = None) -> Question:
    """Take back a question that nobody has answered yet. Refusal question_closed, stale."""
    return _end(question, QuestionWithdrawn(question.side), by, now, seen)


def _end(question: Question, event: Any, by: Actor, now: datetime, seen: int | None) -> Question:
    ended: Question = journal.act([Change(question, event, seen=seen)], by=by, now=now)[0]
    return ended
