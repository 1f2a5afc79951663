"""The desk as JSON, for officers: their queues, one case, and the acts, each with the version seen in If-Match.

An act repeated with the same If-Match changes nothing: the second one finds another version (412). So there is no
Idempotency-Key here.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Field, Header, Query, Router, Schema
from pydantic import BaseModel

from xiaoer.journal.edge import now, today
from xiaoer.network import queries as network
from xiaoer.people import queries as people

from . import queries, rules, services
from .api_answers import answer
from .api_errors import ERRORS, READING, Problem, Session, told, words
from .models import Case
from .queries import CaseFile, Wanted

router = Router(tags=["desk"], auth=Session())
WITHOUT_NUL = r"^[^\x00]*$"
ETAG = re.compile(r'(?:W/)?"(\d{1,9})"')
IfMatch = Annotated[str | None, Header(alias="If-Match", description='The version seen, as in ETag: "3"')]
Text = Annotated[str, Field(max_length=4000, pattern=WITHOUT_NUL)]
Short = Annotated[str, Field(max_length=200, pattern=WITHOUT_NUL)]


class RowOut(BaseModel):
    """One line of a queue."""

    number: str
    service: str
    service_name: str
    kind: str
    state: str
    received_on: date
    due_on: date | None
    version: int
    step: UUID | None = None
    step_key: str = ""
    step_version: int | None = None
    claimed: bool = False


class QueueOut(BaseModel):
    """A page of a queue. next: ask with after=next for what follows; empty at the end."""

    rows: list[RowOut]
    next: str


class StepOut(Schema):
    """One step. acts: what you may do on it now, with its own version in If-Match."""

    id: UUID
    version: int
    key: str
    kind: str
    state: str
    outcome: str
    due_on: date | None
    acts: list[str]


class PaperOut(Schema):
    """One requirement with its verdict."""

    key: str
    name: str
    way: str
    grade: str
    verdict: str
    reason: str
    version: int


class CaseOut(Schema):
    """One case as you may see it. acts: what you may do on it now. Its version is the ETag.

    delivery: how the applicant wants the result: electronic, counter, post, or empty.
    """

    number: str
    application: str
    service: str
    service_name: str
    procedure: str
    kind: str
    state: str
    outcome: str
    version: int
    received_on: date
    accepted_on: date | None
    deemed: bool
    promised_due_on: date | None
    statutory_due_on: date | None
    delivery_due_on: date | None
    supplement_until: date | None
    decided_at: datetime | None
    delivered_at: datetime | None
    delivery: str
    steps: list[StepOut]
    papers: list[PaperOut]
    acts: list[str]


class Gap(Schema):
    material: Annotated[str, Field(max_length=48, pattern=WITHOUT_NUL)]
    reason: Text


class NotifyIn(Schema):
    """All gaps at once; there is no second notice."""

    gaps: Annotated[list[Gap], Field(max_length=200)]
    until: date


class DeclineIn(Schema):
    ground: Literal["not_a_matter", "not_ours"]
    reason: Text
    right_organ: Short = ""


class SuspendIn(Schema):
    """ground: one of the law's list, or a citation that begins with 法律依据:."""

    ground: Short
    days: Annotated[int, Field(ge=1, le=400)]


class ExtendIn(Schema):
    days: Annotated[int, Field(ge=1, le=400)]
    reason: Text


class ReasonIn(Schema):
    reason: Text = ""


class TerminateIn(Schema):
    """ground: cancelled (the item is no longer decided) or gone (the applicant). basis: the law, to the article."""

    ground: Literal["cancelled", "gone"]
    reason: Text
    basis: Short


class DeliverIn(Schema):
    way: Literal["counter", "post", "electronic"]
    proof: Short = ""


