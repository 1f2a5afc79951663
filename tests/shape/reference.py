"""The pages of docs/reference that are read off the code. `python -m tests.shape.reference` writes them anew.

With --check nothing is written: the names of stale pages are printed and the exit code is 1.
"""

import argparse
import os
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

from .tree import ROOT

FOLDER = ROOT / "docs" / "reference"
MADE = "<!-- Made by `python -m tests.shape.reference`; change the code, not this page. -->"
AGAIN = ".venv/bin/python -m tests.shape.reference"

EVENTS = """\
Every name that may stand in the journal: what people read, which fields the entry holds, and the law that its entries
cite (an act may cite another). Fields in *italics* are personal: the entry holds only a keyed digest of them, the
value can be erased. Words in braces are fields."""
PERMISSIONS = """\
An officer holds posts (岗位): a role in an organ, for a region and for all services or some, in a period. What a post
allows is the table below; nothing else is allowed. *Reach* says how far: `organ` its organ alone, `branch` also organs
below it, `region` every organ of its region and below, `everywhere` the platform. Registered in `xiaoer/<app>/rules`,
asked by `people.rules.may`."""
REFUSALS = """\
What a rule says when it says no: a key with parameters (in braces), put into words where people read it. Each says
what is wrong and the way out. Registered by `xiaoer.kernel.refusal.register`."""
COMMANDS = """\
`./run demo`, `./run test`, `./run check`, `./run prove`, `./run bench` and `./run audit` need no more words (`demo`
takes `--port N`, `test` hands its words on to pytest). Everything else is `./run xiaoer COMMAND`. Exit codes: 0 good,
1 something asked about is wrong, 2 used wrongly."""
SETTINGS = """\
All settings are read from the environment by `xiaoer/settings.py`, whose first lines are this table. Yes-or-no settings
take `yes` or `no`; anything else stops the start with a message. In `XIAOER_VAR` lie keys that are made on the first
start: without the seal key personal values cannot be read, so keep a copy of it apart from the data."""
SCRIPTS = [
    ["`XIAOER_VENV`", "`run`: where the virtual environment is made (`.venv`)"],
    ["`XIAOER_TEST_PG_PORT`", "`tools/check`, `tools/prove`: port of the throwaway PostgreSQL (54399, 54398)"],
    ["`XIAOER_TEST_GUIDES`", "tests: a file of real guides (JSON lines) that must all become drafts; none: skipped"],
    ["`XIAOER_KILL_SUBMISSIONS`", "`tools/prove`: submissions during which server and worker are killed (2000)"],
    ["`XIAOER_WALK_STEPS`", "tests: random acts that are tried on random services (2000; `tools/prove` 20000)"],
    ["`XIAOER_BENCH_PG_PORT`", "`./run bench`: port of its throwaway PostgreSQL (54397)"],
    ["`XIAOER_AXE`", "tests: path of axe-core's `axe.min.js`; none: npm fetches it once"],
]


