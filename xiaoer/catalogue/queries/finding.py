"""Finding what is offered, by words, by life event: one hit for one name, however many organs offer it."""

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value, When

from .. import rules
from ..models import BundleVersion, SearchName, SearchOffer, SearchToken, ServiceVersion
from ..rules import nearness, tokens
from .versions import LISTED, valid

COMPARED = 60
CODE = re.compile(r"[0-9A-Z]{18,33}")
Version = ServiceVersion | BundleVersion


@dataclass(frozen=True)
class Hit:
    """One name found. version: in force, of the offer that lies nearest; offers: how many organs offer it in reach.

    is_near: that offer is the reader's own, of the region or of what stands above it; near: 1 is all that was typed."""

    version: Version
    name: UUID
    offers: int = 1
    is_near: bool = False
    near: float = 1

    @property
    def card(self) -> rules.Card:
        return rules.card(self.version.snapshot)

    @property
    def is_exact(self) -> bool:
        """Whether all that was typed is there as it was typed."""
        return self.near >= nearness.SAME

    @property
    def is_bundle(self) -> bool:
        return isinstance(self.version, BundleVersion)


@dataclass(frozen=True)
class Offers:
    """All who offer what has one name. own: the reader's place and what is above it; others: by region, a page of
    LISTED; after: to ask for the next page, "" on the last."""

    own: list[Hit]
    others: list[Hit]
    after: str

    @property
    def all(self) -> list[Hit]:
        return self.own + self.others


@dataclass(frozen=True)
class Reach:
    """Whose offers count. region: its own, above it and below it; "": everywhere. home: whose offer comes first."""

    at: datetime
    region: str = ""
    home: str = ""

    def offers(self) -> QuerySet[SearchOffer]:
        """All offers in reach that are in force."""
        found = SearchOffer.objects.filter(Q(valid_to=None) | Q(valid_to__gt=self.at), valid_from__lte=self.at)
        if not self.region:
            return found
        size = next(size for size in (*tokens.PREFIXES, tokens.REGION) if not self.region[size:].strip("0"))
        below = self.region[:size]
        return found.filter(
            Q(region__in=tokens.above(self.region))
            | Q(region__gte=below.ljust(tokens.REGION, "0"), region__lte=below.ljust(tokens.REGION, "9"))
        )

    def near(self) -> list[str]:
        """Whose offers are the reader's own: of the home, then of what stands above it, the narrowest first."""
        home = self.home or self.region
        return tokens.above(home) if home else []

    def order(self) -> list[Any]:
        """The order of offers: the reader's own, all others by region."""
        steps = [When(region=code, then=Value(step)) for step, code in enumerate(self.near())]
        own = [Case(*steps, default=Value(len(steps)), output_field=IntegerField())] if steps else []
        return [*own, "region", "id"]


def _reached(region: str) -> QuerySet[SearchToken]:
    """Marks of names that are offered in reach of a region, whether now or at another time."""
    if not region:
        return SearchToken.objects.all()
    placed = SearchToken.objects.filter(name=OuterRef("name"), token__in=tokens.reach_marks(region))
    return SearchToken.objects.filter(Exists(placed))


def search(query: str, *, at: datetime, region: str = "", home: str = "", limit: int = 20) -> list[Hit]:
    """What is offered at that time and comes near to the words, for everybody; the nearest first, of equals
    bundles; nothing for nonsense.

    Chinese words, pinyin or its initials, English words, a service code; one typing error costs a place, not the
    result. region: see Reach; home: the reader's own, where it is known, without leaving anything out."""
    reach = Reach(at, region, home)
    code = query.strip().upper()
    if CODE.fullmatch(code):
        return _by_code(code, reach, limit)
    wanted = tokens.wanted(query)
    found = _near(wanted, wanted.close, reach)
    if wanted.loose and (not found or found[0][1] < nearness.SAME):
        found = _near(wanted, wanted.close | wanted.loose, reach)
    hits = _hits(dict(found[:limit]), reach)
    return sorted(hits, key=lambda hit: not (hit.is_bundle and hit.near == found[0][1]))


def _by_code(code: str, reach: Reach, limit: int) -> list[Hit]:
    found = ServiceVersion.objects.filter(valid(reach.at), service__code__startswith=code[:31])
    versions = list(found.select_related("service").order_by("service__code")[:limit])
    names = dict(SearchOffer.objects.filter(id__in=[one.id for one in versions]).values_list("id", "name"))
    return [Hit(one, names[one.id], is_near=True) for one in versions if one.id in names]


