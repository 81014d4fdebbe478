"""The three editions of a plan: pages for a screen, sheets for an office printer, sheets for a print shop."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from booklet.impose.model import EPSILON, Box, Line, Placement, Plan, Side
from booklet.impose.papers import MM

Edition = Literal["screen", "print", "press"]

BLEED = 3 * MM
"""How far grounds run beyond the trim, so that a cut that wanders leaves no white edge."""
OFFSET = 3 * MM
"""From the trim to the marks: they stand outside the bleed."""
LENGTH = 6 * MM
"""Of crop and fold marks."""
MARGIN = OFFSET + LENGTH + 5 * MM
"""Around the trimmed sheet: room for the marks and the slug line."""


def press(plan: Plan) -> Plan:
    """The plan on larger sheets, with room around the trim for bleed, marks and slug line."""
    return replace(plan, sides=tuple(_press(side) for side in plan.sides))


def _press(side: Side) -> Side:
    def moved(lines: tuple[Line, ...]) -> tuple[Line, ...]:
        return tuple(line.moved(MARGIN, MARGIN) for line in lines)

    return Side(
        side.width + 2 * MARGIN,
        side.height + 2 * MARGIN,
        tuple(replace(p, x=p.x + MARGIN, y=p.y + MARGIN) for p in side.placements),
        moved(side.folds),
        moved(side.cuts),
        moved(side.slits),
        (MARGIN, MARGIN, MARGIN + side.width, MARGIN + side.height),
        BLEED,
    )


def ground(side: Side, place: Placement) -> Box:
    """What a panel's ground covers: the panel, and beyond it to the bleed where it lies at the trim.

    A page that creep has moved inward still reaches the edge, and does not reach over the spine.
    """
    left, bottom, right, top = place.box
    trim = side.sheet
    crept = 0.0
    for fold in (fold.x1 for fold in side.folds if fold.vertical):
        if left < fold < right:
            crept = min(fold - left, right - fold)
            left, right = (fold, right) if fold - left < right - fold else (left, fold)
    return (
        trim[0] - side.bleed if left - trim[0] < crept + EPSILON else left,
        trim[1] - side.bleed if bottom - trim[1] < EPSILON else bottom,
        trim[2] + side.bleed if trim[2] - right < crept + EPSILON else right,
        trim[3] + side.bleed if trim[3] - top < EPSILON else top,
    )
