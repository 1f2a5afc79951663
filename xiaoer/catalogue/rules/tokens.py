"""How a name is found: the marks under which it is kept, and those that a query looks for.  # bilingual

    marks(["食品经营许可"])    食品 品经 …, 食 品 …, 食*经 …; the initials ~sp ~pj …; the sounds 'si'pin …
    wanted("spjy").close    ~sp ~pj ~jy
    wanted("食晶经营").loose  食*经 …, and what else leads past one wrong, lost, added or swapped character

Pairs lose no word, whatever its length, and need no word list; the same table and SQL serve both databases. Marks only
choose what is compared: rules/nearness.py compares.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise, product

from . import pinyin
from .sayings import plain
from .words import NO_REGION

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
LATIN = re.compile(r"[a-z0-9]+")
ASKED = re.compile(r"请问|怎么办理|怎么办|怎么|怎样|如何|我要|我想|想要|在哪里|哪里|在哪|需要|什么|[吗呢?]")
"""Words of the question around the thing."""
LONGEST_MARK = 24
TOPIC = "#"
LONGEST_QUERY = 60
MOST_PAIRS = 12
REGION = 12
PREFIXES = (2, 4, 6, 9)
"""Digits of a region's code, and those of a province, a city, a county, a town."""


@dataclass(frozen=True)
class Wanted:
    """A query. han, latin: its runs; close: marks of what is typed rightly; loose: of what an error may have left."""

    han: tuple[str, ...]
    latin: tuple[str, ...]
    close: frozenset[str]
    loose: frozenset[str]


def marks(phrases: Iterable[str]) -> frozenset[str]:
    """All marks under which phrases (rules/sayings.py) are found."""
    found: set[str] = set()
    for phrase in phrases:
        for run in HAN.findall(phrase):
            found |= {*run, *pairs(run), *_gapped(run), *_sounding(run), *_initials(run)}
        for word in LATIN.findall(phrase):
            found |= {_word(word), _word(word[:3])}
    return frozenset(found)


def topic_mark(topic: str) -> str:
    """The mark of everything under a life event."""
    return f"{TOPIC}{topic}"


def topic_of(mark: str) -> str:
    """The life event of a mark."""
    return mark.removeprefix(TOPIC)


def above(region: str) -> list[str]:
    """A region and what stands above it, the narrowest first; last the whole country."""
    codes = [region, *(region[:size].ljust(REGION, "0") for size in PREFIXES[::-1]), NO_REGION]
    return list(dict.fromkeys(codes))


def place_marks(region: str) -> set[str]:
    """Under which an offer of a region is in reach: inside the region and all above it, and for all below it."""
    return {f"@in{code}" for code in above(region)} | {f"@for{region}"}


def reach_marks(region: str) -> set[str]:
    """One of which a name must have to be offered in reach of a region: by it, above it or below it."""
    return {f"@in{region}"} | {f"@for{code}" for code in above(region)}


def wanted(query: str) -> Wanted:
    """What a query looks for."""
    typed = plain(query)[:LONGEST_QUERY]
    typed = ASKED.sub(" ", typed).strip() or typed
    han, latin = tuple(HAN.findall(typed)), tuple(LATIN.findall(typed))
    close: set[str] = set()
    loose: set[str] = set()
    for run in han:
        close |= set(_spread(pairs(run))) or {run}
        loose |= {*_gapped(run), *_skipped(run), *_swapped(run), *_sounding(run)}
    for word in latin:
        close |= {_word(word), _word(word[:3]), *_syllables(word), *(f"~{pair}" for pair in pairs(word))}
    return Wanted(han, latin, frozenset(close), frozenset(loose - close))


def pairs(run: str) -> list[str]:
    """Every two neighbours."""
    return [first + second for first, second in pairwise(run)]


def _spread(found: list[str]) -> list[str]:
    """At most MOST_PAIRS of them, spread evenly: a whole title needs no more to be found."""
    return found[:: max(1, -(-len(found) // MOST_PAIRS))]


def _gapped(run: str) -> set[str]:
    """Two characters with one between: that one may be wrong in the query."""
    return {f"{first}*{third}" for first, third in zip(run, run[2:], strict=False)}


def _skipped(run: str) -> set[str]:
    """The same for a query that lost or gained the one between."""
    return {f"{a}*{b}" for a, b in pairwise(run)} | {a + b for a, b in zip(run, run[2:], strict=False)}


def _swapped(run: str) -> set[str]:
    return {b + a for a, b in pairwise(run)}


def _sounding(run: str) -> set[str]:
    heard = pinyin.sounds(run)
    return {f"'{a}'{b}" for first, second in pairwise(heard) for a, b in product(first, second)}


def _initials(run: str) -> set[str]:
    return {f"~{a}{b}" for first, second in pairwise(pinyin.letters(run)) for a, b in product(first, second)}


def _syllables(word: str) -> set[str]:
    """Marks of a word in full pinyin."""
    return {f"'{a}'{b}" for a, b in pairwise(pinyin.spelled(word))}


def _word(word: str) -> str:
    return f"={word[: LONGEST_MARK - 1]}"
