"""xiaoer database grant ROLE: give the role of the running platform what it needs of the tables, and no more.

For PostgreSQL, run as the owner of the tables after every migration. The role reads and writes every table of the
models; a model whose attribute GRANTS says less gets less: the journal can be added to and read, never changed. What
the role had before is taken away first, so running it again changes nothing.
"""

import argparse
import sys
from collections.abc import Iterator
from typing import Any

import django

EVERYTHING = ("SELECT", "INSERT", "UPDATE", "DELETE")


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser("database", help="rights in the database")
    commands = parser.add_subparsers(dest="database_command", required=True, metavar="COMMAND")
    grant = commands.add_parser("grant", help="give the running platform's role its rights (PostgreSQL)")
    grant.add_argument("role", metavar="ROLE", help="the role named in XIAOER_DATABASE_URL of the running platform")
    grant.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Grant in one transaction; return 1 when the role is not there or could do as it likes anyway."""
    django.setup()
    from django.db import connection, transaction  # noqa: PLC0415 - needs django.setup() first

    if connection.vendor != "postgresql":
        print("only PostgreSQL has roles; on SQLite triggers protect the journal", file=sys.stderr)
        return 1
    with transaction.atomic(), connection.cursor() as cursor:
        if wrong := _unfit(cursor, arguments.role):
            print(wrong, file=sys.stderr)
            return 1
        for statement in _statements(arguments.role, connection.settings_dict["NAME"]):
            cursor.execute(statement)
    print(f"{arguments.role}: rights on {len(_tables())} tables")
    return 0


def _unfit(cursor: Any, role: str) -> str:
    """Return why grants would be of no use for a role, empty when they are."""
    cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = %s", [role])
    found = cursor.fetchone()
    if found is None:
        return f"there is no role {role}: CREATE ROLE {role} LOGIN PASSWORD '…'"
    cursor.execute(
        "SELECT pg_has_role(%s, c.relowner, 'MEMBER') FROM pg_class c WHERE c.oid = 'journal_entry'::regclass", [role]
    )
    if found[0] or cursor.fetchone()[0]:
        return f"{role} is a superuser or owns the tables, so that no grant binds it: make a role of its own"
    return ""


def _tables() -> list[Any]:
    from django.apps import apps  # noqa: PLC0415 - needs django.setup() first

    return [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]


def _statements(role: str, database: str) -> Iterator[Any]:
    """Return what is executed, in order, every name quoted."""
    from django.db.models import AutoField  # noqa: PLC0415 - needs django.setup() first
    from psycopg import sql  # noqa: PLC0415 - only PostgreSQL needs it

    to = sql.Identifier(role)
    yield sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}").format(to)
    yield sql.SQL("REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {}").format(to)
    yield sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(database), to)
    yield sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(to)
    yield sql.SQL("GRANT SELECT ON django_migrations TO {}").format(to)
    for model in _tables():
        rights = sql.SQL(", ").join(sql.SQL(one) for one in getattr(model, "GRANTS", EVERYTHING))
        table = model._meta.db_table
        yield sql.SQL("GRANT {} ON {} TO {}").format(rights, sql.Identifier(table), to)
        if isinstance(model._meta.pk, AutoField):
            sequence = sql.Identifier(f"{table}_{model._meta.pk.column}_seq")
            yield sql.SQL("GRANT USAGE, SELECT ON SEQUENCE {} TO {}").format(sequence, to)
