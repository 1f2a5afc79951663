"""What is said to who tries too often is a page like every other."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser

from tests.e2e.conftest import DESK, PHONE, Platform, served, visitor
from tests.e2e.measure import Watched, faults
from tests.e2e.visit import Stop

pytestmark = pytest.mark.browser
TOO_MANY = Stop("too many numbers", "/verify/", status=429, typed=(("number", "JY13604810000001"),), most=3)
"""One try a minute is allowed; a minute may end between the first and the second."""


@pytest.fixture(scope="module")
def strict(demonstration: Platform) -> Iterator[Platform]:
    yield from served(demonstration, "strict", limits="verify=1")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["390", "1280"])
def test_the_page_of_who_tries_too_often_has_no_fault(strict, chromium: Browser, size: dict[str, int]):
    somebody = visitor(strict, chromium, size=size)
    assert faults(Watched(somebody.page), somebody, TOO_MANY, var=Path(settings.VAR_DIR)) == []
    somebody.page.screenshot(path=settings.VAR_DIR / f"too-often-{size['width']}.png")
    somebody.context.close()
