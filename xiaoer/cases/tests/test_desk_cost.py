"""What the desk costs in queries: pinned, so that a page that grows says so."""

import pytest
from django.urls import reverse

from tests.make import cost
from xiaoer.cases import services
from xiaoer.journal import edge

from . import make, make_desk
from .test_desk_acts import TYPED, page, ready_for

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(settings):
    settings.DAYS_AHEAD = make_desk.days_ahead()


def warm(client, url):
    client.get(url)
    return client


@pytest.mark.parametrize(("queue", "role", "queries"), [("intake", "clerk", 9), ("steps", "reviewer", 9)])
def test_a_queue_costs_the_same_whatever_its_length(queue, role, queries, django_assert_num_queries):
    desk = make_desk.desk()
    for _ in range(3):
        (make_desk.accepted if queue == "steps" else make_desk.received)(desk)
    client = warm(desk.client(role), "/desk/")
    with django_assert_num_queries(queries):
        client.get(f"/desk/?queue={queue}")


def test_one_case(django_assert_num_queries):
    desk = make_desk.desk()
    case = make_desk.decidable(desk)
    url = reverse("cases:desk_case", args=[case.number])
    client = warm(desk.client("approver"), url)
    with django_assert_num_queries(21):
        client.get(url)


@pytest.mark.parametrize(
    ("act", "role", "sqlite", "postgresql"),
    [("accept", "clerk", 23, 18), ("notify", "clerk", 20, 18), ("decline", "clerk", 18, 16),
     ("suspend", "reviewer", 15, 13), ("extend", "head", 15, 13), ("grant", "approver", 19, 17),
     ("refuse", "approver", 19, 17), ("deliver", "clerk", 16, 14)],
)  # fmt: skip
def test_each_act(act, role, sqlite, postgresql, django_assert_num_queries):
    desk = make_desk.desk()
    case = ready_for(act, desk)
    client = warm(desk.client(role), page(case))
    with django_assert_num_queries(cost(sqlite=sqlite, postgresql=postgresql)):
        answer = client.post(page(case, act), {"seen": case.version, **TYPED[act]})
    assert answer.status_code == 302


@pytest.mark.parametrize(("act", "sqlite", "postgresql"), [("claim", 20, 18), ("settle", 22, 20)])
def test_each_act_on_a_step(act, sqlite, postgresql, django_assert_num_queries):
    desk = make_desk.desk()
    case = make_desk.accepted(desk)
    step = make.step(case, "review")
    if act == "settle":
        services.claim(step, by=make.Actor(str(desk.accounts["reviewer"].id)), now=edge.now())
    client = warm(desk.client("reviewer"), "/desk/")
    url = reverse("cases:desk_step", args=[case.number, step.id, act])
    seen = make.step(case, "review").version
    with django_assert_num_queries(cost(sqlite=sqlite, postgresql=postgresql)):
        assert client.post(url, {"seen": seen, "outcome": "granted", "opinion": "材料齐全"}).status_code == 302


def test_sending_back_whatever_the_number_of_places(django_assert_num_queries):
    desk = make_desk.desk()
    case = make_desk.decidable(desk)
    step = services.claim(
        make.step(case, "decision"), by=make.Actor(str(desk.accounts["approver"].id)), now=edge.now()
    )  # fmt: skip
    client = warm(desk.client("approver"), "/desk/")
    url = reverse("cases:desk_step", args=[case.number, step.id, "return"])
    with django_assert_num_queries(23):
        client.get(url)
    with django_assert_num_queries(cost(sqlite=23, postgresql=21)):
        sent = client.post(url, {"seen": step.version, "to": "review", "reason": "布局图和踏勘记录对不上"})
    assert sent.status_code == 302
