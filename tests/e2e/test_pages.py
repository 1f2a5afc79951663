"""Every page type at both widths: accessible, whole, quiet, light and still. Nothing here looks at what a page says."""

from collections.abc import Iterator
from http import HTTPStatus
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.urls import resolve
from playwright.sync_api import Browser

from tests.e2e.conftest import DESK, PHONE, Platform, visitor
from tests.e2e.measure import Watched, faults
from tests.e2e.tour import NO_PAGE, lived_in, stops
from tests.e2e.visit import Stop
from tests.shape.test_permission_walk import addresses

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """A demonstration with some past, served."""
    yield from lived_in(tmp_path_factory.mktemp("lived") / "var")


@pytest.fixture(scope="module")
def tour(lived: Platform, chromium: Browser) -> list[Stop]:
    return stops(lived, chromium)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["390", "1280"])
def test_no_page_type_has_a_fault(lived: Platform, chromium: Browser, tour: list[Stop], size: dict[str, int]):
    found, opened = {}, set()
    for who, group in groupby(sorted(tour, key=attrgetter("who")), attrgetter("who")):
        somebody = visitor(lived, chromium, size=size)
        if who:
            somebody.sign_in(who)
        watched = Watched(somebody.page)
        for stop in group:
            if wrong := faults(watched, somebody, stop, var=Path(settings.VAR_DIR)):
                found[stop.name, stop.path] = wrong
            if stop.status != HTTPStatus.NOT_FOUND:
                opened.add(resolve(urlsplit(somebody.page.url).path).view_name)
        somebody.context.close()
    assert found == {}
    assert unseen(opened) == set()


def unseen(opened: set[str]) -> set[str]:
    """Return the addresses that no stop opened and that show a page; and needless exceptions."""
    stars = tuple(name[:-1] for name in NO_PAGE if name.endswith("*"))
    known = {name for name in addresses() if not name.startswith(stars)}
    return (known - opened - set(NO_PAGE)) | (opened & set(NO_PAGE)) | {n for n in NO_PAGE if n[-1] != "*"} - known
