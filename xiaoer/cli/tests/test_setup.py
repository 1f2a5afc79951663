"""A first run without demo data, on a database that is not there yet; each run is a process of its own."""

import io
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from xiaoer.cli import main

PASSWORD = "Wanshi-ruyi-2026-kx"
FLAGS = ["--site-name", "瑞昌政务服务", "--region", "360481000000", "--operator", "boss", "--password-stdin"]


def xiaoer(home: Path, *argv: str, said: str = PASSWORD) -> subprocess.CompletedProcess[str]:
    """Run main([...]) on the database in a folder."""
    environment = {
        **os.environ, "XIAOER_VAR": str(home), "XIAOER_DATABASE_URL": f"sqlite:///{home / 'x.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "xiaoer.settings",
    }  # fmt: skip
    call = "import sys; from xiaoer.cli import main; sys.exit(main(sys.argv[1:]))"
    return subprocess.run(
        [sys.executable, "-c", call, *argv], env=environment, input=said, capture_output=True, text=True, check=False
    )


def rows(home: Path, query: str) -> list[tuple]:
    with sqlite3.connect(home / "x.sqlite3") as database:
        return database.execute(query).fetchall()


def counts(home: Path) -> list[tuple]:
    tables = ("journal_entry", "people_account", "people_post", "network_organ", "network_region", "mfa_authenticator")
    return [rows(home, f"SELECT count(*) FROM {table}")[0] for table in tables]


def test_a_first_run_makes_a_site_with_one_operator_and_a_second_changes_nothing(tmp_path: Path):
    first = xiaoer(tmp_path, "setup", *FLAGS)
    assert first.returncode == 0, first.stderr
    assert "江西省/九江市/瑞昌市" in first.stdout
    [secret] = set(re.findall(r"\b[A-Z2-7]{32}\b", first.stdout))
    assert rows(tmp_path, "SELECT username, password_expired FROM people_account") == [("boss", 0)]
    assert {role for (role,) in rows(tmp_path, "SELECT role FROM people_post")} == {"operator", "organ_admin"}
    assert rows(tmp_path, "SELECT name, region FROM portal_site") == [("瑞昌政务服务", "360481000000")]
    before = counts(tmp_path)
    second = xiaoer(tmp_path, "setup", *FLAGS, said="Another-password-99")
    assert second.returncode == 0, second.stderr
    assert secret not in second.stdout and not re.findall(r"\b[A-Z2-7]{32}\b", second.stdout)
    assert counts(tmp_path) == before
    replayed = xiaoer(tmp_path, "replay")
    assert (replayed.returncode, "0 differences" in replayed.stdout) == (0, True)


@pytest.mark.parametrize(
    ("argv", "said", "words"),
    [
        (FLAGS, "short", "密码太弱"),
        (FLAGS, "password1234", "密码太弱"),
        (FLAGS, "boss-boss-boss-boss", "密码里不要有工号"),
        (FLAGS[2:], PASSWORD, "缺少 --site-name"),
        (FLAGS[:-1], "", "缺少密码"),
        ([*FLAGS, "--region", "3604"], PASSWORD, "12位数字"),
        ([*FLAGS, "--region", "360481999000"], PASSWORD, "从省写起"),
        ([*FLAGS, "--operator", "a b"], PASSWORD, "工号用3到40个"),
        ([*FLAGS, "--organ-code", "11360481000000000X"], PASSWORD, "--organ-code：校验位不符"),
    ],
)
def test_what_cannot_be_used_is_said_before_anything_is_written(argv, said, words, monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.StringIO(said))
    assert main(["setup", *argv]) == 2
    assert words in capsys.readouterr().err


def test_names_may_be_given_from_the_province_down(tmp_path: Path):
    more = tmp_path / "regions.csv"
    more.write_text("code,parent_code,level,name\n360481101000,360481000000,4,白杨镇\n", encoding="utf-8")
    names = ["--regions", str(more), "--region-name", "江西省/九江市/瑞昌市/码头镇", "--organ", "码头镇便民服务中心"]
    done = xiaoer(tmp_path, "setup", *FLAGS, "--region", "360481100000", *names)
    assert done.returncode == 0, done.stderr
    assert rows(tmp_path, "SELECT level, name FROM network_region ORDER BY level, code") == [
        (1, "江西省"), (2, "九江市"), (3, "瑞昌市"), (4, "码头镇"), (4, "白杨镇")
    ]  # fmt: skip
    assert rows(tmp_path, "SELECT name, region_code FROM network_organ") == [("码头镇便民服务中心", "360481100000")]