def load() -> None:
    """Import every module of the product, so that all that registers itself has done so."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "xiaoer.settings"
    import django  # noqa: PLC0415 - settings must be named first

    django.setup()
    import xiaoer  # noqa: PLC0415

    for found in walk_packages(xiaoer.__path__, "xiaoer."):
        if not {"tests", "migrations", "__main__", "wsgi"} & set(found.name.split(".")):
            import_module(found.name)


def cell(text: object) -> str:
    return str(text).replace("|", "\\|").replace("\n", " ")


def table(head: list[str], rows: list[list[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell(one) for one in line) + " |" for line in lines)


def events_page() -> str:
    from xiaoer.journal import events  # noqa: PLC0415

    by_app: dict[str, list[Any]] = {}
    for kind in sorted(events.BY_NAME.values(), key=lambda kind: kind.name):
        by_app.setdefault(kind.data.__module__.split(".")[1], []).append(kind)
    parts = [
        "# Events",
        MADE,
        EVENTS,
    ]
    for app, kinds in sorted(by_app.items()):
        parts += [f"## {app}", table(["event", "sentence", "in English", "fields", "law"], [*map(_event, kinds)])]
    return "\n\n".join(parts) + "\n"


def _event(kind: Any) -> list[object]:
    names = [f"*{name}*" if name in kind.personal else name for name in kind.data.__dataclass_fields__]
    name = f"`{kind.name}`" + (f" (schema {kind.schema})" if kind.schema > 1 else "")
    return [name, kind.zh, kind.en, ", ".join(names) or "–", kind.law or "–"]


def permissions_page() -> str:
    from xiaoer.people import rules  # noqa: PLC0415

    roles = [[f"`{role.name}`", role.zh, role.en] for role in rules.ROLES.values()]
    rights = [
        [f"`{one.name}`", one.zh, one.en, ", ".join(sorted(one.roles)), one.reach]
        for one in sorted(rules.PERMISSIONS.values(), key=lambda one: one.name)
    ]
    return (
        "\n\n".join(
            [
                "# Roles and permissions",
                MADE,
                PERMISSIONS,
                "## Roles",
                table(["role", "Chinese", "English"], roles),
                "## Permissions",
                table(["permission", "Chinese", "English", "roles", "reach"], rights),
            ]
        )
        + "\n"
    )


def refusals_page() -> str:
    from xiaoer.kernel.refusal import SENTENCES  # noqa: PLC0415

    rows: list[list[object]] = [[f"`{key}`", zh, en] for key, (zh, en) in sorted(SENTENCES.items())]
    return (
        "\n\n".join(
            [
                "# Refusals",
                MADE,
                REFUSALS,
                table(["key", "Chinese", "English"], rows),
            ]
        )
        + "\n"
    )


def told_settings() -> list[list[object]]:
    """Return name and meaning of every setting, as the first lines of settings.py tell them."""
    text = (ROOT / "xiaoer" / "settings.py").read_text(encoding="utf-8")
    told = re.findall(r"^(XIAOER_[A-Z_]+)  +(.+)$", text.split('"""')[1], re.MULTILINE)
    return [[f"`{name}`", meaning] for name, meaning in told]


def settings_page() -> str:
    scripts: list[list[object]] = [[*row] for row in SCRIPTS]
    parts = ["# Settings", MADE, SETTINGS, table(["setting", "what it does"], told_settings())]
    parts += ["Read by scripts and tests, not by the platform:", table(["setting", "what it does"], scripts)]
    return "\n\n".join(parts) + "\n"


def command_line_page() -> str:
    from xiaoer import cli  # noqa: PLC0415

    parser = argparse.ArgumentParser(prog="./run xiaoer")
    subparsers = parser.add_subparsers()
    for name in cli.COMMANDS:
        import_module(f"xiaoer.cli.{name}").add(subparsers)
    parts = [
        "# Command line",
        MADE,
        COMMANDS,
    ]
    return "\n\n".join([*parts, *_commands(subparsers, "./run xiaoer")]) + "\n"


def _commands(subparsers: Any, prefix: str) -> Iterator[str]:
    helps = {action.dest: action.help or "" for action in subparsers._choices_actions}
    for name, parser in subparsers.choices.items():
        below = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
        if below:
            yield from _commands(below[0], f"{prefix} {name}")
            continue
        words = [*(_usage(action) for action in parser._actions if action.dest != "help")]
        yield f"## `{' '.join([prefix, name, *words])}`"
        yield f"{helps[name][:1].upper()}{helps[name][1:]}."
        told = [f"- `{_name(action)}`: {action.help}" for action in parser._actions if _told(action)]
        if told:
            yield "\n".join(told)
        if parser.description:
            yield f"```text\n{parser.description.replace('  # bilingual', '').strip()}\n```"


def _told(action: argparse.Action) -> bool:
    return bool(action.help) and action.dest != "help"


def _name(action: argparse.Action) -> str:
    if action.option_strings:
        return action.option_strings[-1]
    return str(action.metavar or action.dest)


def _usage(action: argparse.Action) -> str:
    value = (
        "{" + ",".join(map(str, action.choices)) + "}" if action.choices else str(action.metavar or action.dest.upper())
    )
    if not action.option_strings:
        return {"*": f"[{value} …]", "+": f"{value} …", argparse.REMAINDER: "…"}.get(str(action.nargs), value)
    word = action.option_strings[-1] if action.nargs == 0 else f"{action.option_strings[-1]} {value}"
    return word if action.required else f"[{word}]"


PAGES = {
    "settings.md": settings_page,
    "events.md": events_page,
    "permissions.md": permissions_page,
    "refusals.md": refusals_page,
    "command-line.md": command_line_page,
}


def main() -> int:
    load()
    stale = []
    for name, page in PAGES.items():
        path, text = FOLDER / name, page()
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if "--check" not in sys.argv:
                path.write_text(text, encoding="utf-8")
    print("\n".join(stale))
    return int(bool(stale) and "--check" in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
