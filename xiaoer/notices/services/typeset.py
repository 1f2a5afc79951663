"""Set a paper in type: PDF/A-2b from a Typst template and plain values. Only in the worker: it takes 100 MB.

Values reach the template as JSON and are shown as text, never read as markup.
"""

import io
import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import segno
import typst
from django.conf import settings

from .. import rules

ROOT = Path(__file__).resolve().parent.parent.parent
"""The package xiaoer: a template of any app may import /notices/papers/frame.typ."""


def font_folder() -> Path:
    """Return the folder of the fonts that papers are set in."""
    return Path(pylopdf_fonts_zh_cn.serif_path()).parent


@cache
def fonts() -> typst.Fonts:
    """The fonts, read once in a process and shared by its threads (a Compiler may not be)."""
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(font_folder())],
    )


def verify_url(code: str) -> str:
    """Return the public address at which a paper or licence of this code is checked."""
    return f"{settings.PUBLIC_URL}/verify/{code}"


def typeset(template: str, values: dict[str, Any], *, code: str, at: datetime) -> bytes:
    """Return a PDF/A-2b. template: path below the package xiaoer (``notices/papers/grant.typ``); at: its date.

    The QR code and the verification code are added to the values. TypstError when the template fails.
    """
    url = verify_url(code)
    return sheet(template, {**values, "code": rules.parted(code), "verify_url": url}, url=url, at=at)


def sheet(template: str, values: dict[str, Any], *, url: str, at: datetime) -> bytes:
    """Return a PDF/A-2b that nobody signs: a QR code of `url` is added to the values. TypstError when it fails."""
    picture = io.BytesIO()
    segno.make(url, error="m", micro=False).save(picture, kind="svg", border=0, xmldecl=False)
    told = {**values, "qr": picture.getvalue().decode()}
    compiler = typst.Compiler(
        str(ROOT / template), root=str(ROOT), font_paths=fonts(), ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(told, ensure_ascii=False)},
    )  # fmt: skip
    # A PDF's date has whole seconds; the compiler refuses finer ones.
    made = compiler.compile(format="pdf", pdf_standards="a-2b", timestamp=at.replace(microsecond=0))
    assert isinstance(made, bytes)
    return made
