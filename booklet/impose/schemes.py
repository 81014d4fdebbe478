"""Imposition schemes: which panel stands where on which side of the sheet, and how large it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Duplex = Literal["long-edge", "short-edge", "none"]
MM = 72 / 25.4
PAPERS = {"letter": (612.0, 792.0), "a4": (210 * MM, 297 * MM)}
"""Portrait width and height in points."""


@dataclass(frozen=True, slots=True)
class Placement:
    """A panel's place: `x`, `y` of its lower left corner from the sheet's, in points."""

    panel: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a sheet. `folds` are the x of vertical folds; placements are in reading order."""

    width: float
    height: float
    placements: tuple[Placement, ...]
    folds: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """All sides of a print run, front and back in turn, and the duplex turn between them."""

    sides: tuple[Side, ...]
    duplex: Duplex

    def panel_sizes(self) -> tuple[tuple[float, float], ...]:
        """Width and height of each panel in reading order."""
        placed = sorted((p for side in self.sides for p in side.placements), key=lambda p: p.panel)
        return tuple((p.width, p.height) for p in placed)


def paper_size(paper: str, orientation: Literal["portrait", "landscape"]) -> tuple[float, float]:
    """Sheet width and height in points; `paper` is a key of PAPERS."""
    width, height = PAPERS[paper]
    return (width, height) if orientation == "portrait" else (height, width)


def one_up(sheet: tuple[float, float], panels: int, duplex: Duplex) -> Plan:
    """Each panel fills a side. With duplex, sheets are front and back in turn."""
    width, height = sheet
    return Plan(
        tuple(Side(width, height, (Placement(i, 0, 0, width, height),)) for i in range(panels)), duplex
    )


def single_pages(sizes: tuple[tuple[float, float], ...]) -> Plan:
    """The screen edition: a page a panel, in reading order."""
    return Plan(tuple(Side(w, h, (Placement(i, 0, 0, w, h),)) for i, (w, h) in enumerate(sizes)), "none")


TRI_FOLD = {"letter": (3.6875 * 72, 3.625 * 72), "a4": (100 * MM, 97 * MM)}
"""Width of the two wide panels and of the one that folds in, 1/16 in or 3 mm narrower, so that it does
not buckle (letter: 11/3 in rounded up to 1/32 in; the usual trade recipe)."""


def tri_fold(paper: str, rtl: bool) -> Plan:
    """A letter fold (C-fold) of a landscape sheet: cover, flap, three inside panels, back.

    Outside, left to right: flap, back, cover. Inside: 1, 2, 3; the third lies behind the flap and is as
    narrow. Right-to-left documents reverse both rows, widths included, and open at the other edge.
    """
    width, height = paper_size(paper, "landscape")
    wide, narrow = TRI_FOLD[paper]
    cover, flap, one, two, three, back = range(6)
    outside = [(flap, narrow), (back, wide), (cover, wide)]
    inside = [(one, wide), (two, wide), (three, narrow)]
    return Plan(tuple(_row(width, height, row, rtl) for row in (outside, inside)), "short-edge")


def _row(width: float, height: float, row: list[tuple[int, float]], rtl: bool) -> Side:
    x = 0.0
    placements = []
    for panel, share in reversed(row) if rtl else row:
        placements.append(Placement(panel, x, 0.0, share, height))
        x += share
    folds = tuple(p.x for p in placements[1:])
    return Side(width, height, tuple(sorted(placements, key=lambda p: p.panel)), folds)
