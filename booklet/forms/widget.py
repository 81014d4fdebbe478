"""Where a field's widget stands on its page, and how it is turned."""

from __future__ import annotations

import pikepdf
from pikepdf import Dictionary

from booklet.impose.model import Placement, Turn

_TURNS: dict[int, Turn] = {0: 0, 90: 90, 180: 180, 270: 270}


def placement(widget: pikepdf.Object) -> Placement:
    """The widget's rectangle, in points, with the turn that its MK entry names (ISO 32000-1, table 189)."""
    a, b, c, d = (float(value) for value in widget.Rect)
    look = widget.get("/MK")
    turn = look.get("/R", 0) if isinstance(look, Dictionary) else 0
    known = _TURNS.get(int(turn) % 360, 0) if isinstance(turn, int) else 0
    return Placement(0, min(a, c), min(b, d), abs(c - a), abs(d - b), known)
