"""Steps of cases as JSON, for officers: take one in hand, put it back, give its opinion, send the case back."""

from collections.abc import Callable
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from xiaoer.journal.edge import now
from xiaoer.network import queries as network
from xiaoer.people import queries as people

from . import queries, rules, services
from .api_desk import ANSWERS, WITHOUT_NUL, CaseOut, IfMatch, Text, file_of, out, seen_in
from .api_errors import Session, told
from .models import Step

router = Router(tags=["desk"], auth=Session())


class SettleIn(Schema):
    outcome: Literal["granted", "conditional", "refused"]
    opinion: Text = ""


class ReturnIn(Schema):
    """to: key of the step that has to be done again; reason: officers read it, the applicant does not."""

    to: Annotated[str, Field(max_length=64, pattern=WITHOUT_NUL)]
    reason: Text


def _step(
    request: HttpRequest, response: HttpResponse, identity: UUID, do: Callable[..., Step], **said: Any
) -> CaseOut:
    """Do an act on a step of the officer's organ; answer with its case."""
    officer = people.officer_of(request)
    found = queries.step_for_officer(officer, identity)
    if found is None:
        raise Http404
    do(found, by=people.actor(officer), now=now(), **said)
    return out(response, file_of(officer, queries.number_of(found)))


@router.post("/steps/{uuid:step}/claim", response=ANSWERS, url_name="desk_claim", summary="Take a step in hand")
@told
def claim(request: HttpRequest, response: HttpResponse, step: UUID, if_match: IfMatch = None) -> CaseOut:
    return _step(request, response, step, services.claim, seen=seen_in(if_match))


@router.post("/steps/{uuid:step}/release", response=ANSWERS, url_name="desk_release", summary="Put a step back")
@told
def release(request: HttpRequest, response: HttpResponse, step: UUID, if_match: IfMatch = None) -> CaseOut:
    return _step(request, response, step, services.release, seen=seen_in(if_match))


@router.post(
    "/steps/{uuid:step}/settle",
    response=ANSWERS,
    url_name="desk_settle",
    summary="Give the opinion of a step",
)
@told
def settle(
    request: HttpRequest, response: HttpResponse, step: UUID, body: SettleIn, if_match: IfMatch = None
) -> CaseOut:
    def do(found: Step, **said: Any) -> Step:
        if found.kind == rules.DECISION:
            raise Http404
        return services.settle(found, calendar=network.calendar_for(found.shard), **said, **body.dict())

    return _step(request, response, step, do, seen=seen_in(if_match))


@router.post(
    "/steps/{uuid:step}/return",
    response=ANSWERS,
    url_name="desk_return",
    summary="Send a case back to an earlier step",
)
@told
def send_back(
    request: HttpRequest, response: HttpResponse, step: UUID, body: ReturnIn, if_match: IfMatch = None
) -> CaseOut:
    def do(found: Step, **said: Any) -> Step:
        return services.send_back(found, calendar=network.calendar_for(found.shard), **said, **body.dict())

    return _step(request, response, step, do, seen=seen_in(if_match))
