"""xiaoer django …: Django's own management commands."""

import argparse


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser("django", help="run one of Django's own commands")
    parser.add_argument("words", nargs=argparse.REMAINDER)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Hand the words on to Django."""
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - other commands need no Django

    execute_from_command_line(["xiaoer django", *arguments.words])
    return 0
