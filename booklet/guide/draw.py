"""Shapes of the steps' drawings, as SVG: paper with its folds, arrows, numbers, scissors, staples."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from math import atan2, cos, pi, sin

from booklet.guide.paper import Leaf, Paper, same
from booklet.impose.model import Box, Line

INK, SHADE, PAPER, DARK = "#1d2b2f", "#b9d3d1", "#ffffff", "#0f4c53"
LONGEST = 100.0
"""The longer edge of a sheet, in units of a drawing."""
WIDE, APART = 270.0, 46.0
"""A drawing's width, and the room between before and after."""
LIFT = 1.3
"""How far a layer stands out under the one above it."""
THIN, THICK = 1.0, 2.6


@dataclass
class Drawing:
    """Shapes in units, y upward; `svg` turns them over. With `mirror` left and right change places: not the
    numbers themselves."""

    mirror: bool = False
    parts: list[str] = field(default_factory=list)
    low: float = 0.0
    high: float = 0.0

    def box(self, box: Box, fill: str = PAPER, dash: bool = False) -> None:
        left, bottom, right, top = box
        left, right = sorted((self._across(left), self._across(right)))
        self._reach(bottom, top)
        self.parts.append(
            f'<rect x="{left:.2f}" y="{-top:.2f}" width="{right - left:.2f}" height="{top - bottom:.2f}" '
            f'fill="{fill}" stroke="{INK}" stroke-width="{THIN}"{_dash(dash)}/>'
        )

    def line(
        self, points: Iterable[tuple[float, float]], width: float = THIN, color: str = INK, dash: bool = False
    ) -> None:
        points = list(points)
        self._reach(*(y for _, y in points))
        path = self._path(points)
        self.parts.append(
            f'<path d="{path}" fill="none" stroke="{color}" stroke-width="{width}"{_dash(dash)}/>'
        )

    def area(self, points: Iterable[tuple[float, float]], fill: str) -> None:
        self.parts.append(
            f'<path d="{self._path(points)} Z" fill="{fill}" stroke="{INK}" stroke-width="{THIN}"/>'
        )

    def arrow(
        self, start: tuple[float, float], end: tuple[float, float], bend: float = 0.0, dash: bool = False
    ) -> None:
        """An arrow, bent to its left by that share of its length."""
        (x1, y1), (x2, y2) = start, end
        cx, cy = (x1 + x2) / 2 - bend * (y2 - y1), (y1 + y2) / 2 + bend * (x2 - x1)
        self._reach(y1, y2, (y1 + 2 * cy + y2) / 4)
        turn = atan2(y2 - cy, x2 - cx)
        stop = x2 - 6 * cos(turn), y2 - 6 * sin(turn)
        self.parts.append(
            f'<path d="M{self._point(x1, y1)} Q{self._point(cx, cy)} {self._point(*stop)}" fill="none" '
            f'stroke="{DARK}" stroke-width="2"{_dash(dash)}/>'
        )
        wings = [(x2 - 10 * cos(turn + side), y2 - 10 * sin(turn + side)) for side in (0.45, -0.45)]
        head = self._path([(x2, y2), *wings])
        self.parts.append(f'<path d="{head} Z" fill="{DARK}" stroke="none"/>')

    def dot(self, x: float, y: float, radius: float) -> None:
        x = self._across(x)
        self.parts.append(f'<circle cx="{x:.2f}" cy="{-y:.2f}" r="{radius:.2f}" fill="{DARK}"/>')

    def number(self, value: int, x: float, y: float, size: float, turn: int = 0) -> None:
        """A number in the middle of a panel; 1, the cover, is white on a dark disc."""
        cover = value == 1
        if cover:
            self.dot(x, y, 0.72 * size)
        outline, width = _outline(str(value))
        scale = size / 1000
        self.parts.append(
            f'<g transform="translate({self._point(x, y)}) rotate({turn}) scale({scale:.5f} {-scale:.5f}) '
            f'translate({-width / 2:.0f} -330)"><path d="{outline}" fill="{PAPER if cover else INK}"/></g>'
        )

    def _across(self, x: float) -> float:
        return WIDE - x if self.mirror else x

    def _point(self, x: float, y: float) -> str:
        return f"{self._across(x):.2f} {-y:.2f}"

    def _path(self, points: Iterable[tuple[float, float]]) -> str:
        return "M" + " L".join(self._point(x, y) for x, y in points)

    def _reach(self, *ys: float) -> None:
        self.low, self.high = min(self.low, *ys), max(self.high, *ys)

    def svg(self) -> bytes:
        """The drawing, as wide as all others."""
        high = self.high - self.low + 6
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDE:.0f}" height="{high:.2f}" '
            f'viewBox="0 {-self.high - 3:.2f} {WIDE:.0f} {high:.2f}">{"".join(self.parts)}</svg>'
        ).encode()


def _dash(dash: bool) -> str:
    return ' stroke-dasharray="4 3"' if dash else ""


@cache
def _outline(text: str) -> tuple[str, float]:
    """The outline of digits, a thousand units to the em, and their width: a drawing may hold no text."""
    from fontTools.pens.svgPathPen import SVGPathPen
    from fontTools.pens.transformPen import TransformPen
    from fontTools.ttLib import TTFont

    from booklet.typeset.fonts import FONT_FOLDER

    with TTFont(FONT_FOLDER / "AtkinsonHyperlegibleNext-Bold.ttf") as font:
        glyphs, names = font.getGlyphSet(), font.getBestCmap()
        scale = 1000 / font["head"].unitsPerEm
        pen = SVGPathPen(glyphs)
        x = 0.0
        for char in text:
            glyph = glyphs[names[ord(char)]]
            glyph.draw(TransformPen(pen, (scale, 0, 0, scale, x, 0)))
            x += glyph.width * scale
        return pen.getCommands(), x


