"""Who gets the rooms of oversight: operators the queues, supervisors and operators the log, everybody the check."""

from tests.roles import PUBLIC, Row, Stage
from xiaoer.journal.models import Entry

WATCH = ("operator", "supervisor")


def entry(stage: Stage) -> dict[str, object]:
    return {"entry": Entry.objects.get(subject=stage.things["owner"].id).id}


ROWS = {
    "oversight:health": PUBLIC,
    "oversight:receipt": PUBLIC,
    "oversight:deliveries": Row(seen_by=("operator",)),
    "oversight:retry": Row(seen_by=("operator",), page="elsewhere", method="post"),
    "oversight:condition": Row(seen_by=("operator",)),
    "oversight:feed": Row(seen_by=WATCH),
    "api-1:journal_feed": Row(seen_by=WATCH, anonymous="refused", query="?shard=360481000000"),
    "api-1:journal_receipt": Row(seen_by=("owner", *WATCH), anonymous="refused", args=entry),
    "api-1:receipt_key": PUBLIC,
}
