"""A site's own colour and scheme as a style sheet that keeps every text readable.

    read_palettes(tokens.css) -> {"light": {"paper": "#faf7f0", ...}, "dark": {...}}
    colours_css(palettes, "#ffd400", None) -> ":root { --zj-cinnabar: #786300 } ..."

A colour that would stand under the contrast of WCAG 2.2 (1.4.3, level AA) against any surface
it is used on is darkened, or lightened in the dark scheme, until it does not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

Scheme = Literal["light", "dark"]
Palette = Mapping[str, str]

LEAST_CONTRAST = 4.5
SURFACES = ("paper", "leaf", "wash")
"""What the accent is read against: the page, raised surfaces, and a mark that is pointed at."""

_STEPS = 64
_COLOUR = re.compile(r"#?([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE | re.ASCII)
_TOKEN = re.compile(r"--zj-([a-z]+):\s*(#[0-9a-f]{6})")


def read_palettes(tokens_css: str) -> Mapping[Scheme, Palette]:
    """The colours of both schemes, from the sheet that states them."""
    light, dark = tokens_css.split("(prefers-color-scheme: dark)", 1)
    return {"light": dict(_TOKEN.findall(light)), "dark": dict(_TOKEN.findall(dark))}


def parse_colour(text: str) -> str | None:
    """`#rgb` or `#rrggbb`, with or without the number sign -> `#rrggbb`; None for all else."""
    match = _COLOUR.fullmatch(text)
    if match is None:
        return None
    digits = match[1].lower()
    return "#" + (digits if len(digits) == 6 else "".join(d * 2 for d in digits))


def colours_css(
    palettes: Mapping[Scheme, Palette], accent: str | None, scheme: Scheme | None
) -> str:
    """The sheet for an accent (`#rrggbb`) and a scheme; None keeps ours, or the reader's."""
    if scheme is not None:
        return _rule(_accented(palettes[scheme], scheme, accent), scheme)
    if accent is None:
        return ""
    rules = {
        s: _rule({"cinnabar": _accented(p, s, accent)["cinnabar"]}) for s, p in palettes.items()
    }
    return f"{rules['light']}\n@media (prefers-color-scheme: dark) {{ {rules['dark']} }}"


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours `#rrggbb`, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _accented(palette: Palette, scheme: Scheme, accent: str | None) -> Palette:
    if accent is None:
        return palette
    end = 0 if scheme == "light" else 255
    surfaces = [palette[name] for name in SURFACES]
    shades = (_mix(accent, end, step / _STEPS) for step in range(_STEPS + 1))
    readable = next(s for s in shades if all(contrast(s, on) >= LEAST_CONTRAST for on in surfaces))
    return {**palette, "cinnabar": readable}


def _mix(colour: str, end: int, share: float) -> str:
    mixed = (round(channel + (end - channel) * share) for channel in _channels(colour))
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def _rule(palette: Palette, scheme: Scheme | None = None) -> str:
    declarations = [f"color-scheme: {scheme}"] if scheme else []
    declarations += [f"--zj-{name}: {colour}" for name, colour in palette.items()]
    return f":root {{ {'; '.join(declarations)} }}"


def _luminance(colour: str) -> float:
    """Relative luminance of an sRGB colour, 0 to 1."""
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
