"""终止办理: an organ ends a case before its decision, since the item was cancelled or nobody is left who applied.

Dates by hand, calendar of 2026: received and accepted Monday 2 March, ended Thursday 5 March: nothing is due any more.
"""

from datetime import datetime

import pytest

from xiaoer.cases import services
from xiaoer.cases.models import Bill, Step
from xiaoer.cases.rules import STATES
from xiaoer.cases.tests import make
from xiaoer.journal import queries as journal
from xiaoer.kernel.refusal import Refusal
from xiaoer.network.tests import make as network
from xiaoer.notices import queries as notices
from xiaoer.notices.models import Message
from xiaoer.notices.rules import KINDS
from xiaoer.people.tests import make as people

from .test_case_handlers import deliver

pytestmark = pytest.mark.django_db
WHY = {"ground": "gone", "reason": "申请人已经注销", "basis": "《中华人民共和国公司法》第二百三十三条"}


def at(day: int, hour: int = 10) -> datetime:
    return datetime.fromisoformat(f"2026-03-{day:02d}T{hour:02d}:00:00+08:00")


def ended(case, day=5, **why):
    said = {**WHY, **why}
    return services.terminate(make.fresh(case), **said, by=make.APPROVER, now=at(day), calendar=make.calendar())


@pytest.fixture
def organ():
    make.calendar()
    return network.organ("瑞昌市市场监督管理局", short_name="市监局")


@pytest.fixture
def owner():
    return people.person("王小二")


@pytest.fixture
def case(organ, owner):
    received = make.submitted(
        make.member(organ=organ.id), now=at(2), applicant=owner.id, account=owner.account_id,
        applicant_shard=owner.shard,
    )  # fmt: skip
    return make.accepted(received.cases[0], now=at(2))


def test_it_ends_the_clock_and_every_step(case):
    services.claim(make.step(case, "review"), by=make.REVIEWER, now=at(3))
    over = ended(case)
    assert (over.state, over.outcome, over.reason) == ("terminated", "withdrawn", "申请人已经注销")
    assert (over.promised_due_on, over.statutory_due_on, over.delivery_due_on) == (None, None, None)
    assert (over.running, STATES["terminated"][2]) == ("stopped", "2")
    assert set(Step.objects.filter(case=case.id).values_list("state", flat=True)) == {"void"}


def test_it_may_end_before_acceptance_and_while_suspended_and_never_after_the_decision(case):
    received = make.submitted(now=at(2)).cases[0]
    assert ended(received).state == "terminated"
    suspended = make.accepted(make.submitted(now=at(2)).cases[0], now=at(2))
    services.suspend(suspended, ground="检验", days=5, by=make.REVIEWER, now=at(3), calendar=make.calendar())
    assert ended(suspended).state == "terminated"
    make.settled(case, "review", now=at(3))
    make.settled(case, "visit", now=at(3))
    services.grant(make.fresh(case), by=make.APPROVER, now=at(4), calendar=make.calendar())
    with pytest.raises(Refusal) as said:
        ended(case)
    assert said.value.key == "not_now"


@pytest.mark.parametrize(("lacks", "key"), [("reason", "reason_needed"), ("basis", "basis_needed")])
def test_it_needs_a_reason_and_a_law(case, lacks, key):
    with pytest.raises(Refusal) as said:
        ended(case, **{lacks: " "})
    assert said.value.key == key and make.fresh(case).state == "accepted"


def test_the_applicant_gets_a_decision_with_remedies_and_owes_nothing(case, owner):
    make.billed(case, now=at(2))
    ended(case)
    deliver(at(5, 12))
    paper = next(one for one in notices.documents(shard=case.shard, subject=case.id) if one.kind == "termination")
    assert paper.facts["basis"] == WHY["basis"] and KINDS["termination"].adverse
    assert Message.objects.filter(account=owner.account_id, kind="cases.terminated").count() == 1
    assert Bill.objects.get(case=case.id).state == "void"


def test_what_waits_for_it_is_not_left_waiting(organ):
    """What is built on it cannot be granted any more; the organ refuses it, and nobody waits."""
    received = make.submitted(
        make.member("licence", plan=make.DECIDED, procedure="registration", organ=organ.id),
        make.member("food", after={"ok": "licence"}, organ=organ.id), now=at(2),
    )  # fmt: skip
    cases = {case.key: case for case in received.cases}
    food = make.accepted(cases["food"], now=at(2))
    for key in ("review", "visit"):
        make.settled(food, key, now=at(3))
    ended(cases["licence"], 5)
    deliver(at(5, 12))
    waited = Step.objects.get(case=food.id, kind="wait")
    assert (waited.state, waited.outcome) == ("settled", "withdrawn")
    with pytest.raises(Refusal):
        services.grant(make.fresh(food), by=make.APPROVER, now=at(6), calendar=make.calendar())
    why = "所需的营业执照没有办成"
    refused = services.refuse(make.fresh(food), reason=why, by=make.APPROVER, now=at(6), calendar=make.calendar())
    assert refused.state == "refused"


def test_its_entry_cites_the_law_that_was_named(case):
    ended(case)
    assert [one.law for one in journal.entries(shard=case.shard, subject=case.id)][-1] == WHY["basis"]
