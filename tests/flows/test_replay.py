"""xiaoer replay sees every alteration by SQL: each column of each kind of row, each leaf of its JSON, each entry.

Kinds come from the register of subjects and columns from the tables: whoever adds one has it tried here.
"""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from operator import getitem
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from xiaoer.cases.models import Case
from xiaoer.cases.tests import make
from xiaoer.cli import replay
from xiaoer.journal import rules
from xiaoer.journal.fields import SealedTextField
from xiaoer.journal.models import Counter, Entry, Personal, Position, digest

from .lives import live

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Alteration:
    """A value put by SQL in place of another one. what: for people who read a failure."""

    what: str
    field: "models.Field[Any, Any]"
    row: Any
    stored: Any


def write(model: Any, identity: UUID, field: "models.Field[Any, Any]", stored: Any) -> None:
    """Put a value, as the database keeps it, into one column of one row, past everything."""
    quote, key = connection.ops.quote_name, model._meta.pk
    table, column, place = (quote(name) for name in (model._meta.db_table, field.column, key.column))
    with connection.cursor() as cursor:
        where = [stored, key.get_db_prep_save(identity, connection)]
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE {place} = %s", where)
        assert cursor.rowcount == 1


@contextmanager
def undone() -> Iterator[None]:
    """Put everything back at the end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def differing(capsys, *kinds: str) -> list[str]:
    """Run the command; return its lines, which say 1 by exit code where there are any."""
    code = replay.run(argparse.Namespace(kinds=list(kinds)))
    *lines, last = capsys.readouterr().out.splitlines()
    assert code == (1 if lines else 0) and last.startswith(f"{len(lines)} differences in")
    return lines


def other(value: Any, field: "models.Field[Any, Any]") -> Any:
    """Return another value of the same type."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1000
    if isinstance(value, UUID):
        return uuid4()
    if isinstance(value, datetime):
        return value + timedelta(microseconds=1)
    if isinstance(value, date):
        return value + timedelta(days=1)
    if isinstance(value, str):
        return f"{value[:-1]}{'y' if value.endswith('x') else 'x'}"
    return filled(field)


SAMPLES: list[tuple[type, Any]] = [
    (models.UUIDField, uuid4()), (models.DateTimeField, make.NOW), (models.DateField, date(2026, 3, 5)),
    (models.BooleanField, True), (models.IntegerField, 1), (models.BigIntegerField, 1), (models.JSONField, {"a": 1}),
    (models.ForeignKey, uuid4()), (models.CharField, "x"), (models.TextField, "x"),
]  # fmt: skip


def filled(field: "models.Field[Any, Any]") -> Any:
    """Return some value of a column's type."""
    return next(value for kind, value in SAMPLES if isinstance(field, kind))


def alterations(model: Any) -> Iterator[Alteration]:
    """Give every column of a table altered in every way: changed, emptied, filled, made unreadable."""
    rows = list(model._default_manager.all())
    for field in model._meta.concrete_fields:
        if field.primary_key:
            continue
        full = [row for row in rows if getattr(row, field.attname) not in (None, "", [], {})]
        empty = [row for row in rows if row not in full]
        for row in full[:1]:
            yield from _altered(field, row)
        for row in empty[:1]:
            yield Alteration("filled", field, row, field.get_db_prep_save(filled(field), connection))
        for row in rows[:1]:
            yield from _unreadable(field, row)


def _altered(field: "models.Field[Any, Any]", row: Any) -> Iterator[Alteration]:
    value = getattr(row, field.attname)
    if not isinstance(value, dict | list):
        yield Alteration("changed", field, row, field.get_db_prep_save(other(value, field), connection))
    if isinstance(value, int) and not isinstance(value, bool):
        yield Alteration("off by one", field, row, field.get_db_prep_save(value + 1, connection))
    if field.null:
        yield Alteration("emptied", field, row, None)
    elif isinstance(value, str):
        yield Alteration("emptied", field, row, field.get_db_prep_save("", connection))


def _unreadable(field: "models.Field[Any, Any]", row: Any) -> Iterator[Alteration]:
    """Bytes that are no value of the column's type: SQLite takes them except in text and JSON, PostgreSQL in text."""
    sealed = isinstance(field, SealedTextField)
    checked = isinstance(field, models.CharField | models.TextField | models.JSONField) or connection.vendor != "sqlite"
    if sealed or not checked:
        yield Alteration("unreadable", field, row, "garbage")


def leaves(model: Any) -> Iterator[Alteration]:
    """Give every leaf of every JSON column altered and taken away; of the items of a list one stands for all."""
    for field in model._meta.concrete_fields:
        seen: set[tuple[str, ...]] = set()
        for row in model._default_manager.all():
            said = getattr(row, field.attname)
            if not isinstance(said, dict | list):
                continue
            for place in places(said):
                kind = tuple("*" if isinstance(part, int) else part for part in place)
                if kind not in seen:
                    seen.add(kind)
                    yield from _leaf(field, row, said, place)
            yield from [] if () in seen else [_added(field, row, said)]
            seen.add(())


