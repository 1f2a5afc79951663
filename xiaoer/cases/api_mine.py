"""Applications as JSON, for applicants: hand one in, see what is mine and where it stands, take a case back.

Papers come first: POST /api/files gives each an id that only its uploader can use, then the application names them.
An application is handed in once per Idempotency-Key.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Field, File, Form, Header, Query, Router, Schema
from ninja.files import UploadedFile
from pydantic import AwareDatetime, BaseModel

from xiaoer.catalogue import rules as catalogue
from xiaoer.files import services as files
from xiaoer.journal.edge import now, today
from xiaoer.journal.fields import blind_index
from xiaoer.kernel.refusal import Refusal
from xiaoer.network import queries as network
from xiaoer.people import queries as people
from xiaoer.people import services as pace
from xiaoer.people.rules import Applicant

from . import api_files as claims
from . import queries, rules, services
from .api_answers import answer
from .api_desk import WITHOUT_NUL, IfMatch, seen_in
from .api_errors import ERRORS, READING, Problem, Session, told
from .api_files import FileOut
from .forms.words import said
from .models import Application, Case, Draft

router = Router(tags=["applications"], auth=Session())
Key = Annotated[str, Field(max_length=48, pattern=WITHOUT_NUL)]
Code = Annotated[str, Field(max_length=12, pattern=r"^\d{12}$")]
Said = Annotated[str, Field(pattern=WITHOUT_NUL)]
Moment = Annotated[AwareDatetime, Field(ge=datetime(1900, 1, 1, tzinfo=UTC), lt=datetime(3000, 1, 1, tzinfo=UTC))]
Once = Annotated[str, Header(alias="Idempotency-Key", min_length=8, max_length=64, pattern=r"^[\x21-\x7e]+$")]


class RegionIn(Schema):
    """Where the matter is: the file lies with that county."""

    region: Code


class DeliveryIn(BaseModel):
    """How the result comes; the recipient is needed for the post."""

    way: Literal["electronic", "counter", "post"]
    name: Annotated[str, Field(max_length=60, pattern=WITHOUT_NUL)] = ""
    phone: Annotated[str, Field(max_length=20, pattern=WITHOUT_NUL)] = ""
    address: Annotated[str, Field(max_length=200, pattern=WITHOUT_NUL)] = ""


class ApplicationIn(BaseModel):
    """bundle with region, or service. answers: question -> text, or list of choices. papers: material -> id of a file.

    firm: for whom you act, left out for yourself.
    """

    bundle: Key = ""
    service: Annotated[str, Field(max_length=31, pattern=WITHOUT_NUL)] = ""
    region: Annotated[str, Field(max_length=12, pattern=WITHOUT_NUL)] = ""
    answers: Annotated[dict[Key, Said | list[Said]], Field(max_length=500)] = {}
    papers: Annotated[dict[Key, Annotated[str, Field(max_length=400, pattern=WITHOUT_NUL)]], Field(max_length=200)] = {}
    delivery: DeliveryIn = DeliveryIn(way="counter")
    firm: UUID | None = None


class HearingOut(BaseModel):
    """The hearing of a case. stage: told, asked, set or held. on, time, place: when and where, once announced."""

    stage: str
    ask_until: date | None
    hold_by: date | None
    on: date | None
    time: str
    place: str
    held_on: date | None


class PartOut(BaseModel):
    """One case of an application."""

    number: str
    service: str
    service_name: str
    organ: str
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
    gaps: list[dict[str, str]]
    hearing: HearingOut | None
    acts: list[str]


class ApplicationOut(BaseModel):
    """One application with its cases."""

    number: str
    title: str
    received_at: datetime
    cases: list[PartOut]


class ApplicationsOut(Schema):
    """A page of applications, newest first. next: ask with before=next for older ones; empty at the end."""

    applications: list[ApplicationOut]
    next: str


class WithdrawIn(Schema):
    reason: Annotated[str, Field(max_length=500, pattern=WITHOUT_NUL)] = ""


def wrong(code: str, fields: dict[str, str] | None = None) -> Problem:
    """Return what is wrong with an application that was sent."""
    sentences = {
        "not_offered": _("这件事现在不能在网上办，或者编码、地区不对。"),
        "unknown_keys": _("有的问题或材料不属于这件事。"),
        "no_such_question": _("这件事没有这个问题。"),
        "no_such_paper": _("这件事不需要这份材料。"),
        "file_unknown_id": _("没有这个文件，或者已过期、不是您为这个地区上传的。请重新上传。"),
        "incomplete": _("还差这些，补齐就能提交"),
    }
    return Problem(
        422, code, sentences[code], {place: sentences.get(one, one) for place, one in (fields or {}).items()}
    )


@router.post("/files", response={200: FileOut, **ERRORS}, url_name="upload_file", summary="Upload a paper")
@told
def upload(request: HttpRequest, where: Form[RegionIn], file: File[UploadedFile]) -> FileOut:
    applicant = people.applicant_of(request)
    shard = f"{where.region[:6]}000000"
    at = now()
    pace.count("upload", who=applicant.account_id)
    stored = files.store(file, shard=shard, by=people.actor(applicant), now=at)
    services.let_go([stored.id], shard=shard, now=at)
    return claims.claim(stored, account=applicant.account_id, now=at)


@router.post("/applications", response={200: ApplicationOut, 201: ApplicationOut, **ERRORS}, url_name="apply",
             summary="Hand in an application")  # fmt: skip
@told
def apply(request: HttpRequest, body: ApplicationIn, key: Once) -> HttpResponse:
    applicant = people.applicant_of(request)
    kind, target = ("bundle", body.bundle) if body.bundle else ("service", body.service)
    at = now()
    offered = queries.offered_at(kind, target, body.region, at)
    if offered is None:
        raise wrong("not_offered", {kind: "not_offered"})
    draft = _draft(applicant, offered, body, at)
    try:
        received = services.submit_once(
            draft, offered=offered, applicant=applicant, key=key, said=blind_index(body.model_dump_json()),
            channel="online", now=at, calendar=offered.calendar,
        )  # fmt: skip
    except services.Incomplete as lacking:
        raise _incomplete(lacking) from lacking
    parts = [queries.Part(case, []) for case in received.cases]
    made = queries.ApplicationFile(received.application, parts, [])
    known = {organ.id: organ.name for organ in offered.organs.values()}
    return answer(_application(made, _organs([made], known=known)), status=200 if received.again else 201)


def _draft(applicant: Applicant, offered: queries.Offered, body: ApplicationIn, at: datetime) -> Draft:
    """Return what was sent as a draft that is nowhere stored."""
    fields = {one.field.key: one.field for one in offered.offer.fields}
    unknown = {f"answers.{key}": "no_such_question" for key in body.answers if key not in fields}
    materials = {one.material.key: one.material for one in offered.offer.materials}
    unknown |= {f"papers.{key}": "no_such_paper" for key in body.papers if key not in materials}
    if unknown:
        raise wrong("unknown_keys", unknown)
    values, refused = services.read_answers([fields[key] for key in body.answers], body.answers)
    papers = {key: _claimed(applicant, offered, materials[key], one, at) for key, one in body.papers.items()}
    main = offered.offer.main
    return Draft(
        id=uuid4(), shard=offered.shard, account=applicant.account_id, kind=offered.kind, target=offered.target,
        region=offered.region, title=main.name[:200], firm=body.firm, answers=values,
        typed={key: body.answers[key] for key in refused}, papers=papers, delivery=body.delivery.model_dump(),
    )  # fmt: skip


def _claimed(
    applicant: Applicant, offered: queries.Offered, material: catalogue.Material, claim: str, at: datetime
) -> dict[str, str]:
    """Return the paper of a file that this applicant uploaded for this county."""
    place = f"papers.{material.key}"
    claimed = claims.claimed(claim, account=applicant.account_id, shard=offered.shard, now=at)
    if claimed is None:
        raise wrong("file_unknown_id", {place: "file_unknown_id"})
    try:
        services.check_format(material, claimed.media_type)
    except Refusal as refused:
        raise Problem(422, refused.key, said(refused), {place: said(refused)}) from None
    return {"file": claimed.file}


def _incomplete(lacking: services.Incomplete) -> Problem:
    places = {"question": "answers.", "paper": "papers.", "delivery": "delivery.", "applicant": "", "organ": "organ."}
    fields = {f"{places[fault.place]}{fault.key}": said(fault.refusal) for fault in lacking.faults}
    return wrong("incomplete", fields)


class PageIn(Schema):
    """before: received_at of the last one seen."""

    before: Moment | None = None


@router.get("/applications", response={200: ApplicationsOut, **READING}, url_name="applications",
            summary="My applications")  # fmt: skip
@told
def applications(request: HttpRequest, page: Query[PageIn]) -> ApplicationsOut:
    applicant = people.applicant_of(request)
    found = queries.applications_of(applicant, before=page.before and page.before.astimezone(UTC))
    following = found[-1].application.received_at.isoformat() if len(found) == queries.LISTED else ""
    organs = _organs(found, known={})
    return ApplicationsOut(applications=[_application(file, organs) for file in found], next=following)


@router.get("/applications/{number}", response={200: ApplicationOut, **READING}, url_name="application",
            summary="One application")  # fmt: skip
@told
def application(request: HttpRequest, number: str) -> ApplicationOut:
    file = queries.application_for(people.applicant_of(request), number[:24])
    if file is None:
        raise Http404
    return _application(file)


@router.get("/cases/{number}", response={200: PartOut, 304: None, **READING}, url_name="case", summary="One case")
@told
def case(
    request: HttpRequest, number: str, if_none_match: Annotated[str | None, Header(alias="If-None-Match")] = None
) -> HttpResponse:
    found = queries.case_line(people.applicant_of(request), number[:50])
    if found is None:
        raise Http404
    tag = f'"{found.version}"'
    if if_none_match and tag in {one.strip().removeprefix("W/") for one in if_none_match.split(",")}:
        said = HttpResponse(status=304)
    else:
        acts = rules.acts_of_applicant(found.procedure, found.state, on=today(), heard=found.hearing)
        more = {"acts": [act.name for act in acts], "hearing": _hearing(found.hearing)}
        said = answer(PartOut.model_validate({**found._asdict(), **more}))
    _tag(said, found)
    return said


@router.post("/cases/{number}/withdraw", response={200: PartOut, **ERRORS}, url_name="withdraw",
             summary="Take a case back")  # fmt: skip
@told
def withdraw(
    request: HttpRequest, response: HttpResponse, number: str, body: WithdrawIn, if_match: IfMatch = None
) -> PartOut:
    applicant = people.applicant_of(request)
    found = case_of(applicant, number)
    services.withdraw(
        found, reason=body.reason, seen=seen_in(if_match), by=people.actor(applicant), now=now(),
        calendar=network.calendar_for(found.shard),
    )  # fmt: skip
    return part_of(response, found)


def case_of(applicant: Applicant, number: str) -> Case:
    """Return a case to its applicant. Http404 to everybody else."""
    found = queries.case_for_applicant(applicant, number[:50])
    if found is None:
        raise Http404
    return found


def part_of(response: HttpResponse, found: Case) -> PartOut:
    """Return a case that was just acted on, its new version in the answer's tag."""
    _tag(response, found)
    return _part(found, network.organ_names({found.handled_by}))


