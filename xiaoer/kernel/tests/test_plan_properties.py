"""Random plans and random walks through them. See the package `plan` for the sentence that must always hold."""

import random  # noqa: TID251 - hypothesis hands out a replayable one
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiaoer.kernel import plan as plans
from xiaoer.kernel.conditions import OUTCOMES, Answer, evaluate
from xiaoer.kernel.plan import Plan, Round

KEYS = list("abcdefgh")
FACTS = ["p", "q", "r"]
SETTLED = ["granted", "granted", "granted", "conditional", "refused", "lapsed", "withdrawn"]
MODEST = settings(max_examples=300, deadline=None)
FEW = settings(max_examples=100, deadline=None)


def over(leaf):
    """Conditions over the given leaves, empty groups and negations included."""
    return st.recursive(
        leaf,
        lambda inner: (
            st.builds(lambda parts: {"all_of": parts}, st.lists(inner, max_size=3))
            | st.builds(lambda parts: {"any_of": parts}, st.lists(inner, max_size=3))
            | st.builds(lambda part: {"not": part}, inner)
        ),
        max_leaves=4,
    )


FACT_LEAF = st.builds(lambda key, yes: {"fact": key, "is": yes}, st.sampled_from(FACTS), st.booleans())
WHEN = st.just({"all_of": []}) | over(FACT_LEAF)


def outcome_leaf(keys):
    ok = st.builds(lambda key: {"ok": key}, st.sampled_from(keys))
    some = st.lists(st.sampled_from(OUTCOMES), max_size=3, unique=True)
    return ok | st.builds(lambda key, named: {"outcome": key, "in": named}, st.sampled_from(keys), some)


AFTER = [st.just({"all_of": []})]
AFTER += [AFTER[0] | over(outcome_leaf(KEYS[:count])) for count in range(1, len(KEYS))]
VERDICTS = [
    st.lists(
        st.builds(
            lambda condition, outcome: {"if": condition, "then": outcome},
            over(outcome_leaf(KEYS[: count + 1])),
            st.sampled_from(["granted", "refused", "conditional"]),
        ),
        max_size=2,
    )
    for count in range(len(KEYS))
]
ORGAN, KIND, DAYS, COUNT = (
    st.sampled_from(["fire", "food"]),
    st.sampled_from(["review", "wait"]),
    st.integers(0, 5),
    st.integers(1, 8),
)
ORDERS = [st.permutations(range(count + 1)) for count in range(len(KEYS))]


@st.composite
def sound_plans(draw):
    """A plan without faults: nodes in any order, `after` over nodes made before, every node used in the end."""
    count = draw(COUNT)
    nodes = []
    for index, key in enumerate(KEYS[:count]):
        node = {"key": key, "kind": draw(KIND), "organ": draw(ORGAN), "name": "bell", "days": draw(DAYS)}
        nodes.append({**node, "when": draw(WHEN), "after": draw(AFTER[index])})
    every = {"if": {"all_of": [{"ok": key} for key in KEYS[:count]]}, "then": "granted"}
    result = {"rows": [*draw(VERDICTS[count - 1]), every], "default": "refused"}
    shuffled = [nodes[place] for place in draw(ORDERS[count - 1])]
    return Plan.from_json({"version": 1, "nodes": shuffled, "result": result})


