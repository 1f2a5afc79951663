"""Bring database and static files up to date: does nothing, quickly, when they are."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def prepare() -> None:
    """Migrate when a migration is missing; collect static files when a source has changed."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0)
    _collect()


def _collect() -> None:
    stamp = Path(settings.STATIC_ROOT) / ".sources"
    sources = _sources()
    if not stamp.exists() or stamp.read_text() != sources:
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        stamp.write_text(sources)


def _sources() -> str:
    """Return a digest over the names, sizes and times of our own static files and over the installed packages."""
    root = Path(__file__).resolve().parent.parent
    found = [*root.glob("*/static/**/*"), root.parent / "requirements" / "app.txt"]
    said = [f"{path}:{path.stat().st_size}:{path.stat().st_mtime_ns}" for path in sorted(found) if path.is_file()]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()
