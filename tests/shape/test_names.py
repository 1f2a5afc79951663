"""Names say what a thing is; and nothing committed speaks of the machine it was written on."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from .tree import text_of, tracked

BANNED = {"utils", "util", "helpers", "helper", "common", "core", "base", "manager", "managers", "mixin", "mixins",
          "data", "info", "process", "misc"}  # fmt: skip
BANNED_IN_CLASSES = re.compile(r"(Manager|Mixin|Helper|Util|Utils|Info|Base)$")
BANNED_FUNCTIONS = re.compile(r"^_?(handle|process)_")
EXCEPTIONS = {
    "xiaoer/people/middleware.py:process_exception": "the name that Django calls",
    "xiaoer/database/postgresql/base.py": "the name that Django loads",
    **{f"tests/forms.py:handle_{what}": "the name that HTMLParser calls" for what in ("starttag", "endtag", "data")},
}

MACHINE_PATH = re.compile(r"(?<![\w.])/(?:work|root|tmp/wt)/\S*|/home/[a-z]\w*/")
# Where packages are fetched from is each machine's own affair.
REGISTRY = re.compile(r"pypi\.org|pythonhosted\.org|npmjs\.|crates\.io|rubygems\.org")


def code() -> list[Path]:
    return [path for path in tracked("*.py") if "migrations" not in path.parts]


def banned_in(path: Path) -> Iterator[str]:
    names = {path.stem, *path.parts[:-1]} if path.name != "__init__.py" else set(path.parts[:-1])
    yield from (f"{path} is in or is {name!r}" for name in names & BANNED)
    for node in ast.walk(ast.parse(text_of(path))):
        if isinstance(node, ast.ClassDef) and BANNED_IN_CLASSES.search(node.name):
            yield f"{path}:{node.name}"
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and BANNED_FUNCTIONS.match(node.name):
            yield f"{path}:{node.name}"


def test_no_module_class_or_function_has_a_name_that_says_nothing():
    found = [line for path in code() for line in banned_in(path)]
    assert [line for line in found if line.split(" ", 1)[0] not in EXCEPTIONS] == []


def test_no_committed_file_names_a_path_of_one_machine():
    here = Path("tests/shape/test_names.py")
    found = {
        str(path): match.group() for path in tracked() if path != here and (match := MACHINE_PATH.search(text_of(path)))
    }
    assert found == {}


def test_no_committed_file_names_a_package_registry():
    here = Path("tests/shape/test_names.py")
    found = {
        str(path): match.group() for path in tracked() if path != here and (match := REGISTRY.search(text_of(path)))
    }
    assert found == {}


def test_every_app_says_in_a_readme_what_it_is_for():
    apps = {path.parts[1] for path in tracked("xiaoer/*/__init__.py") if len(path.parts) == 3}
    have = {path.parts[1] for path in tracked("xiaoer/*/README.md")}
    assert apps - have == set()
