"""Who gets the pages of cases: applicants theirs, officers those of their organs."""

from tests.roles import Stage

from . import permissions_desk, permissions_mine

ROWS = {**permissions_mine.ROWS, **permissions_desk.ROWS}


def prepare(stage: Stage) -> None:
    """The objects that the rows name."""
    permissions_mine.prepare(stage)
    permissions_desk.prepare(stage)
