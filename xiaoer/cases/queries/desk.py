"""What officers see: cases of their organs, and cases on which their organs have a step."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Q

from xiaoer.journal.queries import state_of
from xiaoer.people.rules import Officer, may, posts_with

from .. import rules
from ..models import Application, Case, Note, Requirement, Step
from .mine import in_order

PAGE = 50


@dataclass(frozen=True)
class CaseFile:
    """A case as an officer sees it. siblings: the other cases of the application, for the map; notes: internal."""

    application: Application
    case: Case
    steps: list[Step]
    requirements: list[Requirement]
    siblings: list[Case]
    notes: list[Note]
    standing: rules.Standing


@dataclass(frozen=True)
class QueueRow:
    """One line of a queue: a case that waits for acceptance (step None) or a step that waits for work."""

    case: Case
    application: Application
    step: Step | None = None

    @property
    def due_on(self) -> date | None:
        return self.step.due_on if self.step else None


def standing_of(officer: Officer, case: Case) -> rules.Standing:
    """Return what the officer is to a case: the permissions that he holds for its organ and service."""
    held = {
        name
        for name in rules.PERMISSIONS
        if may(officer, name, organ=case.handled_by, region=case.shard, service=case.service_code)
    }
    return rules.Standing(account=str(officer.account_id), permissions=frozenset(held))


def _organs(officer: Officer, *permissions: str) -> set[UUID]:
    return {post.organ_id for name in permissions for post in posts_with(officer, name)}


def case_for_officer(officer: Officer, number: str) -> CaseFile | None:
    """Return a case to officers of the organ that handles it, or of an organ with a step on it; else None."""
    case = Case.objects.filter(number=number).first()
    if case is None or not may_read(officer, case):
        return None
    where = {"shard": case.shard, "application": case.application}
    steps = list(Step.objects.filter(shard=case.shard, case=case.id).exclude(state="void").order_by("id"))
    requirements = [paper for paper in Requirement.objects.filter(**where).order_by("id") if case.key in paper.cases]
    return CaseFile(
        application=Application.objects.get(shard=case.shard, id=case.application),
        case=case,
        steps=in_order(case, steps),
        requirements=requirements,
        siblings=list(Case.objects.filter(**where).exclude(id=case.id).order_by("id")),
        notes=list(Note.objects.filter(shard=case.shard, case=case.id).order_by("at")[:200]),
        standing=standing_of(officer, case),
    )


def may_read(officer: Officer, case: Case) -> bool:
    """Whether an officer may see a case: his organ handles it or has a step on it, or he supervises the region."""
    if may(officer, "cases.read", organ=case.handled_by, service=case.service_code):
        return True
    if may(officer, "cases.supervise", region=case.shard):
        return True
    organs = _organs(officer, "cases.review")
    return Step.objects.filter(shard=case.shard, case=case.id, organ__in=organs).exclude(state="void").exists()


def step_for_officer(officer: Officer, identity: UUID) -> Step | None:
    """Return a step to officers of its organ who may work on its kind; else None."""
    step = Step.objects.filter(id=identity).first()
    if step is None or step.organ is None:
        return None
    case = Case.objects.get(shard=step.shard, id=step.case)
    needed = "cases.decide" if step.kind == rules.DECISION else "cases.review"
    return step if may(officer, needed, organ=step.organ, service=case.service_code) else None


def intake_queue(officer: Officer, *, after: tuple[date, UUID] | None = None) -> list[QueueRow]:
    """Return a page of cases that wait for acceptance by the officer's organs, oldest first."""
    found = Case.objects.filter(handled_by__in=_organs(officer, "cases.accept"), state="received")
    found = found.order_by("received_on", "id")
    if after:
        found = found.filter(Q(received_on__gt=after[0]) | Q(received_on=after[0], id__gt=after[1]))
    return _rows([(case, None) for case in found[:PAGE] if _in_services(officer, "cases.accept", case)])


def step_queue(officer: Officer, *, after: tuple[date | None, UUID] | None = None) -> list[QueueRow]:
    """Return a page of steps that wait for the officer's organs, what is due first at the top."""
    review = Q(organ__in=_organs(officer, "cases.review")) & ~Q(kind=rules.DECISION)
    decide = Q(organ__in=_organs(officer, "cases.decide"), kind=rules.DECISION)
    found = Step.objects.filter(review | decide, state__in=["ready", "working"])
    found = found.order_by(F("due_on").asc(nulls_last=True), "id")
    if after and after[0]:
        found = found.filter(Q(due_on__gt=after[0]) | Q(due_on=after[0], id__gt=after[1]) | Q(due_on=None))
    elif after:
        found = found.filter(due_on=None, id__gt=after[1])
    steps = list(found[:PAGE])
    cases = {case.id: case for case in Case.objects.filter(id__in=[step.case for step in steps])}
    return _rows([(cases[step.case], step) for step in steps if _in_services(officer, "cases.read", cases[step.case])])


def _in_services(officer: Officer, name: str, case: Case) -> bool:
    """Whether one of the officer's posts with this permission covers the case's service."""
    return any(not post.services or case.service_code in post.services for post in posts_with(officer, name))


def _rows(pairs: Iterable[tuple[Case, Step | None]]) -> list[QueueRow]:
    listed = list(pairs)
    ids = {case.application for case, _ in listed}
    applications = {one.id: one for one in Application.objects.filter(id__in=ids)}
    return [QueueRow(case, applications[case.application], step) for case, step in listed]


def acts_for(file: CaseFile, *, on: date) -> list[rules.Act]:
    """Return the acts that this officer may do on the case today."""
    case = state_of(rules.CASE, file.case)
    steps = [state_of(rules.STEP, step) for step in file.steps]
    return rules.acts_allowed(case, file.standing, steps=steps, on=on)
