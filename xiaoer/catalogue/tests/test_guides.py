"""Guides published anywhere become drafts; counts over the real ones where they are at hand."""

import json
import os
from collections import Counter
from pathlib import Path

import pytest

from xiaoer.catalogue.rules import codec, files, guides
from xiaoer.kernel.refusal import Refusal

REAL = Path(os.environ.get("XIAOER_TEST_GUIDES", "service_guides.jsonl"))
# Facts of two guides of Jiangxi (湖口县 2024-05-13, 渝水区 2025-01-23) and one of 灵山县 (2019-10-28).
CARD = {
    "id": "G009", "name": "社会保障卡补领、换领、换发", "type": "公共服务", "region": "江西省九江市湖口县",
    "authority": "湖口县人力资源和社会保障局", "accept_type": "即办件", "promised": {"value": 0, "unit": "即时"},
    "materials": [{"name": "本人有效身份证件"}, {"name": "旧卡(如有)"}], "fee": "32元/张",
    "channels": "线上:赣服通;线下:全省任一服务窗口", "source_date": "2024-05-13", "source_quality": "official",
}  # fmt: skip
FELLING = {
    "id": "G040", "name": "小额林木采伐", "type": "行政许可", "region": "江西省新余市渝水区",
    "authority": "渝水区林业局",
    "materials": [{"name": "林木采伐申请书"}], "result": "林木采伐许可证", "validity": "1年",
    "promised": {"value": 5, "unit": "工作日"}, "promised_computed": True,
}  # fmt: skip
ENERGY = {
    "id": "G057", "name": "固定资产投资项目节能审查", "type": "行政许可", "region": "广西钦州市灵山县",
    "authority": "灵山县行政审批局", "item_code": "11450721MB155808114000104002000", "level": "县级(use_level=4)",
    "statutory": {"value": 20, "unit": "工作日"}, "promised": {"value": 5, "unit": "工作日"}, "visits": 1,
    "materials": [{"name": "申请书", "form": "原件(纸质/电子)", "copies": "1原件1复印", "required": True,
                   "note": "广西节能审查办法第八条"},
                  {"name": "节能报告", "form": "复印件", "copies": "2", "required": False}],
    "steps": [{"name": "受理"},
    {"name": "机构评审", "limit": {"value": 15, "unit": "工作日"}}], "fee": "不收费(is_fee=0)",
}  # fmt: skip


def test_what_a_guide_says_is_carried_over():
    draft = guides.convert(ENERGY).snapshot
    assert (draft.code, draft.organ, draft.level, draft.region) == (
        "11450721MB155808114000104002000", "11450721MB15580811", "4", "450721000000",
    )  # fmt: skip
    assert draft.limits.statutory.count == 20 and draft.limits.promised.count == 5
    assert draft.fees == () and draft.visits == 1
    first, second = draft.materials
    assert (first.form, first.copies, first.need, first.basis) == ("original", 1, "required", "广西节能审查办法第八条")
    assert (second.form, second.copies, second.need) == ("copy", 2, "optional")
    assert draft.steps[1].term.count == 15


def test_what_a_guide_does_not_say_is_listed_and_not_invented():
    made = guides.convert(FELLING)
    draft = made.snapshot
    assert draft.code == "draft-G040" and draft.organ == "" and draft.fees is None
    assert draft.limits.promised is None, "a sum of step limits is no promise"
    assert {"/code", "/organ", "/limits/promised", "/limits/statutory", "/fees", "/visits"} <= set(made.lacks)
    assert (draft.result.kind, draft.result.validity_months) == ("licence", 12)


def test_a_draft_says_from_where_it_is():
    draft = guides.convert(CARD).snapshot
    assert (draft.origin.kind, draft.origin.place, draft.origin.quality) == ("guide", "江西省九江市湖口县", "official")
    assert (draft.kind, draft.limits.promised.unit, draft.channels) == (
        "immediate",
        "at_once",
        ("window", "online", "app"),
    )


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("江西省", "360000000000"), ("江西省九江市", "360400000000"), ("江西省九江市瑞昌市", "360481000000"),
        ("上海市嘉定区", "310114000000"), ("广西钦州市灵山县", "450721000000"), ("全国", "000000000000"),
        ("江苏省南京市江北新区", ""), ("某省", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_region_is_known_by_its_name_down_to_the_county(name, code):
    assert guides.region_code(name) == code


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        ({"name": " "}, "guide_without"), ({"authority": None}, "guide_without"), ({"region": ""}, "guide_without"),
        ({"materials": []}, "guide_without"), ({"materials": [{"name": ""}]}, "guide_without"),
        ({"name": 3}, "guide_without"),
        ({"conditions": ["甲\0"]}, "guide_unreadable"),
    ],
)  # fmt: skip
def test_without_name_organ_region_or_papers_a_guide_is_refused(changed, key):
    with pytest.raises(Refusal) as refused:
        guides.convert({**CARD, **changed})
    assert refused.value.key == key


@pytest.mark.parametrize(
    "changed",
    [{"materials": "无需材料"}, {"materials": [{"name": "无"}]}, {"materials": [], "note": "全程网办,无需提交任何材料"},
     {"materials": [], "no_materials": True}],
)  # fmt: skip
def test_a_guide_may_say_that_no_paper_is_needed(changed):
    made = guides.convert({**CARD, **changed})
    assert made.snapshot.materials == () and "/materials" not in made.lacks


@pytest.mark.parametrize("guide", [None, 3, [], "x"])
def test_what_is_no_guide_is_refused(guide):
    with pytest.raises(Refusal):
        guides.convert(guide)


def test_odd_values_are_left_out():
    odd = {**CARD, "visits": "1", "promised": 5, "legal_basis": "某法第三条", "steps": [3, {"name": "受理",
    "limit": 3}],
           "fee": 0, "channels": None, "conditions": None}  # fmt: skip
    draft = guides.convert(odd).snapshot
    assert draft.visits is None and draft.limits.promised is None and len(draft.steps) == 1
    assert [basis.law for basis in draft.basis] == ["某法第三条"]


def test_a_guide_that_is_there_twice_is_refused_once():
    made, refused = guides.convert_all([CARD, CARD])
    assert len(made) == 1 and [reason.key for _, reason in refused] == ["guide_twice"]


def test_drafts_are_written_and_read_again_byte_for_byte():
    made, _ = guides.convert_all([FELLING, CARD, ENERGY])
    source = files.file_text(one.snapshot for one in made)
    found = files.read_file(source)
    assert found.faults == () and files.file_text(found.snapshots) == source
    assert [one.snapshot.code for one in made] == sorted(one.snapshot.code for one in made)


@pytest.mark.skipif(not REAL.exists(), reason="XIAOER_TEST_GUIDES names no file of real guides")
def test_77_of_86_real_guides_are_complete_and_convert():
    """The other nine: eight say nothing of papers, one (宁海县) names no organ."""
    rows = [json.loads(line) for line in REAL.read_text().splitlines()]
    made, refused = guides.convert_all(rows)
    assert (len(rows), len(made), len(refused)) == (86, 77, 9)
    assert Counter(reason.params["what"].partition(" ")[0] for _, reason in refused) == {
        "材料,或写明无需材料": 8,
        "实施主体": 1,
    }
    found = files.read_file(
        codec.text({"format": files.CATALOGUE_FORMAT, "services": [codec.written(m.snapshot) for m in made]})
    )
    assert (found.documents, found.faults) == (77, ())
