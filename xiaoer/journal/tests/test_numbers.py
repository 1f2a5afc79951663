"""Registers and idempotency keys: nobody gets a number twice, no request is done twice."""

import os
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import connections, transaction

from tests.ledger.events import Opened
from tests.ledger.models import Sheet
from tests.make import NOW, race
from xiaoer.journal import services
from xiaoer.journal.models import Counter, Entry
from xiaoer.journal.services import SYSTEM, Key, New, Repeated

SHARD = "360481000000"
OTHER = "360482000000"


def test_eight_who_take_numbers_get_eight_different_ones(fresh_database):
    taken = race(8, lambda _: services.take(shard=SHARD, register="文号2026"))
    assert sorted(taken) == list(range(1, 9))
    assert Counter.objects.get().value == 8


@pytest.mark.django_db
def test_a_block_of_numbers_ends_at_the_last():
    assert services.take(shard=SHARD, register="a", count=5) == 5
    assert services.take(shard=SHARD, register="a") == 6
    assert services.take(shard=OTHER, register="a") == 1


def numbers(count: int, *, now: datetime = NOW) -> list[int]:
    return [services.take_any(shard=SHARD, register="a", now=now) for _ in range(count)]


def test_numbers_that_threads_take_in_blocks_are_never_given_out_twice(fresh_database):
    taken = [number for each in race(8, lambda _: numbers(50)) for number in each]
    assert len(set(taken)) == 400
    assert Counter.objects.get().value >= max(taken)


def test_a_busy_process_asks_the_register_less_and_less(fresh_database, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        assert numbers(100) == list(range(1, 101))


def test_a_quiet_process_leaves_no_gaps(fresh_database):
    assert [numbers(1, now=NOW + timedelta(seconds=2 * place)) for place in range(4)] == [[1], [2], [3], [4]]
    assert Counter.objects.get().value == 4


def test_numbers_of_a_block_that_was_rolled_back_are_not_given_out(fresh_database):
    numbers(3)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        while len(numbers(1)):
            if Counter.objects.get().value > 3:
                raise ZeroDivisionError
    after = numbers(20)
    assert len(set(after)) == 20 and max(after) <= Counter.objects.get().value


def test_children_of_a_process_do_not_give_out_its_numbers(fresh_database):
    numbers(4)
    taken = services.take_any(shard=SHARD, register="a", now=NOW)
    assert Counter.objects.get().value > taken, "a rest is kept"
    before = Counter.objects.get().value
    reading, writing = os.pipe()
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            os.write(writing, str(numbers(1)[0]).encode())
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    assert int(os.read(reading, 32)) > before


def key(said: str = "") -> Key:
    return Key(SHARD, UUID(int=7), "submit", "k", said)


def test_of_eight_equal_requests_one_makes_and_seven_learn_what_it_made(fresh_database):
    def ask(_: int) -> UUID:
        try:
            return services.act([New(SHARD, Opened(title="三月"))], by=SYSTEM, now=NOW, once=key())[0].id
        except Repeated:
            return services.first_with(key()).subject

    answers = race(8, ask)
    assert set(answers) == {Sheet.objects.get().id}
    assert Entry.objects.count() == 1


@pytest.mark.django_db
def test_what_was_said_with_a_key_is_kept_and_a_second_act_leaves_nothing_behind():
    sheet = services.act([New(SHARD, Opened(title="三月"))], by=SYSTEM, now=NOW, once=key("digest"))[0]
    with pytest.raises(Repeated), transaction.atomic():
        services.act([New(SHARD, Opened(title="四月"))], by=SYSTEM, now=NOW, once=key("other"))
    first = services.first_with(key())
    assert (first.subject, first.said) == (sheet.id, "digest")
    assert Sheet.objects.count() == Entry.objects.count() == 1
