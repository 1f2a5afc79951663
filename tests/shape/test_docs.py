"""What the documents say can be done can be done: links lead somewhere, commands exist, the cheap ones are run."""

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from xiaoer.cli import COMMANDS

from .tree import ROOT, text_of, tracked

PAGES = tracked("*.md")
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
CALL = re.compile(r"\./run ([a-z]+)(?: ([a-z]+))?")
SHOWN = re.compile(r"```sh\n(.*?)```\n\n```text\n(.*?)```", re.DOTALL)
DOORS = {"demo", "test", "check", "prove", "bench", "audit", "xiaoer"}
WORDS = re.compile(r"`([^`]+)`")


def shown() -> list[tuple[str, str, str]]:
    """Return (page, command, output) of commands whose output stands below them."""
    return [(str(page), command, output) for page in PAGES for command, output in SHOWN.findall(text_of(page))]


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_link_leads_somewhere(page):
    targets = [one for one in LINK.findall(text_of(page)) if "://" not in one]
    assert [one for one in targets if not (ROOT / page.parent / one).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_command_exists(page):
    for door, command in CALL.findall(text_of(page)):
        assert door in DOORS
        assert door != "xiaoer" or not command or command in COMMANDS


@pytest.mark.parametrize(("page", "command", "output"), shown())
def test_a_command_prints_what_stands_below_it(page, command, output):
    here = command.replace("./run xiaoer", f"{sys.executable} -m xiaoer.cli")
    done = subprocess.run(["sh", "-c", here], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout == output


def test_the_readme_has_the_two_commands():
    for page in ("README.md", "README.zh.md"):
        assert "```sh\n./run demo\n./run test\n```" in text_of(Path(page))


def test_the_sign_ins_of_the_readme_are_those_that_the_demonstration_prints():
    greeting = import_module("xiaoer.cli.demo.fill").greeting(8000, 1.0)
    for page in ("README.md", "README.zh.md"):
        rows = re.findall(r"^\| \S.* \| `(/\S+)` \| `(\S+)` \|$", text_of(Path(page)), re.MULTILINE)
        assert len(rows) == 5
        assert [name for address, name in rows if not re.search(rf"{address}\s+{name}\s", greeting)] == []


def test_pictures_are_small():
    assert {str(path) for path in tracked("docs/pictures/*") if (ROOT / path).stat().st_size > 150_000} == set()


def test_every_word_of_the_glossary_is_where_it_says():
    rows = [line.split("|") for line in text_of(Path("GLOSSARY.md")).splitlines() if line.startswith("| ")]
    places = [name for row in rows for name in WORDS.findall(row[-2]) if "." in name and "/" not in name]
    assert len(places) > 60
    assert [name for name in places if not exists(name)] == []


def exists(name: str) -> bool:
    """Whether a dotted name below xiaoer is a module, or something in one (an attribute, a field)."""
    module, *rest = name.split(".")
    found = import_module(f"xiaoer.{module}")
    for part in rest:
        if not hasattr(found, part):
            try:
                found = import_module(f"{found.__name__}.{part}")
            except (ModuleNotFoundError, AttributeError):
                return part in getattr(found, "__dataclass_fields__", {})
        else:
            found = getattr(found, part)
    return True
