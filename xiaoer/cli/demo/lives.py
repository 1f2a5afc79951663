"""Three months of a county's cases, lived through by the platform's own acts in the order of days.

Nothing is random: which restaurant is refused, corrected, suspended or forgotten follows from its place in the row, so
that two demonstrations begun on one day are alike.
"""

import heapq
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count

from django.core.files.uploadedfile import SimpleUploadedFile

from xiaoer import flow
from xiaoer.cases import queries as cases
from xiaoer.cases import rules, services
from xiaoer.cases.models import Case, Requirement, Step
from xiaoer.cases.services import Received, drafts
from xiaoer.cases.services.filling import to_upload, wanted_papers
from xiaoer.cases.services.time import SHANGHAI, day_of
from xiaoer.files import services as files
from xiaoer.journal import services as journal
from xiaoer.journal.services import Actor
from xiaoer.kernel.workdays import Calendar
from xiaoer.network import queries as network
from xiaoer.people import queries as people
from xiaoer.people.models import Account

from .people import DISHES, STREETS, Citizen
from .places import RUICHANG

PAPER = "notices.render"
FRESH = 8
LEFT_TO_WORKER = (PAPER, "licences.render")


@dataclass
class Town:
    """The stage: who plays, the calendar, and what is to happen when."""

    citizens: list[Citizen]
    staff: dict[str, Account]
    calendar: Calendar
    until: datetime
    agenda: list[tuple[datetime, int, Callable[[datetime], None]]] = field(default_factory=list)
    order: "count[int]" = field(default_factory=count)

    def plan(self, on: date, hour: int, what: Callable[[datetime], None]) -> None:
        """Let something happen at an hour of a day."""
        at = datetime.combine(on, time(hour, (next(self.order) * 7) % 60), SHANGHAI)
        heapq.heappush(self.agenda, (at, next(self.order), what))

    def later(self, now: datetime, days: int) -> date:
        """Return the working day that many working days on."""
        return self.calendar.add_workdays(day_of(now), days)

    def by(self, username: str) -> Actor:
        """Return an officer as the journal names him."""
        return people.actor(self.staff[username])


def live(town: Town, since: datetime, *, restaurants: int) -> None:
    """Let restaurants be opened over the months, some every day, and everything follow from it."""
    days = [day for day in _days(since.date(), town.until.date()) if town.calendar.is_working(day)]
    for place in range(restaurants):
        fresh = place >= restaurants - FRESH
        on = days[-2] if fresh else days[place * len(days) // (restaurants - FRESH)]
        town.plan(on, 9 + place % 8, _opening(town, place, left=fresh and place % 2 == 0))
    today = since.date()
    while town.agenda and town.agenda[0][0] <= town.until:
        at, _, what = heapq.heappop(town.agenda)
        if at.date() > today:
            _evening(at)
            today = at.date()
        what(at)
    _evening(town.until)


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=offset) for offset in range((last - first).days + 1)]


def _evening(now: datetime) -> None:
    """Deliver entries, run timers, give positions; papers are left to the worker of the demonstration."""
    journal.sweep(alarms=flow.ALARMS, now=now)
    while journal.dispatch(flow=flow.HANDLERS, now=now) + journal.deliver(
        flow=flow.HANDLERS, now=now, without=LEFT_TO_WORKER
    ):
        pass
    while journal.sequence(now=now):
        pass


def _opening(town: Town, place: int, *, left: bool) -> Callable[[datetime], None]:
    """Apply; left: on the desk for whoever tries the demonstration."""

    def open_restaurant(now: datetime) -> None:
        received = apply_for(town.citizens[place % len(town.citizens)], place=place, now=now, calendar=town.calendar)
        if left or place % 29 == 17:
            return  # forgotten on a desk: silence will accept it
        for case in received.cases:
            if case.state == "received":
                town.plan(town.later(now, 1), 9, _intake(town, case, place))
            else:
                town.plan(town.later(now, 1), 14, _work(town, case, place))

    return open_restaurant


def apply_for(citizen: Citizen, *, place: int, now: datetime, calendar: Calendar) -> Received:
    """Fill in and hand in the restaurant bundle as a citizen does, page by page."""
    applicant = people.applicant(citizen.account, on=day_of(now))
    offered = cases.offered_at("bundle", "open_restaurant", RUICHANG, now)
    assert applicant is not None and offered is not None
    draft = drafts.start(applicant, offered=offered, now=now)
    typed = answers(citizen, place)
    for _ in range(3):  # an answer may bring further questions
        fields = rules.asked(offered.offer, draft.answers)
        draft = drafts.save_answers(draft, fields=fields, typed=typed, seen=draft.version, now=now).draft
    for one in wanted_papers(offered.offer, draft):
        if to_upload(one):
            drafts.put_paper(draft, one.material, picture(one.material.key), by=people.actor(applicant), now=now)
    way = ("counter", "electronic", "post")[place % 3]
    address = {"name": citizen.person.name, "phone": citizen.person.phone, "address": typed["premises_address"]}
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


