"""Changing keys with the real commands on a committed database, one of them killed in the middle."""

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import connection

from xiaoer.journal.fields import key_name
from xiaoer.people import services
from xiaoer.people.models import Account
from xiaoer.people.tests import make

PEOPLE = 60
KEYS = ("secret.key", "seal.key", "index.key", "receipt.key")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with the keys of the tests, and one signing key."""
    for name in KEYS:
        shutil.copy(settings.VAR_DIR / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def run(home: Path, fresh_database: str):
    """Start a command of xiaoer on this database and folder."""

    def start(*argv: str) -> subprocess.Popen[str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("XIAOER_")}
        environment = kept | {
            "XIAOER_VAR": str(home), "XIAOER_DATABASE_URL": fresh_database, "DJANGO_SETTINGS_MODULE": "xiaoer.settings"
        }  # fmt: skip
        command = [sys.executable, "-m", "xiaoer.cli", *argv]
        return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    return start


def said(process: subprocess.Popen[str], code: int = 0) -> str:
    text = process.communicate(timeout=120)[0]
    assert process.returncode == code, text
    return text


def keys_in(table: str, column: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{column}" FROM {table}')
        return {str(stored).partition(".")[0] for (stored,) in cursor.fetchall() if stored}


def test_a_new_seal_key_reaches_every_value_although_the_command_is_killed(home: Path, run):
    persons = [make.person(f"人{number}") for number in range(PEOPLE)]
    services.enrol_factor(persons[0].account, secret="JBSWY3DPEHPK3PXP")
    said(run("django", "shell", "-c", "from xiaoer.notices.services import authority_pem; authority_pem()"))
    certificate = (home / "signing" / "authority.pem").read_bytes().partition(b"-----BEGIN CERT")[2]
    before = key_name(settings.SEAL_KEY)

    said(run("keys", "rotate", "seal"))
    assert (home / "seal.old").read_text().split() == [(settings.VAR_DIR / "seal.key").read_text()]
    assert {path.stat().st_mode & 0o777 for path in (home / "seal.old", home / "seal.key")} == {0o600}
    killed = run("keys", "reseal", "--batch", "1")
    assert killed.stdout is not None
    next(line for line in killed.stdout if "people_account: 9 values" in line)
    os.kill(killed.pid, signal.SIGKILL)
    killed.communicate()
    assert len(keys_in("people_account", "phone")) == 2, "killed in the middle"

    told = said(run("keys", "reseal", "--batch", "7"))
    assert int(re.findall(r"people_account: (\d+) values", told)[-1]) < PEOPLE, "what was done is not done again"
    for table, column in (("people_account", "phone"), ("people_person", "name"), ("journal_personal", "values")):
        assert before not in keys_in(table, column), table
    (home / "seal.old").unlink()
    assert "0 differences" in said(run("replay", "person"))
    code = "from xiaoer.people.models import Account as A; print(*sorted(a.phone for a in A.objects.all()))"
    assert said(run("django", "shell", "-v", "0", "-c", code)).split() == sorted(one.phone for one in persons)
    assert not Authenticator.objects.get(type="totp").data["secret"].startswith(before)
    said(run("django", "shell", "-c", "from xiaoer.notices.services import authority_pem; authority_pem()"))
    assert certificate in (home / "signing" / "authority.pem").read_bytes()
    assert "people_account: nothing to do" in said(run("keys", "reseal"))


def test_a_new_receipt_key_leaves_the_public_key_before(home: Path, run):
    show = ("django", "shell", "-v", "0", "-c",
            "from xiaoer.journal.services import public_key as k, earlier_keys as e; print(k(), *e())")  # fmt: skip
    first = said(run(*show)).split()
    said(run("keys", "rotate", "receipt"))
    second = said(run(*show)).split()
    said(run("keys", "rotate", "receipt"))
    assert said(run(*show)).split()[1:] == [second[0], *first]


def test_a_key_of_the_environment_is_not_changed_in_a_file(home: Path, run, monkeypatch):
    assert Account.objects.count() == 0
    kept = (home / "seal.key").read_text()
    environment = {**os.environ, "XIAOER_VAR": str(home), "XIAOER_SEAL_KEY": kept}
    command = [sys.executable, "-m", "xiaoer.cli", "keys", "rotate", "seal"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 1 and "XIAOER_OLD_SEAL_KEYS" in done.stderr
    assert (home / "seal.key").read_text() == kept and not (home / "seal.old").exists()
