"""Questions about a case, from the organ to its applicant and back (行政许可法 30).  # bilingual

The organ explains what it is asked. A question is no notice of gaps (补正): it moves no state and stops no clock.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from xiaoer.journal.rules import Event, subject
from xiaoer.kernel import refusal
from xiaoer.kernel.refusal import Refusal
from xiaoer.notices.rules import message_kind

from .allowed import Standing
from .procedures import FINAL, Act

OFFICER, APPLICANT = "officer", "applicant"
ASKERS = frozenset({"cases.accept", "cases.review"})
ASK = Act("ask", "问申请人", "Ask the applicant", "q")
"""The button of the desk."""
MOST_OPEN = 5
MOST_WORDS = 1000
MOST_FILES = 5
ASKED_FILE, ANSWER_FILE = "question", "answer"
"""What a file that is attached to a question belongs to."""

refusal.register(
    {
        "question_empty": ("请先写要问的内容。", "Write your question first."),
        "answer_empty": ("请先写回答。", "Write your answer first."),
        "question_long": ("最多写 {most} 个字，请删短一些。", "At most {most} characters; please shorten it."),
        "files_many": ("最多附 {most} 个文件。", "At most {most} files may be attached."),
        "question_closed": (
            "这个问题已经有人回答，或者已经收回。",
            "This question has been answered or taken back.",
        ),
        "questions_many": (
            "还有 {most} 个问题没有回答。请先等回答，或者收回一个再问。",
            "There are {most} questions without an answer. Wait for one, or take one back first.",
        ),
        "question_too_late": (
            "这件已经办结，不用再问，也不用再回答。",
            "This case is closed: nothing more is asked, and no answer is needed.",
        ),
    }
)


@dataclass(frozen=True)
class QuestionState:
    """side: who asks, officer or applicant. state: open, answered or withdrawn."""

    case: UUID
    application: UUID
    side: str
    text: str
    asked_by: str
    asked_at: datetime
    state: str = "open"
    answer: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None


def fold_question(state: QuestionState | None, event: Event) -> QuestionState:
    """Fold a question: asked, then answered or taken back, once. Refusal question_closed."""
    if state is None:
        return QuestionState(**vars(event.data), asked_by=event.actor, asked_at=event.at)
    if state.state != "open":
        raise Refusal("question_closed")
    if event.name == "question.withdrawn":
        return replace(state, state="withdrawn")
    return replace(
        state, state="answered", answer=event.data.answer, answered_by=event.actor, answered_at=event.at
    )  # fmt: skip


QUESTION = subject("question", model="cases.Question", state=QuestionState, fold=fold_question)


def sides_of(standing: Standing, *, works: bool = False) -> Collection[str]:
    """Return for which side an actor may speak. works: has a post for a step of the case."""
    sides = {APPLICANT} if standing.applicant else set()
    return sides | {OFFICER} if works or standing.permissions & ASKERS else sides


def is_due(*, side: str, state: str, case_state: str) -> bool:
    """Whether somebody still waits for an answer: what an organ asked is over when its case is."""
    return state == "open" and not (side == OFFICER and case_state in FINAL)


def check_words(text: str, *, empty: str) -> str:
    """Return what was written without blanks round it. Refusal of the name empty, question_long."""
    text = text.strip()
    if not text:
        raise Refusal(empty)
    if len(text) > MOST_WORDS:
        raise Refusal("question_long", most=MOST_WORDS)
    return text


ASKED, REPLIED = "cases.asked", "cases.replied"
ASKED_ORGAN, REPLIED_ORGAN = "cases.asked_organ", "cases.replied_organ"

message_kind(
    ASKED,
    title=("部门想问您：{matter}", "A question for you: {matter}"),
    body=(
        "{organ}有一个问题，请点开回答。这不是补正，办理期限照常计算。",
        "{organ} has a question; open this to answer it. It is no request for papers, and the clock keeps running.",
    ),
)
message_kind(
    REPLIED,
    title=("部门回答了您的问题：{matter}", "Your question was answered: {matter}"),
    body=("{organ}的回答在办件页里。", "The answer of {organ} is on the page of your case."),
)
message_kind(
    ASKED_ORGAN,
    title=("申请人提问：{matter}", "The applicant asks: {matter}"),
    body=("办件 {number} 的申请人有一个问题，请尽快回答。", "The applicant of case {number} has a question to answer."),
)
message_kind(
    REPLIED_ORGAN,
    title=("申请人回答了：{matter}", "The applicant answered: {matter}"),
    body=("办件 {number} 的申请人回答了您的问题。", "The applicant of case {number} answered your question."),
)
