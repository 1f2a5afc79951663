"""What is asked about a case (提问), and answered.  # bilingual"""

from dataclasses import dataclass
from uuid import UUID

from xiaoer.journal.events import event


@event(
    "question.asked", subject="question", zh="{side}提出一个问题", en="a question from {side}", personal=("text",),
    law="行政许可法 30",
)  # fmt: skip
@dataclass(frozen=True)
class QuestionAsked:
    """side: officer or applicant, who asks the other one. It is no notice of gaps and moves no clock."""

    case: UUID
    application: UUID
    side: str
    text: str


@event("question.answered", subject="question", zh="回答了{side}的问题", en="answered {side}", personal=("answer",))
@dataclass(frozen=True)
class QuestionAnswered:
    """side: who had asked."""

    side: str
    answer: str


@event("question.withdrawn", subject="question", zh="{side}收回了问题", en="{side} took the question back")
@dataclass(frozen=True)
class QuestionWithdrawn:
    """side: who had asked."""

    side: str
