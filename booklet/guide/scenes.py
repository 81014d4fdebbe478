"""Carries out the steps on a sheet of paper, and draws each: what one sees before and after it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain
from math import pi
from types import MappingProxyType

from booklet.content.guide import StepName
from booklet.guide import draw
from booklet.guide.draw import APART, WIDE, Drawing
from booklet.guide.paper import Leaf, Paper, sheet, stacked
from booklet.guide.steps import Do, Fold, Step, mirrored
from booklet.impose.model import Line, Plan, Side

Pages = tuple[int | None, ...]
"""Numbers of pages as they are read; None is blank."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A step with its drawing. `before` and `after` are the pages that one sees: none where it is no matter
    of pages, no `after` where nothing has moved."""

    step: Step
    svg: bytes
    before: Pages = ()
    after: Pages = ()


def scenes(steps: Iterable[Step], plan: Plan, rtl: bool) -> tuple[Scene, ...]:
    """A drawing for each step. `plan` is a print run as paper has it: with upright backs."""
    table = Table(plan, rtl)
    return tuple(table.do(step) for step in steps)


class Table:
    """What lies on the table while the steps are done one after the other."""

    def __init__(self, plan: Plan, rtl: bool) -> None:
        self.plan, self.rtl = plan, rtl
        self.cover_side = plan.sides[0]
        self.up: Side = plan.sides[0]
        """The side that was face up when the sheet lay flat: its folds are those that steps count."""
        self.flat = self.paper = self._sheets(cover_under=False)
        self.unit = draw.scale(self.flat)

    def do(self, step: Step) -> Scene:
        if isinstance(step, Fold):
            return self._fold(step)
        return DOINGS[step.kind](self, step)

    # --- paper -----------------------------------------------------------------------------------

    def _sheets(self, *, cover_under: bool) -> Paper:
        """The sheets of one piece on each other, the one with the cover lowest or uppermost."""
        sides = self.plan.sides
        if self.plan.duplex == "none" or len(sides) == 1:
            return sheet(sides[0], None)
        pairs = list(zip(sides[::2], sides[1::2], strict=True))
        if cover_under:
            return stacked(sheet(back, front) for front, back in pairs)
        return stacked(sheet(front, back) for front, back in reversed(pairs))

    def _line(self, fold: Fold) -> Line:
        """The line of a fold, from edge to edge."""
        lines = lines_of(self.up, level=fold.level)
        return (lines if fold.level or not self.rtl else lines[::-1])[fold.line]

    def _pages(self, paper: Paper) -> Pages:
        """What one sees, as it is read."""
        seen = sorted(paper.seen(), key=lambda leaf: (-round(leaf.middle[1]), self._along(leaf)))
        return tuple(None if leaf.up.panel is None else leaf.up.panel + 1 for leaf in seen)

    def _along(self, leaf: Leaf) -> float:
        return -leaf.middle[0] if self.rtl else leaf.middle[0]

    # --- drawings --------------------------------------------------------------------------------

    def _alone(self, step: Step, then: Callable[[Drawing, draw.Frame], None] | None = None) -> Scene:
        """What lies on the table now, in the middle of the drawing."""
        drawing = Drawing()
        left, _, right, _ = self.paper.box
        at = draw.frame(self.paper, self.unit, (WIDE - self.unit * (right - left)) / 2)
        draw.paper(drawing, at, self.paper)
        if then:
            then(drawing, at)
        return Scene(step, drawing.svg(), self._pages(self.paper))

    def _pair(self, after: Paper, moving: Iterable[Leaf] = ()) -> tuple[Drawing, draw.Frame, draw.Frame]:
        """Before and after side by side, the small arrow between them; the one before stands at the start."""
        drawing = Drawing()
        wide = [self.unit * (paper.box[2] - paper.box[0]) for paper in (self.paper, after)]
        start = (WIDE - sum(wide) - APART) / 2
        if self.rtl:
            frames = start + wide[1] + APART, start
            middle = start + wide[1] + APART / 2
        else:
            frames = start, start + wide[0] + APART
            middle = start + wide[0] + APART / 2
        before_at = draw.frame(self.paper, self.unit, frames[0])
        after_at = draw.frame(after, self.unit, frames[1])
        draw.paper(drawing, before_at, self.paper, moving)
        draw.paper(drawing, after_at, after)
        tall = self.unit * (self.paper.box[3] - self.paper.box[1])
        draw.becomes(drawing, middle, tall / 2, back=self.rtl)
        return drawing, before_at, after_at

    def _fold(self, step: Fold) -> Scene:
        line = self._line(step)
        moving = self.paper.moving(line, step.part)
        after = self.paper.folded(line, step.part, step.way)
        drawing, at, _ = self._pair(after, moving)
        draw.line_across(drawing, at, _cut_to(line, self.paper))
        self._swing(drawing, at, line, moving, step)
        scene = Scene(step, drawing.svg(), self._pages(self.paper), self._pages(after))
        self.paper = after
        return scene

    def _swing(
        self, drawing: Drawing, at: draw.Frame, line: Line, moving: Iterable[Leaf], step: Fold
    ) -> None:
        """The way of the part that moves: from its middle over the fold, in a bow."""
        moved = Paper(tuple(moving)).box
        x, y = at.point((moved[0] + moved[2]) / 2, (moved[1] + moved[3]) / 2)
        fold = at.point(line.x1, line.y1)
        high = 0.3 * self.unit * (moved[3] - moved[1])
        if line.vertical:
            bend = -0.5 if x < fold[0] else 0.5
            drawing.arrow((x, y + high), (2 * fold[0] - x, y + high), -bend, dash=step.way == "behind")
        else:
            beside = 0.3 * self.unit * (moved[2] - moved[0])
            drawing.arrow((x + beside, y), (x + beside, 2 * fold[1] - y), 0.5, dash=step.way == "behind")

    # --- what else hands do ----------------------------------------------------------------------

    def lay(self, step: Do, *, cover_under: bool) -> Scene:
        self.up = self.plan.sides[1] if cover_under and len(self.plan.sides) > 1 else self.plan.sides[0]
        self.paper = self.flat = self._sheets(cover_under=cover_under)
        return self._alone(step)

    def crease_ends(self, step: Do) -> Scene:
        first, *_, last = lines_of(self.up, level=False)
        ends = {"left": first, "right": last}
        folds = [Fold(0, "left", "over"), Fold(0, "right", "over")]
        moving = {fold: self.paper.moving(ends[fold.part], fold.part) for fold in folds}
        drawing, before, after = self._pair(self.paper, chain(*moving.values()))
        for fold in folds:
            draw.line_across(drawing, before, ends[fold.part])
            draw.line_across(drawing, after, ends[fold.part])
            self._swing(drawing, before, ends[fold.part], moving[fold], fold)
        return Scene(step, drawing.svg(), self._pages(self.paper), self._pages(self.paper))

    def slit(self, step: Do) -> Scene:
        """The part of the slit that lies on top now that the sheet is folded: from the fold to a crease."""
        (cut,) = self.up.slits
        left, _, right, _ = self.paper.box
        fold, crease = (left, cut.x2) if cut.x1 < left else (right, cut.x1)
        rightward = crease > fold

        def then(drawing: Drawing, at: draw.Frame) -> None:
            draw.line_across(drawing, at, Line(crease, self.paper.box[1], crease, self.paper.box[3]))
            drawing.line((at.point(fold, cut.y1), at.point(crease, cut.y1)), draw.THICK)
            x, y = at.point(fold, cut.y1)
            draw.scissors(drawing, x - 3 if rightward else x + 3, y, 0.0 if rightward else pi)

        return self._alone(step, then)

    def open(self, step: Do) -> Scene:
        drawing, _, after = self._pair(self.flat)
        (cut,) = self.up.slits
        drawing.line((after.point(cut.x1, cut.y1), after.point(cut.x2, cut.y2)), draw.THICK)
        scene = Scene(step, drawing.svg(), self._pages(self.paper), self._pages(self.flat))
        self.paper = self.flat
        return scene

    def push(self, step: Do) -> Scene:
        drawing = Drawing(self.rtl)
        y = 30.0
        ends = (70.0, WIDE - 60.0)
        draw.star(drawing, ends[0], y, 20, 26, 8)
        for side in (-1, 1):
            drawing.arrow((ends[0] + side * 66, y), (ends[0] + side * 49, y))
        draw.becomes(drawing, WIDE / 2 + 18, y)
        draw.star(drawing, ends[1], y, 22, 2, 22)
        return Scene(step, drawing.svg())

    def wrap(self, step: Do) -> Scene:
        """The cross folds into a book whose front is the cover."""
        drawing = Drawing(self.rtl)
        cover = next(place for place in self.cover_side.placements if place.panel == 0)
        wide, tall = self.unit * cover.width, self.unit * cover.height
        draw.star(drawing, 75, tall / 2, 22, 2, 22)
        y = tall / 2  # the pages 8 and 1 lie at the arms that move
        drawing.arrow((75 - 24, y + 3), (75 - 4, y + 23), -0.5)
        drawing.arrow((75 + 3, y - 24), (75 + 23, y - 4), 0.5)
        draw.becomes(drawing, WIDE / 2, tall / 2)
        left = 185.0
        for lift in (4, 3, 2, 1, 0):
            drawing.box((left + lift, -lift, left + wide + lift, tall - lift))
        drawing.number(1, left + wide / 2, tall / 2, 0.5 * wide)
        return Scene(step, drawing.svg(), (), (1,))

    def staple(self, step: Do) -> Scene:
        """The stack lies open with the cover up; the staples are on the fold."""
        self.paper = self._sheets(cover_under=False)
        (fold,) = lines_of(self.cover_side, level=False)

        def then(drawing: Drawing, at: draw.Frame) -> None:
            draw.line_across(drawing, at, fold)
            for share in (0.25, 0.75):
                x, y = at.point(fold.x1, share * self.cover_side.height)
                drawing.line(((x, y - 8), (x, y + 8)), 4)

        return self._alone(step, then)

    def close(self, step: Do) -> Scene:
        part = mirrored(Fold(0, "left", "behind")) if self.rtl else Fold(0, "left", "behind")
        assert isinstance(part, Fold)
        self.up = self.cover_side
        return self._fold_as(step, part)

    def _fold_as(self, step: Do, fold: Fold) -> Scene:
        scene = self._fold(fold)
        return Scene(step, scene.svg, scene.before, scene.after)

    def bundles(self, step: Do) -> Scene:
        drawing = Drawing(self.rtl)
        self._pile(drawing)
        return Scene(step, drawing.svg())

    def sew(self, step: Do) -> Scene:
        drawing = Drawing(self.rtl)
        x = self._pile(drawing)
        drawing.line([(x, y) for y in (0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40)], 4, draw.DARK)
        return Scene(step, drawing.svg())

    def _pile(self, drawing: Drawing) -> float:
        """Three bundles on each other, seen from the side; where their folds are."""
        fold, open_ = WIDE / 2 - 50, WIDE / 2 + 50
        for place in range(3):
            low = 14.0 * place
            for layer in range(3):
                drawing.line(((open_, low + layer), (fold, low + 5), (open_, low + 10 - layer)), draw.THIN)
        return fold

    def draw_lines(self, step: Do) -> Scene:
        return self._with_cuts(step, dash=True)

    def cut(self, step: Do) -> Scene:
        return self._with_cuts(step, dash=False)

    def _with_cuts(self, step: Do, *, dash: bool) -> Scene:
        side, drawing = self.cover_side, Drawing()
        unit = draw.LONGEST / max(side.width, side.height)
        at = draw.Frame(unit, (WIDE - unit * side.width) / 2, 0.0)
        drawing.box(at.box((0.0, 0.0, side.width, side.height)))
        for line in side.cuts:
            low = at.point(line.x1, line.y1)
            high = at.point(line.x2, line.y2)
            drawing.line((low, high), 1.4 if dash else draw.THICK, draw.DARK, dash)
        if not dash:
            upright = [line for line in side.cuts if line.vertical]
            longest = upright or list(side.cuts)
            x, y = at.point(longest[0].x1, longest[0].y1)
            draw.scissors(drawing, x, y, pi / 2 if upright else 0.0)
        return Scene(step, drawing.svg())

    def cut_stack(self, step: Do) -> Scene:
        def then(drawing: Drawing, at: draw.Frame) -> None:
            for line in self.cover_side.cuts:
                drawing.line((at.point(line.x1, line.y1), at.point(line.x2, line.y2)), draw.THICK)

        return self._alone(step, then)

    def pile(self, step: Do) -> Scene:
        drawing = Drawing(self.rtl)
        cell = self.cover_side.placements[0]
        wide, tall = 0.6 * self.unit * cell.width, 0.6 * self.unit * cell.height
        for row in range(2):
            for column in range(2):
                number = 1 + 2 * row + column
                left, low = 50 + column * (wide + 14), (1 - row) * (tall + 14)
                drawing.box((left, low, left + wide, low + tall))
                drawing.number(number, left + wide / 2, low + tall / 2, 14)
        draw.becomes(drawing, 165, tall + 7)
        for place in range(4):
            low = 20 + place * 9.0
            drawing.box((190, low, 190 + wide, low + tall))
        drawing.number(1, 190 + wide / 2, 47 + tall / 2, 14)
        return Scene(step, drawing.svg())

    def check_back(self, step: Do) -> Scene:
        after = self.paper.turned_over()
        drawing, before, _ = self._pair(after)
        left, _, right, top = self.paper.box
        x1, y1 = before.point(right, top * 0.75)
        x2, _ = before.point(left, 0)
        ends = ((x1 - 6, y1), (x2 + 6, y1)) if not self.rtl else ((x2 + 6, y1), (x1 - 6, y1))
        drawing.arrow(*ends, 0.25 if self.rtl else -0.25)
        return Scene(step, drawing.svg(), self._pages(self.paper), self._pages(after))

    def check_sheet(self, step: Do) -> Scene:
        return self._alone(step)

    def corner(self, step: Do) -> Scene:
        """The staple is where the language begins."""

        def then(drawing: Drawing, at: draw.Frame) -> None:
            left, _, right, top = self.paper.box
            x, y = at.point(right if self.rtl else left, top)
            side = -1 if self.rtl else 1
            drawing.line(((x + side * 6, y - 16), (x + side * 16, y - 6)), 4)

        return self._alone(step, then)

    def hang(self, step: Do) -> Scene:
        def then(drawing: Drawing, at: draw.Frame) -> None:
            left, low, right, top = at.box(self.paper.box)
            for x in (left + 4, right - 4):
                for y in (low + 4, top - 4):
                    drawing.dot(x, y, 2.5)

        return self._alone(step, then)


def lines_of(side: Side, *, level: bool) -> list[Line]:
    """The folds of a side from edge to edge, each once: from the left or from the top."""
    if level:
        heights = {round(line.y1, 2) for line in side.folds if not line.vertical}
        return [Line(0.0, y, side.width, y) for y in sorted(heights, reverse=True)]
    places = {round(line.x1, 2) for line in side.folds if line.vertical}
    return [Line(x, 0.0, x, side.height) for x in sorted(places)]


def _cut_to(line: Line, paper: Paper) -> Line:
    """A line as long as the paper that lies there."""
    left, low, right, top = paper.box
    return Line(line.x1, low, line.x2, top) if line.vertical else Line(left, line.y1, right, line.y2)


DOINGS: Mapping[StepName, Callable[[Table, Do], Scene]] = MappingProxyType(
    {
        "lay-cover-under": partial(Table.lay, cover_under=True),
        "lay-cover-up": partial(Table.lay, cover_under=False),
        "lay-printed-up": partial(Table.lay, cover_under=False),
        "lay-stack": partial(Table.lay, cover_under=True),
        "lay-bundles": partial(Table.lay, cover_under=True),
        "crease-ends": Table.crease_ends,
        "slit": Table.slit,
        "open": Table.open,
        "push": Table.push,
        "wrap": Table.wrap,
        "staple": Table.staple,
        "close": Table.close,
        "bundles": Table.bundles,
        "sew": Table.sew,
        "draw-lines": Table.draw_lines,
        "cut": Table.cut,
        "cut-stack": Table.cut_stack,
        "pile": Table.pile,
        "check-back": Table.check_back,
        "check-sheet": Table.check_sheet,
        "corner": Table.corner,
        "hang": Table.hang,
    }
)
"""What each step is, but for folds."""
