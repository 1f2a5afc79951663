"""Who grants and who tells of the right to a hearing at one instant do not both succeed (行政许可法 47)."""

import pytest

from tests.make import race
from xiaoer.cases import services
from xiaoer.cases.models import Case
from xiaoer.cases.tests import make
from xiaoer.kernel.refusal import Refusal

pytestmark = pytest.mark.races
PAIRS = 6


def doing(by):
    return {"by": by, "now": make.NOW, "calendar": make.calendar()}


def tell(case):
    return services.tell_hearing(
        case, ground="interest", reason="油烟排放", parties=["张三"], **doing(make.REVIEWER)
    )  # fmt: skip


def grant(case):
    return services.grant(case, **doing(make.APPROVER))


def test_one_of_the_two_is_refused_and_nothing_is_granted_past_a_right(fresh_database):
    ways = []
    for _ in range(PAIRS):
        accepted = make.accepted()
        for key in ("review", "visit"):
            make.settled(accepted, key)
        case, acts = make.fresh(accepted), (tell, grant)
        results = race(2, lambda place, case=case, acts=acts: acts[place](Case.objects.get(id=case.id)))
        ended = make.fresh(case)
        assert (ended.state == "granted") != bool(ended.hearing), results
        assert sorted(type(one) is Refusal for one in results) == [False, True], results
        ways.append(ended.state)
    print(f"{PAIRS} pairs: {ways.count('granted')} granted, {PAIRS - ways.count('granted')} told: ok")
