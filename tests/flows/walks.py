"""One application of random services on a walk of random acts, each offered by the rules and done by the services.

What is offered must not be refused; after each act, once what follows from it has been delivered, no case may hang.
"""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from tests.make import NOW
from xiaoer.cases import handlers, rules, services, timers
from xiaoer.cases.models import Application, Case, Step
from xiaoer.cases.rules import STEP_ACTS, Standing
from xiaoer.cases.tests import make
from xiaoer.journal import services as journal
from xiaoer.journal.queries import state_of
from xiaoer.network.tests import make as network
from xiaoer.people.tests import make as people

Pick = Callable[[int], int]
"""A number below the one given."""
Move = tuple[str, Callable[[], Any]]
CODE = "11370800MB285591844000131024"
ALARMS = {
    rules.DEEM: timers.deem, rules.LAPSE: timers.lapse, services.LAPSE_CLAIM: timers.lapse_claim,
}  # fmt: skip
"""What time does by itself."""
FOLLOWS = {
    name: [("cases.advance_case", handlers.advance_case)] for name in ("step.settled", "step.returned")
} | {
    name: [("cases.inform_successors", handlers.inform_successors)]
    for name in ("case.granted", "case.refused", "case.withdrawn", "case.declined", "case.lapsed",
                 "case.terminated")
}  # fmt: skip
"""What leads from one act to the next; papers, messages and bills lead nowhere."""
EVERYTHING = frozenset(rules.PERMISSIONS)
PEOPLE = tuple(str(UUID(int=number)) for number in (1, 2, 3))
PROCEDURES = ("licence", "licence", "licence", "confirmation", "registration", "filing")
TIME_ONLY = frozenset({"deem", "lapse", "start"})
SELDOM = {"withdraw": 16, "terminate": 24, "decline": 16, "refuse": 8, "notify": 4, "suspend": 4, "extend": 4,
          "release": 4, "wait": 6, "tell_hearing": 6, "ask_hearing": 2, "set_hearing": 3,
          "drop_hearing": 4}  # fmt: skip
"""Acts that lead away from the end, or end a case from outside -> of how often they could be chosen they are once:
else hardly any walk would come far."""


def a_plan(pick: Pick) -> dict[str, Any]:
    """A plan of one to six steps before a decision: in a row, beside each other, joined by all, any or an outcome."""
    keys = [f"step{number}" for number in range(1 + pick(6))]
    nodes = [_node(key, keys[:place], pick) for place, key in enumerate(keys)]
    last = {"ok": keys[-1]} if pick(2) else {"all_of": [{"ok": key} for key in keys[-2:]]}
    nodes.append({"key": "decision", "kind": "decision", "days": 2, "after": last})
    result = {"rows": [{"if": {"ok": "decision"}, "then": "granted"}], "default": "refused"}
    return {"version": 1, "nodes": nodes, "result": result}


def _node(key: str, before: list[str], pick: Pick) -> dict[str, Any]:
    node: dict[str, Any] = {"key": key, "kind": ("review", "visit", "opinion")[pick(3)], "days": 1 + pick(3)}
    if before and pick(4):
        one, other = (before[pick(len(before))] for _ in range(2))
        node["after"] = (
            {"ok": one},
            {"any_of": [{"ok": one}, {"ok": other}]},
            {"all_of": [{"ok": one}, {"ok": other}]},
            {"outcome": one, "in": ["granted", "refused", "conditional", "waived"]},
        )[pick(4)]
    if not pick(6):
        node["when"] = {"fact": "area", "more_than": 50 * pick(4)}
    return node


def members(pick: Pick, organ: UUID) -> list[services.Member]:
    """Two to thirty services, small numbers more often, some of which wait for the result of an earlier one."""
    made = []
    for number in range(2 + pick(4) * pick(4) + pick(2) * pick(20)):
        after = {"ok": f"s{pick(number)}"} if number and not pick(3) else None
        made.append(
            make.member(
                "licence", plan=a_plan(pick), after=after, procedure=PROCEDURES[pick(len(PROCEDURES))],
                service_code=f"{CODE}{number:03d}", service_name=f"事项{number}", organ=organ,
            )
        )  # fmt: skip
    return [services.Member(**{**vars(one), "key": f"s{number}"}) for number, one in enumerate(made)]