class QueueIn(Schema):
    """What a queue is narrowed to. after: where the last page ended."""

    after: Annotated[str, Field(max_length=80, pattern=WITHOUT_NUL)] = ""
    service: Annotated[str, Field(max_length=31, pattern=WITHOUT_NUL)] = ""
    kind: Literal["", "immediate", "promised", "report_up"] = ""
    who: Literal["", "mine", "unclaimed"] = ""
    due: Literal["", "late", "today", "week"] = ""


@router.get(
    "/queue", response={200: QueueOut, **READING}, url_name="desk_queue", summary="Steps that wait for my organs"
)
@told
def queue(request: HttpRequest, asked: Query[QueueIn]) -> HttpResponse:
    return _queue(request, "steps", "cases.review", asked)


@router.get(
    "/intake", response={200: QueueOut, **READING}, url_name="desk_intake", summary="Cases that wait for acceptance"
)
@told
def intake(request: HttpRequest, asked: Query[QueueIn]) -> HttpResponse:
    return _queue(request, "intake", "cases.accept", asked)


def _queue(request: HttpRequest, name: str, permission: str, asked: QueueIn) -> HttpResponse:
    officer = people.officer_of(request, "cases.read")
    if name not in queries.queues_of(officer):
        raise Http404
    wanted = Wanted(service=asked.service, kind=asked.kind, who=asked.who, due=asked.due)
    after = queries.read_cursor(asked.after)
    lines, following = queries.queue_lines(officer, name, on=today(), wanted=wanted, after=after, limit=queries.PAGE)
    rows = [RowOut.model_validate(line._asdict()) for line in lines]
    return answer(QueueOut(rows=rows, next=queries.write_cursor(following) if following else ""))


@router.get("/cases/{number}", response={200: CaseOut, **READING}, url_name="desk_case", summary="One case")
@told
def case(request: HttpRequest, response: HttpResponse, number: str) -> CaseOut:
    officer = people.officer_of(request)
    return out(response, file_of(officer, number))


def file_of(officer: people.rules.Officer, number: str) -> CaseFile:
    file = queries.case_for_officer(officer, number[:60])
    if file is None:
        raise Http404
    return file


def out(response: HttpResponse, file: CaseFile) -> CaseOut:
    found = file.case
    response["ETag"] = f'"{found.version}"'
    response["Cache-Control"] = "private, no-cache"
    step_acts = queries.step_acts_for(file)
    steps = [
        StepOut(
            id=step.id, version=step.version, key=step.key, kind=step.kind, state=step.state, outcome=step.outcome,
            due_on=step.due_on, acts=[act.name for act in step_acts.get(step.id, [])],
        )
        for step in file.steps
    ]  # fmt: skip
    papers = [PaperOut(**{name: getattr(paper, name) for name in PaperOut.model_fields}) for paper in file.requirements]
    copied = set(CaseOut.model_fields) - {"application", "service", "delivery", "steps", "papers", "acts"}
    return CaseOut(
        **{name: getattr(found, name) for name in copied}, application=file.application.number,
        service=found.service_code, delivery=file.application.delivery.get("way", ""), steps=steps, papers=papers,
        acts=[act.name for act in queries.acts_for(file, on=today()) if act.name != "begin"],
    )  # fmt: skip


def seen_in(if_match: str | None) -> int:
    """Return the version that If-Match names."""
    found = ETAG.fullmatch((if_match or "").strip())
    if found is None:
        raise Problem(428, "if_match_needed", words("if_match_needed"))
    return int(found[1])


def act_on(
    request: HttpRequest, response: HttpResponse, number: str, act: str, if_match: str | None,
    do: Callable[..., Case], **said: Any,
) -> CaseOut:  # fmt: skip
    """Do an act on a case for an officer whose posts ever allow it; 404 for everybody else."""
    officer = people.officer_of(request)
    file = file_of(officer, number)
    if not rules.roles_of(act, file.case.procedure, on=today()) & file.standing.permissions:
        raise Http404
    seen, calendar = seen_in(if_match), network.calendar_for(file.case.shard)
    queries.still(file, seen=seen)
    do(file.case, by=people.actor(officer), now=now(), calendar=calendar, seen=seen, **said)
    return out(response, file_of(officer, number))


