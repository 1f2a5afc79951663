"""What an applicant's pages are tried with: the demonstration's restaurant bundle, its organs, a person signed in."""

import io
import json
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from tests.make import NOW
from tests.roles import signed_in
from xiaoer.cases import queries, services
from xiaoer.cases.models import Draft
from xiaoer.catalogue.tests import make as catalogue
from xiaoer.journal.services import SYSTEM
from xiaoer.network import services as network_acts
from xiaoer.network.tests import make as network
from xiaoer.people import queries as people_doors
from xiaoer.people.models import Account, Person
from xiaoer.people.rules import Applicant
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


def offered(organs: tuple[str, ...] = ()) -> None:
    """The restaurant bundle in force, a calendar, its organs (those with these codes only, when told)."""
    network.regions()
    network.calendars()
    rows = json.loads((catalogue.DEMO.parent / "organs.json").read_text())
    for row in [row for row in rows if not organs or row["uscc"] in organs]:
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


def bundle() -> queries.Offered:
    """The restaurant bundle as it is offered."""
    found = queries.offered_at("bundle", "open_restaurant", catalogue.RUICHANG, NOW)
    assert found is not None
    return found


def started(offered: queries.Offered, person: Person | None = None) -> Draft:
    """A draft that has just begun."""
    account = (person or people.person()).account
    acting = people_doors.applicant(account, on=services.day_of(NOW))
    assert acting is not None
    return services.start(acting, offered=offered, now=NOW)


def person_of(draft: Draft) -> Applicant:
    """Who fills a draft in."""
    found = people_doors.applicant(Account.objects.get(id=draft.account), on=services.day_of(NOW))
    assert found is not None
    return found


def picture(name: str = "图.jpg", color: str = "white") -> SimpleUploadedFile:
    """A small photograph."""
    out = io.BytesIO()
    Image.new("RGB", (40, 40), color).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/jpeg")


def pdf() -> SimpleUploadedFile:
    """The smallest PDF that counts as whole."""
    content = b"%PDF-1.4\n1 0 obj<<>>endobj\nxref\n0 1\ntrailer<<>>\nstartxref\n28\n%%EOF\n"
    return SimpleUploadedFile("图.pdf", content, content_type="application/pdf")


def uploaded(draft: Draft, offered: queries.Offered) -> None:
    """A file for every paper that a draft has to have."""
    for one in services.wanted_papers(offered.offer, draft):
        if services.to_upload(one):
            services.put_paper(draft, one.material, picture(), by=SYSTEM, now=NOW)


def fill(draft: Draft, offered: queries.Offered, **changed: str) -> Draft:
    """Answer everything, choose the counter."""
    known = {"operator_name": "王小明", "operator_id": "11010519491231002X", "operator_phone": "13900000000"}
    typed: dict[str, Any] = {**ANSWERS, **known, **changed}
    fields = [field for field in map(offered.offer.field, typed) if field]
    services.save_answers(draft, fields=fields, typed=typed, seen=draft.version, now=NOW)
    uploaded(draft, offered)
    services.choose_delivery(draft, delivery={"way": "counter"}, seen=draft.version, now=NOW)
    return draft


def complete(offered: queries.Offered, **changed: str) -> Draft:
    """A draft with nothing missing; with changed answers the papers of a licence of one's own may lack."""
    draft = fill(started(offered), offered, **changed)
    if changed.get("has_licence") == "yes":
        services.remove_paper(draft, key="business_licence", now=NOW)
    return draft
