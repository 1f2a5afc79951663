"""Who plays in the demonstration: invented officers, persons and firms, with right check digits."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count

from django.contrib.auth.hashers import make_password

from xiaoer.journal.services import SYSTEM
from xiaoer.kernel import codes
from xiaoer.network.models import Organ
from xiaoer.people import services
from xiaoer.people.models import Account, Firm, Person

from .places import RUICHANG, SINCE

PASSWORD = "xiaoer-demo-2026"  # noqa: S105 - the demonstration prints it
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 - shown at /demo/codes/
STREETS = ("人民北路", "赤乌大道", "桂林路", "湓城大道", "建设路", "瀼溪路")
FAMILY = "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗"
GIVEN = ("小二", "明", "芳", "建国", "丽", "强", "秀英", "伟", "静", "磊", "桂兰", "洋", "艳", "勇", "娟", "涛")
DISHES = ("瓦罐汤", "米粉", "小炒", "豆参", "山药粥", "鱼头", "辣子鸡", "糯米糕", "藕汤", "烧饼")


@dataclass(frozen=True)
class Staff:
    """One demo sign-in of an officer: posts are (role, credit codes of organs)."""

    username: str
    name: str
    roles: tuple[tuple[str, tuple[str, ...]], ...]


def staff(organs: dict[str, Organ]) -> list[Staff]:
    """Return the officers: a window clerk authorised by every organ of the county, and each organ's own people."""
    county = tuple(uscc for uscc, organ in organs.items() if organ.region_code == RUICHANG)
    bureau = next(uscc for uscc in county if "行政审批局" in organs[uscc].name)
    made = [
        Staff("clerk", "周窗口", (("clerk", county),)),
        Staff("head", "郑局长", (("head", county[:5]),)),
        Staff("supervisor", "冯监督", (("supervisor", (bureau,)),)),
        Staff("operator", "褚运维", (("operator", (bureau,)), ("organ_admin", (bureau,)))),
    ]
    for place, uscc in enumerate(county):
        label = ("market", "city", "police", "fire", "bureau")[place] if place < 5 else f"organ{place}"
        made.append(Staff(f"{label}-reviewer", f"{FAMILY[place % len(FAMILY)]}审查", (("reviewer", (uscc,)),)))
        made.append(Staff(f"{label}-approver", f"{FAMILY[-1 - place % len(FAMILY)]}审批", (("approver", (uscc,)),)))
    return made


def make_staff(organs: dict[str, Organ], now: datetime) -> dict[str, Account]:
    """Make the officers' accounts with posts and a known second factor; return them by staff number."""
    accounts = {}
    # One hash for all: the password is printed anyway, and forty would take a quarter of a minute.
    password = make_password(PASSWORD)
    for one in staff(organs):
        account = Account.objects.create(
            username=one.username, name=one.name, password=password, password_expired=False
        )
        services.enrol_factor(account, secret=SECRET)
        for role, usccs in one.roles:
            for uscc in usccs:
                services.assign_post(account, role=role, organ=organs[uscc], valid_from=SINCE, by=SYSTEM, now=now)
        accounts[one.username] = account
    return accounts


@dataclass(frozen=True)
class Citizen:
    """An invented person with an account, and the firm that he runs, if any."""

    account: Account
    person: Person
    firm: Firm | None


def make_citizens(number: int, now: datetime) -> list[Citizen]:
    """Make invented people; every second one runs a small restaurant firm. The first signs in as 13800000001."""
    password = make_password(PASSWORD)
    return [_citizen(place, password, now) for place in range(1, number + 1)]


def _citizen(place: int, password: str, now: datetime) -> Citizen:
    phone = f"1380000{place:04d}"
    name = FAMILY[place % len(FAMILY)] + GIVEN[place % len(GIVEN)]
    account = Account(username=f"person-{place:04d}", language="zh-hans", password=password)
    account.set_phone(f"+86{phone}", verified=True)
    account.save()
    number = codes.make_resident_id("360481", born=date(1970, 3, 1) + timedelta(days=137 * place), sequence=place % 900)
    person = services.register_person(
        account, name=name, id_kind="resident", id_number=number, phone=phone, shard=RUICHANG, by=SYSTEM, now=now
    )
    firm = _firm(place, person, now) if place % 2 else None
    return Citizen(account, person, firm)


_firms = count(1)


def _firm(place: int, person: Person, now: datetime) -> Firm:
    dish = DISHES[place % len(DISHES)]
    uscc = codes.make_uscc(f"92360481MA{next(_firms):07d}")
    return services.register_firm(
        name=f"瑞昌市{person.name[0]}记{dish}店", uscc=uscc, kind="individual", legal_rep=person, by=SYSTEM, now=now
    )
