"""The icon set as PDF paths."""

from __future__ import annotations

from functools import lru_cache

from booklet.iconset import STROKE, icons


@lru_cache(maxsize=256)
def path(name: str) -> str:
    """The path operators of an icon in its own box, stroked with round caps and joins."""
    steps = [f"{' '.join(f'{value:g}' for value in numbers)} {op}" for op, numbers in icons()[name]]
    return f"{STROKE:g} w 1 J 1 j {' '.join(steps)} S"
