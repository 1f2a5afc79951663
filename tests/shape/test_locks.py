"""What is installed: exact versions with hashes and no address; every package wanted has its reason in the docs."""

import re

import pytest

from .tree import ROOT, text_of, tracked

NAME = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)")
PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==[^\s\\]+")
ADDRESS = re.compile(r"://|--(?:extra-)?index-url|--find-links|--trusted-host|@ ")
LOCKS = tracked("requirements/*.txt")
WANTED = tracked("requirements/*.in")


def wanted() -> set[str]:
    """Return the names of the packages that are asked for, without extras and versions."""
    lines = [line.strip() for path in WANTED for line in text_of(path).splitlines()]
    return {match.group(1) for line in lines if (match := NAME.match(line))}


def pins(lock: str) -> dict[str, int]:
    """Return name -> number of hashes."""
    found: dict[str, int] = {}
    name = ""
    for line in lock.splitlines():
        if match := PIN.match(line):
            name = match.group(1)
            found.setdefault(name, 0)
        found[name] += line.count("--hash=sha256:") if name else 0
    return found


@pytest.mark.parametrize("lock", LOCKS, ids=str)
def test_a_lock_pins_every_package_with_a_hash(lock):
    found = pins(text_of(lock))
    assert found
    assert [name for name, hashes in found.items() if not hashes] == []


@pytest.mark.parametrize("path", [*LOCKS, *WANTED, *tracked("requirements/lock")], ids=str)
def test_no_lock_holds_an_address(path):
    assert [line for line in text_of(path).splitlines() if ADDRESS.search(line) and "--no-emit" not in line] == []


def test_everything_asked_for_is_locked():
    locked = {name.lower() for lock in LOCKS for name in pins(text_of(lock))}
    assert {name for name in wanted() if name.lower() not in locked} == set()


def test_every_package_has_its_reason():
    told = set(re.findall(r"^\| \*\*([^*]+)\*\*", (ROOT / "docs/dependencies.md").read_text(), re.MULTILINE))
    assert wanted() - told == set()
    assert told - wanted() == set(), "docs/dependencies.md tells of packages that nobody asks for"
