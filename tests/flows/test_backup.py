"""A backup is taken while the platform runs, restored elsewhere, and proven by replay; on SQLite and PostgreSQL."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as running
from django.db import connection, connections

from xiaoer.cases.tests import make
from xiaoer.cli import main
from xiaoer.cli.backup import KEYS

pytestmark = pytest.mark.skipif(
    connection.vendor == "postgresql" and not shutil.which("pg_dump"), reason="needs postgresql-client"
)


@pytest.fixture
def home(settings, tmp_path: Path) -> Path:
    """The folder of a running platform: its keys, a stored file, a certificate."""
    for name in KEYS:
        if (running.VAR_DIR / name).exists():
            shutil.copy2(running.VAR_DIR / name, tmp_path / name)
    settings.VAR_DIR = tmp_path
    for name in ("files", "signing"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "kept").write_text(name)
    return tmp_path


@pytest.fixture
def elsewhere(fresh_database: str, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of another machine with an empty database."""
    var = tmp_path / "elsewhere"
    url = f"sqlite:///{var / 'xiaoer.sqlite3'}"
    if connection.vendor == "postgresql":
        name = f"{connection.settings_dict['NAME']}_2"
        url = f"{fresh_database.rpartition('/')[0]}/{name}"
        _as_owner(f'CREATE DATABASE "{name}"')
    keys = ("XIAOER_SECRET_KEY", "XIAOER_SEAL_KEY", "XIAOER_INDEX_KEY", "XIAOER_RECEIPT_KEY")
    known = {name: value for name, value in os.environ.items() if name not in keys}
    yield {**known, "XIAOER_VAR": str(var), "XIAOER_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "xiaoer.settings"}
    if connection.vendor == "postgresql":
        _as_owner(f'DROP DATABASE "{name}" WITH (FORCE)')


def _as_owner(statement: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)
    connections.close_all()


def xiaoer(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "xiaoer.cli", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_what_was_backed_up_is_restored_elsewhere_and_proven(home, elsewhere, tmp_path, capsys):
    case = make.accepted()
    folder = tmp_path / "backup"
    assert main(["backup", str(folder)]) == 0
    assert "keys" in capsys.readouterr().out and (folder.stat().st_mode & 0o077) == 0
    restored = xiaoer(elsewhere, "restore", str(folder))
    assert restored.returncode == 0, restored.stderr
    assert ", 0 differences" in restored.stdout
    there = Path(elsewhere["XIAOER_VAR"])
    assert [(there / name / "kept").read_text() for name in ("files", "signing")] == ["files", "signing"]
    kept = [name for name in KEYS if (home / name).exists()]
    assert [(there / name).read_bytes() for name in kept] == [(home / name).read_bytes() for name in kept]
    script = f"print(Application.objects.get(id='{case.application}').applicant_name)"
    found = xiaoer(
        elsewhere, "django", "shell", "-v", "0", "-c", f"from xiaoer.cases.models import Application; {script}"
    )
    assert found.stdout.strip(), found.stderr
    again = xiaoer(elsewhere, "restore", str(folder))
    assert again.returncode == 1 and "nothing is overwritten" in again.stderr


def test_a_backup_that_was_altered_or_lacks_a_file_is_not_restored(home, elsewhere, tmp_path):
    make.accepted()
    folder = tmp_path / "backup"
    assert main(["backup", str(folder)]) == 0
    (folder / "files" / "kept").write_text("other")
    (folder / "signing" / "kept").unlink()
    refused = xiaoer(elsewhere, "restore", str(folder))
    assert refused.returncode == 1 and "files/kept, signing/kept" in refused.stderr
    assert not Path(elsewhere["XIAOER_VAR"]).exists()


def test_without_its_key_a_backup_is_no_restored_platform(home, elsewhere, tmp_path):
    make.accepted()
    folder = tmp_path / "backup"
    assert main(["backup", "--no-keys", str(folder)]) == 0
    assert not (folder / "keys").exists()
    refused = xiaoer(elsewhere, "restore", str(folder))
    assert refused.returncode == 1 and "index.key of that time" in refused.stderr


def test_keys_that_a_first_start_made_are_moved_aside(home, elsewhere, tmp_path):
    make.accepted()
    folder = tmp_path / "backup"
    assert main(["backup", str(folder)]) == 0
    there = Path(elsewhere["XIAOER_VAR"])
    there.mkdir()
    (there / "seal.key").write_text("made by a first start")
    assert xiaoer(elsewhere, "restore", str(folder)).returncode == 0
    assert (there / "seal.key.before-restore").read_text() == "made by a first start"


def test_a_backup_is_noted_and_never_written_over(home, fresh_database, tmp_path, capsys):
    folder = tmp_path / "backup"
    assert main(["backup", str(folder)]) == 0
    assert json.loads((home / "backup.json").read_text())["folder"] == str(folder)
    assert main(["backup", str(folder)]) == 1
    assert "is not empty" in capsys.readouterr().err


def test_a_folder_of_something_else_is_no_backup(elsewhere, tmp_path):
    (tmp_path / "x").mkdir()
    refused = xiaoer(elsewhere, "restore", str(tmp_path / "x"))
    assert refused.returncode == 1 and "is no backup" in refused.stderr
