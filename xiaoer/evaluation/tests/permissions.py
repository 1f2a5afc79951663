"""Who gets the pages of a rating: the person whose case it was, and nobody who works for an organ."""

from tests.roles import ROLES, Row, Stage
from xiaoer.catalogue.tests import make as catalogue
from xiaoer.evaluation import queries

from . import make

ROWS = {
    "evaluation:of_service": Row(
        seen_by=ROLES, args=lambda stage: {"code": stage.things["rated_code"]},
    ),
    "evaluation:of_organ": Row(
        seen_by=("reviewer", "approver", "head", "hall_manager", "supervisor", "foreign_approver"),
    ),
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
    stage.things["rated_code"] = catalogue.published().service.code
    stage.things["invitation"] = make.invitation(stage.things["owner"])
