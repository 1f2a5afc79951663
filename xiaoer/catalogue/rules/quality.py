"""What publishing refuses: the cross-field rules of the implementation list, each fault with its place.  # bilingual

A draft may have any of these faults; a published version has none. Numbers are those of domain.md B.5.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from xiaoer.kernel import conditions, plan
from xiaoer.kernel.codes import check_service_code
from xiaoer.kernel.conditions import Fault

from .formats import BundleSnapshot, Condition, Field, ServiceSnapshot, Term
from .offers import known_facts, promised_days
from .words import TOPICS

CATCH_ALL = re.compile(
    r"(其他|其它|有关|相关)(规定|必要|需要|所需|应当)?(提交|提供)?的?(材料|资料|文件|证明)|等(材料|资料)$"
)
AREA_CODE = re.compile(r"0\d{2,3}-?\d{7,8}(-\d{1,6})?|12345|0\d{2,3}-?12345")
DAYS = {"at_once": 0.0, "hours": 1 / 24, "working_days": 1.4, "calendar_days": 1.0, "months": 30.0}
"""Natural days of one unit, for comparing limits in different units (a working day is 7/5 natural days)."""
NEEDED = ("organ", "region", "level", "type", "limits", "audience", "visits", "channels", "materials", "steps", "plan",
          "result", "fees", "conditions", "basis", "origin")  # fmt: skip
LEAST_STEPS = 5


def service_faults(service: ServiceSnapshot) -> list[Fault]:
    """All faults of a service; one without faults may be published."""
    found: list[Fault] = []
    for rule in RULES:
        found += rule(service)
    return found


def _needed(service: ServiceSnapshot) -> Iterator[Fault]:
    for name in NEEDED:
        if getattr(service, name) in (None, "", ()) and name not in ("materials", "fees"):
            yield Fault(path=f"/{name}", key="catalogue.needed")
    for name in ("materials", "fees"):
        if getattr(service, name) is None:
            yield Fault(path=f"/{name}", key="catalogue.needed")
    for name in ("statutory", "promised"):
        if getattr(service.limits, name) is None and service.procedure == "licence":
            yield Fault(path=f"/limits/{name}", key="catalogue.needed")


def _code(service: ServiceSnapshot) -> Iterator[Fault]:
    """domain B.2: 18 USCC of the organ, 1 level, 12 base code."""
    if len(service.code) != 31:
        yield Fault(path="/code", key="catalogue.no_real_code")
        return
    if refused := check_service_code(service.handle_code or service.code):
        yield Fault(path="/code", key=refused.key, params=refused.params)
    if service.organ and service.code[:18] != service.organ:
        yield Fault(path="/code", key="catalogue.organ_differs", params={"organ": service.organ})
    if service.level and service.code[18] != service.level:
        yield Fault(
            path="/code", key="catalogue.level_differs", params={"code": service.code[18], "level": service.level}
        )
    if service.handle_code and service.handle_code[:31] != service.code:
        yield Fault(path="/handle_code", key="catalogue.handle_differs", params={"code": service.code})


def _limits(service: ServiceSnapshot) -> Iterator[Fault]:
    """1, 2, 12."""
    promised, statutory = service.limits.promised, service.limits.statutory
    if promised is not None:
        at_once = promised.unit == "at_once"
        if service.kind == "immediate" and not at_once:
            yield Fault(path="/limits/promised", key="catalogue.immediate_not_at_once")
        if at_once and service.kind != "immediate":
            yield Fault(path="/kind", key="catalogue.at_once_not_immediate")
    if promised is not None and statutory is not None and _length(promised) > _length(statutory):
        yield Fault(path="/limits/promised", key="catalogue.promise_longer")


def _length(term: Term) -> float:
    return term.count * DAYS[term.unit]


def _result(service: ServiceSnapshot) -> Iterator[Fault]:
    """3, 11."""
    result = service.result
    if result is None or result.kind == "none":
        return
    if result.name.endswith("证") and result.kind != "licence":
        yield Fault(path="/result/kind", key="catalogue.result_not_licence")
    if result.name.endswith(("文", "批复")) and result.kind != "document":
        yield Fault(path="/result/kind", key="catalogue.result_not_document")
    if not result.name:
        yield Fault(path="/result/name", key="catalogue.needed")
    if not result.sample:
        yield Fault(path="/result/sample", key="catalogue.no_sample")


def _visits(service: ServiceSnapshot) -> Iterator[Fault]:
    """4, 5, 6."""
    online = service.online in ("apply", "full")
    if service.visits and not service.visit_reason:
        yield Fault(path="/visit_reason", key="catalogue.visit_without_reason")
    if service.visits == 0 and service.visit_reason:
        yield Fault(path="/visit_reason", key="catalogue.reason_without_visit")
    if service.visits == 0 and not online and "post" not in service.channels:
        yield Fault(path="/channels", key="catalogue.no_way_without_visit")
    if service.online == "full" and service.visits != 0:
        yield Fault(path="/visits", key="catalogue.full_with_visits")
    if online and not {"online", "app"} & set(service.channels):
        yield Fault(path="/channels", key="catalogue.online_without_channel")


def _fees(service: ServiceSnapshot) -> Iterator[Fault]:
    """7 (行政许可法 58: no fee unless law or administrative regulation says so)."""
    for index, fee in enumerate(service.fees or ()):
        if not fee.basis or not fee.standard or fee.online is None:
            yield Fault(path=f"/fees/{index}", key="catalogue.fee_without")


def _contact(service: ServiceSnapshot) -> Iterator[Fault]:
    """8."""
    contact = service.contact
    for name in ("phone", "complaint_phone"):
        value = getattr(contact, name)
        if not value:
            yield Fault(path=f"/contact/{name}", key="catalogue.needed")
        elif not AREA_CODE.fullmatch(value):
            yield Fault(path=f"/contact/{name}", key="catalogue.no_area_code")
    if contact.phone and contact.phone == contact.complaint_phone:
        yield Fault(path="/contact/complaint_phone", key="catalogue.same_phone")


def topic_faults(snapshot: ServiceSnapshot | BundleSnapshot) -> Iterator[Fault]:
    """9."""
    for index, topic in enumerate(snapshot.topics):
        if topic not in TOPICS:
            yield Fault(path=f"/topics/{index}", key="catalogue.unknown_topic", params={"name": topic})
        elif snapshot.audience and not TOPICS[topic][2] & set(snapshot.audience):
            yield Fault(path=f"/topics/{index}", key="catalogue.topic_not_for", params={"name": TOPICS[topic][0]})


def _licence(service: ServiceSnapshot) -> Iterator[Fault]:
    """10."""
    if service.type != "01":
        return
    if len(service.steps) < LEAST_STEPS:
        yield Fault(path="/steps", key="catalogue.too_few_steps")
    if not service.faq:
        yield Fault(path="/faq", key="catalogue.no_faq")


def _catch_all(service: ServiceSnapshot) -> Iterator[Fault]:
    """13 (优化营商环境条例; 行政许可法 30: no requirement that is not named)."""
    for index, sentence in enumerate(service.conditions):
        if found := CATCH_ALL.search(sentence):
            yield Fault(path=f"/conditions/{index}", key="catalogue.catch_all", params={"name": found[0]})
    for index, material in enumerate(service.materials or ()):
        if found := CATCH_ALL.search(material.name):
            yield Fault(path=f"/materials/{index}/name", key="catalogue.catch_all", params={"name": found[0]})


def _materials(service: ServiceSnapshot) -> Iterator[Fault]:
    """14."""
    materials = service.materials or ()
    yield from duplicates((material.key for material in materials), "/materials")
    facts = known_facts(service.facts)
    for index, material in enumerate(materials):
        path = f"/materials/{index}"
        if not material.basis:
            yield Fault(path=f"{path}/basis", key="catalogue.no_basis")
        if not material.ways:
            yield Fault(path=f"{path}/ways", key="catalogue.needed")
        if "licence" in material.ways and not material.licence_type:
            yield Fault(path=f"{path}/licence_type", key="catalogue.licence_way_without_type")
        yield from condition_faults(material.when, facts, f"{path}/when")


def _fields(service: ServiceSnapshot) -> Iterator[Fault]:
    yield from field_faults(service.facts, known_facts(service.facts))
    for index, key in enumerate(service.questions):
        if key not in {field.key for field in service.facts}:
            yield Fault(path=f"/questions/{index}", key="catalogue.unknown_fact", params={"name": key})


def field_faults(fields: tuple[Field, ...], facts: Mapping[str, conditions.Fact]) -> Iterator[Fault]:
    """Faults of a list of questions under /facts."""
    yield from duplicates((field.key for field in fields), "/facts")
    for index, field in enumerate(fields):
        if field.kind in ("choice", "choices") and not field.choices:
            yield Fault(path=f"/facts/{index}/choices", key="catalogue.no_choices")
        yield from duplicates((choice.value for choice in field.choices), f"/facts/{index}/choices")
        yield from condition_faults(field.when, facts, f"/facts/{index}/when")


def condition_faults(condition: Condition | None, facts: Mapping[str, conditions.Fact], path: str) -> Iterator[Fault]:
    """Faults of a condition over facts."""
    if condition is not None:
        yield from conditions.faults(condition, over=("fact",), facts=facts, path=path)


def duplicates(keys: Iterable[str], path: str) -> Iterator[Fault]:
    for key, times in Counter(keys).items():
        if times > 1:
            yield Fault(path=path, key="catalogue.duplicate_key", params={"name": key})


def _plan(service: ServiceSnapshot) -> Iterator[Fault]:
    """core.md (Plan): publishing refuses cycles and unknown references; the steps fit into the promise."""
    if service.plan is None:
        return
    try:
        read = service.read_plan()
    except plan.PlanError as unreadable:
        yield Fault(path=f"/plan{unreadable.params.get('path', '')}", key=unreadable.key, params=unreadable.params)
        return
    found = plan.faults(read, facts=known_facts(service.facts))
    for fault in found:
        yield Fault(path=f"/plan{fault.path}", key=fault.key, params=fault.params)
    promised = service.limits.promised
    if not found and promised is not None and promised.unit == "working_days":
        days = plan.critical_path(read).total
        if days > promised_days(service):
            yield Fault(path="/plan", key="plan_longer", params={"days": days, "most": promised.count})


RULES = (_needed, _code, _limits, _result, _visits, _fees, _contact, topic_faults, _licence, _catch_all, _fields,
         _materials, _plan)  # fmt: skip


def labels(service: ServiceSnapshot) -> list[tuple[str, str]]:
    """15: the labels derived from visits, Chinese and English."""
    names = {0: ("一次不跑", "No visit needed"), 1: ("只跑一次", "One visit at most")}
    return [names[service.visits]] if service.visits in names else []
