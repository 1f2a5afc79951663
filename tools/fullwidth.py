"""Give the Chinese of an app its full-width punctuation: python -m tools.fullwidth APP …

Changes msgids in templates, modules and catalogues together; URLs, times, numbers and placeholders stay as they are.
"""

import re
import sys
from pathlib import Path

import polib

from tests.shape.test_untranslated import HAN, ROOT, all_msgids

WIDE = str.maketrans(dict(zip(",:;?!()", "\uff0c\uff1a\uff1b\uff1f\uff01\uff08\uff09", strict=True)))
KEPT = re.compile(r"(%\(\w+\)[sd]|\{\{.*?\}\}|(?<=[0-9A-Za-z])[:,.](?=[0-9A-Za-z])|https?://\S+)")


def widened(text: str) -> str:
    """Return the text with full-width punctuation, if it is Chinese."""
    if not HAN.search(text):
        return text
    return "".join(part if i % 2 else part.translate(WIDE) for i, part in enumerate(KEPT.split(text)))


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
    for entry in catalogue:
        entry.msgid, entry.msgid_plural = widened(entry.msgid), widened(entry.msgid_plural)
    catalogue.save()


def main(apps: list[str]) -> None:
    changes = {msgid: widened(msgid) for msgid in all_msgids() if widened(msgid) != msgid}
    for app in apps:
        for path in [*(ROOT / app).rglob("*.html"), *(ROOT / app).rglob("*.py")]:
            text = path.read_text()
            if (new := in_source(text, changes)) != text:
                path.write_text(new)
        for path in (ROOT / app).glob("locale/en/LC_MESSAGES/django.po"):
            in_catalogue(path)


if __name__ == "__main__":
    main(sys.argv[1:])
