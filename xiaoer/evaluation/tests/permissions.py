"""Who gets the pages of a rating: the person whose case it was, and nobody who works for an organ."""

from tests.roles import Row, Stage
from xiaoer.evaluation import queries

from . import make

ROWS = {
    "evaluation:rate": Row(
        seen_by=("owner",), others="elsewhere", instead={"other_person": "missing"},
        args=lambda stage: {"token": queries.token_of(stage.things["invitation"])},
    ),
    "evaluation:rate_case": Row(
        seen_by=("owner",), page="elsewhere", others="elsewhere", instead={"other_person": "missing"},
        args=lambda stage: {"number": stage.things["invitation"].number},
    ),
}  # fmt: skip


def prepare(stage: Stage) -> None:
    """An invitation of the owner."""
    stage.things["invitation"] = make.invitation(stage.things["owner"])
