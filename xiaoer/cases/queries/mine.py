"""What applicants see: their applications, with who has each case and until when."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from xiaoer.people.rules import Applicant

from .. import rules
from ..models import Application, Bill, Case, Draft, Question, Requirement, Step

LISTED = 20


@dataclass(frozen=True)
class Part:
    """One case of an application with its steps in the order of its plan."""

    case: Case
    steps: list[Step]


@dataclass(frozen=True)
class ApplicationFile:
    """An application with all that its applicant may see. questions, bills: all; in lists those open, and those due."""

    application: Application
    parts: list[Part]
    requirements: list[Requirement]
    questions: list[Question] = field(default_factory=list)
    bills: list[Bill] = field(default_factory=list)

    @property
    def asked(self) -> list[tuple[Part, Question]]:
        """Return what the organs wait to be told, with the case that it is about."""
        parts = {part.case.id: part for part in self.parts}
        return [
            (parts[one.case], one)
            for one in self.questions
            if one.side == rules.OFFICER
            and rules.is_due(side=one.side, state=one.state, case_state=parts[one.case].case.state)
        ]


def _own(applicant: Applicant) -> Q:
    """Applications of the person, and of the firms that he may act for in every service.

    Of a firm that he may act for in some services, what he handed in himself; once a mandate has ended, nothing.
    """
    mine = Q(applicant_kind="person", applicant=applicant.person_id)
    firms = [firm.firm_id for firm in applicant.firms if not firm.services]
    some = [firm.firm_id for firm in applicant.firms if firm.services]
    handed_in = Q(applicant_kind="firm", applicant__in=some, account=applicant.account_id)
    return mine | Q(applicant_kind="firm", applicant__in=firms) | handed_in


def owns(applicant: Applicant, *, kind: str, whose: UUID, account: UUID) -> bool:
    """Whether an application that has been read is one of _own. whose: the applicant; account: who handed it in."""
    if kind == "person":
        return whose == applicant.person_id
    return any(
        firm.firm_id == whose and (not firm.services or account == applicant.account_id) for firm in applicant.firms
    )


def application_for(applicant: Applicant, number: str) -> ApplicationFile | None:
    """Return an application to its applicant or to who acts for that firm. The number says the county."""
    shard = f"{number[:6]}000000"
    application = Application.objects.filter(_own(applicant), shard=shard, number=number).first()
    return _file(application) if application else None


def _file(application: Application) -> ApplicationFile:
    where = {"shard": application.shard, "application": application.id}
    cases = list(Case.objects.filter(**where).order_by("id"))
    steps = list(Step.objects.filter(**where).exclude(state="void").order_by("id"))
    parts = [Part(case, in_order(case, (step for step in steps if step.case == case.id))) for case in cases]
    questions = list(Question.objects.filter(**where).order_by("id"))
    requirements = list(Requirement.objects.filter(**where).order_by("id"))
    return ApplicationFile(
        application, parts, requirements, questions, list(Bill.objects.filter(**where).order_by("id"))
    )


def in_order(case: Case, steps: Iterable[Step]) -> list[Step]:
    """Return steps in the order of the case's plan."""
    places = {node["key"]: place for place, node in enumerate(case.plan["nodes"])}
    return sorted(steps, key=lambda step: places.get(step.key, len(places)))


def case_for_applicant(applicant: Applicant, number: str) -> Case | None:
    """Return one case to its applicant."""
    case = Case.objects.filter(number=number).first()
    if case is None:
        return None
    own = Application.objects.filter(_own(applicant), shard=case.shard, id=case.application)
    return case if own.exists() else None


def part_for(applicant: Applicant, number: str) -> tuple[ApplicationFile, Part] | None:
    """Return one case within its application to its applicant."""
    case = Case.objects.filter(number=number).first()
    if case is None:
        return None
    application = Application.objects.filter(_own(applicant), shard=case.shard, id=case.application).first()
    if application is None:
        return None
    file = _file(application)
    return file, next(part for part in file.parts if part.case.id == case.id)


def applications_of(applicant: Applicant, *, before: datetime | None = None) -> list[ApplicationFile]:
    """Return a page of the applicant's applications, newest first; before: received_at of the last one seen."""
    found = Application.objects.filter(_own(applicant)).order_by("-received_at", "-id")
    if before:
        found = found.filter(received_at__lt=before)
    applications = list(found[:LISTED])
    return _files(applications)


def _files(applications: list[Application]) -> list[ApplicationFile]:
    ids = [application.id for application in applications]
    cases = list(Case.objects.filter(application__in=ids).order_by("id"))
    steps = list(Step.objects.filter(application__in=ids).exclude(state="void").order_by("id"))
    by_case: dict[UUID, list[Step]] = {}
    for step in steps:
        by_case.setdefault(step.case, []).append(step)
    parts: dict[UUID, list[Part]] = {}
    for case in cases:
        parts.setdefault(case.application, []).append(Part(case, in_order(case, by_case.get(case.id, []))))
    asked: dict[UUID, list[Question]] = {}
    for question in Question.objects.filter(side=rules.OFFICER, state="open", application__in=ids).order_by("id"):
        asked.setdefault(question.application, []).append(question)
    bills: dict[UUID, list[Bill]] = {}
    for bill in Bill.objects.filter(application__in=ids, state="due").order_by("due_on", "id"):
        bills.setdefault(bill.application, []).append(bill)
    return [
        ApplicationFile(one, parts.get(one.id, []), [], asked.get(one.id, []), bills.get(one.id, []))
        for one in applications
    ]


def draft_for(applicant: Applicant, identity: UUID) -> Draft | None:
    """Return a draft to the account that began it, while it has not been submitted."""
    return Draft.objects.filter(id=identity, account=applicant.account_id).first()


def drafts_of(applicant: Applicant) -> list[Draft]:
    """Return the drafts that wait to go on, newest first."""
    return list(Draft.objects.filter(account=applicant.account_id, submitted=None).order_by("-updated_at")[:LISTED])


def application_of_draft(applicant: Applicant, draft: Draft) -> Application | None:
    """Return the application that a draft became, to who submitted it."""
    if draft.account != applicant.account_id or draft.submitted is None:
        return None
    return Application.objects.filter(_own(applicant), shard=draft.shard, id=draft.submitted).first()


def due_from(applicant: Applicant) -> list[ApplicationFile]:
    """Return the applications in which something is due from the applicant, papers or money, however old."""
    own = Application.objects.filter(_own(applicant)).values("id")
    waiting = Case.objects.filter(application__in=own, state="supplementing")
    asked = Question.objects.filter(side=rules.OFFICER, state="open", application__in=own)
    unpaid = Bill.objects.filter(application__in=own, state="due")
    ids = {one for found in (waiting, asked, unpaid) for one in found.values_list("application", flat=True)[:LISTED]}
    return _files(list(Application.objects.filter(id__in=ids).order_by("-received_at", "-id"))) if ids else []
