"""What people do beside the way of a case: ask and answer, pay, rate; and a licence that is revoked."""

from collections.abc import Callable, Iterable
from datetime import datetime, time
from typing import Any

from xiaoer.cases import rules, services
from xiaoer.cases.models import Bill, Case, Question
from xiaoer.cases.services import pay_stand_in
from xiaoer.cases.services.time import day_of
from xiaoer.evaluation import rules as ratings
from xiaoer.evaluation import services as evaluation
from xiaoer.evaluation.models import Invitation
from xiaoer.journal.services import Actor
from xiaoer.kernel.refusal import Refusal
from xiaoer.licences import queries as licence_queries
from xiaoer.licences import services as licences
from xiaoer.people import queries as people

from .applying import picture
from .town import Town

LEVELS = (5, 5, 4, 5, 3, 5, 4, 2, 5, 4)
WORDS = {2: "说好当天给回音，等了三天才接到电话。", 5: "在手机上就办完了，没有想到这么快。"}


def talk(town: Town, cases: Iterable[Case], place: int, now: datetime) -> None:
    """Let organ and applicant ask each other something; the answers come two days on, the newest are still open."""
    applicant = people.actor(town.citizen(place).account)
    for case in cases:
        if case.key == "food_licence" and place % 4 == 1:
            text, by = "布局图上看不清洗手池和专间的位置，能不能补一张局部图？", town.by("market-reviewer")
            question = services.ask(case, side=rules.OFFICER, text=text, by=by, now=now)
            words = "洗手池在后厨入口左侧，专间在最里面，见附图。"
            town.plan(town.later(now, 2), 8, _answer(question, words, applicant, drawn=f"answer-{place}"))
        if case.key == "signboard" and place % 5 == 2:
            question = services.ask(case, side=rules.APPLICANT, text="招牌晚上可以亮到几点？", by=applicant, now=now)
            words = "可以亮到晚上十点，不要正对住户的窗户。"
            town.plan(town.later(now, 2), 8, _answer(question, words, town.by("city-reviewer")))


def _answer(question: Question, text: str, by: Actor, *, drawn: str = "") -> Callable[[datetime], None]:
    """Answer a question while its case is open. drawn: name of a picture that comes with it."""

    def answer(now: datetime) -> None:
        case = Case.objects.get(shard=question.shard, id=question.case)
        if case.state in rules.FINAL and question.side == rules.OFFICER:
            return
        attached = services.stored([picture(drawn)] if drawn else [], case, by=by, now=now)
        services.answer(question, text=text, attached=attached, by=by, now=now)

    return answer


def owes(case: Case) -> bool:
    """Whether a bill of the case is still to be paid."""
    return Bill.objects.filter(shard=case.shard, case=case.id, state="due").exists()


def pay(town: Town, case: Case, place: int) -> Callable[[datetime], None]:
    """Pay what was billed: every other one online, the rest at the window."""

    def paid(now: datetime) -> None:
        by = people.actor(town.citizen(place).account)
        for bill in Bill.objects.filter(shard=case.shard, case=case.id, state="due"):
            if place % 12:
                services.pay_at_counter(bill, receipt=f"赣财{bill.number[-6:]}", by=town.by("clerk"), now=now)
                continue
            adapter = pay_stand_in.ADAPTER
            services.begin_payment(bill, adapter=adapter, title=case.service_name, return_url="/my/", by=by, now=now)
            bill.refresh_from_db()
            pay_stand_in.answer(bill.reference, "paid")
            services.confirm(bill, adapter=adapter, now=now)

    return paid


def rate(town: Town, case: Case, place: int) -> Callable[[datetime], None]:
    """Rate a service that was delivered, with reasons; words where there is something to say."""

    def rated(now: datetime) -> None:
        invitation = Invitation.objects.filter(shard=case.shard, case=case.id, state="open").first()
        if invitation is None:
            return
        level = LEVELS[(place + len(case.key)) % len(LEVELS)]
        reasons = [one.code for one in ratings.indicators(level, on=day_of(now))][place % 3 :: 4]
        try:
            evaluation.rate(
                invitation, level=level, reasons=reasons, words=WORDS.get(level, "") if place % 2 else "",
                staff_level=level if invitation.received_by else None,
                by=people.actor(town.citizen(place).account), now=now,
            )  # fmt: skip
        except Refusal as refused:
            if refused.key != "rating_closed":
                raise

    return rated


def hear(town: Town, case: Case, place: int, now: datetime) -> None:
    """Tell the neighbours and the applicant of their right to a hearing; what follows is up to the restaurant's place.

    The first of those who are heard asks, is heard and granted; the second asks and has the day; the last may ask.
    """
    reviewer, applicant = town.by("market-reviewer"), people.actor(town.citizen(place).account)
    stage = town.heard.index(place)

    def doing(by: Actor, at: datetime) -> dict[str, Any]:
        return {"by": by, "now": at, "calendar": town.calendar}

    def ask(at: datetime) -> None:
        services.ask_hearing(_fresh(case), side="applicant", **doing(applicant, at))

    def announce(at: datetime) -> None:
        services.set_hearing(
            _fresh(case), date=town.later(at, 8), time=time(9, 30), place="瑞昌市政务服务中心三楼会议室",
            chair=town.staff["head"].id, **doing(reviewer, at),
        )  # fmt: skip
        if stage == 0:
            town.plan(town.later(at, 8), 11, hold)

    def hold(at: datetime) -> None:
        record = "三楼住户要求把排烟口加高到屋顶以上；申请人同意，并在开业前改好。"
        services.hold_hearing(
            _fresh(case), present="申请人；三楼住户周女士", record=record, **doing(town.by("head"), at)
        )  # fmt: skip

    services.tell_hearing(
        _fresh(case), ground="interest", reason="厨房排烟口正对楼上住户的窗户", parties=["三楼住户 周女士"],
        **doing(reviewer, now),
    )  # fmt: skip
    if stage < 2:
        town.plan(town.later(now, 1), 10, ask)
        town.plan(town.later(now, 2), 10, announce)


def _fresh(case: Case) -> Case:
    return Case.objects.get(shard=case.shard, id=case.id)


def revoke(town: Town, case: Case) -> Callable[[datetime], None]:
    """Revoke what a case gave (行政许可法 69): whoever verifies it is told."""

    def revoked(now: datetime) -> None:
        for one in licence_queries.licences(shard=case.shard, subject=case.id):
            reason, by = "提交的布局图与现场不符", town.by("market-approver")
            licences.revoke(one, how="revoked", reason=reason, law="行政许可法 69", by=by, now=now)

    return revoked
