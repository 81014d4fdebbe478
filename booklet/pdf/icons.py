"""The icon set as PDF paths: strokes on a 24-unit box, y downwards."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

ICONS = Path(__file__).parent.parent / "icons" / "icons.json"
BOX = 24.0
STROKE = 2.0


@lru_cache(maxsize=1)
def icons() -> dict[str, list[tuple[str, list[float]]]]:
    """All icons by name, as lists of (operator, numbers)."""
    return dict(json.loads(ICONS.read_text(encoding="utf-8")))


@lru_cache(maxsize=256)
def path(name: str) -> str:
    """The path operators of an icon in its own box, stroked with round caps and joins."""
    steps = [f"{' '.join(f'{value:g}' for value in numbers)} {op}" for op, numbers in icons()[name]]
    return f"{STROKE:g} w 1 J 1 j {' '.join(steps)} S"
