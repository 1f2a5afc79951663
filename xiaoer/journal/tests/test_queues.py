"""Positions and timers."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from tests.ledger.events import Added, Opened
from tests.make import NOW, race
from xiaoer.journal import queries, services
from xiaoer.journal.models import Position, Timer, Unsequenced
from xiaoer.journal.services import SYSTEM, Change, New

SHARD = "360481000000"
OTHER = "360482000000"


def opened(shard: str = SHARD):
    return services.act([New(shard, Opened(title="三月", owner="张三"))], by=SYSTEM, now=NOW)[0]


@pytest.mark.django_db
def test_positions_are_gap_free_in_each_shard_and_the_feed_pages_by_them():
    sheet = opened()
    services.act([Change(sheet, Added(amount=1))], by=SYSTEM, now=NOW)
    opened(OTHER)
    assert services.sequence(now=NOW) == 3
    opened()
    services.sequence(now=NOW)
    assert [place for place, _ in queries.feed(shard=SHARD, after=0, limit=10)] == [1, 2, 3]
    assert [place for place, _ in queries.feed(shard=OTHER, after=0, limit=10)] == [1]
    assert [(p, e.number) for p, e in queries.feed(shard=SHARD, after=1, limit=1)] == [(2, 2)]
    assert not Unsequenced.objects.exists()


def test_positions_stay_gap_free_while_eight_write_and_two_sequence(fresh_database):
    def work(place: int) -> None:
        for _ in range(10):
            if place < 6:
                opened()
            else:
                services.sequence(now=NOW, limit=7)

    assert race(8, work) == [None] * 8
    while services.sequence(now=NOW):
        pass
    assert list(Position.objects.order_by("position").values_list("position", flat=True)) == list(range(1, 61))


@pytest.mark.django_db
def test_a_timer_runs_once_when_due_and_not_before():
    rang: list[UUID] = []
    alarms = {"deem": lambda shard, subject, now: rang.append(subject)}
    subject = uuid4()
    services.set_timer(shard=SHARD, subject=subject, name="deem", due_at=NOW)
    services.set_timer(shard=SHARD, subject=subject, name="deem", due_at=NOW + timedelta(hours=1))
    assert services.sweep(alarms=alarms, now=NOW) == 0
    assert services.sweep(alarms=alarms, now=NOW + timedelta(hours=1)) == 1
    assert services.sweep(alarms=alarms, now=NOW + timedelta(hours=2)) == 0
    assert rang == [subject]


@pytest.mark.django_db
def test_a_cleared_timer_never_runs():
    subject = uuid4()
    services.set_timer(shard=SHARD, subject=subject, name="deem", due_at=NOW)
    services.clear_timer(shard=SHARD, subject=subject, name="deem")
    assert services.sweep(alarms={}, now=NOW) == 0


@pytest.mark.django_db
def test_a_failing_timer_keeps_its_error_and_does_not_hold_up_the_others():
    rang: list[UUID] = []

    def alarm(shard, subject, now):
        if subject == bad:
            opened()
            raise RuntimeError("no")
        rang.append(subject)

    bad, good = uuid4(), uuid4()
    for subject in (bad, good):
        services.set_timer(shard=SHARD, subject=subject, name="deem", due_at=NOW)
    services.sweep(alarms={"deem": alarm}, now=NOW)
    kept = Timer.objects.get()
    assert rang == [good] and (kept.subject, kept.attempts) == (bad, 1)
    assert kept.error.startswith("RuntimeError at journal/tests/test_queues.py:") and "no" not in kept.error.split()
    assert kept.due_at == NOW + timedelta(seconds=1)
    assert not queries.entries(shard=SHARD, subject=bad) and Unsequenced.objects.count() == 0
