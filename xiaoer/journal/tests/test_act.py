"""The spine: row, entry and queues in one transaction, from one fold."""

import pytest
from django.db import DatabaseError, connection, transaction

from tests.ledger.events import Added, Closed, Opened
from tests.ledger.models import Sheet
from tests.make import NOW, race
from xiaoer.journal import queries, services
from xiaoer.journal.models import Entry, Pending, Personal, Unsequenced, commitment
from xiaoer.journal.services import SYSTEM, Change, New
from xiaoer.kernel.refusal import Refusal

SHARD = "360481000000"


def opened(owner: str = "") -> Sheet:
    return services.act([New(SHARD, Opened(title="三月", owner=owner))], by=SYSTEM, now=NOW)[0]


@pytest.mark.django_db
def test_an_act_writes_the_row_the_entry_and_both_queues():
    sheet = opened()
    services.act([Change(sheet, Added(amount=5))], by=SYSTEM, now=NOW)
    stored = Sheet.objects.get(id=sheet.id)
    assert (stored.total, stored.version, sheet.total, sheet.version) == (5, 2, 5, 2)
    assert [e.number for e in queries.entries(shard=SHARD, subject=sheet.id)] == [1, 2]
    assert Pending.objects.count() == Unsequenced.objects.count() == 2


@pytest.mark.django_db
def test_subjects_of_one_act_share_its_id_and_come_back_in_the_order_given():
    first, second = opened(), opened()
    rows = services.act([Change(second, Added(amount=2)), Change(first, Added(amount=1))], by=SYSTEM, now=NOW)
    assert [row.total for row in rows] == [2, 1]
    assert Entry.objects.filter(number=2).values("act").distinct().count() == 1


@pytest.mark.django_db
def test_who_writes_a_first_entry_second_is_told_so_also_where_the_entry_notices_it():
    sheet = opened()
    Sheet.objects.all().delete()
    with pytest.raises(Refusal, match="stale"), transaction.atomic():
        services.act([New(SHARD, Opened(title="三月"), sheet.id)], by=SYSTEM, now=NOW)
    assert Entry.objects.count() == 1


@pytest.mark.django_db
def test_an_act_cannot_change_a_subject_twice():
    sheet = opened()
    with pytest.raises(ValueError, match="once"):
        services.act([Change(sheet, Added(amount=1)), Change(sheet, Closed())], by=SYSTEM, now=NOW)


@pytest.mark.django_db
def test_an_event_that_no_app_registered_is_refused():
    with pytest.raises(LookupError):
        services.act([New(SHARD, object())], by=SYSTEM, now=NOW)


@pytest.mark.django_db
def test_what_the_fold_refuses_leaves_nothing_behind():
    sheet = opened()
    services.act([Change(sheet, Closed())], by=SYSTEM, now=NOW)
    with pytest.raises(Refusal), transaction.atomic():
        services.act([New(SHARD, Opened(title="新")), Change(sheet, Added(amount=1))], by=SYSTEM, now=NOW)
    assert Sheet.objects.count() == 1 and Entry.objects.count() == 2


@pytest.mark.django_db
def test_the_version_that_the_actor_saw_must_be_the_latest():
    sheet = opened()
    services.act([Change(sheet, Added(amount=5), seen=1)], by=SYSTEM, now=NOW)
    with pytest.raises(Refusal) as refused:
        services.act([Change(sheet, Added(amount=5), seen=1)], by=SYSTEM, now=NOW)
    assert refused.value.key == "stale"


@pytest.mark.django_db
def test_a_personal_value_stands_in_the_entry_only_as_a_commitment_and_is_encrypted_beside_it():
    sheet = opened(owner="张三丰")
    entry = Entry.objects.get(subject=sheet.id)
    kept = Personal.objects.get(entry=entry.id)
    assert entry.data["owner"] == commitment(bytes(kept.salt), "张三丰")
    with connection.cursor() as cursor:
        cursor.execute("SELECT owner FROM ledger_sheet")
        (row,) = cursor.fetchall()
        cursor.execute("SELECT values FROM journal_personal" if connection.vendor != "sqlite"
                       else 'SELECT "values" FROM journal_personal')  # fmt: skip
        (personal,) = cursor.fetchall()
    assert "张三丰" not in row[0] and "张三丰" not in personal[0]
    assert Sheet.objects.get(id=sheet.id).owner == "张三丰"


@pytest.mark.django_db
def test_sqlite_refuses_to_change_replace_or_delete_an_entry():
    if connection.vendor != "sqlite":
        return  # on PostgreSQL the web role has no such grant: tests/postgres
    opened()
    for statement in (
        "UPDATE journal_entry SET name = 'x'",
        "DELETE FROM journal_entry",
        "INSERT OR REPLACE INTO journal_entry SELECT * FROM journal_entry",
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_of_eight_at_once_one_acts_and_seven_are_told(fresh_database):
    sheet = opened()

    def press(_: int) -> str:
        try:
            services.act([Change(Sheet.objects.get(id=sheet.id), Added(amount=1), seen=1)], by=SYSTEM, now=NOW)
            return "acted"
        except Refusal as refused:
            return refused.key

    assert sorted(race(8, press)) == ["acted"] + ["stale"] * 7
    assert Sheet.objects.get().total == 1 and Entry.objects.count() == 2


def test_eight_who_try_again_all_act_and_nothing_is_lost(fresh_database):
    sheet = opened()

    def press(_: int) -> None:
        while True:
            try:
                services.act([Change(Sheet.objects.get(id=sheet.id), Added(amount=1))], by=SYSTEM, now=NOW)
                return
            except Refusal:
                continue

    assert race(8, press) == [None] * 8
    assert Sheet.objects.get().total == 8 and Entry.objects.count() == 9
    assert not list(queries.differences("sheet"))


def test_an_act_that_nothing_surrounds_is_written_whole_or_not_at_all(fresh_database):
    sheet = opened("王五")
    Sheet.objects.all().delete()  # so that the entry notices it, after rows were inserted
    before = [model.objects.count() for model in (Sheet, Entry, Personal, Pending, Unsequenced)]
    again = [New(SHARD, Opened(title="四月", owner="李四")), New(SHARD, Opened(title="三月"), sheet.id)]
    with pytest.raises(Refusal, match="stale"):
        services.act(again, by=SYSTEM, now=NOW)
    assert [model.objects.count() for model in (Sheet, Entry, Personal, Pending, Unsequenced)] == before


def test_an_act_inside_a_transaction_is_undone_with_it(fresh_database):
    def press() -> None:
        with transaction.atomic():
            opened()
            raise InterruptedError

    with pytest.raises(InterruptedError):
        press()
    assert not Sheet.objects.exists()


def test_an_act_refused_inside_a_transaction_cannot_be_passed_over(fresh_database):
    """What is caught and gone on from would be committed as nothing at all."""
    sheet = opened()
    with pytest.raises(transaction.TransactionManagementError), transaction.atomic():
        with pytest.raises(Refusal, match="stale"):
            services.act([New(SHARD, Opened(title="三月"), sheet.id)], by=SYSTEM, now=NOW)
        opened()
