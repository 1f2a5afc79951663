"""One who grants and three who tell of the right to a hearing at one instant: one is done (行政许可法 47)."""

import pytest

from tests.make import race
from xiaoer.cases import services
from xiaoer.cases.models import Case
from xiaoer.cases.tests import make
from xiaoer.kernel.refusal import Refusal

pytestmark = pytest.mark.races
CASES = 12


def doing(by):
    return {"by": by, "now": make.NOW, "calendar": make.calendar()}


def tell(case):
    return services.tell_hearing(
        case, ground="interest", reason="油烟排放", parties=["张三"], **doing(make.REVIEWER)
    )  # fmt: skip


def grant(case):
    return services.grant(case, **doing(make.APPROVER))


def test_one_of_them_is_done_and_nothing_is_granted_past_a_right(fresh_database):
    ways = []
    for _ in range(CASES):
        accepted = make.accepted()
        for key in ("review", "visit"):
            make.settled(accepted, key)
        case, acts = make.fresh(accepted), (tell, tell, tell, grant)
        results = race(len(acts), lambda place, case=case, acts=acts: acts[place](Case.objects.get(id=case.id)))
        ended = make.fresh(case)
        assert (ended.state == "granted") != bool(ended.hearing), results
        assert sum(type(one) is Case for one in results) == 1, results
        assert sum(type(one) is Refusal for one in results) == len(acts) - 1, results
        ways.append(ended.state)
    granted = ways.count("granted")
    print(f"{CASES} cases: {granted} granted, {CASES - granted} told: ok")
