from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoer.kernel import refusal
from xiaoer.kernel.conditions import (
    OUTCOMES,
    Answer,
    ConditionError,
    Fact,
    best_question,
    evaluate,
    fact_faults,
    facts_of,
    fault_sentence,
    faults,
    open_facts,
    open_nodes,
    outcomes_of,
    possible_answers,
    reasons,
    sentence,
)

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN
ALWAYS, NEVER, DUNNO = {"all_of": []}, {"any_of": []}, {"fact": "missing", "is": True}
FIRE = {"any_of": [{"fact": "area", "at_least": 300}, {"fact": "fire_hall", "is": True}]}
KNOWN = {
    "area": Fact(key="area", kind="number"),
    "fire_hall": Fact(key="fire_hall", kind="flag"),
    "kind": Fact(key="kind", kind="choice", options=("bar", "tea", "noodles")),
    "sells": Fact(key="sells", kind="choices", options=("cold_dishes", "wine")),
    "founded": Fact(key="founded", kind="date"),
    "note": Fact(key="note", kind="text"),
}


@pytest.mark.parametrize(
    ("parts", "all_of", "any_of"),
    [
        ([], YES, NO),
        ([ALWAYS, ALWAYS], YES, YES),
        ([ALWAYS, NEVER], NO, YES),
        ([NEVER, NEVER], NO, NO),
        ([ALWAYS, DUNNO], UNKNOWN, YES),
        ([DUNNO, ALWAYS], UNKNOWN, YES),
        ([NEVER, DUNNO], NO, UNKNOWN),
        ([DUNNO, NEVER], NO, UNKNOWN),
        ([DUNNO], UNKNOWN, UNKNOWN),
    ],
)
def test_groups_follow_kleenes_tables(parts, all_of, any_of):
    assert evaluate({"all_of": parts}) is all_of
    assert evaluate({"any_of": parts}) is any_of


def test_not_turns_yes_and_no_round_and_leaves_unknown():
    assert [evaluate({"not": part}) for part in (ALWAYS, NEVER, DUNNO)] == [NO, YES, UNKNOWN]


@pytest.mark.parametrize(
    ("operator", "literal", "below", "equal", "above"),
    [
        ("at_least", 300, NO, YES, YES),
        ("at_most", 300, YES, YES, NO),
        ("more_than", 300, NO, NO, YES),
        ("less_than", 300, YES, NO, NO),
        ("is", 300, NO, YES, NO),
        ("in", [300, 700], NO, YES, NO),
    ],
)
def test_comparisons_are_right_below_on_and_above_the_literal(operator, literal, below, equal, above):
    condition = {"fact": "area", operator: literal}
    for values, answer in (((299, 299.99, "299.9"), below), ((300, 300.0, "300.00"), equal), ((300.01, 301), above)):
        assert [evaluate(condition, facts={"area": value}) for value in values] == [answer] * len(values)


@pytest.mark.parametrize("value", [0.1, "0.1", "0.10", Decimal("0.1")])
@pytest.mark.parametrize("literal", [0.1, Decimal("0.100")])
def test_a_tenth_is_a_tenth_however_it_is_written(value, literal):
    assert evaluate({"fact": "rate", "is": literal}, facts={"rate": value}) is YES
    assert evaluate({"fact": "rate", "at_least": literal}, facts={"rate": value}) is YES
    assert evaluate({"fact": "rate", "more_than": literal}, facts={"rate": value}) is NO


def test_numbers_too_long_for_a_float_are_told_apart():
    condition = {"fact": "capital", "more_than": 9007199254740992}
    assert evaluate(condition, facts={"capital": 9007199254740993}) is YES
    assert evaluate(condition, facts={"capital": "9007199254740992.01"}) is YES


def test_dates_are_compared_as_dates():
    condition = {"fact": "founded", "at_least": "2025-12-31"}
    assert [evaluate(condition, facts={"founded": day}) for day in ("2025-12-30", "2025-12-31", "2026-01-01")] == [
        NO,
        YES,
        YES,
    ]


