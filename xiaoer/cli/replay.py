"""xiaoer replay: fold the journal and compare it with every table; check that the log itself has no hole."""

import argparse
from itertools import chain

import django


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser("replay", help="check rows against the fold of their entries, and the log for holes")
    parser.add_argument("kinds", nargs="*", help="kinds of subjects (default: all)")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print each difference without personal values; return 1 if there is any, 2 for a kind that there is not."""
    django.setup()
    from xiaoer.journal import queries, rules  # noqa: PLC0415 - needs django.setup() first

    kinds = arguments.kinds or sorted(rules.SUBJECTS)
    if unknown := set(kinds) - set(rules.SUBJECTS):
        print(f"no such kind: {', '.join(sorted(unknown))}; there are {', '.join(sorted(rules.SUBJECTS))}")
        return 2
    parts = [queries.differences(kind) for kind in kinds]
    if not arguments.kinds:
        parts.append(queries.disorder())
    found = 0
    for difference in map(queries.Difference.masked, chain.from_iterable(parts)):
        found += 1
        what = difference.column or "row"
        where = f"{difference.kind} {difference.subject} {what}"
        print(f"{where}: journal {difference.journal!r}, table {difference.table!r}")
    print(f"{found} differences in {len(kinds)} kinds")
    return 1 if found else 0
