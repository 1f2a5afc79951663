"""听证 (行政许可法 36, 45-48): who is told of the right, who asks, when it is held, and nothing is decided before.

Dates by hand, calendar of 2026; the law's days are working days (82). Received and accepted Monday 2 March. Told on
Tuesday 3 March, five days to ask: 4 (1), 5, 6, 9, 10 March (5). Asked for on Friday 6 March, to be held within twenty
days: 9 (1), 10, 11, 12, 13 (5), 16-20 (10), 23-27 (15), 30, 31 March, 1, 2, 3 April (20). Announced on Monday 9 March,
seven days before at least: 10 (1), 11, 12, 13, 16, 17, 18 March (7). Over Spring Festival (15-23 February off, Saturday
14 February worked) told on 12 February: 13 (1), 14 (2), 24 (3), 25 (4), 26 February (5).
"""

from datetime import date, datetime, time
from uuid import UUID

import pytest

from xiaoer.cases import queries, services
from xiaoer.cases.events import StepClaimed
from xiaoer.cases.models import Case
from xiaoer.cases.tests import make
from xiaoer.journal import services as journal
from xiaoer.journal.services import Actor, Change
from xiaoer.kernel.refusal import Refusal, sentence
from xiaoer.network.tests import make as network
from xiaoer.notices import queries as notices
from xiaoer.notices.models import Message
from xiaoer.people.models import Account
from xiaoer.people.tests import make as people

from .test_case_handlers import deliver

pytestmark = pytest.mark.django_db
PARTIES = ["楼上住户 张三", "楼上住户 李四"]
APPLICANT = make.APPLICANT


def at(day: int, hour: int = 10, month: int = 3) -> datetime:
    return datetime.fromisoformat(f"2026-{month:02d}-{day:02d}T{hour:02d}:00:00+08:00")


def march(day: int) -> date:
    return date(2026, 3, day)


@pytest.fixture
def organ():
    make.calendar()
    return network.organ("瑞昌市市场监督管理局", short_name="市监局")


@pytest.fixture
def chair(organ):
    """An officer of the organ who has no part in the review."""
    return people.officer("reviewer", organ, name="主持人甲")


def decidable(organ, **values):
    """A case that is ready to be decided."""
    accepted = make.accepted(make.submitted(make.member(organ=organ.id), now=at(2), **values).cases[0], now=at(2))
    for key in ("review", "visit"):
        make.settled(accepted, key, now=at(2, 15))
    return make.fresh(accepted)


@pytest.fixture
def case(organ):
    return decidable(organ)


def doing(day: int, *, by: Actor = make.REVIEWER, month: int = 3) -> dict:
    return {"by": by, "now": at(day, month=month), "calendar": make.calendar()}


def told(case, day=3, *, ground="interest", parties=PARTIES, month=3):
    return services.tell_hearing(
        make.fresh(case), ground=ground, reason="油烟排放关系楼上住户的重大利益", parties=parties,
        **doing(day, month=month),
    )  # fmt: skip


def asked(case, day=6, *, side="applicant", who="", by=APPLICANT):
    return services.ask_hearing(make.fresh(case), side=side, who=who, **doing(day, by=by))


def announced(case, chair, day=9, *, on=18):
    return services.set_hearing(
        make.fresh(case), date=march(on), time=time(9, 30), place="政务服务大厅三楼会议室", chair=chair.id, **doing(day)
    )


def held(case, chair, day=18):
    return services.hold_hearing(
        make.fresh(case), present="申请人王小二；楼上住户张三", record="张三要求加高排烟口，申请人同意。",
        **doing(day, by=Actor(str(chair.id))),
    )  # fmt: skip


def dropped(case, day=10, *, side="applicant", by=APPLICANT):
    return services.drop_hearing(make.fresh(case), side=side, reason="已经谈妥", **doing(day, by=by))


def granted(case, day):
    return services.grant(make.fresh(case), **doing(day, by=make.APPROVER))


def refused(act, *args, **kwargs) -> Refusal:
    with pytest.raises(Refusal) as caught:
        act(*args, **kwargs)
    return caught.value


def test_nobody_asks_and_the_decision_is_free_on_the_day_after_the_fifth(case):
    assert told(case).hearing["ask_until"] == "2026-03-10"
    said = refused(granted, case, 10)
    assert said.key == "hearing_may_be_asked" and "四十七条" in sentence(said, language="zh-hans")
    assert refused(services.refuse, make.fresh(case), reason="不合格", **doing(10, by=make.APPROVER)).key == said.key
    assert granted(case, 11).state == "granted"


def test_the_days_to_ask_are_working_days_over_spring_festival(organ):
    case = make.accepted(make.submitted(now=at(11, month=2)).cases[0], now=at(11, month=2))
    assert told(case, 12, month=2).hearing["ask_until"] == "2026-02-26"


