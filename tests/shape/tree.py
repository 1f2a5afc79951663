"""What the tests of shape look at: the files that git keeps, or all of them where there is no git."""

import subprocess
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {".git", ".venv", "var", "__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis",
            ".import_linter_cache"}  # fmt: skip


@cache
def _all() -> tuple[Path, ...]:
    if (ROOT / ".git").exists():
        command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
        found = {Path(name) for name in listed if name and (ROOT / name).is_file()}
    else:
        here = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
        found = {path for path in here if not NOT_OURS & set(path.parts) and path.suffix != ".mo"}
    return tuple(sorted(found))


def tracked(*patterns: str) -> tuple[Path, ...]:
    """Return the files of the project as paths from its root; with patterns (a star crosses slashes) those that fit."""
    return tuple(path for path in _all() if not patterns or any(fnmatch(str(path), one) for one in patterns))


@cache
def text_of(path: Path) -> str:
    """Return a file's text; bytes that are no text become marks."""
    return (ROOT / path).read_text(encoding="utf-8", errors="replace")