class Walk:
    """One application and what is done to it. counts: act, or ended case, -> how often."""

    def __init__(self, pick: Pick) -> None:
        self.now, self.counts, self.returned = NOW, Counter[str](), False
        make.calendar()
        organ = network.organ()
        self.chair = people.officer("clerk", organ)
        offered = members(pick, organ.id)
        self.size = len(offered)
        received = make.submitted(*offered, papers=(), answers={"area": 80}, now=self.now)
        self.application: Application = received.application
        self.settle_down()

    def cases(self) -> list[Case]:
        """The cases as they stand, in the order of the form."""
        return list(Case.objects.filter(application=self.application.id).order_by("id"))

    def steps(self) -> dict[Any, list[Step]]:
        """The steps that stand, by case."""
        found: dict[Any, list[Step]] = {}
        for one in Step.objects.filter(application=self.application.id).exclude(state="void").order_by("id"):
            found.setdefault(one.case, []).append(one)
        return found

    def go(self, pick: Pick) -> None:
        """Some hours after the last one do one act out of all that anybody may do; first which, then to what."""
        self.wait(3)
        everybody = (*PEOPLE, str(self.chair.id))
        moves = self.moves(everybody[pick(len(everybody))], pick)
        if any(rules.hearing.read(case.hearing).stage in {"told", "set"} for case in self.cases()):
            moves.append(("wait", self.wait))
        names = sorted({name for name, _ in moves})
        wanted = [name for name in names if not pick(SELDOM.get(name, 1))] or names
        if not wanted:
            return
        name = wanted[pick(len(wanted))]
        fitting = [do for one, do in moves if one == name]
        self.do(name, fitting[pick(len(fitting))])

    def do(self, name: str, act: Callable[[], Any]) -> None:
        """Do an act, then what follows from it."""
        act()
        self.counts[name] += 1
        self.returned |= name == "return"
        self.settle_down()

    def wait(self, hours: int = 72) -> None:
        """Let time pass, and what is due in it be done."""
        self.now += timedelta(hours=hours)
        self.settle_down()

    def settle_down(self) -> None:
        """Let time do what is due, and deliver until nothing follows any more."""
        while journal.sweep(alarms=ALARMS, now=self.now):
            pass
        while journal.dispatch(flow=FOLLOWS, now=self.now) + journal.deliver(flow=FOLLOWS, now=self.now):
            pass

    def moves(self, who: str, pick: Pick) -> list[Move]:
        """All that the rules offer to somebody who may everything."""
        steps, on = self.steps(), services.day_of(self.now)
        found: list[Move] = []
        for case in self.cases():
            mine = steps.get(case.id, [])
            standing = Standing(account=who, applicant=True, permissions=EVERYTHING)
            folded, parts = state_of(rules.CASE, case), [state_of(rules.STEP, one) for one in mine]
            for act in rules.acts_allowed(folded, standing, steps=parts, on=on):
                if act.name not in TIME_ONLY | {"begin"}:
                    found.append((act.name, self.on_case(act.name, case, who)))
            for step, part in zip(mine, parts, strict=True):
                found += self.on_step(case, folded, step, part, mine, who, pick)
        return found

    def on_step(
        self, case: Case, folded: Any, step: Step, part: Any, beside: list[Step], who: str, pick: Pick
    ) -> list[Move]:
        """What is offered on one step: to who asks if nobody has it in hand, else to who has it."""
        if step.organ is None or who == str(self.chair.id):  # so that somebody is left who may chair
            return []
        holder = step.claimed_by or who
        ways = back_from(case, beside, step)
        acts = rules.step_acts_allowed(part, folded, account=holder, ways_back=bool(ways))
        return [(one.name, self.on_one_step(one.name, step, holder, ways, pick)) for one in acts]

    def on_one_step(self, name: str, step: Step, who: str, ways: list[str], pick: Pick) -> Callable[[], Any]:
        by, calendar = make.Actor(who), make.calendar()
        outcome = ("granted", "granted", "granted", "conditional", "refused")[pick(5)]

        def do() -> Any:
            if name == "claim":
                return services.claim(step, by=by, now=self.now)
            if name == "release":
                return services.release(step, by=by, now=self.now)
            if name == "return":
                to = ways[pick(len(ways))]
                return services.send_back(step, to=to, reason="重办", by=by, now=self.now, calendar=calendar)
            return services.settle(step, outcome=outcome, opinion="意见", by=by, now=self.now, calendar=calendar)

        return do

    def on_case(self, name: str, case: Case, who: str) -> Callable[[], Any]:
        said = SAID.get(name, dict)
        more = {"organs": {}} if name == "accept" else {}

        def do() -> Any:
            until = {"until": services.day_of(self.now) + timedelta(days=15)} if name == "notify" else {}
            until |= said_of_hearing(name, case, now=self.now, chair=self.chair.id)
            act = getattr(services, name)
            return act(case, by=make.Actor(who), now=self.now, calendar=make.calendar(), **said(), **more, **until)

        return do

    def over(self) -> bool:
        """Whether every case has ended."""
        return all(case.state in rules.FINAL for case in self.cases())

    def hanging(self) -> list[str]:
        """Cases that nothing moves any more: open, not decided by their plan, and no step is ready or in hand."""
        steps = self.steps()
        return [case.key for case in self.cases() if hangs(case, steps.get(case.id, []), self.application.answers)]

    def groundless(self) -> list[tuple[str, str]]:
        """Steps that are open or settled on an outcome that does not stand."""
        steps, found = self.steps(), []
        for case in self.cases():
            mine = steps.get(case.id, [])
            if case.state in rules.OPEN and mine:
                outcomes, busy = rules.standing(mine)
                gone = rules.groundless(case.plan, outcomes=outcomes, working=busy, facts=self.application.answers)
                found += [(case.key, key) for key in gone]
        return found

    def finish(self) -> dict[str, str]:
        """Carry every case to its end by what the rules offer, without giving up; return the end of each."""
        for _ in range(60 * self.size):
            self.wait(3)
            moves = dict(self.moves(PEOPLE[0], lambda number: 0))
            name = next((one for one in ONWARD if one in moves), None)
            if name in {None, "claim", "refuse"}:  # who reviewed alone may not grant: somebody else may
                moves |= dict(self.moves(PEOPLE[1], lambda number: 0))
                name = next((one for one in ONWARD if one in moves), None)
            if name is not None:
                self.do(name, moves[name])
            elif not hear(self):
                break
        ends = {case.key: case.state for case in self.cases()}
        self.counts.update(f"ended {state}" for state in ends.values())
        return ends