Place = tuple[str | int, ...]
GONE = object()


def places(said: Any, above: Place = ()) -> Iterator[Place]:
    """Give the place of every leaf: what is no dict or list, or an empty one."""
    inside = said.items() if isinstance(said, dict) else enumerate(said) if isinstance(said, list) else ()
    if not inside and above:
        yield above
    for key, value in inside:
        yield from places(value, (*above, key))


def _leaf(field: "models.Field[Any, Any]", row: Any, said: Any, place: Place) -> Iterator[Alteration]:
    *above, last = place
    value = reduce(getitem, place, said)
    others = {"changed": not value if isinstance(value, bool) else value + 1 if isinstance(value, int) else f"{value}x"}
    if isinstance(value, bool):
        others["made a number"] = int(value)
    if not above:
        others["taken away"] = GONE
    for what, new in others.items():
        copy = deepcopy(said)
        holder = reduce(getitem, above, copy)
        if new is GONE:
            del holder[last]
        else:
            holder[last] = new
        yield Alteration(f"{_dotted(place)} {what}", field, row, field.get_db_prep_save(copy, connection))


def _dotted(place: Place) -> str:
    return ".".join(str(part) for part in place)


def _added(field: "models.Field[Any, Any]", row: Any, said: Any) -> Alteration:
    more = {**said, "added": None} if isinstance(said, dict) else [*said, "added"]
    return Alteration("added", field, row, field.get_db_prep_save(more, connection))


