"""xiaoer restore DIR: put a backup back into an empty database and folder, then prove by replay that it is whole.

Nothing is overwritten: the database must have no tables, XIAOER_VAR no files. Keys that a first start has made there
meanwhile are moved aside. Keys that stand in the environment are used as they are.
"""

import argparse
import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import django

from .backup import FOLDERS, FORMAT, KEYS, digests
from .check import strange_owner
from .dumps import Unable, load


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser("restore", help="put a backup back into an empty database, and prove it whole")
    parser.add_argument("folder", metavar="DIR", type=Path, help="the folder that `xiaoer backup` made")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Restore and replay; return 1 when it cannot be done or the result is not what the journal says."""
    if stranger := strange_owner():
        print(stranger, file=sys.stderr)
        return 2
    try:
        manifest = _manifest(arguments.folder)
        home = Path(os.environ.get("XIAOER_VAR", Path(__file__).resolve().parents[2] / "var"))
        for name in FOLDERS:
            if (home / name).is_dir() and any((home / name).iterdir()):
                raise Unable(f"{home / name} is not empty: nothing is overwritten")
        _database_and_files(arguments.folder, home)
        return _proven(manifest)
    except (Unable, OSError) as fault:
        print(fault, file=sys.stderr)
        return 1


def _manifest(folder: Path) -> dict[str, Any]:
    """Return what the backup says of itself, after looking at every byte. Raises Unable."""
    try:
        said = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise Unable(f"{folder} is no backup: manifest.json cannot be read") from None
    if said.get("format") != FORMAT:
        raise Unable(f"{folder} was made by another version of the program: {said.get('format')}")
    found = dict(digests(folder))
    wrong = sorted(name for name in {*found, *said["digests"]} if found.get(name) != said["digests"].get(name))
    if wrong:
        raise Unable(f"{folder} is not what was written: {', '.join(wrong[:5])}")
    return dict(said)


def _database_and_files(folder: Path, home: Path) -> None:
    """Keys first, since the settings make missing ones; they come into force with django.setup()."""
    home.mkdir(parents=True, exist_ok=True)
    aside = {}
    for name in KEYS:
        kept, place = folder / "keys" / name, home / name
        if kept.exists() and (not place.exists() or place.read_bytes() != kept.read_bytes()):
            if place.exists():
                aside[name] = place.rename(place.with_suffix(".key.before-restore"))
            shutil.copy2(kept, place)
    django.setup()
    from django.db import connection  # noqa: PLC0415 - needs the keys, then django.setup()

    try:
        load(connection, folder)
    except Unable:
        for name, old in aside.items():
            old.replace(home / name)
        raise
    for name in FOLDERS:
        if (folder / name).is_dir():
            shutil.copytree(folder / name, home / name, dirs_exist_ok=True)


def _proven(manifest: dict[str, Any]) -> int:
    """Replay everything, and open what is sealed: a database whose key is another one is no restored platform."""
    from xiaoer.journal import queries, rules  # noqa: PLC0415 - needs django.setup() first
    from xiaoer.people import queries as people  # noqa: PLC0415

    if not people.keys_fit():
        raise Unable("the keys do not open what is stored: put seal.key and index.key of that time into XIAOER_VAR")
    wrong = [one for kind in sorted(rules.SUBJECTS) for one in queries.differences(kind)]
    entries = queries.total()
    print(f"{entries} entries of the journal, {len(wrong)} differences in {len(rules.SUBJECTS)} kinds")
    if entries < manifest["entries"]:
        print(f"the backup said at least {manifest['entries']} entries", file=sys.stderr)
    return 1 if wrong or entries < manifest["entries"] else 0