def said_of_hearing(name: str, case: Case, *, now: datetime, chair: UUID) -> dict[str, Any]:
    """What an act of a hearing is told: who asks or takes back, the first day on which it may be."""
    hearing = rules.hearing.read(case.hearing)
    if name in {"ask_hearing", "drop_hearing"}:
        asked = "applicant" in hearing.askers
        side = "applicant" if asked == (name == "drop_hearing") else "party"
        return {"side": side} | ({"who": "周女士"} if name == "ask_hearing" else {})
    if name == "set_hearing":
        first, _ = rules.hearing.days_of(hearing, announced_on=services.day_of(now), calendar=make.calendar())
        return {"date": first, "time": time(9), "place": "三楼", "chair": chair}
    return {}


def hear(walk: Walk) -> bool:
    """Do the next thing that a hearing which bars a decision waits for; False when none does."""
    on = services.day_of(walk.now)
    for case in walk.cases():
        hearing = rules.hearing.read(case.hearing)
        if case.state not in rules.OPEN or not rules.hearing.bars(hearing, on):
            continue
        if hearing.stage == "asked":
            walk.do("set_hearing", walk.on_case("set_hearing", case, PEOPLE[0]))
        elif hearing.stage == "set" and hearing.on and hearing.on <= on:
            walk.do("hold_hearing", walk.on_case("hold_hearing", case, str(walk.chair.id)))
        else:
            walk.do("wait", walk.wait)
        return True
    return False


SAID: dict[str, Callable[[], dict[str, Any]]] = {
    "notify": lambda: {"gaps": [{"material": "other", "reason": "缺"}]},
    "decline": lambda: {"ground": "not_ours", "reason": "不归本机关", "right_organ": "别的机关"},
    "suspend": lambda: {"ground": "检验", "days": 5}, "extend": lambda: {"days": 1, "reason": "需要复核"},
    "refuse": lambda: {"reason": "不符合条件"}, "deliver": lambda: {"way": "counter"},
    "terminate": lambda: {"ground": "gone", "reason": "申请人已注销", "basis": "公司法 233"},
    "tell_hearing": lambda: {"ground": "interest", "reason": "油烟排放", "parties": ["周女士"]},
    "hold_hearing": lambda: {"present": "各方", "record": "同意"},
}  # fmt: skip
"""What is written with an act."""
ONWARD = ("resume", "supplement", "accept", "settle", "grant", "claim", "refuse")
"""In this order a case is carried to its end; a decision is granted before anybody takes it in hand."""


def hangs(case: Case, steps: list[Step], answers: Any) -> bool:
    """Whether a case is worked on, its plan has not decided, and there is nothing on it that could be settled."""
    if case.state not in {"accepted", "handling", "special"} or any(one.state in {"ready", "working"} for one in steps):
        return False
    outcomes, _ = rules.standing(steps)
    return rules.advance(case.plan, outcomes=outcomes, working=(), facts=answers).result is None


def back_from(case: Case, steps: list[Step], step: Step) -> list[str]:
    """The steps to which a case may be sent back from one that is in hand."""
    if step.state != "working":
        return []
    outcomes, busy = rules.standing(steps)
    return rules.ways_back(case.plan, outcomes=outcomes, working=busy, sent_from=step.key)


assert set(STEP_ACTS) == {"claim", "settle", "return", "release"}, "an act on a step that no walk does"
