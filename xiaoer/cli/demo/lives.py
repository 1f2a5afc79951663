"""Three months of a county's cases, lived through by the platform's own acts in the order of days.

Nothing is random: which restaurant is refused, corrected, suspended or forgotten follows from its place in the row, so
that two demonstrations begun on one day are alike.
"""

import heapq
from collections.abc import Callable
from datetime import date, datetime, timedelta

from xiaoer import flow
from xiaoer.cases import queries as cases
from xiaoer.cases import rules, services
from xiaoer.cases.models import Case, Requirement, Step
from xiaoer.cases.services.time import day_of
from xiaoer.files import services as files
from xiaoer.journal import services as journal
from xiaoer.people import queries as people

from . import errands
from .applying import BUNDLE, LICENCE, answers, apply_for, licence_answers, picture
from .places import RUICHANG
from .town import Town

PAPER = "notices.render"
FRESH = 8
LEFT_TO_WORKER = (PAPER, "licences.render")
REVOKED = 2
"""The restaurant whose licence turns out to have been got by a wrong plan."""
DISSOLVED = 7
"""The restaurant of which one case ends without a decision, since nobody is left to decide about."""
SHORT_TEST, LONG_TEST = 5, 15
"""Days that a test of the kitchen takes: the long one, of the last restaurant before the fresh ones, goes on still."""
ANNOUNCED = FRESH + 3
"""The restaurant so far from the end has a hearing before it; the last one may still ask for one."""
ASKED = FRESH + 2
"""The restaurant so far from the end was told lately what its plan lacks and has not answered, whatever day it is."""


