"""What cases do when entries of this and earlier apps are delivered."""

from .licences import issue_licence
from .papers import PAPERS, issue_paper
from .plans import advance_case, inform_successors

__all__ = ["PAPERS", "advance_case", "inform_successors", "issue_licence", "issue_paper"]
