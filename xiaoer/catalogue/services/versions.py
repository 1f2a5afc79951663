"""Acts on versions: draft, publish, end. The same for services and bundles; the families below say what differs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from xiaoer.journal.services import Actor, Change, New, act
from xiaoer.kernel.refusal import Refusal

from .. import events, queries, rules
from ..models import Bundle, BundleVersion, Service, ServiceVersion
from . import search


@dataclass(frozen=True)
class Family:
    """What a kind of snapshot is kept in and announced by."""

    root: type[Any]
    version: type[Any]
    parent: str
    find: Callable[[Any], dict[str, str]]
    opened: Callable[[Any], object]
    renewed: Callable[[Any, str], object]
    drafted: type[Any]
    published: type[Any]
    ended: type[Any]


SERVICES = Family(
    root=Service, version=ServiceVersion, parent="service",
    find=lambda said: {"code": said.code},
    opened=lambda said: events.ServiceOpened(
        code=said.code, name=said.name, organ=said.organ, organ_name=said.organ_name, region=said.region
    ),
    renewed=lambda said, state: events.ServiceRenewed(
        name=said.name, organ=said.organ, organ_name=said.organ_name, region=said.region, state=state
    ),
    drafted=events.ServiceDrafted, published=events.ServicePublished, ended=events.ServiceEnded,
)  # fmt: skip
BUNDLES = Family(
    root=Bundle, version=BundleVersion, parent="bundle",
    find=lambda said: {"region": said.region, "key": said.key},
    opened=lambda said: events.BundleOpened(
        key=said.key, region=said.region, name=said.name, organ=said.lead_organ, organ_name=said.lead_organ_name
    ),
    renewed=lambda said, state: events.BundleRenewed(
        name=said.name, organ=said.lead_organ, organ_name=said.lead_organ_name, state=state
    ),
    drafted=events.BundleDrafted, published=events.BundlePublished, ended=events.BundleEnded,
)  # fmt: skip


@transaction.atomic
def draft(family: Family, snapshot: Any, by: Actor, now: datetime) -> Any:
    """Put the snapshot into the line's draft, opening line and draft where there is none; return the version.

    A draft (or, where there is no draft, a version) that says the same already is returned as it is."""
    root = family.root.objects.filter(**family.find(snapshot)).first()
    if root is None:
        root = act([New(snapshot.region or rules.NO_REGION, family.opened(snapshot))], by=by, now=now)[0]
    last = family.version.objects.filter(**{family.parent: root}).order_by("-number").first()
    digest = rules.digest(snapshot)
    if last is not None and last.digest == digest and last.state != "ended":
        return last
    number = last.number if last and last.state == "draft" else (last.number + 1 if last else 1)
    data = family.drafted(
        **{f"{family.parent}_id": root.id}, number=number, snapshot=rules.written(snapshot), digest=digest
    )
    change = Change(last, data) if last and last.state == "draft" else New(root.shard, data)
    return act([change], by=by, now=now)[0]


@transaction.atomic
def publish(family: Family, version: Any, valid_from: datetime, decided_at: datetime, by: Actor, now: datetime) -> Any:
    """Publish a draft that has no faults; the version it takes over from ends where it begins.

    The line is changed in the same act, so that of two who publish at once one is told. Raises Refusal version_faulty,
    version_overlaps, version_not_draft, stale."""
    snapshot = rules.read(version.snapshot)
    faults = queries.faults(snapshot, at=valid_from)
    if faults:
        first = f"{faults[0].path} {rules.fault_sentence(faults[0], language='zh')}"
        raise Refusal("version_faulty", count=len(faults), first=first)
    root = getattr(version, family.parent)
    others = list(family.version.objects.filter(**{family.parent: root}).exclude(id=version.id))
    ending = rules.superseded(others, valid_from)
    done = act(
        [
            Change(version, family.published(decided_at=decided_at, published_at=now, valid_from=valid_from)),
            Change(root, family.renewed(snapshot, "published")),
            *[Change(other, family.ended(valid_to=valid_from)) for other in others if other in ending],
        ],
        by=by,
        now=now,
    )
    search.index([root], now=now)
    return done[0]


@transaction.atomic
def end(family: Family, version: Any, valid_to: datetime, reason: str, by: Actor, now: datetime) -> Any:
    """End a published version at that time, with the reason. Raises Refusal version_not_published, …_ends_before."""
    root = getattr(version, family.parent)
    snapshot = rules.read(version.snapshot)
    changes = [
        Change(version, family.ended(valid_to=valid_to, reason=reason)),
        Change(root, family.renewed(snapshot, "ended")),
    ]
    done = act(changes, by=by, now=now)
    search.index([root], now=now)
    return done[0]
