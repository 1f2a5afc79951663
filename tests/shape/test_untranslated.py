"""Every sentence has its English, and no sentence escapes the catalogues. Chinese is the source: msgids are Chinese.

A module whose Chinese stands beside its English (kernel tables) says `# bilingual` on its first line, a line that is
a fact (the title of a notice) at its end; xiaoer/demo/ holds facts and is not read. Run this file to print what is
missing as .po entries.
"""

import ast
import re
from io import BytesIO
from pathlib import Path

import polib
import pytest
from babel.messages.extract import extract_python
from django.utils.translation import template as django_template

ROOT = Path(__file__).resolve().parents[2] / "xiaoer"
HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
CHINESE = re.compile(r"[\u3001-\u303f\u3400-\u9fff\uf900-\ufaff\uff01-\uff5e]")
GETTEXT = (
    "_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy",
    "pgettext", "pgettext_lazy", "npgettext",
)  # fmt: skip
BETWEEN = "\x04"  # between context and msgid, as in .mo files
CONTEXT = ("pgettext", "pgettext_lazy", "npgettext")
# The platform's own name needs no translation.
EXEMPT_FILES = {"xiaoer/settings.py", "xiaoer/api.py"}
MARK = "# bilingual"
EXEMPT_FOLDERS = {"tests", "migrations", "data", "demo"}


def templates() -> list[Path]:
    found = [*ROOT.glob("*/templates/**/*.html"), *ROOT.glob("*/templates/**/*.txt")]
    return sorted(found)


def modules() -> list[Path]:
    return [path for path in sorted(ROOT.rglob("*.py")) if not is_exempt(path.relative_to(ROOT.parent))]


def is_exempt(path: Path) -> bool:
    return str(path) in EXEMPT_FILES or bool(EXEMPT_FOLDERS & set(path.parts))


def msgids(source: str) -> set[str]:
    """Return the msgids of Python text; of a plural its first form, with a context both."""
    found = set()
    for _, function, messages, _ in extract_python(BytesIO(source.encode()), GETTEXT, [], {}):
        forms = messages if isinstance(messages, tuple) else (messages,)
        parts = forms[:2] if function in CONTEXT else forms[:1]
        if all(isinstance(part, str) for part in parts):
            found.add(BETWEEN.join(parts))
    return found


def all_msgids() -> dict[str, str]:
    """Return {msgid: where it stands first} over all templates and modules, Chinese ones only."""
    found: dict[str, str] = {}
    for path in [*templates(), *modules()]:
        text = path.read_text()
        # A template becomes Python text whose gettext calls carry its msgids (what makemessages does).
        source = django_template.templatize(text, origin=str(path)) if path.suffix != ".py" else text
        for msgid in msgids(source):
            if CHINESE.search(msgid):
                found.setdefault(msgid, str(path.relative_to(ROOT.parent)))
    return found


def english() -> set[str]:
    known = set()
    for catalogue in ROOT.glob("*/locale/en/LC_MESSAGES/django.po"):
        for entry in polib.pofile(str(catalogue)):
            if entry.translated():
                known.add(f"{entry.msgctxt}{BETWEEN}{entry.msgid}" if entry.msgctxt else entry.msgid)
    return known


def untagged_chinese(text: str) -> list[str]:
    """Return the Chinese that a template shows without a trans tag."""
    for pattern in (
        r"{% comment.*?%}.*?{% endcomment %}", r"{#.*?#}", r"{% blocktrans.*?%}.*?{% endblocktrans %}",
        r"{% blocktranslate.*?%}.*?{% endblocktranslate %}", r"{% trans(late)? .*?%}", r"<!--.*?-->",
        r"""_\((['"]).*?\1\)""",
    ):  # fmt: skip
        text = re.sub(pattern, "", text, flags=re.DOTALL)
    return [line.strip() for line in text.splitlines() if CHINESE.search(line)]


def paired(call: ast.Call) -> set[int]:
    """Return the literals of zh= where en= stands beside it, and of law=: a citation is a fact."""
    names = {keyword.arg for keyword in call.keywords}
    complete = {"law"} | ({"zh"} if "en" in names else set())
    return {id(child) for keyword in call.keywords if keyword.arg in complete for child in ast.walk(keyword)}


def untagged_literals(source: str) -> list[str]:
    """Return a module's Chinese literals outside gettext calls, docstrings and calls that give zh= beside en=."""
    tree = ast.parse(source)
    inside: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in GETTEXT:
            inside |= {id(child) for argument in node.args for child in ast.walk(argument)}
        if isinstance(node, ast.Call):
            inside |= paired(node)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            inside.add(id(node.value))
    lines = source.splitlines()
    return [
        f"line {node.lineno}: {node.value[:40]}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        and HAN.search(node.value) and id(node) not in inside and MARK not in lines[node.lineno - 1]
    ]  # fmt: skip


APPS = sorted({path.relative_to(ROOT).parts[0] for path in [*templates(), *modules()]})


@pytest.mark.parametrize("app", APPS)
def test_every_msgid_has_its_english(app: str):
    known = english()
    missing = [
        msgid for msgid, where in all_msgids().items() if msgid not in known and where.startswith(f"xiaoer/{app}")
    ]
    assert missing == []


@pytest.mark.parametrize("app", APPS)
def test_no_template_shows_chinese_outside_a_trans_tag(app: str):
    mine = [path for path in templates() if path.relative_to(ROOT).parts[0] == app]
    assert {str(path): lines for path in mine if (lines := untagged_chinese(path.read_text()))} == {}


@pytest.mark.parametrize("app", APPS)
def test_no_module_holds_chinese_outside_gettext(app: str):
    mine = {path: path.read_text() for path in modules() if path.relative_to(ROOT).parts[0] == app}
    plain = {str(path): text for path, text in mine.items() if MARK not in text.split("\n", 1)[0]}
    assert {path: lines for path, text in plain.items() if (lines := untagged_literals(text))} == {}


def test_the_walk_finds_what_it_looks_for():
    assert untagged_chinese('<p>您好</p>{% trans "办事" %}') == ["<p>您好</p>"]
    assert untagged_literals('x = "受理"') == ["line 1: 受理"]
    assert untagged_literals('event("case.accepted", zh="受理", en="accepted")') == []
    assert untagged_literals('"""受理"""\nx = _("受理")') == []
    assert msgids(django_template.templatize('{% trans "办事" %}')) == {"办事"}


def main() -> None:
    known = english()
    for msgid, where in sorted(all_msgids().items(), key=lambda item: item[1]):
        if msgid not in known:
            *context, text = msgid.split(BETWEEN)
            print(f"#: {where}\n{polib.POEntry(msgid=text, msgctxt=''.join(context) or None, msgstr='')}")


if __name__ == "__main__":
    main()