def test_a_hearing_is_asked_for_announced_and_held_and_then_it_is_decided_by_its_record(case, chair):
    told(case)
    assert asked(case).hearing["hold_by"] == "2026-04-03"
    assert refused(granted, case, 11).key == "hearing_comes_first"
    standing = announced(case, chair).hearing
    assert (standing["on"], standing["chair"]) == ("2026-03-18", str(chair.id))
    said = refused(granted, case, 17)
    assert said.key == "hearing_comes_first" and "四十八条" in sentence(said, language="zh-hans")
    assert refused(held, case, chair, day=17).key == "hearing_not_yet"
    assert held(case, chair).hearing["held_on"] == "2026-03-18"
    ended = granted(case, 19)
    assert (ended.state, ended.promised_due_on, ended.statutory_due_on) == ("granted", march(12), march(30))


def test_the_days_of_a_hearing_are_not_counted_when_the_case_is_suspended_for_it(case, chair):
    """Suspended (6, 18] March: 3, 4, 5, 6 counted (4); 19 (5), 20 (6), 23 (7), 24 March (8): promised."""
    told(case)
    asked(case)
    services.suspend(make.fresh(case), ground="听证", days=8, **doing(6))
    announced(case, chair)
    held(case, chair)
    resumed = services.resume(make.fresh(case), **doing(18))
    assert resumed.promised_due_on == march(24)
    assert granted(case, 19).state == "granted"


@pytest.mark.parametrize(("on", "key"), [(17, "hearing_too_soon"), (18, ""), (31, "")])
def test_it_is_announced_seven_days_before(case, chair, on, key):
    told(case)
    asked(case)
    if key:
        said = refused(announced, case, chair, on=on)
        assert said.key == key and "四十八条" in sentence(said, language="zh-hans")
    else:
        announced(case, chair, on=on)


def test_it_is_held_within_twenty_days_of_the_asking_and_as_soon_as_it_can_be_when_these_have_passed(case, chair):
    """Announced on 30 March, seven days: 31 March (1), 1, 2, 3, 7, 8, 9 April (7); 4-6 April are off."""
    told(case)
    asked(case)
    setting = {"time": time(9), "place": "三楼", "chair": chair.id}
    late = refused(services.set_hearing, make.fresh(case), date=date(2026, 4, 7), **setting, **doing(9))
    assert late.key == "hearing_too_late" and "四十七条" in sentence(late, language="zh-hans")
    services.set_hearing(make.fresh(case), date=date(2026, 4, 3), **setting, **doing(9))
    late = refused(services.set_hearing, make.fresh(case), date=date(2026, 4, 10), **setting, **doing(30))
    assert late.key == "hearing_too_late"
    again = services.set_hearing(make.fresh(case), date=date(2026, 4, 9), **setting, **doing(30))
    assert again.hearing["on"] == "2026-04-09"


def test_another_chair_needs_no_new_day_and_another_place_does(case, chair, organ):
    told(case)
    asked(case)
    announced(case, chair)
    other = people.officer("clerk", organ, name="主持人戊")
    assert refused(announced, case, other, day=17, on=19).key == "hearing_too_soon"
    moved = {"date": march(18), "time": time(9, 30), "place": "别的会议室", "chair": other.id}
    assert refused(services.set_hearing, make.fresh(case), **moved, **doing(17)).key == "hearing_too_soon"
    assert announced(case, other, day=17).hearing["chair"] == str(other.id)
    assert refused(held, case, chair).key == "hearing_chair_only"
    assert held(case, other).hearing["held_on"] == "2026-03-18"


def test_who_reviewed_does_not_take_the_chair_and_who_has_the_chair_does_not_review(chair):
    organ = network.organ("瑞昌市公安局", short_name="公安局")
    reviewer = people.officer("reviewer", organ, name="审查人乙")
    open_case = make.accepted(make.submitted(make.member(organ=organ.id), now=at(2)).cases[0], now=at(2))
    taken = services.claim(make.step(open_case, "review"), by=Actor(str(reviewer.id)), now=at(2, 11))
    services.release(taken, by=Actor(str(reviewer.id)), now=at(2, 12))  # it was in his hands, whoever ends it
    told(open_case)
    asked(open_case)
    said = refused(announced, open_case, reviewer)
    assert said.key == "hearing_chair_reviews" and "四十八条" in sentence(said, language="zh-hans")
    assert refused(announced, open_case, chair).key == "hearing_chair_unknown"  # of another organ
    other = people.officer("clerk", organ, name="主持人丙")
    announced(open_case, other)
    said = refused(services.claim, make.step(open_case, "review"), by=Actor(str(other.id)), now=at(10))
    assert said.key == "hearing_chair_reviews"
    assert refused(held, open_case, reviewer).key == "hearing_chair_only"


def test_all_who_asked_may_take_it_back_and_then_the_five_days_count_again(case, chair):
    told(case)
    asked(case, 5)
    asked(case, 6, side="party", who="张三", by=make.CLERK)
    assert refused(asked, case, 6).key == "hearing_asked_already"
    announced(case, chair)
    dropped(case, 9, side="party", by=make.CLERK)
    assert refused(granted, case, 9).key == "hearing_comes_first"
    assert dropped(case, 9).hearing.get("on") is None
    assert refused(granted, case, 10).key == "hearing_may_be_asked"
    assert refused(asked, case, 11).key == "hearing_asked_late"
    assert granted(case, 11).state == "granted"


