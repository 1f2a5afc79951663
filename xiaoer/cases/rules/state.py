"""What is known of an application, a case, a step and a requirement: exactly the columns of their rows."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class ApplicationState:
    """applicant_index finds the applicant by exact name; answers by data element, personal ones apart."""

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
    delivery: dict[str, str]
    received_at: datetime


@dataclass(frozen=True)
class CaseState:
    """plan: the snapshot of steps; clock: all that the statutory clock knows, of which the dates are copies for lists.

    state: of the procedure; outcome: granted, refused, withdrawn, declined, lapsed or empty.
    running: waiting (not yet accepted), running, suspended or stopped. hearing: JSON of hearing.Hearing.
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
    handled_by: UUID
    plan: dict[str, Any]
    clock: dict[str, Any]
    state: str
    received_on: date
    outcome: str = ""
    accepted_on: date | None = None
    deemed: bool = False
    statutory_due_on: date | None = None
    promised_due_on: date | None = None
    delivery_due_on: date | None = None
    running: str = "waiting"
    provisional: bool = False
    supplement_until: date | None = None
    gaps: list[dict[str, str]] = field(default_factory=list)
    reason: str = ""
    decided_at: datetime | None = None
    delivered_at: datetime | None = None
    hearing: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class StepState:
    """state: waiting, ready, working, settled or void."""

    case: UUID
    application: UUID
    key: str
    kind: str
    organ: UUID | None
    skill: str
    round: int
    state: str
    due_on: date | None
    claimed_by: str = ""
    claimed_at: datetime | None = None
    outcome: str = ""
    opinion: str = ""
    ready_at: datetime | None = None
    settled_at: datetime | None = None


@dataclass(frozen=True)
class RequirementState:
    """grade: how far the paper can be trusted, A-D (国办函〔2016〕108号); verdict: empty, fine or gap."""

    application: UUID
    key: str
    name: str
    cases: list[str]
    way: str
    file: UUID | None = None
    reference: str = ""
    grade: str = ""
    verdict: str = ""
    reason: str = ""
