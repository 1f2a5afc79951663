"""Events of persons, firms, mandates, posts and lost second factors.  # bilingual

Signing in and the codes sent for it are never journalled.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from xiaoer.journal.events import event

IDENTITY = ("name", "id_number", "id_index", "phone")


@event("person.registered", subject="person", zh="登记了个人信息", en="entered personal details", personal=IDENTITY,
       law="国务院关于在线政务服务的若干规定 9；个人信息保护法 13")  # fmt: skip
@dataclass(frozen=True)
class PersonRegistered:
    """assurance: rules.ASSURANCE. account_id: none when a clerk entered somebody who has no account."""

    name: str
    id_kind: str
    id_number: str
    id_index: str
    phone: str
    assurance: int
    account_id: UUID | None = None


@event(
    "person.changed", subject="person", zh="修改了姓名或联系电话", en="changed name or phone",
    personal=("name", "phone"), law="个人信息保护法 46",
)  # fmt: skip
@dataclass(frozen=True)
class PersonChanged:
    name: str
    phone: str


@event("person.verified", subject="person", zh="核验了身份", en="verified the identity",
       law="国务院关于在线政务服务的若干规定 9")  # fmt: skip
@dataclass(frozen=True)
class PersonVerified:
    assurance: int
    how: str


@event("person.linked", subject="person", zh="把个人信息与账号关联", en="linked the person with an account")
@dataclass(frozen=True)
class PersonLinked:
    account_id: UUID
    how: str


@event(
    "person.phone_replaced", subject="person", zh="在窗口更换了手机号", en="replaced the phone number at a window",
    personal=("phone",),
)  # fmt: skip
@dataclass(frozen=True)
class PhoneReplaced:
    phone: str
    how: str


@event("person.revealed", subject="person", zh="查看了被遮盖的信息", en="looked at a masked value",
       law="个人信息保护法 51")  # fmt: skip
@dataclass(frozen=True)
class PersonRevealed:
    """what: id_number or phone. reason: why it was needed."""

    what: str
    reason: str


@event("person.erased", subject="person", zh="删除了个人信息", en="erased personal details", law="个人信息保护法 47")
@dataclass(frozen=True)
class PersonErased:
    reason: str


ADDRESS = ("name", "phone", "address")


@event("recipient.added", subject="recipient", zh="在地址簿里加了收件人", en="added a recipient", personal=ADDRESS)
@dataclass(frozen=True)
class RecipientAdded:
    person_id: UUID
    name: str
    phone: str
    address: str


@event("recipient.changed", subject="recipient", zh="修改了收件人", en="changed a recipient", personal=ADDRESS)
@dataclass(frozen=True)
class RecipientChanged:
    name: str
    phone: str
    address: str


@event("recipient.erased", subject="recipient", zh="删除了收件人", en="removed a recipient", law="个人信息保护法 47")
@dataclass(frozen=True)
class RecipientErased:
    gone: bool = True


@event("firm.registered", subject="firm", zh="登记了企业{name}", en="entered the firm {name}")
@dataclass(frozen=True)
class FirmRegistered:
    name: str
    uscc: str
    kind: str
    legal_rep_id: UUID | None
    legal_rep_shard: str
    assurance: int


@event("firm.changed", subject="firm", zh="修改了企业{name}", en="changed the firm {name}")
@dataclass(frozen=True)
class FirmChanged:
    name: str
    kind: str


@event("firm.legal_rep_changed", subject="firm", zh="变更了法定代表人", en="changed the legal representative")
@dataclass(frozen=True)
class LegalRepChanged:
    legal_rep_id: UUID | None
    legal_rep_shard: str


@event("mandate.granted", subject="mandate", zh="授权经办人", en="gave a mandate", law="民法典 161, 165")
@dataclass(frozen=True)
class MandateGranted:
    """kind: legal_rep or agent. services: codes, empty for all. granted_by: the person who gave it."""

    person_id: UUID
    firm_id: UUID
    firm_shard: str
    kind: str
    services: list[str]
    valid_from: date
    valid_to: date | None
    granted_by: UUID


@event("mandate.revoked", subject="mandate", zh="取消了授权", en="revoked a mandate", law="民法典 173")
@dataclass(frozen=True)
class MandateRevoked:
    """valid_to: the first day on which it no longer holds."""

    valid_to: date
    reason: str


@event("post.assigned", subject="post", zh="设置了岗位", en="assigned a post")
@dataclass(frozen=True)
class PostAssigned:
    """services: codes, empty for all."""

    account_id: UUID
    role: str
    organ_id: UUID
    region_code: str
    services: list[str]
    valid_from: date
    valid_to: date | None


@event("post.ended", subject="post", zh="结束了岗位", en="ended a post")
@dataclass(frozen=True)
class PostEnded:
    valid_to: date
    reason: str


@event("post.password_issued", subject="post", zh="重发了初始密码", en="issued a new first password")
@dataclass(frozen=True)
class PasswordIssued:
    """The password itself is nowhere; it must be changed at the next sign-in."""

    reason: str


@event("factor_reset.asked", subject="factor_reset", zh="申请重置第二步验证", en="asked to reset a second factor")
@dataclass(frozen=True)
class FactorResetAsked:
    account_id: UUID
    organ_id: UUID
    reason: str


@event("factor_reset.decided", subject="factor_reset", zh="审定第二步验证的重置", en="decided on the reset")
@dataclass(frozen=True)
class FactorResetDecided:
    """outcome: done or refused. Somebody other than who asked decides."""

    outcome: str
