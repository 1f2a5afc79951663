"""Why a condition is answered as it is: the leaves that decided, and sentences for them in Chinese and English."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from xiaoer.kernel.conditions.sentences import REASONS, WORDS, Sentences
from xiaoer.kernel.conditions.truth import (
    GROUPS,
    NOTHING,
    Answer,
    Condition,
    Facts,
    Outcomes,
    evaluate,
    expected,
    operator_of,
    parts,
)

PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One reason. key: operator or author's `why`, then the answer of that node, as "at_least.yes" ("flag"
    for `is` with true or false); path: a JSON
    pointer to the node; params: fact or node, value, literal (of a leaf), or fact -> value (of a `why`); because: the
    reasons below a `why`, none for a leaf."""

    key: str
    answer: Answer
    path: str
    params: Mapping[str, Any]
    because: tuple["Reason", ...] = ()


def reasons(condition: Condition, *, facts: Facts = NOTHING, outcomes: Outcomes = NOTHING) -> list[Reason]:
    """The leaves that decided the answer, in the order written.

    all_of that is no, any_of that is yes: the parts with that answer. all_of that is yes, any_of that is no: all parts.
    Unknown: the unknown parts, that is, what is missing. not: those of the part inside. An empty group: "always". A
    node with `why` gives one reason of its own, and what is below goes to its `because`. Raises as `evaluate`."""
    return _reasons(condition, facts, outcomes, "")


def _reasons(condition: Condition, facts: Facts, outcomes: Outcomes, path: str) -> list[Reason]:
    answer = evaluate(condition, facts=facts, outcomes=outcomes)
    operator = operator_of(condition)
    if operator in GROUPS:
        found = _inside(condition, operator, answer, facts, outcomes, path)
    else:
        found = [_leaf(condition, operator, answer, facts, outcomes, path)]
    if "why" not in condition:
        return found
    params = {key: value for reason in found for key, value in _values(reason).items()}
    return [Reason(key=f"{condition['why']}.{answer}", answer=answer, path=path, params=params, because=tuple(found))]


def _inside(
    condition: Condition, operator: str, answer: Answer, facts: Facts, outcomes: Outcomes, path: str
) -> list[Reason]:
    inner = parts(condition)
    if not inner:
        return [Reason(key=f"always.{answer}", answer=answer, path=path, params={})]
    found = []
    for index, part in enumerate(inner):
        at = f"{path}/not" if operator == "not" else f"{path}/{operator}/{index}"
        if operator == "not" or evaluate(part, facts=facts, outcomes=outcomes) is answer:
            found += _reasons(part, facts, outcomes, at)
    return found


def _leaf(condition: Condition, operator: str, answer: Answer, facts: Facts, outcomes: Outcomes, path: str) -> Reason:
    if operator in ("ok", "outcome"):
        node = condition[operator]
        params = {"node": node, "value": outcomes.get(node), "literal": list(expected(condition))}
        return Reason(key=f"outcome.{answer}", answer=answer, path=path, params=params)
    params = {"fact": condition["fact"], "value": facts.get(condition["fact"]), "literal": condition[operator]}
    named = "flag" if isinstance(condition[operator], bool) else operator
    return Reason(key=f"{named}.{answer}", answer=answer, path=path, params=params)


def _values(reason: Reason) -> dict[str, Any]:
    if reason.because:
        return dict(reason.params)
    subject = reason.params.get("fact", reason.params.get("node"))
    return {} if subject is None else {subject: reason.params["value"]}


def sentence(reason: Reason, *, language: str, names: Mapping[str, str] = NOTHING, table: Sentences = NOTHING) -> str:
    """The reason as a sentence without full stop. language: zh… or en….

    names: facts, nodes, options and outcomes by their keys, in that language. table: the author's sentences for `why`
    by key with answer ("fire.public.yes"), each as (Chinese, English), over REASONS; placeholders in braces are the
    params. A `why` without sentence for its answer is told by the leaves below it."""
    texts = table.get(reason.key) or REASONS.get(reason.key)
    words = {**WORDS[_code(language)], **names}
    if texts is None:
        below = [sentence(one, language=language, names=names, table=table) for one in reason.because]
        return words["semicolon"].join(dict.fromkeys(below))
    return PLACEHOLDER.sub(
        lambda match: _word(reason.params.get(match[1]), words), texts[0 if _code(language) == "zh" else 1]
    )


def _code(language: str) -> str:
    return "en" if language.startswith("en") else "zh"


def _word(value: Any, words: Mapping[str, str]) -> str:
    if isinstance(value, list | tuple | set | frozenset):
        ordered = sorted(value) if isinstance(value, set | frozenset) else value
        return words["comma"].join(_word(one, words) for one in ordered)
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return words.get(text, text)
