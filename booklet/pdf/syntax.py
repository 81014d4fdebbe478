"""Pieces of PDF syntax that need no PDF engine: numbers, paths, names."""

from __future__ import annotations

DUPLEX = {"long-edge": "DuplexFlipLongEdge", "short-edge": "DuplexFlipShortEdge", "none": "Simplex"}
"""The viewer preference for each duplex turn (ISO 32000-1, table 150)."""
KAPPA = 0.5523
"""Control points of a quarter circle drawn as a Bézier curve."""


def number(value: float) -> str:
    """A number in PDF syntax, to a thousandth."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def outline(x: float, y: float, width: float, height: float, radius: float) -> str:
    """The path of a box with round corners."""
    if not radius:
        return " ".join(map(number, (x, y, width, height))) + " re"
    k = radius * (1 - KAPPA)
    right, top = x + width, y + height
    steps = [
        ((x + radius, y), "m"),
        ((right - radius, y), "l"),
        ((right - k, y, right, y + k, right, y + radius), "c"),
        ((right, top - radius), "l"),
        ((right, top - k, right - k, top, right - radius, top), "c"),
        ((x + radius, top), "l"),
        ((x + k, top, x, top - k, x, top - radius), "c"),
        ((x, y + radius), "l"),
        ((x, y + k, x + k, y, x + radius, y), "c"),
    ]
    return " ".join(f"{' '.join(map(number, values))} {op}" for values, op in steps) + " h"
