"""Officers at their desks: organs, clients signed in with a second factor, cases received this very day."""

import time
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.test import Client
from django.utils import timezone

from xiaoer.cases import services
from xiaoer.cases.models import Case
from xiaoer.cases.services import Paper
from xiaoer.files.tests import make as files
from xiaoer.journal import edge
from xiaoer.network.models import Organ
from xiaoer.network.tests import make as network
from xiaoer.people.models import Account
from xiaoer.people.tests import make as people

from . import make

DAY = date(2026, 3, 5)


def days_ahead() -> int:
    """The setting under which today is Thursday 5 March 2026."""
    return (DAY - timezone.localdate()).days


def signed_in(account: Account, **values: Any) -> Client:
    """A client whose session says what allauth writes after password and second factor."""
    client = Client(**values)
    client.force_login(account)
    session = client.session
    now = time.time()
    session["account_authentication_methods"] = [
        {"method": "password", "at": now, "username": account.username},
        {"method": "mfa", "at": now, "type": "totp"},
    ]
    session["account_authentication_methods_user"] = str(account.pk)
    session.save()
    return client


@dataclass
class Desk:
    """One organ with its officers."""

    organ: Organ
    accounts: dict[str, Account]

    def client(self, role: str, **values: Any) -> Client:
        return signed_in(self.accounts[role], **values)


ROLES = ("clerk", "reviewer", "approver", "head")


def desk(name: str = "瑞昌市市场监督管理局", **values: Any) -> Desk:
    """An organ with one officer of each role."""
    make.calendar()
    organ = network.organ(name, **values)
    return Desk(organ, {role: people.officer(role, organ, name=f"{role}甲") for role in ROLES})


def received(place: Desk, **values: Any) -> Case:
    """A case that came in today, with one real paper and one missing."""
    stored = files.stored()
    papers = (
        Paper("layout", "布局图", ("food",), "upload", stored.id, "", "C"),
        Paper("health", "健康证明", ("food",)),
    )
    member = make.member(service_name="食品经营许可", organ=place.organ.id, **values)
    return make.submitted(member, papers=papers, now=edge.now()).cases[0]


def accepted(place: Desk, **values: Any) -> Case:
    case = received(place, **values)
    return services.accept(case, organs={}, by=make.CLERK, now=edge.now(), calendar=make.calendar())


def decidable(place: Desk, *, by: str = "reviewer") -> Case:
    """A case whose decision may be taken: reviewed and visited by one officer."""
    case = accepted(place)
    who = make.Actor(str(place.accounts[by].id))
    for key in ("review", "visit"):
        make.settled(case, key, by=who, now=edge.now())
    return make.fresh(case)
