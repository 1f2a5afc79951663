"""Persons, firms and officers for tests, made by acts; identity numbers have right check digits."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from tests.make import NOW
from xiaoer.journal.services import SYSTEM
from xiaoer.kernel import codes
from xiaoer.network.models import Organ
from xiaoer.network.tests import make as network
from xiaoer.people import queries, rules, services
from xiaoer.people.models import Account, Firm, Mandate, Person, Post, Recipient

TODAY = rules.day_of(NOW)
_numbers = count(1)


def account(**values: Any) -> Account:
    """A citizen's account with a verified phone."""
    number = next(_numbers)
    made = Account(username=f"u{number:06d}", **values)
    made.set_unusable_password()
    made.set_phone(f"+86139{number:08d}", verified=True)
    made.save()
    return made


def person(name: str = "王小明", *, shard: str = network.COUNTY, account: Account | None = None) -> Person:
    """A person with an account and a number of their own."""
    number = next(_numbers)
    owner = account or globals()["account"]()
    return services.register_person(
        owner, name=name, id_kind="resident", phone=owner.phone, shard=shard,
        id_number=codes.make_resident_id(shard[:6], born=date(1980, 1, 1) + timedelta(days=number), sequence=7),
        by=SYSTEM, now=NOW,
    )  # fmt: skip


def firm(legal_rep: Person, *, name: str = "瑞昌市小二餐饮有限公司") -> Firm:
    return services.register_firm(
        name=name, uscc=network.uscc("91360481"), kind="company", legal_rep=legal_rep, by=SYSTEM, now=NOW
    )


def recipient(owner: Person, *, name: str = "王小明", address: str = "瑞昌市人民路8号") -> Recipient:
    applicant = queries.applicant(Account.objects.get(id=owner.account_id), on=TODAY)
    assert applicant
    said = {"name": name, "phone": "+8613900139000", "address": address}
    return services.add_recipient(applicant, **said, by=SYSTEM, now=NOW)


def mandate(firm: Firm, agent: Person, **values: Any) -> Mandate:
    known = {"services": [], "valid_from": TODAY, "valid_to": None, "granted_by": firm.legal_rep_id}
    return services.grant_mandate(firm, agent=agent, by=SYSTEM, now=NOW, **{**known, **values})


def officer(role: str, organ: Organ, *, name: str = "李窗口", **values: Any) -> Account:
    """An account with a post that has held since 2020."""
    made = Account.objects.create_user(f"staff{next(_numbers)}", name=name)
    post(made, role, organ, **values)
    return made


def post(account: Account, role: str, organ: Organ, **values: Any) -> Post:
    known = {"valid_from": date(2020, 1, 1)}
    return services.assign_post(account, role=role, organ=organ, by=SYSTEM, now=NOW, **{**known, **values})
