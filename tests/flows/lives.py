"""A small set of lives, by acts, in which every kind of journalled row comes into being, in many of its states."""

from datetime import date, timedelta

from tests.ledger.events import Added, Opened
from tests.make import NOW
from tests.roles import Stage, stage
from tests.shape.test_permission_walk import tables
from xiaoer import flow
from xiaoer.cases import services as cases
from xiaoer.cases.models import Case
from xiaoer.cases.tests import make
from xiaoer.evaluation.tests import make as ratings
from xiaoer.files import services as files
from xiaoer.files.tests import make as papers
from xiaoer.journal import services as journal
from xiaoer.journal.services import SYSTEM, Change, New
from xiaoer.licences import services as licences
from xiaoer.licences.tests import make as licence_make
from xiaoer.network import services as network
from xiaoer.network.tests import make as network_make
from xiaoer.notices import services as notices
from xiaoer.notices.models import Document
from xiaoer.people import services as people
from xiaoer.portal import services as portal
from xiaoer.portal.events import SiteDescribed

LATER = NOW + timedelta(days=1)
WITHOUT_PDF = {name: [pair for pair in pairs if "render" not in pair[0]] for name, pairs in flow.HANDLERS.items()}


def live() -> Stage:
    """Live them all, and let what follows from them happen."""
    built = stage()
    for table in tables():
        if hasattr(table, "prepare"):
            table.prepare(built)
    answered(built)
    granted(built)
    suspended(built)
    turned_away(built)
    paid(built)
    administered(built)
    licensed()
    worked(NOW)
    served()
    silent(built)
    ledger()
    return built


def worked(now) -> None:
    """Let the worker's four jobs run until nothing is due."""
    while (
        journal.dispatch(flow=WITHOUT_PDF, now=now)
        + journal.sequence(now=now)
        + journal.sweep(alarms=flow.ALARMS, now=now)
        + journal.deliver(flow=WITHOUT_PDF, now=now)
    ):
        pass


def submitted(built: Stage) -> Case:
    owner = built.things["owner"]
    received = make.submitted(
        make.member(organ=built.organ.id), applicant=owner.id, account=owner.account_id, applicant_shard=owner.shard
    )
    return received.cases[0]


def answered(built: Stage) -> None:
    """Both sides ask; one question is answered, one taken back. The notice is answered as well."""
    case = submitted(built)
    asked = cases.ask(case, side="officer", text="何时开业", by=make.REVIEWER, now=NOW)
    cases.answer(asked, text="五月", by=make.APPLICANT, now=LATER)
    cases.take_back(
        cases.ask(case, side="applicant", text="何时办好", by=make.APPLICANT, now=NOW), by=make.APPLICANT, now=LATER
    )
    gaps = [{"material": "health", "reason": "缺健康证明"}]
    cases.notify(case, gaps=gaps, until=date(2026, 3, 20), by=make.CLERK, now=NOW, calendar=make.calendar())
    health = make.papers(case.application)["health"]
    cases.provide(health, way="upload", file=papers.stored().id, by=make.APPLICANT, now=LATER)
    cases.judge(make.papers(case.application)["layout"], verdict="gap", reason="看不清", by=make.CLERK, now=LATER)
    cases.supplement(make.fresh(case), by=make.APPLICANT, now=LATER, calendar=make.calendar())
    files.attach(papers.stored(), subject=case.id, kind="photo", title="现场照片", by=make.CLERK, now=LATER)


def granted(built: Stage) -> None:
    """From acceptance to delivery."""
    case = make.accepted(submitted(built))
    make.settled(case, "review", opinion="材料齐全")
    make.settled(case, "visit", now=LATER)
    case = cases.grant(make.fresh(case), reason="符合条件", by=make.APPROVER, now=LATER, calendar=make.calendar())
    cases.deliver(case, way="counter", proof="本人领取", by=make.CLERK, now=LATER, calendar=make.calendar())


def suspended(built: Stage) -> None:
    """One case stands still, one goes on and has its limit extended."""
    calendar = make.calendar()
    for goes_on in (False, True):
        case = make.accepted(submitted(built))
        cases.suspend(case, ground="检验", days=5, by=make.REVIEWER, now=NOW, calendar=calendar)
        if goes_on:
            cases.resume(case, by=make.REVIEWER, now=LATER, calendar=calendar)
            cases.extend(case, days=10, reason="需要复核", by=make.APPROVER, now=LATER, calendar=calendar)


def turned_away(built: Stage) -> None:
    """Refused and rated, declined, withdrawn."""
    ratings.rating(ratings.invitation(built.things["owner"]), level=1, reasons=["111"], words="等了太久")
    calendar = make.calendar()
    cases.decline(
        submitted(built), ground="not_ours", reason="应向烟草专卖局申请", right_organ="瑞昌市烟草专卖局", by=make.CLERK,
        now=NOW, calendar=calendar,
    )  # fmt: skip
    cases.withdraw(submitted(built), reason="不开了", by=make.APPLICANT, now=NOW, calendar=calendar)


def paid(built: Stage) -> None:
    """Paid at the window and given back, since the case was refused."""
    item = {**make.FEE, "refundable": True}
    case = make.accepted(submitted(built))
    bill = make.paid(make.billed(case, items=[item]))
    cases.refuse(make.fresh(case), reason="布局不符", by=make.APPROVER, now=LATER, calendar=make.calendar())
    cases.close_bills(make.fresh(case), reason="refused", now=LATER)
    bill.refresh_from_db()
    cases.refund(bill, reason="不予许可", proof="退 0001", by=make.CLERK, now=LATER)


def administered(built: Stage) -> None:
    """A second factor reset, a zone, a site, an agent whose mandate ended, a post that ended."""
    head = built.accounts["head"]
    asked = people.ask_reset(built.things["post"], reason="手机丢失", by=make.Actor(str(head.id)), now=NOW)
    people.decide_reset(asked, outcome="done", by=make.Actor(str(built.accounts["organ_admin"].id)), now=LATER)
    network.create_zone(
        code="360481900000", name="瑞昌经济开发区", kind="province", host_code=network_make.COUNTY,
        organ_id=built.organ.id, territory="码头镇", valid_from=date(2020, 1, 1), by=SYSTEM, now=NOW,
    )  # fmt: skip
    portal.describe_site(
        SiteDescribed(network_make.COUNTY, "瑞昌", "Ruichang", "0792", "路", "Road", "助", "help"), by=SYSTEM, now=NOW
    )


def licensed() -> None:
    """A licence renewed, one revoked."""
    old = licence_make.issued()
    licences.renew(old, subject=old.subject, valid_from=date(2026, 3, 6), valid_to=None, by=SYSTEM, now=LATER)
    licence_make.revoked(licence_make.issued(licence_make.PERSON))


def served() -> None:
    """A paper served, one withdrawn."""
    first, second = Document.objects.order_by("id")[:2]
    notices.serve(first, how="direct", on=date(2026, 3, 6), receiver="王小明", proof="签收", by=make.CLERK, now=LATER)
    notices.withdraw(second, reason="错别字", by=make.CLERK, now=LATER)


def silent(built: Stage) -> None:
    """Nobody touches a case for eight days: time accepts it."""
    submitted(built)
    worked(NOW + timedelta(days=8))


def ledger() -> None:
    sheet = journal.act([New(make.SHARD, Opened(title="三月", owner="张三"))], by=SYSTEM, now=NOW)[0]
    journal.act([Change(sheet, Added(amount=7))], by=SYSTEM, now=LATER)
