from copy import deepcopy

import pytest

from xiaoer.kernel import plan as plans
from xiaoer.kernel.conditions import Fact, fault_sentence
from xiaoer.kernel.plan import Plan, PlanError

# 开办餐饮店: one form, five matters. Days are promised working days.
RESTAURANT = {
    "version": 1,
    "nodes": [
        {"key": "licence", "kind": "case", "organ": "market", "skill": "registration", "days": 1},
        {"key": "seal", "kind": "case", "organ": "police", "days": 1, "after": {"ok": "licence"}},
        {"key": "sign", "kind": "case", "organ": "city", "days": 3, "when": {"fact": "has_sign", "is": True}},
        {"key": "food_papers", "kind": "pre_review", "organ": "market", "skill": "food", "days": 2},
        {"key": "shop_ready", "kind": "wait", "name": "shop.ready", "days": 0},
        {
            "key": "visit",
            "kind": "joint",
            "organ": "market",
            "skill": "food",
            "days": 3,
            "after": {"all_of": [{"ok": "food_papers"}, {"ok": "shop_ready"}]},
        },
        {
            "key": "food",
            "kind": "case",
            "organ": "market",
            "skill": "food",
            "days": 2,
            "after": {"all_of": [{"ok": "licence"}, {"ok": "visit"}]},
        },
        {
            "key": "fire",
            "kind": "case",
            "organ": "fire",
            "days": 5,
            "when": {
                "any_of": [{"fact": "area", "at_least": 300}, {"fact": "gathering", "is": True}],
                "why": "fire.public",
            },
            "after": {"all_of": [{"ok": "licence"}, {"ok": "visit"}]},
        },
    ],
    "result": {
        "rows": [
            {"if": {"outcome": "licence", "in": ["refused", "withdrawn", "lapsed"]}, "then": "refused"},
            {
                "if": {"all_of": [{"ok": key} for key in ("licence", "seal", "sign", "food", "fire")]},
                "then": "granted",
            },
        ],
        "default": "conditional",
    },
}
FORM = {
    "area": Fact(key="area", kind="number"),
    "gathering": Fact(key="gathering", kind="flag"),
    "has_sign": Fact(key="has_sign", kind="flag"),
}
SMALL = {"area": 120, "gathering": False, "has_sign": False}
LARGE = {"area": 300, "has_sign": True}
GRANTED_TO_THE_VISIT = dict.fromkeys(["licence", "food_papers", "shop_ready", "visit"], "granted")


@pytest.fixture
def restaurant():
    return Plan.from_json(RESTAURANT)


def statuses(plan, **place):
    return {one.key: one for one in plans.explain(plan, **place)}


def test_the_restaurant_may_be_published(restaurant):
    assert plans.faults(restaurant, facts=FORM) == []


def test_what_needs_no_licence_begins_at_once_and_the_pre_review_does_not_wait_for_it(restaurant):
    assert plans.ready(restaurant, outcomes={}, facts=SMALL) == ["licence", "food_papers", "shop_ready"]


def test_only_the_question_whose_turn_has_come_is_asked(restaurant):
    assert plans.asks(restaurant, outcomes={}, facts={}) == ["has_sign"]
    assert plans.asks(restaurant, outcomes=GRANTED_TO_THE_VISIT, facts={}) == ["has_sign", "area", "gathering"]
    assert plans.asks(restaurant, outcomes=GRANTED_TO_THE_VISIT, facts={"area": 300}) == ["has_sign"]
    assert plans.asks(restaurant, outcomes={"licence": "refused"}, facts={}) == ["has_sign"]


def test_the_fire_check_is_waived_for_a_small_shop_and_says_why(restaurant):
    assert plans.close(restaurant, outcomes={}, facts=SMALL) == {"sign": "waived", "fire": "waived"}
    fire = statuses(restaurant, outcomes={}, facts=SMALL)["fire"]
    assert fire.status == "waived"
    assert [reason.key for reason in fire.because] == ["fire.public.no"]


@pytest.mark.parametrize("facts", [{"area": 300}, {"area": 120, "gathering": True}])
def test_the_fire_check_is_needed_from_300_square_metres_or_in_a_gathering_place(restaurant, facts):
    place = {"outcomes": GRANTED_TO_THE_VISIT, "facts": {**facts, "has_sign": False}}
    assert plans.ready(restaurant, **place) == ["seal", "food", "fire"]


