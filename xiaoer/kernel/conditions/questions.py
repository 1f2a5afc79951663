"""The one question to ask next: the unanswered fact that settles most."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, pairwise
from typing import Any

from xiaoer.kernel.conditions.grammar import Fact
from xiaoer.kernel.conditions.truth import (
    NOTHING,
    Answer,
    Condition,
    Facts,
    Outcomes,
    evaluate,
    leaves,
    open_facts,
    operator_of,
)
from xiaoer.kernel.conditions.values import ORDERING, number, ordered

MOST_SUBSETS_OF = 6


def best_question(
    conditions: Sequence[Condition],
    *,
    facts: Facts,
    outcomes: Outcomes = NOTHING,
    known: Mapping[str, Fact] = NOTHING,
) -> str | None:
    """The fact to ask next, or None when no unanswered fact can settle any of the conditions.

    Candidates are the facts that keep some condition unknown (`open_facts`). Each is worth the number of undecided
    conditions that its answer decides, in the worst case over its possible answers; among equals, on the average over
    them (each answer weighing the same); among equals again, the one that appears first wins."""
    undecided = [one for one in conditions if evaluate(one, facts=facts, outcomes=outcomes) is Answer.UNKNOWN]
    candidates = list(
        dict.fromkeys(fact for one in undecided for fact in open_facts(one, facts=facts, outcomes=outcomes))
    )
    if not candidates:
        return None

    def worth(fact: str) -> tuple[int, Fraction]:
        settled = [
            sum(
                evaluate(one, facts={**facts, fact: answer}, outcomes=outcomes) is not Answer.UNKNOWN
                for one in undecided
            )
            for answer in possible_answers(fact, conditions=undecided, known=known)
        ]
        return min(settled), Fraction(sum(settled), len(settled))

    return max(candidates, key=worth)


def possible_answers(fact: str, *, conditions: Iterable[Condition], known: Mapping[str, Fact] = NOTHING) -> list[Any]:
    """One answer for each way in which the conditions can tell answers apart.

    Flag: true, false. Ordered: every literal, and a value below, between and above them. Text: every literal, and one
    that none of them names. List: every set of the literals (past six of them: none, each alone, all). A fact in
    `known` with options has those instead. A fact that no condition names: []."""
    found = [leaf for one in conditions for leaf in leaves(one) if leaf.get("fact") == fact]
    if not found:
        return []
    options = list(known[fact].options) if fact in known else []
    literals = list(dict.fromkeys(_literals(found)))
    if any(operator_of(leaf) == "has" for leaf in found):
        return _lists(options or literals)
    if options:
        return options
    if any(isinstance(literal, bool) for literal in literals):
        return [True, False]
    if any(operator_of(leaf) in ORDERING for leaf in found) or any(not isinstance(one, str) for one in literals):
        return _steps(literals)
    return [*literals, "".join(literals) + " "]


def _literals(found: Iterable[Condition]) -> Iterator[Any]:
    for leaf in found:
        literal = leaf[operator_of(leaf)]
        yield from literal if isinstance(literal, list | tuple) else [literal]


def _lists(values: list[str]) -> list[list[str]]:
    sizes = range(len(values) + 1) if len(values) <= MOST_SUBSETS_OF else (0, 1, len(values))
    return [list(chosen) for size in sizes for chosen in combinations(values, size)]


def _steps(literals: list[Any]) -> list[Any]:
    decimals = sorted({decimal for literal in literals if (decimal := number(literal)) is not None})
    if decimals:
        between = [(low + high) / 2 for low, high in pairwise(decimals)]
        return sorted([decimals[0] - 1, *decimals, *between, decimals[-1] + Decimal(1)])
    days = {value for literal in literals if isinstance(value := ordered(literal), date)}
    around = {day + timedelta(days=shift) for day in days for shift in (-1, 0, 1)}
    return [day.isoformat() for day in sorted(around)]