def test_an_interested_party_asks_on_paper_and_an_officer_names_who(case):
    told(case)
    assert refused(asked, case, side="party", by=make.CLERK).key == "hearing_who"
    assert asked(case, side="party", who="张三", by=make.CLERK).hearing["askers"] == ["party"]


def test_the_law_itself_wants_a_hearing(case, chair):
    """行政许可法 46: announced to the public and held; nobody has to ask, and nobody can take it back."""
    standing = told(case, ground="law", parties=[]).hearing
    assert (standing["askers"], standing.get("ask_until")) == (["organ"], None)
    assert refused(asked, case).key == "hearing_asked_already"
    assert refused(granted, case, 20).key == "hearing_comes_first"
    assert refused(dropped, case, side="organ", by=make.REVIEWER).key == "hearing_not_asked"
    announced(case, chair)
    held(case, chair)
    assert granted(case, 19).state == "granted"


def test_what_cannot_be_done_is_refused(case, chair):
    assert refused(asked, case).key == "hearing_not_told"
    assert refused(announced, case, chair).key == "hearing_not_asked"
    assert refused(held, case, chair).key == "hearing_not_set"
    assert refused(dropped, case).key == "hearing_not_asked"
    assert refused(told, case, parties=[]).key == "hearing_parties"
    told(case)
    assert refused(told, case).key == "hearing_told_already"
    assert refused(announced, case, chair).key == "hearing_not_asked"
    asked(case)
    announced(case, chair)
    held(case, chair)
    for act in (lambda: held(case, chair), lambda: announced(case, chair, 18, on=30), lambda: dropped(case, 18)):
        assert refused(act).key == "hearing_over"


def test_papers_messages_and_names(organ, chair):
    """Three papers, the decision cites the record, the applicant is told; who they are lies sealed."""
    owner = people.person("王小二")
    case = decidable(organ, applicant=owner.id, account=owner.account_id, applicant_shard=owner.shard)
    told(case)
    asked(case)
    announced(case, chair)
    held(case, chair)
    granted(case, 19)
    deliver(at(19, 12))
    found = notices.documents_of(shard=case.shard, subjects=[case.id])[case.id]
    kinds = {row.kind: row.facts for row in found}
    assert {"hearing_right", "hearing_notice", "hearing_record"} <= set(kinds)
    assert kinds["hearing_right"]["until"] == "2026-03-10"
    assert (kinds["hearing_notice"]["held_on"], kinds["hearing_notice"]["chair"]) == ("2026-03-18", "主持人甲")
    assert kinds["grant"]["heard_on"] == "2026-03-18"
    titles = Message.objects.filter(account=owner.account_id, kind__contains="hearing").values_list("kind", flat=True)
    assert set(titles) == {"cases.hearing_told", "cases.hearing_set"}
    stored = str(list(Case.objects.filter(id=case.id).values()))
    assert not any(name in stored for name in ("张三", "李四", "加高排烟口"))


def test_a_chair_is_an_account(case):
    told(case)
    asked(case)
    assert refused(announced, case, Account(id=UUID(int=7))).key == "hearing_chair_unknown"


def test_who_came_to_review_at_the_instant_of_the_announcement_does_not_hold_the_hearing(organ, chair):
    """The claim did not see the announcement: the record is refused, and another one takes the chair."""
    open_case = make.accepted(make.submitted(make.member(organ=organ.id), now=at(2)).cases[0], now=at(2))
    told(open_case)
    asked(open_case)
    announced(open_case, chair)
    claimed = Change(make.step(open_case, "review"), StepClaimed())
    journal.act([claimed], by=Actor(str(chair.id)), now=at(9, 11))
    assert refused(held, open_case, chair).key == "hearing_chair_reviews"
    other = people.officer("clerk", organ, name="主持人丁")
    announced(open_case, other)
    assert held(open_case, other).hearing["held_on"] == "2026-03-18"


def test_the_applicant_is_told_of_a_hearing_that_is_held_without_anybody_asking(organ, chair):
    owner = people.person("王小二")
    case = decidable(organ, applicant=owner.id, account=owner.account_id, applicant_shard=owner.shard)
    told(case, ground="law", parties=[])
    deliver(at(3, 12))
    kinds = Message.objects.filter(account=owner.account_id, kind__contains="hearing").values_list("kind", flat=True)
    assert list(kinds) == ["cases.hearing_ordered"]
    paper = next(one for one in notices.documents(shard=case.shard, subject=case.id) if one.kind == "hearing_right")
    assert (paper.facts["ground"], paper.facts.get("until")) == ("law", None)


def test_who_asked_for_a_hearing_has_not_worked_on_the_case_and_may_rate_it(case, chair):
    told(case)
    asked(case)
    announced(case, chair)
    held(case, chair)
    granted(case, 19)
    worked = queries.served(shard=case.shard, identity=case.id).worked
    assert APPLICANT.id not in worked and {str(chair.id), make.APPROVER.id} <= worked
