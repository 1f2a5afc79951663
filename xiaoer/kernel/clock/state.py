"""What a clock knows: the event that comes in, and the state that events make."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from xiaoer.kernel.clock.limits import Limits, Span
from xiaoer.kernel.clock.rules import LICENCE, ClockRules

Status = Literal["waiting", "running", "suspended", "stopped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One act on one day (Asia/Shanghai).

    on      the date the act bears; it may be a day off
    ground  suspend: the reason, see ClockRules.allows_ground
    days    extend: by how many; notify: working days given to the applicant
    until   notify: the last day given to the applicant, when told as a date
    at      the moment, needed only by limits in hours
    limits  accept: the limits in force that day, when they are not those of the receipt
    stage   reopen: receive or accept, where the order sends the case back to
    """

    act: str
    on: date
    ground: str = ""
    days: int | None = None
    until: date | None = None
    at: datetime | None = None
    limits: Limits | None = None
    stage: str = "receive"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockState:
    """Everything the clock of one case knows, facts first, then the dates that follow from them.

    `confirmed`: an acceptance by silence has been put on paper since.
    `voided`: acts that came too late to have any effect.
    `silence_from`: the day from which silence is counted, None while the applicant is to supplement.
    `deem_on`: the first day on which silence is acceptance, None when it does not run or is provisional.
    `*_due_on`: None before the clock starts, while it is suspended, and after an end without a decision.
    `statutory_end`: the statutory due date even while suspended, when it was reached before the suspension began.
    `told_by`: the applicant's last day to supplement; once told it never moves earlier.
    `provisional`: some date here was counted through a year whose holidays are not published.
    """

    limits: Limits
    rules: ClockRules = LICENCE

    last_on: date | None = None
    received_on: date | None = None
    received_at: datetime | None = None
    silence_from: date | None = None
    silence_from_at: datetime | None = None
    notified_on: date | None = None
    supplemented_on: date | None = None
    told_days: int | None = None
    accepted_on: date | None = None
    accepted_at: datetime | None = None
    deemed: bool = False
    confirmed: bool = False
    suspensions: tuple[Span, ...] = ()
    extended_days: int | None = None
    decided_on: date | None = None
    delivered_on: date | None = None
    closed_on: date | None = None
    closed_by: str = ""
    voided: tuple[tuple[date, str], ...] = ()

    calendar: str = ""
    deem_on: date | None = None
    told_by: date | None = None
    statutory_due_on: date | None = None
    statutory_due_at: datetime | None = None
    statutory_end: date | None = None
    promised_due_on: date | None = None
    promised_due_at: datetime | None = None
    delivery_due_on: date | None = None
    provisional: bool = False

    @property
    def awaiting_supplement(self) -> bool:
        """Notified once and not yet answered: nothing runs against the organ."""
        return self.notified_on is not None and self.supplemented_on is None and self.accepted_on is None

    @property
    def suspended(self) -> bool:
        """Whether a suspension is open."""
        return bool(self.suspensions) and self.suspensions[-1].until is None

    @property
    def stopped(self) -> bool:
        """Whether the main clock has ended: decided, declined, withdrawn, lapsed or terminated."""
        return self.decided_on is not None or self.closed_on is not None

    @property
    def status(self) -> Status:
        """The one word for lists: waiting (not yet accepted), running, suspended or stopped."""
        if self.stopped:
            return "stopped"
        if self.suspended:
            return "suspended"
        return "running" if self.accepted_on else "waiting"
