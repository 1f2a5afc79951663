"""Compile the English catalogues (.po to .mo) where the source is newer; run by ./run, needs no gettext tools."""

from pathlib import Path

import polib


def compile_catalogues(root: Path) -> None:
    """Compile every catalogue below root whose .mo is missing or older than its .po."""
    for source in root.glob("*/locale/*/LC_MESSAGES/django.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))


if __name__ == "__main__":
    compile_catalogues(Path(__file__).resolve().parent.parent)
