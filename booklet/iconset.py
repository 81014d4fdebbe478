"""The icons that ship: their names and their strokes."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

ICONS = Path(__file__).parent / "icons" / "icons.json"
BOX = 24.0
"""Side of the square that every icon is drawn in, y downwards."""
STROKE = 2.0
"""Width of the strokes in that square."""

DIRECTED = frozenset("clipboard-list file-text message-circle messages-square route volume-2".split())
"""Icons that run as text does: a way ahead, sound that goes out, lines of writing, speech. On a page from
right to left they are turned. What is held in the right hand, clocks and what turns like them are never
(Material, on bidirectionality)."""


@lru_cache(maxsize=1)
def icons() -> dict[str, list[tuple[str, list[float]]]]:
    """All icons by name, as lists of a path operator (m, l, c, h) and its numbers."""
    return dict(json.loads(ICONS.read_text(encoding="utf-8")))
