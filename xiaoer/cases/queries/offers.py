"""What is applied for: a bundle or one service as it is offered now, in one shape for pages and API."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from xiaoer.catalogue import queries as catalogue
from xiaoer.catalogue import rules
from xiaoer.catalogue.queries import ServiceVersion

from ..models import Draft


@dataclass(frozen=True)
class Offered:
    """An offer with the versions that an application would be pinned to. bundle: id of its version, None for a service.

    digest: changes when anything of it does.
    """

    kind: str
    target: str
    region: str
    offer: rules.Offer
    services: Mapping[str, ServiceVersion]
    bundle: UUID | None
    digest: str

    @property
    def shard(self) -> str:
        """The county of the matter."""
        return f"{self.region[:6]}000000"


@dataclass(frozen=True)
class Kept:
    """An offer that was read, with the marks of the versions that it was made from."""

    offered: Offered
    marks: set[catalogue.Mark]


MOST_KEPT = 1024
KEPT: dict[tuple[str, str, str], Kept] = {}


def offered_at(kind: str, target: str, region: str, at: datetime) -> Offered | None:
    """Return what is offered under a bundle's key in a region, or under a service's code; None when nothing is.

    What was read before is kept as long as the database says that the same versions are in force and unchanged.
    """
    place = (kind, target, region)
    kept = KEPT.get(place)
    if kept and kept.marks == _marks(kept.offered, at):
        return kept.offered
    found = _read(kind, target, region, at)
    if found is not None:
        if len(KEPT) >= MOST_KEPT:
            KEPT.clear()
        KEPT[place] = found
    return found.offered if found else None


def _marks(offered: Offered, at: datetime) -> set[catalogue.Mark]:
    codes = [service.code for service in offered.offer.services.values()]
    bundle = catalogue.bundle_marks(offered.target, offered.region, at) if offered.bundle else set()
    return bundle | catalogue.service_marks(codes, at)


def _read(kind: str, target: str, region: str, at: datetime) -> Kept | None:
    if kind == "bundle":
        found = catalogue.bundle_offer(target, region, at)
        if found is None:
            return None
        offered = Offered(kind, target, region, found.offer, found.services, found.version.id, found.digest)
        members = {catalogue.mark(version) for version in found.services.values()}
        return Kept(offered, {catalogue.mark(found.version)} | members)
    version = catalogue.service_in_force(target, at)
    if version is None:
        return None
    offer = catalogue.service_offer(version)
    place = version.service.region
    offered = Offered(kind, target, place, offer, {offer.members[0].key: version}, None, version.digest)
    return Kept(offered, {catalogue.mark(version)})


def offered_for(draft: Draft, at: datetime) -> Offered | None:
    """Return what a draft applies for as it is offered now."""
    return offered_at(draft.kind, draft.target, draft.region, at)
