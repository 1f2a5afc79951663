"""What publishing a bundle refuses: unknown members, loops between them, questions that cannot be asked once."""

from collections.abc import Iterator, Mapping

from xiaoer.kernel import conditions, plan
from xiaoer.kernel.conditions import Fault, outcomes_of

from .formats import BundleSnapshot, Field, ServiceSnapshot
from .offers import case_plan, known_facts, merge
from .quality import condition_faults, duplicates, field_faults, topic_faults


def bundle_faults(bundle: BundleSnapshot, services: Mapping[str, ServiceSnapshot]) -> list[Fault]:
    """All faults of a bundle. services: code -> snapshot of what is in force."""
    found = [*_members(bundle, services), *topic_faults(bundle)]
    return found or [*_fields(bundle, services), *_conditions(bundle, services)] or [*_plan(bundle, services)]


def _members(bundle: BundleSnapshot, services: Mapping[str, ServiceSnapshot]) -> Iterator[Fault]:
    if not bundle.region:
        yield Fault(path="/region", key="catalogue.needed")
    if len(bundle.members) < 2:
        yield Fault(path="/members", key="catalogue.no_members")
    yield from duplicates((member.key for member in bundle.members), "/members")
    for index, member in enumerate(bundle.members):
        if member.service not in services:
            yield Fault(
                path=f"/members/{index}/service", key="catalogue.unknown_service", params={"name": member.service}
            )


def _fields(bundle: BundleSnapshot, services: Mapping[str, ServiceSnapshot]) -> Iterator[Fault]:
    """Same key, same meaning: the kinds must agree as the kernel sees them and as the form asks them."""
    seen: dict[str, tuple[str, Field]] = {field.key: (bundle.name, field) for field in bundle.facts}
    for index, member in enumerate(bundle.members):
        service = services[member.service]
        for field in service.facts:
            first, kept = seen.setdefault(field.key, (service.name, field))
            if kept.kind != field.kind or [c.value for c in kept.choices] != [c.value for c in field.choices]:
                params = {"name": field.label, "first": first, "second": service.name}
                yield Fault(path=f"/members/{index}", key="catalogue.field_differs", params=params)


def _conditions(bundle: BundleSnapshot, services: Mapping[str, ServiceSnapshot]) -> Iterator[Fault]:
    facts = _facts(bundle, services)
    yield from field_faults(bundle.facts, facts)
    for index, key in enumerate(bundle.questions):
        if key not in facts:
            yield Fault(path=f"/questions/{index}", key="catalogue.unknown_fact", params={"name": key})
    keys = [member.key for member in bundle.members]
    for index, member in enumerate(bundle.members):
        yield from condition_faults(member.when, facts, f"/members/{index}/when")
        if member.after is not None:
            path = f"/members/{index}/after"
            yield from conditions.faults(member.after, over=("outcome", "ok"), nodes=keys, path=path)


def _facts(bundle: BundleSnapshot, services: Mapping[str, ServiceSnapshot]) -> dict[str, conditions.Fact]:
    fields = [*bundle.facts, *[field for member in bundle.members for field in services[member.service].facts]]
    return known_facts(fields)


def _plan(bundle: BundleSnapshot, services: Mapping[str, ServiceSnapshot]) -> Iterator[Fault]:
    try:
        read = case_plan(merge(bundle, services))
    except plan.PlanError as unreadable:
        yield Fault(path="/result", key=unreadable.key, params=unreadable.params)
        return
    keys = [member.key for member in bundle.members]
    for loop in plan.cycles(read):
        member = next(key for key in loop if key in keys)
        yield Fault(path=f"/members/{keys.index(member)}/after", key="plan.cycle", params={"nodes": loop})
    for index, verdict in enumerate(read.verdicts):
        for node in outcomes_of(verdict.condition):
            if node not in read.keys:
                yield Fault(path=f"/result/rows/{index}/if", key="condition.unknown_node", params={"node": node})
