"""Numbers, codes, remedies, and what papers must say."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoer.kernel.refusal import Refusal
from xiaoer.notices import rules

from . import make


def test_a_number_names_organ_kind_year_and_place_in_the_register():
    kinds = rules.KINDS
    assert rules.document_number(make.ORGAN, kinds["acceptance"], year=2026, number=12) == "瑞市监许受〔2026〕第12号"
    words = [kind.word for kind in kinds.values() if kind.word]
    assert len(words) == len(set(words)), "two kinds with one word would share a register"


@given(st.integers(0, 10**12 - 1), st.integers(0, 2**256 - 1))
def test_a_code_tells_its_shard_and_survives_being_typed(shard, secret):
    code = rules.code_of(f"{shard:012d}", f"{secret:064x}")
    typed = rules.parted(code).lower().replace("0", "o").replace("1", "l")
    assert rules.normal_code(f" {typed} ") == code and rules.shard_of(code) == f"{shard:012d}"


@pytest.mark.parametrize("typed", ["", "ABCD", "A" * 21, "U" * 20, "é" * 20, "\x00" * 20])
def test_what_is_no_code_is_refused_with_its_length(typed):
    with pytest.raises(Refusal) as refused:
        rules.normal_code(typed)
    assert refused.value.key == "code_unreadable"


def test_a_decision_names_where_to_apply_on_the_internet_since_the_law_asks_for_it():
    url = "https://review.example"
    assert f"可以在 {url} 网上申请" in rules.remedies(date(2026, 3, 5), online=url)
    assert url not in rules.remedies(date(2023, 12, 31), online=url)
    assert "网上申请" not in rules.remedies(date(2026, 3, 5))


@pytest.mark.parametrize(("on", "says"), [(date(2023, 12, 31), False), (date(2024, 1, 1), True)])
def test_who_gets_no_answer_asks_for_reconsideration_first(on, says):
    told = rules.remedies_of_silence(on, english=False)
    assert ("六十日内向本级人民政府申请行政复议" in told) == says
    assert bool(rules.remedies_of_silence(on, english=True)) == says


@pytest.mark.parametrize(
    ("on", "body"),
    [
        (date(2017, 9, 1), "本级人民政府或者上一级主管部门"),
        (date(2023, 12, 31), "本级人民政府或者上一级主管部门"),
        (date(2024, 1, 1), "本级人民政府"),
    ],
)
def test_remedies_follow_the_law_in_force_on_the_day(on, body):
    assert f"向{body}申请行政复议" in rules.remedies(on)


def test_an_organ_under_vertical_management_names_its_own_review_body():
    assert "向江西省烟草专卖局申请" in rules.remedies(date(2026, 3, 5), review_body="江西省烟草专卖局")
    with pytest.raises(ValueError, match="2017-08-31"):
        rules.remedies(date(2017, 8, 31))


@pytest.mark.parametrize("kind", make.SAYS)
def test_a_paper_says_everything_that_it_must(kind):
    whole = {**make.CASE, **make.SAYS[kind]}
    rules.KINDS[kind].dump(whole)
    with pytest.raises(ValueError, match="unheard_of"):
        rules.KINDS[kind].dump({**whole, "unheard_of": 1})
    with pytest.raises(ValueError, match="applicant"):
        rules.KINDS[kind].dump({name: value for name, value in whole.items() if name != "applicant"})


def test_every_kind_is_tried():
    assert set(make.SAYS) == set(rules.KINDS)
