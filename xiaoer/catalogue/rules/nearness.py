"""How near a name comes to what was typed: 1 is all of it, under ENOUGH is nothing.  # bilingual

    nearness(wanted("食晶经营"), {"经营": 90}, named(phrases("食品经营许可")))      0.7

A run of characters is near a name when it stands in one of its phrases, when it does but for one typing error, or
when most of its pairs do, rare pairs (结婚) counting more than those of every name (登记). An error of sound is the
smallest, then a lost, added or swapped character; any other wrong one is the largest. Letters are compared with
the initials in the same way, a neighbouring key being a smaller error.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from . import pinyin
from .tokens import LATIN, Wanted, pairs

ENOUGH = 0.5
SAME = 0.95
"""From here on nothing was mistyped."""
BELOW_BEST = 0.3
"""What comes so much less near than the best is not shown beside it."""
NAMES = 4096
"""As many names a pair must be part of to say nothing."""
UNKNOWN = 0.25
"""What a pair weighs that is part of no name."""
PARTED = 0.7
"""How near initials come that stand in two places of a name."""
BETWEEN = 6
"""As many characters may lie between these."""
ALIKE, DOUBLED, LOST, SWAPPED, NEIGHBOUR, ADDED, WRONG = 0.88, 0.85, 0.82, 0.82, 0.82, 0.76, 0.7
"""How near a run comes with one error of each kind."""
SHORTENED = 0.6
"""The same for two characters that a third stands between."""
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
HEARD_ALIKE = {"nl", "ln", "fh", "hf"}
SECOND = (
    "注销", "补办", "补发", "补领", "换发", "换领", "换证", "变更", "延续", "续期", "终止", "停业", "报废", "作废",
    "解除", "撤销", "恢复", "终审", "咨询", "校验", "歇业",
)  # fmt: skip
"""What is done to a thing that one has: less likely meant than the thing itself, unless it is typed."""


@dataclass(frozen=True)
class Named:
    """A name as it is compared: its phrases (rules/sayings.py), the name first, and their initials, each as a line."""

    phrases: str
    initials: str

    @property
    def name(self) -> str:
        return self.phrases.split("\n", 2)[1]


def named(phrases: Sequence[str]) -> Named:
    """The phrases with their initials, once more for every character that can be read in two ways."""
    initials: dict[str, None] = {}
    for phrase in phrases:
        letters = [sorted(one) or [" "] for one in pinyin.letters(phrase)]
        main = "".join(one[0] for one in letters)
        initials[main] = None
        for place, held in enumerate(letters):
            initials |= {f"{main[:place]}{other}{main[place + 1 :]}": None for other in held[1:]}
    return Named(_lines(phrases), _lines(one for one in initials if one.strip()))


def _lines(texts: Iterable[str]) -> str:
    return "".join(f"\n{text}" for text in texts) + "\n"


def weight(count: int) -> float:
    """What a mark says, when so many names have it: 1 for a single one."""
    return max(0.05, 1 - math.log(count) / math.log(NAMES)) if count else UNKNOWN


def nearness(wanted: Wanted, counts: Mapping[str, int], named: Named) -> float:
    """How near a name comes, from 0 to 1. counts: in how many names each mark of the query is."""
    parts = [(len(run), _run_nearness(run, counts, named.phrases)) for run in wanted.han]
    parts += [(len(word), _word_nearness(word, named)) for word in wanted.latin]
    length = sum(size for size, _ in parts)
    return round(sum(size * near for size, near in parts) / length, 3) if length else 0


def order(wanted: Wanted, near: float, named: Named) -> float:
    """By what a name is put before another that comes as near: called so, begins so, a first thing, short."""
    typed = "".join(wanted.han or wanted.latin)
    lines = named.phrases if wanted.han else named.phrases + named.initials
    name = named.name
    second = sum(1 for word in SECOND if word in name and word not in typed)
    liked = 0.05 * (f"\n{typed}" in lines) + 0.05 * (f"\n{typed}\n" in lines)
    return near + liked - 0.06 * min(second, 2) - 0.003 * min(len(name), 40)


def _run_nearness(run: str, counts: Mapping[str, int], phrases: str) -> float:
    if run in phrases:
        return 1
    if len(run) == 1:
        return 0
    weights = [(pair, weight(counts.get(pair, 0))) for pair in pairs(run)]
    shared = sum(heavy for pair, heavy in weights if pair in phrases) / sum(heavy for _, heavy in weights)
    return max(0.9 * shared, _with_error(run, phrases))


def _with_error(run: str, phrases: str) -> float:
    """A run with one error; two characters bear one of sound, or a third one lost between them."""
    wrong = max((_read_for(one, other) for one, other in _wrong(run, phrases)), default=0.0)
    if len(run) > 2:
        return max(wrong, _misplaced(run, phrases))
    return max(wrong * (wrong == ALIKE), SHORTENED * (_between(run[0], run[1], phrases) != []))


def _read_for(typed: str, meant: str) -> float:
    heard, spoken = pinyin.sounds(typed + meant)
    return ALIKE if heard & spoken else WRONG


def _word_nearness(word: str, named: Named) -> float:
    if len(word) > 1 and word in named.initials:
        return 1
    syllables = pinyin.spelled(word)
    if len(syllables) > 1 and _sounds_so(syllables, named.phrases):
        return SAME
    near = _english(word, named.phrases)
    if len(word) < 4:
        return near
    return max(near, _parted(word, named.initials), _letters_with_error(word, named.initials))


def _english(word: str, phrases: str) -> float:
    held = LATIN.findall(phrases)
    if word in held:
        return 1
    return 0.8 if len(word) > 2 and any(one.startswith(word) for one in held) else 0


def _sounds_so(syllables: list[str], phrases: str) -> bool:
    heard = pinyin.sounds(phrases)
    return any(
        all(one in heard[start + place] for place, one in enumerate(syllables))
        for start in range(len(heard) - len(syllables) + 1)
    )


def _parted(word: str, initials: str) -> float:
    """mzbx for 门诊(费用)报销: the first letters begin the phrase, the others come soon after."""
    for size in range(2, len(word) - 1):
        start = -1
        while (start := initials.find(f"\n{word[:size]}", start + 1)) >= 0:
            later = initials[start + 1 + size : start + 1 + BETWEEN + len(word)].partition("\n")[0]
            if word[size:] in later:
                return PARTED
    return 0


def _letters_with_error(word: str, initials: str) -> float:
    """Initials with one error: of four letters none may be just any other."""
    wrong = max((_typed_for(one, other) for one, other in _wrong(word, initials)), default=0.0)
    return max(wrong if len(word) > 4 else wrong * (wrong == NEIGHBOUR), _misplaced(word, initials))


@cache
def _typed_for(typed: str, meant: str) -> float:
    beside = any(typed + meant in row or meant + typed in row for row in ROWS)
    return NEIGHBOUR if beside or typed + meant in HEARD_ALIKE else WRONG


def _wrong(typed: str, lines: str) -> list[tuple[str, str]]:
    """Each character that another may stand for, with that other, where the rest is right."""
    return [
        (typed[place], meant)
        for place in range(len(typed))
        for meant in _between(typed[:place], typed[place + 1 :], lines)
    ]


def _misplaced(typed: str, lines: str) -> float:
    """With one character swapped with its neighbour, lost, or added; the last when it only repeats its neighbour."""
    places = range(1, len(typed))
    if any(typed[: at - 1] + typed[at] + typed[at - 1] + typed[at + 1 :] in lines for at in places):
        return SWAPPED
    if any(_between(typed[:at], typed[at:], lines) for at in places):
        return LOST
    if any(typed[at] == typed[at - 1] and typed[:at] + typed[at + 1 :] in lines for at in places):
        return DOUBLED
    return ADDED if any(typed[:at] + typed[at + 1 :] in lines for at in range(len(typed))) else 0


def _between(before: str, after: str, lines: str) -> list[str]:
    """The characters that stand between these two somewhere in a line."""
    found = []
    anchor = max(before, after, key=len)
    start = lines.find(anchor)
    while start >= 0:
        place = start + len(before) if anchor == before else start - 1
        held = 0 < place < len(lines) and lines[place] not in "\n "
        if held and lines.endswith(before, 0, place) and lines.startswith(after, place + 1):
            found.append(lines[place])
        start = lines.find(anchor, start + 1)
    return found
