"""xiaoer backup DIR: database, files and keys into a new folder, while the platform runs.

The database is copied first, the files second: a file is stored before the row that names it, so every row of the copy
has its bytes. manifest.json says what is in the folder, with digests; `xiaoer restore` believes nothing else.
"""

import argparse
import hashlib
import json
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django

from .check import strange_owner
from .dumps import Unable, dump

FORMAT = "xiaoer/backup/1"
KEYS = ("secret.key", "seal.key", "seal.old", "index.key", "receipt.key", "receipt.old")
FOLDERS = ("files", "signing")
"""What is kept in XIAOER_VAR beside database and keys; all else there is made anew."""


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser("backup", help="copy database, files and keys into a new folder")
    parser.add_argument("folder", metavar="DIR", type=Path, help="where to: must not exist yet, or be empty")
    parser.add_argument("--no-keys", action="store_true", help="leave the keys out: you keep them elsewhere")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Make the backup and note it; return 1 when it could not be made whole."""
    if stranger := strange_owner():
        print(stranger, file=sys.stderr)
        return 2
    django.setup()
    from xiaoer.journal import edge  # noqa: PLC0415 - needs django.setup() first

    folder = arguments.folder.resolve()
    try:
        if folder.exists() and any(folder.iterdir()):
            raise Unable(f"{folder} is not empty: name a new folder for each backup")
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = _backup(folder, edge.now(), keys=not arguments.no_keys)
    except (Unable, OSError) as fault:
        print(fault, file=sys.stderr)
        return 1
    print(f"{folder}: {len(made['digests'])} files, {made['entries']} entries of the journal, whole")
    if not arguments.no_keys:
        print(f"the keys lie in {folder / 'keys'}: keep this folder as safe as the platform itself")
    return 0


def _backup(folder: Path, now: datetime, *, keys: bool) -> dict[str, Any]:
    from django.conf import settings  # noqa: PLC0415 - needs django.setup() first
    from django.db import connection  # noqa: PLC0415

    from xiaoer.journal import queries  # noqa: PLC0415

    connection.ensure_connection()
    home, entries = Path(settings.VAR_DIR), queries.total()
    dump(connection, folder)
    for name in FOLDERS:
        if (home / name).is_dir():
            shutil.copytree(home / name, folder / name)
    for name in KEYS if keys else ():
        if (home / name).exists():
            (folder / "keys").mkdir(mode=0o700, exist_ok=True)
            shutil.copy2(home / name, folder / "keys" / name)
    manifest = {
        "format": FORMAT, "made_at": now.astimezone(UTC).isoformat(timespec="seconds"), "database": connection.vendor,
        "entries": entries, "digests": dict(digests(folder)),
    }  # fmt: skip
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1, sort_keys=True), encoding="utf-8")
    note = {"made_at": manifest["made_at"], "folder": str(folder)}
    (home / "backup.json").write_text(json.dumps(note), encoding="utf-8")
    return manifest


def digests(folder: Path) -> Iterator[tuple[str, str]]:
    """Return (path in the folder, SHA-256) of every file but the manifest, in order."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path != folder / "manifest.json":
            with path.open("rb") as content:
                yield str(path.relative_to(folder)), hashlib.file_digest(content, "sha256").hexdigest()
