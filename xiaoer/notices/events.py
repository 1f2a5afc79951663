"""What notices announces.  # bilingual"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from xiaoer.journal.events import event


@event(
    "document.issued",
    subject="document",
    zh="制作了文书 {number}",
    en="issued the document {number}",
    personal=("private",),
)
@dataclass(frozen=True)
class Issued:
    """facts and private: the values that stand in the paper; private ones (as JSON text) are personal."""

    subject: UUID
    kind: str
    number: str
    code: str
    organ_code: str
    organ_name: str
    template: int
    facts: dict[str, Any]
    private: str


@event("document.rendered", subject="document", zh="文书已制成并签章", en="the document was rendered and signed")
@dataclass(frozen=True)
class Rendered:
    """digest: SHA-256 of the signed PDF. certificate: serial number (hex) of the organ's certificate."""

    file_id: UUID
    digest: str
    certificate: str


@event(
    "document.served",
    subject="document",
    zh="送达了文书（{how}）",
    en="served the document ({how})",
    personal=("receiver", "proof"),
    law="民事诉讼法 87-95; 行政许可法 38, 44",
)
@dataclass(frozen=True)
class Served:
    """how: a key of rules.WAYS. proof: what shows it (tracking number, name of the signature, attachment id)."""

    how: str
    on: date
    receiver: str
    proof: str


@event("document.withdrawn", subject="document", zh="撤回了文书：{reason}", en="withdrew the document: {reason}")
@dataclass(frozen=True)
class Withdrawn:
    reason: str


@event("document.erased", subject="document", zh="删除了文书中的个人信息", en="erased personal values of the document")
@dataclass(frozen=True)
class Erased:
    reason: str


@event("message.written", subject="message", zh="发了消息", en="sent a message", personal=("params",))
@dataclass(frozen=True)
class Written:
    """account: whom it is for. subject: what it is about. params: JSON text that fills the kind's words."""

    account: UUID
    subject: UUID
    kind: str
    params: str
    link: str
    channels: list[str]


@event("message.erased", subject="message", zh="删除了消息中的个人信息", en="erased personal values of the message")
@dataclass(frozen=True)
class MessageErased:
    reason: str
