"""Lines from a file or from standard input."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path


def read_lines(name: str) -> Iterator[str]:
    """The lines of a file, or of standard input for `-`, without blank ones and line ends. Raises OSError."""
    if name == "-":
        yield from _filled(sys.stdin)
        return
    # A file saved on Windows may begin with a byte-order mark; a broken character is an error of its line only.
    with Path(name).open(encoding="utf-8-sig", errors="replace") as handle:
        yield from _filled(handle)


def _filled(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        if line.strip():
            yield line.rstrip("\r\n")
