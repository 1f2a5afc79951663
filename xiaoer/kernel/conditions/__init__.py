"""Three-valued decision logic over facts and outcomes: yes, no, unknown.

A condition is JSON. Every node of it is an object with exactly one operator, and may carry `why`, the key of a
sentence that the author of the catalogue prefers to the sentences of the leaves below.

    {"all_of": [c, …]}                      yes if all are; [] is yes
    {"any_of": [c, …]}                      yes if one is; [] is no
    {"not": c}
    {"fact": "fire_hall", "is": true}       equal; literal true or false, a number, or text
    {"fact": "kind", "in": ["bar", "tea"]}  equal to one of them
    {"fact": "area", "at_least": 300}       also at_most, more_than, less_than; literal a number or "2026-01-31"
    {"fact": "sells", "has": "cold_dishes"} the fact is a list (several boxes ticked) and the literal is among them
    {"outcome": "licence", "in": ["granted", "conditional"]}
    {"ok": "licence"}                       short for granted, conditional or waived

Logic is Kleene's: a fact that is missing or null, and a node without outcome, make their leaf unknown; `no` wins in
all_of, `yes` wins in any_of. More knowledge therefore never turns a yes or a no round, which is why there is no
operator "is it known?". Numbers are compared as decimals: 0.1, "0.10" and Decimal("0.1") are equal, and true is not 1.

A worked example, the fire check of a restaurant:

    check = {"any_of": [{"fact": "area", "at_least": 300}, {"fact": "fire_hall", "is": true}], "why": "fire.public"}
    evaluate(check, facts={"area": 120})                      unknown
    open_facts(check, facts={"area": 120})                    ["fire_hall"]
    evaluate(check, facts={"area": 300})                      yes, whatever fire_hall is
    reasons(check, facts={"area": 300})                       fire.public.yes, because at_least.yes of area

Source: core.md (Plan), peers.md section 3 items 22 and 23.
"""

from xiaoer.kernel.conditions.because import Reason, reasons, sentence
from xiaoer.kernel.conditions.grammar import FACT_KINDS, Fact, Fault, fact_faults, fault_sentence, faults
from xiaoer.kernel.conditions.questions import best_question, possible_answers
from xiaoer.kernel.conditions.truth import (
    OK_OUTCOMES,
    OUTCOMES,
    Answer,
    Condition,
    ConditionError,
    evaluate,
    facts_of,
    open_facts,
    open_nodes,
    outcomes_of,
)

__all__ = [
    "FACT_KINDS",
    "OK_OUTCOMES",
    "OUTCOMES",
    "Answer",
    "Condition",
    "ConditionError",
    "Fact",
    "Fault",
    "Reason",
    "best_question",
    "evaluate",
    "fact_faults",
    "facts_of",
    "fault_sentence",
    "faults",
    "open_facts",
    "open_nodes",
    "outcomes_of",
    "possible_answers",
    "reasons",
    "sentence",
]
