"""What the catalogue announces.  # bilingual

A service (or bundle) is the line under which its versions stand; a version carries the whole snapshot, so that the
journal alone gives back every guide that was ever published (政府信息公开条例 20).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from xiaoer.journal.events import event

OPEN_GOVERNMENT = "政府信息公开条例 20"


@event("service.opened", subject="service", zh="建立了事项", en="opened a service")
@dataclass(frozen=True)
class ServiceOpened:
    code: str
    name: str
    organ: str
    organ_name: str
    region: str
    state: str = "draft"


@event("service.renewed", subject="service", zh="更新了事项的现行内容", en="brought the service up to date")
@dataclass(frozen=True)
class ServiceRenewed:
    name: str
    organ: str
    organ_name: str
    region: str
    state: str


@event("service.handed_over", subject="service", zh="事项改由{organ_name}实施", en="passed the service to {organ_name}")
@dataclass(frozen=True)
class ServiceHandedOver:
    """Its organ was closed; published versions stay as they were published."""

    organ: str
    organ_name: str


@event("service.drafted", subject="service_version", zh="起草了事项版本", en="drafted a version of a service")
@dataclass(frozen=True)
class ServiceDrafted:
    service_id: UUID
    number: int
    snapshot: dict[str, Any]
    digest: str
    state: str = "draft"
    decided_at: datetime | None = None
    published_at: datetime | None = None
    valid_from: datetime | None = None
    valid_to: datetime | None = None


@event(
    "service.published", subject="service_version", zh="公布了事项版本", en="published a version of a service",
    law=OPEN_GOVERNMENT,
)  # fmt: skip
@dataclass(frozen=True)
class ServicePublished:
    decided_at: datetime
    published_at: datetime
    valid_from: datetime
    state: str = "published"


@event("service.ended", subject="service_version", zh="事项版本失效", en="ended a version of a service")
@dataclass(frozen=True)
class ServiceEnded:
    valid_to: datetime
    reason: str = ""
    state: str = "ended"


@event("bundle.opened", subject="bundle", zh="建立了一件事", en="opened a bundle")
@dataclass(frozen=True)
class BundleOpened:
    key: str
    region: str
    name: str
    organ: str
    organ_name: str
    state: str = "draft"


@event("bundle.renewed", subject="bundle", zh="更新了一件事的现行内容", en="brought the bundle up to date")
@dataclass(frozen=True)
class BundleRenewed:
    name: str
    organ: str
    organ_name: str
    state: str


@event("bundle.handed_over", subject="bundle", zh="一件事改由{organ_name}牵头", en="{organ_name} leads the bundle")
@dataclass(frozen=True)
class BundleHandedOver:
    """As ServiceHandedOver."""

    organ: str
    organ_name: str


@event("bundle.drafted", subject="bundle_version", zh="起草了一件事版本", en="drafted a version of a bundle")
@dataclass(frozen=True)
class BundleDrafted:
    bundle_id: UUID
    number: int
    snapshot: dict[str, Any]
    digest: str
    state: str = "draft"
    decided_at: datetime | None = None
    published_at: datetime | None = None
    valid_from: datetime | None = None
    valid_to: datetime | None = None


@event(
    "bundle.published", subject="bundle_version", zh="公布了一件事版本", en="published a version of a bundle",
    law=OPEN_GOVERNMENT,
)  # fmt: skip
@dataclass(frozen=True)
class BundlePublished:
    decided_at: datetime
    published_at: datetime
    valid_from: datetime
    state: str = "published"


@event("bundle.ended", subject="bundle_version", zh="一件事版本失效", en="ended a version of a bundle")
@dataclass(frozen=True)
class BundleEnded:
    valid_to: datetime
    reason: str = ""
    state: str = "ended"
