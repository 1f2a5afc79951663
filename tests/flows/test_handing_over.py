"""A licence reaches its holder: held while its fees are unpaid, delivered when it is opened."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.make import NOW
from tests.roles import signed_in
from xiaoer import flow
from xiaoer.cases import services
from xiaoer.cases.models import Application, Bill
from xiaoer.cases.tests import make
from xiaoer.catalogue.rules import Fee
from xiaoer.catalogue.tests import make as catalogue
from xiaoer.journal import edge
from xiaoer.journal import queries as journal
from xiaoer.journal import services as queue
from xiaoer.journal.models import Delivery
from xiaoer.licences.models import Licence
from xiaoer.network.tests import make as network
from xiaoer.notices import queries as notices
from xiaoer.notices import services as papers
from xiaoer.notices.models import Message
from xiaoer.people.tests import make as persons

from .test_case_handlers import kinds

pytestmark = pytest.mark.django_db
BASIS = "发改价格〔2004〕2831号"
ON_GRANT = (Fee(name="登记费", fen=8000, basis=BASIS, online=True, standard="每件", due="grant"),)
ON_ACCEPTANCE = (Fee(name="工本费", fen=1000, basis=BASIS, online=True, standard="每证"),)
PAPERS_LATER = {name: [pair for pair in pairs if pair[0] != "notices.render"] for name, pairs in flow.HANDLERS.items()}


def deliver(*, now=NOW, without=()):
    """Let the queue run, but for some handlers."""
    while queue.dispatch(flow=PAPERS_LATER, now=now) + queue.deliver(flow=PAPERS_LATER, now=now, without=without):
        pass
    assert not Delivery.objects.exclude(error="").exists(), list(Delivery.objects.values_list("handler", "error"))


@pytest.fixture
def person():
    return persons.person("王小明")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    store = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "default": store}


def accepted(person, fees=(), *, name="food_licence", way="electronic", **values):
    make.calendar()
    organ = network.organ("瑞昌市市场监督管理局", short_name="市监局")
    version = catalogue.published(name, fees=fees)
    member = make.member(organ=organ.id, service=version.id, plan=make.DECIDED, **values)
    case = make.submitted(
        member, applicant=person.id, account=person.account_id, applicant_shard=person.shard, delivery={"way": way}
    ).cases[0]
    return case if case.state == "accepted" else make.accepted(case)


def granted(case):
    return services.grant(make.fresh(case), by=make.APPROVER, now=NOW, calendar=make.calendar())


def page(person, name, licence):
    return signed_in(person.account).get(reverse(f"licences:{name}", args=[licence.code]))


@pytest.mark.parametrize("fees", [ON_GRANT, ON_ACCEPTANCE])
@pytest.mark.parametrize("late", ["cases.issue_bill", "cases.issue_licence"])
def test_a_licence_whose_fee_is_unpaid_is_made_and_shown_but_not_handed_over(person, fees, late):
    case = accepted(person, fees)
    granted(case)
    deliver(without=(late,))
    deliver()
    licence = Licence.objects.get()
    assert licence.state == "held" and licence.file_id
    assert "费用缴清以后就能下载" in page(person, "licence", licence).content.decode()
    assert page(person, "file", licence).status_code == 404
    assert "还没有交付" in signed_in(person.account).get(f"/verify/{licence.code}").content.decode()
    assert make.fresh(case).delivered_at is None and Licence.objects.get().opened_at is None
    assert make.fresh(case).delivery_due_on, "the promise to deliver counts on: payment moves no clock"


def test_payment_hands_the_licence_over_at_once_and_says_so(person):
    granted(accepted(person, ON_GRANT))
    deliver()
    make.paid(Bill.objects.get())
    deliver()
    licence = Licence.objects.get()
    assert licence.state == "valid" and page(person, "file", licence).status_code == 200
    assert Message.objects.filter(kind="cases.released").count() == 1
    assert not list(journal.differences("licence"))


def test_what_was_paid_before_the_grant_holds_nothing_back(person):
    case = accepted(person, ON_ACCEPTANCE)
    deliver()
    make.paid(Bill.objects.get())
    granted(case)
    deliver()
    assert Licence.objects.get().state == "valid" and not Message.objects.filter(kind="cases.released").exists()


def test_a_licence_that_is_made_after_the_payment_is_released_by_its_own_entry(person):
    case = accepted(person, ON_ACCEPTANCE)
    deliver()
    granted(case)
    deliver(without=("cases.release_licence",))
    assert Licence.objects.get().state == "held"
    bill = make.paid(Bill.objects.get())
    deliver(without=("cases.release_licence",))
    # What the payment leads to came before the licence could be seen, and is done.
    Delivery.objects.filter(subject=bill.id, handler="cases.release_licence").update(state=Delivery.State.DONE)
    deliver()
    assert Licence.objects.get().state == "valid"


def test_without_fees_a_licence_is_in_force_at_once(person):
    granted(accepted(person))
    deliver()
    assert Licence.objects.get().state == "valid"


@pytest.mark.parametrize("look", ["licence", "file"])
@pytest.mark.parametrize("procedure", ["licence", "registration", "filing"])
def test_opening_a_licence_is_its_delivery_and_ends_the_ten_days(person, look, procedure):
    case = accepted(person, procedure=procedure)
    granted(case)
    deliver()
    licence = Licence.objects.get()
    assert make.fresh(case).delivered_at is None
    for _ in range(2):
        assert page(person, look, licence).status_code == 200
    deliver(now=edge.now() + timedelta(hours=3))
    found, licence = make.fresh(case), Licence.objects.get()
    assert found.delivered_at == licence.opened_at is not None
    assert found.clock["delivered_on"] == str(edge.today())
    assert [one.name for one in journal.entries(shard=licence.shard, subject=licence.id)].count("licence.opened") == 1
    assert not [one for kind in ("case", "licence") for one in journal.differences(kind)]


@pytest.mark.parametrize("way", ["post", "counter"])
def test_opening_the_electronic_copy_delivers_nothing_that_comes_otherwise(person, way):
    case = accepted(person, way=way)
    granted(case)
    deliver()
    page(person, "licence", Licence.objects.get())
    deliver(now=edge.now())
    assert Licence.objects.get().opened_at and make.fresh(case).delivered_at is None


def test_who_is_not_the_holder_opens_nothing(person):
    granted(accepted(person))
    deliver()
    stranger = persons.person("李小红")
    assert page(stranger, "file", Licence.objects.get()).status_code == 404 and Licence.objects.get().opened_at is None


def test_a_result_that_is_no_licence_comes_as_a_paper_whose_opening_delivers_it(person):
    case = accepted(person, name="signboard", procedure="public")
    granted(case)
    deliver()
    assert kinds(case)[-1] == "completion" and not Licence.objects.exists()
    paper = notices.documents(shard=case.shard, subject=case.id)[-1]
    assert paper.facts["completed_on"] == "2026-03-05"
    papers.attach_rendering(paper, papers.render(paper), now=NOW)
    number = Application.objects.get(id=case.application).number
    address = reverse("cases:document", args=[number, paper.id])
    assert signed_in(person.account).get(address).status_code == 200
    assert make.fresh(case).delivered_at and not list(journal.differences("case"))
