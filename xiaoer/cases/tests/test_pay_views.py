"""The pages of bills: what is due stands first, the way to the provider and back, nothing believed of the browser."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.roles import signed_in
from xiaoer.cases import services
from xiaoer.cases.models import Bill
from xiaoer.cases.services import pay_stand_in
from xiaoer.journal import edge
from xiaoer.journal.models import Entry
from xiaoer.people.tests import make as persons

from . import make, make_desk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demo(settings):
    settings.DEMO = True
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
        make.member(organ=desk.organ.id, service_name="食品经营许可"), applicant=owner.id, account=owner.account_id,
        applicant_shard=owner.shard, now=edge.now(),
    )  # fmt: skip
    return make.billed(make.accepted(received.cases[0], now=edge.now()), now=edge.now())


def url(name: str, bill: Bill) -> str:
    return reverse(f"cases:{name}", args=[bill.number])


def fresh(bill: Bill) -> Bill:
    return Bill.objects.get(id=bill.id)


def text(answer) -> str:
    return answer.content.decode()


def test_what_is_to_be_paid_stands_first_on_my_pages(client, bill):
    mine = client.get(reverse("cases:mine"))
    assert [card["bills"][0]["amount"] for card in mine.context["due"]] == ["¥10.00"]
    page = client.get(mine.context["due"][0]["url"])
    assert "为“食品经营许可”缴费 ¥10.00" in text(page) and "3月19日" in text(page)
    assert text(page).index("去缴费") < text(page).index("办理地图")


def test_a_bill_names_items_basis_and_sum(client, bill):
    page = text(client.get(url("bill", bill)))
    for words in ("证照工本费", "发改价格〔2004〕2831号", "¥10.00", "2026年3月19日", "去支付"):
        assert words in page


def test_paying_leads_to_the_provider_and_back_without_javascript(client, bill):
    to = client.post(url("pay", bill))
    assert to.status_code == 302 and to["Location"] == f"/demo/pay/{bill.number}-1/"
    assert "¥10.00" in text(client.get(to["Location"]))
    back = client.post(to["Location"], {"answer": "pay", "fen": "1", "amount": "0.01"})
    assert back["Location"] == f"http://testserver{url('paid', bill)}"
    assert fresh(bill).state == "due"  # the provider knows, we have not asked
    shown = client.get(back["Location"], follow=True)
    assert "缴费成功" in text(shown) and fresh(bill).state == "paid"
    client.get(url("paid", bill))
    assert Entry.objects.filter(name="bill.paid").count() == 1
    assert client.post(url("pay", bill))["Location"] == url("bill", bill)


def test_coming_back_without_having_paid_changes_nothing(client, bill):
    client.post(url("pay", bill))
    shown = text(client.get(url("paid", bill), {"state": "paid"}, follow=True))
    assert "还没有确认" in shown and "继续支付" in shown and fresh(bill).state == "due"


def test_a_failed_payment_says_so_and_may_be_tried_again(client, bill):
    to = client.post(url("pay", bill))["Location"]
    back = client.post(to, {"answer": "fail"})["Location"]
    assert "没有扣款" in text(client.get(back, follow=True))
    assert client.post(url("pay", bill))["Location"] == f"/demo/pay/{bill.number}-2/"


def test_a_notice_is_only_a_reason_to_ask(client, bill):
    client.post(url("pay", bill))
    notice = reverse("cases:payment_notice", args=[f"{bill.number}-1"])
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.post(notice, {"state": "paid", "fen": 1}).status_code == 204 and fresh(bill).state == "due"
    pay_stand_in.answer(f"{bill.number}-1", "paid")
    assert [stranger.post(notice).status_code for _ in range(2)] == [204, 204] and fresh(bill).state == "paid"
    for wrong in (bill.number, f"{bill.number}-9", "x"):
        assert stranger.post(reverse("cases:payment_notice", args=[wrong])).status_code == 404


def test_without_a_provider_the_page_leads_to_the_window(client, bill, settings):
    settings.PAYMENT = ""
    assert "窗口缴" in text(client.get(url("bill", bill))) and "去支付" not in text(client.get(url("bill", bill)))
    assert client.post(url("pay", bill)).status_code == 503


def test_the_demonstrations_page_exists_in_demonstrations_alone(client, bill, settings):
    to = client.post(url("pay", bill))["Location"]
    settings.DEMO = False
    assert client.get(to).status_code == 404 and client.post(to, {"answer": "pay"}).status_code == 404
    assert pay_stand_in.check(f"{bill.number}-1").state == "open"


def test_strangers_do_not_find_a_bill(bill):
    stranger = signed_in(persons.person("李小红").account)
    assert [stranger.get(url(name, bill)).status_code for name in ("bill", "paid")] == [404, 404]
    assert stranger.post(url("pay", bill)).status_code == 404


def test_the_window_takes_a_payment_once_with_its_receipt(desk, bill):
    clerk, seen = desk.client("clerk"), bill.version
    assert clerk.post(url("desk_bill", bill), {"seen": seen, "receipt": ""}).status_code == 422
    assert clerk.post(url("desk_bill", bill), {"seen": seen, "receipt": "赣财 0001"}).status_code == 302
    assert (fresh(bill).state, fresh(bill).channel, fresh(bill).reference) == ("paid", "counter", "赣财 0001")
    assert clerk.post(url("desk_bill", bill), {"seen": seen, "receipt": "赣财 0002"}).status_code == 302
    assert fresh(bill).reference == "赣财 0001"  # what was done is shown, and done once


def test_the_window_does_not_take_what_was_paid_online_meanwhile(desk, client, bill):
    client.post(url("pay", bill))
    pay_stand_in.answer(f"{bill.number}-1", "paid")
    seen = fresh(bill).version
    answer = desk.client("clerk").post(url("desk_bill", bill), {"seen": seen, "receipt": "赣财 0001"})
    assert answer.status_code == 422 and fresh(bill).channel == "demo"


def test_who_may_not_deliver_only_sees_the_bill(desk, bill):
    reviewer = desk.client("reviewer")
    assert "登记窗口缴费" not in text(reviewer.get(url("desk_bill", bill)))
    assert reviewer.post(url("desk_bill", bill), {"seen": 1, "receipt": "1"}).status_code == 404
    case = make.Case.objects.get(id=bill.case)
    assert "¥10.00 待缴费" in text(reviewer.get(reverse("cases:desk_case", args=[case.number])))


def test_a_refund_is_recorded_with_its_number(desk, client, bill):
    make.paid(bill)
    Bill.objects.filter(id=bill.id).update(items=[{**make.FEE, "refundable": True}])
    case = make.Case.objects.get(id=bill.case)
    services.close_bills(case, reason="case.refused", now=edge.now())
    assert "¥10.00 会退还" in text(client.get(url("bill", bill)))
    posted = {"seen": fresh(bill).version, "proof": "T-1", "reason": "未准予"}
    assert desk.client("clerk").post(url("desk_bill", bill), posted).status_code == 302
    assert fresh(bill).state == "refunded" and "退还 ¥10.00" in text(client.get(url("bill", bill)))


def test_a_second_payment_is_shown_to_both_sides_and_given_back_by_the_provider(desk, client, bill):
    client.post(url("pay", bill))
    make.paid(fresh(bill))
    pay_stand_in.answer(f"{bill.number}-1", "paid")
    assert Client().post(reverse("cases:payment_notice", args=[f"{bill.number}-1"])).status_code == 204
    assert "又付了 ¥10.00" in text(client.get(url("bill", bill))) and "等退费" in text(client.get(url("bill", bill)))
    clerk, seen = desk.client("clerk"), fresh(bill).version
    assert "应退 ¥10.00" in text(clerk.get(url("desk_bill", bill)))
    assert "退费原因" in text(clerk.post(url("desk_bill", bill), {"seen": seen, "reason": ""}))
    assert clerk.post(url("desk_bill", bill), {"seen": seen, "reason": "重复缴费"}).status_code == 302
    assert "您多付的 ¥10.00 已在" in text(client.get(url("bill", bill)))
    given = fresh(bill)
    assert clerk.post(url("desk_bill", bill), {"seen": given.version, "reason": "再退"}).status_code == 302
    assert fresh(bill).version == given.version


def test_the_pages_are_english_for_who_reads_english(client, bill):
    client.cookies["django_language"] = "en"
    page = text(client.get(url("bill", bill)))
    assert "to be paid" in page and "Pay ¥10.00" in page and "Total" in page


def test_a_bill_asks_the_database_a_fixed_number_of_times(client, bill, django_assert_num_queries):
    client.get(url("bill", bill))
    with django_assert_num_queries(6):
        client.get(url("bill", bill))
