"""The quality rules of publishing (domain B.5), each by the one change that breaks it."""

from dataclasses import replace

import pytest

from xiaoer.catalogue import rules
from xiaoer.catalogue.rules import formats as f
from xiaoer.catalogue.rules.words import FAULTS
from xiaoer.catalogue.tests import make

FOOD = make.said("food_licence")
FACT = FOOD.facts[0]
NODE = FOOD.plan["nodes"][0] if FOOD.plan else {}


def keys(**changed: object) -> list[tuple[str, str]]:
    found = rules.service_faults(replace(FOOD, **changed))
    return [(fault.path, fault.key.removeprefix("catalogue.")) for fault in found]


def with_material(**changed: object) -> dict[str, object]:
    return {"materials": (replace(FOOD.materials[0], **changed),)}


def with_plan(*nodes: dict[str, object]) -> dict[str, object]:
    return {"plan": {**FOOD.plan, "nodes": list(nodes)}}


AT_ONCE = f.Term(count=0, unit="at_once")


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"kind": "immediate"}, ("/limits/promised", "immediate_not_at_once")),
        ({"limits": replace(FOOD.limits, promised=AT_ONCE), "plan": make.said("seal_filing").plan},
         ("/kind", "at_once_not_immediate")),
        ({"limits": replace(FOOD.limits, promised=f.Term(count=21))}, ("/limits/promised", "promise_longer")),
        ({"limits": replace(FOOD.limits, promised=f.Term(count=1, unit="months"))},
         ("/limits/promised", "promise_longer")),
        ({"limits": replace(FOOD.limits, promised=f.Term(count=7))}, ("/plan", "plan_longer")),
        ({"limits": replace(FOOD.limits, statutory=None)}, ("/limits/statutory", "needed")),
        ({"result": replace(FOOD.result, kind="document")}, ("/result/kind", "result_not_licence")),
        ({"result": replace(FOOD.result, name="批复")}, ("/result/kind", "result_not_document")),
        ({"result": replace(FOOD.result, sample="")}, ("/result/sample", "no_sample")),
        ({"visits": 1, "online": "apply"}, ("/visit_reason", "visit_without_reason")),
        ({"visit_reason": "核验原件"}, ("/visit_reason", "reason_without_visit")),
        ({"online": "preview", "channels": ("window",)}, ("/channels", "no_way_without_visit")),
        ({"visits": 1, "visit_reason": "核验原件"}, ("/visits", "full_with_visits")),
        ({"channels": ("window", "post")}, ("/channels", "online_without_channel")),
        ({"fees": (f.Fee(name="工本费", basis="某文", online=True),)}, ("/fees/0", "fee_without")),
        ({"contact": replace(FOOD.contact, complaint_phone=FOOD.contact.phone)},
         ("/contact/complaint_phone", "same_phone")),
        ({"contact": replace(FOOD.contact, phone="4220002")}, ("/contact/phone", "no_area_code")),
        ({"topics": ("birth",), "audience": ("firm",)}, ("/topics/0", "topic_not_for")),
        ({"topics": ("fishing",)}, ("/topics/0", "unknown_topic")),
        ({"faq": ()}, ("/faq", "no_faq")),
        ({"steps": FOOD.steps[:4]}, ("/steps", "too_few_steps")),
        ({"conditions": ("提交其他有关材料",)}, ("/conditions/0", "catch_all")),
        (with_material(name="其他材料"), ("/materials/0/name", "catch_all")),
        (with_material(basis=""), ("/materials/0/basis", "no_basis")),
        (with_material(licence_type=""), ("/materials/0/licence_type", "licence_way_without_type")),
        (with_material(ways=()), ("/materials/0/ways", "needed")),
        (with_material(when={"fact": "nothing", "is": True}), ("/materials/0/when/fact", "condition.unknown_fact")),
        ({"materials": None}, ("/materials", "needed")),
        ({"fees": None}, ("/fees", "needed")),
        ({"code": "draft-1"}, ("/code", "no_real_code")),
        ({"code": "X" + FOOD.code[1:]}, ("/code", "codes.organ")),
        ({"organ": make.said("signboard").organ}, ("/code", "organ_differs")),
        ({"level": "3"}, ("/code", "level_differs")),
        ({"handle_code": make.said("signboard").code + "01"}, ("/handle_code", "handle_differs")),
        ({"facts": (*FOOD.facts, FACT)}, ("/facts", "duplicate_key")),
        ({"facts": (*FOOD.facts, replace(FACT, key="more", kind="choice"))}, ("/facts/11/choices", "no_choices")),
        ({"questions": ("nothing",)}, ("/questions/0", "unknown_fact")),
        (with_plan({**NODE, "after": {"ok": "nobody"}}), ("/plan/nodes/0/after/ok", "condition.unknown_node")),
        ({"plan": {"version": 1}}, ("/plan/nodes", "plan.unreadable")),
    ],
)  # fmt: skip
def test_one_change_breaks_one_rule(changed, fault):
    assert fault in keys(**changed)


