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
    others = [p.box for p in side.placements if p != place]

    def free(low: float, high: float, axis: int) -> bool:
        """Whether no other panel stands between `low` and `high`, beside this one (axis 0) or over it (1)."""
        return not any(
            box[axis] < high - EPSILON
            and box[axis + 2] > low + EPSILON
            and box[1 - axis] < place.box[3 - axis] - EPSILON
            and box[3 - axis] > place.box[1 - axis] + EPSILON
            for box in others
        )

    near = 0.1 * (right - left), 0.1 * (top - bottom)
    if left - trim[0] < near[0] and free(trim[0], left, 0):
        left = trim[0] - side.bleed
    if trim[2] - right < near[0] and free(right, trim[2], 0):
        right = trim[2] + side.bleed
    if bottom - trim[1] < near[1] and free(trim[1], bottom, 1):
        bottom = trim[1] - side.bleed
    if trim[3] - top < near[1] and free(top, trim[3], 1):
        top = trim[3] + side.bleed
    for fold in (fold.x1 for fold in side.folds if fold.vertical):
        left = fold if left < fold < left + near[0] else left
        right = fold if right - near[0] < fold < right else right
    return (left, bottom, right, top)
