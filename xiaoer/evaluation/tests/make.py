"""Decided cases, invitations and ratings for tests, made by acts."""

from typing import Any

from tests.make import NOW
from xiaoer.cases import queries as case_queries
from xiaoer.cases import services as cases
from xiaoer.cases.models import Case
from xiaoer.cases.tests import make as case_make
from xiaoer.evaluation import services
from xiaoer.evaluation.models import Invitation, Rating
from xiaoer.journal.services import Actor
from xiaoer.people.models import Person


def refused(person: Person, **values: Any) -> Case:
    """A case of a person, accepted by one officer and refused by another."""
    own = {"applicant": person.id, "account": person.account_id}
    received = case_make.submitted(*values.pop("members", ()), **{**own, **values})
    case = case_make.accepted(received.cases[0])
    return cases.refuse(case, reason="面积不够", by=case_make.APPROVER, now=NOW, calendar=case_make.calendar())


def invitation(person: Person, **values: Any) -> Invitation:
    """An open invitation after a refusal."""
    case = refused(person, **values)
    served = case_queries.served(shard=case.shard, identity=case.id)
    return services.invite(served, days=5, now=NOW, calendar=case_make.calendar())


def rating(invitation: Invitation, *, level: int = 5, **values: Any) -> Rating:
    known: dict[str, Any] = {"reasons": [], "by": Actor(str(invitation.account)), "now": NOW}
    return services.rate(invitation, level=level, **{**known, **values})