class Walk:
    """One life of a plan: what acts would record, with the same calls in the same order."""

    def __init__(self, plan, dice):
        self.plan, self.dice = plan, dice
        self.outcomes, self.working, self.facts = {}, set(), {}
        self.close()

    def close(self):
        self.outcomes = plans.close(self.plan, outcomes=self.outcomes, facts=self.facts)

    @property
    def place(self):
        return {"outcomes": self.outcomes, "facts": self.facts}

    @property
    def ready(self):
        return plans.ready(self.plan, working=self.working, **self.place)

    def moves(self):
        settled = [key for key, outcome in self.outcomes.items() if outcome not in ("waived", "unreached")]
        return [
            *[(self.begin, key) for key in self.ready],
            *[(self.settle, key) for key in sorted(self.working)],
            *[(self.answer, key) for key in plans.asks(self.plan, **self.place)],
            *[(self.answer, self.dice.choice(FACTS))],
            *[(self.send_back, key) for key in [*settled, *sorted(self.working)]],
            *[(self.withdraw, key) for key in plans.open_nodes(self.plan, **self.place) if self.dice.random() < 0.1],
        ]

    def step(self):
        move, key = self.dice.choice(self.moves())
        move(key)
        self.close()

    def begin(self, key):
        self.working.add(key)

    def settle(self, key):
        self.working.remove(key)
        self.outcomes[key] = self.dice.choice(SETTLED)

    def withdraw(self, key):
        self.working.discard(key)
        self.outcomes[key] = "withdrawn"

    def answer(self, key):
        self.facts = {**self.facts, key: self.dice.choice([True, False, None])}
        self.stand(plans.revised(self.plan, working=self.working, **self.place))

    def send_back(self, key):
        self.stand(plans.returned(self.plan, outcomes=self.outcomes, working=self.working, node=key))
        assert key not in self.outcomes and key not in self.working

    def stand(self, after: Round):
        assert not set(after.voided) & (set(after.outcomes) | after.working)
        self.outcomes, self.working = dict(after.outcomes), set(after.working)


PLANS = sound_plans()
SEEDS = st.integers(0, 10**9)
ANSWERS = st.fixed_dictionaries(dict.fromkeys(FACTS, st.sampled_from([True, False, None])))


def walks(steps):
    return st.builds(lambda plan, seed: (Walk(plan, random.Random(seed)), steps), PLANS, SEEDS)


@MODEST
@given(walks(25))
def test_the_result_is_decided_or_a_node_is_ready_or_working_or_a_fact_is_asked(life):
    walk, steps = life
    assert plans.faults(walk.plan) == []
    for _ in range(steps):
        decided = plans.result(walk.plan, **walk.place) is not None
        assert decided or walk.ready or walk.working or plans.asks(walk.plan, **walk.place)
        walk.step()


@FEW
@given(walks(60))
def test_a_plan_whose_work_is_done_and_whose_questions_are_answered_comes_to_its_end(life):
    walk, steps = life
    for _ in range(steps):
        moves = [(move, key) for move, key in walk.moves() if move in (walk.begin, walk.settle)]
        asked = plans.asks(walk.plan, **walk.place)
        if asked:
            walk.facts = {**walk.facts, asked[0]: walk.dice.choice([True, False])}
            walk.stand(plans.revised(walk.plan, working=walk.working, **walk.place))
        elif moves:
            move, key = walk.dice.choice(moves)
            move(key)
        walk.close()
    assert plans.open_nodes(walk.plan, **walk.place) == []
    assert plans.result(walk.plan, **walk.place) is not None


@FEW
@given(walks(25))
def test_where_a_plan_stands_follows_from_work_and_facts_and_not_from_the_way_there(life):
    walk, steps = life
    for _ in range(steps):
        walk.step()
        work = {key: outcome for key, outcome in walk.outcomes.items() if outcome not in ("waived", "unreached")}
        assert plans.close(walk.plan, outcomes=work, facts=walk.facts) == walk.outcomes


@FEW
@given(walks(25))
def test_no_outcome_and_no_work_stands_whose_ground_is_gone(life):
    walk, steps = life
    for _ in range(steps):
        walk.step()
        for node in walk.plan.nodes:
            when = evaluate(node.when, facts=walk.facts)
            after = evaluate(node.after, outcomes=walk.outcomes)
            outcome = walk.outcomes.get(node.key)
            if node.key in walk.working or outcome in ("granted", "conditional", "refused", "lapsed"):
                assert when is Answer.YES and after is Answer.YES
            elif outcome == "waived":
                assert when is Answer.NO
            elif outcome == "unreached":
                assert after is Answer.NO and when is not Answer.NO


