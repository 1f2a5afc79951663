"""Who was served by a case and who served: what a later rating must know. For the machinery of other apps' acts."""

from dataclasses import dataclass
from uuid import UUID

from xiaoer.journal.queries import entries_of
from xiaoer.journal.services import SYSTEM
from xiaoer.people.rules import Applicant

from ..models import Application, Bill, Case, Requirement, Step
from .mine import _own

NO_WORK = frozenset(
    {
        "case.received", "case.supplemented", "case.withdrawn", "case.hearing_asked", "case.hearing_dropped",
        "step.opened",
    }
)  # fmt: skip
"""Acts of the applicant (also when an officer wrote them down for him), and what follows from them: a filing (备案)
opens its steps by being handed in."""
COUNTER = frozenset({"counter", "window"})
"""Channels in which an officer stands before the applicant."""


@dataclass(frozen=True)
class Served:
    """A case with its application. worked: accounts of its officers; received_by: who took it at a counter, or ""."""

    case: Case
    application: Application
    worked: frozenset[str]
    received_by: str


def served(*, shard: str, identity: UUID) -> Served:
    """Return a case with who worked on it, from the journal."""
    case = Case.objects.get(shard=shard, id=identity)
    application = Application.objects.get(shard=shard, id=case.application)
    steps = Step.objects.filter(shard=shard, case=identity).values_list("id", flat=True)
    told = [(entry.name, entry.actor) for entry in entries_of(shard=shard, subjects=[identity, *steps])]
    received_by = ""
    if application.channel in COUNTER:
        received_by = next(actor for name, actor in told if name == "case.received")
    worked = {actor for name, actor in told if name not in NO_WORK} | {received_by}
    return Served(case, application, frozenset(worked - {"", SYSTEM.id}), received_by)


def is_own(applicant: Applicant, *, shard: str, kind: str, subject: UUID) -> bool:
    """Whether something in the journal belongs to an application of the applicant's own."""
    own = Application.objects.filter(_own(applicant), shard=shard)
    if kind == "application":
        return own.filter(id=subject).exists()
    model = {"case": Case, "step": Step, "requirement": Requirement, "bill": Bill}.get(kind)
    if model is None:
        return False
    found = model._default_manager.filter(shard=shard, id=subject).values("application")
    return own.filter(id__in=found[:1]).exists()
