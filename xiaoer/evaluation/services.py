"""Acts: invite, rate, let an invitation expire."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from xiaoer.cases.queries import Served
from xiaoer.journal import services as journal
from xiaoer.journal.services import SYSTEM, Actor, Change, New
from xiaoer.kernel.workdays import Calendar
from xiaoer.people.rules import day_of

from . import events, rules
from .models import Invitation, Rating


@transaction.atomic
def invite(served: Served, *, days: int, now: datetime, calendar: Calendar) -> Invitation:
    """Ask the applicant of a decided case to rate, within that many working days (窗口: domain D.1)."""
    case, application = served.case, served.application
    last = calendar.add_workdays(day_of(now), days)
    sent = events.InvitationSent(
        case.id, case.number, case.service_code, case.service_name, case.handled_by, application.account,
        served.received_by, sorted(served.worked), last,
    )  # fmt: skip
    made: Invitation = journal.act([New(case.shard, sent)], by=SYSTEM, now=now, calendar=calendar.version)[0]
    return made


@transaction.atomic
def rate(
    invitation: Invitation, *, level: int, reasons: list[str], words: str = "", staff_level: int | None = None,
    channel: str = "web", by: Actor, now: datetime,
) -> Rating:  # fmt: skip
    """Rate a service, once. by: the account of who opened the invitation.

    Refusal level_needed, staff_level, reasons_level, words_long; rated_already, rating_closed, rating_own; stale.
    """
    on = day_of(now)
    words = words.strip()
    rules.check(
        level=level, reasons=reasons, words=words, staff_level=staff_level, counter=bool(invitation.received_by), on=on
    )
    kind = events.RatingBad if rules.is_bad(level, staff_level) else events.RatingGiven
    given = kind(
        invitation.id, invitation.case, invitation.service_code, invitation.organ, level, sorted(set(reasons)), words,
        invitation.received_by, staff_level, channel,
    )  # fmt: skip
    changes: list[Change | New] = [Change(invitation, events.InvitationAnswered(on)), New(invitation.shard, given)]
    rating: Rating = journal.act(changes, by=by, now=now)[1]
    return rating


@transaction.atomic
def expire(*, shard: str, identity: UUID, now: datetime) -> None:
    """Close an invitation that nobody answered; silence is no rating."""
    invitation = Invitation.objects.get(shard=shard, id=identity)
    if invitation.state == "open":
        journal.act([Change(invitation, events.InvitationExpired(day_of(now)))], by=SYSTEM, now=now)
