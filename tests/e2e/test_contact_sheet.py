"""The contact sheet of a run, to be looked at by whoever changed a page."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser

from tests.e2e.conftest import Platform
from tests.e2e.contact_sheet import LOOKED_AT, LOOKS, sheet, shots
from tests.e2e.tour import lived_in, stops

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif("XIAOER_DATABASE_URL" in os.environ, reason="pages look alike on both databases"),
]


@pytest.fixture
def lived(tmp_path: Path) -> Iterator[Platform]:
    yield from lived_in(tmp_path / "var")


def test_every_page_type_is_on_one_contact_sheet(lived: Platform, chromium: Browser):
    tour = stops(lived, chromium)
    taken = list(shots(lived, chromium, tour))
    assert len(taken) == len(tour) + len(LOOKED_AT) * len(LOOKS)
    for look in LOOKS:
        assert all(shot.narrow.getcolors(maxcolors=1) is None for shot in taken if shot.look == look), "a blank page"
    sheet(taken).save(Path(settings.VAR_DIR) / "contact-sheet.png", optimize=True)
