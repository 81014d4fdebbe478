"""Marks of where to cut and fold: outside the trim for a print shop, in the margins of office sheets."""

from __future__ import annotations

from dataclasses import dataclass

from booklet.impose.editions import LENGTH, OFFSET
from booklet.impose.model import EPSILON, Box, Line, Side

UNPRINTABLE = 19.0
"""At the edges: a quarter of an inch, which office printers may not reach, and a point to be safe."""
TICK = 6.0
"""Length of the ticks on office sheets."""
APART = 3.0
"""From the corner of a card to the mark beside it."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A thin line: where to cut, or (dashed) where to fold or to slit."""

    line: Line
    dashed: bool = False


def marks(side: Side) -> list[Mark]:
    """All marks of a side."""
    out = [Mark(line, dashed=True) for line in side.slits]
    # Inside the margins of an office sheet, where a line from edge to edge leaves both panels free.
    gap, length = (OFFSET, LENGTH) if side.trim else (-UNPRINTABLE - TICK, TICK)
    for fold in side.folds:
        out += [Mark(end, dashed=True) for end in _ends(fold, gap, length, only=side.sheet)]
    for cut in side.cuts:
        margin = _margin(side, cut)
        if margin < EPSILON:
            out += [Mark(end) for end in _ends(cut, gap, length)]
            continue
        beside = min(LENGTH, margin - (0.0 if side.trim else UNPRINTABLE) - APART)
        if beside > 0:
            out += [Mark(end) for end in _ends(cut, APART, beside)]
    if side.trim:
        left, bottom, right, top = side.trim
        edges = [Line(x, bottom, x, top) for x in (left, right)] + [
            Line(left, y, right, y) for y in (bottom, top)
        ]
        out += [Mark(end) for edge in edges for end in _ends(edge, OFFSET, LENGTH)]
    return out


def _margin(side: Side, cut: Line) -> float:
    """How much paper there is beyond the lower end of a cut."""
    if cut.vertical:
        return min(cut.y1, cut.y2) - side.sheet[1]
    return min(cut.x1, cut.x2) - side.sheet[0]


def _ends(line: Line, gap: float, length: float, only: Box | None = None) -> list[Line]:
    """A mark in line with each end, `gap` beyond it (inside if negative); of the ends at a box's edge."""
    low, high = sorted((line.y1, line.y2) if line.vertical else (line.x1, line.x2))
    axis = 1 if line.vertical else 0
    spans = []
    if not only or abs(low - only[axis]) < EPSILON:
        spans.append((low - gap - length, low - gap))
    if not only or abs(high - only[axis + 2]) < EPSILON:
        spans.append((high + gap, high + gap + length))
    return [
        Line(line.x1, start, line.x1, end) if line.vertical else Line(start, line.y1, end, line.y1)
        for start, end in spans
    ]


def registration(side: Side) -> list[tuple[float, float]]:
    """The middles of the registration marks, beside the middle of each edge of the trim, clear of the
    marks there."""
    if not side.trim:
        return []
    lines = [*side.folds, *(cut for cut in side.cuts if _margin(side, cut) < EPSILON)]
    left, bottom, right, top = side.trim
    out = OFFSET + LENGTH / 2
    x = _clear((left + right) / 2, right - left, [line.x1 for line in lines if line.vertical])
    y = _clear((bottom + top) / 2, top - bottom, [line.y1 for line in lines if not line.vertical])
    return [(x, bottom - out), (x, top + out), (left - out, y), (right + out, y)]


def _clear(middle: float, length: float, marked: list[float]) -> float:
    """The middle of an edge, or a place beside it where a fold or a cut is marked there."""
    return middle + length / 12 if any(abs(mark - middle) < 2 * LENGTH for mark in marked) else middle
