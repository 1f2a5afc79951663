"""How Chinese characters are read, without tones: the 6,763 of GB/T 2312, from readings.txt; about 2 MB of memory.

    letters("银行")   [{"y"}, {"x", "h"}]      the first letters, as people type them
    sounds("身份")    [{"sen"}, {"fen"}]       the syllables as the ear takes them: sh is s, ng is n, l is n
    spelled("huzhao")  ["hu", "zao"]           a word in full pinyin, cut into such syllables; [] when it is none

readings.txt was made once with pypinyin 0.55 (MIT); second readings of some fifty characters were added by hand.
"""

from functools import cache
from pathlib import Path

READINGS = Path(__file__).with_name("readings.txt")
LONGEST = 6
"""Letters of the longest syllable."""


@cache
def _readings() -> dict[str, frozenset[str]]:
    """Character -> its syllables."""
    found: dict[str, frozenset[str]] = {}
    for line in READINGS.read_text(encoding="utf-8").splitlines():
        syllable, characters = line.split()
        alone = frozenset({syllable})
        for character in characters:
            found[character] = found[character] | alone if character in found else alone
    return found


@cache
def _syllables() -> frozenset[str]:
    return frozenset(syllable for held in _readings().values() for syllable in held)


@cache
def _letters(syllables: frozenset[str]) -> frozenset[str]:
    return frozenset(syllable[0] for syllable in syllables)


@cache
def _sounds(syllables: frozenset[str]) -> frozenset[str]:
    return frozenset(map(_heard, syllables))


def _heard(syllable: str) -> str:
    """What many cannot tell apart is one: zh z, ch c, sh s, l n; in ing, en eng, an ang."""
    plain = syllable[0] + syllable[2:] if syllable[:2] in {"zh", "ch", "sh"} else syllable
    plain = f"n{plain[1:]}" if plain.startswith("l") else plain
    return plain[:-1] if plain.endswith("ng") and not plain.endswith("ong") else plain


def letters(text: str) -> list[frozenset[str]]:
    """Of each character the first letters of its readings; empty for what is no known character."""
    readings = _readings()
    return [_letters(readings[one]) if one in readings else frozenset() for one in text]


def sounds(text: str) -> list[frozenset[str]]:
    """Of each character its syllables as heard; empty for what is no known character."""
    readings = _readings()
    return [_sounds(readings[one]) if one in readings else frozenset() for one in text]


def spelled(word: str) -> list[str]:
    """A word in full pinyin as the syllables that are heard, as few as there can be; [] when it cannot be cut so."""
    best: list[list[str] | None] = [[]] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - LONGEST), end):
            before = best[start]
            if before is None or word[start:end] not in _syllables():
                continue
            held = best[end]
            if held is None or len(before) + 1 < len(held):
                best[end] = [*before, _heard(word[start:end])]
    return best[-1] or []
