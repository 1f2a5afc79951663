"""xiaoer replay: fold the journal and compare it with every table, byte for byte."""

import argparse

import django


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser("replay", help="check every journalled row against the fold of its entries")
    parser.add_argument("kinds", nargs="*", help="kinds of subjects (default: all)")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print each difference with its row; return 1 if there is any."""
    django.setup()
    from xiaoer.journal import queries, rules  # noqa: PLC0415 - needs django.setup() first

    found = 0
    for kind in arguments.kinds or sorted(rules.SUBJECTS):
        for difference in queries.differences(kind):
            found += 1
            what = difference.column or "row"
            print(f"{kind} {difference.subject} {what}: journal {difference.journal!r}, table {difference.table!r}")
    print(f"{found} differences in {len(arguments.kinds or rules.SUBJECTS)} kinds")
    return 1 if found else 0