def test_one_joint_visit_feeds_the_food_licence_and_the_fire_check(restaurant):
    before = {"licence": "granted", "food_papers": "granted", "shop_ready": "granted"}
    assert plans.ready(restaurant, outcomes=before, facts=LARGE) == ["seal", "sign", "visit"]
    waiting = statuses(restaurant, outcomes=before, facts=LARGE, working=["visit"])
    assert waiting["food"].waits_for == waiting["fire"].waits_for == ("visit",)
    after = {**before, "visit": "granted"}
    assert plans.ready(restaurant, outcomes=after, facts=LARGE, working=["seal"]) == ["sign", "food", "fire"]


def test_a_small_shop_is_granted_without_sign_and_fire_check(restaurant):
    outcomes = dict.fromkeys(["licence", "seal", "food_papers", "shop_ready", "visit"], "granted")
    assert plans.result(restaurant, outcomes=outcomes, facts=SMALL) is None
    assert plans.result(restaurant, outcomes={**outcomes, "food": "conditional"}, facts=SMALL) == "granted"


def test_a_refused_licence_decides_early_and_leaves_open_what_the_act_must_void(restaurant):
    place = {"outcomes": {"licence": "refused"}, "facts": LARGE}
    assert plans.result(restaurant, **place) == "refused"
    assert plans.open_nodes(restaurant, **place) == ["sign", "food_papers", "shop_ready", "visit"]
    shown = statuses(restaurant, **place, working=["sign"])
    assert {key: one.status for key, one in shown.items()} == {
        "licence": "done",
        "seal": "unreached",
        "sign": "void",
        "food_papers": "void",
        "shop_ready": "void",
        "visit": "void",
        "food": "unreached",
        "fire": "unreached",
    }
    assert [reason.params["node"] for reason in shown["seal"].because] == ["licence"]


def test_a_refused_fire_check_leaves_the_rest_as_partly_granted(restaurant):
    done = dict.fromkeys(restaurant.keys, "granted")
    assert plans.result(restaurant, outcomes={**done, "fire": "refused"}, facts=LARGE) == "conditional"
    assert plans.result(restaurant, outcomes={**done, "fire": "withdrawn"}, facts=LARGE) == "conditional"


def test_an_earlier_row_still_unknown_keeps_the_result_undecided(restaurant):
    done = dict.fromkeys(restaurant.keys, "granted")
    del done["licence"]
    assert plans.result(restaurant, outcomes={**done, "fire": "refused"}, facts=LARGE) is None


def test_a_visit_sent_back_takes_with_it_what_was_built_on_it_and_nothing_else(restaurant):
    outcomes = {**GRANTED_TO_THE_VISIT, "seal": "granted", "food": "granted"}
    back = plans.returned(restaurant, outcomes=outcomes, working=["fire", "sign"], node="visit")
    assert back.voided == ("visit", "food", "fire")
    assert set(back.outcomes) == {"licence", "food_papers", "shop_ready", "seal"}
    assert back.working == {"sign"}
    assert plans.ready(restaurant, outcomes=back.outcomes, facts=LARGE, working=back.working) == ["visit"]


def test_a_join_on_any_keeps_its_ground_while_one_branch_stands():
    plan = plan_of(
        node("a"), node("b"), node("c", after={"any_of": [{"ok": "a"}, {"ok": "b"}]}), rows=[({"ok": "c"}, "granted")]
    )
    done = dict.fromkeys("abc", "granted")
    assert plans.returned(plan, outcomes=done, working=[], node="a").voided == ("a",)
    only_a = {"a": "granted", "b": "refused", "c": "granted"}
    assert plans.returned(plan, outcomes=only_a, working=[], node="a").voided == ("a", "c")


def test_a_withdrawal_stands_whatever_is_sent_back_and_can_itself_be_sent_back(restaurant):
    outcomes = {**GRANTED_TO_THE_VISIT, "food": "withdrawn"}
    back = plans.returned(restaurant, outcomes=outcomes, working=[], node="visit")
    assert back.outcomes["food"] == "withdrawn"
    assert plans.returned(restaurant, outcomes=outcomes, working=[], node="food").voided == ("food",)


