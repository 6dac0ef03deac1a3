import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.assets import load_assets
from service.palette import (
    LEAST_CONTRAST,
    SURFACES,
    Scheme,
    colours_css,
    contrast,
    parse_colour,
    read_palettes,
)
from tests.conftest import ROOT

TOKENS = load_assets(ROOT / "service" / "static").read("tokens.css").decode()
PALETTES = read_palettes(TOKENS)
NAMES = {"paper", "leaf", "ink", "soft", "rule", "cinnabar", "wash"}


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == 21
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_our_own_colours_are_readable(scheme: Scheme) -> None:
    palette = PALETTES[scheme]
    assert set(palette) == NAMES
    for text in ("ink", "soft", "cinnabar"):
        assert all(contrast(palette[text], palette[on]) >= LEAST_CONTRAST for on in SURFACES)


@given(st.integers(0, 0xFFFFFF), st.sampled_from([None, "light", "dark"]))
def test_any_colour_of_a_site_becomes_readable(colour: int, scheme: Scheme | None) -> None:
    sheet = colours_css(PALETTES, f"#{colour:06x}", scheme)
    accents = re.findall(r"--zj-cinnabar: (#[0-9a-f]{6})", sheet)
    schemes: tuple[Scheme, ...] = (scheme,) if scheme else ("light", "dark")
    assert len(accents) == len(schemes)
    for accent, of in zip(accents, schemes, strict=True):
        assert all(contrast(accent, PALETTES[of][on]) >= LEAST_CONTRAST for on in SURFACES)


def test_colour_that_can_be_read_stays_as_it_is() -> None:
    assert "--zj-cinnabar: #005a9c" in colours_css(PALETTES, "#005a9c", "light")


def test_chosen_scheme_sets_every_colour_of_it() -> None:
    sheet = colours_css(PALETTES, None, "dark")
    assert set(re.findall(r"--zj-([a-z]+):", sheet)) == NAMES
    assert "color-scheme: dark" in sheet
    assert "prefers-color-scheme" not in sheet


def test_no_choice_is_no_rule() -> None:
    assert colours_css(PALETTES, None, None) == ""


@pytest.mark.parametrize(
    ("text", "colour"),
    [("#A62C1C", "#a62c1c"), ("a62c1c", "#a62c1c"), ("#fa0", "#ffaa00")]
    + [(bad, None) for bad in ("red", "#ffff", "#gggggg", "", "#a62c1c;}", "rgb(0,0,0)")],
)
def test_colour_is_hexadecimal_or_nothing(text: str, colour: str | None) -> None:
    assert parse_colour(text) == colour