def test_a_list_is_asked_for_one_of_its_values():
    condition = {"fact": "sells", "has": "wine"}
    assert evaluate(condition, facts={"sells": ["cold_dishes", "wine"]}) is YES
    assert evaluate(condition, facts={"sells": []}) is NO


@pytest.mark.parametrize(
    ("leaf", "value"),
    [
        ({"is": True}, 1),
        ({"is": 1}, True),
        ({"is": "300"}, 300),
        ({"is": True}, "true"),
        ({"at_least": 1}, True),
        ({"at_least": 300}, "many"),
        ({"at_least": 300}, float("nan")),
        ({"at_least": 300}, float("inf")),
        ({"at_least": 300}, "３００"),
        ({"at_least": 300}, "2026-01-01"),
        ({"at_least": "2026-01-01"}, 300),
        ({"at_least": "2026-01-01"}, "2026-02-30"),
        ({"in": ["a", "b"]}, 3),
        ({"has": "wine"}, "wine"),
    ],
)
def test_a_fact_of_another_kind_than_its_literal_is_an_error_and_not_a_no(leaf, value):
    with pytest.raises(ConditionError) as caught:
        evaluate({"fact": "x", **leaf}, facts={"x": value})
    assert caught.value.key == "condition.wrong_fact"
    assert caught.value.params["fact"] == "x"
    assert "“x”" in refusal.sentence(caught.value, language="en")


@pytest.mark.parametrize("facts", [{}, {"area": None}])
def test_a_fact_that_is_missing_or_null_is_unknown(facts):
    assert evaluate({"fact": "area", "at_least": 300}, facts=facts) is UNKNOWN


def test_zero_false_and_the_empty_text_are_answers():
    assert evaluate({"fact": "area", "at_least": 1}, facts={"area": 0}) is NO
    assert evaluate({"fact": "fire_hall", "is": False}, facts={"fire_hall": False}) is YES
    assert evaluate({"fact": "note", "is": ""}, facts={"note": ""}) is YES


def test_ok_is_granted_conditional_or_waived_and_nothing_else():
    answers = {outcome: evaluate({"ok": "a"}, outcomes={"a": outcome}) for outcome in OUTCOMES}
    assert {outcome for outcome, answer in answers.items() if answer is YES} == {"granted", "conditional", "waived"}
    assert {outcome for outcome, answer in answers.items() if answer is NO} == set(OUTCOMES) - {
        "granted",
        "conditional",
        "waived",
    }
    assert evaluate({"ok": "a"}, outcomes={"b": "granted"}) is UNKNOWN


def test_an_outcome_is_compared_with_those_named():
    condition = {"outcome": "a", "in": ["refused", "lapsed"]}
    assert [evaluate(condition, outcomes={"a": one}) for one in ("refused", "lapsed", "granted")] == [YES, YES, NO]
    assert evaluate(condition) is UNKNOWN


def test_an_answer_has_no_truth_value():
    with pytest.raises(TypeError):
        bool(UNKNOWN)


def test_what_is_still_open_leaves_out_what_can_no_longer_matter():
    condition = {
        "all_of": [
            {"any_of": [{"fact": "a", "is": True}, {"fact": "b", "is": True}]},
            {"fact": "c", "is": True},
            {"not": {"fact": "d", "is": True}},
            {"ok": "review"},
        ]
    }
    assert facts_of(condition) == ["a", "b", "c", "d"]
    assert open_facts(condition, facts={"a": True}) == ["c", "d"]
    assert open_facts(condition, facts={"c": False}) == []
    assert outcomes_of(condition) == open_nodes(condition) == ["review"]
    assert open_nodes(condition, outcomes={"review": "granted"}) == []