@pytest.fixture(scope="module")
def lived(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The lives, lived once for all tests here: each puts back what it altered."""
    with django_db_blocker.unblock(), undone():
        live()
        yield


def test_every_alteration_of_every_journalled_row_is_found_and_named(lived, capsys):
    assert differing(capsys) == []
    missed, tried = [], 0
    for kind, subject in rules.SUBJECTS.items():
        model = apps.get_model(subject.model)
        assert model._default_manager.exists(), f"tests/flows/lives.py brings no {kind} into being"
        for one in [*alterations(model), *leaves(model)]:
            lines = made(one, capsys, kind)
            tried += 1
            if lines is not None and named(lines) != [f"{kind} {one.row.pk} {one.field.attname}"]:
                missed.append(f"{kind} {one.field.attname} {one.what}: {lines[:3]}")
    assert not missed, "\n".join(missed)
    assert differing(capsys) == []
    with capsys.disabled():
        print(f"\n{tried} alterations of {len(rules.SUBJECTS)} kinds, each found and named: ok")


def made(one: Alteration, capsys, *kinds: str) -> list[str] | None:
    """Return what replay says of an alteration; None where the database itself refuses it (a doubled number)."""
    with undone():
        try:
            with transaction.atomic():
                write(type(one.row), one.row.pk, one.field, one.stored)
        except IntegrityError:
            return None
        return differing(capsys, *kinds)


def named(lines: list[str]) -> list[str]:
    """Return kind, id and column of each line."""
    return [line.partition(": journal ")[0] for line in lines]


def test_the_clock_in_a_case_is_tried_leaf_by_leaf(lived):
    tried = {one.what.partition(" ")[0] for one in leaves(Case) if one.field.attname == "clock"}
    assert tried >= {"accepted_on", "deem_on", "extended_days", "limits.statutory.amount", "calendar"}


def test_a_lost_row_a_smuggled_row_and_a_row_by_another_name_are_found(lived, capsys):
    for kind, subject in rules.SUBJECTS.items():
        row = apps.get_model(subject.model)._default_manager.first()
        for gone, come in ((True, False), (False, True), (True, True)):
            new = uuid4()
            with undone():
                exchanged(row, new, gone=gone, come=come)
                found = set(named(differing(capsys, kind)))
            assert found == {f"{kind} {one} row" for one, is_so in ((row.pk, gone), (new, come)) if is_so}


def exchanged(row: Any, identity: UUID, *, gone: bool, come: bool) -> None:
    """Take a row away, and put one like it under another id; what must be unique differs."""
    model = type(row)
    if gone:
        quote = connection.ops.quote_name
        with connection.cursor() as cursor:
            where = [model._meta.pk.get_db_prep_save(row.pk, connection)]
            cursor.execute(f"DELETE FROM {quote(model._meta.db_table)} WHERE {quote('id')} = %s", where)
    if come:
        values = {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields}
        single = {name for one in model._meta.constraints for name in getattr(one, "fields", ())}
        single |= {field.name for field in model._meta.concrete_fields if field.unique}
        for field in model._meta.concrete_fields:
            if field.name in single:
                values[field.attname] = other(values[field.attname], field)
        model._default_manager.bulk_create([model(**{**values, "id": identity})])


@pytest.fixture
def unlocked(lived) -> Iterator[None]:
    """A journal whose triggers somebody has dropped; on PostgreSQL the tests run as its owner."""
    with undone():
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("DROP TRIGGER journal_entry_no_UPDATE")
                cursor.execute("DROP TRIGGER journal_entry_no_DELETE")
        yield


def long_lived() -> list[Entry]:
    """The entries of the case to which most happened."""
    by_case = [
        list(Entry.objects.filter(subject=case).order_by("number"))
        for case in Case.objects.values_list("id", flat=True)
    ]
    return max(by_case, key=len)


def test_every_altered_column_of_an_entry_is_found_with_its_subject(unlocked, capsys):
    entry = long_lived()[1]
    for field in Entry._meta.concrete_fields:
        stored = field.get_db_prep_save(other(getattr(entry, field.attname), field), connection)
        lines = made(Alteration("changed", field, entry, stored), capsys)
        assert lines is None or any(f"{entry.subject} entry 2" in line for line in lines), (field.name, lines)


def test_every_leaf_of_an_entrys_data_is_found(unlocked, capsys):
    field = Entry._meta.get_field("data")
    for entry in long_lived():
        for place in places(entry.data):
            for one in _leaf(field, entry, entry.data, place):
                with undone():
                    write(Entry, entry.pk, field, one.stored)
                    lines = differing(capsys, "case")
                assert lines and lines[0].startswith(f"case {entry.subject} entry {entry.number}: "), (one.what, lines)


def test_personal_values_that_were_altered_exchanged_or_lost_are_found(unlocked, capsys):
    kept = Personal.objects.get(entry__in=Entry.objects.filter(name="question.answered").values("id"))
    foreign = Personal.objects.exclude(subject=kept.subject).first()
    for field in Personal._meta.concrete_fields:
        if field.primary_key:
            continue
        with undone():
            write(Personal, kept.pk, field, field.get_db_prep_save(getattr(foreign, field.attname), connection))
            lines = differing(capsys, "question")
        same = getattr(foreign, field.attname) == getattr(kept, field.attname)
        assert same or any(f"{kept.subject} entry 2: personal" in line for line in lines), (field.name, lines)
    with undone():
        Personal.objects.filter(pk=kept.pk).delete()
        lines = differing(capsys, "question")
    assert any(f"{kept.subject} entry 2: personal values" in line for line in lines)


def forged(entry: Entry, **changed: Any) -> None:
    """Put in an entry like another one, with a digest that fits."""
    copy = Entry(
        **{
            **{field.attname: getattr(entry, field.attname) for field in Entry._meta.concrete_fields},
            "id": uuid4(),
            **changed,
        }
    )
    copy.digest = digest(copy)
    copy.save(force_insert=True)


def test_doubled_and_missing_entries_are_found_though_their_digests_fit(unlocked, capsys):
    entries = long_lived()
    last, subject = entries[-1], entries[0].subject
    tries = {
        "doubled at the end": lambda: forged(last, number=last.number + 1),
        "doubled in another shard": lambda: forged(last, shard="110000000000"),
        "the first one gone": lambda: Entry.objects.filter(id=entries[0].id).delete(),
        "one between gone": lambda: Entry.objects.filter(id=entries[1].id).delete(),
        "the last one gone": lambda: Entry.objects.filter(id=last.id).delete(),
        "all gone": lambda: Entry.objects.filter(subject=subject).delete(),
    }
    for what, act in tries.items():
        with undone():
            act()
            assert any(f"case {subject} " in line for line in differing(capsys, "case")), what


def test_a_case_that_is_gone_with_all_its_entries_leaves_a_hole_in_the_log(unlocked, capsys):
    entries = long_lived()
    Entry.objects.filter(subject=entries[0].subject).delete()
    Case.objects.filter(id=entries[0].subject).delete()
    assert {f"entry {entry.id} row" for entry in entries} <= set(named(differing(capsys)))
    Position.objects.filter(entry__in=[entry.id for entry in entries]).delete()
    Personal.objects.filter(entry__in=[entry.id for entry in entries]).delete()
    assert named(differing(capsys)) == [f"entry {make.SHARD} position"]


def test_an_entry_without_a_place_or_with_a_wrong_one_is_found(lived, capsys):
    last = Position.objects.filter(shard=make.SHARD).order_by("-position")[0]
    for act in (
        lambda: Position.objects.filter(pk=last.pk).delete(),
        lambda: Position.objects.filter(pk=last.pk).update(position=last.position + 1),
        lambda: Position.objects.filter(pk=last.pk).update(shard="110000000000"),
        lambda: Counter.objects.filter(shard=make.SHARD, register="position").update(value=last.position + 1),
    ):
        with undone():
            act()
            assert differing(capsys)