@FEW
@given(walks(25), st.data())
def test_what_is_voided_is_what_lost_its_ground_and_nothing_else(life, data):
    walk, steps = life
    for _ in range(steps):
        walk.step()
    settled = [key for key, outcome in walk.outcomes.items() if outcome not in ("waived", "unreached")]
    if not settled:
        return
    key = data.draw(st.sampled_from(sorted(settled)))
    back = plans.returned(walk.plan, outcomes=walk.outcomes, working=walk.working, node=key)
    assert key in back.voided
    assert {*back.outcomes, *back.working, *back.voided} == {*walk.outcomes, *walk.working}
    for other in set(back.voided) - {key}:
        outcome = walk.outcomes.get(other)
        wanted = Answer.NO if outcome == "unreached" else Answer.YES
        assert evaluate(walk.plan.node(other).after, outcomes=back.outcomes) is not wanted


@FEW
@given(walks(15))
def test_close_adds_only_and_adds_nothing_the_second_time(life):
    walk, steps = life
    for _ in range(steps):
        walk.step()
        once = plans.close(walk.plan, **walk.place)
        assert walk.outcomes.items() <= once.items()
        assert plans.close(walk.plan, outcomes=once, facts=walk.facts) == once


@FEW
@given(PLANS, st.data())
def test_close_is_monotone_in_outcomes_that_agree_with_it(plan, data):
    facts = data.draw(ANSWERS)
    some = data.draw(st.dictionaries(st.sampled_from(plan.keys), st.sampled_from(SETTLED), max_size=3))
    closed = plans.close(plan, outcomes=some, facts=facts)
    more = data.draw(st.dictionaries(st.sampled_from(plan.keys), st.sampled_from(SETTLED), max_size=3))
    agreeing = {**some, **{key: outcome for key, outcome in more.items() if key not in closed}}
    assert closed.items() <= plans.close(plan, outcomes=agreeing, facts=facts).items()


@FEW
@given(walks(12), st.data())
def test_the_order_of_nodes_changes_nothing(life, data):
    walk, steps = life
    for _ in range(steps):
        walk.step()
    other = Plan(
        nodes=tuple(data.draw(st.permutations(walk.plan.nodes))),
        verdicts=walk.plan.verdicts,
        default=walk.plan.default,
    )
    for question in (plans.ready, plans.asks, plans.open_nodes):
        assert set(question(walk.plan, **walk.place)) == set(question(other, **walk.place))
    for question in (plans.close, plans.result):
        assert question(walk.plan, **walk.place) == question(other, **walk.place)
    by_key = {one.key: one for one in plans.explain(walk.plan, working=walk.working, **walk.place)}
    assert by_key == {one.key: one for one in plans.explain(other, working=walk.working, **walk.place)}
    assert plans.critical_path(walk.plan, facts=walk.facts) == plans.critical_path(other, facts=walk.facts)
    for key in walk.working:
        ways = [
            plans.returned(one, outcomes=walk.outcomes, working=walk.working, node=key) for one in (walk.plan, other)
        ]
        assert ways[0].outcomes == ways[1].outcomes and ways[0].working == ways[1].working


@FEW
@given(walks(20))
def test_a_fact_is_asked_only_for_a_node_that_is_reached_and_only_if_unanswered(life):
    walk, steps = life
    for _ in range(steps):
        walk.step()
        reached = [
            node
            for node in walk.plan.nodes
            if node.key not in walk.outcomes and evaluate(node.after, outcomes=walk.outcomes) is Answer.YES
        ]
        for fact in plans.asks(walk.plan, **walk.place):
            assert walk.facts.get(fact) is None
            assert any(f"'{fact}'" in str(node.when) for node in reached)


