"""The command by itself, as an operator runs it: 0, or 1 and the name of the row and the column."""

import subprocess
import sys

from django.conf import settings
from django.db import connection

from xiaoer.cases.models import Case
from xiaoer.cases.tests import make
from xiaoer.people.models import Person
from xiaoer.people.tests import make as people

WRONG = {"outcome": "granted", "statutory_due_on": "2026-04-30", "clock": "{}"}


def replayed(database: str) -> tuple[int, str]:
    """Run the command as a process; return its exit code and what it says."""
    connection.close()
    environment = {"XIAOER_DATABASE_URL": database, "XIAOER_VAR": str(settings.VAR_DIR)}
    command = [sys.executable, "-W", "ignore", "-m", "xiaoer.cli", "replay"]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True)
    return ran.returncode, ran.stdout + ran.stderr


def test_the_command_exits_with_1_and_names_the_row_and_the_column(fresh_database: str):
    case = make.accepted()
    code, said = replayed(fresh_database)
    assert code == 0 and said.startswith("0 differences"), said
    with connection.cursor() as cursor:
        where = Case._meta.pk.get_db_prep_save(case.pk, connection)
        for name, value in WRONG.items():
            cursor.execute(f"UPDATE cases_case SET {name} = %s WHERE id = %s", [value, where])
    code, said = replayed(fresh_database)
    assert code == 1
    found = [line.partition(": ")[0] for line in said.splitlines()]
    assert sorted(found[:-1]) == sorted(f"case {case.pk} {name}" for name in WRONG), said


def test_the_command_names_a_personal_value_that_was_altered_and_shows_neither(fresh_database: str):
    person = people.person("王小二")
    Person.objects.filter(pk=person.pk).update(name="王小三")
    code, said = replayed(fresh_database)
    assert code == 1 and f"person {person.pk} name: journal 'a personal value', table 'a personal value'" in said
    assert "王小" not in said