def _tag(response: HttpResponse, case: Case | queries.CaseLine) -> None:
    response["ETag"] = f'"{case.version}"'
    response["Cache-Control"] = "private, no-cache"


def _organs(found: list[queries.ApplicationFile], *, known: Mapping[UUID, str]) -> Mapping[UUID, str]:
    """Return the names of the organs that handle cases; nothing is asked when all are known."""
    return {**known, **network.organ_names({part.case.handled_by for file in found for part in file.parts} - {*known})}


def _application(file: queries.ApplicationFile, organs: Mapping[UUID, str] | None = None) -> ApplicationOut:
    organs = _organs([file], known={}) if organs is None else organs
    row: Application = file.application
    return ApplicationOut(
        number=row.number, title=row.title, received_at=row.received_at,
        cases=[_part(part.case, organs) for part in file.parts],
    )  # fmt: skip


HEARING = ("ask_until", "hold_by", "on", "time", "place", "held_on")
COPIED = (
    "number", "service_name", "state", "outcome", "version", "received_on", "accepted_on", "deemed", "promised_due_on",
    "statutory_due_on", "delivery_due_on", "supplement_until", "gaps",
)  # fmt: skip


def _hearing(stored: dict[str, Any]) -> HearingOut | None:
    if not stored:
        return None
    found = rules.hearing.read(stored)
    return HearingOut(stage=found.stage, **{name: getattr(found, name) for name in HEARING})


def _part(case: Case, organs: Mapping[UUID, str]) -> PartOut:
    acts = rules.acts_of_applicant(case.procedure, case.state, on=today(), heard=case.hearing)
    return PartOut(
        hearing=_hearing(case.hearing),
        **{name: getattr(case, name) for name in COPIED}, service=case.service_code,
        organ=organs.get(case.handled_by, ""), acts=[act.name for act in acts],
    )  # fmt: skip
