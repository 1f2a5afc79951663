"""Reading the catalogue. Published versions are for everybody; drafts are for the organ that prepares them.

Snapshots are parsed once per process and digest: they never change.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, DateTimeField, Q, QuerySet, UUIDField

from xiaoer.database.prepared import Given, PreparedList

from .. import rules
from ..models import Bundle, BundleVersion, Service, ServiceVersion

LISTED = 50
MOST_KEPT = 4096
PARSED: dict[str, rules.Snapshot] = {}
MERGED: dict[tuple[str, ...], rules.Offer] = {}


@dataclass(frozen=True)
class BundleOffer:
    """A bundle as it is offered at one time: its version, its members' versions by member key, and what they merge to.

    digest: changes when any of them does."""

    version: BundleVersion
    services: dict[str, ServiceVersion]
    offer: rules.Offer

    @property
    def digest(self) -> str:
        return "-".join([self.version.digest[:16], *[version.digest[:12] for version in self.services.values()]])


def valid(at: datetime | Given) -> Q:
    """Versions in force at that time."""
    return ~Q(state="draft") & Q(valid_from__lte=at) & (Q(valid_to=None) | Q(valid_to__gt=at))


Mark = tuple[UUID, int, int]
"""Id and number of entries of a version, number of entries of its line: the same mark is the same version unchanged."""
# Of services by id, of bundles by key, at a time: the marks of the versions in force, which tell whether what was read
# before still holds. Not by a service's code: PostgreSQL, planning for whatever code may come, would then read every
# version and look for the service of each.
SERVICE_MARKS = PreparedList(
    lambda services: ServiceVersion.objects.filter(
        valid(Given("at", DateTimeField())), service__id__in=services
    ).values_list("id", "version", "service__version"),
    UUIDField(),
)
BUNDLE_MARKS = PreparedList(
    lambda keys: BundleVersion.objects.filter(
        valid(Given("at", DateTimeField())), bundle__key__in=keys, bundle__region=Given("region", CharField())
    ).values_list("id", "version", "bundle__version"),
    CharField(),
)


def mark(held: ServiceVersion | BundleVersion) -> Mark:
    """The mark of a version as it was read."""
    line = held.service if isinstance(held, ServiceVersion) else held.bundle
    return held.id, held.version, line.version


def service_in_force(code: str, at: datetime) -> ServiceVersion | None:
    """The version of a service that is valid at that time, with its service; None: not offered then."""
    return ServiceVersion.objects.filter(valid(at), service__code=code).select_related("service").first()


def services_in_force(codes: Iterable[str], at: datetime) -> dict[str, ServiceVersion]:
    """Several at once: code -> version; a code that is not offered then is left out."""
    found = ServiceVersion.objects.filter(valid(at), service__code__in=list(codes)).select_related("service")
    return {version.service.code: version for version in found}


def version(identity: UUID) -> ServiceVersion | None:
    """A published version of a service, also one that has ended: what a case is pinned to."""
    return ServiceVersion.objects.exclude(state="draft").filter(id=identity).select_related("service").first()


def versions(identities: Iterable[UUID]) -> dict[UUID, ServiceVersion]:
    """Several published versions at once: id -> version; unknown ones are left out."""
    found = ServiceVersion.objects.exclude(state="draft").filter(id__in=list(identities))
    return {held.id: held for held in found}


def bundle_version(identity: UUID) -> BundleVersion | None:
    """A published version of a bundle, also one that has ended."""
    return BundleVersion.objects.exclude(state="draft").filter(id=identity).select_related("bundle").first()


def bundle_versions(identities: Iterable[UUID]) -> dict[UUID, BundleVersion]:
    """Several published versions of bundles at once: id -> version; unknown ones are left out."""
    found = BundleVersion.objects.exclude(state="draft").filter(id__in=list(identities))
    return {held.id: held for held in found}


def organs_offering(usccs: Iterable[str]) -> set[str]:
    """Which of these organs (by credit code) have a published service, in one query."""
    found = Service.objects.filter(organ__in=list(usccs), state="published").order_by()
    return set(found.values_list("organ", flat=True).distinct())


def bundle_in_force(key: str, region: str, at: datetime) -> BundleVersion | None:
    """The version of a bundle that is valid at that time in that region; None: not offered there then."""
    found = BundleVersion.objects.filter(valid(at), bundle__key=key, bundle__region=region)
    return found.select_related("bundle").first()


def bundle_offer(key: str, region: str, at: datetime) -> BundleOffer | None:
    """A bundle with the versions of its members in force, merged; None when it, or one of them, is not offered."""
    held = bundle_in_force(key, region, at)
    return None if held is None else offered(held, at)


def offered(held: BundleVersion, at: datetime) -> BundleOffer | None:
    """A version of a bundle with its members as they are in force at that time."""
    bundle = bundle_snapshot(held)
    found = services_in_force([member.service for member in bundle.members], at)
    if any(member.service not in found for member in bundle.members):
        return None
    services = {member.key: found[member.service] for member in bundle.members}
    return BundleOffer(held, services, pinned(held, services))


def pinned(held: BundleVersion, services: dict[str, ServiceVersion]) -> rules.Offer:
    """What a bundle offers with these versions of its members (by member key): as an application pinned them."""
    place = (held.digest, *[f"{key} {one.digest}" for key, one in services.items()])
    if place not in MERGED:
        said = bundle_snapshot(held)
        found = {member.service: snapshot(services[member.key]) for member in said.members}
        _keep(MERGED, place, rules.merge(said, found))
    return MERGED[place]


def _keep(kept: dict[Any, Any], place: Any, value: Any) -> None:
    """Remember something that never changes; start anew rather than grow without end."""
    if len(kept) >= MOST_KEPT:
        kept.clear()
    kept[place] = value


def _parsed(held: Any) -> rules.Snapshot:
    if held.digest not in PARSED:
        _keep(PARSED, held.digest, rules.read(held.snapshot))
    return PARSED[held.digest]


def said(held: ServiceVersion | BundleVersion) -> rules.Snapshot:
    """What a version says."""
    return _parsed(held)


def snapshot(held: ServiceVersion) -> rules.ServiceSnapshot:
    """What a version of a service says."""
    found = _parsed(held)
    assert isinstance(found, rules.ServiceSnapshot)
    return found


def bundle_snapshot(held: BundleVersion) -> rules.BundleSnapshot:
    """What a version of a bundle says."""
    found = _parsed(held)
    assert isinstance(found, rules.BundleSnapshot)
    return found


def service_offer(held: ServiceVersion) -> rules.Offer:
    """One service offered by itself."""
    return rules.alone(snapshot(held))


def faults(said: rules.Snapshot, *, at: datetime) -> list[rules.Fault]:
    """What stands against publishing it from that time."""
    if isinstance(said, rules.ServiceSnapshot):
        return rules.service_faults(said)
    found = services_in_force([member.service for member in said.members], at)
    return rules.bundle_faults(said, {code: snapshot(held) for code, held in found.items()})


def drafts(names: Collection[str] = ()) -> list[ServiceVersion | BundleVersion]:
    """Drafts, services before bundles, for who publishes them; names: codes and keys, none for all."""
    services = ServiceVersion.objects.filter(state="draft").select_related("service").order_by("service__code")
    bundles = BundleVersion.objects.filter(state="draft").select_related("bundle").order_by("bundle__key")
    if names:
        services, bundles = services.filter(service__code__in=names), bundles.filter(bundle__key__in=names)
    return [*services, *bundles]


def services_offered(
    at: datetime, *, region: str = "", organ: str = "", after: str = "", limit: int = LISTED
) -> list[ServiceVersion]:
    """Services in force, for everybody, by code; region: a prefix of the code (3604 is a city with its counties).

    after: the last code of the page before."""
    found: QuerySet[ServiceVersion] = ServiceVersion.objects.filter(valid(at), service__code__gt=after)
    if region:
        found = found.filter(service__region__startswith=region)
    if organ:
        found = found.filter(service__organ=organ)
    return list(found.select_related("service").order_by("service__code")[:limit])


def bundles_offered(at: datetime, *, region: str = "") -> list[BundleVersion]:
    """Bundles in force, for everybody, by region and key."""
    found = BundleVersion.objects.filter(valid(at))
    if region:
        found = found.filter(bundle__region__startswith=region)
    return list(found.select_related("bundle").order_by("bundle__region", "bundle__key")[:LISTED])


def before(held: ServiceVersion | BundleVersion) -> rules.Snapshot | None:
    """What the version published before this one said; None: this is the first."""
    parent = {"service": held.service_id} if isinstance(held, ServiceVersion) else {"bundle": held.bundle_id}
    found = type(held)._default_manager.filter(**parent, number__lt=held.number).exclude(state="draft")
    last = found.order_by("-number").first()
    return None if last is None else _parsed(last)


def every_snapshot(names: Collection[str] = ()) -> Iterator[rules.Snapshot]:
    """The latest version, draft or not, of every service and then every bundle, in the order in which they came.

    For export by who runs the platform. names: only these codes and keys; none: all."""
    only = {"code__in": names} if names else {}
    for service in Service.objects.filter(**only).order_by("id").iterator(chunk_size=200):
        yield snapshot(service.versions.order_by("-number")[0])
    only = {"key__in": names} if names else {}
    for bundle in Bundle.objects.filter(**only).order_by("id").iterator(chunk_size=200):
        yield bundle_snapshot(bundle.versions.order_by("-number")[0])
