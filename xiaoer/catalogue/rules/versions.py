"""A service has versions, each with three times: decided, published, valid from and to (half-open).  # bilingual

At most one version is valid at any instant; the next one can be prepared, and published for a later day, while one is
in force. A draft is changed as long as it is a draft; what was published never is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Protocol
from uuid import UUID

from xiaoer.journal.rules import Event, subject, took_over
from xiaoer.kernel import refusal
from xiaoer.kernel.refusal import Refusal

refusal.register(
    {
        "version_not_draft": (
            "这一版已经公布，不能再改。请起草新的版本。",
            "This version is published and cannot be changed. Draft a new one.",
        ),
        "version_not_published": (
            "这一版还没有公布或已经失效。",
            "This version is not published, or has ended already.",
        ),
        "version_overlaps": (
            "从 {valid_from} 起已有另一版，有效期不能重叠。请改生效日期，或先撤下那一版。",
            "Another version is valid from {valid_from}; validity must not overlap. "
            "Change the date, or end that version first.",
        ),
        "version_faulty": (
            "还有 {count} 处不符合公布要求，第一处：{first}",
            "{count} faults stand against publishing; the first: {first}",
        ),
        "version_organ": (
            "机关“{organ}”（{code}）还没有登记，没有人能申请。请系统管理员先到 /organs/new/ 登记，再公布。",
            "The organ “{organ}” ({code}) is not set up, so nobody could apply. Set it up at /organs/new/ first.",
        ),
        "version_ends_before": (
            "失效时间不能早于生效时间。",
            "A version cannot end before it begins.",
        ),
    }
)


class Validity(Protocol):
    """What these rules need to know of a version."""

    number: int
    state: str
    valid_from: datetime | None
    valid_to: datetime | None


@dataclass(frozen=True)
class ServiceState:
    code: str
    name: str
    organ: str
    organ_name: str
    region: str
    state: str


@dataclass(frozen=True)
class BundleState:
    key: str
    region: str
    name: str
    organ: str
    organ_name: str
    state: str


@dataclass(frozen=True)
class ServiceVersionState:
    service_id: UUID
    number: int
    snapshot: dict[str, Any]
    digest: str
    state: str
    decided_at: datetime | None
    published_at: datetime | None
    valid_from: datetime | None
    valid_to: datetime | None


@dataclass(frozen=True)
class BundleVersionState:
    bundle_id: UUID
    number: int
    snapshot: dict[str, Any]
    digest: str
    state: str
    decided_at: datetime | None
    published_at: datetime | None
    valid_from: datetime | None
    valid_to: datetime | None


def fold_version(state: Any, event: Event, *, kind: type) -> Any:
    """Drafted, drafted again, published, ended; refuses to draft or publish what is published."""
    verb = event.name.partition(".")[2]
    if state is not None and verb in ("drafted", "published") and state.state != "draft":
        raise Refusal("version_not_draft")
    if verb == "ended":
        if state.state != "published":
            raise Refusal("version_not_published")
        if event.data.valid_to < state.valid_from:
            raise Refusal("version_ends_before")
    return took_over(state, event, kind=kind)


SERVICE = subject("service", model="catalogue.Service", state=ServiceState, fold=partial(took_over, kind=ServiceState))
BUNDLE = subject("bundle", model="catalogue.Bundle", state=BundleState, fold=partial(took_over, kind=BundleState))
SERVICE_VERSION = subject(
    "service_version", model="catalogue.ServiceVersion", state=ServiceVersionState,
    fold=partial(fold_version, kind=ServiceVersionState),
)  # fmt: skip
BUNDLE_VERSION = subject(
    "bundle_version", model="catalogue.BundleVersion", state=BundleVersionState,
    fold=partial(fold_version, kind=BundleVersionState),
)  # fmt: skip


def in_force(version: Validity, at: datetime) -> bool:
    """Whether the version is valid at that instant; its end no longer belongs to it."""
    if version.state == "draft" or version.valid_from is None or at < version.valid_from:
        return False
    return version.valid_to is None or at < version.valid_to


def superseded(others: Sequence[Validity], valid_from: datetime) -> list[Validity]:
    """The published versions that a new one from that time brings to an end: those that would still be valid then.

    Raises Refusal version_overlaps when one begins at that time or later."""
    found = []
    for other in others:
        if other.state == "draft" or other.valid_from is None:
            continue
        if other.valid_to is not None and other.valid_to <= other.valid_from:
            continue
        if other.valid_from >= valid_from or (
            other.state == "ended" and other.valid_to and other.valid_to > valid_from
        ):
            raise Refusal("version_overlaps", valid_from=f"{other.valid_from:%Y-%m-%d}")
        if other.valid_to is None:
            found.append(other)
    return found
