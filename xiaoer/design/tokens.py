"""The documented pairs of colours, and their contrast read from the style sheet: shown at /design/, held by a test."""

import re
from pathlib import Path

SHEET = Path(__file__).parent / "static/design/xiaoer.css"
TEXT, SIGN = 4.5, 3.0

# (what is drawn, what it is drawn on, the least contrast): text 4.5, lines and shapes that carry meaning 3.
PAIRS = (
    *((ink, ground, TEXT) for ink in ("ink", "ink-2") for ground in ("porcelain", "glaze", "sunken", "grey-tint")),
    *((ink, tint, TEXT) for ink in ("ink", "ink-2") for tint in ("blue-tint", "gamboge-tint")),
    *((word, on, TEXT) for word in ("blue", "blue-deep") for on in ("porcelain", "glaze", "blue-tint", "sunken")),
    *((word, ground, TEXT) for word in ("cinnabar", "pine", "gamboge") for ground in ("porcelain", "glaze")),
    *((word, f"{word}-tint", TEXT) for word in ("cinnabar", "pine", "gamboge")),
    *(("ink", f"{word}-tint", TEXT) for word in ("cinnabar", "pine")),
    ("on-blue", "blue", TEXT), ("on-blue", "blue-deep", TEXT), ("on-cinnabar", "cinnabar", TEXT),
    ("on-seal", "seal", TEXT), ("porcelain", "ink", TEXT), ("porcelain", "ink-2", TEXT),
    *((f"line-{n}", "porcelain", TEXT) for n in range(1, 7)),
    ("gamboge", "hatch", SIGN),
    ("field", "porcelain", SIGN), ("field", "glaze", SIGN), ("focus", "porcelain", SIGN), ("focus", "glaze", SIGN),
    *((word, "blue-tint", SIGN) for word in ("cinnabar", "gamboge", "pine")),
)  # fmt: skip


def themes(sheet: str = "") -> dict[str, dict[str, str]]:
    """Return {theme: {token: colour}} for light, dark and the dark of the device, as the sheet declares them."""
    text = sheet or SHEET.read_text()
    seal = colours(block(text, "/* The seal is red on every theme: it is a seal. */\n:root {"))
    light = colours(block(text, ":root {")) | seal
    return {
        "light": light,
        "dark": light | colours(block(text, ':root[data-theme="dark"] {')),
        "device": light | colours(block(text, ':root:not([data-theme="light"]) {')),
    }


def block(text: str, head: str) -> str:
    start = text.index(head) + len(head)
    return text[start : text.index("}", start)]


def colours(text: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", text))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours by WCAG 2.2."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def measured_pairs() -> list[dict[str, object]]:
    """Return every pair with its contrast in both themes."""
    known = themes()
    return [
        {
            "ink": ink, "ground": ground, "least": least,
            "light": round(contrast(known["light"][ink], known["light"][ground]), 1),
            "dark": round(contrast(known["dark"][ink], known["dark"][ground]), 1),
        }
        for ink, ground, least in PAIRS
    ]  # fmt: skip
