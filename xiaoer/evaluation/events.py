"""Events of invitations to rate and of ratings (好差评).  # bilingual"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from xiaoer.journal.events import event

LAW = "优化营商环境条例 36; 国办发〔2019〕51号"


@event("invitation.sent", subject="invitation", zh="请申请人评价这次服务", en="asked the applicant to rate", law=LAW)
@dataclass(frozen=True)
class InvitationSent:
    """worked: accounts of the officers who had a part in the case; received_by: who took it at a counter, else empty.

    The token of the link is nowhere here: it is computed from the invitation's id with the platform's key.
    """

    case: UUID
    number: str
    service_code: str
    service_name: str
    organ: UUID
    account: UUID
    received_by: str
    worked: list[str]
    expires_on: date


@event("invitation.answered", subject="invitation", zh="已评价", en="answered by a rating", law=LAW)
@dataclass(frozen=True)
class InvitationAnswered:
    on: date


@event("invitation.expired", subject="invitation", zh="到期未评价，不作默认评价", en="not answered; nothing is assumed")
@dataclass(frozen=True)
class InvitationExpired:
    on: date


@event(
    "rating.given", subject="rating", zh="评价：{level} 分（满分 5 分）", en="rated {level} of 5", law=LAW,
    personal=("words",),
)  # fmt: skip
@dataclass(frozen=True)
class RatingGiven:
    """level of the item, 5 to 1; staff_level of who served at the counter, None elsewhere; reasons: indicator codes."""

    invitation: UUID
    case: UUID
    service_code: str
    organ: UUID
    level: int
    reasons: list[str]
    words: str
    staff: str
    staff_level: int | None
    channel: str


@event(
    "rating.bad", subject="rating", zh="差评：{level} 分（满分 5 分）", en="bad rating: {level} of 5", law=LAW,
    personal=("words",),
)  # fmt: skip
@dataclass(frozen=True)
class RatingBad(RatingGiven):
    """The same for 不满意 and 非常不满意, of the item or of who served: what a rectification (整改) begins with."""
