"""The address book: to whom and where results are sent by post.  # bilingual"""

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from xiaoer.journal import rules as journal
from xiaoer.kernel import refusal

MOST_RECIPIENTS = 20

refusal.register(
    {
        "recipients_many": (
            "地址簿最多存{most}个收件人。请先删掉不用的。",
            "The address book holds at most {most} recipients. Remove one that you no longer need.",
        ),
        "recipient_gone": ("这个收件人已经删掉了。", "This recipient has been removed."),
    }
)


@dataclass(frozen=True)
class RecipientState:
    """gone: removed by the person, with all values erased."""

    person_id: UUID
    name: str
    phone: str
    address: str
    gone: bool = False


RECIPIENT = journal.subject(
    "recipient", model="people.Recipient", state=RecipientState, fold=partial(journal.took_over, kind=RecipientState)
)
