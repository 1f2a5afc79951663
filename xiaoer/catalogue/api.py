"""The catalogue for programs: what is in force, for everybody."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from ninja import Field, Query, Router, Schema, Status

from xiaoer.journal import edge

from . import queries, rules
from .models import BundleVersion, ServiceVersion

router = Router(tags=["catalogue"], auth=None)
RegionCode = Annotated[str, Field(pattern=r"^([0-9]{2}){1,6}$|^$", description="12 digits, or a prefix of them")]
Words = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[^\x00]*$")]


class Said(Schema):
    """A message: what is wrong."""

    message: str


class Listed(Schema):
    """One service or bundle in a list. code: of a service; key: of a bundle."""

    code: str = ""
    key: str = ""
    name: str
    organ: str
    organ_name: str
    region: str
    number: int
    digest: str
    valid_from: datetime


class Result(Listed):
    """One name found, by its nearest offer. name_id: to ask for all its offers; nearness: 1 is all that was typed."""

    name_id: UUID
    offers: int
    nearness: float


class Results(Schema):
    """What was found, the nearest first."""

    items: list[Result]


class Page(Schema):
    """A page of a list. after: give it back to get the next one; "" on the last."""

    items: list[Listed]
    after: str = ""


class Version(Listed):
    """A version with its snapshot, in the format that it names."""

    valid_to: datetime | None
    published_at: datetime
    snapshot: dict[str, Any]


@router.get("/services", response={200: Page, 422: Any}, summary="Services in force")
def services(
    request: HttpRequest,
    region: RegionCode = "",
    organ: Annotated[str, Field(pattern=r"^[0-9A-Z]{0,18}$")] = "",
    after: Annotated[str, Field(pattern=r"^[0-9A-Z]{0,31}$")] = "",
) -> Page:
    """Services in force now, by code, 50 a page."""
    found = queries.services_offered(edge.now(), region=region, organ=organ, after=after, limit=queries.LISTED + 1)
    more = found[queries.LISTED - 1].service.code if len(found) > queries.LISTED else ""
    return Page(items=[_listed(one) for one in found[: queries.LISTED]], after=more)


@router.get("/services/{code}", response={200: Version, 304: None, 404: Said, 422: Any}, summary="A service")
def service(request: HttpRequest, code: Annotated[str, Field(pattern=r"^[0-9A-Z]{31}$")]) -> Any:
    """The version in force now. Its digest is the ETag."""
    return _version(request, queries.service_in_force(code, edge.now()))


@router.get("/bundles", response={200: Page, 422: Any}, summary="Bundles in force")
def bundles(request: HttpRequest, region: RegionCode = "") -> Page:
    """Bundles (一件事) in force now, by region and key."""
    return Page(items=[_listed(one) for one in queries.bundles_offered(edge.now(), region=region)])


@router.get("/bundles/{region}/{key}", response={200: Version, 304: None, 404: Said, 422: Any}, summary="A bundle")
def bundle(
    request: HttpRequest,
    region: Annotated[str, Field(pattern=r"^[0-9]{12}$")],
    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,47}$")],
) -> Any:
    """The version in force now. Its digest is the ETag; the members' versions are read by their codes."""
    return _version(request, queries.bundle_in_force(key, region, edge.now()))


@router.get("/search", response={200: Results, 422: Any}, summary="Search services and bundles")
def search(request: HttpRequest, q: Query[Words], region: RegionCode = "") -> Results:
    """The 20 names that come nearest: Chinese words, pinyin or its initials, English words, a code; one typing error is
    forgiven. One result for each name, with the offer that lies nearest; nothing fits: no items."""
    hits = queries.search(q, at=edge.now(), region=_whole(region))
    return Results(items=[_result(hit) for hit in hits])


@router.get("/search/{name}", response={200: Page, 404: Said, 422: Any}, summary="Who offers what has one name")
def offers(
    request: HttpRequest,
    name: UUID,
    region: RegionCode = "",
    after: Annotated[str, Field(pattern=r"^([0-9]{12}-[0-9a-f]{32})?$")] = "",
) -> Any:
    """All offers of a name that a search gave: first the region's and those above it, then by region, 50 a page."""
    found = queries.offers_of(name, at=edge.now(), region=_whole(region), after=after)
    if not found.all:
        return Status(404, Said(message="Nobody offers anything of this name there."))
    return Page(items=[_listed(hit.version) for hit in found.all], after=found.after)


def _whole(region: str) -> str:
    return region.ljust(12, "0") if region else ""


def _result(hit: queries.Hit) -> Result:
    return Result(**_fields(hit.version), name_id=hit.name, offers=hit.offers, nearness=round(hit.near, 2))


def _listed(held: ServiceVersion | BundleVersion) -> Listed:
    return Listed(**_fields(held))


def _fields(held: ServiceVersion | BundleVersion) -> dict[str, Any]:
    row: Any = held.service if isinstance(held, ServiceVersion) else held.bundle
    names = ("code", "key", "name", "organ", "organ_name", "region")
    kept = {name: getattr(row, name) for name in names if hasattr(row, name)}
    return {**kept, "number": held.number, "digest": held.digest, "valid_from": held.valid_from}


def _version(request: HttpRequest, held: ServiceVersion | BundleVersion | None) -> Any:
    if held is None:
        return Status(404, Said(message="Nothing with this code is in force."))
    etag = f'"{held.digest}"'
    response = get_conditional_response(request, etag=etag) or _rendered(request, held)
    response["ETag"] = etag
    response["Cache-Control"] = "public, no-cache"
    return response


def _rendered(request: HttpRequest, held: ServiceVersion | BundleVersion) -> HttpResponse:
    times: dict[str, Any] = {"valid_to": held.valid_to, "published_at": held.published_at}
    body = Version(**_fields(held), **times, snapshot=rules.written(queries.said(held)))
    return HttpResponse(body.model_dump_json(), content_type="application/json; charset=utf-8")
