"""Give the Chinese of an app its full-width punctuation: python -m tools.fullwidth APP …

Changes msgids in templates, modules and catalogues together, and the sentences of tables and events that stand beside
their English. URLs, times, numbers, placeholders, patterns and docstrings stay as they are.
"""

import io
import re
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

import polib

from tests.shape.test_untranslated import HAN, ROOT, all_msgids

WIDE = str.maketrans(dict(zip(",:;?!()", "\uff0c\uff1a\uff1b\uff1f\uff01\uff08\uff09", strict=True)))
KEPT = re.compile(
    r"(%\(\w+\)[sd]|\{\{.*?\}\}|\{\w*(?::[^}]*)?\}|(?<=[0-9A-Za-z])[:,.](?=[0-9A-Za-z])|(?<=、|，)\?|https?://\S+)"
)
PLACE = re.compile(r"\{[^}]*\}")
CITED = re.compile(r"[\u4e00-\u9fff]+(?:法|法典|条例) \d")
"""How a citation begins (行政许可法 32(4)): it is written one way everywhere."""
SKIPPED = {tokenize.NL, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT, tokenize.ENCODING}


def widened(text: str) -> str:
    """Return the text with full-width punctuation, if it is Chinese."""
    if not HAN.search(text):
        return text
    return "".join(part if i % 2 else part.translate(WIDE) for i, part in enumerate(KEPT.split(text)))


def is_sentence(text: str) -> bool:
    """Whether a literal is Chinese for people: not English with a Chinese word in it, no citation of a law."""
    return len(HAN.findall(text)) > len(re.findall(r"[A-Za-z]", PLACE.sub("", text))) and not CITED.match(text)


def literals(source: str) -> Iterator[tuple[str, int, int]]:
    """Yield (content, line, column) of the plain Chinese strings of a module; no docstring, no pattern, no f-string."""
    before = tokenize.NEWLINE
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        plain = token.type == tokenize.STRING and token.string[0] in "\"'" and not token.string.startswith('"""')
        if plain and before != tokenize.NEWLINE and is_sentence(token.string[1:-1]):
            yield token.string[1:-1], token.start[0], token.start[1] + 1
        if token.type not in SKIPPED:
            before = token.type


def in_literals(source: str) -> str:
    """Return a module with the sentences of its tables and events widened."""
    lines = source.splitlines(keepends=True)
    for content, row, column in reversed(list(literals(source))):
        line = lines[row - 1]
        lines[row - 1] = line[:column] + widened(content) + line[column + len(content) :]
    return "".join(lines)


def in_source(text: str, changes: dict[str, str]) -> str:
    """Replace whole quoted msgids, and the bodies of blocktrans."""
    for old, new in sorted(changes.items(), key=lambda pair: -len(pair[0])):
        for quote in "\"'":
            text = text.replace(f"{quote}{old}{quote}", f"{quote}{new}{quote}")
        body, wide = (re.sub(r"%\((\w+)\)s", r"{{ \1 }}", each) for each in (old, new))
        text = text.replace(f"%}}{body}{{%", f"%}}{wide}{{%")
    return text


def in_catalogue(path: Path) -> None:
    catalogue = polib.pofile(str(path), wrapwidth=110)
    before = str(catalogue)
    for entry in catalogue:
        entry.msgid, entry.msgid_plural = widened(entry.msgid), widened(entry.msgid_plural)
    if str(catalogue) != before:
        catalogue.save()


def sources(app: Path) -> Iterator[Path]:
    """Yield the modules of an app that speak to people: not its tests, whose strings are inputs too."""
    yield from (path for path in app.rglob("*.py") if not {"tests", "migrations"} & set(path.parts))


def main(apps: list[str]) -> None:
    changes = {msgid: widened(msgid) for msgid in all_msgids() if widened(msgid) != msgid}
    for app in apps:
        for path in [*(ROOT / app).rglob("*.html"), *(ROOT / app).rglob("*.py")]:
            text = path.read_text()
            if (new := in_source(text, changes)) != text:
                path.write_text(new)
        for path in sources(ROOT / app):
            text = path.read_text()
            if (new := in_literals(text)) != text:
                path.write_text(new)
        for path in (ROOT / app).glob("locale/en/LC_MESSAGES/django.po"):
            in_catalogue(path)


if __name__ == "__main__":
    main(sys.argv[1:])
