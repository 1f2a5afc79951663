"""What applicants and officers are told without asking, by the channels of their choice."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from xiaoer.journal.services import Delivered
from xiaoer.people import queries as people

from .. import rules
from ..models import Case, Question, Step
from ..services.telling import officers_with, tell, tell_officers

UUID_LENGTH = 36


def tell_applicant(delivered: Delivered, now: datetime) -> None:
    """Tell the account that applied what happened to a case. Nothing for somebody without an inbox."""
    case = Case.objects.get(shard=delivered.shard, id=delivered.event.subject)
    tell(case, rules.MESSAGES[delivered.event.name], now)


def tell_of_question(delivered: Delivered, now: datetime) -> None:
    """A question was asked or answered: tell the other side, the officers who have the case or the applicant."""
    question = Question.objects.get(shard=delivered.shard, id=delivered.event.subject)
    case = Case.objects.get(shard=question.shard, id=question.case)
    asked = delivered.event.name == "question.asked"
    if (question.side == rules.OFFICER) == asked:
        tell(case, rules.ASKED if asked else rules.REPLIED, now)
    elif asked:
        tell_officers(_who_has(case, now), case, rules.ASKED_ORGAN, now)
    else:
        tell_officers(_accounts([question.asked_by]), case, rules.REPLIED_ORGAN, now)


def tell_of_lapse(delivered: Delivered, now: datetime) -> None:
    """A claim lapsed: tell who had the step in hand, and those who can take it now."""
    step = Step.objects.get(shard=delivered.shard, id=delivered.event.subject)
    case = Case.objects.get(shard=step.shard, id=step.case)
    lost = delivered.event.data.claimed_by
    tell_officers(_accounts([lost]), case, rules.CLAIM_LAPSED, now)
    permission = "cases.decide" if step.kind == rules.DECISION else "cases.review"
    others = officers_with(permission, case, now, organ=step.organ, but=[lost])
    tell_officers(others, case, rules.STEP_FREE, now)


def tell_of_return(delivered: Delivered, now: datetime) -> None:
    """A step was sent back: tell who had given its opinion."""
    step = Step.objects.get(shard=delivered.shard, id=delivered.event.subject)
    case = Case.objects.get(shard=step.shard, id=step.case)
    tell_officers(_accounts([delivered.event.data.settled_by]), case, rules.SENT_BACK, now)


def _who_has(case: Case, now: datetime) -> list[Any]:
    """Return the officers who have a step of a case in hand; while nobody has, those who may accept it."""
    working = Step.objects.filter(shard=case.shard, case=case.id, state="working").values_list("claimed_by", flat=True)
    return _accounts(sorted(set(working))) or officers_with("cases.accept", case, now)


def _accounts(identities: Iterable[str]) -> list[Any]:
    """Return the accounts of officers as the journal names them; a part of the platform has none."""
    found = [people.account(UUID(one)) for one in identities if len(one) == UUID_LENGTH]
    return [account for account in found if account and account.is_active]
