"""The only doors to applications and cases: each says for whom it opens, and gives None where it does not."""

from .desk import (
    CaseFile,
    QueueRow,
    acts_for,
    case_for_officer,
    intake_queue,
    standing_of,
    step_for_officer,
    step_queue,
)
from .mine import ApplicationFile, Part, application_for, applications_of, case_for_applicant, draft_for, drafts_of
from .organs import organs_of
from .search import found_by_applicant, found_by_number
from .served import Served, is_own, served
from .telling import Line, told_of

__all__ = [
    "ApplicationFile", "CaseFile", "Line", "Part", "QueueRow", "Served", "acts_for", "application_for",
    "applications_of", "case_for_applicant", "case_for_officer", "draft_for", "drafts_of", "found_by_applicant",
    "found_by_number", "intake_queue", "is_own", "organs_of", "served", "standing_of", "step_for_officer",
    "step_queue", "told_of",
]  # fmt: skip