def test_a_larger_shop_than_first_said_needs_the_fire_check_after_all(restaurant):
    outcomes = plans.close(restaurant, outcomes=GRANTED_TO_THE_VISIT, facts=SMALL)
    after = plans.revised(restaurant, outcomes=outcomes, working=["food"], facts={**SMALL, "area": 500})
    assert after.voided == ("fire",)
    assert after.working == {"food"}
    assert plans.ready(restaurant, outcomes=after.outcomes, facts={**SMALL, "area": 500}) == ["seal", "food", "fire"]


def test_a_smaller_shop_than_first_said_ends_the_fire_check_under_way(restaurant):
    after = plans.revised(restaurant, outcomes=GRANTED_TO_THE_VISIT, working=["fire"], facts=SMALL)
    assert after.voided == ("fire",)
    assert plans.close(restaurant, outcomes=after.outcomes, facts=SMALL)["fire"] == "waived"


def test_an_answer_taken_back_voids_what_rested_on_it(restaurant):
    outcomes = {**GRANTED_TO_THE_VISIT, "fire": "granted", "sign": "waived"}
    after = plans.revised(restaurant, outcomes=outcomes, working=[], facts={})
    assert after.voided == ("sign", "fire")


def test_waived_wins_over_unreached_in_whichever_order_they_come():
    needed = {"fact": "p", "is": True}
    plan = plan_of(node("a"), node("b", when=needed, after={"ok": "a"}), node("c", after={"ok": "b"}))
    refused_first = plans.close(plan, outcomes={"a": "refused"}, facts={})
    assert refused_first == {"a": "refused", "b": "unreached", "c": "unreached"}
    later = plans.revised(plan, outcomes=refused_first, working=[], facts={"p": False})
    both = {"a": "refused", "b": "waived"}
    assert plans.close(plan, outcomes=later.outcomes, facts={"p": False}) == both
    assert plans.close(plan, outcomes={"a": "refused"}, facts={"p": False}) == both


@pytest.mark.parametrize(
    ("outcomes", "node_key"), [({}, "food"), ({"fire": "waived"}, "fire"), ({"food": "unreached"}, "food")]
)
def test_what_nobody_worked_on_cannot_be_sent_back(restaurant, outcomes, node_key):
    with pytest.raises(PlanError) as caught:
        plans.returned(restaurant, outcomes=outcomes, working=["licence"], node=node_key)
    assert (caught.value.key, caught.value.params) == ("plan.nothing_to_return", {"node": node_key})


@pytest.mark.parametrize(
    ("outcomes", "key"), [({"bar": "granted"}, "plan.unknown_node"), ({"food": "fine"}, "plan.unknown_outcome")]
)
def test_outcomes_the_plan_does_not_know_are_refused_everywhere(restaurant, outcomes, key):
    for call in (
        lambda: plans.close(restaurant, outcomes=outcomes, facts={}),
        lambda: plans.revised(restaurant, outcomes=outcomes, working=[], facts={}),
        lambda: plans.critical_path(restaurant, outcomes=outcomes),
    ):
        with pytest.raises(PlanError) as caught:
            call()
        assert caught.value.key == key


def test_the_shortest_time_of_the_large_restaurant_goes_by_papers_visit_and_fire_check(restaurant):
    path = plans.critical_path(restaurant, facts=LARGE)
    assert (path.total, path.decided) == (10, 10)
    assert path.critical == ("food_papers", "visit", "fire")
    assert path.starts["visit"] == 2 and path.finishes["visit"] == 5
    assert path.slack == {
        "licence": 4,
        "seal": 8,
        "sign": 7,
        "food_papers": 0,
        "shop_ready": 2,
        "visit": 0,
        "food": 3,
        "fire": 0,
    }
    assert path.organs == {"market": 0, "police": 8, "city": 7, "fire": 0}


def test_a_waived_node_takes_no_time_and_no_part(restaurant):
    path = plans.critical_path(restaurant, facts=SMALL)
    assert (path.total, path.critical) == (7, ("food_papers", "visit", "food"))
    assert "fire" not in path.slack and "fire" not in path.organs and "sign" not in path.starts


