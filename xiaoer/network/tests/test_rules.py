"""Codes, levels and typed days."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoer.kernel.refusal import Refusal
from xiaoer.network import rules

from . import make


@pytest.mark.parametrize(
    ("code", "level", "above"),
    [
        ("360000000000", 1, []),
        ("360400000000", 2, ["360000000000"]),
        ("360481000000", 3, ["360000000000", "360400000000"]),
        ("360481100000", 4, ["360000000000", "360400000000", "360481000000"]),
        ("360481100001", 5, ["360000000000", "360400000000", "360481000000", "360481100000"]),
    ],
)
def test_the_digits_of_a_code_say_its_level_and_what_is_above_it(code, level, above):
    assert (rules.level_of(code), rules.ancestors(code)) == (level, above)


@given(st.integers(10, 99), st.integers(1, 99), st.integers(1, 99), st.integers(1, 999), st.integers(1, 999))
def test_every_region_lies_in_all_that_stand_above_it_and_they_not_in_it(province, city, county, town, village):
    code = f"{province:02d}{city:02d}{county:02d}{town:03d}{village:03d}"
    assert all(rules.within(code, above) and not rules.within(above, code) for above in rules.ancestors(code))
    assert rules.within(code, code) and rules.within(code, rules.NATION)


@pytest.mark.parametrize(
    ("row", "word"),
    [
        (rules.RegionRow(2, "36048110000", make.COUNTY, 4, "镇"), "12"),
        (rules.RegionRow(2, "360481100000", make.COUNTY, 6, "镇"), "1至5"),
        (rules.RegionRow(2, "360481100000", "", 4, "镇"), "上级"),
        (rules.RegionRow(2, "360481100000", make.COUNTY, 3, "镇"), "不高于"),
        (rules.RegionRow(2, "360481100000", make.COUNTY, 4, " "), "名称"),
    ],
)
def test_a_faulty_region_line_is_named_with_its_reason(row, word):
    (fault,) = rules.region_faults([row], {make.COUNTY: 3})
    assert word in fault.zh and fault.line == 2


def test_the_same_code_twice_in_a_file_is_a_fault():
    row = rules.RegionRow(2, "360481100000", make.COUNTY, 4, "镇")
    assert [fault.line for fault in rules.region_faults([row, row], {make.COUNTY: 3})] == [2]


def test_days_can_be_typed_in_chinese_or_english_with_spaces_or_commas():
    text = "2027-01-02,上班,元旦\n\n2027-01-01 off 元旦\n2027-01-03 放假"
    assert rules.parse_days(text) == [
        ["2027-01-01", "off", "元旦"],
        ["2027-01-02", "work", "元旦"],
        ["2027-01-03", "off", ""],
    ]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("2027-1-1 放假", "calendar_day"),
        ("2027-01-01", "calendar_day"),
        ("2027-01-01 休息", "calendar_day"),
        ("2027-02-30 放假", "calendar_day"),
        ("2027-01-01 放假\n2027-01-01 上班", "calendar_twice"),
    ],
)
def test_a_day_that_is_not_right_is_told_with_its_line(text, key):
    with pytest.raises(Refusal) as refused:
        rules.parse_days(text)
    assert refused.value.key == key
