"""Dispatcher, order, leases, back-off, parking: exactly once in the database."""

import re
from datetime import timedelta

import pytest

from tests.ledger.events import Added, Opened
from tests.ledger.models import Echo
from tests.make import NOW, race
from xiaoer.journal import rules, services
from xiaoer.journal.models import Delivery, Pending
from xiaoer.journal.services import SYSTEM, Change, New, Prepared
from xiaoer.journal.services.delivery import Delivered

SHARD = "360481000000"


def echo(delivered: Delivered, now) -> None:
    Echo.objects.create(entry=delivered.id, subject=delivered.event.subject, number=delivered.event.number)


def fail(delivered: Delivered, now) -> None:
    echo(delivered, now)
    raise RuntimeError("the printer is on fire")


ECHO = {name: [("echo", echo)] for name in ("sheet.opened", "sheet.added")}


def sheet_with(additions: int):
    sheet = services.act([New(SHARD, Opened(title="三月"))], by=SYSTEM, now=NOW)[0]
    for _ in range(additions):
        services.act([Change(sheet, Added(amount=1))], by=SYSTEM, now=NOW)
    return sheet


@pytest.mark.django_db
def test_each_entry_reaches_its_handler_once_and_in_order():
    sheet_with(3)
    assert services.dispatch(flow=ECHO, now=NOW) == 4
    assert services.deliver(flow=ECHO, now=NOW) == 4
    assert services.deliver(flow=ECHO, now=NOW) == 0
    assert list(Echo.objects.order_by("id").values_list("number", flat=True)) == [1, 2, 3, 4]
    assert not Pending.objects.exists()


@pytest.mark.django_db
def test_dispatching_again_makes_no_second_delivery():
    sheet_with(0)
    services.dispatch(flow=ECHO, now=NOW)
    services.dispatch(flow=ECHO, now=NOW)
    assert Delivery.objects.count() == 1


@pytest.mark.django_db
def test_a_failing_handler_leaves_nothing_behind_and_is_tried_again_later():
    sheet_with(0)
    flow = {"sheet.opened": [("echo", fail)]}
    services.dispatch(flow=flow, now=NOW)
    services.deliver(flow=flow, now=NOW)
    failed = Delivery.objects.get()
    assert not Echo.objects.exists()
    assert (failed.state, failed.attempts, failed.lease) == ("waiting", 1, None)
    assert re.fullmatch(r"RuntimeError at journal/tests/test_delivery.py:\d+ fail < .*", failed.error)
    assert "fire" not in failed.error, "a message may hold values of people"
    assert services.deliver(flow=ECHO, now=NOW) == 0
    assert services.deliver(flow=ECHO, now=NOW + timedelta(seconds=1)) == 1
    assert Echo.objects.count() == 1


@pytest.mark.django_db
def test_after_twelve_failures_it_is_parked_and_holds_only_the_later_ones_of_its_subject():
    sheet_with(1)
    sheet_with(0)
    flow = {"sheet.opened": [("echo", fail)], "sheet.added": [("echo", fail)]}
    services.dispatch(flow=flow, now=NOW)
    first = Delivery.objects.filter(number=1).first()
    now = NOW
    for _ in range(rules.PARK_AFTER):
        services.deliver(flow=flow, now=now)
        now += timedelta(hours=2)
    assert Delivery.objects.filter(state="parked").count() == 2
    assert services.deliver(flow=ECHO, now=now) == 0, "entry 2 must wait for the parked entry 1"
    assert Delivery.objects.get(number=2).attempts == 0
    assert services.replay_parked(shard=SHARD, delivery=first.id, now=now)
    assert not services.replay_parked(shard=SHARD, delivery=first.id, now=now)
    assert services.deliver(flow=ECHO, now=now) in {1, 2}
    assert (
        Echo.objects.filter(subject=first.subject).count()
        == Delivery.objects.filter(subject=first.subject, state="done").count()
    )


def test_back_off_doubles_from_one_second_to_one_hour():
    seconds = [rules.back_off(attempts).total_seconds() for attempts in range(1, 15)]
    assert seconds[:4] == [1, 2, 4, 8] and seconds[11] == 2048 and seconds[12:] == [3600, 3600]


@pytest.mark.django_db
def test_a_worker_that_lost_its_lease_writes_nothing():
    sheet_with(0)

    def slow(delivered: Delivered) -> str:
        services.deliver(flow=ECHO, now=NOW + rules.LEASE)
        return "late"

    flow = {"sheet.opened": [("echo", Prepared(slow, lambda delivered, made, now: echo(delivered, now)))]}
    services.dispatch(flow=flow, now=NOW)
    services.deliver(flow=flow, now=NOW)
    assert Echo.objects.count() == 1
    assert Delivery.objects.get().state == "done"


@pytest.mark.django_db
def test_a_worker_may_leave_a_handler_to_others():
    sheet_with(0)
    services.dispatch(flow=ECHO, now=NOW)
    assert services.deliver(flow=ECHO, now=NOW, without={"echo"}) == 0
    assert services.deliver(flow=ECHO, now=NOW, without={"other"}) == 1


@pytest.mark.django_db
def test_a_lease_that_is_still_good_keeps_others_away():
    sheet_with(0)
    seen = []

    def nosy(delivered: Delivered) -> None:
        seen.append(services.deliver(flow=ECHO, now=NOW + rules.LEASE - timedelta(seconds=1)))

    flow = {"sheet.opened": [("echo", Prepared(nosy, lambda delivered, made, now: echo(delivered, now)))]}
    services.dispatch(flow=flow, now=NOW)
    services.deliver(flow=flow, now=NOW)
    assert seen == [0]


def test_four_workers_share_a_queue_without_doubling_or_losing_anything(fresh_database):
    for _ in range(6):
        sheet_with(4)

    def work(_: int) -> int:
        done = 0
        for _ in range(40):
            services.dispatch(flow=ECHO, now=NOW, limit=5)
            done += services.deliver(flow=ECHO, now=NOW)
        return done

    assert all(isinstance(result, int) for result in race(4, work))
    assert Echo.objects.count() == 30 == Echo.objects.values("entry").distinct().count()
    for subject in Echo.objects.values_list("subject", flat=True).distinct():
        numbers = list(Echo.objects.filter(subject=subject).order_by("id").values_list("number", flat=True))
        assert sorted(numbers) == [1, 2, 3, 4, 5]
