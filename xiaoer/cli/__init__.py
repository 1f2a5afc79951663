"""The command line: ./run xiaoer COMMAND …

A command is a module of this package, named in COMMANDS, with `add(subparsers)`. `add` makes its parser and sets
`run`, a function from the parsed arguments to the exit code. Only the module of the command that is called is
imported, so that counting days does not wait for Django.
"""

import argparse
import os
from collections.abc import Sequence
from importlib import import_module

COMMANDS = [
    "backup", "catalogue", "check", "clock", "codes", "database", "demo", "django", "keys", "replay", "restore",
    "serve", "setup", "worker",
]  # fmt: skip


def main(argv: Sequence[str]) -> int:
    """Run one command and return its exit code: 0 good, 1 something asked about is wrong, 2 used wrongly."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiaoer.settings")
    parser = argparse.ArgumentParser(prog="xiaoer")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in [name for name in COMMANDS if name in argv[:1]] or COMMANDS:
        import_module(f"xiaoer.cli.{name}").add(subparsers)
    arguments = parser.parse_args(argv)
    code: int = arguments.run(arguments)
    return code
