"""What happens to the hearing (听证) of a case.  # bilingual"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from xiaoer.journal.events import event


@event(
    "case.hearing_told", subject="case", zh="告知听证权利，最晚 {until} 提出", en="told of the right to a hearing, "
    "to be asked for by {until}", law="行政许可法 36、46、47", personal=("parties",),
)  # fmt: skip
@dataclass(frozen=True)
class CaseHearingTold:
    """Applicant and interested parties are told that they may ask. number: of the parties."""

    on: date
    reason: str
    parties: list[str]
    number: int
    until: date


@event(
    "case.hearing_ordered", subject="case", zh="决定举行听证：{reason}", en="a hearing will be held: {reason}",
    law="行政许可法 46", personal=("parties",),
)  # fmt: skip
@dataclass(frozen=True)
class CaseHearingOrdered:
    """The law itself or the public interest wants the hearing: nobody has to ask. number: of the parties told."""

    on: date
    reason: str
    parties: list[str]
    number: int


@event(
    "case.hearing_asked", subject="case", zh="{side}要求听证，最晚 {hold_by} 举行",
    en="{side} asked for a hearing, to be held by {hold_by}", law="行政许可法 47", personal=("who",),
)  # fmt: skip
@dataclass(frozen=True)
class CaseHearingAsked:
    """side: applicant or party; who: the party's name."""

    on: date
    side: str
    who: str
    hold_by: date


@event(
    "case.hearing_set", subject="case", zh="听证定在 {date} {time}，{place}", en="the hearing is on {date} at {time}, "
    "{place}", law="行政许可法 48",
)  # fmt: skip
@dataclass(frozen=True)
class CaseHearingSet:
    """Announced, or announced anew. chair: an officer's account."""

    on: date
    date: date
    time: str
    place: str
    chair: UUID


@event(
    "case.hearing_held", subject="case", zh="举行了听证", en="the hearing was held", law="行政许可法 48",
    personal=("present", "record"),
)  # fmt: skip
@dataclass(frozen=True)
class CaseHearingHeld:
    """present: who was there; record: what was said (笔录)."""

    on: date
    present: str
    record: str


@event(
    "case.hearing_dropped", subject="case", zh="{side}收回听证申请", en="{side} took the asking for a hearing back",
    law="行政许可法 47", personal=("reason",),
)  # fmt: skip
@dataclass(frozen=True)
class CaseHearingDropped:
    """side: whose asking is taken back."""

    on: date
    side: str
    reason: str