OFFICES = {"business_licence": "market", "food_licence": "market", "signboard": "city", "seal_filing": "police",
           "fire_check": "fire"}  # fmt: skip


def _fresh(case: Case) -> Case:
    return Case.objects.get(shard=case.shard, id=case.id)


def _intake(town: Town, case: Case, place: int) -> Callable[[datetime], None]:
    """Accept, or tell what is missing and accept after the supplement."""

    def take_in(now: datetime) -> None:
        fresh = _fresh(case)
        if fresh.state != "received":
            return
        if place % 9 == 4 and case.key == "food_licence" and not fresh.gaps:
            gaps = [{"material": "layout_plan", "reason": "图上没有标出洗手池的位置,请补画后重新上传"}]
            services.notify(
                fresh, gaps=gaps, until=town.later(now, 15), by=town.by("clerk"), now=now, calendar=town.calendar
            )
            if place % 18 == 4:
                town.plan(town.later(now, 3), 10, _supplement(town, case, place))
            return
        services.accept(fresh, organs=cases.organs_of(fresh), by=town.by("clerk"), now=now, calendar=town.calendar)
        town.plan(town.later(now, 1 + place % 2), 10, _work(town, case, place))

    return take_in


def _supplement(town: Town, case: Case, place: int) -> Callable[[datetime], None]:
    def supplement(now: datetime) -> None:
        citizen = town.citizens[place % len(town.citizens)]
        by = people.actor(citizen.account)
        paper = Requirement.objects.get(shard=case.shard, application=case.application, key="layout_plan")
        stored = files.store(picture(f"layout-{place}"), shard=RUICHANG, by=by, now=now)
        services.provide(paper, way="upload", file=stored.id, by=by, now=now)
        services.supplement(_fresh(case), by=by, now=now, calendar=town.calendar)
        town.plan(town.later(now, 1), 11, _intake(town, case, place))

    return supplement


def _work(town: Town, case: Case, place: int) -> Callable[[datetime], None]:
    """Settle one step a day; when the decision is ready, decide."""
    office = OFFICES[case.key]

    def work(now: datetime) -> None:
        fresh = _fresh(case)
        if fresh.state not in {"accepted", "handling"}:
            return
        ready = Step.objects.filter(shard=case.shard, case=case.id, state="ready").order_by("due_on").first()
        if ready is None:
            town.plan(town.later(now, 1), 10, work)  # waits for another department
        elif ready.kind == rules.DECISION:
            _decide(town, fresh, office, place, now)
        else:
            by = town.by(f"{office}-reviewer")
            step = services.claim(ready, by=by, now=now)
            if ready.kind == "visit" and place % 23 == 11:
                services.suspend(_fresh(case), ground="检验", days=5, by=by, now=now, calendar=town.calendar)
                town.plan(town.later(now, 5), 9, _resume(town, case, office))
                town.plan(town.later(now, 6), 10, work)
                services.release(step, by=by, now=now, reason="等待检验结果")
                return
            opinion = "材料齐全,符合要求" if ready.kind == "review" else "现场与图纸一致,设施符合要求"
            services.settle(step, outcome="granted", opinion=opinion, by=by, now=now, calendar=town.calendar)
            town.plan(town.later(now, 1 + place % 2), 14, work)

    return work


def _resume(town: Town, case: Case, office: str) -> Callable[[datetime], None]:
    def resume(now: datetime) -> None:
        services.resume(_fresh(case), by=town.by(f"{office}-reviewer"), now=now, calendar=town.calendar)

    return resume


def _decide(town: Town, case: Case, office: str, place: int, now: datetime) -> None:
    by = town.by(f"{office}-approver")
    if place % 16 == 9 and case.key == "signboard":
        services.refuse(
            case, reason="招牌超出门楣两侧各 20 厘米,不符合设置规范", by=by, now=now, calendar=town.calendar
        )
    else:
        services.grant(case, by=by, now=now, calendar=town.calendar)
    if place % 11 != 5:
        town.plan(town.later(now, 2), 15, _deliver(town, case))


def _deliver(town: Town, case: Case) -> Callable[[datetime], None]:
    def deliver(now: datetime) -> None:
        services.deliver(_fresh(case), way="counter", by=town.by("clerk"), now=now, calendar=town.calendar)

    return deliver


def town_of(citizens: list[Citizen], staff: dict[str, Account], until: datetime) -> Town:
    """Return the stage under the county's calendar."""
    return Town(citizens, staff, network.calendar_for(RUICHANG), until)