def test_a_node_that_may_be_needed_counts_until_its_fact_is_known(restaurant):
    assert plans.critical_path(restaurant).total == 10


def test_promised_days_replace_those_of_the_plan(restaurant):
    path = plans.critical_path(restaurant, days={"licence": 6}, facts=LARGE)
    assert (path.total, path.critical) == (11, ("licence", "fire"))
    with pytest.raises(PlanError, match=r"^plan\.wrong_days$"):
        plans.critical_path(restaurant, days={"licence": -1})


def test_a_join_on_any_goes_on_with_the_first_and_the_slower_branch_has_slack():
    either = {"any_of": [{"ok": "a"}, {"ok": "b"}]}
    plan = plan_of(
        node("a", days=2), node("b", days=5), node("c", days=4, after=either), rows=[({"ok": "c"}, "granted")]
    )
    path = plans.critical_path(plan)
    assert (path.total, path.starts["c"]) == (6, 2)
    assert path.slack == {"a": 0, "b": 1, "c": 0}


def test_the_result_may_be_known_before_all_work_is_done():
    plan = plan_of(
        node("a", days=2),
        node("b", days=5),
        rows=[({"outcome": "a", "in": ["refused"]}, "refused"), ({"any_of": [{"ok": "a"}, {"ok": "b"}]}, "granted")],
    )
    path = plans.critical_path(plan)
    assert (path.decided, path.total) == (2, 5)


def test_the_result_waits_for_earlier_rows_and_for_no_later_ones():
    b_refused = ({"outcome": "b", "in": ["refused"]}, "refused")
    a_ok = ({"ok": "a"}, "granted")
    for rows, decided in (([b_refused, a_ok], 5), ([a_ok, b_refused], 2)):
        plan = plan_of(node("a", days=2), node("b", days=5), rows=rows)
        assert plans.critical_path(plan).decided == decided


def test_another_branch_is_measured_when_it_is_named():
    plan = plan_of(
        node("a", days=2),
        node("b", days=5, after={"ok": "a"}),
        node("appeal", days=9, after={"outcome": "a", "in": ["refused"]}),
    )
    assert plans.critical_path(plan).total == 7
    assert plans.critical_path(plan, outcomes={"a": "refused"}).total == 11


def test_an_organ_shares_its_slack_between_nodes_on_one_line():
    plan = plan_of(
        node("a", days=1, organ="fire"),
        node("b", days=1, organ="fire", after={"ok": "a"}),
        node("c", days=7, organ="food"),
    )
    path = plans.critical_path(plan)
    assert path.slack == {"a": 5, "b": 5, "c": 0}
    assert path.organs == {"fire": 2, "food": 0}


def test_departments_that_wait_for_each_other_are_named_in_order():
    plan = plan_of(
        node("x"),
        node("a", after={"ok": "b"}),
        node("b", after={"all_of": [{"ok": "x"}, {"not": {"ok": "c"}}]}),
        node("c", after={"any_of": [{"ok": "a"}]}),
        node("d", after={"ok": "d"}),
    )
    assert plans.cycles(plan) == [("a", "b", "c"), ("d",)]
    told = [(fault.path, fault.params["nodes"]) for fault in plans.faults(plan)]
    assert told == [("/nodes/1/after", ("a", "b", "c")), ("/nodes/4/after", ("d",))]


def node(key, **rest):
    return {"key": key, "kind": "review", "organ": "fire", **rest}


def plan_of(*nodes, rows=None, default="refused"):
    ok = [({"all_of": [{"ok": one["key"]} for one in nodes]}, "granted")]
    listed = [{"if": condition, "then": outcome} for condition, outcome in (ok if rows is None else rows)]
    return Plan.from_json({"version": 1, "nodes": list(nodes), "result": {"rows": listed, "default": default}})


