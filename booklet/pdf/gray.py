"""Colours as shades of gray that are as light or dark as they are."""

from __future__ import annotations

from functools import lru_cache

from booklet.layout.units import luminance


@lru_cache(maxsize=256)
def gray(color: str) -> float:
    """The gray, 0 black to 1 white, with the relative luminance of #RRGGBB (IEC 61966-2-1)."""
    light = luminance(color)
    return 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055
