"""Every template is made of the design system's classes, or of its app's own sheet: no raw colours, sizes, styles."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "xiaoer"
TEMPLATES = sorted(ROOT.glob("*/templates/**/*.html"))
SHEET = "".join(path.read_text() for path in sorted(ROOT.glob("*/static/**/*.css")))
CLASSES = set(re.findall(r"\.(-?[a-zA-Z][\w-]*)", SHEET))
# What a page may not bring of its own, with the way to say it instead.
FORBIDDEN = {
    r"\sstyle\s*=": "use a class of xiaoer.css",
    r"<style": "use a class of xiaoer.css",
    r"<script(?![^>]*\ssrc=)": "use a file under static/, the CSP refuses inline script",
    r"\son[a-z]+\s*=\s*[\"']": "use a file under static/, the CSP refuses inline handlers",
    r"javascript:": "use a link or a button",
    r"\b(bgcolor|align|valign|cellpadding|cellspacing)=": "use a class of xiaoer.css",
    r"<(font|center|marquee|blink)\b": "use a class of xiaoer.css",
}
RAW = {r"=\"#[0-9a-fA-F]{3,8}\"": "use a token", r"\d(px|pt|rem)\b": "use a class of xiaoer.css"}


def names(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


def markup(path: Path) -> str:
    return re.sub(r"{% comment.*?%}.*?{% endcomment %}", "", path.read_text(), flags=re.DOTALL)


@pytest.mark.parametrize("path", TEMPLATES, ids=names(TEMPLATES))
def test_a_template_brings_no_style_or_script_of_its_own(path: Path):
    rules = FORBIDDEN if path.is_relative_to(ROOT / "design") else FORBIDDEN | RAW
    found = [f"{pattern}: {way}" for pattern, way in rules.items() if re.search(pattern, markup(path))]
    assert not found


@pytest.mark.parametrize("path", TEMPLATES, ids=names(TEMPLATES))
def test_every_class_of_a_template_is_known_to_the_sheet(path: Path):
    text = re.sub(r"{%.*?%}", " ", markup(path))
    text = re.sub(r"[\w-]*{{.*?}}[\w-]*", " ", text)
    found = {name for value in re.findall(r'\bclass="([^"]*)"', text) for name in value.split()}
    assert found - CLASSES == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=names(TEMPLATES))
def test_a_template_is_short(path: Path):
    assert len(path.read_text().splitlines()) <= 150


def test_an_app_s_own_sheet_has_no_raw_colours():
    """Sizes and colours are tokens; design/ alone may say what they are."""
    sheets = [path for path in ROOT.glob("*/static/**/*.css") if not path.is_relative_to(ROOT / "design")]
    assert [str(path) for path in sheets if re.search(r"#[0-9a-fA-F]{3,8}\b|rgb\(", path.read_text())] == []
