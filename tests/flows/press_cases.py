"""Races on cases, bills, questions and ratings: each makes an object and says what eight send to it at once."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.roles import signed_in
from xiaoer.cases import queries as case_queries
from xiaoer.cases import services as cases
from xiaoer.cases.models import Bill, Case
from xiaoer.cases.tests import make, make_draft
from xiaoer.evaluation import queries as evaluation
from xiaoer.evaluation import services as evaluation_acts
from xiaoer.files.tests import make as files
from xiaoer.journal import edge
from xiaoer.network.tests import make as network
from xiaoer.people.tests import make as people

from . import press_hearing
from .press import EIGHT, Cast, Press


def own(stage: Cast, **values: Any) -> Case:
    """A case of the owner that came in today."""
    known = {"applicant": stage.owner.id, "account": stage.owner.account_id, "applicant_shard": stage.owner.shard}
    member = make.member(organ=stage.desk.organ.id, service_name="食品经营许可", **values)
    return make.submitted(member, now=edge.now(), **known).cases[0]


def accepted(stage: Cast) -> Case:
    return make.accepted(own(stage), now=edge.now())


def suspended(stage: Cast) -> Case:
    return cases.suspend(accepted(stage), ground="检验", days=5, **doing())


def decidable(stage: Cast) -> Case:
    case = accepted(stage)
    for key in ("review", "visit"):
        make.settled(case, key, now=edge.now())
    return make.fresh(case)


def granted(stage: Cast) -> Case:
    return cases.grant(decidable(stage), **doing(by=make.APPROVER))


def notified(stage: Cast) -> Case:
    case, until = own(stage), edge.today() + timedelta(days=20)
    return cases.notify(case, gaps=[{"material": "health", "reason": "缺健康证明"}], until=until, **doing())


def doing(by: Any = make.REVIEWER) -> dict[str, Any]:
    return {"by": by, "now": edge.now(), "calendar": make.calendar()}


TOMORROW = lambda: str(edge.today() + timedelta(days=20))  # noqa: E731
ACTS: dict[str, tuple[Callable[[Cast], Case], str, Callable[[], dict[str, Any]]]] = {
    "accept": (own, "case.accepted", dict),
    "notify": (own, "case.notified", lambda: {"gap_health": "缺健康证明", "until": TOMORROW()}),
    "decline": (own, "case.declined", lambda: {"ground": "not_a_matter", "reason": "不需要许可"}),
    "suspend": (accepted, "case.suspended", lambda: {"ground": "检验", "days": 5}),
    "resume": (suspended, "case.resumed", dict),
    "extend": (accepted, "case.extended", lambda: {"days": 5, "reason": "需要复核"}),
    "grant": (decidable, "case.granted", dict),
    "refuse": (decidable, "case.refused", lambda: {"reason": "布局不符合要求"}),
    "terminate": (
        accepted, "case.terminated", lambda: {"ground": "gone", "reason": "申请人已注销", "basis": "公司法 233"}
    ),
    "deliver": (granted, "case.delivered", lambda: {"way": "counter", "proof": "本人"}),
}  # fmt: skip
API_ONLY = {
    "notify": lambda: {"gaps": [{"material": "health", "reason": "缺"}], "until": TOMORROW()},
}


def at_the_desk(act: str) -> Callable[[Cast], Press]:
    prepare, makes, typed = ACTS[act]

    def press(stage: Cast) -> Press:
        case = prepare(stage)
        url = reverse("cases:desk_act", args=[case.number, act])
        return Press(stage.officers, url, makes, {"seen": case.version, **typed()})

    return press


def by_program(act: str) -> Callable[[Cast], Press]:
    prepare, makes, typed = ACTS[act]

    def press(stage: Cast) -> Press:
        case = prepare(stage)
        url = reverse(f"api-1:desk_{act}", args=[case.number])
        sent = API_ONLY.get(act, typed)()
        return Press(stage.officers, url, makes, sent, {"If-Match": f'"{case.version}"'}, is_json=True)

    return press


STEPS: dict[str, tuple[str, dict[str, Any]]] = {
    "claim": ("step.claimed", {}),
    "release": ("step.released", {}),
    "settle": ("step.settled", {"outcome": "granted", "opinion": "材料齐全"}),
    "return": ("step.returned", {"to": "review", "reason": "布局图对不上"}),
}


def on_a_step(act: str, *, program: bool) -> Callable[[Cast], Press]:
    makes, typed = STEPS[act]

    def press(stage: Cast) -> Press:
        case, clients = accepted(stage), stage.officers
        if act == "return":
            make.settled(case, "review", now=edge.now())
        step = make.step(case, "visit" if act == "return" else "review")
        if act != "claim":  # in hand with one officer, who sits at eight screens
            account = people.officer("reviewer", stage.desk.organ, name="审查乙")
            clients = [signed_in(account) for _ in range(EIGHT)]
            step = cases.claim(step, by=make.Actor(str(account.id)), now=edge.now())
        if program:
            url = reverse(f"api-1:desk_{act}", args=[step.id])
            return Press(clients, url, makes, typed, {"If-Match": f'"{step.version}"'}, is_json=True)
        url = reverse("cases:desk_step", args=[case.number, step.id, act])
        return Press(clients, url, makes, {"seen": step.version, **typed})

    return press


def accept_many(stage: Cast) -> Press:
    case = own(stage)
    sent = {"case": case.number, f"seen-{case.number}": case.version, "confirm": "1"}
    return Press(stage.officers, reverse("cases:desk_accept"), "case.accepted", sent)


def checklist(stage: Cast) -> Press:
    case = own(stage)
    paper = make.papers(case.application)["layout"]
    sent = {"layout-seen": paper.version, "layout-verdict": "gap", "layout-reason": "看不清", "one": "layout"}
    url = reverse("cases:desk_checklist", args=[case.number])
    return Press(stage.officers, url, "requirement.judged", sent, harmless=True)


def counter(stage: Cast) -> Press:
    bill = make.billed(accepted(stage), now=edge.now())
    sent = {"seen": bill.version, "receipt": "赣财 0001"}
    return Press(stage.officers, reverse("cases:desk_bill", args=[bill.number]), "bill.paid", sent)


def asked(stage: Cast, side: str) -> tuple[Case, Any]:
    case = accepted(stage)
    by = make.REVIEWER if side == "officer" else make.Actor(str(stage.owner.account_id))
    return case, cases.ask(case, side=side, text="何时踏勘？", by=by, now=edge.now())


def talk(name: str, makes: str, side: str, **sent: str) -> Callable[[Cast], Press]:
    def press(stage: Cast) -> Press:
        case, question = asked(stage, side)
        clients = stage.officers if name.startswith("desk_") else stage.devices
        seen = {"seen": question.version} if sent else {}
        return Press(clients, reverse(f"cases:{name}", args=[case.number, question.id]), makes, {**sent, **seen})

    return press


def ask(name: str) -> Callable[[Cast], Press]:
    def press(stage: Cast) -> Press:
        clients = stage.officers if name.startswith("desk_") else stage.devices
        url = reverse(f"cases:{name}", args=[accepted(stage).number])
        return Press(clients, url, "question.asked", {"text": "何时开业？"}, same=True)

    return press


def ask_by_program(name: str) -> Callable[[Cast], Press]:
    def press(stage: Cast) -> Press:
        clients = stage.officers if name.startswith("desk_") else stage.devices
        url = reverse(f"api-1:{name}", args=[accepted(stage).number])
        return Press(clients, url, "question.asked", {"text": "何时开业？"}, is_json=True, same=True)

    return press


def talk_by_program(name: str, makes: str, side: str, **sent: str) -> Callable[[Cast], Press]:
    def press(stage: Cast) -> Press:
        case, question = asked(stage, side)
        clients = stage.officers if name.startswith("desk_") else stage.devices
        url = reverse(f"api-1:{name}", args=[case.number, question.id])
        return Press(clients, url, makes, sent, {"If-Match": f'"{question.version}"'}, is_json=True)

    return press


def withdraw(stage: Cast) -> Press:
    case = own(stage)
    url = reverse("cases:withdraw", args=[case.number])
    return Press(stage.devices, url, "case.withdrawn", {"seen": case.version, "reason": "不开了"})


def withdraw_by_program(stage: Cast) -> Press:
    case = own(stage)
    url = reverse("api-1:withdraw", args=[case.number])
    return Press(stage.devices, url, "case.withdrawn", {}, {"If-Match": f'"{case.version}"'}, is_json=True)


def supplement(stage: Cast) -> Press:
    case = notified(stage)
    url = reverse("cases:supplement", args=[case.number])
    return Press(
        stage.devices, url, "case.supplemented",
        lambda: {"seen": case.version, "file-health": files.upload(files.picture(), "健康证.jpg")},
    )  # fmt: skip


def check(stage: Cast) -> Press:
    draft = make_draft.fill(make_draft.started(make_draft.bundle(), stage.owner), make_draft.bundle())
    url = reverse("cases:check", args=[draft.id])
    form = stage.devices[0].get(url).context["form"]
    return Press(stage.devices, url, "application.received", {**form.initial, "declared": "on"}, same=True)


def apply(stage: Cast) -> Press:
    client = stage.devices[0]
    sent = client.post("/api/files", {"region": network.COUNTY, "file": make_draft.picture()}).json()["id"]
    known = {"operator_name": "王小明", "operator_id": "11010519491231002X", "operator_phone": "13900000000"}
    papers = ("operator_identity", "premises_proof", "layout_plan", "special_room_plan", "food_safety_rules",
              "sign_drawing", "sign_photo")  # fmt: skip
    body = {
        "bundle": "open_restaurant", "region": network.COUNTY, "answers": {**make_draft.ANSWERS, **known},
        "papers": dict.fromkeys(papers, sent), "delivery": {"way": "counter"},
    }  # fmt: skip
    headers = {"Idempotency-Key": "pressed-eight-times"}
    return Press(stage.devices, reverse("api-1:apply"), "application.received", body, headers, is_json=True, same=True)


def window_fill(stage: Cast) -> Press:
    """One clerk at eight screens receives what was filled in once."""
    clerk = people.officer("clerk", stage.desk.organ, name="综窗乙")
    clients = [signed_in(clerk) for _ in range(EIGHT)]
    choice = {"kind": "bundle", "key": "open_restaurant", "region": network.COUNTY}
    url = clients[0].post(reverse("cases:desk_window_begin"), choice)["Location"]
    who = {
        "Who-id_kind": "resident", "Who-name": "王来办", "Who-phone": "13800000001", "Who-way": "counter",
        "Who-id_number": people.codes.make_resident_id("360481", born=date(1990, 3, 5), sequence=77),
    }  # fmt: skip
    for _ in range(3):
        page = clients[0].post(url, {**who, **make_draft.ANSWERS, "save": "1"}).content.decode()
    keys = [part.split('"')[0] for part in page.split('name="Paper-')[1:]]
    papers = {f"Paper-{key}": files.upload(files.picture(), f"{key}.jpg") for key in keys}
    clients[0].post(url, {**who, **make_draft.ANSWERS, **papers, "save": "1"})
    sent = {**who, **make_draft.ANSWERS, "receive": "1"}
    return Press(clients, url, "application.received", sent, same=True)


def counter_by_program(stage: Cast) -> Press:
    bill = make.billed(accepted(stage), now=edge.now())
    url, headers = reverse("api-1:desk_take_bill", args=[bill.number]), {"If-Match": f'"{bill.version}"'}
    return Press(stage.officers, url, "bill.paid", {"receipt": "赣财 0001"}, headers, is_json=True)


def owed(stage: Cast) -> Bill:
    """A bill that was paid at the window and is to be given back: its case was refused."""
    case = accepted(stage)
    bill = make.paid(make.billed(case, items=[{**make.FEE, "refundable": True}], now=edge.now()), now=edge.now())
    cases.refuse(make.fresh(case), reason="布局不符", **doing(by=make.APPROVER))
    cases.close_bills(make.fresh(case), reason="refused", now=edge.now())
    return Bill.objects.get(id=bill.id)


def refund(stage: Cast) -> Press:
    bill = owed(stage)
    sent = {"seen": bill.version, "reason": "不予许可", "proof": "退 0001"}
    return Press(stage.officers, reverse("cases:desk_bill", args=[bill.number]), "bill.refunded", sent)


def refund_by_program(stage: Cast) -> Press:
    bill = owed(stage)
    url, headers = reverse("api-1:desk_refund_bill", args=[bill.number]), {"If-Match": f'"{bill.version}"'}
    sent = {"reason": "不予许可", "proof": "退 0001"}
    return Press(stage.officers, url, "bill.refunded", sent, headers, is_json=True)


def ordered(stage: Cast) -> Bill:
    bill = make.billed(accepted(stage), now=edge.now())
    stage.devices[0].post(reverse("cases:pay", args=[bill.number]))
    return Bill.objects.get(id=bill.id)


def pay(stage: Cast) -> Press:
    bill = make.billed(accepted(stage), now=edge.now())
    return Press(stage.devices, reverse("cases:pay", args=[bill.number]), "bill.payment_begun", same=True)


def pay_by_program(stage: Cast) -> Press:
    bill = make.billed(accepted(stage), now=edge.now())
    url = reverse("api-1:pay_bill", args=[bill.number])
    return Press(stage.devices, url, "bill.payment_begun", {}, is_json=True, same=True)


def demo_pay(stage: Cast) -> Press:
    url = reverse("cases:demo_pay", args=[ordered(stage).reference])
    return Press(stage.devices, url, "bill.paid", {"answer": "pay"}, same=True)


def payment_notice(stage: Cast) -> Press:
    bill = ordered(stage)
    cases.pay_stand_in.answer(bill.reference, "paid")
    url = reverse("cases:payment_notice", args=[bill.reference])
    return Press([Client() for _ in range(EIGHT)], url, "bill.paid", same=True)


def rate(stage: Cast) -> Press:
    case = cases.refuse(decidable(stage), reason="布局不符", **doing(by=make.APPROVER))
    served = case_queries.served(shard=case.shard, identity=case.id)
    invitation = evaluation_acts.invite(served, days=5, now=edge.now(), calendar=make.calendar())
    url = reverse("evaluation:rate", args=[evaluation.token_of(invitation)])
    return Press(stage.devices, url, "rating.given", {"level": 5})


RACES: dict[str, Callable[[Cast], Press]] = {
    **{f"cases:desk_act:{act}": at_the_desk(act) for act in ACTS},
    **{f"api-1:desk_{act}": by_program(act) for act in ACTS},
    **press_hearing.RACES,
    **{f"cases:desk_step:{act}": on_a_step(act, program=False) for act in STEPS},
    **{f"api-1:desk_{act}": on_a_step(act, program=True) for act in STEPS},
    "cases:desk_accept": accept_many,
    "cases:desk_checklist": checklist,
    "cases:desk_bill:take": counter,
    "cases:desk_ask": ask("desk_ask"),
    "cases:desk_answer": talk("desk_answer", "question.answered", "applicant", text="周五"),
    "cases:desk_take_back": talk("desk_take_back", "question.withdrawn", "officer"),
    "cases:desk_window_fill": window_fill,
    "cases:ask": ask("ask"),
    "cases:answer": talk("answer", "question.answered", "officer", text="周五"),
    "cases:take_back": talk("take_back", "question.withdrawn", "applicant"),
    "cases:check": check,
    "cases:withdraw": withdraw,
    "cases:supplement": supplement,
    "cases:pay": pay,
    "cases:demo_pay": demo_pay,
    "cases:payment_notice": payment_notice,
    "api-1:apply": apply,
    "api-1:withdraw": withdraw_by_program,
    "evaluation:rate": rate,
    "cases:desk_bill:refund": refund,
    "api-1:desk_take_bill": counter_by_program,
    "api-1:desk_refund_bill": refund_by_program,
    "api-1:pay_bill": pay_by_program,
    "api-1:desk_ask_applicant": ask_by_program("desk_ask_applicant"),
    "api-1:desk_answer_applicant": talk_by_program(
        "desk_answer_applicant", "question.answered", "applicant", text="周五"
    ),
    "api-1:desk_withdraw_question": talk_by_program("desk_withdraw_question", "question.withdrawn", "officer"),
    "api-1:ask_organ": ask_by_program("ask_organ"),
    "api-1:answer_organ": talk_by_program("answer_organ", "question.answered", "officer", text="五月"),
    "api-1:withdraw_question": talk_by_program("withdraw_question", "question.withdrawn", "applicant"),
}
"""Addresses of several acts stand once for each, with its name after a second colon."""
