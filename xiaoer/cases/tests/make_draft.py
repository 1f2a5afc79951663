"""What an applicant's pages are tried with: the demonstration's restaurant bundle, its organs, a person signed in."""

import json
from datetime import date

from django.test import Client
from django.urls import reverse

from tests.make import NOW
from tests.roles import signed_in
from xiaoer.catalogue.tests import make as catalogue
from xiaoer.journal.services import SYSTEM
from xiaoer.network import services as network_acts
from xiaoer.network.tests import make as network
from xiaoer.people.models import Person
from xiaoer.people.tests import make as people

START = reverse("cases:start", kwargs={"kind": "bundle", "region": catalogue.RUICHANG, "key": "open_restaurant"})
ANSWERS = {
    "has_licence": "no", "applicant_kind": "individual", "premises_area": "120", "is_underground": "no",
    "has_entertainment": "no", "cold_dishes": "yes", "has_signboard": "yes", "sign_area": "6", "wants_seal": "yes",
    "shop_name": "湓城小馆", "business_kind": "restaurant", "premises_address": "瑞昌市湓城街道人民路8号",
    "online_orders": "no", "sign_text": "湓城小馆", "sign_lit": "yes",
}  # fmt: skip
NEEDED = ["经营者身份证", "经营场所使用证明（租赁合同或产权证）", "主要设备设施、经营布局和操作流程图",
          "专间或专用操作区平面图", "食品安全规章制度目录清单", "店招效果图", "安装位置现状照片"]  # fmt: skip


def offered() -> None:
    """The restaurant bundle in force, its organs and a calendar."""
    network.regions()
    network.calendars()
    for row in json.loads((catalogue.DEMO.parent / "organs.json").read_text()):
        network_acts.create_organ(
            name=row["name"], short_name=row["short_name"], uscc=row["uscc"], region_code=row["region"],
            kind="bureau", phone="0792-4222222", address="瑞昌市人民北路1号", valid_from=date(2020, 1, 1), by=SYSTEM,
            now=NOW,
        )  # fmt: skip
    catalogue.published_restaurant(valid_from=NOW)


def applicant(name: str = "王小明") -> tuple[Client, Person]:
    """A person with an account, and the browser in which that account is signed in."""
    person = people.person(name)
    return signed_in(person.account), person
