"""Tell applicants and officers about a case, by the channels of their choice."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from xiaoer.journal.services import SYSTEM
from xiaoer.network import queries as network
from xiaoer.notices import services as notices
from xiaoer.people import queries as people

from ..models import Application, Case
from .time import day_of


def tell(case: Case, kind: str, now: datetime) -> None:
    """Write one message about a case to the account that applied; nothing for somebody without an inbox."""
    application = Application.objects.get(shard=case.shard, id=case.application)
    account = people.account(application.account)
    if account is None or not account.home:
        return
    organ = network.organ(case.handled_by)
    params = {
        "matter": case.service_name, "organ": organ.name if organ else "", "until": case.supplement_until or "",
        "promised": case.promised_due_on or "", "accepted": case.accepted_on or "",
        **{name: case.hearing.get(name, "") for name in ("ask_until", "on", "time", "place")},
    }  # fmt: skip
    notices.write(
        kind, account=account, subject=case.id, params=params, by=SYSTEM, now=now,
        link=reverse("cases:application", args=[application.number]),
    )  # fmt: skip


def tell_officers(
    accounts: Iterable[Any], case: Case, kind: str, now: datetime, *, link: str = "", **more: str
) -> None:
    """Write one message about a case to each of some officers. link: the case's page at the desk when left out."""
    params = {"matter": case.service_name, "number": case.number, **more}
    for account in accounts:
        notices.write(
            kind, account=account, subject=case.id, params=params, by=SYSTEM, now=now,
            link=link or reverse("cases:desk_case", args=[case.number]),
        )  # fmt: skip


def officers_with(
    permission: str, case: Case, now: datetime, *, organ: UUID | None = None, but: Collection[str] = ()
) -> list[Any]:
    """Return the accounts whose posts let them act on a case, in the organ that handles it unless another is named.

    but: ids of accounts that are left out.
    """
    found = people.holding(permission, organ=organ or case.handled_by, service=case.service_code, on=day_of(now))
    return [account for account in found if str(account.id) not in but]
