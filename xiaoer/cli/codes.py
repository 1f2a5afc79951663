"""xiaoer codes check KIND FILE|-: one code a line in, `CODE<TAB>ok` or `CODE<TAB>reason` out.

The reason is the key without its prefix, a colon, and the sentence: `check_character: …`. Exit code 1 if any is wrong.
"""

import argparse
import sys
from typing import Any

from xiaoer.cli.lines import read_lines
from xiaoer.kernel.codes import CHECKS
from xiaoer.kernel.refusal import sentence


def add(subparsers: Any) -> None:
    """Register `codes check`."""
    actions = subparsers.add_parser("codes", help="check codes and their check digits").add_subparsers(required=True)
    check = actions.add_parser("check", help="one code a line in, ok or the reason out", description=__doc__)
    check.add_argument("kind", choices=sorted(CHECKS))
    check.add_argument("file", metavar="FILE|-")
    check.add_argument("--language", choices=["zh-hans", "en"], default="zh-hans")
    check.set_defaults(run=run_check)


def run_check(arguments: argparse.Namespace) -> int:
    """Print the verdict on every code."""
    wrong = False
    try:
        for line in read_lines(arguments.file):
            code = line.strip()
            refused = CHECKS[arguments.kind](code)
            wrong = wrong or refused is not None
            print(f"{code}\t{_reason(refused, arguments.language) if refused else 'ok'}")
    except OSError as error:
        print(error, file=sys.stderr)
        return 2
    return int(wrong)


def _reason(refused: Any, language: str) -> str:
    return f"{refused.key.removeprefix('codes.')}: {sentence(refused, language=language)}"
