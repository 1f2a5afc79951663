"""An app's models, views and forms are its own: others go through its services, queries, rules and events."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from .tree import ROOT, text_of, tracked

PRIVATE = {"models", "views", "forms"}

# Folder or file -> reason.
EXCEPTIONS = {
    "xiaoer/cli/demo/": "plays all roles: makes sign-ins with known passwords, looks what waits for whom",
}


def imported_by(path: Path) -> Iterator[str]:
    """Yield every module that a file imports, relative ones resolved, and each name taken from it as a module."""
    package = path.with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(text_of(path))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*above, *([node.module] if node.module else [])])
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def foreign(path: Path) -> list[str]:
    """Return the private modules of other apps that a file imports."""
    own = path.parts[1]
    found = []
    for module in imported_by(path):
        parts = module.split(".")
        if parts[0] == "xiaoer" and len(parts) > 2 and parts[1] != own and parts[2] in PRIVATE:
            found.append(module)
    return found


def outside_tests() -> list[Path]:
    return [path for path in tracked("xiaoer/*.py") if not {"tests", "migrations"} & set(path.parts)]


def test_no_app_imports_models_views_or_forms_of_another():
    found = {str(path): modules for path in outside_tests() if (modules := foreign(path))}
    assert {path: modules for path, modules in found.items() if not path.startswith(tuple(EXCEPTIONS))} == {}
    needless = {one for one in EXCEPTIONS if not any(path.startswith(one) for path in found)}
    assert needless == set(), "an exception that is needed no more"


def test_the_walk_finds_absolute_and_relative_imports():
    path = Path("tests/shape/test_imports.py")
    assert "tests.shape.tree" in set(imported_by(path))
    assert "pytest" in set(imported_by(path))


@pytest.mark.tools
def test_the_import_contracts_hold():
    command = [str(Path(sys.executable).parent / "lint-imports")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:]
