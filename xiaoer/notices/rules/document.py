"""A formal paper: issued with its number, rendered and signed, then served or withdrawn.  # bilingual"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from xiaoer.journal import rules
from xiaoer.kernel import refusal
from xiaoer.kernel.refusal import Refusal

from .kinds import Way

refusal.register(
    {
        "reading_busy": (
            "现在核对文件的人太多，请一分钟后再试，或者改用文件上的验证码核对。",
            "Too many files are being checked now. Try again in a minute, or use the verification code on the paper.",
        ),
        "document_withdrawn": (
            "文书 {number} 已经撤回，不能再送达或更改。需要时请重新制作。",
            "The document {number} was withdrawn and can no longer be served or changed. Issue a new one.",
        ),
        "document_served": (
            "文书 {number} 已经送达。送达后不能撤回，需要改变时请另行作出决定。",
            "The document {number} was served already. What was served is changed only by a new decision.",
        ),
    }
)

WAYS = {
    "direct": Way("直接送达", "handed over"),
    "left": Way("留置送达", "left with the person"),
    "post": Way("邮寄送达", "by post"),
    "electronic": Way("电子送达", "electronically"),
    "entrusted": Way("委托送达", "through another organ"),
    "announced": Way("公告送达", "by public notice"),
}
"""民事诉讼法 88-95; electronic only with the person's consent (90)."""


@dataclass(frozen=True)
class DocumentState:
    """subject: what the paper is about. code: for the public verification page. digest: of the signed PDF."""

    subject: UUID
    kind: str
    number: str
    code: str
    organ_code: str
    organ_name: str
    template: int
    facts: dict[str, Any]
    private: str
    issued_at: datetime
    state: str = "issued"
    file_id: UUID | None = None
    digest: str = ""
    certificate: str = ""
    served_how: str = ""
    served_on: date | None = None
    served_to: str = ""
    served_proof: str = ""
    withdrawn_at: datetime | None = None
    withdrawn_why: str = ""


def fold(state: DocumentState | None, event: rules.Event) -> DocumentState:
    """Return the paper after the event. Raises Refusal when its state does not allow it."""
    told = event.data
    if state is None:
        return DocumentState(
            subject=told.subject, kind=told.kind, number=told.number, code=told.code, organ_code=told.organ_code,
            organ_name=told.organ_name, template=told.template, facts=told.facts, private=told.private,
            issued_at=event.at,
        )  # fmt: skip
    if event.name == "document.rendered":
        return replace(state, file_id=told.file_id, digest=told.digest, certificate=told.certificate)
    if event.name == "document.erased":
        return state
    if state.state == "withdrawn":
        raise Refusal("document_withdrawn", number=state.number)
    if state.state == "served":
        raise Refusal("document_served", number=state.number)
    if event.name == "document.withdrawn":
        return replace(state, state="withdrawn", withdrawn_at=event.at, withdrawn_why=told.reason)
    return replace(
        state, state="served", served_how=told.how, served_on=told.on, served_to=told.receiver, served_proof=told.proof
    )


DOCUMENT = rules.subject("document", model="notices.Document", state=DocumentState, fold=fold)