SOUND = [
    FIRE,
    {"not": {"fact": "kind", "in": ["bar", "tea"]}, "why": "not.served"},
    {"all_of": [{"fact": "sells", "has": "wine"}, {"fact": "founded", "less_than": "2026-01-01"}]},
    {"fact": "note", "is": "wine"},
    {"outcome": "licence", "in": ["granted"]},
    {"ok": "licence"},
    {"any_of": []},
]


@pytest.mark.parametrize("condition", SOUND)
def test_a_sound_condition_has_no_faults(condition):
    assert faults(condition, facts=KNOWN, nodes=["licence"]) == []


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ([], ("", "not_an_object")),
        ({}, ("", "unknown_operator")),
        ({"either": []}, ("", "unknown_operator")),
        ({"is": True}, ("", "unknown_operator")),
        ({"fact": "area"}, ("", "unknown_operator")),
        ({"fact": "area", "over": 300}, ("", "unknown_operator")),
        ({"ok": "licence", "in": ["granted"]}, ("", "unknown_operator")),
        ({"outcome": "licence"}, ("", "unknown_operator")),
        ({"all_of": [], "any_of": []}, ("", "several_operators")),
        ({"fact": "area", "at_least": 1, "at_most": 2}, ("", "several_operators")),
        ({"all_of": {}}, ("/all_of", "not_a_list")),
        ({"any_of": [ALWAYS, {"not": {"all_of": [3]}}]}, ("/any_of/1/not/all_of/0", "not_an_object")),
        ({"all_of": [], "why": 3}, ("/why", "not_text")),
        ({"fact": "", "is": True}, ("/fact", "not_text")),
        ({"ok": ["licence"]}, ("/ok", "not_text")),
        ({"fact": "floor", "at_least": 2}, ("/fact", "unknown_fact")),
        ({"ok": "seal"}, ("/ok", "unknown_node")),
        ({"outcome": "seal", "in": ["granted"]}, ("/outcome", "unknown_node")),
        ({"outcome": "licence", "in": ["granted", "fine"]}, ("/in/1", "unknown_outcome")),
        ({"outcome": "licence", "in": "granted"}, ("/in", "not_a_list")),
        ({"fact": "area", "at_least": "many"}, ("/at_least", "wrong_type")),
        ({"fact": "area", "at_least": True}, ("/at_least", "wrong_type")),
        ({"fact": "area", "at_least": None}, ("/at_least", "wrong_type")),
        ({"fact": "area", "is": "300"}, ("/is", "wrong_type")),
        ({"fact": "area", "is": True}, ("/is", "wrong_type")),
        ({"fact": "area", "at_least": "2026-01-01"}, ("/at_least", "wrong_type")),
        ({"fact": "founded", "at_least": 300}, ("/at_least", "wrong_type")),
        ({"fact": "founded", "at_least": "2026-02-30"}, ("/at_least", "wrong_type")),
        ({"fact": "fire_hall", "is": 1}, ("/is", "wrong_type")),
        ({"fact": "note", "in": ["a", 3]}, ("/in", "wrong_type")),
        ({"fact": "kind", "in": "bar"}, ("/in", "not_a_list")),
        ({"fact": "kind", "in": ["bar", "pub"]}, ("/in/1", "not_an_option")),
        ({"fact": "sells", "has": "tea"}, ("/has", "not_an_option")),
        ({"fact": "sells", "is": "wine"}, ("/is", "wrong_operator")),
        ({"fact": "fire_hall", "at_least": 1}, ("/at_least", "wrong_operator")),
    ],
)
def test_each_fault_of_a_condition_is_found_with_its_path(condition, found):
    path, key = found
    told = faults(condition, facts=KNOWN, nodes=["licence"])
    assert (path, f"condition.{key}") in [(fault.path, fault.key) for fault in told]
    for fault in told:
        assert fault_sentence(fault, language="zh-hans") != fault_sentence(fault, language="en")


