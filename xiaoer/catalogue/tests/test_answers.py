"""What people type, read as facts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoer.catalogue import rules
from xiaoer.catalogue.rules import Choice, Field
from xiaoer.kernel.conditions import Fact, fact_faults
from xiaoer.kernel.refusal import Refusal, sentence

CHOICES = (Choice(value="tea", label="茶"), Choice(value="wine", label="酒"))
KINDS = ["text", "long_text", "number", "yes_no", "choice", "choices", "date", "id_number", "uscc", "phone", "email",
         "address", "region", "money"]  # fmt: skip


def field(kind: str, **more: object) -> Field:
    return Field(key="asked", kind=kind, label="这一项", choices=CHOICES if kind.startswith("choice") else (), **more)


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("text", "  老地方  ", "老地方"), ("number", "1 200.5", "1200.5"), ("number", "1,200", "1200"),
        ("number", "３００", "300"), ("yes_no", "yes", True), ("yes_no", "no", False), ("choice", "tea", "tea"),
        ("choices", ["wine", "tea"], ["tea", "wine"]), ("choices", "tea", ["tea"]),
        ("date", "2026-03-05", "2026-03-05"),
        ("date", "2026年3月5日", "2026-03-05"), ("date", "2026/3/5", "2026-03-05"),
        ("id_number", "11010519491231002x", "11010519491231002X"), ("uscc", "91110000600037341l", "91110000600037341L"),
        ("phone", "138 0013 8000", "13800138000"), ("phone", "0792-4220001", "0792-4220001"),
        ("email", "a.b@example.cn", "a.b@example.cn"), ("region", "360481000000", "360481000000"),
    ],
)  # fmt: skip
def test_what_a_person_would_call_right_is_read(kind, typed, value):
    assert rules.read_answer(field(kind), typed) == value


@pytest.mark.parametrize(
    ("kind", "typed", "key"),
    [
        ("text", "  ", "answer_missing"), ("text", None, "answer_missing"), ("choices", [], "answer_missing"),
        ("text", "字" * 201, "answer_too_long"), ("text", "甲\0", "answer_character"),
        ("number", "十", "answer_not_number"),
        ("number", "1e5", "answer_not_number"), ("number", "NaN", "answer_not_number"),
        ("yes_no", "maybe", "answer_not_choice"), ("choice", "beer", "answer_not_choice"),
        ("choices", ["tea", "beer"], "answer_not_choice"), ("date", "2026-02-30", "answer_not_date"),
        ("date", "明天", "answer_not_date"), ("id_number", "1101051949123100", "codes.length"),
        ("id_number", "110105194912310021", "codes.check_character"),
        ("uscc", "911100006000373411", "codes.check_character"),
        ("phone", "123", "answer_not_phone"), ("email", "a@b", "answer_not_email"),
        ("region", "36", "answer_not_region"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused_in_words(kind, typed, key):
    with pytest.raises(Refusal) as refused:
        rules.read_answer(field(kind), typed)
    assert refused.value.key == key
    assert sentence(refused.value) != sentence(refused.value, language="en")


def test_what_need_not_be_answered_may_be_left_empty():
    assert rules.read_answer(field("number", required=False), "") is None
    assert rules.read_answer(field("choices", required=False), []) is None


@given(st.sampled_from(KINDS), st.text())
def test_whatever_is_typed_becomes_a_fact_of_its_kind_or_a_refusal(kind, typed):
    asked = field(kind)
    try:
        value = rules.read_answer(asked, typed)
    except Refusal as refused:
        assert sentence(refused)
        return
    known: dict[str, Fact] = rules.known_facts([asked])
    assert fact_faults({"asked": value}, known=known) == []
    assert (
        rules.read_answer(asked, value if isinstance(value, list) else {True: "yes", False: "no"}.get(value, value))
        == value
    )
