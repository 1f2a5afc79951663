"""The forms of a page as a browser without JavaScript sees them: where they lead, what they would send."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

UNTYPED = {"submit", "button", "file", "radio", "checkbox", "hidden", "password"}


@dataclass
class Form:
    """fields: what would be sent as it stands; typed: names of what somebody types."""

    action: str = ""
    method: str = "get"
    fields: dict[str, str] = field(default_factory=dict)
    typed: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self, url: str) -> None:
        super().__init__()
        self.url, self.forms, self.form = url, [], Form()
        self.area = self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        name = said.get("name", "")
        if tag == "form":
            self.form = Form(urljoin(self.url, said.get("action", "")), said.get("method", "get").lower())
            self.forms.append(self.form)
        elif tag == "input" and name:
            self._input(name, said)
        elif tag == "textarea":
            self.area, self.form.fields[name] = name, ""
            self.form.typed.append(name)
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and ("selected" in said or self.select not in self.form.fields):
            self.form.fields[self.select] = said.get("value", "")

    def _input(self, name: str, said: dict[str, str]) -> None:
        kind = said.get("type", "text")
        if kind in {"radio", "checkbox"}:
            if "checked" in said:
                self.form.fields[name] = said.get("value", "on")
        elif kind not in {"submit", "button", "file"}:
            self.form.fields[name] = said.get("value", "")
        if kind not in UNTYPED:
            self.form.typed.append(name)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = ""
        elif tag == "select":
            self.select = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.form.fields[self.area] += data.removeprefix("\n")


FOOT = "/design/choose/"
"""Where the form leads that every page has at its foot."""


def forms(page: str, *, url: str = "/") -> list[Form]:
    """Return the forms of a page at an address, without the one at its foot."""
    reader = _Reader(url)
    reader.feed(page)
    return [form for form in reader.forms if not form.action.startswith(FOOT)]


def sent(page: str) -> dict[str, str]:
    """Return field -> value of all that stands filled in on a page."""
    return {name: value for form in forms(page) for name, value in form.fields.items()}
