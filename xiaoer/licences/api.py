"""Checking licences and papers by machine: what the public verification page says, as JSON."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema, Status

from xiaoer.journal.edge import today
from xiaoer.kernel.refusal import Refusal
from xiaoer.notices import queries as papers
from xiaoer.notices import rules as notices
from xiaoer.people import services as people

from . import queries, rules

router = Router(tags=["verify"])


class Verified(Schema):
    """what: licence or document. state: a key (valid, expired, revoked, issued, withdrawn …). sha256: of the PDF."""

    what: str
    name: str
    number: str
    issuer: str
    issued_at: datetime
    state: str
    national_state: str
    sha256: str
    identifier: str = ""
    holder: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


class Unknown(Schema):
    """unknown: the code is not one of this platform. too_often: ask again in a minute."""

    detail: str


ANSWERS: dict[Any, Any] = {200: Verified, 404: Unknown, 429: Unknown}


@router.get("/verify/{code}", response=ANSWERS, auth=None, summary="Check a code")
def verify(request: HttpRequest, code: str) -> Status[object]:
    """Return what is publicly known of the licence or paper with the code printed beside its QR code."""
    if people.too_fast(request, "verify_api"):
        return Status(429, Unknown(detail="too_often"))
    try:
        stored = notices.normal_code(code)
    except Refusal:
        return Status(404, Unknown(detail="unknown"))
    return _answer(stored)


@router.get("/verify/sha256/{digest}", response=ANSWERS, auth=None, summary="Check a file")
def verify_digest(request: HttpRequest, digest: str) -> Status[object]:
    """Return the same for the licence or paper whose PDF has this SHA-256: the file itself need not leave its place."""
    if people.too_fast(request, "verify_api"):
        return Status(429, Unknown(detail="too_often"))
    licence = queries.licence_by_digest(digest, on=today())
    code = licence.code if licence else papers.code_by_digest(digest=digest)
    return _answer(code) if code else Status(404, Unknown(detail="unknown"))


def _answer(code: str) -> Status[object]:
    licence = queries.licence_by_code(code, on=today())
    if licence:
        return Status(200, Verified(
            what="licence", name=licence.kind_name, number=licence.number, issuer=licence.issuer,
            issued_at=licence.issued_at, state=licence.state, national_state=rules.STATES[licence.state].national,
            sha256=licence.digest, identifier=licence.identifier, holder=licence.holder, valid_from=licence.valid_from,
            valid_to=licence.valid_to,
        ))  # fmt: skip
    paper = papers.paper_by_code(code)
    if paper is None:
        return Status(404, Unknown(detail="unknown"))
    return Status(200, Verified(
        what="document", name=paper.zh, number=paper.number, issuer=paper.organ, issued_at=paper.issued_at,
        state="withdrawn" if paper.withdrawn else "issued", national_state="", sha256=paper.digest,
    ))  # fmt: skip
