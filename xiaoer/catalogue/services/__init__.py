"""The acts of the catalogue: draft, publish and end versions of services and bundles."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from xiaoer.journal.services import Actor

from .. import rules
from ..models import BundleVersion, ServiceVersion
from . import versions
from .handing import BUNDLES_HELD, SERVICES_HELD
from .search import reindex

__all__ = [
    "BUNDLES_HELD",
    "SERVICES_HELD",
    "draft_all",
    "draft_bundle",
    "draft_service",
    "end_bundle",
    "end_service",
    "publish_bundle",
    "publish_service",
    "reindex",
]


def draft_service(snapshot: rules.ServiceSnapshot, *, by: Actor, now: datetime) -> ServiceVersion:
    """Put the snapshot into the draft of its service, opening the service where it is new; return the version."""
    made: ServiceVersion = versions.draft(versions.SERVICES, snapshot, by, now)
    return made


def publish_service(
    version: ServiceVersion, *, valid_from: datetime, by: Actor, now: datetime, decided_at: datetime | None = None
) -> ServiceVersion:
    """Publish a draft without faults; the version before it ends where it begins.

    Raises Refusal version_faulty {count, first}, version_overlaps, version_not_draft, stale."""
    made: ServiceVersion = versions.publish(versions.SERVICES, version, valid_from, decided_at or now, by, now)
    return made


def end_service(
    version: ServiceVersion, *, valid_to: datetime, reason: str, by: Actor, now: datetime
) -> ServiceVersion:
    """End a published version. Raises Refusal version_not_published, version_ends_before, stale."""
    made: ServiceVersion = versions.end(versions.SERVICES, version, valid_to, reason, by, now)
    return made


def draft_bundle(snapshot: rules.BundleSnapshot, *, by: Actor, now: datetime) -> BundleVersion:
    """Put the snapshot into the draft of its bundle, opening the bundle where it is new; return the version."""
    made: BundleVersion = versions.draft(versions.BUNDLES, snapshot, by, now)
    return made


def publish_bundle(
    version: BundleVersion, *, valid_from: datetime, by: Actor, now: datetime, decided_at: datetime | None = None
) -> BundleVersion:
    """Publish a draft without faults, its members being in force at valid_from. Raises as publish_service."""
    made: BundleVersion = versions.publish(versions.BUNDLES, version, valid_from, decided_at or now, by, now)
    return made


def end_bundle(version: BundleVersion, *, valid_to: datetime, reason: str, by: Actor, now: datetime) -> BundleVersion:
    """End a published version. Raises as end_service."""
    made: BundleVersion = versions.end(versions.BUNDLES, version, valid_to, reason, by, now)
    return made


@transaction.atomic
def draft_all(snapshots: Iterable[rules.Snapshot], *, by: Actor, now: datetime) -> list[ServiceVersion | BundleVersion]:
    """Draft many at once, all or none."""
    return [
        draft_service(one, by=by, now=now)
        if isinstance(one, rules.ServiceSnapshot)
        else draft_bundle(one, by=by, now=now)
        for one in snapshots
    ]
