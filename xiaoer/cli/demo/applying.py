"""Applications of the demonstration: filled in page by page and handed in with papers, as a citizen does."""

import zlib
from collections.abc import Mapping
from datetime import datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from xiaoer.cases import queries as cases
from xiaoer.cases import rules
from xiaoer.cases.services import Received, drafts
from xiaoer.cases.services.filling import to_upload, wanted_papers
from xiaoer.cases.services.time import day_of
from xiaoer.kernel.workdays import Calendar
from xiaoer.people import queries as people

from .people import DISHES, STREETS, Citizen
from .places import RUICHANG

BUNDLE, LICENCE = ("bundle", "open_restaurant"), ("service", "11360481MB0E1003354362009912000")
"""Opening a restaurant; a new driving licence in place of the old one, which costs ten yuan."""


def apply_for(
    citizen: Citizen, *, matter: tuple[str, str], typed: Mapping[str, str], way: str, now: datetime, calendar: Calendar
) -> Received:
    """Fill in and hand in a service or bundle (kind, key) of the county; way: how the result is to come."""
    applicant = people.applicant(citizen.account, on=day_of(now))
    offered = cases.offered_at(*matter, RUICHANG, now)
    assert applicant is not None and offered is not None
    draft = drafts.start(applicant, offered=offered, now=now)
    for _ in range(3):  # an answer may bring further questions
        fields = rules.asked(offered.offer, draft.answers)
        draft = drafts.save_answers(draft, fields=fields, typed=typed, seen=draft.version, now=now).draft
    for one in wanted_papers(offered.offer, draft):
        if to_upload(one):
            drafts.put_paper(draft, one.material, picture(one.material.key), by=people.actor(applicant), now=now)
    address = {"name": citizen.person.name, "phone": citizen.person.phone, "address": f"瑞昌市{STREETS[0]}1号"}
    drafts.choose_delivery(
        draft, delivery={"way": way, **(address if way == "post" else {})}, seen=draft.version, now=now
    )
    return drafts.hand_in(draft, offered=offered, applicant=applicant, seen=draft.version, now=now, calendar=calendar)


def answers(citizen: Citizen, place: int) -> dict[str, str]:
    """Return what is typed into the form of one restaurant."""
    person, dish = citizen.person, DISHES[place % len(DISHES)]
    area = (45, 80, 120, 260, 360)[place % 5]
    return {
        "has_licence": "no", "applicant_kind": "individual", "shop_name": f"瑞昌市{person.name[0]}记{dish}店",
        "registered_capital": "50000", "business_kind": ("restaurant", "snack", "drinks")[place % 3],
        "operator_name": person.name, "operator_id": person.id_number,
        "operator_phone": person.phone.removeprefix("+86"),
        "premises_address": f"瑞昌市{STREETS[place % len(STREETS)]}{place + 1}号", "premises_area": str(area),
        "cold_dishes": "yes" if place % 4 == 0 else "no", "online_orders": "yes" if place % 2 else "no",
        "has_signboard": "yes" if place % 3 else "no", "sign_text": f"{person.name[0]}记{dish}", "sign_area": "6",
        "sign_lit": "yes", "wants_seal": "yes" if place % 2 else "no", "is_underground": "no",
        "has_entertainment": "yes" if place % 7 == 3 else "no",
    }  # fmt: skip


def licence_answers(citizen: Citizen) -> dict[str, str]:
    """Return what is typed into the form for a new driving licence."""
    person = citizen.person
    return {
        "applicant_name": person.name, "applicant_id": person.id_number,
        "applicant_phone": person.phone.removeprefix("+86"), "replace_why": "broken",
    }  # fmt: skip


def picture(name: str) -> SimpleUploadedFile:
    """Return a PNG like a written page: lines of other lengths for each name."""
    wide, high, mark = 280, 396, zlib.crc32(name.encode())
    blank = b"\xff" * wide

    def line(row: int) -> bytes:
        place, within = divmod(row - 40, 16)
        if not 40 <= row < high - 40 or within >= 5:
            return blank
        length = 90 if place == 0 else 120 + (mark >> place % 24) % 80
        return (blank[:40] + b"\x70" * length + blank)[:wide]

    def chunk(kind: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")

    pixels = b"".join(b"\0" + line(row) for row in range(high))
    head = wide.to_bytes(4, "big") + high.to_bytes(4, "big") + bytes([8, 0, 0, 0, 0])
    content = (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(pixels, 1)) + chunk(b"IEND", b"")
    )
    return SimpleUploadedFile(f"{name}.png", content, "image/png")
