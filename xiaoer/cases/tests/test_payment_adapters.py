"""What every payment adapter must do; a real one joins the list with its own way to play the payer."""

from dataclasses import dataclass
from typing import Protocol

import pytest

from xiaoer.cases.rules.fees import Adapter, Answer, Back, Order
from xiaoer.cases.services import pay_stand_in

ORDER = Order("36048120260305000001-1", "食品经营许可", 3200, "http://testserver/back/")


class Payer(Protocol):
    """An adapter with somebody who pays at the provider's page, or does not."""

    adapter: Adapter

    def answer(self, reference: str, state: str) -> None: ...


@dataclass
class StandIn:
    adapter: Adapter = pay_stand_in.ADAPTER

    def answer(self, reference: str, state: str) -> None:
        pay_stand_in.answer(reference, state)


PAYERS = [StandIn]
pytestmark = pytest.mark.django_db


@pytest.fixture(params=PAYERS, ids=lambda kind: kind.__name__)
def payer(request) -> Payer:
    return request.param()


def test_an_order_that_nobody_began_is_open(payer):
    assert payer.adapter.check("36048120260305999999-1") == Answer("open")


def test_beginning_again_is_the_same_order_with_its_first_amount(payer):
    url = payer.adapter.begin(ORDER)
    assert url and payer.adapter.begin(ORDER) == url and payer.adapter.check(ORDER.reference) == Answer("open")
    payer.adapter.begin(Order(ORDER.reference, ORDER.title, 1, ORDER.return_url))
    payer.answer(ORDER.reference, "paid")
    assert payer.adapter.check(ORDER.reference) == Answer("paid", 3200)


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [("paid", "failed", Answer("paid", 3200)), ("failed", "paid", Answer("failed"))],
)
def test_what_is_paid_or_failed_stays_so(payer, first, second, said):
    payer.adapter.begin(ORDER)
    payer.answer(ORDER.reference, first)
    payer.answer(ORDER.reference, second)
    assert payer.adapter.check(ORDER.reference) == said
    payer.adapter.begin(ORDER)
    assert payer.adapter.check(ORDER.reference) == said


BACK = Back(ORDER.reference, f"{ORDER.reference}-R", 3200, "重复缴费")


def test_what_was_paid_is_given_back_once_however_often_it_is_asked_for(payer):
    payer.adapter.begin(ORDER)
    assert payer.adapter.refund(BACK) == "", "nothing was paid yet"
    payer.answer(ORDER.reference, "paid")
    proof = payer.adapter.refund(BACK)
    assert proof and payer.adapter.refund(BACK) == proof
    assert payer.adapter.refund(Back(ORDER.reference, "another", 1, "再退")) == "", "no more than was paid"
    assert payer.adapter.check(ORDER.reference) == Answer("paid", 3200)


def test_an_order_that_nobody_began_gives_nothing_back(payer):
    assert payer.adapter.refund(Back("36048120260305999999-1", "x", 1, "重复缴费")) == ""
