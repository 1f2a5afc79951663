"""What the desk costs in queries: pinned, so that a page that grows says so."""

import pytest
from django.urls import reverse

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


@pytest.mark.parametrize(("queue", "role", "queries"), [("intake", "clerk", 10), ("steps", "reviewer", 11)])
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
    with django_assert_num_queries(23):
        client.get(url)


@pytest.mark.parametrize(
    ("act", "role", "queries"),
    [("accept", "clerk", 29), ("notify", "clerk", 28), ("decline", "clerk", 22), ("suspend", "reviewer", 18),
     ("extend", "head", 18), ("grant", "approver", 22), ("refuse", "approver", 22), ("deliver", "clerk", 19)],
)  # fmt: skip
def test_each_act(act, role, queries, django_assert_num_queries):
    desk = make_desk.desk()
    case = ready_for(act, desk)
    client = warm(desk.client(role), page(case))
    with django_assert_num_queries(queries):
        answer = client.post(page(case, act), {"seen": case.version, **TYPED[act]})
    assert answer.status_code == 302


@pytest.mark.parametrize(("act", "queries"), [("claim", 19), ("settle", 25)])
def test_each_act_on_a_step(act, queries, django_assert_num_queries):
    desk = make_desk.desk()
    case = make_desk.accepted(desk)
    step = make.step(case, "review")
    if act == "settle":
        services.claim(step, by=make.Actor(str(desk.accounts["reviewer"].id)), now=edge.now())
    client = warm(desk.client("reviewer"), "/desk/")
    url = reverse("cases:desk_step", args=[case.number, step.id, act])
    seen = make.step(case, "review").version
    with django_assert_num_queries(queries):
        assert client.post(url, {"seen": seen, "outcome": "granted", "opinion": "材料齐全"}).status_code == 302
