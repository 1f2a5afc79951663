"""Who presses and what: eight officers of one organ, or one person with eight devices, and what each of them sends."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from tests.roles import signed_in
from xiaoer.cases.tests import make_desk, make_draft
from xiaoer.people.models import Person
from xiaoer.people.tests import make as people

EIGHT = 8
STAFF = ("clerk", "reviewer", "approver", "head", "organ_admin", "hall_manager", "operator")


@dataclass
class Cast:
    """An organ whose eight officers may all do everything, and a person with eight devices."""

    desk: make_desk.Desk
    officers: list[Client]
    owner: Person
    devices: list[Client]


def cast() -> Cast:
    make_draft.offered()
    desk = make_desk.desk("瑞昌市数据局")
    staff = [people.officer(STAFF[0], desk.organ, name=f"经办{place}") for place in range(EIGHT)]
    for account in staff:
        for role in STAFF[1:]:
            people.post(account, role, desk.organ)
    owner = people.person("王小明")
    return Cast(desk, [signed_in(one) for one in staff], owner, [signed_in(owner.account) for _ in range(EIGHT)])


@dataclass
class Press:
    """What each of the eight sends. makes: the entry that comes into being once; none for what is not journalled.

    plain: words that tell the later ones where no refusal does. same: all get what the first one made. harmless: who
    comes later may find done what he wanted, and is told so.
    """

    clients: list[Client]
    url: str
    makes: str
    sent: Mapping[str, Any] | Callable[[], Mapping[str, Any]] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    is_json: bool = False
    same: bool = False
    harmless: bool = False
    plain: tuple[str, ...] = ()

    def push(self, place: int) -> Any:
        """Press once; return the answer after the redirects."""
        client, sent = self.clients[place], self.sent() if callable(self.sent) else self.sent
        if self.is_json:
            body = json.dumps(sent)
            return client.post(self.url, body, content_type="application/json", headers=self.headers)
        return client.post(self.url, sent, follow=True, headers=self.headers)
