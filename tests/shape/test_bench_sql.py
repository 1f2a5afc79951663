"""The hand-written SQL that measurements compare with writes the same columns as the product, in the models' order."""

import re
from pathlib import Path

from django.apps import apps

SQL = Path(__file__).parents[2] / "bench" / "sql" / "submit.sql"
INSERT = re.compile(r"INSERT INTO (\w+)\s*\(([^)]*)\)\s*VALUES\s*(.*?);", re.DOTALL)


def test_the_raw_submission_names_every_column_and_has_a_place_for_each():
    written = {table: (columns, rows) for table, columns, rows in INSERT.findall(SQL.read_text())}
    assert len(written) == 6
    tables = {model._meta.db_table: model for model in apps.get_models()}
    for table, (columns, rows) in written.items():
        named = [one.strip() for one in columns.split(",")]
        assert named == [field.column for field in tables[table]._meta.concrete_fields], table
        assert all(row.count("%s") == len(named) for row in re.findall(r"\(([^)]*)\)", rows)), table
