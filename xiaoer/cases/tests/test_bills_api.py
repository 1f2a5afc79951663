"""Bills as JSON: whose they are, begun once, taken and given back with the version seen, one shape for every no."""

import pytest
from django.test import Client

from tests.roles import signed_in
from xiaoer.cases.models import Bill
from xiaoer.cases.services import pay_stand_in
from xiaoer.journal import edge
from xiaoer.journal.models import Entry
from xiaoer.people.tests import make as persons

from . import make, make_desk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demo(settings):
    settings.PAYMENT = "xiaoer.cases.services.pay_stand_in.ADAPTER"
    settings.DAYS_AHEAD = make_desk.days_ahead()


@pytest.fixture
def owner():
    return persons.person("王小明")


@pytest.fixture
def client(owner) -> Client:
    return signed_in(owner.account)


@pytest.fixture
def desk():
    return make_desk.desk()


@pytest.fixture
def bill(owner, desk) -> Bill:
    received = make.submitted(
        make.member(organ=desk.organ.id), applicant=owner.id, account=owner.account_id, applicant_shard=owner.shard,
        now=edge.now(),
    )  # fmt: skip
    return make.billed(make.accepted(received.cases[0], now=edge.now()), now=edge.now())


def fresh(bill: Bill) -> Bill:
    return Bill.objects.get(id=bill.id)


def post(client, url, body=None, *, seen=None):
    named = {"If-Match": f'"{seen}"'} if seen is not None else {}
    return client.post(f"/api{url}", body or {}, content_type="application/json", headers=named)


def no(answer, status, code):
    assert (answer.status_code, answer.json()["code"]) == (status, code) and answer.json()["message"]


def test_what_i_have_to_pay_is_listed_and_read(client, bill):
    listed = client.get("/api/bills").json()["bills"]
    assert [(one["number"], one["total_fen"], one["acts"]) for one in listed] == [(bill.number, 1000, ["pay"])]
    number = client.get("/api/applications").json()["applications"][0]["number"]
    assert client.get(f"/api/applications/{number}/bills").json()["bills"] == listed
    read = client.get(f"/api/bills/{bill.number}")
    assert read.json() == listed[0] and read["ETag"] == '"1"'
    assert read.json()["items"] == [{"name": "证照工本费", "basis": "发改价格〔2004〕2831号", "fen": 1000}]


def test_a_bill_is_missing_to_everybody_else(bill):
    stranger = signed_in(persons.person("李小红").account)
    assert stranger.get("/api/bills").json() == {"bills": []}
    no(stranger.get(f"/api/bills/{bill.number}"), 404, "not_found")
    no(post(stranger, f"/bills/{bill.number}/pay"), 404, "not_found")
    no(Client().get("/api/bills"), 401, "sign_in_needed")


def test_a_payment_is_begun_once_and_leads_to_the_provider(client, bill, settings):
    urls = {post(client, f"/bills/{bill.number}/pay").json()["url"] for _ in range(2)}
    assert urls == {f"http://testserver/demo/pay/{bill.number}-1/"}
    assert Entry.objects.filter(name="bill.payment_begun").count() == 1
    settings.PAYMENT = ""
    no(post(client, f"/bills/{bill.number}/pay"), 409, "payment_nowhere")
    assert client.get(f"/api/bills/{bill.number}").json()["acts"] == []


def test_what_is_paid_is_not_begun_again(client, bill):
    make.paid(bill)
    no(post(client, f"/bills/{bill.number}/pay"), 409, "bill_paid")
    assert client.get("/api/bills").json() == {"bills": []}


def test_the_window_takes_a_payment_with_the_version_it_saw(desk, bill):
    clerk, case = desk.client("clerk"), make.Case.objects.get(id=bill.case)
    listed = clerk.get(f"/api/desk/cases/{case.number}/bills").json()["bills"]
    assert [(one["number"], one["acts"]) for one in listed] == [(bill.number, ["take"])]
    take = f"/desk/bills/{bill.number}/take"
    no(post(clerk, take, {"receipt": "赣财 1"}), 428, "if_match_needed")
    no(post(clerk, take, {"receipt": "赣财 1"}, seen=9), 412, "stale")
    no(post(clerk, take, {"receipt": " "}, seen=1), 422, "proof_needed")
    taken = post(clerk, take, {"receipt": "赣财 1"}, seen=1)
    assert taken.status_code == 200 and taken["ETag"] == '"2"' and taken.json()["state"] == "paid"
    no(post(clerk, take, {"receipt": "赣财 2"}, seen=2), 409, "bill_paid")


def test_the_window_does_not_take_what_was_paid_online(desk, client, bill):
    post(client, f"/bills/{bill.number}/pay")
    pay_stand_in.answer(f"{bill.number}-1", "paid")
    no(post(desk.client("clerk"), f"/desk/bills/{bill.number}/take", {"receipt": "赣财 1"}, seen=2), 409, "bill_paid")


def test_a_second_payment_is_given_back_with_a_reason(desk, client, bill):
    post(client, f"/bills/{bill.number}/pay")
    make.paid(fresh(bill))
    pay_stand_in.answer(f"{bill.number}-1", "paid")
    client.post(f"/payments/{bill.number}-1/")
    clerk, url = desk.client("clerk"), f"/desk/bills/{bill.number}/refund"
    found = clerk.get(f"/api/desk/bills/{bill.number}").json()
    assert (found["owed_fen"], found["surplus_fen"], found["acts"]) == (1000, 1000, ["refund"])
    no(post(clerk, url, {"reason": ""}, seen=found["version"]), 422, "reason_needed")
    given = post(clerk, url, {"reason": "重复缴费"}, seen=found["version"])
    assert given.status_code == 200 and given.json()["owed_fen"] == 0 and given.json()["acts"] == []
    no(post(clerk, url, {"reason": "再退"}, seen=given.json()["version"]), 409, "bill_not_paid")
    assert client.get(f"/api/bills/{bill.number}").json()["surplus_refunded_at"]


def test_who_may_not_deliver_reads_a_bill_and_does_nothing_with_it(desk, bill):
    reviewer = desk.client("reviewer")
    assert reviewer.get(f"/api/desk/bills/{bill.number}").json()["acts"] == []
    no(post(reviewer, f"/desk/bills/{bill.number}/take", {"receipt": "赣财 1"}, seen=1), 404, "not_found")


def test_bills_are_listed_in_a_fixed_number_of_queries(client, bill, django_assert_num_queries):
    client.get("/api/bills")
    with django_assert_num_queries(10):
        client.get("/api/bills")
