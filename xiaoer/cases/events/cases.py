"""What happens to applications (申请), cases (办件), steps (环节) and requirements (材料要求).  # bilingual"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from xiaoer.journal.events import event


@event(
    "application.received", subject="application", zh="收到申请 {number}", en="received application {number}",
    law="行政许可法 29、32", personal=("personal_answers", "applicant_name", "applicant_index"),
)  # fmt: skip
@dataclass(frozen=True)
class ApplicationReceived:
    """One submission. answers by data element; those that are personal stand apart."""

    number: str
    title: str
    applicant_kind: str
    applicant: UUID
    applicant_shard: str
    account: UUID
    agent: UUID | None
    channel: str
    bundle: UUID | None
    region: str
    answers: dict[str, Any]
    personal_answers: dict[str, Any]
    applicant_name: str
    applicant_index: str
    delivery: dict[str, str] = field(default_factory=dict)


@event(
    "application.erased",
    subject="application",
    zh="删除了个人信息",
    en="erased personal values",
    law="个人信息保护法 47",
)
@dataclass(frozen=True)
class ApplicationErased:
    reason: str


@event(
    "application.revealed", subject="application", zh="查看了被遮盖的个人信息：{reason}",
    en="looked at a masked personal value: {reason}", law="个人信息保护法 51、54",
)  # fmt: skip
@dataclass(frozen=True)
class ApplicationRevealed:
    """An officer saw one personal answer whole. what: its data element."""

    what: str
    reason: str


@event("case.received", subject="case", zh="收件，编号 {number}", en="received as {number}", law="行政许可法 32")
@dataclass(frozen=True)
class CaseReceived:
    """One service of an application begins. plan, limits: JSON of the kernel; key: its name in the bundle.

    waits: keys of the cases of the same application whose result a filing (备案) needs before its term begins.
    """

    application: UUID
    key: str
    number: str
    service: UUID
    service_code: str
    service_name: str
    procedure: str
    kind: str
    organ: UUID
    plan: dict[str, Any]
    limits: dict[str, Any]
    on: date
    waits: list[str] = field(default_factory=list)


@event(
    "case.notified", subject="case", zh="一次性告知补正，最晚 {until}", en="told all gaps at once, due {until}",
    law="行政许可法 32(4)",
)  # fmt: skip
@dataclass(frozen=True)
class CaseNotified:
    """gaps: [{"material": key, "reason": text}], all of them: there is no second notice."""

    on: date
    until: date
    gaps: list[dict[str, str]]


@event(
    "case.handed_over", subject="case", zh="改由承接机关办理", en="passed to the organ that took over",
    law="行政诉讼法 26(6)；行政复议法 19",
)  # fmt: skip
@dataclass(frozen=True)
class CaseHandedOver:
    """Its organ was closed. Neither state nor clock moves: the successor is bound by the same dates."""

    handled_by: UUID


@event("step.handed_over", subject="step", zh="环节改由承接机关办理", en="passed the step to the organ that took over")
@dataclass(frozen=True)
class StepHandedOver:
    organ: UUID


@event("case.supplemented", subject="case", zh="申请人补正", en="the applicant supplemented", law="行政许可法 32(4)")
@dataclass(frozen=True)
class CaseSupplemented:
    on: date


@event("case.accepted", subject="case", zh="受理", en="accepted", law="行政许可法 32(5)")
@dataclass(frozen=True)
class CaseAccepted:
    on: date


@event(
    "case.deemed_accepted", subject="case", zh="逾期未告知，自收到之日起即为受理",
    en="accepted by silence as of receipt", law="行政许可法 32(4)",
)  # fmt: skip
@dataclass(frozen=True)
class CaseDeemedAccepted:
    """Recorded by the timer; the fact itself follows from the days."""

    on: date


@event(
    "case.started", subject="case", zh="前一件已有结果，从今天起算期限",
    en="the case before it has its result: the term begins",
)  # fmt: skip
@dataclass(frozen=True)
class CaseStarted:
    """A filing that waited for another case of its application waits no more."""

    on: date


@event("case.declined", subject="case", zh="不予受理：{reason}", en="not accepted: {reason}", law="行政许可法 32(1)(2)")
@dataclass(frozen=True)
class CaseDeclined:
    """ground: not_a_matter (no licence is needed) or not_ours (another organ, named in right_organ)."""

    on: date
    ground: str
    reason: str
    right_organ: str = ""


@event("case.lapsed", subject="case", zh="逾期未补正，按撤回处理", en="not supplemented in time: taken as withdrawn")
@dataclass(frozen=True)
class CaseLapsed:
    on: date


@event("case.begun", subject="case", zh="开始办理", en="work began")
@dataclass(frozen=True)
class CaseBegun:
    on: date


@event(
    "case.suspended", subject="case", zh="{ground}需要 {days} 天，不计入期限",
    en="{ground} needs {days} days, not counted",
    law="行政许可法 45",
)  # fmt: skip
@dataclass(frozen=True)
class CaseSuspended:
    on: date
    ground: str
    days: int


@event("case.resumed", subject="case", zh="恢复计算期限", en="the clock runs again", law="行政许可法 45")
@dataclass(frozen=True)
class CaseResumed:
    on: date


@event(
    "case.extended",
    subject="case",
    zh="延长 {days} 个工作日：{reason}",
    en="extended by {days}: {reason}",
    law="行政许可法 42",
)
@dataclass(frozen=True)
class CaseExtended:
    """was_due_on: the statutory date before, for the paper."""

    on: date
    days: int
    reason: str
    was_due_on: date


@event("case.granted", subject="case", zh="准予", en="granted", law="行政许可法 38")
@dataclass(frozen=True)
class CaseGranted:
    on: date
    reason: str = ""


@event("case.refused", subject="case", zh="不予许可：{reason}", en="refused: {reason}", law="行政许可法 38")
@dataclass(frozen=True)
class CaseRefused:
    on: date
    reason: str


@event("case.withdrawn", subject="case", zh="申请人撤回", en="withdrawn by the applicant")
@dataclass(frozen=True)
class CaseWithdrawn:
    on: date
    reason: str = ""


@event("case.terminated", subject="case", zh="终止办理：{reason}", en="ended by the organ: {reason}")
@dataclass(frozen=True)
class CaseTerminated:
    """ground: cancelled (the item is no longer decided) or gone (the applicant died or was dissolved); basis: law."""

    on: date
    ground: str
    reason: str
    basis: str


@event(
    "case.delivered", subject="case", zh="送达（{way}） {proof}", en="delivered ({way}) {proof}", law="行政许可法 44"
)
@dataclass(frozen=True)
class CaseDelivered:
    """way: counter, post or electronic; proof: tracking number, signature or time of opening."""

    on: date
    way: str
    proof: str = ""


@event(
    "case.recalculated", subject="case", zh="公布了新的放假安排，期限重新计算", en="a new calendar: dates counted anew"
)
@dataclass(frozen=True)
class CaseRecalculated:
    on: date
    old: str
    new: str


@event("step.opened", subject="step", zh="环节就绪", en="step opened")
@dataclass(frozen=True)
class StepOpened:
    """A node of the plan becomes a row, when the case is accepted. state: waiting, ready, working or settled."""

    case: UUID
    application: UUID
    key: str
    kind: str
    organ: UUID | None
    skill: str
    round: int
    state: str
    due_on: date | None
    outcome: str = ""


@event("step.readied", subject="step", zh="可以开始", en="may begin")
@dataclass(frozen=True)
class StepReadied:
    due_on: date | None


@event("step.claimed", subject="step", zh="接手办理", en="taken in hand")
@dataclass(frozen=True)
class StepClaimed:
    pass


@event("step.released", subject="step", zh="退回待办", en="put back")
@dataclass(frozen=True)
class StepReleased:
    reason: str = ""


@event("step.lapsed", subject="step", zh="接手后一个工作日没有办，退回待办", en="taken and left: back in the queue")
@dataclass(frozen=True)
class StepLapsed:
    """claimed_by: who had it in hand."""

    claimed_by: str


@event("step.settled", subject="step", zh="办完：{outcome}", en="settled: {outcome}")
@dataclass(frozen=True)
class StepSettled:
    outcome: str
    opinion: str = ""


@event("step.returned", subject="step", zh="退回重办：{reason}", en="sent back: {reason}")
@dataclass(frozen=True)
class StepReturned:
    """The opinion given does not stand: a new round begins. sent_from: key of the step from which it came back.

    settled_by: who had given the opinion.
    """

    reason: str
    sent_from: str
    settled_by: str
    due_on: date | None


@event("step.undone", subject="step", zh="前面的环节重办，等它的结果", en="an earlier step is done again: waits for it")
@dataclass(frozen=True)
class StepUndone:
    """What it was built on is gone."""


@event("step.voided", subject="step", zh="不再需要", en="no longer needed")
@dataclass(frozen=True)
class StepVoided:
    pass


@event("requirement.listed", subject="requirement", zh="需要材料 {name}", en="needs {name}")
@dataclass(frozen=True)
class RequirementListed:
    """cases: keys of the cases that need it. way: upload, licence, exchange, earlier_case, commitment or missing."""

    application: UUID
    key: str
    name: str
    cases: list[str]
    way: str
    file: UUID | None = None
    reference: str = ""
    grade: str = ""


@event("requirement.provided", subject="requirement", zh="提交了材料", en="provided")
@dataclass(frozen=True)
class RequirementProvided:
    way: str
    file: UUID | None = None
    reference: str = ""
    grade: str = ""


@event("requirement.judged", subject="requirement", zh="核对：{verdict}", en="checked: {verdict}")
@dataclass(frozen=True)
class RequirementJudged:
    """verdict: fine or gap; reason: what is wrong and how to mend it."""

    verdict: str
    reason: str = ""
