"""Reading the catalogue. Published versions are for everybody; drafts are for the organ that prepares them."""

from ..models import BundleVersion, ServiceVersion
from .finding import Hit, Offers, offers_of, on_topic, search, topics_offered
from .versions import (
    BUNDLE_MARKS,
    LISTED,
    SERVICE_MARKS,
    BundleOffer,
    Mark,
    before,
    bundle_in_force,
    bundle_offer,
    bundle_snapshot,
    bundle_version,
    bundle_versions,
    bundles_offered,
    drafts,
    every_snapshot,
    faults,
    mark,
    offered,
    organs_offering,
    pinned,
    said,
    service_in_force,
    service_offer,
    services_in_force,
    services_offered,
    snapshot,
    version,
    versions,
)

__all__ = [
    "BUNDLE_MARKS", "LISTED", "SERVICE_MARKS", "BundleOffer", "BundleVersion", "Hit", "Mark", "Offers",
    "ServiceVersion", "before", "bundle_in_force", "bundle_offer", "bundle_snapshot", "bundle_version",
    "bundle_versions", "bundles_offered", "drafts", "every_snapshot", "faults", "mark", "offered", "offers_of",
    "on_topic", "organs_offering", "pinned", "said", "search", "service_in_force", "service_offer", "services_in_force",
    "services_offered", "snapshot", "topics_offered", "version", "versions",
]  # fmt: skip