def live(town: Town, since: datetime, *, restaurants: int) -> None:
    """Let restaurants be opened over the months, some every day, and everything follow from it."""
    days = [day for day in _days(since.date(), town.until.date()) if town.calendar.is_working(day)]
    town.asked = restaurants - ASKED
    town.heard = (restaurants // 2, restaurants - ANNOUNCED, restaurants - 1)
    for place in range(restaurants):
        fresh = place >= restaurants - FRESH
        on = days[-2] if fresh else days[-6] if place == town.heard[1] else days[place * len(days) // restaurants]
        last = place == restaurants - FRESH - 1
        town.plan(on, 9 + place % 8, _opening(town, place, left=fresh and place % 2 == 0, last=last))
    for place in range(0, restaurants, 6):
        town.plan(days[place * len(days) // restaurants], 16, _new_licence(town, place))
    if restaurants:
        town.plan(days[-3], 16, _new_licence(town, restaurants))  # its bill is still to be paid
        town.plan(days[-8], 16, _new_licence(town, restaurants - 1))  # delivered, and still to be rated
    today = since.date()
    while town.agenda and town.agenda[0][0] <= town.until:
        at, _, what = heapq.heappop(town.agenda)
        if at.date() > today:
            _evening(at)
            today = at.date()
        what(at)
    _evening(town.until)


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=offset) for offset in range((last - first).days + 1)]


def _evening(now: datetime) -> None:
    """Deliver entries, run timers, give positions; papers are left to the worker of the demonstration."""
    journal.sweep(alarms=flow.ALARMS, now=now)
    while journal.dispatch(flow=flow.HANDLERS, now=now) + journal.deliver(
        flow=flow.HANDLERS, now=now, without=LEFT_TO_WORKER
    ):
        pass
    while journal.sequence(now=now):
        pass


def _opening(town: Town, place: int, *, left: bool, last: bool) -> Callable[[datetime], None]:
    """Apply; left: on the desk for whoever tries the demonstration; last: its kitchen is under a long test."""
    citizen = town.citizen(place)
    test_days = LONG_TEST if last else SHORT_TEST if place % 23 == 11 else 0

    def open_restaurant(now: datetime) -> None:
        received = apply_for(
            citizen, matter=BUNDLE, typed=answers(citizen, place), way=("counter", "electronic", "post")[place % 3],
            now=now, calendar=town.calendar,
        )  # fmt: skip
        errands.talk(town, received.cases, place, now)
        if left or (place % 29 == 17 and place not in town.heard):
            return  # forgotten on a desk: silence will accept it
        for case in received.cases:
            if case.state == "received":
                town.plan(town.later(now, 1), 9, _intake(town, case, place, test_days=test_days))
            else:
                town.plan(town.later(now, 1), 14, _work(town, case, place))

    return open_restaurant


def _new_licence(town: Town, place: int) -> Callable[[datetime], None]:
    """Apply for a driving licence, which is paid for once it is accepted."""
    citizen = town.citizen(place)

    def apply(now: datetime) -> None:
        received = apply_for(
            citizen, matter=LICENCE, typed=licence_answers(citizen), way="counter", now=now, calendar=town.calendar
        )
        town.plan(town.later(now, 1), 9, _intake(town, received.cases[0], place))
        town.plan(town.later(now, 3), 19, errands.pay(town, received.cases[0], place))

    return apply


OFFICES = {"business_licence": "market", "food_licence": "market", "signboard": "city", "seal_filing": "police",
           "fire_check": "fire"}  # fmt: skip
POLICE = "police"


def _fresh(case: Case) -> Case:
    return Case.objects.get(shard=case.shard, id=case.id)


def _intake(town: Town, case: Case, place: int, *, test_days: int = 0) -> Callable[[datetime], None]:
    """Accept, or tell what is missing and accept after the supplement."""

    def take_in(now: datetime) -> None:
        fresh = _fresh(case)
        if fresh.state != "received":
            return
        owes_paper = place == town.asked or (place % 9 == 4 and place not in town.heard)
        if owes_paper and case.key == "food_licence" and not fresh.gaps:
            gaps = [{"material": "layout_plan", "reason": "图上没有标出洗手池的位置，请补画后重新上传"}]
            services.notify(
                fresh, gaps=gaps, until=town.later(now, 15), by=town.by("clerk"), now=now, calendar=town.calendar
            )
            if place % 18 == 4 and place != town.asked:
                town.plan(town.later(now, 3), 10, _supplement(town, case, place))
            return
        services.accept(fresh, organs=cases.organs_of(fresh), by=town.by("clerk"), now=now, calendar=town.calendar)
        if place in town.heard and case.key == "food_licence":
            errands.hear(town, case, place, now + timedelta(hours=1))
        town.plan(town.later(now, 1 + place % 2), 10, _work(town, case, place, test_days=test_days))

    return take_in


def _supplement(town: Town, case: Case, place: int) -> Callable[[datetime], None]:
    def supplement(now: datetime) -> None:
        by = people.actor(town.citizen(place).account)
        paper = Requirement.objects.get(shard=case.shard, application=case.application, key="layout_plan")
        stored = files.store(picture(f"layout-{place}"), shard=RUICHANG, by=by, now=now)
        services.provide(paper, way="upload", file=stored.id, by=by, now=now)
        services.supplement(_fresh(case), by=by, now=now, calendar=town.calendar)
        town.plan(town.later(now, 1), 11, _intake(town, case, place))

    return supplement


def _work(town: Town, case: Case, place: int, *, test_days: int = 0) -> Callable[[datetime], None]:
    """Settle one step a day; when the decision is ready, decide. test_days: how long the kitchen is tested, once."""
    office = OFFICES.get(case.key, POLICE)

    def work(now: datetime) -> None:
        fresh = _fresh(case)
        if fresh.state not in rules.WORKED:
            return
        ready = Step.objects.filter(shard=case.shard, case=case.id, state="ready").order_by("due_on").first()
        if ready is None:
            town.plan(town.later(now, 1), 10, work)  # waits for another department
        elif ready.kind == rules.DECISION:
            _decide(town, fresh, office, place, now)
        else:
            by = town.by(f"{office}-reviewer")
            step = services.claim(ready, by=by, now=now)
            if ready.kind == "visit" and test_days and case.key == "food_licence":
                services.suspend(_fresh(case), ground="检验", days=test_days, by=by, now=now, calendar=town.calendar)
                town.plan(town.later(now, test_days), 9, _resume(town, case, office))
                town.plan(town.later(now, test_days + 1), 10, _work(town, case, place))
                services.release(step, by=by, now=now, reason="等待检验结果")
                return
            opinion = "材料齐全，符合要求" if ready.kind == "review" else "现场与图纸一致，设施符合要求"
            services.settle(step, outcome="granted", opinion=opinion, by=by, now=now, calendar=town.calendar)
            town.plan(town.later(now, 1 + place % 2), 14, work)

    return work


def _resume(town: Town, case: Case, office: str) -> Callable[[datetime], None]:
    def resume(now: datetime) -> None:
        services.resume(_fresh(case), by=town.by(f"{office}-reviewer"), now=now, calendar=town.calendar)

    return resume


def _decide(town: Town, case: Case, office: str, place: int, now: datetime) -> None:
    by = town.by(f"{office}-approver")
    if rules.hearing.bars(rules.hearing.read(case.hearing), day_of(now)):
        town.plan(town.later(now, 1), 10, _work(town, case, place))
        return
    if place == DISSOLVED and case.key == "signboard":
        services.terminate(
            case, ground="gone", reason="申请人登记的个体工商户已经注销",
            basis="《中华人民共和国行政许可法》第七十条（参照）", by=by, now=now, calendar=town.calendar,
        )  # fmt: skip
        return
    if place % 16 == 9 and case.key == "signboard":
        services.refuse(
            case, reason="招牌超出门楣两侧各 20 厘米，不符合设置规范", by=by, now=now, calendar=town.calendar
        )
    else:
        services.grant(case, by=by, now=now, calendar=town.calendar)
    if place % 11 != 5:
        town.plan(town.later(now, 2), 15, _deliver(town, case, place))


def _deliver(town: Town, case: Case, place: int) -> Callable[[datetime], None]:
    def deliver(now: datetime) -> None:
        if errands.owes(case):
            town.plan(town.later(now, 2), 15, deliver)
            return
        services.deliver(_fresh(case), way="counter", by=town.by("clerk"), now=now, calendar=town.calendar)
        if place == REVOKED and case.key == "food_licence":
            town.plan(town.later(now, 10), 11, errands.revoke(town, case))
        if place % 3 != 2:
            town.plan(town.later(now, 1 + place % 3), 20, errands.rate(town, case, place))

    return deliver
