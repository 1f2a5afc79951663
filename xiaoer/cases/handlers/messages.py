"""What an applicant is told without asking, by the channels of his choice."""

from datetime import datetime
from uuid import UUID

from django.urls import reverse

from xiaoer.journal.services import SYSTEM, Delivered
from xiaoer.notices import services as notices
from xiaoer.people import queries as people

from .. import rules
from ..models import Case, Question, Step
from ..services.telling import tell

UUID_LENGTH = 36


def tell_applicant(delivered: Delivered, now: datetime) -> None:
    """Tell the account that applied what happened to a case. Nothing for somebody without an inbox."""
    case = Case.objects.get(shard=delivered.shard, id=delivered.event.subject)
    tell(case, rules.MESSAGES[delivered.event.name], now)


def tell_of_question(delivered: Delivered, now: datetime) -> None:
    """A question was asked or answered: tell the other side, an officer who has the case or the applicant."""
    question = Question.objects.get(shard=delivered.shard, id=delivered.event.subject)
    case = Case.objects.get(shard=question.shard, id=question.case)
    asked = delivered.event.name == "question.asked"
    if (question.side == rules.OFFICER) == asked:
        tell(case, rules.ASKED if asked else rules.REPLIED, now)
        return
    working = Step.objects.filter(shard=case.shard, case=case.id, state="working").values_list("claimed_by", flat=True)
    kind = rules.ASKED_ORGAN if asked else rules.REPLIED_ORGAN
    for one in sorted(set(working)) if asked else [question.asked_by]:
        _tell_officer(one, case, kind, now)


def _tell_officer(identity: str, case: Case, kind: str, now: datetime) -> None:
    """Write one message to an officer; nothing for somebody without an inbox: the desk shows the question anyway."""
    account = people.account(UUID(identity)) if len(identity) == UUID_LENGTH else None
    if account is None or not account.home:
        return
    notices.write(
        kind, account=account, subject=case.id, params={"matter": case.service_name, "number": case.number},
        by=SYSTEM, now=now, link=reverse("cases:desk_case", args=[case.number]),
    )  # fmt: skip
