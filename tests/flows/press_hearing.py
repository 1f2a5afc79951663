"""Races on hearings: telling, asking, announcing, recording, taking back, at the desk, by program and by applicants."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.roles import signed_in
from xiaoer.cases import services as cases
from xiaoer.cases.models import Case
from xiaoer.cases.tests import make
from xiaoer.journal import edge
from xiaoer.people.tests import make as people

from .press import EIGHT, Cast, Press


def doing(by: Any = make.REVIEWER, now: datetime | None = None) -> dict[str, Any]:
    return {"by": by, "now": now or edge.now(), "calendar": make.calendar()}


def accepted(stage: Cast, now: datetime | None = None) -> Case:
    known = {"applicant": stage.owner.id, "account": stage.owner.account_id, "applicant_shard": stage.owner.shard}
    now = now or edge.now()
    return make.accepted(make.submitted(make.member(organ=stage.desk.organ.id), now=now, **known).cases[0], now=now)


def told(stage: Cast, now: datetime | None = None) -> Case:
    """A case in which the right to a hearing was told."""
    case = accepted(stage, now)
    said = {"ground": "interest", "reason": "油烟排放", "parties": ["张三"]}
    return cases.tell_hearing(case, **said, **doing(now=now))


def asked_for(stage: Cast, now: datetime | None = None) -> Case:
    owner = make.Actor(str(stage.owner.account_id))
    return cases.ask_hearing(told(stage, now), side="applicant", **doing(by=owner, now=now))


def announced(stage: Cast, now: datetime, chair: Any) -> Case:
    """A hearing that is today, announced long enough before."""
    case = asked_for(stage, now)
    return cases.set_hearing(
        case, date=edge.today(), time=time(9, 30), place="三楼", chair=chair.id, **doing(now=now)
    )  # fmt: skip


def in_ten_workdays() -> str:
    return str(make.calendar().add_workdays(edge.today(), 10))


ACTS: dict[str, tuple[Callable[[Cast], Case], str, dict[str, Any], dict[str, Any]]] = {
    "tell_hearing": (
        accepted, "case.hearing_told", {"ground": "interest", "reason": "油烟排放", "parties": "张三"},
        {"ground": "interest", "reason": "油烟排放", "parties": ["张三"]},
    ),
    "ask_hearing": (told, "case.hearing_asked", *[{"side": "party", "who": "张三"}] * 2),
    "drop_hearing": (asked_for, "case.hearing_dropped", *[{"side": "applicant", "reason": "已经谈妥"}] * 2),
}  # fmt: skip
"""Act -> in which case, what it makes, what is typed at the desk, what a program sends."""


def act(name: str, *, program: bool) -> Callable[[Cast], Press]:
    prepare, makes, typed, sent = ACTS[name]

    def press(stage: Cast) -> Press:
        return _of_hearing(stage.officers, prepare(stage), name, makes, sent if program else typed, program=program)

    return press


def set_hearing(*, program: bool) -> Callable[[Cast], Press]:
    def press(stage: Cast) -> Press:
        case, chair = asked_for(stage), people.officer("clerk", stage.desk.organ, name="主持人")
        sent = {"date": in_ten_workdays(), "time": "09:30", "place": "三楼", "chair": str(chair.id)}
        return _of_hearing(stage.officers, case, "set_hearing", "case.hearing_set", sent, program=program)

    return press


def hold_hearing(*, program: bool) -> Callable[[Cast], Press]:
    """The chair at eight screens records the hearing that is today."""

    def press(stage: Cast) -> Press:
        chair = people.officer("clerk", stage.desk.organ, name="主持人")
        case = announced(stage, edge.now() - timedelta(days=20), chair)
        clients = [signed_in(chair) for _ in range(EIGHT)]
        sent = {"present": "申请人", "record": "各方同意"}
        return _of_hearing(clients, case, "hold_hearing", "case.hearing_held", sent, program=program)

    return press


def _of_hearing(
    clients: list[Client], case: Case, act: str, makes: str, sent: dict[str, Any], *, program: bool
) -> Press:
    if program:
        url = reverse(f"api-1:desk_{act}", args=[case.number])
        return Press(clients, url, makes, sent, {"If-Match": f'"{case.version}"'}, is_json=True)
    return Press(clients, reverse("cases:desk_act", args=[case.number, act]), makes, {"seen": case.version, **sent})


def own_hearing(makes: str, sent: str, name: str = "") -> Callable[[Cast], Press]:
    """The applicant asks for a hearing, or takes it back, on eight devices. name: by the API's address of that name."""

    def press(stage: Cast) -> Press:
        case = told(stage) if sent == "ask" else asked_for(stage)
        if name:
            url, match = reverse(f"api-1:{name}", args=[case.number]), {"If-Match": f'"{case.version}"'}
            return Press(stage.devices, url, makes, {}, match, is_json=True)
        url = reverse("cases:hearing", args=[case.number])
        return Press(stage.devices, url, makes, {"seen": case.version, sent: "1"})

    return press


RACES: dict[str, Callable[[Cast], Press]] = {
    **{f"cases:desk_act:{name}": act(name, program=False) for name in ACTS},
    **{f"api-1:desk_{name}": act(name, program=True) for name in ACTS},
    "cases:desk_act:set_hearing": set_hearing(program=False),
    "cases:desk_act:hold_hearing": hold_hearing(program=False),
    "api-1:desk_set_hearing": set_hearing(program=True),
    "api-1:desk_hold_hearing": hold_hearing(program=True),
    "cases:hearing:ask": own_hearing("case.hearing_asked", "ask"),
    "cases:hearing:drop": own_hearing("case.hearing_dropped", "drop"),
    "api-1:ask_hearing": own_hearing("case.hearing_asked", "ask", "ask_hearing"),
    "api-1:drop_hearing": own_hearing("case.hearing_dropped", "drop", "drop_hearing"),
}
