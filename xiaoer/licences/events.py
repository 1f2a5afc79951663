"""What licences announces.  # bilingual"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from xiaoer.journal.events import event


@event(
    "licence.issued",
    subject="licence",
    zh="颁发了{kind_name}",
    en="issued the licence {kind_name}",
    personal=("holder", "holder_code", "content"),
    law="行政许可法 39; 国令716 第十条",
)
@dataclass(frozen=True)
class Issued:
    """subject: the case that granted it. content: what stands on it, as JSON text of [label, value] pairs.

    held: made, but not handed over before its fees are paid.
    """

    subject: UUID
    kind_code: str
    kind_name: str
    number: str
    identifier: str
    sequence: str
    edition: int
    previous: UUID | None
    code: str
    issuer_code: str
    issuer_name: str
    holder_kind: str
    holder_id: UUID
    holder_shard: str
    holder: str
    holder_code: str
    content: str
    valid_from: date
    valid_to: date | None
    held: bool = False


@event("licence.released", subject="licence", zh="费用已缴清，证照可以领取", en="paid for: the licence may be had",
       law="行政许可法 44")  # fmt: skip
@dataclass(frozen=True)
class Released:
    pass


@event("licence.opened", subject="licence", zh="持证人打开了证照", en="the holder opened the licence",
       law="行政许可法 44")  # fmt: skip
@dataclass(frozen=True)
class Opened:
    """The first time that the holder looked at it or took its file; who comes again is not noted."""


@event("licence.rendered", subject="licence", zh="证照文件已制成并签章", en="the licence was rendered and signed")
@dataclass(frozen=True)
class Rendered:
    """digest: SHA-256 of the signed PDF. certificate: serial number (hex) of the issuer's certificate."""

    file_id: UUID
    digest: str
    certificate: str


@event("licence.ended", subject="licence", zh="证照不再有效：{reason}", en="the licence was ended: {reason}")
@dataclass(frozen=True)
class Ended:
    """how: a key of rules.STATES that is an end by an organ's act (撤销, 注销, 吊销, 撤回). law: the article."""

    how: str
    reason: str
    law: str


@event("licence.superseded", subject="licence", zh="证照换发了新版本", en="the licence was replaced by a new edition")
@dataclass(frozen=True)
class Superseded:
    successor: UUID


@event("licence.erased", subject="licence", zh="删除了证照中的个人信息", en="erased personal values of the licence")
@dataclass(frozen=True)
class Erased:
    reason: str
