"""How a printer's marks are drawn: where to cut and fold, and the targets that inks are aligned by."""

from __future__ import annotations

from booklet.impose.editions import LENGTH
from booklet.impose.marks import Mark
from booklet.pdf.syntax import number, outline

HAIRLINE = 0.25
"""Width of a printer's mark in points."""
BLACK, REGISTRATION = "0 0 0 1 K", "1 1 1 1 K"
"""Marks of where to cut are printed in all inks, so that each plate shows them."""
TICK = "0.45 G"
"""The marks on office sheets are quiet."""


def stroke(mark: Mark, *, press: bool) -> str:
    """The operators of a mark."""
    line = mark.line
    ends = f"{number(line.x1)} {number(line.y1)} m {number(line.x2)} {number(line.y2)} l S"
    dash = "[2 2] 0 d " if mark.dashed else ""
    color = (BLACK if mark.dashed else REGISTRATION) if press else TICK
    return f"q {color} {number(HAIRLINE if press else 2 * HAIRLINE)} w {dash}{ends} Q"


def target(x: float, y: float) -> str:
    """The operators of a registration mark: a circle with a cross through it."""
    radius, arm = LENGTH / 4, LENGTH / 2
    circle = outline(x - radius, y - radius, 2 * radius, 2 * radius, radius)
    level, upright = ((x - arm, y), (x + arm, y)), ((x, y - arm), (x, y + arm))
    cross = " ".join(f"{_point(start)} m {_point(end)} l" for start, end in (level, upright))
    return f"q {REGISTRATION} {HAIRLINE} w {circle} S {cross} S Q"


def _point(point: tuple[float, float]) -> str:
    return " ".join(map(number, point))
