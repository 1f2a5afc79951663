"""A stop of the tour and how somebody comes there: an address, and what is typed and pressed on it, if anything."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, Response

from tests.e2e.conftest import PASSWORD

NOBODY = ""
AGAIN = "/account/reauthenticate/"
"""Where one says once more who one is, before what concerns the safety of the account."""


@dataclass(frozen=True)
class Stop:
    """A page type. name: English words, also the label on the sheet; who: a login or nobody; status: as expected.

    typed: (name of a control, value) on that page, then its button is pressed and the answer is the stop; None: the
    page itself is. most: how often that is done at most until the answer has the status. then: what is added to the
    address of the answer, to open a page that only opens after it.
    """

    name: str
    path: str
    who: str = NOBODY
    status: int = 200
    typed: tuple[tuple[str, str], ...] | None = None
    then: str = ""
    most: int = 1

    @property
    def untouched(self) -> bool:
        """Whether nothing was said on the page yet, so that nothing can be wrong with it; /design/ shows errors."""
        return self.status == 200 and self.typed is None and not self.then and not self.path.startswith("/design/")


def come_to(page: Page, site: str, stop: Stop) -> Response:
    """Open a stop; return the answer that it is."""
    answer = page.goto(site + stop.path)
    assert answer is not None
    if AGAIN in page.url and AGAIN not in stop.path:
        answer = _send(page, (("password", PASSWORD),)) or answer
    for _ in range(stop.most if stop.typed is not None else 0):
        if stop.typed and not page.locator(f"[name='{stop.typed[0][0]}']").count():
            break  # this browser has said it before, and has been led on
        answer = _send(page, stop.typed or ()) or answer
        if answer.status == stop.status:
            break
    if stop.then:
        answer = page.goto(page.url.partition("?")[0].rstrip("/") + "/" + stop.then)
        assert answer is not None
    return answer


def _send(page: Page, typed: tuple[tuple[str, str], ...]) -> Response | None:
    """Fill in a form and press its button; return the answer, None where the script of uploads shows it in place."""
    form = _form(page, typed)
    for name, value in typed:
        _type(form.locator(f"[name='{name}']"), value)
    with page.expect_navigation() as gone:
        form.locator("button:visible").first.click()
    return gone.value


def _form(page: Page, typed: tuple[tuple[str, str], ...]) -> Locator:
    """Return the form with the first control that is typed into; the last one of the page when nothing is typed."""
    forms = page.locator("form[method=post]:not(#display), form[role=search], main form")
    return forms.filter(has=page.locator(f"[name='{typed[0][0]}']")).first if typed else forms.last


def _type(control: Locator, value: str) -> None:
    kind = control.first.evaluate("one => one.type")
    if kind in {"radio", "checkbox"}:
        control.and_(control.page.locator(f"[value='{value}']")).first.check()
    elif kind.startswith("select"):
        control.select_option(value)
    elif kind == "hidden":
        control.first.evaluate("(one, value) => { one.value = value; }", value)
    elif kind == "file":
        control.set_input_files(value)
    else:
        control.fill(value)
