"""Entries may be added and read, never changed: triggers on SQLite. On PostgreSQL the web role has no such grant."""

from django.db import migrations

REFUSE = """
CREATE TRIGGER journal_entry_no_{verb} BEFORE {verb} ON journal_entry
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
"""


def protect(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(REFUSE.format(verb=verb))


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunPython(protect, migrations.RunPython.noop)]
