"""退回重办: an approver, or whoever works on a later step, sends a case back; a new round begins and nothing hangs.

Dates by hand, calendar of 2026, no holiday between 2 and 31 March. Received and accepted Monday 2 March, limits 20
and 8: 3 (1), 4 (2), 5 (3), 6 (4), 9 (5), 10 (6), 11 (7), 12 March (8): promised; 13 (9), 16-20 (14), 23-27 (19),
30 March (20): statutory. Review in 3 days: 5 March. Settled on 4 March, the visit has 3 days: 5, 6, 9 March. Settled on
6 March, the decision has 2 days: 9, 10 March. Sent back on 9 March, the review has 3 days again: 10, 11, 12 March.
Settled on 10 March, the visit has 11, 12, 13 March; settled on 11 March, the decision has 12, 13 March. Granted on
12 March, to be delivered in 10 days: 13 (1), 16-20 (6), 23-26 (10): 26 March.
"""

import threading
from datetime import date, datetime

import pytest
from django.db import connections, transaction

from xiaoer.cases import services
from xiaoer.cases.models import Step
from xiaoer.cases.rules import BEFORE
from xiaoer.cases.tests import make
from xiaoer.journal import queries as journal
from xiaoer.kernel.refusal import Refusal
from xiaoer.network.tests import make as network
from xiaoer.notices.models import Message
from xiaoer.people.tests import make as people

from .test_case_handlers import deliver

pytestmark = pytest.mark.django_db
REASON = "踏勘记录和布局图对不上，请重新审查布局图"


def at(day: int, hour: int = 10) -> datetime:
    """An hour of a day of March 2026 in Shanghai."""
    return datetime.fromisoformat(f"2026-03-{day:02d}T{hour:02d}:00:00+08:00")


def march(day: int) -> date:
    return date(2026, 3, day)


def settled(case, key, day, *, by=make.REVIEWER, outcome="granted"):
    return make.settled(case, key, by=by, outcome=outcome, now=at(day))


def sent_back(case, key, *, to, day, by=make.APPROVER, reason=REASON):
    return services.send_back(
        make.step(case, key), to=to, reason=reason, by=by, now=at(day), calendar=make.calendar()
    )  # fmt: skip


def stand(case):
    """What stands of each step: state, outcome, round, who has it, until when."""
    found = Step.objects.filter(case=case.id).exclude(kind="wait").order_by("id")
    return {one.key: (one.state, one.outcome, one.round, one.claimed_by, one.due_on) for one in found}


@pytest.fixture
def case():
    return make.accepted(make.submitted(now=at(2)).cases[0], now=at(2))


@pytest.fixture
def deciding(case):
    """A case whose decision an approver has in hand."""
    settled(case, "review", 4)
    settled(case, "visit", 6)
    services.claim(make.step(case, "decision"), by=make.APPROVER, now=at(9, 9))
    return make.fresh(case)


def test_a_case_goes_back_to_its_first_review_and_through_all_again(deciding):
    first, second, approver = make.REVIEWER.id, "reviewer-2", make.APPROVER.id
    assert stand(deciding) == {
        "review": ("settled", "granted", 1, first, march(5)), "visit": ("settled", "granted", 1, first, march(9)),
        "decision": ("working", "", 1, approver, march(10)),
    }  # fmt: skip
    sent_back(deciding, "decision", to="review", day=9)
    assert stand(deciding) == {
        "review": ("ready", "", 2, "", march(12)), "visit": ("waiting", "", 2, "", None),
        "decision": ("waiting", "", 2, "", None),
    }  # fmt: skip
    standing = make.fresh(deciding)
    assert (standing.state, standing.promised_due_on, standing.statutory_due_on) == ("handling", march(12), march(30))
    settled(deciding, "review", 10, by=make.Actor(second))
    assert stand(deciding)["visit"] == ("ready", "", 2, "", march(13))
    settled(deciding, "visit", 11, by=make.Actor(second))
    assert stand(deciding)["decision"] == ("ready", "", 2, "", march(13))
    ended = services.grant(make.fresh(deciding), by=make.APPROVER, now=at(12), calendar=make.calendar())
    assert (ended.state, ended.delivery_due_on) == ("granted", march(26))
    assert not list(journal.differences("step")) and not list(journal.differences("case"))


def test_only_what_was_built_on_it_goes_back(case):
    """From the visit to the review; the decision had not begun and waits as before, in its first round."""
    settled(case, "review", 4)
    services.claim(make.step(case, "visit"), by=make.REVIEWER, now=at(5))
    sent_back(case, "visit", to="review", day=5, by=make.REVIEWER)
    assert stand(case) == {
        "review": ("ready", "", 2, "", march(10)), "visit": ("waiting", "", 2, "", None),
        "decision": ("waiting", "", 1, "", None),
    }  # fmt: skip


def test_a_step_beside_it_stands():
    """Two departments opine at once: only the one that is sent back has to do it again."""
    case_of_two = case_of(TWO)
    settled(case_of_two, "fire", 3)
    settled(case_of_two, "layout", 4)
    services.claim(make.step(case_of_two, "decision"), by=make.APPROVER, now=at(5))
    sent_back(case_of_two, "decision", to="fire", day=5)
    found = {key: seen[:3] for key, seen in stand(case_of_two).items()}
    assert found == {"fire": ("ready", "", 2), "layout": ("settled", "granted", 1), "decision": ("waiting", "", 2)}
    settled(case_of_two, "fire", 6)
    assert make.step(case_of_two, "decision").state == "ready"