@FEW
@given(walks(20))
def test_the_picture_says_what_the_functions_say(life):
    walk, steps = life
    for _ in range(steps):
        walk.step()
    statuses = plans.explain(walk.plan, working=walk.working, **walk.place)
    assert [one.key for one in statuses] == walk.plan.keys
    by_status = {
        status: [one.key for one in statuses if one.status == status] for status in {s.status for s in statuses}
    }
    if plans.result(walk.plan, **walk.place) is not None:
        assert by_status.get("void", []) == plans.open_nodes(walk.plan, **walk.place)
        return
    assert by_status.get("ready", []) == walk.ready
    assert set(by_status.get("working", [])) == walk.working
    asked = dict.fromkeys(fact for one in statuses for fact in one.asks)
    assert list(asked) == plans.asks(walk.plan, **walk.place)
    for one in statuses:
        assert (one.status == "waiting") == bool(one.waits_for)
        assert all(key not in walk.outcomes for key in one.waits_for)


@FEW
@given(PLANS)
def test_a_plan_survives_its_json(plan):
    assert Plan.from_json(plan.to_json()) == plan


@FEW
@given(PLANS, ANSWERS)
def test_the_critical_path_is_what_a_day_by_day_run_takes(plan, facts):
    path = plans.critical_path(plan, facts=facts)
    run = as_if_needed(plan)
    needed = [node.key for node in plan.nodes if evaluate(node.when, facts=facts) is not Answer.NO]
    waived = {key: "waived" for key in plan.keys if key not in needed}
    finished, starts, decided = {}, {}, None
    for today in range(60):
        moving = True
        while moving:
            over = [key for key in starts if key not in finished and starts[key] + plan.node(key).days <= today]
            finished.update(dict.fromkeys(over, today))
            outcomes = {**waived, **dict.fromkeys(finished, "granted")}
            begun = plans.ready(run, outcomes=outcomes, facts={}, working=starts)
            starts.update(dict.fromkeys(begun, today))
            moving = over or begun
        if decided is None and plans.result(run, outcomes=outcomes, facts={}) is not None:
            decided = today
    assert path.starts == starts
    assert path.finishes == finished
    assert (path.total, path.decided) == (max(finished.values(), default=0), decided)


def as_if_needed(plan):
    """The same plan without questions: a node whose need is unknown counts as needed."""
    nodes = tuple(replace(node, when={"all_of": []}) for node in plan.nodes)
    return replace(plan, nodes=nodes)


@FEW
@given(PLANS, st.data())
def test_slack_is_exactly_what_a_node_or_an_organ_may_be_late(plan, data):
    path = plans.critical_path(plan)
    if not path.slack:
        return
    key = data.draw(st.sampled_from(sorted(path.slack)))
    organ = data.draw(st.sampled_from(sorted(path.organs)))
    of_organ = [node.key for node in plan.nodes if node.organ == organ and node.key in path.slack]
    for keys, slack in (([key], path.slack[key]), (of_organ, path.organs[organ])):
        for late, total_moves in ((slack, False), (slack + 1, True)):
            days = {one: plan.node(one).days + late for one in keys}
            assert (plans.critical_path(plan, days=days).total > path.total) == total_moves


def loops(plan):
    return [node.key for node in plan.nodes if leads_back(plan, node.key)]


def leads_back(plan, key):
    seen, todo = set(), [key]
    while todo:
        for other in plans.paths.outcomes_of(plan.node(todo.pop()).after):
            if other == key:
                return True
            if other not in seen:
                seen.add(other)
                todo.append(other)
    return False


@FEW
@given(st.lists(over(outcome_leaf(KEYS[:5])), min_size=5, max_size=5))
def test_every_loop_is_found_and_every_loop_told_is_one(afters):
    nodes = [
        {"key": key, "kind": "review", "organ": "fire", "after": after}
        for key, after in zip(KEYS, afters, strict=False)
    ]
    plan = Plan.from_json({"version": 1, "nodes": nodes, "result": {"rows": [], "default": "granted"}})
    told = plans.cycles(plan)
    assert bool(told) == bool(loops(plan))
    for loop in told:
        for key, other in zip(loop, [*loop[1:], loop[0]], strict=True):
            assert other in plans.paths.outcomes_of(plan.node(key).after)
    if told:
        with pytest.raises(plans.PlanError) as caught:
            plans.critical_path(plan)
        assert caught.value.key == "plan.cyclic"
