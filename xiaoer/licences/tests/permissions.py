"""Who gets which page of licences: the holder his own, everybody the page that checks one."""

from tests.roles import PUBLIC, ROLES, Row, Stage
from xiaoer.licences import rules, services

from . import make


def code(stage: Stage) -> dict[str, str]:
    return {"code": stage.things["licence"].code}


ROWS = {
    "licences:mine": Row(seen_by=("owner", "other_person"), others="elsewhere"),
    "licences:licence": Row(seen_by=("owner",), others="elsewhere", instead={"other_person": "missing"}, args=code),
    # The file is made by a worker; until then the holder has none either.
    "licences:file": Row(others="elsewhere", instead={"owner": "missing", "other_person": "missing"}, args=code),
    "verify:page": PUBLIC,
    "verify:authority": PUBLIC,
    "verify:paper": Row(seen_by=ROLES, args=code),
    "api-1:verify": Row(seen_by=ROLES, args=code),
    "api-1:verify_digest": Row(others="missing", anonymous="missing", args=lambda stage: {"digest": "0" * 64}),
}


def prepare(stage: Stage) -> None:
    """A licence that the owner holds."""
    owner = stage.things["owner"]
    licence = make.issued(rules.Holder("person", owner.id, owner.shard, owner.name, owner.id_number))
    services.note_holder(licence)
    stage.things["licence"] = licence
