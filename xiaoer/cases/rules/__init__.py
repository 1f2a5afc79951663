"""What is allowed, due and valid for an application and its cases. Source: 行政许可法 (2019-04-23)."""

from . import sentences
from .allowed import Standing, acts_allowed
from .clockwork import limits_of, use_calendars
from .fold import APPLICATION, CASE, REQUIREMENT, STEP
from .licence_types import licence_type_code
from .permissions import PERMISSIONS
from .procedures import ACTS, FINAL, OPEN, OUTCOMES, PROCEDURES, STATES, Act, machine_of
from .state import ApplicationState, CaseState, RequirementState, StepState
from .steps import BEFORE, DECISION, advance, joined

__all__ = [
    "ACTS",
    "APPLICATION",
    "BEFORE",
    "CASE",
    "DECISION",
    "FINAL",
    "OPEN",
    "OUTCOMES",
    "PERMISSIONS",
    "PROCEDURES",
    "REQUIREMENT",
    "STATES",
    "STEP",
    "Act",
    "ApplicationState",
    "CaseState",
    "RequirementState",
    "Standing",
    "StepState",
    "acts_allowed",
    "advance",
    "joined",
    "licence_type_code",
    "limits_of",
    "machine_of",
    "sentences",
    "use_calendars",
]  # fmt: skip
