"""The only doors to applications and cases: each says for whom it opens, and gives None where it does not."""

from .desk import (
    CaseFile,
    acts_for,
    case_for_officer,
    may_judge,
    may_read,
    may_talk,
    number_of,
    standing_of,
    step_acts_for,
    step_for_officer,
    still,
    ways_back,
)
from .fees import BillFile, bill_for, bill_for_officer, bill_of_order
from .mine import (
    LISTED,
    ApplicationFile,
    Part,
    application_for,
    application_of_draft,
    applications_of,
    case_for_applicant,
    draft_for,
    drafts_of,
    due_from,
    part_for,
)
from .offers import Offered, offered_at, offered_for
from .organs import organs_of
from .queues import (
    PAGE,
    QUEUES,
    Cursor,
    QueueRow,
    Wanted,
    queue,
    queue_count,
    queues_of,
    read_cursor,
    write_cursor,
)
from .reading import CaseLine, QueueLine, case_line, queue_lines
from .search import found_by_applicant, found_by_document, found_by_number
from .served import Served, is_own, served
from .talk import Papers, paper_of, papers_of
from .telling import Line, parties_of, story_of, told_of
from .window import WindowWork, number_of_draft, received_at_window, window_draft, window_work

__all__ = [
    "LISTED", "PAGE", "QUEUES", "ApplicationFile", "BillFile", "CaseFile", "CaseLine", "Cursor", "Line", "Offered",
    "Papers", "Part", "QueueLine", "QueueRow", "Served", "Wanted", "WindowWork", "acts_for", "application_for",
    "application_of_draft", "applications_of", "bill_for", "bill_for_officer", "bill_of_order", "case_for_applicant",
    "case_for_officer", "case_line", "draft_for", "drafts_of", "due_from", "found_by_applicant", "found_by_document",
    "found_by_number", "is_own", "may_judge", "may_read", "may_talk", "number_of", "number_of_draft", "offered_at",
    "offered_for", "organs_of", "paper_of", "papers_of", "part_for", "parties_of", "queue", "queue_count",
    "queue_lines", "queues_of", "read_cursor",
    "received_at_window", "served", "standing_of", "step_acts_for", "step_for_officer", "still", "story_of", "told_of",
    "ways_back", "window_draft", "window_work", "write_cursor",
]  # fmt: skip
