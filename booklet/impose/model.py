"""What imposition makes: panels on sheet sides, in points from the lower left corner of a side."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Duplex = Literal["long-edge", "short-edge", "none"]
Turn = Literal[0, 90, 180, 270]
Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""

EPSILON = 0.01
"""Points within which two edges are the same."""


@dataclass(frozen=True, slots=True)
class Placement:
    """A panel's place: the lower left corner, width and height of the area that it takes on the side.

    `turn` is how far the panel is turned, in degrees counterclockwise; `scale` how much larger than itself
    it is printed. A `copy` above 0 repeats what the same side or another has already: it is printed, but
    read aloud no second time.
    """

    panel: int
    x: float
    y: float
    width: float
    height: float
    turn: Turn = 0
    scale: float = 1.0
    copy: int = 0

    @property
    def box(self) -> Box:
        return (self.x, self.y, self.x + self.width, self.y + self.height)

    @property
    def panel_size(self) -> tuple[float, float]:
        """Width and height of the panel itself, upright and unscaled."""
        width, height = (self.width, self.height) if self.turn in (0, 180) else (self.height, self.width)
        return width / self.scale, height / self.scale

    @property
    def matrix(self) -> Matrix:
        """From the panel's coordinates (its lower left corner, y up) to the side's, as `cm` takes it."""
        s = self.scale
        left, bottom, right, top = self.box
        match self.turn:
            case 0:
                return (s, 0.0, 0.0, s, left, bottom)
            case 90:
                return (0.0, s, -s, 0.0, right, bottom)
            case 180:
                return (-s, 0.0, 0.0, -s, right, top)
            case 270:
                return (0.0, -s, s, 0.0, left, top)


@dataclass(frozen=True, slots=True)
class Line:
    """A fold or a cut: a vertical or horizontal line from (x1, y1) to (x2, y2)."""

    x1: float
    y1: float
    x2: float
    y2: float

    @property
    def vertical(self) -> bool:
        return abs(self.x1 - self.x2) < EPSILON

    def moved(self, dx: float, dy: float) -> Line:
        return Line(self.x1 + dx, self.y1 + dy, self.x2 + dx, self.y2 + dy)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a sheet as it lies printed face up. Placements are in reading order.

    `folds` and `cuts` are the lines at which the sheet is folded and cut apart, `slits` those at which it is
    cut open between two panels. `trim` is the finished sheet where the side is larger than that (the press
    edition), `bleed` how far grounds run beyond it.
    """

    width: float
    height: float
    placements: tuple[Placement, ...]
    folds: tuple[Line, ...] = ()
    cuts: tuple[Line, ...] = ()
    slits: tuple[Line, ...] = ()
    trim: Box | None = None
    bleed: float = 0.0

    @property
    def sheet(self) -> Box:
        """The finished sheet."""
        return self.trim or (0.0, 0.0, self.width, self.height)

    def half_turned(self) -> Side:
        """The side upside down, for the back of a sheet that the printer turns over its other edge."""
        flipped = tuple(
            replace(p, x=self.width - p.x - p.width, y=self.height - p.y - p.height, turn=_half(p.turn))
            for p in self.placements
        )
        return replace(
            self,
            placements=flipped,
            folds=tuple(self._turned(line) for line in self.folds),
            cuts=tuple(self._turned(line) for line in self.cuts),
            slits=tuple(self._turned(line) for line in self.slits),
        )

    def _turned(self, line: Line) -> Line:
        return Line(self.width - line.x2, self.height - line.y2, self.width - line.x1, self.height - line.y1)


def _half(turn: Turn) -> Turn:
    turns: dict[Turn, Turn] = {0: 180, 90: 270, 180: 0, 270: 90}
    return turns[turn]


@dataclass(frozen=True, slots=True)
class Plan:
    """All sides of a print run, front and back in turn, and the duplex turn between them.

    With `duplex` "none" every side is a sheet of its own.
    """

    sides: tuple[Side, ...]
    duplex: Duplex

    def panel_sizes(self) -> tuple[tuple[float, float], ...]:
        """Width and height of each panel in reading order."""
        sizes = {p.panel: p.panel_size for side in self.sides for p in side.placements}
        return tuple(sizes[panel] for panel in sorted(sizes))

    @property
    def sheets(self) -> int:
        return len(self.sides) if self.duplex == "none" else -(-len(self.sides) // 2)

    def backs_turned(self) -> Plan:
        """The plan with every back upside down, for printers that turn sheets over the other edge only."""
        if self.duplex == "none":
            return self
        other: Duplex = "short-edge" if self.duplex == "long-edge" else "long-edge"
        sides = (side.half_turned() if back % 2 else side for back, side in enumerate(self.sides))
        return Plan(tuple(sides), other)
