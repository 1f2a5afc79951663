"""Who tries every page: the cast of the permission walk, and clients that are signed in as the real thing would be."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.test import Client

from xiaoer.network.models import Organ
from xiaoer.network.tests import make as network
from xiaoer.people.models import Account
from xiaoer.people.tests import make as people

PEOPLE = ("nobody", "owner", "other_person")
OFFICERS = (
    "clerk", "reviewer", "approver", "head", "hall_manager", "supervisor", "item_manager", "organ_admin", "operator",
    "foreign_clerk", "foreign_approver", "foreign_admin",
)  # fmt: skip
ROLES = (*PEOPLE, *OFFICERS)
"""owner: the person whose objects the rows name. foreign_…: officers of another county's organ."""

Outcome = Literal["page", "sign_in", "missing", "elsewhere", "refused", "factor", "broken"]
"""page: 200. sign_in, factor: led there. missing: 404. elsewhere: another redirect. refused: 401, 403, 405.
broken: 500 and above, never to be expected."""


@dataclass(frozen=True)
class Row:
    """What one address answers. seen_by: roles that get the page; others: what everybody else signed in gets.

    args: the address's keyword arguments, made from the stage. anonymous: what nobody gets. instead: single
    roles that get something else.
    """

    seen_by: frozenset[str] | set[str] | tuple[str, ...] = ()
    others: Outcome = "missing"
    anonymous: Outcome = "sign_in"
    page: Outcome = "page"
    args: Callable[["Stage"], Mapping[str, Any]] = lambda stage: {}
    query: str = ""
    method: str = "get"
    instead: Mapping[str, Outcome] = field(default_factory=dict)

    def expected(self, role: str) -> Outcome:
        """Return what a role is to get."""
        if role in self.instead:
            return self.instead[role]
        if role in self.seen_by:
            return self.page
        return self.anonymous if role == "nobody" else self.others


PUBLIC = Row(seen_by=ROLES)
SIGNED_IN = Row(seen_by=ROLES[1:])


@dataclass
class Stage:
    """The objects of one walk. things: what apps add under a name; canaries: text -> roles that may read it."""

    organ: Organ
    foreign_organ: Organ
    accounts: dict[str, Account]
    things: dict[str, Any] = field(default_factory=dict)
    canaries: dict[str, frozenset[str]] = field(default_factory=dict)

    def canary(self, text: str, *roles: str) -> str:
        """Return text after noting that only these roles may ever find it in an answer."""
        self.canaries[text] = frozenset(roles)
        return text

    def client(self, role: str) -> Client:
        return Client() if role == "nobody" else signed_in(self.accounts[role])


def stage() -> Stage:
    """Build organs of two counties and an account for every role."""
    organ = network.organ()
    foreign = network.organ("共青城市行政审批局", region_code=network.OTHER_COUNTY)
    accounts = {
        role: people.officer(role.replace("foreign_admin", "organ_admin").removeprefix("foreign_"), place)
        for role in OFFICERS
        for place in [foreign if role.startswith("foreign_") else organ]
    }
    built = Stage(organ, foreign, accounts)
    for role in ("owner", "other_person"):
        account = people.account()
        accounts[role] = account
        person = people.person(built.canary(f"探针{role}", role, "clerk"), account=account)
        built.things[role] = person
        built.canary(person.id_number, role)
        built.canary(person.phone.removeprefix("+86"), role)
    return built


def signed_in(account: Account, *, factor: bool = True) -> Client:
    """Return a client whose session says what allauth writes after password and, with factor, second factor."""
    client = Client()
    client.force_login(account)
    session = client.session
    now = time.time()
    records = [{"method": "password", "at": now, "username": account.username}]
    if factor:
        records.append({"method": "mfa", "at": now, "type": "totp"})
    session["account_authentication_methods"] = records
    session["account_authentication_methods_user"] = str(account.pk)
    session.save()
    return client