ANSWERS: dict[Any, Any] = {200: CaseOut, **ERRORS}


@router.post("/cases/{number}/accept", response=ANSWERS, url_name="desk_accept", summary="Accept")
@told
def accept(request: HttpRequest, response: HttpResponse, number: str, if_match: IfMatch = None) -> CaseOut:
    def do(case: Case, **said: Any) -> Case:
        return services.accept(case, organs=queries.organs_of(case), **said)

    return act_on(request, response, number, "accept", if_match, do)


@router.post("/cases/{number}/notify", response=ANSWERS, url_name="desk_notify", summary="Tell all gaps once")
@told
def notify(
    request: HttpRequest, response: HttpResponse, number: str, body: NotifyIn, if_match: IfMatch = None
) -> CaseOut:
    gaps = [gap.dict() for gap in body.gaps]
    return act_on(request, response, number, "notify", if_match, services.notify, gaps=gaps, until=body.until)


@router.post("/cases/{number}/decline", response=ANSWERS, url_name="desk_decline", summary="Do not accept")
@told
def decline(
    request: HttpRequest, response: HttpResponse, number: str, body: DeclineIn, if_match: IfMatch = None
) -> CaseOut:
    return act_on(request, response, number, "decline", if_match, services.decline, **body.dict())


@router.post(
    "/cases/{number}/suspend",
    response=ANSWERS,
    url_name="desk_suspend",
    summary="Suspend for a special procedure",
)
@told
def suspend(
    request: HttpRequest, response: HttpResponse, number: str, body: SuspendIn, if_match: IfMatch = None
) -> CaseOut:
    return act_on(request, response, number, "suspend", if_match, services.suspend, **body.dict())


@router.post("/cases/{number}/resume", response=ANSWERS, url_name="desk_resume", summary="Resume")
@told
def resume(request: HttpRequest, response: HttpResponse, number: str, if_match: IfMatch = None) -> CaseOut:
    return act_on(request, response, number, "resume", if_match, services.resume)


@router.post("/cases/{number}/extend", response=ANSWERS, url_name="desk_extend", summary="Extend the limit")
@told
def extend(
    request: HttpRequest, response: HttpResponse, number: str, body: ExtendIn, if_match: IfMatch = None
) -> CaseOut:
    return act_on(request, response, number, "extend", if_match, services.extend, **body.dict())


@router.post("/cases/{number}/grant", response=ANSWERS, url_name="desk_grant", summary="Grant")
@told
def grant(
    request: HttpRequest, response: HttpResponse, number: str, body: ReasonIn, if_match: IfMatch = None
) -> CaseOut:
    return act_on(request, response, number, "grant", if_match, services.grant, **body.dict())


@router.post("/cases/{number}/refuse", response=ANSWERS, url_name="desk_refuse", summary="Refuse, with reasons")
@told
def refuse(
    request: HttpRequest, response: HttpResponse, number: str, body: ReasonIn, if_match: IfMatch = None
) -> CaseOut:
    return act_on(request, response, number, "refuse", if_match, services.refuse, **body.dict())


@router.post("/cases/{number}/deliver", response=ANSWERS, url_name="desk_deliver", summary="Record delivery")
@told
def deliver(
    request: HttpRequest, response: HttpResponse, number: str, body: DeliverIn, if_match: IfMatch = None
) -> CaseOut:
    return act_on(request, response, number, "deliver", if_match, services.deliver, **body.dict())


@router.post("/cases/{number}/terminate", response=ANSWERS, url_name="desk_terminate", summary="End without a decision")
@told
def terminate(
    request: HttpRequest, response: HttpResponse, number: str, body: TerminateIn, if_match: IfMatch = None
) -> CaseOut:
    return act_on(request, response, number, "terminate", if_match, services.terminate, **body.dict())
