"""A page of a foreign PDF as imposition sees it: a picture with a size, to be drawn upright."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any, Literal

import pikepdf
from pikepdf import Array, Dictionary, Matrix, Name, Rectangle, Stream

from booklet.impose.model import EPSILON, Box, Placement

SMALLEST, LARGEST = 1.0, 1_000_000.0
"""Points. Pages with a side beyond these are damaged, or made to do harm."""
Quarters = Literal[0, 90, 180, 270]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page's boxes in its own coordinates: `finished` fills the panel, `visible` may show beyond it.

    `turn` is how far viewers turn the page, in degrees clockwise; `unit` the length of its unit in points.
    """

    finished: Box
    visible: Box
    turn: Quarters
    unit: float

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points, as the page is seen."""
        left, bottom, right, top = self.finished
        width, height = (right - left) * self.unit, (top - bottom) * self.unit
        return (width, height) if self.turn in (0, 180) else (height, width)

    @property
    def bleeds(self) -> bool:
        """Whether there is something to see beyond the finished page."""
        return any(abs(one - other) > EPSILON for one, other in zip(self.finished, self.visible, strict=True))

    def matrix(self, place: Placement) -> Matrix:
        """From the page's coordinates to the side's: upright, as large as the panel allows, in its middle."""
        scale = self.scale(place)
        (width, height), (wide, tall) = self.size, place.panel_size
        fit = Matrix(scale, 0, 0, scale, (wide - width * scale) / 2, (tall - height * scale) / 2)
        return self._upright() @ fit @ Matrix(place.matrix)

    def scale(self, place: Placement) -> float:
        """How much larger the page is printed."""
        (width, height), (wide, tall) = self.size, place.panel_size
        return min(wide / width, tall / height)

    def _upright(self) -> Matrix:
        """To the page as it is seen, in points, its lower left corner at 0, 0."""
        left, bottom, right, top = (self.unit * edge for edge in self.finished)
        u = self.unit
        match self.turn:
            case 0:
                return Matrix(u, 0, 0, u, -left, -bottom)
            case 90:
                return Matrix(0, -u, u, 0, -bottom, right)
            case 180:
                return Matrix(-u, 0, 0, -u, right, top)
            case 270:
                return Matrix(0, u, -u, 0, top, -left)


def measured(page: pikepdf.Object, *, trimmed: bool) -> Leaf | None:
    """The leaf of a page: its crop box, or with `trimmed` its trim box, and its bleed around that.

    None if the page has no size (ISO 32000-1, 14.11.2, says what a box is that is not there).
    """
    media = box_of(page.get("/MediaBox"))
    if not media:
        return None
    finished = visible = crop = _within(box_of(page.get("/CropBox")), media)
    if trimmed:
        finished = _within(box_of(page.get("/TrimBox")), media, crop)
        bleed = _within(box_of(page.get("/BleedBox")), media, crop)
        visible = (*map(min, bleed[:2], finished[:2]), *map(max, bleed[2:], finished[2:]))  # type: ignore[assignment]
    unit = _number(page.get("/UserUnit", 1)) or 1.0
    leaf = Leaf(finished, visible, _quarters(page.get("/Rotate", 0)), unit)
    return leaf if all(SMALLEST <= side <= LARGEST for side in leaf.size) else None


def box_of(value: Any) -> Box | None:
    """A rectangle, whatever two corners it is written with; None if it is none."""
    if not isinstance(value, Array) or len(value) != 4:
        return None
    numbers = [_number(each) for each in value]
    if any(each is None for each in numbers):
        return None
    x1, y1, x2, y2 = (each or 0.0 for each in numbers)
    return (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


def _number(value: Any) -> float | None:
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if isfinite(number) and abs(number) <= LARGEST else None


def _within(box: Box | None, media: Box, otherwise: Box | None = None) -> Box:
    """What of a box lies on the medium; `otherwise`, or the medium, if there is no box or nothing of it."""
    otherwise = otherwise or media
    if not box:
        return otherwise
    left, bottom = max(box[0], media[0]), max(box[1], media[1])
    right, top = min(box[2], media[2]), min(box[3], media[3])
    return (left, bottom, right, top) if right - left > EPSILON and top - bottom > EPSILON else otherwise


def _quarters(value: Any) -> Quarters:
    turns: dict[float, Quarters] = {90: 90, 180: 180, 270: 270}
    return turns.get((_number(value) or 0.0) % 360, 0)


def form(pdf: pikepdf.Pdf, page: pikepdf.Page, leaf: Leaf) -> pikepdf.Object:
    """The page as a form XObject (ISO 32000-1, 8.10) that shows what is visible of it.

    Its content stays packed as it is. Only where it stands in several streams they are put together, when
    the file is written.
    """
    contents = page.obj.get("/Contents")
    streams = _streams(contents)
    if len(streams) > 1:
        page.contents_coalesce()
        streams = _streams(page.obj.get("/Contents"))
    made = copy.copy(streams[0]) if streams else Stream(pdf, b"")
    for key in ("/Type", "/Matrix", "/OC", "/Ref", "/Group"):
        if key in made:
            del made[key]
    made.Type, made.Subtype = Name.XObject, Name.Form
    made.BBox = Array(leaf.visible)
    resources = page.obj.get("/Resources")
    made.Resources = resources if isinstance(resources, Dictionary) else Dictionary()
    if isinstance(group := page.obj.get("/Group"), Dictionary):
        made.Group = group
    return made


def _streams(contents: Any) -> Sequence[pikepdf.Object]:
    if isinstance(contents, Stream):
        return [contents]
    return [each for each in contents if isinstance(each, Stream)] if isinstance(contents, Array) else []


def bounds(matrix: Matrix, box: Box) -> Box:
    """The box that `matrix` makes of a box."""
    moved = matrix.transform(Rectangle(*box))
    return (moved.llx, moved.lly, moved.urx, moved.ury)
