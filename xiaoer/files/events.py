"""What files announces.  # bilingual"""

from dataclasses import dataclass
from uuid import UUID

from xiaoer.journal.events import event


@event(
    "attachment.added",
    subject="attachment",
    zh="附上了一份文件",
    en="attached a file",
    personal=("title",),
)
@dataclass(frozen=True)
class Added:
    """subject: what it is attached to. digest: SHA-256 of the bytes, so that the journal vouches for them."""

    subject: UUID
    kind: str
    title: str
    file_id: UUID
    digest: str
    size: int
    media_type: str


@event("attachment.withdrawn", subject="attachment", zh="撤下了一份文件：{reason}", en="took a file back: {reason}")
@dataclass(frozen=True)
class Withdrawn:
    """The bytes stay where others hold them too; nobody is shown this attachment any more."""

    reason: str
