"""Sizes are ceilings, not averages: what grows past them is split by subject (docs/decisions, architecture)."""

import ast
from collections.abc import Iterator
from pathlib import Path

from .tree import text_of, tracked

FUNCTION, CLASS, FILE, TEST_FILE, TEMPLATE = 40, 150, 400, 500, 150

# What is longer today, with the reason. A line here is a debt: take it away when the file is split.
EXCEPTIONS: dict[str, str] = {}


def code() -> list[Path]:
    return [path for path in tracked("*.py") if "migrations" not in path.parts]


def is_test(path: Path) -> bool:
    return "tests" in path.parts or path.name == "conftest.py"


def too_long_inside(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(text_of(path))):
        ceiling = CLASS if isinstance(node, ast.ClassDef) else FUNCTION
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or 0) - node.lineno + 1
            if lines > ceiling:
                yield f"{path}:{node.name} has {lines} lines, at most {ceiling}"


def length_of(path: Path) -> int:
    return len(text_of(path).splitlines())


def kept(found: Iterator[str] | list[str]) -> list[str]:
    return [one for one in found if one.split(" ", 1)[0] not in EXCEPTIONS]


def test_no_function_and_no_class_is_longer_than_its_ceiling():
    assert kept([line for path in code() for line in too_long_inside(path)]) == []


def test_no_file_is_longer_than_its_ceiling():
    long = []
    for path in code():
        ceiling = TEST_FILE if is_test(path) else FILE
        if length_of(path) > ceiling:
            long.append(f"{path} has {length_of(path)} lines, at most {ceiling}")
    assert kept(long) == []


def test_no_template_is_longer_than_its_ceiling():
    templates = [path for path in tracked("*.html", "*.txt") if "templates" in path.parts]
    assert templates
    long = [f"{path} has {length_of(path)} lines" for path in templates if length_of(path) > TEMPLATE]
    assert kept(long) == []


def test_no_exception_outlives_its_reason():
    still = [*(line for path in code() for line in too_long_inside(path))]
    still += [f"{path} " for path in [*code(), *tracked("*.html")] if length_of(path) > TEMPLATE]
    assert set(EXCEPTIONS) <= {line.split(" ", 1)[0] for line in still}
