"""xiaoer check: is what the platform stands on in order? For its administrator.  # bilingual

Run it as the user who runs the platform and with the platform's settings. Reads everything, writes a probe file and
takes it away again, sends no message.
"""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

import django

MARKS = {"good": "✓", "warning": "!", "bad": "✗"}


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser("check", help="say whether everything is in order, and the way out where it is not")
    parser.add_argument("--json", action="store_true", help="one line of JSON for each finding, for machines")
    parser.add_argument("--quick", action="store_true", help="speak to no other server and set no paper in type")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print each finding; return 1 when something is bad, 2 when another user's files would be touched."""
    if stranger := strange_owner():
        print(stranger, file=sys.stderr)
        return 2
    django.setup()
    from xiaoer.journal import edge  # noqa: PLC0415 - needs django.setup() first
    from xiaoer.oversight import queries  # noqa: PLC0415

    found = queries.condition(now=edge.now(), deep=not arguments.quick)
    for one in found:
        print(_line(one) if arguments.json else _lines(one))
    bad = sum(one.state == "bad" for one in found)
    if not arguments.json:
        print(f"\n{len(found)}项，{bad}项不行 / {len(found)} checks, {bad} bad")
    return 1 if bad else 0


def strange_owner() -> str:
    """Return why this user must not touch the platform's folder: files made by root shut the platform out of them."""
    home = Path(os.environ.get("XIAOER_VAR", Path(__file__).resolve().parents[2] / "var"))
    if not home.exists() or home.stat().st_uid == os.geteuid():
        return ""
    owner = home.owner()
    return (
        f"{home} 属于用户 {owner}：请用 sudo -u {owner} 运行。\n"
        f"{home} belongs to {owner}: run this with sudo -u {owner}."
    )


def _lines(one: Any) -> str:
    lines = [f"{MARKS[one.state]} {one.what[0]} / {one.what[1]}: {one.said[0]}"]
    if one.said[1] != one.said[0]:
        lines[0] += f" / {one.said[1]}"
    if one.state != "good":
        lines += [f"    → {text}" for text in dict.fromkeys(one.way_out) if text]
    return "\n".join(lines)


def _line(one: Any) -> str:
    told = {"what": one.what[1], "state": one.state, "said": one.said[1]}
    return json.dumps({**told, "way_out": one.way_out[1] if one.state != "good" else ""}, ensure_ascii=False)
