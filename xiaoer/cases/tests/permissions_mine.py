"""Who gets the pages of applicants: they their own drafts and applications, nobody else anything of them."""

from collections.abc import Callable
from typing import Any

from tests.make import NOW
from tests.roles import Row, Stage
from xiaoer.cases import queries, services
from xiaoer.files.tests import make as files
from xiaoer.people import queries as people

from . import make, make_draft

APPLICANTS = ("owner", "other_person")


def own(**args: str) -> Callable[[Stage], dict[str, Any]]:
    """Return the address's arguments from the owner's things: draft, number or case by what stands at their places."""
    return lambda stage: {name: stage.things.get(value, value) for name, value in args.items()}


def mine(page: str = "page", **args: str) -> Row:
    """Only the owner gets it; another person's is missing, who has entered no details is led to them."""
    return Row(seen_by=("owner",), page=page, others="elsewhere", instead={"other_person": "missing"}, args=own(**args))  # type: ignore[arg-type]


def api(**args: str) -> Row:
    """Only the owner gets it as JSON; another person's is missing, the others are refused."""
    return Row(
        seen_by=("owner",), others="refused", anonymous="refused", instead={"other_person": "missing"}, args=own(**args)
    )  # type: ignore[arg-type]


ROWS = {
    "cases:start": Row(
        seen_by=APPLICANTS, others="elsewhere",
        args=lambda stage: {"kind": "bundle", "region": "360481000000", "key": "open_restaurant"},
    ),
    "cases:draft": mine("elsewhere", draft="draft"),
    "cases:who": mine(draft="draft"),
    "cases:question": mine(draft="draft", key="has_licence"),
    "cases:papers": mine(draft="draft"),
    "cases:paper": mine(draft="draft", key="layout_plan"),
    "cases:paper_file": mine("missing", draft="draft", key="layout_plan"),
    "cases:delivery": mine(draft="draft"),
    "cases:check": mine(draft="draft"),
    "cases:discard": mine(draft="draft"),
    "cases:mine": Row(seen_by=APPLICANTS, others="elsewhere"),
    "cases:application": mine(number="application"),
    "cases:received": mine(number="application"),
    "cases:own_paper": mine("missing", number="application", key="health"),
    "cases:document": mine("missing", number="application", document="no_document"),
    "cases:supplement": mine(number="case"),
    "cases:withdraw": mine(number="case"),
    "cases:hearing": mine(number="case"),
    "api-1:upload_file": Row(others="refused", anonymous="refused"),
    "api-1:apply": Row(seen_by=APPLICANTS, others="refused", anonymous="refused"),
    "api-1:applications": Row(seen_by=APPLICANTS, others="refused", anonymous="refused"),
    "api-1:application": api(number="application"),
    "api-1:case": api(number="case"),
    "api-1:withdraw": Row(others="refused", anonymous="refused", args=own(number="case")),
    "api-1:ask_hearing": Row(others="refused", anonymous="refused", args=own(number="case")),
    "api-1:drop_hearing": Row(others="refused", anonymous="refused", args=own(number="case")),
    "api-1:questions": api(number="case"),
    "api-1:ask_organ": api(number="case"),  # the same address: the walk reads it
    **{
        f"api-1:{act}": Row(others="refused", anonymous="refused", args=own(number="case", question="question"))
        for act in ("answer_organ", "withdraw_question")
    },
    "api-1:bills": Row(seen_by=APPLICANTS, others="refused", anonymous="refused"),
    "api-1:application_bills": api(number="application"),
    "api-1:bill": api(bill="bill"),
    "api-1:pay_bill": Row(others="refused", anonymous="refused", args=own(bill="bill")),
    "cases:ask": mine(number="case"),
    "cases:question_paper": mine(number="case", attachment="question_paper"),
    "cases:answer": mine(number="case", question="question"),
    "cases:take_back": Row(others="refused", anonymous="refused", args=own(number="case", question="question")),
    "cases:bill": mine(number="bill"),
    "cases:pay": Row(others="refused", anonymous="refused", args=own(number="bill")),
    "cases:paid": mine("elsewhere", number="bill"),
    "cases:payment_notice": Row(others="refused", anonymous="refused", args=own(reference="bill")),
    "cases:demo_pay": Row(anonymous="missing", args=own(reference="bill")),
}  # fmt: skip


def prepare(stage: Stage) -> None:
    """A draft and an application of the owner's."""
    make_draft.offered()
    owner = stage.things["owner"]
    applicant = people.applicant(owner.account, on=services.day_of(NOW))
    assert applicant is not None
    offered = queries.offered_at("bundle", "open_restaurant", "360481000000", NOW)
    assert offered is not None
    draft = services.start(applicant, offered=offered, now=NOW)
    received = make.submitted(
        make.member(organ=stage.organ.id), applicant=owner.id, account=owner.account_id, applicant_shard=owner.shard,
        title=stage.canary("探针申请", "owner", "clerk", "reviewer", "approver", "head", "supervisor"),
    )  # fmt: skip
    question = services.ask(
        received.cases[0], side="officer", by=make.REVIEWER, now=NOW,
        text=stage.canary("探针提问", "owner", "clerk", "reviewer", "approver", "head", "supervisor"),
        attached=[services.Attached(files.stored(), "店招.png")],
    )  # fmt: skip
    (papers,) = queries.papers_of([question]).values()
    stage.things |= {
        "question": question.id, "question_paper": papers[0].id,
        "draft": draft.id, "application": received.application.number, "case": received.cases[0].number,
        "no_document": received.application.id, "bill": make.billed(received.cases[0]).number,
    }  # fmt: skip
