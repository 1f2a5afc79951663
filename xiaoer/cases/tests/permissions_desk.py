"""Who gets the pages of the desk: officers of the organ that handles the case, as their posts allow."""

from uuid import uuid4

from tests.roles import Row, Stage
from xiaoer.cases import services
from xiaoer.cases.models import Draft
from xiaoer.cases.services import Paper
from xiaoer.files.tests import make as files
from xiaoer.journal import edge

from . import make

READERS = ("clerk", "reviewer", "approver", "head")
DESKS = (*READERS, "foreign_clerk", "foreign_approver")
POSTED = Row(others="refused", anonymous="refused")
"""Addresses that only take posts."""


def number(stage: Stage) -> dict[str, str]:
    return {"number": stage.things["desk_case"].number}


ROWS = {
    "cases:desk": Row(seen_by=DESKS),
    "cases:desk_keys": Row(seen_by=DESKS),
    "cases:desk_find": Row(seen_by=DESKS),
    "cases:desk_window": Row(seen_by=("clerk", "foreign_clerk")),
    "cases:desk_window_begin": POSTED,
    "cases:desk_window_fill": Row(args=lambda stage: {"draft": stage.things["window_draft"].id}),
    "cases:desk_window_received": Row(
        seen_by=("clerk",), args=lambda stage: {"number": stage.things["desk_window"].number}
    ),
    "cases:desk_accept": POSTED,
    "cases:desk_bill": Row(
        seen_by=(*READERS, "supervisor"), args=lambda stage: {"number": make.billed(stage.things["desk_case"]).number}
    ),
    "cases:desk_case": Row(seen_by=(*READERS, "supervisor"), args=number),
    "cases:desk_paper": Row(seen_by=(*READERS, "supervisor"), args=lambda stage: {**number(stage), "key": "layout"}),
    "cases:desk_checklist": Row(others="refused", anonymous="refused", args=number),
    "cases:desk_note": Row(others="refused", anonymous="refused", args=number),
    "cases:desk_reveal": Row(others="refused", anonymous="refused", args=number),
    "cases:desk_ask": Row(seen_by=("clerk", "reviewer", "approver"), args=number),
    "cases:desk_question_paper": Row(
        seen_by=(*READERS, "supervisor"),
        args=lambda stage: {"number": stage.things["case"], "attachment": stage.things["question_paper"]},
    ),
    "cases:desk_answer": Row(
        others="refused", anonymous="refused",
        args=lambda stage: {**number(stage), "question": stage.things["desk_step"].id},
    ),
    "cases:desk_take_back": Row(
        others="refused", anonymous="refused",
        args=lambda stage: {**number(stage), "question": stage.things["desk_step"].id},
    ),
    "cases:desk_act": Row(
        seen_by=("approver", "head"), page="elsewhere", args=lambda stage: {**number(stage), "act": "grant"}
    ),
    "cases:desk_step": Row(
        seen_by=("reviewer", "approver"), page="elsewhere",
        args=lambda stage: {**number(stage), "step": stage.things["desk_step"].id, "act": "claim"},
    ),
    "api-1:desk_queue": Row(seen_by=("reviewer", "approver", "head", "foreign_approver"), anonymous="refused"),
    "api-1:desk_intake": Row(
        seen_by=("clerk", "reviewer", "approver", "foreign_clerk", "foreign_approver"), anonymous="refused"
    ),
    **{
        f"api-1:desk_{act}": Row(seen_by=(*READERS, "supervisor"), anonymous="refused", args=number)
        for act in ("questions", "ask_applicant")  # one address: the walk reads it
    },
    "api-1:desk_upload_file": Row(others="refused", anonymous="refused", args=number),
    **{
        f"api-1:desk_{act}": Row(
            others="refused", anonymous="refused",
            args=lambda stage: {**number(stage), "question": stage.things["question"]},
        )
        for act in ("answer_applicant", "withdraw_question")
    },
    "api-1:desk_case_bills": Row(seen_by=(*READERS, "supervisor"), anonymous="refused", args=number),
    "api-1:desk_bill": Row(
        seen_by=(*READERS, "supervisor"), anonymous="refused",
        args=lambda stage: {"bill": make.billed(stage.things["desk_case"]).number},
    ),
    **{
        f"api-1:desk_{act}_bill": Row(
            others="refused", anonymous="refused", args=lambda stage: {"bill": stage.things["bill"]}
        )
        for act in ("take", "refund")
    },
    "api-1:desk_case": Row(seen_by=(*READERS, "supervisor"), anonymous="refused", args=number),
    **{
        f"api-1:desk_{act}": Row(others="refused", anonymous="refused", args=number)
        for act in ("accept", "notify", "decline", "suspend", "resume", "extend", "grant", "refuse", "deliver",
                    "terminate", "tell_hearing", "ask_hearing", "set_hearing", "hold_hearing", "drop_hearing")
    },
    **{
        f"api-1:desk_{act}": Row(
            others="refused", anonymous="refused", args=lambda stage: {"step": stage.things["desk_step"].id}
        )
        for act in ("claim", "release", "settle", "return")
    },
}  # fmt: skip


def prepare(stage: Stage) -> None:
    """An accepted case of the organ, with a paper, whose applicant's name and address nobody else may read."""
    readers = (*READERS, "supervisor")
    stored, calendar = files.stored(), make.calendar()
    member = make.member(organ=stage.organ.id, service_name=stage.canary("探针事项", *readers))
    received = make.submitted(
        member, papers=(Paper("layout", "布局图", ("food",), "upload", stored.id, "", "C"),), now=edge.now(),
        applicant_name=stage.canary("探针申请人", *readers), personal_answers={"home": stage.canary("探针住址一二三")},
    )  # fmt: skip
    stage.things["desk_window"] = make.submitted(channel="window", now=edge.now()).application
    stage.things["window_draft"] = Draft.objects.create(
        shard=make.SHARD, account=uuid4(), kind="service", target="X", region=make.SHARD, title="别人的", answers={},
        updated_at=edge.now(),
    )  # fmt: skip
    case = services.accept(received.cases[0], organs={}, by=make.CLERK, now=edge.now(), calendar=calendar)
    stage.things["desk_case"] = case
    stage.things["desk_step"] = make.step(case, "review")