def _near(wanted: tokens.Wanted, marks: Collection[str], reach: Reach) -> list[tuple[UUID, float]]:
    """Names with how near they come, the nearest first."""
    if not marks:
        return []
    counted = SearchToken.objects.filter(token__in=marks).values_list("token").annotate(Count("name")).order_by()
    counts = dict(counted)
    ranked = []
    for name, compared in _likely(counts, reach):
        near = nearness.nearness(wanted, counts, compared)
        if near >= nearness.ENOUGH:
            ranked.append((nearness.order(wanted, near, compared), near, name))
    ranked.sort(reverse=True)
    best = max((near for _, near, _ in ranked), default=0)
    return [(name, near) for _, near, name in ranked if near >= best - nearness.BELOW_BEST]


def _likely(counts: Mapping[str, int], reach: Reach) -> list[tuple[UUID, nearness.Named]]:
    """The names in reach that share most with the query, each mark by its weight, of equals the smallest."""
    if not counts:
        return []
    weights = [When(token=mark, then=Value(round(100 * nearness.weight(count)))) for mark, count in counts.items()]
    found = _reached(reach.region).filter(token__in=counts)
    scored = found.values("name", "size").annotate(score=Sum(Case(*weights, output_field=IntegerField())))
    names = [row["name"] for row in scored.order_by("-score", "size", "name")[:COMPARED]]
    rows = SearchName.objects.filter(id__in=names).values_list("id", "phrases", "initials")
    return [(name, nearness.Named(phrases, initials)) for name, phrases, initials in rows]


def _hits(near: Mapping[UUID, float], reach: Reach) -> list[Hit]:
    """The names with their nearest offers in force, in the same order."""
    mine = reach.offers().filter(name=OuterRef("id"))
    number = mine.order_by().values("name").annotate(number=Count("id")).values("number")
    nearest = mine.order_by(*reach.order()).values("id")
    rows = SearchName.objects.filter(id__in=list(near)).values_list("id", Subquery(nearest[:1]), Subquery(number))
    found = {name: (nearest, number) for name, nearest, number in rows if nearest}
    versions = _versions([identity for identity, _ in found.values()])
    own = reach.near()
    return [
        Hit(version, name, offers, _line(version).region in own, near[name])
        for name in near
        if name in found
        for version, offers in [(versions[found[name][0]], found[name][1])]
    ]


def _line(version: Version) -> Any:
    return version.service if isinstance(version, ServiceVersion) else version.bundle


def _versions(identities: Collection[UUID]) -> dict[UUID, Version]:
    services = ServiceVersion.objects.filter(id__in=identities).select_related("service")
    found: dict[UUID, Version] = {one.id: one for one in services}
    missing = [one for one in identities if one not in found]
    if missing:
        found |= {one.id: one for one in BundleVersion.objects.filter(id__in=missing).select_related("bundle")}
    return found


def offers_of(name: UUID, *, at: datetime, region: str = "", home: str = "", after: str = "") -> Offers:
    """Who offers what has this name, for everybody. after: as Offers gave it, for the next page of the others."""
    reach = Reach(at, region, home)
    offers = reach.offers().filter(name=name).order_by(*reach.order())
    others = offers.exclude(region__in=reach.near())
    if after:
        code, _, identity = after.partition("-")
        others = others.filter(Q(region__gt=code) | Q(region=code, id__gt=UUID(identity)))
    mine = [] if after else list(offers.filter(region__in=reach.near()).values_list("id", flat=True))
    rest = list(others.values_list("id", "region")[: LISTED + 1])
    shown = rest[:LISTED]
    versions = _versions([*mine, *[identity for identity, _ in shown]])
    return Offers(
        [Hit(versions[identity], name, is_near=True) for identity in mine],
        [Hit(versions[identity], name) for identity, _ in shown],
        f"{shown[-1][1]}-{shown[-1][0].hex}" if len(rest) > LISTED else "",
    )


def topics_offered(*, region: str = "") -> Counter[str]:
    """How many things stand under each life event, for everybody."""
    marks = [tokens.topic_mark(topic) for topic in rules.TOPICS]
    counted = _reached(region).filter(token__in=marks).values_list("token").annotate(Count("name"))
    return Counter({tokens.topic_of(token): count for token, count in counted.order_by()})


def on_topic(topic: str, *, at: datetime, region: str = "", home: str = "", limit: int = 200) -> list[Hit]:
    """What is offered around one life event, bundles first, for everybody."""
    reach = Reach(at, region, home)
    found = _reached(reach.region).filter(token=tokens.topic_mark(topic)).order_by("name")
    hits = _hits(dict.fromkeys(found.values_list("name", flat=True)[:limit], 1), reach)
    return sorted(hits, key=lambda hit: (not hit.is_bundle, hit.card.name))
