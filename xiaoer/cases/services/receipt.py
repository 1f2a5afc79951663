"""Receive an application: one transaction makes it, its cases and its requirements. Submission *is* receipt."""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from uuid_utils.compat import uuid7

from xiaoer.journal import services as journal
from xiaoer.journal.fields import blind_index
from xiaoer.journal.services import Actor, Key, New, Repeated
from xiaoer.kernel import codes
from xiaoer.kernel.refusal import Refusal
from xiaoer.kernel.workdays import Calendar

from .. import rules
from ..events import ApplicationReceived, CaseReceived, RequirementListed
from ..models import Application, Case
from .opening import opened_steps
from .time import day_of


@dataclass(frozen=True)
class Member:
    """One service that is applied for. service: id of the published version; plan: already joined to the bundle."""

    key: str
    service: UUID
    service_code: str
    service_name: str
    procedure: str
    kind: str
    organ: UUID
    plan: dict[str, Any]
    limits: dict[str, Any]


@dataclass(frozen=True)
class Paper:
    """One requirement as it stands at submission; cases: keys of the members that need it."""

    key: str
    name: str
    cases: tuple[str, ...]
    way: str = "missing"
    file: UUID | None = None
    reference: str = ""
    grade: str = ""


@dataclass(frozen=True)
class Submission:
    """All that is handed in at once. shard: county of the matter; organs: uscc -> id for steps of other organs.

    applicant_shard: where the person's or firm's own row lies; account_shard: where the row of the person who signed in
    lies; both the county of the matter when left out.
    """

    title: str
    region: str
    shard: str
    applicant_kind: str
    applicant: UUID
    applicant_name: str
    account: UUID
    channel: str
    members: tuple[Member, ...]
    papers: tuple[Paper, ...] = ()
    answers: dict[str, Any] = field(default_factory=dict)
    personal_answers: dict[str, Any] = field(default_factory=dict)
    delivery: dict[str, str] = field(default_factory=dict)
    applicant_shard: str = ""
    account_shard: str = ""
    agent: UUID | None = None
    bundle: UUID | None = None
    organs: dict[str, UUID] = field(default_factory=dict)


@dataclass(frozen=True)
class Received:
    """What a submission made. again: the same key came before, and nothing new was made."""

    application: Application
    cases: list[Case]
    again: bool = False


def submit(form: Submission, *, by: Actor, now: datetime, calendar: Calendar, key: str, said: str = "") -> Received:
    """Receive an application (行政许可法 29, 32): its number, its cases and their clocks at once.

    key: idempotency key of the account; the same key gives the same application back. said: digest of what was asked
    with it. Refusal nothing_to_submit, key_reused when the key came before with something else.
    """
    if not form.members:
        raise Refusal("nothing_to_submit")
    once = Key(form.account_shard or form.shard, form.account, "submit", key, said)
    try:
        with _whole(form):
            return _received(form, once, by, now, calendar)
    except Repeated:
        return _before(form.shard, once)


def _before(shard: str, once: Key) -> Received:
    """Return what the first request with a key made."""
    first = journal.first_with(once)
    if first.said != once.said:
        raise Refusal("key_reused")
    application = Application.objects.get(shard=shard, id=first.subject)
    return Received(application, list(Case.objects.filter(shard=shard, application=first.subject)), again=True)


def _whole(form: Submission) -> AbstractContextManager[Any]:
    """Return a transaction where receipt is followed by acts at once, as the steps of a filing, and a savepoint where
    there is a transaction that a repeated key must not break. Else the act is whole by itself.
    """
    begun = any(rules.PROCEDURES[member.procedure].initial in rules.WORKED for member in form.members)
    return transaction.atomic() if begun or connection.in_atomic_block else nullcontext()


def _received(form: Submission, once: Key, by: Actor, now: datetime, calendar: Calendar) -> Received:
    identity, on = uuid7(), day_of(now)
    changes: list[Any] = [New(form.shard, _application(form, now), id=identity)]
    changes += [New(form.shard, _case(member, identity, form, now), id=uuid7()) for member in form.members]
    changes += [New(form.shard, _requirement(paper, identity)) for paper in form.papers]
    rows = journal.act(changes, by=by, now=now, calendar=calendar.version, once=once)
    cases: list[Case] = rows[1 : 1 + len(form.members)]
    for case in cases:
        if case.state in rules.WORKED:  # a filing (备案) is accepted by being handed in
            steps = opened_steps(case, siblings=cases, organs=form.organs, facts=form.answers, calendar=calendar, on=on)
            journal.act(steps, by=by, now=now, calendar=calendar.version)
    return Received(rows[0], cases)


def _application(form: Submission, now: datetime) -> ApplicationReceived:
    on = day_of(now)
    sequence = journal.take_any(shard=form.shard, register=f"application:{on:%Y%m%d}", now=now)
    return ApplicationReceived(
        number=codes.make_application_number(form.shard[:6], on=on, sequence=sequence), title=form.title,
        applicant_kind=form.applicant_kind, applicant=form.applicant,
        applicant_shard=form.applicant_shard or form.shard, account=form.account, agent=form.agent,
        channel=form.channel, bundle=form.bundle, region=form.region, answers=form.answers,
        personal_answers=form.personal_answers, applicant_name=form.applicant_name,
        applicant_index=blind_index(form.applicant_name), delivery=form.delivery,
    )  # fmt: skip


def _case(member: Member, application: UUID, form: Submission, now: datetime) -> CaseReceived:
    on, together = day_of(now), {one.key for one in form.members}
    sequence = journal.take_any(shard=form.shard, register=f"case:{member.service_code}:{on:%Y%m%d}", now=now)
    number = codes.make_case_number(member.service_code, on=on, sequence=sequence)
    return CaseReceived(
        application=application, key=member.key, number=number, service=member.service,
        service_code=member.service_code, service_name=member.service_name, procedure=member.procedure,
        kind=member.kind, organ=member.organ, plan=member.plan, limits=member.limits, on=on,
        waits=[key for key in rules.predecessors(member.plan) if key in together],
    )  # fmt: skip


def _requirement(paper: Paper, application: UUID) -> RequirementListed:
    return RequirementListed(
        application=application, key=paper.key, name=paper.name, cases=list(paper.cases), way=paper.way,
        file=paper.file, reference=paper.reference, grade=paper.grade,
    )  # fmt: skip
