"""On PostgreSQL the running platform works with a role that can add to the journal and read it, never change it."""

from collections.abc import Iterator

import pytest
from django.db import ProgrammingError, connection, connections

from tests.make import NOW
from xiaoer import cli, flow
from xiaoer.cases.tests import make
from xiaoer.journal import queries, services
from xiaoer.journal.models import Entry, Pending, Personal

ROLE = "xiaoer_web_tried"


@pytest.fixture
def role(transactional_db: None, django_db_setup: None, django_db_blocker) -> Iterator[str]:
    """A role that is dropped after the database in which it has rights."""
    with django_db_blocker.unblock():
        _as_owner(f"DROP ROLE IF EXISTS {ROLE}")
        _as_owner(f"CREATE ROLE {ROLE} LOGIN")
        yield ROLE
        _as_owner(f"DROP ROLE {ROLE}")


@pytest.fixture
def as_role(role: str, fresh_database: str) -> Iterator[None]:
    """The connection of the test, with the role's rights."""
    assert [cli.main(["database", "grant", role]) for _ in range(2)] == [0, 0]
    owner = connection.settings_dict["USER"]
    connections.close_all()
    connection.settings_dict["USER"] = role
    yield
    connections.close_all()
    connection.settings_dict["USER"] = owner


def _as_owner(statement: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)
    connections.close_all()


def test_the_platform_works_and_cannot_change_the_journal(as_role):
    case = make.accepted()
    while services.dispatch(flow=flow.HANDLERS, now=NOW) + services.sequence(now=NOW):
        pass
    assert services.deliver(flow=flow.HANDLERS, now=NOW) and not Pending.objects.exists()
    assert list(queries.differences("case")) == []
    for change in (
        lambda: Entry.objects.filter(subject=case.id).update(actor="somebody else"),
        lambda: Entry.objects.filter(subject=case.id).delete(),
        lambda: Personal.objects.update(shard="0"),
        lambda: _execute("TRUNCATE journal_entry CASCADE"),
        lambda: _execute("ALTER TABLE journal_entry DISABLE TRIGGER ALL"),
        lambda: _execute("DELETE FROM django_migrations"),
    ):
        with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
            change()
    assert Entry.objects.filter(subject=case.id, actor="somebody else").count() == 0
    assert Personal.objects.filter(shard=case.shard).delete()[0] > 0


def test_a_role_that_no_grant_binds_is_refused(fresh_database, capsys):
    assert cli.main(["database", "grant", connection.settings_dict["USER"]]) == 1
    assert cli.main(["database", "grant", "nobody_of_this_name"]) == 1
    assert "superuser" in capsys.readouterr().err


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
