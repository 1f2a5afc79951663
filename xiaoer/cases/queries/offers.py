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


def offered_at(kind: str, target: str, region: str, at: datetime) -> Offered | None:
    """Return what is offered under a bundle's key in a region, or under a service's code; None when nothing is."""
    if kind == "bundle":
        found = catalogue.bundle_offer(target, region, at)
        if found is None:
            return None
        return Offered(kind, target, region, found.offer, found.services, found.version.id, found.digest)
    version = catalogue.service_in_force(target, at)
    if version is None:
        return None
    offer = catalogue.service_offer(version)
    place = version.service.region
    return Offered(kind, target, place, offer, {offer.members[0].key: version}, None, version.digest)


def offered_for(draft: Draft, at: datetime) -> Offered | None:
    """Return what a draft applies for as it is offered now."""
    return offered_at(draft.kind, draft.target, draft.region, at)
