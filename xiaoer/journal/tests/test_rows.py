"""The fast way of inserting writes exactly what the slow way writes."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db.models import Model

from tests.make import NOW
from xiaoer.journal.models import Counter, Entry, Personal, Timer
from xiaoer.journal.services.rows import insert


def columns(row: Model) -> dict[str, object]:
    kept = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return {name: bytes(value) if isinstance(value, memoryview) else value for name, value in kept.items()}


def entry() -> Entry:
    return Entry(
        shard="360481000000", kind="sheet", subject=uuid4(), number=1, act=uuid4(), name="x", schema=1,
        at=datetime(2026, 3, 5, 2, 0, 0, 123456, tzinfo=UTC), actor="a", data={"a": [1, "二", None, {"b": '"\\%s\''}]},
        digest="0" * 64,
    )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    "row",
    [
        entry(),
        Personal(entry=uuid4(), shard="1", subject=uuid4(), salt=b"\x00\xff\\salt", values='{"姓名": "张三"}'),
        Timer(shard="1", subject=uuid4(), name="deem", due_at=NOW),
        Counter(shard="1", register="文号'\"%", value=2**40),
    ],
    ids=lambda row: type(row).__name__,
)
def test_every_kind_of_column_comes_back_as_it_was(row):
    insert(type(row), [row])
    assert columns(type(row).objects.get(pk=row.pk)) == columns(row)


@pytest.mark.django_db
def test_many_rows_take_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        insert(Entry, [entry() for _ in range(20)])
    assert Entry.objects.count() == 20
    with django_assert_num_queries(0):
        insert(Entry, [])