def test_all_faults_are_told_at_once_under_the_path_given():
    condition = {"all_of": [{"fact": "floor", "at_least": "x"}, {"ok": "seal"}]}
    found = faults(condition, facts=KNOWN, nodes=[], path="/nodes/2/when")
    assert [fault.path for fault in found] == [
        "/nodes/2/when/all_of/0/fact",
        "/nodes/2/when/all_of/0/at_least",
        "/nodes/2/when/all_of/1/ok",
    ]


def test_outcomes_are_refused_where_only_facts_may_stand():
    assert [fault.key for fault in faults({"ok": "licence"}, over=("fact",))] == ["condition.leaf_not_here"]
    assert [fault.key for fault in faults(FIRE, over=("outcome", "ok"))] == ["condition.leaf_not_here"] * 2


def test_a_condition_deeper_than_anyone_can_read_is_refused():
    deep = ALWAYS
    for _ in range(2000):
        deep = {"not": deep}
    assert [fault.key for fault in faults(deep)] == ["condition.too_deep"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from(["a", "granted", "2026-01-01", "1.5", "x"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["all_of", "any_of", "not", "fact", "outcome", "ok", "in", "is", "at_least", "has", "why"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=12,
)


@given(condition=JSON, value=st.none() | st.booleans() | st.integers(-3, 3) | st.lists(st.just("a"), max_size=1))
def test_any_json_either_has_faults_or_is_answered_and_never_breaks(condition, value):
    sound = not faults(condition)
    try:
        evaluate(condition, facts=dict.fromkeys(["a", "x"], value), outcomes={"a": "granted"})
    except ConditionError as error:
        assert error.key == "condition.wrong_fact" or not sound


def conditions_over(keys):
    leaf = st.builds(lambda key, yes: {"fact": key, "is": yes}, st.sampled_from(keys), st.booleans())
    return st.recursive(
        leaf,
        lambda inner: (
            st.builds(lambda parts: {"all_of": parts}, st.lists(inner, max_size=3))
            | st.builds(lambda parts: {"any_of": parts}, st.lists(inner, max_size=3))
            | st.builds(lambda part: {"not": part}, inner)
        ),
        max_leaves=8,
    )


ABC = conditions_over(["a", "b", "c"])
FLAGS = st.fixed_dictionaries(dict.fromkeys(["a", "b", "c"], st.sampled_from([True, False, None])))


@given(condition=ABC, facts=FLAGS, more=FLAGS)
def test_more_knowledge_never_turns_an_answer_round(condition, facts, more):
    answer = evaluate(condition, facts=facts)
    later = {key: more[key] if value is None else value for key, value in facts.items()}
    assert answer is UNKNOWN or evaluate(condition, facts=later) is answer


@given(condition=ABC, facts=FLAGS)
def test_a_condition_is_unknown_exactly_while_it_has_open_facts(condition, facts):
    missing = open_facts(condition, facts=facts)
    assert bool(missing) == (evaluate(condition, facts=facts) is UNKNOWN)
    assert all(facts[key] is None for key in missing)


@given(condition=ABC, facts=FLAGS)
def test_the_leaves_told_as_reasons_are_enough_to_decide(condition, facts):
    told = {reason.params["fact"] for reason in reasons(condition, facts=facts) if "fact" in reason.params}
    answer = evaluate(condition, facts=facts)
    kept = {key: value for key, value in facts.items() if key in told}
    assert evaluate(condition, facts=kept) is answer


def test_a_no_of_all_of_is_told_by_the_parts_that_are_no():
    condition = {"all_of": [{"fact": "area", "at_least": 300}, {"fact": "fire_hall", "is": True}, DUNNO]}
    (told,) = reasons(condition, facts={"area": 120, "fire_hall": True})
    assert (told.key, told.path, told.answer) == ("at_least.no", "/all_of/0", NO)
    assert told.params == {"fact": "area", "value": 120, "literal": 300}


def test_a_no_of_any_of_is_told_by_every_part():
    told = reasons(FIRE, facts={"area": 120, "fire_hall": False})
    assert [(one.key, one.path) for one in told] == [("at_least.no", "/any_of/0"), ("flag.no", "/any_of/1")]


def test_an_unknown_is_told_by_what_is_missing():
    told = reasons({"not": FIRE}, facts={"area": 120})
    assert [(one.key, one.path) for one in told] == [("flag.unknown", "/not/any_of/1")]


def test_an_authors_why_stands_before_the_leaves_and_keeps_them():
    condition = {"not": {**FIRE, "why": "fire.public"}}
    (told,) = reasons(condition, facts={"area": 450, "fire_hall": False})
    assert (told.key, told.path, told.params) == ("fire.public.yes", "/not", {"area": 450})
    assert [one.key for one in told.because] == ["at_least.yes"]
    table = {"fire.public.yes": ["面积{area}平方米，须消防检查", "{area} m² needs a fire check"]}
    assert sentence(told, language="zh", table=table) == "面积450平方米，须消防检查"
    assert sentence(told, language="en") == "area is 450, at least 300"


def test_reasons_read_as_sentences_in_both_languages():
    names = {"zh": {"area": "经营面积", "fire_hall": "设有公众聚集场所", "seal": "公章刻制"}, "en": {}}
    facts, outcomes = {"area": 120, "fire_hall": False}, {"seal": "refused"}
    condition = {"any_of": [FIRE, {"ok": "seal"}, {"fact": "sells", "has": "wine"}, NEVER]}
    told = reasons(condition, facts={**facts, "sells": []}, outcomes=outcomes)
    assert [sentence(one, language="zh", names=names["zh"]) for one in told] == [
        "经营面积为120，未达到300",
        "设有公众聚集场所为否",
        "公章刻制的结果为不通过，不属于：通过、附条件通过、免办",
        "sells不包含wine",
        "任何情况下均不适用",
    ]
    assert [sentence(one, language="en") for one in told] == [
        "area is 120, less than 300",
        "fire_hall is no",
        "the outcome of seal is refused, which is none of: granted, conditional, waived",
        "sells does not include wine",
        "in no case",
    ]


def test_a_value_in_braces_is_never_taken_for_a_placeholder():
    (told,) = reasons({"fact": "note", "is": "x"}, facts={"note": "{literal}"})
    assert sentence(told, language="en") == "note is {literal}, not x"


def test_every_operator_has_a_sentence_for_every_answer():
    leaves = [{"fact": "n", op: 1} for op in ("is", "at_least", "at_most", "more_than", "less_than")]
    leaves += [{"fact": "n", "in": [1]}]
    told = [one for leaf in leaves for n in (0, 1, 2, None) for one in reasons(leaf, facts={"n": n})]
    for flag in (True, False, None):
        told += reasons({"fact": "n", "is": True}, facts={"n": flag})
    for has in ([], ["a"], None):
        told += reasons({"fact": "n", "has": "a"}, facts={"n": has})
    for outcome in ({}, {"a": "granted"}, {"a": "lapsed"}):
        told += reasons({"ok": "a"}, outcomes=outcome)
    for one in told:
        assert sentence(one, language="zh") and sentence(one, language="en")
        assert "{" not in sentence(one, language="zh") + sentence(one, language="en")


def test_the_best_question_settles_most_in_the_worst_case():
    two = [{"fact": "b", "is": True}, {"not": {"fact": "b", "is": True}}]
    assert best_question([{"fact": "a", "is": True}, *two], facts={}) == "b"


def test_the_worst_case_counts_before_the_average():
    sure = {"fact": "sure", "is": True}
    lucky = {"fact": "lucky", "is": True}
    often = [{"all_of": [lucky, DUNNO]}] * 3
    assert best_question([*often, sure], facts={}) == "sure"
    assert best_question(often, facts={}) == "lucky"


def test_among_equal_worst_cases_the_average_decides_and_then_the_first_to_appear():
    in_two = [
        {"all_of": [{"fact": "a", "is": True}, {"fact": "b", "is": True}]},
        {"all_of": [{"fact": "b", "is": True}, DUNNO]},
    ]
    assert best_question(in_two, facts={}) == "b"
    assert best_question([{"all_of": [{"fact": "z", "is": True}, {"fact": "y", "is": True}]}], facts={}) == "z"


def test_nothing_is_asked_when_nothing_is_open():
    assert best_question([FIRE], facts={"area": 300}) is None
    assert best_question([{"ok": "licence"}], facts={}) is None
    assert best_question([], facts={}) is None


def test_a_question_that_is_answered_or_can_no_longer_matter_is_not_asked():
    assert best_question([FIRE, {"fact": "area", "at_most": 500}], facts={"area": 120}) == "fire_hall"


@given(conditions=st.lists(ABC, max_size=4), facts=FLAGS)
def test_asking_the_best_question_until_none_is_left_decides_everything(conditions, facts):
    asked = []
    while question := best_question(conditions, facts=facts):
        asked.append(question)
        facts = {**facts, question: True}
    assert len(asked) == len(set(asked))
    assert all(evaluate(one, facts=facts) is not UNKNOWN for one in conditions)


@pytest.mark.parametrize(
    ("leaves", "answers"),
    [
        ([{"is": True}], [True, False]),
        ([{"at_least": 300}], [299, 300, 301]),
        ([{"at_least": 300}, {"less_than": 100}], [99, 100, 200, 300, 301]),
        ([{"in": [1, 2]}], [0, 1, Decimal("1.5"), 2, 3]),
        ([{"at_least": "2026-01-01"}], ["2025-12-31", "2026-01-01", "2026-01-02"]),
        ([{"in": ["bar", "tea"]}], ["bar", "tea", "bartea "]),
        ([{"in": ["01", "02"]}], ["01", "02", "0102 "]),
        ([{"in": []}], [" "]),
        ([{"has": "a"}, {"has": "b"}], [[], ["a"], ["b"], ["a", "b"]]),
        ([{"has": letter} for letter in "abcdefgh"], [[], *[[letter] for letter in "abcdefgh"], list("abcdefgh")]),
    ],
)
def test_possible_answers_are_one_for_each_way_the_conditions_tell_them_apart(leaves, answers):
    assert possible_answers("x", conditions=[{"all_of": [{"fact": "x", **leaf} for leaf in leaves]}]) == answers


def test_a_choice_offers_its_options_and_nothing_else():
    condition = {"any_of": [{"fact": "kind", "in": ["bar"]}, {"fact": "kind", "in": ["tea", "noodles"]}]}
    assert possible_answers("kind", conditions=[condition], known=KNOWN) == ["bar", "tea", "noodles"]


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"area": 300, "fire_hall": False, "kind": "bar", "sells": ["wine"], "founded": "2026-01-31", "note": ""}, []),
        ({"area": None, "kind": None}, []),
        ({"floor": 3}, [("/floor", "fact.unknown")]),
        ({"area": "many"}, [("/area", "fact.wrong_type")]),
        ({"area": True}, [("/area", "fact.wrong_type")]),
        ({"fire_hall": 1}, [("/fire_hall", "fact.wrong_type")]),
        ({"founded": "2026-02-30"}, [("/founded", "fact.wrong_type")]),
        ({"kind": "pub"}, [("/kind", "fact.not_an_option")]),
        ({"sells": "wine"}, [("/sells", "fact.wrong_type")]),
        ({"sells": ["wine", "tea"]}, [("/sells", "fact.not_an_option")]),
        ({"sells": [3]}, [("/sells", "fact.wrong_type")]),
    ],
)
def test_answers_are_checked_before_they_meet_a_condition(facts, found):
    told = fact_faults(facts, known=KNOWN)
    assert [(fault.path, fault.key) for fault in told] == found
    assert all(fault_sentence(fault, language="en") for fault in told)
