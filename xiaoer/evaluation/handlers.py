"""What rating does when a case is decided."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from xiaoer.cases import queries as cases
from xiaoer.journal.services import SYSTEM, Delivered
from xiaoer.network import queries as network
from xiaoer.notices import services as notices
from xiaoer.people import queries as people

from . import queries, rules, services


def tell_invited(delivered: Delivered, now: datetime) -> None:
    """An invitation was made: tell who applied. The link holds no token, so that no reader of messages can rate."""
    invitation = queries.invitation(shard=delivered.shard, identity=delivered.event.subject)
    account = people.account(invitation.account)
    if account is None or not account.home:
        return
    notices.write(
        rules.INVITED, account=account, subject=invitation.id, by=SYSTEM, now=now,
        params={"matter": invitation.service_name, "until": invitation.expires_on.isoformat()},
        link=reverse("evaluation:rate_case", args=[invitation.number]),
    )  # fmt: skip


def invite(delivered: Delivered, now: datetime) -> None:
    """A case was granted or refused: ask for a rating, once for a case, however often it is decided."""
    if queries.invited(shard=delivered.shard, case=delivered.event.subject):
        return
    served = cases.served(shard=delivered.shard, identity=delivered.event.subject)
    services.invite(served, days=settings.RATING_DAYS, now=now, calendar=network.calendar_for(delivered.shard))
