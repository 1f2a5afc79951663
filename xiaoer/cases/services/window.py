"""综合受理: receive an application at the window for somebody who stands there, in the clerk's hand."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from xiaoer.journal.services import Actor
from xiaoer.kernel.workdays import Calendar
from xiaoer.people.rules import Applicant

from ..models import Draft
from ..queries.offers import Offered
from .discarded import emptied
from .drafts import Incomplete
from .filling import submission_of, wanted_papers
from .receipt import Received, submit

CHANNEL = "window"


def window_account(account: UUID) -> UUID:
    """Return under what a clerk's work at the window is kept: never among the clerk's own applications."""
    return uuid5(account, CHANNEL)


def start_at_window(account: UUID, *, offered: Offered, now: datetime) -> Draft:
    """Begin to fill in for somebody at the window. account: the clerk's."""
    main = offered.offer.main
    return Draft.objects.create(
        shard=offered.shard, account=window_account(account), kind=offered.kind, target=offered.target,
        region=offered.region, title=main.name[:200], title_en=main.name_en[:200], answers={}, updated_at=now,
    )  # fmt: skip


@transaction.atomic
def receive(
    draft: Draft, *, offered: Offered, applicant: Applicant, by: Actor, now: datetime, calendar: Calendar
) -> Received:
    """Receive what was filled in (行政许可法 29, 32): the applicant's, in the clerk's hand. Raises Incomplete.

    by: the clerk, on behalf of the person. A second press gives the same application.
    """
    form = submission_of(draft, offered=offered, applicant=applicant, channel=CHANNEL)
    if isinstance(form, list):
        raise Incomplete(form)
    received = submit(replace(form, account=applicant.account_id), by=by, now=now, calendar=calendar, key=str(draft.id))
    Draft.objects.filter(shard=draft.shard, id=draft.id).update(
        submitted=received.application.id, answers={}, typed={}, papers={}, delivery={}, stamps={}, updated_at=now
    )
    emptied(draft, now=now, used=[one.material.key for one in wanted_papers(offered.offer, draft)])
    return received


def put_delivery(draft: Draft, *, delivery: dict[str, str], firm: UUID | None) -> None:
    """Keep how the result is to come and for which firm it is, until it is received."""
    draft.delivery, draft.firm = delivery, firm
    Draft.objects.filter(shard=draft.shard, id=draft.id, submitted=None).update(delivery=delivery, firm=firm)
