"""Fixtures of every test. A test that commits gets a database of its own, copied from the migrated one: the journal
cannot be flushed."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.utils import translation
from hypothesis import strategies


def pytest_collection_finish() -> None:
    """Make the table of all characters, of which a fresh checkout has none, before the time of examples is taken."""
    strategies.text().validate()


@pytest.fixture(autouse=True)
def source_language() -> Iterator[None]:
    """Begin every test in Chinese: a request in English leaves its language behind in the thread."""
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def transactional_db() -> None:
    """Django's own way of committing in tests, emptied: it flushes tables, and the journal cannot be flushed.

    Its name in a test's fixtures is what makes pytest-django create the database.
    """


@pytest.fixture
def fresh_database(transactional_db: None, django_db_setup: None, django_db_blocker, tmp_path: Path) -> Iterator[str]:
    """A committed database of this test's own, for threads and other processes; gives its URL."""
    with django_db_blocker.unblock():
        migrated = connection.settings_dict["NAME"]
        connections.close_all()
        try:
            yield _copy(migrated, tmp_path)
        finally:
            connections.close_all()
            _drop(migrated)


def _copy(migrated: str, tmp_path: Path) -> str:
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        settings["NAME"] = str(tmp_path / "fresh.sqlite3")
        shutil.copy(migrated, settings["NAME"])
        return f"sqlite:///{settings['NAME']}"
    name = f"fresh_{uuid4().hex[:12]}"
    _maintenance(f'CREATE DATABASE "{name}" TEMPLATE "{migrated}"')
    settings["NAME"] = name
    return f"postgres://{settings['USER']}:{settings['PASSWORD']}@{settings['HOST']}:{settings['PORT']}/{name}"


def _drop(migrated: str) -> None:
    settings = connection.settings_dict
    made, settings["NAME"] = settings["NAME"], migrated
    if connection.vendor != "sqlite":
        _maintenance(f'DROP DATABASE "{made}" WITH (FORCE)')


def _maintenance(statement: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)
    connections.close_all()


@pytest.fixture(autouse=True)
def site() -> None:
    """Every test begins with a site that nobody has described, kept, so that no page asks for it; no page is kept."""
    from django.conf import settings  # noqa: PLC0415 - settings are ready only now
    from django.core.cache import caches  # noqa: PLC0415

    from xiaoer.portal.queries import KEPT  # noqa: PLC0415
    from xiaoer.portal.rules import SiteState  # noqa: PLC0415

    caches["local"].clear()
    caches["local"].set(KEPT, SiteState("", settings.SITE_NAME, "", "", "", "", "", ""))
