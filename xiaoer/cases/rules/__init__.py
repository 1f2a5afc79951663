"""What is allowed, due and valid for an application and its cases. Source: 行政许可法 (2019-04-23)."""

from . import clockwork, fees, sentences
from .alarms import DEEM, LAPSE
from .allowed import (
    REVEALERS,
    STEP_ACTS,
    WORKED,
    Standing,
    acts_allowed,
    acts_of_applicant,
    may_judge,
    roles_of,
    step_acts_allowed,
)
from .asking import Page, asked, deliveries, facts_of, next_page, pages
from .clockwork import limits_of, use_calendars
from .fees import BILL, BillState
from .fold import APPLICATION, CASE, REQUIREMENT, STEP
from .licence_types import licence_type_code
from .messages import CLAIM_LAPSED, MESSAGES, RECALCULATED, REFUND_OWED, RELEASED, STEP_FREE
from .permissions import PERMISSIONS
from .procedures import ACTS, FINAL, OPEN, OUTCOMES, PROCEDURES, STATES, Act, machine_of
from .questions import (
    ANSWER_FILE,
    APPLICANT,
    ASK,
    ASKED,
    ASKED_FILE,
    ASKED_ORGAN,
    OFFICER,
    QUESTION,
    REPLIED,
    REPLIED_ORGAN,
    QuestionState,
    check_words,
    is_due,
    sides_of,
)
from .state import ApplicationState, CaseState, RequirementState, StepState
from .steps import BEFORE, DECISION, advance, joined, named_members, predecessors
from .urgency import Remaining, remaining
from .words import REFUSALS, WORDS, word

__all__ = [
    "ACTS",
    "ANSWER_FILE",
    "APPLICANT",
    "APPLICATION",
    "ASK",
    "ASKED",
    "ASKED_FILE",
    "ASKED_ORGAN",
    "BEFORE",
    "BILL",
    "CASE",
    "CLAIM_LAPSED",
    "DECISION",
    "DEEM",
    "FINAL",
    "LAPSE",
    "MESSAGES",
    "OFFICER",
    "OPEN",
    "OUTCOMES",
    "PERMISSIONS",
    "PROCEDURES",
    "QUESTION",
    "RECALCULATED",
    "REFUND_OWED",
    "REFUSALS",
    "RELEASED",
    "REPLIED",
    "REPLIED_ORGAN",
    "REQUIREMENT",
    "REVEALERS",
    "STATES",
    "STEP",
    "STEP_ACTS",
    "STEP_FREE",
    "WORDS",
    "WORKED",
    "Act",
    "ApplicationState",
    "BillState",
    "CaseState",
    "Page",
    "QuestionState",
    "Remaining",
    "RequirementState",
    "Standing",
    "StepState",
    "acts_allowed",
    "acts_of_applicant",
    "advance",
    "asked",
    "check_words",
    "clockwork",
    "deliveries",
    "facts_of",
    "fees",
    "is_due",
    "joined",
    "licence_type_code",
    "limits_of",
    "machine_of",
    "may_judge",
    "named_members",
    "next_page",
    "pages",
    "predecessors",
    "remaining",
    "roles_of",
    "sentences",
    "sides_of",
    "step_acts_allowed",
    "use_calendars",
    "word",
]  # fmt: skip
