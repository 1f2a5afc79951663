"""Tell an applicant about a case, by the channels of his choice."""

from datetime import datetime

from django.urls import reverse

from xiaoer.journal.services import SYSTEM
from xiaoer.network import queries as network
from xiaoer.notices import services as notices
from xiaoer.people import queries as people

from ..models import Application, Case


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
    }  # fmt: skip
    notices.write(
        kind, account=account, subject=case.id, params=params, by=SYSTEM, now=now,
        link=reverse("cases:application", args=[application.number]),
    )  # fmt: skip