@pytest.mark.parametrize(
    ("plan", "path", "key"),
    [
        (plan_of(), "/nodes", "plan.no_nodes"),
        (plan_of(node(""), rows=[]), "/nodes/0/key", "plan.no_key"),
        (plan_of(node("a"), node("a")), "/nodes/1/key", "plan.duplicate_key"),
        (plan_of(node("a", kind="party")), "/nodes/0/kind", "plan.unknown_kind"),
        (plan_of(node("a", days=-1)), "/nodes/0/days", "plan.wrong_days"),
        (plan_of(node("a", organ="")), "/nodes/0/organ", "plan.no_organ"),
        (plan_of(node("a", kind="wait")), "/nodes/0/name", "plan.no_name"),
        (plan_of(node("a", after={"ok": "b"})), "/nodes/0/after/ok", "condition.unknown_node"),
        (plan_of(node("a"), rows=[({"ok": "b"}, "granted")]), "/result/rows/0/if/ok", "condition.unknown_node"),
        (plan_of(node("a", when={"ok": "a"})), "/nodes/0/when/ok", "condition.leaf_not_here"),
        (
            plan_of(node("a", after={"fact": "area", "is": 1})),
            "/nodes/0/after/fact",
            "condition.leaf_not_here",
        ),
        (plan_of(node("a", when={"fact": "floor", "is": 1})), "/nodes/0/when/fact", "condition.unknown_fact"),
        (plan_of(node("a"), rows=[({"ok": "a"}, "unreached")]), "/result/rows/0/then", "plan.unknown_result"),
        (plan_of(node("a"), default="fine"), "/result/default", "plan.unknown_result"),
        (plan_of(node("a"), node("b", after={"ok": "a"}), rows=[({"ok": "a"}, "granted")]), "/nodes/1", "plan.unused"),
    ],
)
def test_publishing_refuses_each_fault_with_its_path(plan, path, key):
    told = plans.faults(plan, facts=FORM)
    assert [(fault.path, fault.key) for fault in told] == [(path, key)]
    assert fault_sentence(told[0], language="zh-hans") != fault_sentence(told[0], language="en")


def test_a_node_that_only_another_used_node_depends_on_is_used():
    plan = plan_of(node("a"), node("b", after={"ok": "a"}), rows=[({"ok": "b"}, "granted")])
    assert plans.faults(plan) == []


def test_any_fact_will_do_when_there_is_no_list_of_facts():
    assert plans.faults(plan_of(node("a", when={"fact": "floor", "is": 1}))) == []


def test_json_written_out_is_whole_and_does_not_share_its_insides():
    plan = Plan.from_json(RESTAURANT)
    data = plan.to_json()
    assert data["version"] == 1
    assert set(data["nodes"][0]) == {"key", "kind", "organ", "skill", "days", "when", "after", "name"}
    data["nodes"][1]["after"]["ok"] = "sign"
    assert Plan.from_json(RESTAURANT) == plan


def test_a_plan_does_not_change_with_the_json_it_was_read_from():
    data = deepcopy(RESTAURANT)
    plan = Plan.from_json(data)
    data["nodes"][1]["after"]["ok"] = "sign"
    data["result"]["rows"][0]["if"]["outcome"] = "sign"
    assert plan == Plan.from_json(RESTAURANT)


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda data: data.pop("nodes"), "/nodes"),
        (lambda data: data.update(nodes={}), "/nodes"),
        (lambda data: data.update(colour="red"), "/colour"),
        (lambda data: data.update(version=True), "/version"),
        (lambda data: data["nodes"].append("seal"), "/nodes/8"),
        (lambda data: data["nodes"][0].pop("key"), "/nodes/0/key"),
        (lambda data: data["nodes"][0].update(days="3"), "/nodes/0/days"),
        (lambda data: data["nodes"][0].update(days=True), "/nodes/0/days"),
        (lambda data: data["nodes"][0].update(afterwards={}), "/nodes/0/afterwards"),
        (lambda data: data["nodes"][0].update(when=None), "/nodes/0/when"),
        (lambda data: data["result"].pop("default"), "/result/default"),
        (lambda data: data["result"]["rows"][1].pop("then"), "/result/rows/1/then"),
    ],
)
def test_json_of_another_shape_is_refused_with_the_path(change, path):
    data = deepcopy(RESTAURANT)
    change(data)
    with pytest.raises(PlanError) as caught:
        Plan.from_json(data)
    assert (caught.value.key, caught.value.params) == ("plan.unreadable", {"path": path})


def test_a_plan_of_a_later_version_is_not_guessed_at():
    with pytest.raises(PlanError, match=r"^plan\.unknown_version$"):
        Plan.from_json({**RESTAURANT, "version": 2})
