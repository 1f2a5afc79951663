"""How a name is found: character pairs, pinyin initials, English words; one typing error is forgiven.  # bilingual

    marks("食品经营许可")   食品 品经 … 许可, 食 品 …; of the initials ~spj …, ~sp …, ~s*j …
    wanted("spjy").close    ~spj ~pjy
    wanted("饭店").close     饭店 and, by a synonym, 餐饮

A query hits a service by the number of marks they share. Pairs lose no word, whatever its length, and need no word
list; the same table and SQL serve both databases. First `close` marks are tried; when nothing has all of them and they
are few, `loose` ones (single characters, pairs of initials) are added: a wrong character costs a place, not the result.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from itertools import pairwise
from typing import Any

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
LATIN = re.compile(r"[a-z0-9]+")
LONGEST_MARK = 24
LONGEST_QUERY = 60
FEW = 4
MOST_PAIRS = 12
SYNONYMS: dict[str, str] = {
    "饭店": "餐饮", "饭馆": "餐饮", "餐馆": "餐饮", "小吃": "餐饮", "开店": "开办", "办证": "许可", "执照": "营业执照",
    "招牌": "店招", "公章": "印章", "驾照": "驾驶证", "房产证": "不动产", "房本": "不动产", "户口": "户籍",
    "上户": "出生登记",
    "准生证": "生育", "结婚证": "婚姻登记", "离婚证": "婚姻登记", "社保": "社会保险", "社保卡": "社会保障卡",
    "医保": "医疗保险",
    "低保": "最低生活保障", "护照": "普通护照", "港澳": "往来港澳", "消防": "消防安全", "身份证": "居民身份证",
    "退休": "养老",
    "残疾证": "残疾人证", "施工证": "施工许可", "卫生证": "卫生许可", "砍树": "林木采伐",
}  # fmt: skip
"""What people say -> what the lists of organs say."""


@dataclass(frozen=True)
class Wanted:
    """Marks of a query. close: pairs, initials, words, and those of synonyms; loose: single characters besides.

    own: how many of the close ones must be shared for a hit without any error."""

    close: frozenset[str]
    loose: frozenset[str]
    own: int

    def needs_loose(self, best: int) -> bool:
        """Whether to look again with the loose marks, when the best hit shares so many: long queries do without."""
        return bool(self.loose) and (best < self.own <= FEW or best * 2 < self.own)


def folded(text: str) -> str:
    """One way of writing: NFKC, lower case, no spaces at the ends."""
    return unicodedata.normalize("NFKC", text).lower().strip()


def marks(*texts: str) -> frozenset[str]:
    """All marks under which texts are found."""
    found: set[str] = set()
    for text in texts:
        plain = folded(text)
        for run in HAN.findall(plain):
            initials = _initials(run)
            found |= {*run, *_pairs(run), *_letters(initials, 3), *_loose_letters(initials)}
        for word in LATIN.findall(plain):
            found |= {_word(word), _word(word[:3])}
    return frozenset(found)


def topic_mark(topic: str) -> str:
    """The mark of everything under a life event."""
    return f"#{topic}"


def topic_of(mark: str) -> str:
    """The life event of a mark."""
    return mark.removeprefix("#")


def wanted(query: str) -> Wanted:
    """The marks that a query looks for."""
    plain = folded(query)[:LONGEST_QUERY]
    close: set[str] = set()
    loose: set[str] = set()
    words: set[str] = set()
    for run in HAN.findall(plain):
        close |= set(_spread(_pairs(run))) or {run}
        loose |= set(run)
    for word in LATIN.findall(plain):
        close |= _letters(word, min(max(len(word), 1), 3)) or {_word(word)}
        words |= {_word(word), _word(word[:3])}
        loose |= _loose_letters(word)
    own = len(close)
    close |= words
    for said, meant in SYNONYMS.items():
        if said in plain:
            close |= set(_pairs(meant))
    return Wanted(frozenset(close), frozenset(loose - close), own)


def _pairs(run: str) -> list[str]:
    return [first + second for first, second in pairwise(run)]


def _spread(pairs: list[str]) -> list[str]:
    """At most MOST_PAIRS of them, spread evenly: a whole title needs no more to be found."""
    step = max(1, -(-len(pairs) // MOST_PAIRS))
    return pairs[::step]


def _word(word: str) -> str:
    return f"={word[: LONGEST_MARK - 1]}"


def _letters(initials: str, length: int) -> set[str]:
    return {f"~{initials[start : start + length]}" for start in range(len(initials) - length + 1)}


def _loose_letters(initials: str) -> set[str]:
    """Pairs of neighbours, and of letters with one between."""
    return _letters(initials, 2) | {f"~{a}*{b}" for a, b in zip(initials, initials[2:], strict=False)}


def _initials(run: str) -> str:
    pinyin = _pinyin()
    letters = pinyin.lazy_pinyin(run, style=pinyin.Style.FIRST_LETTER, errors="ignore")
    return "".join(letter[:1] for letter in letters)


@cache
def _pinyin() -> Any:
    """pypinyin, loaded when something is indexed: 57 MB that a process which only searches need not hold."""
    return import_module("pypinyin")
