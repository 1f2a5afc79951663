"""One case as officers see it: those of the organ that handles it, and of organs with a step on it."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from xiaoer.journal.queries import state_of
from xiaoer.kernel.refusal import Refusal
from xiaoer.people.rules import Officer, may, posts_with

from .. import rules
from ..models import Application, Bill, Case, Note, Question, Requirement, Step
from .mine import Part, in_order


@dataclass(frozen=True)
class CaseFile:
    """A case as an officer sees it. parts: all cases of the application with their steps, for the map; notes: internal.

    workable: the steps of this case on which the officer's posts let him work.
    """

    application: Application
    case: Case
    steps: list[Step]
    requirements: list[Requirement]
    parts: list[Part]
    notes: list[Note]
    standing: rules.Standing
    workable: frozenset[UUID] = frozenset()
    questions: list[Question] = field(default_factory=list)
    bills: tuple[Bill, ...] = ()

    @property
    def owed_fen(self) -> int:
        """What is billed and not paid."""
        return sum(bill.total_fen for bill in self.bills if bill.state == "due")

    @property
    def siblings(self) -> list[Case]:
        """The other cases of the application."""
        return [part.case for part in self.parts if part.case.id != self.case.id]


def standing_of(officer: Officer, case: Case) -> rules.Standing:
    """Return what the officer is to a case: the permissions that he holds for its organ and service."""
    held = {
        name
        for name in rules.PERMISSIONS
        if may(officer, name, organ=case.handled_by, region=case.shard, service=case.service_code)
    }
    return rules.Standing(account=str(officer.account_id), permissions=frozenset(held))


def case_for_officer(officer: Officer, number: str) -> CaseFile | None:
    """Return a case to officers of the organ that handles it, or of an organ with a step on it; else None."""
    case = Case.objects.filter(number=number).first()
    if case is None or not may_read(officer, case):
        return None
    where = {"shard": case.shard, "application": case.application}
    steps = list(Step.objects.filter(**where).exclude(state="void").order_by("id"))
    cases = Case.objects.filter(**where).order_by("id")
    parts = [Part(one, in_order(one, (step for step in steps if step.case == one.id))) for one in cases]
    own = next(part for part in parts if part.case.id == case.id)
    return CaseFile(
        application=Application.objects.get(shard=case.shard, id=case.application),
        case=own.case,
        steps=own.steps,
        requirements=[paper for paper in Requirement.objects.filter(**where).order_by("id") if case.key in paper.cases],
        parts=parts,
        notes=list(Note.objects.filter(shard=case.shard, case=case.id).order_by("at")[:200]),
        standing=standing_of(officer, case),
        workable=frozenset(step.id for step in own.steps if _may_work(officer, step, case)),
        questions=[one for one in Question.objects.filter(**where).order_by("id") if one.case == case.id],
        bills=_bills(case) if case.accepted_on else (),
    )


def _bills(case: Case) -> tuple[Bill, ...]:
    return tuple(Bill.objects.filter(shard=case.shard, case=case.id).order_by("id"))


def may_read(officer: Officer, case: Case) -> bool:
    """Whether an officer may see a case: his organ handles it or has a step on it, or he supervises the region."""
    if may(officer, "cases.read", organ=case.handled_by, service=case.service_code):
        return True
    if may(officer, "cases.supervise", region=case.shard):
        return True
    organs = {post.organ_id for post in posts_with(officer, "cases.review")}
    return Step.objects.filter(shard=case.shard, case=case.id, organ__in=organs).exclude(state="void").exists()


def step_for_officer(officer: Officer, identity: UUID) -> Step | None:
    """Return a step to officers of its organ who may work on its kind; else None."""
    step = Step.objects.filter(id=identity).first()
    if step is None or step.organ is None:
        return None
    case = Case.objects.get(shard=step.shard, id=step.case)
    return step if _may_work(officer, step, case) else None


def number_of(step: Step) -> str:
    """Return the number of a step's case, to who has been let in to the step."""
    found: str = Case.objects.values_list("number", flat=True).get(shard=step.shard, id=step.case)
    return found


def _may_work(officer: Officer, step: Step, case: Case) -> bool:
    needed = "cases.decide" if step.kind == rules.DECISION else "cases.review"
    return step.organ is not None and may(officer, needed, organ=step.organ, service=case.service_code)


def still(file: CaseFile, *, seen: int) -> None:
    """Refusal stale when the case is no longer what the officer saw: said before all else that stands against it."""
    if seen != file.case.version:
        raise Refusal("stale")


def acts_for(file: CaseFile, *, on: date) -> list[rules.Act]:
    """Return the acts that this officer may do on the case today."""
    case = state_of(rules.CASE, file.case)
    steps = [state_of(rules.STEP, step) for step in file.steps]
    return rules.acts_allowed(case, file.standing, steps=steps, on=on, owed_fen=file.owed_fen)


def ways_back(file: CaseFile, step: Step) -> list[Step]:
    """Return the steps to which this officer, with a step in hand, may send the case back, in the order of the plan."""
    if step.state != "working" or step.claimed_by != file.standing.account:
        return []
    known = {one.key: one for one in file.steps}
    outcomes, busy = rules.standing(file.steps)
    return [known[key] for key in rules.ways_back(file.case.plan, outcomes=outcomes, working=busy, sent_from=step.key)]


def step_acts_for(file: CaseFile) -> dict[UUID, list[rules.Act]]:
    """Return what this officer may do on each step of the case; steps of others are left out."""
    case = state_of(rules.CASE, file.case)
    found = {
        step.id: rules.step_acts_allowed(
            state_of(rules.STEP, step), case, account=file.standing.account, ways_back=bool(ways_back(file, step))
        )
        for step in file.steps
        if step.id in file.workable
    }
    return {identity: acts for identity, acts in found.items() if acts}


def may_talk(file: CaseFile) -> bool:
    """Whether this officer speaks for an organ in the case: with a permission for it, or a step of it to work on."""
    works = any(step.id in file.workable and step.kind != rules.DECISION for step in file.steps)
    return rules.OFFICER in rules.sides_of(file.standing, works=works)


def may_judge(file: CaseFile) -> bool:
    """Whether this officer may note verdicts: of the organ that handles the case, or with a step of it in hand."""
    in_hand = any(step.id in file.workable and step.claimed_by == file.standing.account for step in file.steps)
    return rules.may_judge(state_of(rules.CASE, file.case), file.standing) or in_hand
