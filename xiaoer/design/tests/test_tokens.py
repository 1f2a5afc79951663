"""Colours are readable in both themes, and the sheet keeps its promises."""

import pytest

from xiaoer.design.tokens import PAIRS, SHEET, contrast, themes

THEMES = themes()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_every_documented_pair_is_readable(theme: str, ink: str, ground: str, least: float):
    assert contrast(THEMES[theme][ink], THEMES[theme][ground]) >= least


def test_the_dark_of_the_device_is_the_dark_one_chooses():
    assert THEMES["device"] == THEMES["dark"]


def test_the_contrast_of_black_on_white_is_21():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_the_sheet_is_small():
    assert len(SHEET.read_bytes()) < 48_000


def test_colours_stand_only_in_tokens_and_print():
    outside = (
        SHEET.read_text().split("/* ---------- base ---------- */")[1].split("/* ---------- print ---------- */")[0]
    )
    loose = [line for line in outside.splitlines() if "#" in line and "#fff" not in line and "#000" not in line]
    assert loose == []
