"""What cases do when entries of this and earlier apps are delivered."""

from .calendars import begin_recalculation
from .fees import close_bills, issue_bill, issue_payment_paper, issue_refund_paper, tell_of_bill
from .licences import issue_licence, record_opening, release_licence
from .messages import tell_applicant, tell_of_lapse, tell_of_question, tell_of_return
from .papers import PAPERS, issue_paper
from .plans import advance_case, inform_successors

__all__ = [
    "PAPERS", "advance_case", "begin_recalculation", "close_bills", "inform_successors", "issue_bill", "issue_licence",
    "issue_paper", "issue_payment_paper", "issue_refund_paper", "record_opening", "release_licence", "tell_applicant",
    "tell_of_bill", "tell_of_lapse", "tell_of_question", "tell_of_return",
]  # fmt: skip