def test_a_loop_of_steps_is_refused():
    first = {**NODE, "key": "decision", "after": {"ok": "visit"}}
    second = {**NODE, "key": "visit", "after": {"ok": "decision"}}
    assert ("/plan/nodes/0/after", "plan.cycle") in keys(**with_plan(first, second))


@pytest.mark.parametrize("name", ["营业执照", "证明材料", "食品安全其他岗位人员名单", "有关部门批文"])
def test_a_paper_with_a_name_is_no_catch_all(name):
    assert ("/materials/0/name", "catch_all") not in keys(**with_material(name=name))


@pytest.mark.parametrize(
    "name", ["其他材料", "其它有关资料", "相关材料", "其他规定材料", "法律规定的其他文件", "合同等材料"]
)
def test_a_paper_without_a_name_is_a_catch_all(name):
    assert ("/materials/0/name", "catch_all") in keys(**with_material(name=name))


def test_every_sentence_can_be_said():
    assert all(chinese and english for chinese, english in FAULTS.values())


def bundle_keys(**changed: object) -> list[tuple[str, str]]:
    services = {member.code: member for member in (make.said(name) for name in make.MEMBERS)}
    found = rules.bundle_faults(make.bundle_said(**changed), services)
    return [(fault.path, fault.key.removeprefix("catalogue.")) for fault in found]


MEMBERS = make.bundle_said().members


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"members": MEMBERS[:1]}, ("/members", "no_members")),
        ({"members": (*MEMBERS, MEMBERS[0])}, ("/members", "duplicate_key")),
        ({"members": (*MEMBERS, replace(MEMBERS[0], key="more", service="draft-x"))},
         ("/members/5/service", "unknown_service")),
        ({"members": (replace(MEMBERS[0], after={"ok": "food_licence"}), *MEMBERS[1:])},
         ("/members/0/after", "plan.cycle")),
        ({"members": (replace(MEMBERS[0], after={"ok": "nobody"}), *MEMBERS[1:])},
         ("/members/0/after/ok", "condition.unknown_node")),
        ({"members": (replace(MEMBERS[0], when={"fact": "nothing", "is": True}), *MEMBERS[1:])},
         ("/members/0/when/fact", "condition.unknown_fact")),
        ({"facts": (replace(FACT, key="premises_area", kind="text"),)}, ("/members/0", "field_differs")),
        ({"questions": ("nothing",)}, ("/questions/0", "unknown_fact")),
        ({"region": ""}, ("/region", "needed")),
        ({"result": {"rows": [{"if": {"ok": "nobody"}, "then": "granted"}], "default": "refused"}},
         ("/result/rows/0/if", "condition.unknown_node")),
    ],
)  # fmt: skip
def test_one_change_breaks_a_bundle(changed, fault):
    assert fault in bundle_keys(**changed)
