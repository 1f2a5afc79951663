"""What a page's form would send when its button is pressed, read from the HTML as a browser does."""

from html.parser import HTMLParser

IGNORED = {"language", "type", "theme"}
"""Fields of the form that every page has at its foot."""


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.area = self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        name = said.get("name", "")
        if tag == "input" and name and said.get("type") not in {"submit", "file"}:
            if said.get("type") not in {"radio", "checkbox"}:
                self.found[name] = said.get("value", "")
            elif "checked" in said:
                self.found[name] = said.get("value", "on")
        elif tag == "textarea":
            self.area, self.found[name] = name, ""
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and ("selected" in said or self.select not in self.found):
            self.found[self.select] = said.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = ""
        elif tag == "select":
            self.select = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.found[self.area] += data.removeprefix("\n")


def sent(page: str) -> dict[str, str]:
    """Return field -> value of all that stands filled in on a page."""
    reader = _Fields()
    reader.feed(page)
    return {name: value for name, value in reader.found.items() if name not in IGNORED}
