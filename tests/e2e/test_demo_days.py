"""The demonstration shows everything on whatever day it begins: before holidays, in a year without a calendar yet."""

from pathlib import Path

import pytest

from tests.e2e.conftest import filled
from tests.e2e.tour import RESTAURANTS
from tests.e2e.tour_begun import SHOWN
from tests.e2e.tour_rows import CASES, Rows, of_rows

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("days_ahead", [0, 1, 2, 3, 4, 5, 6, 17, 45, 80, 160, 303])
def test_every_state_is_there(tmp_path: Path, days_ahead: int):
    with filled(tmp_path / "var", "--restaurants", str(RESTAURANTS), days_ahead=days_ahead) as made:
        rows = Rows(made)
        assert len(list(of_rows(rows))) > 20
        assert {state: len(rows(CASES, state)) > 0 for state in SHOWN} == dict.fromkeys(SHOWN, True)
