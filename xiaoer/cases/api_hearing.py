"""Hearings (听证, 行政许可法 46-48) as JSON: the applicant asks and takes back, officers tell, announce and record."""

import datetime as dt
from collections.abc import Callable
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from xiaoer.journal.edge import now
from xiaoer.network import queries as network
from xiaoer.people import queries as people

from . import services
from .api_desk import ANSWERS, WITHOUT_NUL, CaseOut, IfMatch, Short, Text, act_on, seen_in
from .api_errors import ERRORS, Session, told
from .api_mine import PartOut, case_of, part_of
from .models import Case

mine = Router(tags=["hearings"], auth=Session())
desk = Router(tags=["hearings"], auth=Session())


class TellIn(Schema):
    """ground: interest (47: who is told may ask) or law (46: it is held). parties: names of the interested ones."""

    ground: Literal["interest", "law"]
    reason: Text
    parties: Annotated[list[Short], Field(max_length=200)] = []


class AskIn(Schema):
    """Recorded for somebody who asked on paper. who: the name of an interested party."""

    side: Literal["applicant", "party"]
    who: Short = ""


class SetIn(Schema):
    """chair: the account of an officer of the organ who has no part in the review."""

    date: dt.date
    time: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
    place: Short
    chair: UUID


class HoldIn(Schema):
    """present: who was there; record: what was said."""

    present: Text
    record: Annotated[str, Field(max_length=8000, pattern=WITHOUT_NUL)]


class DropIn(Schema):
    side: Literal["applicant", "party"]
    reason: Short = ""


def _mine(
    request: HttpRequest, response: HttpResponse, number: str, if_match: str | None, act: Callable[..., Case]
) -> PartOut:
    """Do an applicant's act on the hearing of a case of his; 404 for everybody else."""
    applicant = people.applicant_of(request)
    found = case_of(applicant, number)
    calendar = network.calendar_for(found.shard)
    act(found, side="applicant", seen=seen_in(if_match), by=people.actor(applicant), now=now(), calendar=calendar)
    return part_of(response, found)


@mine.post("/cases/{number}/hearing", response={200: PartOut, **ERRORS}, url_name="ask_hearing",
           summary="Ask for a hearing")  # fmt: skip
@told
def ask(request: HttpRequest, response: HttpResponse, number: str, if_match: IfMatch = None) -> PartOut:
    return _mine(request, response, number, if_match, services.ask_hearing)


@mine.post("/cases/{number}/hearing/withdraw", response={200: PartOut, **ERRORS}, url_name="drop_hearing",
           summary="Take the asking for a hearing back")  # fmt: skip
@told
def drop(request: HttpRequest, response: HttpResponse, number: str, if_match: IfMatch = None) -> PartOut:
    return _mine(request, response, number, if_match, services.drop_hearing)


@desk.post("/cases/{number}/hearing/tell", response=ANSWERS, url_name="desk_tell_hearing",
           summary="Tell of the right to a hearing")  # fmt: skip
@told
def tell_for(
    request: HttpRequest, response: HttpResponse, number: str, body: TellIn, if_match: IfMatch = None
) -> CaseOut:
    return act_on(request, response, number, "tell_hearing", if_match, services.tell_hearing, **body.dict())


@desk.post("/cases/{number}/hearing/ask", response=ANSWERS, url_name="desk_ask_hearing",
           summary="Record that a hearing is asked for")  # fmt: skip
@told
def ask_for(
    request: HttpRequest, response: HttpResponse, number: str, body: AskIn, if_match: IfMatch = None
) -> CaseOut:
    return act_on(request, response, number, "ask_hearing", if_match, services.ask_hearing, **body.dict())


@desk.post("/cases/{number}/hearing/set", response=ANSWERS, url_name="desk_set_hearing",
           summary="Announce the hearing")  # fmt: skip
@told
def announce(
    request: HttpRequest, response: HttpResponse, number: str, body: SetIn, if_match: IfMatch = None
) -> CaseOut:
    said = body.dict() | {"time": dt.time.fromisoformat(body.time)}
    return act_on(request, response, number, "set_hearing", if_match, services.set_hearing, **said)


@desk.post("/cases/{number}/hearing/hold", response=ANSWERS, url_name="desk_hold_hearing",
           summary="Record the hearing")  # fmt: skip
@told
def hold(request: HttpRequest, response: HttpResponse, number: str, body: HoldIn, if_match: IfMatch = None) -> CaseOut:
    return act_on(request, response, number, "hold_hearing", if_match, services.hold_hearing, **body.dict())


@desk.post("/cases/{number}/hearing/drop", response=ANSWERS, url_name="desk_drop_hearing",
           summary="Record that an asking is taken back")  # fmt: skip
@told
def drop_for(
    request: HttpRequest, response: HttpResponse, number: str, body: DropIn, if_match: IfMatch = None
) -> CaseOut:
    return act_on(request, response, number, "drop_hearing", if_match, services.drop_hearing, **body.dict())
