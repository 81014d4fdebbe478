"""Lengths and colours as authors write them, and as the rest of booklet wants them."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema

from booklet.wording import quoted
from booklet.yamlfile import Mistake

POINTS = {"pt": 1.0, "mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72.0}
LONGEST = 14_400.0
"""Points: the longest side that a page of a PDF can have (ISO 32000-1, annex C)."""
_LENGTH = re.compile(r"(-?\d+(?:\.\d+)?)\s*(pt|mm|cm|in)?")
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")


def length(value: object) -> float:
    """A length in points from `18`, `18pt`, `5 mm`, `1cm` or `0.25in`. Raises Mistake."""
    match = _LENGTH.fullmatch(str(value).strip())
    if not match:
        raise Mistake(
            f"{quoted(str(value))} is not a length.", "Write a number with pt, mm, cm or in, such as 5mm."
        )
    points = float(match[1]) * POINTS[match[2] or "pt"]
    if not 0 <= points <= LONGEST:
        raise Mistake(
            f"{quoted(str(value))} is {'less than nothing' if points < 0 else 'longer than any paper'}.",
            "Write a length from 0 to 5000mm.",
        )
    return points


def color(value: object) -> str:
    """A colour as #RRGGBB in lower case. Raises Mistake."""
    if not value:
        raise Mistake("The colour is empty.", 'Put it in quotes, such as "#12484f": else # begins a comment.')
    if not _COLOR.fullmatch(str(value)):
        raise Mistake(
            f"{quoted(str(value))} is not a colour.",
            'Write six digits behind a #, in quotes, such as "#12484f".',
        )
    return str(value).lower()


Length = Annotated[
    float,
    BeforeValidator(length),
    WithJsonSchema({"type": ["number", "string"], "pattern": f"^{_LENGTH.pattern}$"}),
]
Color = Annotated[
    str, BeforeValidator(color), WithJsonSchema({"type": "string", "pattern": f"^{_COLOR.pattern}$"})
]


def luminance(value: str) -> float:
    """Relative luminance of #RRGGBB, 0 to 1 (WCAG 2.1, definition of relative luminance)."""

    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)

    red, green, blue = (int(value[i : i + 2], 16) for i in (1, 3, 5))
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21 (WCAG 2.1). It is made of luminance alone, so it holds in gray too."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
