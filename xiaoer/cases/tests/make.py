"""Applications and cases for tests, made by acts: a restaurant with its four services, or one plain licence."""

from datetime import datetime
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from tests.make import NOW
from xiaoer.cases import services
from xiaoer.cases.models import Bill, Case, Requirement, Step
from xiaoer.cases.rules import joined
from xiaoer.cases.services import Member, Paper, Received, Submission
from xiaoer.journal.services import SYSTEM, Actor
from xiaoer.kernel.workdays import Calendar
from xiaoer.network import queries as network
from xiaoer.network import services as network_acts

SHARD = "360481000000"
MARKET, CITY, POLICE = uuid4(), uuid4(), uuid4()
APPLICANT = Actor("applicant-1")
CLERK, REVIEWER, APPROVER = Actor("clerk-1"), Actor("reviewer-1"), Actor("approver-1")
_keys = count(1)

REVIEWED = {
    "version": 1,
    "nodes": [
        {"key": "review", "kind": "review", "days": 3},
        {"key": "visit", "kind": "visit", "days": 3, "after": {"ok": "review"}},
        {"key": "decision", "kind": "decision", "days": 2, "after": {"ok": "visit"}},
    ],
    "result": {"rows": [{"if": {"ok": "decision"}, "then": "granted"}], "default": "refused"},
}
DECIDED = {
    "version": 1,
    "nodes": [{"key": "decision", "kind": "decision", "days": 1}],
    "result": {"rows": [{"if": {"ok": "decision"}, "then": "granted"}], "default": "refused"},
}
CODES = {
    "licence": "11370800MB285591844000131024000",
    "food": "11370800MB285591844000131024001",
    "sign": "11370800MB285591844000131024002",
    "seal": "11370800MB285591844000131024003",
}
PAPERS = (Paper("layout", "布局图", ("food",), "upload", uuid4(), "", "C"), Paper("health", "健康证明", ("food",)))
LIMITS = {"statutory": {"amount": 20, "unit": "working_day"}, "promised": {"amount": 8, "unit": "working_day"}}


def calendar() -> Calendar:
    """The national calendar, published once per test."""
    if not network.notices().exists():
        network_acts.publish_national(by=SYSTEM, now=NOW)
    return network.calendar_for(SHARD)


def member(key: str = "food", *, plan: dict[str, Any] | None = None, after: Any = None, **values: Any) -> Member:
    """One service applied for."""
    known = {
        "key": key, "service": uuid4(), "service_code": CODES[key], "service_name": key, "procedure": "licence",
        "kind": "promised", "organ": MARKET, "plan": joined(plan or REVIEWED, after=after), "limits": LIMITS,
    }  # fmt: skip
    return Member(**{**known, **values})


def submission(*members: Member, **values: Any) -> Submission:
    """What is handed in: one plain licence with two papers unless said otherwise."""
    known = {
        "title": "食品经营许可", "region": SHARD, "shard": SHARD, "applicant_kind": "person", "applicant": uuid4(),
        "applicant_name": "王小二", "account": uuid4(), "channel": "web", "members": members or (member(),),
        "papers": PAPERS,
        "answers": {"area": 80}, "personal_answers": {"phone": "13800000000"},
    }  # fmt: skip
    return Submission(**{**known, **values})


def submitted(*members: Member, now: datetime = NOW, **values: Any) -> Received:
    """A received application."""
    form = submission(*members, **values)
    return services.submit(form, by=APPLICANT, now=now, calendar=calendar(), key=f"key-{next(_keys)}")


def restaurant(now: datetime = NOW) -> dict[str, Case]:
    """The four cases of 开办餐饮店 by key: the food licence and the seal wait for the business licence."""
    received = submitted(
        member("licence", plan=DECIDED, procedure="registration"),
        member("food", after={"ok": "licence"}),
        member("sign", plan=DECIDED, organ=CITY),
        member("seal", plan=DECIDED, organ=POLICE, procedure="filing", after={"ok": "licence"}),
        now=now,
    )
    return {case.key: case for case in received.cases}


def accepted(case: Case | None = None, *, now: datetime = NOW) -> Case:
    """A case whose clock runs."""
    case = case or submitted(now=now).cases[0]
    return services.accept(case, organs={}, by=CLERK, now=now, calendar=calendar())


def step(case: Case, key: str) -> Step:
    """The step of a case in its present round."""
    return Step.objects.exclude(state="void").get(case=case.id, key=key)


def settled(case: Case, key: str, *, outcome: str = "granted", opinion: str = "已核", by: Actor = REVIEWER,
            now: datetime = NOW) -> Step:  # fmt: skip
    """A step taken in hand and settled."""
    taken = services.claim(step(case, key), by=by, now=now)
    return services.settle(taken, outcome=outcome, opinion=opinion, by=by, now=now, calendar=calendar())


def fresh(case: Case) -> Case:
    """The case as it is stored."""
    return Case.objects.get(id=case.id)


def papers(application: UUID) -> dict[str, Requirement]:
    """The requirements of an application by key."""
    return {paper.key: paper for paper in Requirement.objects.filter(application=application)}


FEE = {"name": "证照工本费", "fen": 1000, "basis": "发改价格〔2004〕2831号", "refundable": False}


def billed(case: Case | None = None, *, items: list[dict[str, Any]] | None = None, now: datetime = NOW) -> Bill:
    """The bill of an accepted case."""
    made = services.bill(
        case or accepted(now=now), items=items or [FEE], moment="acceptance", by=SYSTEM, now=now, calendar=calendar()
    )
    assert made is not None
    return made


def paid(bill: Bill, *, now: datetime = NOW) -> Bill:
    """A bill paid at the window."""
    return services.pay_at_counter(bill, receipt="赣财 0001", by=CLERK, now=now)
