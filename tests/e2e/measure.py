"""What a page of the product must measure up to, whatever it shows."""

import gzip
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Error, Page, Response

from tests.e2e.axe import violations
from tests.e2e.conftest import Visitor
from tests.e2e.visit import Stop, come_to

HEAVIEST = 150_000
"""Bytes of a page with its styles and scripts, compressed."""
SHIFT = 0.01
"""Cumulative layout shift from which on a page counts as jumping: a tenth of what web.dev/cls calls good."""
INSIDE = (Path(__file__).parent / "measure.js").read_text()
WATCH_SHIFTS = """
window.shifted = 0;
new PerformanceObserver(list => { for (const one of list.getEntries()) window.shifted += one.value; })
    .observe({type: "layout-shift", buffered: true});
"""


@dataclass
class Watched:
    """What a browser page said and fetched since it was last asked."""

    page: Page
    said: list[str] = field(default_factory=list)
    fetched: list[Response] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.add_init_script(WATCH_SHIFTS)
        self.page.on("console", lambda one: self.said.append(one.text) if one.type in {"error", "warning"} else None)
        self.page.on("pageerror", lambda one: self.said.append(str(one)))
        self.page.on("response", lambda one: self.fetched.append(one))

    def open(self, visitor: Visitor, stop: Stop) -> int:
        """Open a stop; return its status."""
        self.said.clear()
        self.fetched.clear()
        return come_to(self.page, visitor.platform.url, stop).status

    def weight(self) -> int:
        """Return the bytes of the document, and of all its styles and scripts, as they go over the line."""
        parts = {one.url: one for one in self.fetched if one.request.resource_type in {"stylesheet", "script"}}
        return sum(len(gzip.compress(self._body(one), 6)) for one in parts.values()) + len(
            gzip.compress(self.page.content().encode(), 6)
        )

    def _body(self, answer: Response) -> bytes:
        """Return what came; asked for again when the browser has let it go meanwhile (it keeps bodies as it likes)."""
        try:
            return answer.body()
        except Error:
            return self.page.request.get(answer.url).body()


def faults(watched: Watched, visitor: Visitor, stop: Stop, *, var: Path) -> list[str]:
    """Return what is wrong with a stop at the width of its window, in words; empty if nothing."""
    found = []
    status, page = watched.open(visitor, stop), watched.page
    if status != stop.status:
        found.append(f"status {status}")
    # A browser says on the console itself that a document was not found: that is the stop's own purpose.
    found += [one for one in watched.said if stop.status == 200 or "Failed to load resource" not in one]
    wide = page.evaluate("document.documentElement.scrollWidth")
    if wide > page.evaluate("innerWidth"):
        found.append(f"{wide} px wide")
    if (heads := page.locator("h1").count()) != 1:
        found.append(f"{heads} first headings")
    if stop.untouched and page.locator(".field-error:not([hidden])").count():
        found.append("tells errors before anything was sent")
    if (weight := watched.weight()) > HEAVIEST:
        found.append(f"{weight} bytes")
    if (shifted := page.evaluate("shifted")) >= SHIFT:
        found.append(f"shifts by {shifted:.3f}")
    return found + _accessible(page, var)


def _accessible(page: Page, var: Path) -> list[str]:
    """Return what axe finds in the window as people have it, and on the way through the page."""
    found = violations(page, var)
    page.evaluate(f"{INSIDE}; Object.assign(window, {{placesToScroll, focusFaults}});")
    for place in page.evaluate("placesToScroll()"):
        page.evaluate("([which, top]) => { scrolling[which].scrollTop = top; }", place)
        found += [f"at {place}: {one}" for one in violations(page, var, rules=["target-size"])]
    page.keyboard.press("Tab")
    return found + page.evaluate("focusFaults()")
