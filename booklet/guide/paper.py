"""A sheet of paper that can be folded: where each panel lies, and which ones one sees, after every fold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from booklet.impose.model import EPSILON, Box, Line, Placement, Side

Part = Literal["left", "right", "top", "bottom"]
Way = Literal["over", "behind"]
GRID, HIDDEN = 9, 0.12
"""Places looked at, across and down a piece; the share of them up to which it counts as covered."""
NEAR = 14.0
"""Points by which panels that lie on each other may differ."""


@dataclass(frozen=True, slots=True)
class Face:
    """A panel as one sees it, counted from 0, and how far it is turned; None is blank paper."""

    panel: int | None
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Leaf:
    """A piece of paper between folds. `down` is what one sees once the piece is turned over sideways."""

    box: Box
    up: Face
    down: Face

    @property
    def middle(self) -> tuple[float, float]:
        return (self.box[0] + self.box[2]) / 2, (self.box[1] + self.box[3]) / 2


@dataclass(frozen=True, slots=True)
class Paper:
    """What lies on the table: its pieces from the lowest to the uppermost, in points, y upward."""

    leaves: tuple[Leaf, ...]

    @property
    def box(self) -> Box:
        """What it covers."""
        boxes = [leaf.box for leaf in self.leaves]
        return (
            min(box[0] for box in boxes),
            min(box[1] for box in boxes),
            max(box[2] for box in boxes),
            max(box[3] for box in boxes),
        )

    def moving(self, line: Line, part: Part) -> tuple[Leaf, ...]:
        """The pieces on that side of a line."""
        return tuple(leaf for leaf in self.leaves if _beyond(leaf, line, part))

    def folded(self, line: Line, part: Part, way: Way) -> Paper:
        """The paper with that side of the line laid over the rest, or behind it."""
        moving = self.moving(line, part)
        rest = tuple(leaf for leaf in self.leaves if leaf not in moving)
        turned = tuple(_reflected(leaf, line) for leaf in reversed(moving))
        return Paper((*rest, *turned) if way == "over" else (*turned, *rest))

    def turned_over(self) -> Paper:
        """The paper turned over sideways, as one turns a page, about its own middle."""
        left, _, right, _ = self.box
        axis = Line((left + right) / 2, 0.0, (left + right) / 2, 1.0)
        return Paper(tuple(_reflected(leaf, axis) for leaf in reversed(self.leaves)))

    def seen(self) -> tuple[Leaf, ...]:
        """The pieces that others do not cover, row by row from the top and from the left."""
        seen = [leaf for place, leaf in enumerate(self.leaves) if _shows(leaf, self.leaves[place + 1 :])]
        return tuple(sorted(seen, key=lambda leaf: (-round(leaf.middle[1]), leaf.middle[0])))


def sheet(front: Side, back: Side | None) -> Paper:
    """A sheet with `front` face up. `back` is its other side as it lies face up, upright like the front."""
    behind = [(_mirrored(place.box, back.width), place) for place in back.placements] if back else []
    leaves = []
    for place in front.placements:
        other = next((each for each in behind if same(each[0], place.box)), None)
        if other:
            behind.remove(other)
        leaves.append(Leaf(place.box, Face(place.panel, place.turn), _face(other[1] if other else None)))
    leaves += [Leaf(box, Face(None), _face(place)) for box, place in behind]  # a blank page lies before it
    return Paper(tuple(leaves))


def same(one: Box, other: Box) -> bool:
    """Whether two pieces lie on each other, but for the width that one is narrower, or for creep."""
    return all(abs(a - b) < NEAR for a, b in zip(one, other, strict=True))


def stacked(papers: Iterable[Paper]) -> Paper:
    """Sheets on each other, the first one lowest."""
    return Paper(tuple(leaf for paper in papers for leaf in paper.leaves))


def _face(place: Placement | None) -> Face:
    return Face(place.panel, place.turn) if place else Face(None)


def _mirrored(box: Box, width: float) -> Box:
    return (width - box[2], box[1], width - box[0], box[3])


def _beyond(leaf: Leaf, line: Line, part: Part) -> bool:
    x, y = leaf.middle
    return {"left": x < line.x1, "right": x > line.x1, "top": y > line.y1, "bottom": y < line.y1}[part]


def _reflected(leaf: Leaf, line: Line) -> Leaf:
    left, bottom, right, top = leaf.box
    if line.vertical:
        box = (2 * line.x1 - right, bottom, 2 * line.x1 - left, top)
        return Leaf(box, leaf.down, leaf.up)
    box = (left, 2 * line.y1 - top, right, 2 * line.y1 - bottom)
    return Leaf(box, _upside(leaf.down), _upside(leaf.up))


def _upside(face: Face) -> Face:
    return replace(face, turn=(face.turn + 180) % 360)


def _shows(leaf: Leaf, above: Iterable[Leaf]) -> bool:
    """Whether more of a piece shows than the slit between two gates, seen at a grid of places on it."""
    left, bottom, right, top = leaf.box
    boxes = [other.box for other in above]
    steps = [(n + 0.5) / GRID for n in range(GRID)]
    spots = [(left + u * (right - left), bottom + v * (top - bottom)) for u in steps for v in steps]
    return sum(not any(_covers(box, spot) for box in boxes) for spot in spots) > HIDDEN * len(spots)


def _covers(box: Box, point: tuple[float, float]) -> bool:
    return box[0] - EPSILON < point[0] < box[2] + EPSILON and box[1] - EPSILON < point[1] < box[3] + EPSILON