# --- paper ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Frame:
    """Where paper stands in a drawing: points become units."""

    scale: float
    x: float
    y: float

    def box(self, box: Box, lift: float = 0.0) -> Box:
        left, bottom, right, top = (self.scale * value for value in box)
        return left + self.x + lift, bottom + self.y - lift, right + self.x + lift, top + self.y - lift

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.scale * x + self.x, self.scale * y + self.y


def scale(paper: Paper) -> float:
    """Units a point, so that a sheet has its size in all the drawings of a guide."""
    left, bottom, right, top = paper.box
    return LONGEST / max(right - left, top - bottom)


def frame(paper: Paper, unit: float, left: float) -> Frame:
    """The frame in which a paper's left edge stands at `left` and its foot at 0."""
    return Frame(unit, left - unit * paper.box[0], -unit * paper.box[1])


def paper(drawing: Drawing, at: Frame, shown: Paper, moving: Iterable[Leaf] = ()) -> None:
    """All pieces from the lowest up, each with its number; those that move are dark."""
    moving = tuple(moving)
    boxes = []
    for place, leaf in enumerate(shown.leaves):
        above = sum(same(other.box, leaf.box) for other in shown.leaves[place + 1 :])
        boxes.append(at.box(leaf.box, LIFT * min(above, 4)))
    for place, leaf in enumerate(shown.leaves):
        left, bottom, right, top = boxes[place]
        drawing.box(boxes[place], SHADE if leaf in moving else PAPER)
        size = min(24.0, 0.5 * min(right - left, top - bottom))
        x, y = (left + right) / 2, (bottom + top) / 2
        clear = not any(_near(x, y, 0.4 * size, box) for box in boxes[place + 1 :])
        if leaf.up.panel is not None and clear:
            drawing.number(leaf.up.panel + 1, x, y, size, leaf.up.turn)


def _near(x: float, y: float, room: float, box: Box) -> bool:
    """Whether a box lies on a place or within `room` of it."""
    return box[0] < x + room and x - room < box[2] and box[1] < y + room and y - room < box[3]


def line_across(drawing: Drawing, at: Frame, line: Line, *, width: float = 1.4, dash: bool = True) -> None:
    """A fold or a cut, a little longer than the paper where it folds."""
    more = 5 if dash else 0
    (x1, y1), (x2, y2) = at.point(line.x1, line.y1), at.point(line.x2, line.y2)
    ends = ((x1, y1 - more), (x2, y2 + more)) if line.vertical else ((x1 - more, y1), (x2 + more, y2))
    drawing.line(ends, width, DARK if dash else INK, dash)


def becomes(drawing: Drawing, x: float, y: float, *, back: bool = False) -> None:
    """The small arrow from before to after; `back` where that runs to the left."""
    to = -1 if back else 1
    shape = ((-7, 3), (1, 3), (1, 8), (9, 0), (1, -8), (1, -3), (-7, -3))
    drawing.area([(x + to * along, y + up) for along, up in shape], PAPER)


def star(drawing: Drawing, x: float, y: float, arms: float, spread: float, high: float = 0.0) -> None:
    """A zine seen from above: two double ends, and between them four leaves that are `spread` apart."""
    for side in (-1, 1):
        drawing.line(((x + side * spread, y), (x + side * (spread + arms), y)), THICK)
    drawing.line(((x - spread, y), (x, y + high), (x + spread, y), (x, y - high), (x - spread, y)), THICK)


def scissors(drawing: Drawing, x: float, y: float, turn: float = 0.0) -> None:
    """Scissors whose tip is at a point, and which cut in the direction of `turn` (radians)."""

    def at(along: float, side: float) -> tuple[float, float]:
        return x + along * cos(turn) - side * sin(turn), y + along * sin(turn) + side * cos(turn)

    for side in (1, -1):
        drawing.line((at(0, 2.5 * side), at(-18, -3.5 * side)), 2, DARK)
        middle = at(-22, -5.5 * side)
        drawing.line(
            [(middle[0] + 4 * cos(k * pi / 8), middle[1] + 4 * sin(k * pi / 8)) for k in range(17)], 2, DARK
        )


def turned_stack(width: float, height: float, *, sideways: bool, rtl: bool) -> bytes:
    """A stack of printed sheets, and the same turned over: like a page of a book, or like a calendar's."""
    drawing = Drawing(rtl)
    unit = 0.7 * LONGEST / max(width, height)
    wide, tall = unit * width, unit * height
    start = (WIDE - 2 * wide - APART) / 2
    for place, left in enumerate((start, start + wide + APART)):
        for lift in (3, 2, 1, 0):
            drawing.box((left + lift * LIFT, -lift * LIFT, left + wide + lift * LIFT, tall - lift * LIFT))
        head = 1 if place == 0 or sideways else -1
        top = tall / 2 + head * 0.36 * tall
        if place == 0:
            for row in range(4):
                y = top - row * 8
                drawing.line(
                    ((left + 8, y), (left + wide - (8 if row else 22), y)), THICK if row == 0 else THIN
                )
        else:
            drawing.line(
                (
                    (left + 3, tall / 2 + head * (tall / 2 - 3)),
                    (left + wide - 3, tall / 2 + head * (tall / 2 - 3)),
                ),
                THICK,
            )
    becomes(drawing, start + wide + APART / 2 + 2, tall / 2)
    if sideways:
        drawing.arrow((start + wide - 4, tall + 4), (start + 4, tall + 4), -0.25)
    else:
        drawing.arrow((start - 6, tall - 4), (start - 6, 4), -0.25)
    return drawing.svg()
