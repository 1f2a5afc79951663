"""The five levels, and what a rating must be.  # bilingual"""

from collections.abc import Collection
from datetime import date

from xiaoer.kernel.refusal import Refusal

from .reasons import indicators

LEVELS = {
    5: ("非常满意", "Very satisfied"),
    4: ("满意", "Satisfied"),
    3: ("基本满意", "Fairly satisfied"),
    2: ("不满意", "Dissatisfied"),
    1: ("非常不满意", "Very dissatisfied"),
}
"""国办发〔2019〕51号: five levels; the first three are good ratings (好评), the last two are bad ones (差评)."""
GOOD, BAD = frozenset({5, 4, 3}), frozenset({2, 1})
MOST_WORDS = 500


def is_bad(level: int, staff_level: int | None) -> bool:
    """Whether something must be put right: the item or who served it was rated 不满意 or worse."""
    return bool({level, staff_level} & BAD)


def check(
    *, level: int, reasons: Collection[str], words: str, staff_level: int | None, counter: bool, on: date
) -> None:
    """Raise Refusal level_needed, staff_level, reasons_level or words_long when a rating is not what it must be.

    counter: whether somebody served at a counter, who is rated with the item (赣市府办发 2021: 窗口评事项和人员).
    """
    if level not in LEVELS:
        raise Refusal("level_needed")
    if (staff_level in LEVELS) != counter:
        raise Refusal("staff_level")
    if set(reasons) - {one.code for one in indicators(level, on=on)}:
        raise Refusal("reasons_level")
    if len(words) > MOST_WORDS:
        raise Refusal("words_long", most=MOST_WORDS, count=len(words))
