"""Who gets which page of messages: everybody signed in his own, nobody anything of others."""

from uuid import uuid4

from tests.make import NOW
from tests.roles import SIGNED_IN, Row, Stage
from xiaoer.journal.services import SYSTEM
from xiaoer.notices import rules, services

rules.message_kind("test.walk", title=("{matter}有进展", "{matter} has moved"), body=("{matter}", "{matter}"))

ROWS = {
    "notices:inbox": SIGNED_IN,
    "notices:outbox": Row(others="missing", anonymous="missing"),  # no demonstration here
    "notices:preferences": SIGNED_IN,
    "notices:read_all": Row(method="post", others="elsewhere"),
    "notices:follow": Row(
        seen_by=("owner",), page="elsewhere", method="post", args=lambda stage: {"message": stage.things["message"].id}
    ),
}


def prepare(stage: Stage) -> None:
    """A message to the owner whose words nobody else may find."""
    stage.things["message"] = services.write(
        "test.walk", account=stage.accounts["owner"], subject=uuid4(), link="/", by=SYSTEM, now=NOW,
        params={"matter": stage.canary("探针消息", "owner")},
    )  # fmt: skip
