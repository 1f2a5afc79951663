"""The copy of a whole database in one file, taken while the platform runs: SQLite's online backup, or pg_dump."""

import os
import shutil
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}


class Unable(Exception):
    """Why a copy could not be made or put back, in a sentence."""


def dump(connection: Any, folder: Path) -> Path:
    """Copy the database into the folder and look whether the copy can be read. Raises Unable."""
    target = folder / NAMES[connection.vendor]
    if connection.vendor == "sqlite":
        _copy(Path(connection.settings_dict["NAME"]), target)
    else:
        _run(connection, "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")
        _run(connection, "pg_restore", "--list", str(target))
    target.chmod(0o600)
    return target


def load(connection: Any, folder: Path) -> None:
    """Put a copy into a database that is empty. Raises Unable."""
    source = folder / NAMES[connection.vendor]
    if not source.exists():
        raise Unable(f"{source} is not there: the backup is of another kind of database")
    if connection.introspection.table_names():
        raise Unable("the database is not empty: restore into a new one, nothing is overwritten")
    connection.close()
    if connection.vendor == "sqlite":
        place = Path(connection.settings_dict["NAME"])
        place.parent.mkdir(parents=True, exist_ok=True)
        _copy(source, place)
        return
    name = connection.settings_dict["NAME"]
    _run(connection, "pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction",
         f"--dbname={name}", str(source))  # fmt: skip


def _copy(source: Path, target: Path) -> None:
    """Copy page by page; what is written meanwhile is copied again by SQLite until both are the same."""
    with sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True) as old, sqlite3.connect(target) as new:
        old.backup(new, pages=4096)
        told = new.execute("PRAGMA quick_check(1)").fetchone()[0]
        new.execute("PRAGMA journal_mode=DELETE")  # one file alone; whoever opens it as the platform's sets WAL again
    new.close()
    old.close()
    if told != "ok":
        raise Unable(f"{target} cannot be read: {told}")


def _run(connection: Any, program: str, *words: str) -> None:
    """Run one of PostgreSQL's own programs; the password goes by the environment, which other users cannot read."""
    if shutil.which(program) is None:
        raise Unable(f"{program} is not installed: apt-get install postgresql-client")
    told = connection.settings_dict
    pairs = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD", "NAME": "PGDATABASE"}
    place = {name: str(told[key]) for key, name in pairs.items() if told[key]}
    done = subprocess.run([program, *words], env={**os.environ, **place}, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise Unable(f"{program}: {done.stderr.strip()[-500:]}")