def test_what_is_settled_while_its_ground_is_sent_back_leads_to_no_decision(fresh_database):
    """One sends the fire check back while another, who does not see it yet, settles the layout: together the two would
    make the decision ready. On SQLite the second waits for the first and sees it."""
    case = case_of(THREE)
    settled(case, "fire", 3)
    services.claim(make.step(case, "layout"), by=make.REVIEWER, now=at(4))
    services.claim(make.step(case, "second_look"), by=make.APPROVER, now=at(4))
    written, sent = threading.Event(), threading.Event()

    def settle_layout() -> None:
        with transaction.atomic():
            layout = make.step(case, "layout")
            services.settle(
                layout, outcome="granted", opinion="", by=make.REVIEWER, now=at(4), calendar=make.calendar()
            )  # fmt: skip
            written.set()
            sent.wait(1)
        connections.close_all()

    other = threading.Thread(target=settle_layout)
    other.start()
    assert written.wait(10)
    sent_back(case, "second_look", to="fire", day=4)
    sent.set()
    other.join(10)
    with pytest.raises(Refusal, match="decision_waits"):
        services.grant(make.fresh(case), by=make.APPROVER, now=at(4), calendar=make.calendar())
    deliver(at(4))
    found = {key: seen[:2] for key, seen in stand(case).items()}
    assert found == {
        "fire": ("ready", ""), "layout": ("settled", "granted"), "decision": ("waiting", ""),
        "second_look": ("waiting", ""),
    }  # fmt: skip
    assert not list(journal.differences("step"))


def test_a_result_of_another_case_is_not_sent_back():
    cases = make.restaurant(now=at(2))
    food = make.accepted(cases["food"], now=at(2))
    make.accepted(cases["licence"], now=at(2))
    services.grant(make.fresh(cases["licence"]), by=make.APPROVER, now=at(3), calendar=make.calendar())
    services.inform(make.fresh(cases["licence"]), now=at(3), calendar=make.calendar())
    settled(food, "review", 4)
    settled(food, "visit", 6)
    services.claim(make.step(food, "decision"), by=make.APPROVER, now=at(9))
    with pytest.raises(Refusal, match="no_way_back"):
        sent_back(food, "decision", to=f"{BEFORE}licence", day=9)


@pytest.mark.parametrize(
    ("key", "to", "by", "reason", "refused"),
    [
        ("decision", "review", make.APPROVER, " ", "reason_needed"),
        ("decision", "review", make.REVIEWER, REASON, "step_taken"),
        ("decision", "decision", make.APPROVER, REASON, "no_way_back"),
        ("decision", "nowhere", make.APPROVER, REASON, "no_way_back"),
        ("visit", "review", make.REVIEWER, REASON, "step_over"),
    ],
)
def test_who_may_not_and_what_makes_no_sense_is_refused_and_nothing_changes(deciding, key, to, by, reason, refused):
    before = stand(deciding)
    with pytest.raises(Refusal, match=refused):
        sent_back(deciding, key, to=to, day=9, by=by, reason=reason)
    assert stand(deciding) == before


def test_nothing_is_sent_back_while_a_special_procedure_is_open(deciding):
    services.suspend(deciding, ground="检验", days=5, by=make.REVIEWER, now=at(9), calendar=make.calendar())
    with pytest.raises(Refusal, match="not_now"):
        sent_back(deciding, "decision", to="review", day=9)


def test_the_first_opinion_counts_no_more_for_who_may_decide(deciding):
    """Who reviewed in the first round only may decide in the second, which somebody else reviewed (许可法 34, 38)."""
    sent_back(deciding, "decision", to="review", day=9)
    settled(deciding, "review", 10, by=make.Actor("reviewer-2"))
    settled(deciding, "visit", 11, by=make.Actor("reviewer-2"))
    granted = services.grant(make.fresh(deciding), by=make.REVIEWER, now=at(12), calendar=make.calendar())
    assert granted.state == "granted"


def test_who_gave_the_opinion_is_told_that_it_came_back():
    market = network.organ("瑞昌市市场监督管理局", short_name="市监局")
    reviewer = people.officer("reviewer", organ=market)
    case = make.accepted(make.submitted(make.member(organ=market.id), now=at(2)).cases[0], now=at(2))
    by = make.Actor(str(reviewer.id))
    for key in ("review", "visit"):
        settled(case, key, 4, by=by)
    services.claim(make.step(case, "decision"), by=make.APPROVER, now=at(5))
    sent_back(case, "decision", to="visit", day=5)
    deliver(at(5))
    told = Message.objects.filter(account=reviewer.id, kind="cases.sent_back")
    assert told.count() == 1


TWO = {
    "version": 1,
    "nodes": [
        {"key": "fire", "kind": "opinion", "days": 2}, {"key": "layout", "kind": "opinion", "days": 2},
        {"key": "decision", "kind": "decision", "days": 2, "after": {"all_of": [{"ok": "fire"}, {"ok": "layout"}]}},
    ],
    "result": {"rows": [{"if": {"ok": "decision"}, "then": "granted"}], "default": "refused"},
}  # fmt: skip
THREE = TWO | {"nodes": [*TWO["nodes"], {"key": "second_look", "kind": "opinion", "days": 1, "after": {"ok": "fire"}}]}


def case_of(plan):
    organ = network.organ("瑞昌市市场监督管理局", short_name="市监局")
    return make.accepted(make.submitted(make.member(plan=plan, organ=organ.id), now=at(2)).cases[0], now=at(2))
