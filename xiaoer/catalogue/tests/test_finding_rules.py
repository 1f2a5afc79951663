"""How a name is looked for and compared: readings, everyday words, marks, nearness."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoer.catalogue.rules import nearness, pinyin, sayings, tokens

NAMES = (
    "居民身份证办理（包括临时）", "普通护照签发", "食品(含保健食品)经营许可核发", "银行开户", "《预防接种证》办理",
    "门诊费用报销", "结婚登记预约", "渔业捕捞许可审批",
)  # fmt: skip


def near(query: str, name: str, *others: str) -> float:
    wanted = tokens.wanted(query)
    counts = dict.fromkeys(wanted.close, 1)
    return nearness.nearness(wanted, counts, nearness.named(sayings.phrases(name, others)))


@pytest.mark.parametrize(
    ("query", "name", "least", "most"),
    [
        ("护照", "普通护照签发", 1, 1), ("pths", "普通护照签发", 0.76, 0.76), ("pthz", "普通护照签发", 1, 1),
        ("huzhao", "普通护照签发", 0.95, 0.95), ("户照", "普通护照签发", 0.88, 0.88), ("户召", "普通护照签发", 0, 0),
        ("普通照护", "普通护照签发", 0.82, 0.82), ("普护照", "普通护照签发", 0.82, 0.82),
        ("普通护护照", "普通护照签发", 0.85, 0.85), ("普通的护照", "普通护照签发", 0.76, 0.76),
        ("普通护罗签发", "普通护照签发", 0.7, 0.7), ("护画", "普通护照签发", 0, 0),
        ("pthx", "普通护照签发", 0.82, 0.82), ("pthq", "普通护照签发", 0.82, 0.82), ("pkhz", "普通护照签发", 0, 0),
        ("phtz", "普通护照签发", 0.82, 0.82), ("pthaqf", "普通护照签发", 0.5, 1), ("phz", "普通护照签发", 0, 0),
        ("结婚登记", "普通护照签发", 0, 0), ("食品经营许可", "食品(含保健食品)经营许可核发", 1, 1),
        ("yh", "银行开户", 1, 1), ("yx", "银行开户", 1, 1), ("预防接种证办理", "《预防接种证》办理", 1, 1),
        ("疫苗", "《预防接种证》办理", 1, 1), ("ym", "《预防接种证》办理", 1, 1), ("捕鱼", "渔业捕捞许可审批", 1, 1),
        ("mzbx", "门诊费用报销", 1, 1), ("hysy", "会议场所临时使用", 0.7, 0.7),
        ("sfz", "居民身份证办理（包括临时）", 1, 1), ("瑞昌结婚登记", "结婚登记预约", 0.5, 0.9),
        ("restaurant", "开办餐饮店", 0, 0),
    ],
)  # fmt: skip
def test_a_query_comes_as_near_as_it_has_errors(query, name, least, most):
    assert least <= near(query, name) <= most


def test_english_and_keywords_are_compared_too():
    assert near("restaurant", "开办餐饮店", "Open a restaurant") == 1
    assert near("rest", "开办餐饮店", "Open a restaurant") == 0.8
    assert near("火锅", "开办餐饮店", "火锅店") == 1


def test_rare_pairs_count_more_than_those_of_every_name():
    named = nearness.named(["结婚登记"])
    counts = {"结婚": 2, "登记": 900, "失业": 2, "婚登": 2}
    common = nearness.nearness(tokens.wanted("失业登记"), counts, named)
    rare = nearness.nearness(tokens.wanted("结婚注册"), counts, named)
    assert common < nearness.ENOUGH < rare


def test_the_thing_itself_comes_before_what_is_done_to_it_unless_that_is_typed():
    def place(query: str, name: str) -> float:
        return nearness.order(tokens.wanted(query), 1, nearness.named([name]))

    assert place("烟草证", "烟草证新办") > place("烟草证", "烟草证注销")
    assert place("烟草证注销", "烟草证注销") > place("烟草证注销", "烟草证新办")
    assert place("户口登记", "户口登记") > place("户口登记", "恢户口登记")
    assert place("hkdj", "户口登记") > place("hkdj", "暂户口登记")


def test_words_of_the_question_are_left_out_unless_nothing_else_is_there():
    assert tokens.wanted("请问怎么办理护照？").han == ("护照",)
    assert tokens.wanted("怎么办").han == ("怎么办",)


def test_characters_have_the_readings_that_people_type():
    assert pinyin.letters("银行x") == [{"y"}, {"x", "h"}, frozenset()]
    assert pinyin.sounds("身生") == [{"sen"}, {"sen"}] and pinyin.sounds("兰男") == [{"nan"}, {"nan"}]
    assert pinyin.spelled("shenfenzheng") == ["sen", "fen", "zen"]
    assert pinyin.spelled("restaurant") == [] and pinyin.spelled("") == []


def test_every_everyday_word_differs_from_the_word_of_the_lists_and_is_written_once():
    for meant, said in sayings.SAID.items():
        words = said.split(" ")
        assert meant not in words and len(set(words)) == len(words) and all(words), meant


def test_a_name_is_the_same_however_its_brackets_are_written():
    assert sayings.name_id("许可（新办）") == sayings.name_id(" 许可(新办) ") != sayings.name_id("许可")


@given(st.text(max_size=80))
def test_any_text_has_marks_that_fit_their_column(text):
    wanted = tokens.wanted(text)
    marks = wanted.close | wanted.loose | tokens.marks(sayings.phrases(text))
    assert all(0 < len(mark) <= tokens.LONGEST_MARK for mark in marks)


@given(st.text("居民身份证护照食品经营许可sfzhuabc ", max_size=12), st.sampled_from(NAMES))
def test_whatever_is_typed_comes_between_nothing_and_all(query, name):
    assert 0 <= near(query, name) <= 1


@given(st.sampled_from(NAMES), st.integers(0, 20), st.integers(2, 20))
def test_any_part_of_a_name_comes_all_the_way_and_is_looked_for_under_its_marks(name, start, size):
    part = sayings.plain(name)[start : start + size]
    wanted = tokens.wanted(part)
    if "".join(wanted.han) == part and len(part) > 1:
        assert near(part, name) == 1
        assert wanted.close <= tokens.marks(sayings.phrases(name))


def test_an_offer_is_in_reach_of_what_is_below_it_and_above_it_alone():
    county = "360481000000"
    for region, is_in_reach in (
        (county, True), ("360481001000", True), ("360400000000", True), ("360000000000", True),
        ("360482000000", False), ("360700000000", False), ("360482001000", False),
    ):  # fmt: skip
        assert bool(tokens.place_marks(county) & tokens.reach_marks(region)) == is_in_reach, region
    assert tokens.place_marks("000000000000") & tokens.reach_marks(county)
