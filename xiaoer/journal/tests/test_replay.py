"""The row is the fold: any altered column, lost row or altered entry is found and named."""

from datetime import timedelta

import pytest
from django.db import connection
from pydantic import TypeAdapter

from tests.ledger.events import Added, Erased, Opened
from tests.ledger.models import Sheet
from tests.make import NOW
from xiaoer.journal import queries, rules, services
from xiaoer.journal.events import EventType
from xiaoer.journal.fields import seal
from xiaoer.journal.models import Entry, Personal
from xiaoer.journal.services import SYSTEM, Change, New

SHARD = "360481000000"


def opened():
    sheet = services.act([New(SHARD, Opened(title="三月", owner="张三"))], by=SYSTEM, now=NOW)[0]
    return services.act([Change(sheet, Added(amount=7))], by=SYSTEM, now=NOW + timedelta(days=1))[0]


@pytest.mark.django_db
def test_an_untouched_database_has_no_differences():
    opened()
    opened()
    assert not list(queries.differences("sheet"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("column", "value"),
    [("title", "四月"), ("total", 8), ("closed", True), ("version", 3), ("shard", "1"), ("owner", "李四")],
)
def test_altering_any_one_column_by_sql_is_found_and_named(column, value):
    opened()
    sheet = opened()
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE ledger_sheet SET {column} = %s WHERE id = %s",
            [seal(value) if column == "owner" else value, sheet.id.hex if connection.vendor == "sqlite" else sheet.id],
        )
    assert [(d.subject, d.column) for d in queries.differences("sheet")] == [(sheet.id, column)]
    assert set(rules.SUBJECTS["sheet"].columns) == {"title", "total", "closed", "owner"}


@pytest.mark.django_db
def test_a_deleted_row_and_a_smuggled_row_are_found():
    sheet = opened()
    Sheet.objects.filter(id=sheet.id).delete()
    smuggled = Sheet.objects.create(shard=SHARD, version=1, title="", owner="", total=0, closed=False)
    found = list(queries.differences("sheet"))
    assert {d.subject for d in found} == {sheet.id, smuggled.id}


@pytest.mark.django_db
def test_an_altered_entry_no_longer_fits_its_digest():
    sheet = opened()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER journal_entry_no_UPDATE")
    Entry.objects.filter(subject=sheet.id, number=2).update(at=NOW)
    assert [d.column for d in queries.differences("sheet")] == ["entry 2: digest"]


@pytest.mark.django_db
def test_erasing_removes_the_value_and_its_salt_and_replay_still_agrees():
    sheet = opened()
    sheet = services.erase(sheet, Erased(reason="本人要求"), kind="sheet", by=SYSTEM, now=NOW + timedelta(days=2))
    assert sheet.owner == "" == Sheet.objects.get().owner
    assert not Personal.objects.exists()
    assert sheet.total == 7 and sheet.version == 3
    assert not list(queries.differences("sheet"))


@pytest.mark.django_db
def test_an_old_schema_is_brought_up_to_date_when_read():
    kind = EventType("x", "sheet", Added, "", "", frozenset(), "", 3, {
        1: lambda stored: {"sum": stored["n"]}, 2: lambda stored: {"amount": stored["sum"] * 100},
    }, TypeAdapter(Added))  # fmt: skip
    assert kind.load({"n": 2}, 1) == Added(amount=200)
    assert kind.load({"amount": 2}, 3) == Added(amount=2)
