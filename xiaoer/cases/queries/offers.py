"""What is applied for: a bundle or one service as it is offered now, in one shape for pages and API."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from xiaoer.catalogue import queries as catalogue
from xiaoer.catalogue import rules
from xiaoer.catalogue.queries import BundleVersion, ServiceVersion
from xiaoer.database.prepared import Prepared, PreparedUnion
from xiaoer.kernel.refusal import Refusal
from xiaoer.kernel.workdays import Calendar
from xiaoer.network import queries as network

from ..models import Draft


@dataclass(frozen=True)
class Offered:
    """An offer with all that an application under it is pinned to. bundle: id of its version, None for a service.

    digest: changes when anything that is offered does. organs: who answers now for the credit codes named in it.
    """

    kind: str
    target: str
    region: str
    offer: rules.Offer
    services: Mapping[str, ServiceVersion]
    bundle: UUID | None
    digest: str
    organs: Mapping[str, network.Link]
    counting: network.Counting | None

    @property
    def shard(self) -> str:
        """The county of the matter."""
        return shard_of(self.region)

    @property
    def calendar(self) -> Calendar:
        """The calendar by which that county counts. Refusal no_calendar before the first national notice."""
        if self.counting is None:
            raise Refusal("no_calendar")
        return network.calendar_of(self.counting.calendar)


def shard_of(region: str) -> str:
    """Return the county of a region, where its files lie."""
    return f"{region[:6]}000000"


@dataclass(frozen=True)
class Kept:
    """An offer that was read, the marks of all that it was made from, and the question after these at an instant."""

    offered: Offered
    asked: Prepared
    marks: set[catalogue.Mark]


# About ids of services, the key of the bundle, codes of organs, codes of the regions whose notices count.
_MARKS = PreparedUnion(catalogue.SERVICE_MARKS, catalogue.BUNDLE_MARKS, network.ORGAN_MARKS, network.CALENDAR_MARKS)
MOST_KEPT = 1024
KEPT: dict[tuple[str, str, str], Kept] = {}


def offered_at(kind: str, target: str, region: str, at: datetime) -> Offered | None:
    """Return what is offered under a bundle's key in a region, or under a service's code; None when nothing is.

    What was read before is kept as long as the database says that the same versions are in force and unchanged, and
    so are the organs and the calendar.
    """
    place = (kind, target, region)
    kept = KEPT.get(place)
    if kept and kept.marks == set(kept.asked.rows(at=at)):
        return kept.offered
    found = _bundle(target, region, at) if kind == "bundle" else _service(target, at)
    if found is not None:
        if len(KEPT) >= MOST_KEPT:
            KEPT.clear()
        KEPT[place] = found
    return found.offered if found else None


def _bundle(key: str, region: str, at: datetime) -> Kept | None:
    found = catalogue.bundle_offer(key, region, at)
    if found is None:
        return None
    made = partial(Offered, "bundle", key, region, found.offer, found.services, found.version.id, found.digest)
    return _kept(made, region, found.services, found.version)


def _service(code: str, at: datetime) -> Kept | None:
    version = catalogue.service_in_force(code, at)
    if version is None:
        return None
    offer, region = catalogue.service_offer(version), version.service.region
    services = {offer.members[0].key: version}
    made = partial(Offered, "service", code, region, offer, services, None, version.digest)
    return _kept(made, region, services)


def _kept(
    made: Callable[..., Offered],
    region: str,
    services: Mapping[str, ServiceVersion],
    bundle: BundleVersion | None = None,
) -> Kept:
    """Read who answers and what counts, and remember by what marks all of it will be known again."""
    named = _named(services.values())
    answering, counting = network.who_answers(named), network.counting_in(shard_of(region))
    offered = made(organs=answering.organs, counting=counting)
    asked = _MARKS.about(
        sorted({version.service_id for version in services.values()}),
        [bundle.bundle.key] if bundle else [],
        sorted(named | {link.uscc for link in answering.links}),
        network.regions_counting_in(offered.shard),
        region=region,
    )
    marks = {catalogue.mark(version) for version in services.values()} | ({catalogue.mark(bundle)} if bundle else set())
    marks |= {(link.id, link.version, 0) for link in answering.links} | ({counting.mark} if counting else set())
    return Kept(offered, asked, marks)


def _named(services: Iterable[ServiceVersion]) -> set[str]:
    """Return the credit codes of every organ that has a part in these services."""
    said = [catalogue.snapshot(version) for version in services]
    nodes = [node for service in said for node in (service.plan or {}).get("nodes", [])]
    return {service.organ for service in said} | {node["organ"] for node in nodes if node.get("organ")}


def offered_for(draft: Draft, at: datetime) -> Offered | None:
    """Return what a draft applies for as it is offered now."""
    return offered_at(draft.kind, draft.target, draft.region, at)
