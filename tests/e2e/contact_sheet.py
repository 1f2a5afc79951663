"""One picture of the whole product: every page type at both widths, and some again dark, large, English, printed."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Browser, Page

from tests.e2e.conftest import DESK, PHONE, Platform, visitor
from tests.e2e.visit import Stop, come_to

NARROW, WIDE, TALL = 195, 480, 560
"""Pixels on the sheet: a telephone's page, a desk's page, the most that is shown of either."""
GAP, LABEL, ACROSS = 12, 22, 4
FONTS = ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",)
LOOKS = ("dark", "large", "english", "print")
LOOKED_AT = (
    "home, signed in", "bundle guide", "form question", "application accepted", "desk case received", "verify result",
)  # fmt: skip
"""Page types of which each other look is shown beside the usual one."""


@dataclass(frozen=True)
class Shot:
    """A stop as it looked. look: empty for the usual one."""

    name: str
    look: str
    narrow: Image.Image
    wide: Image.Image


def shots(platform: Platform, chromium: Browser, tour: list[Stop]) -> Iterator[Shot]:
    """Open every stop at both widths, then those of LOOKED_AT in each other look."""
    for who, group in groupby(sorted(tour, key=attrgetter("who")), attrgetter("who")):
        somebody = visitor(platform, chromium, size=PHONE)
        if who:
            somebody.sign_in(who)
        for stop in group:
            yield _shot(somebody.page, platform.url, stop, "")
            for look in LOOKS if stop.name in LOOKED_AT else ():
                _dress(somebody.page, platform.url, look)
                yield _shot(somebody.page, platform.url, stop, look)
                _undress(somebody.page, platform.url, look)
        somebody.context.close()


def _shot(page: Page, url: str, stop: Stop, look: str) -> Shot:
    seen = []
    for size, width in ((PHONE, NARROW), (DESK, WIDE)):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        come_to(page, url, stop)
        seen.append(_small(page.screenshot(full_page=True), width))
    return Shot(stop.name, look, *seen)


def _dress(page: Page, url: str, look: str) -> None:
    """Choose a look as people do: by their device, or by the buttons of every page."""
    media: dict[str, Any] = {"dark": {"color_scheme": "dark"}, "print": {"media": "print"}}
    if look in media:
        page.emulate_media(**media[look])
    else:
        page.goto(url + "/")
        page.locator("button[name=type]" if look == "large" else "button[name=language]").first.click()
        page.wait_for_load_state()


def _undress(page: Page, url: str, look: str) -> None:
    page.emulate_media(color_scheme="light", media="screen", reduced_motion="reduce")
    if look in {"large", "english"}:
        _dress(page, url, look)


def _small(picture: bytes, width: int) -> Image.Image:
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    image = image.crop((0, 0, image.width, min(image.height, TALL * image.width // width)))
    return image.resize((width, max(1, image.height * width // image.width)), Image.Resampling.LANCZOS)


def sheet(taken: list[Shot]) -> Image.Image:
    """Lay the shots out, ACROSS to a row, each with its label: the narrow page beside the wide one."""
    cell = (NARROW + WIDE + 3 * GAP, TALL + LABEL + GAP)
    rows = -(-len(taken) // ACROSS)
    whole = Image.new("RGB", (cell[0] * ACROSS, cell[1] * rows), "#8a929b")
    pen, font = ImageDraw.Draw(whole), _font()
    for place, shot in enumerate(taken):
        left, top = place % ACROSS * cell[0] + GAP, place // ACROSS * cell[1]
        pen.text((left, top + 3), f"{shot.name}  {shot.look}".strip(), fill="#ffffff", font=font)
        whole.paste(shot.narrow, (left, top + LABEL))
        whole.paste(shot.wide, (left + NARROW + GAP, top + LABEL))
    return whole


def _font() -> Any:
    path = next((one for one in FONTS if Path(one).exists()), None)
    return ImageFont.truetype(path, 14) if path else ImageFont.load_default(14)
