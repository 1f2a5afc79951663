"""Every page type at both widths: accessible, whole, quiet, light and still. Nothing here looks at what a page says."""

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser

from tests.e2e.conftest import DESK, PHONE, Platform, visitor
from tests.e2e.measure import Watched, faults
from tests.e2e.tour import Stop, lived_in, stops

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
    found = {}
    for who, group in groupby(sorted(tour, key=attrgetter("who")), attrgetter("who")):
        somebody = visitor(lived, chromium, size=size)
        if who:
            somebody.sign_in(who)
        watched = Watched(somebody.page)
        for stop in group:
            if wrong := faults(watched, somebody, stop, var=Path(settings.VAR_DIR)):
                found[stop.name, stop.path] = wrong
        somebody.context.close()
    assert len(tour) >= 90
    assert found == {}
