"""Sheets that are folded once, put into each other and stapled: one booklet, or several signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from booklet.impose.grid import Cell, lines_across, mirrored, side
from booklet.impose.model import EPSILON, Placement, Plan, Side
from booklet.impose.papers import paper_size


def saddle(paper: str, rtl: bool, panels: int, thickness: float) -> Plan:
    """A saddle-stitched booklet of any length: sheet k from the outside holds pages N-2k+2 and 2k-1 on its
    front, 2k and N-2k+1 on its back.

    Pages are filled up to a multiple of 4 with blanks before the last one, so that it stays the back cover.
    `thickness` is that of the paper, in points, for the creep.
    """
    return signatures(paper, rtl, panels, thickness, sheets=-(-panels // 4))


def signatures(paper: str, rtl: bool, panels: int, thickness: float, sheets: int) -> Plan:
    """Several such booklets to be sewn or glued one behind the other, of `sheets` sheets at most and as
    equal as can be."""
    total = -(-panels // 4)
    last = panels - 1 if panels > 1 else panels  # a page alone is the cover
    pages: list[int | None] = [*range(last), *[None] * (4 * total - panels), *range(last, panels)]
    sides: list[Side] = []
    start = 0
    for count in shares(total, sheets):
        sides += _signature(paper, rtl, pages[start : start + 4 * count], thickness)
        start += 4 * count
    return Plan(tuple(sides), "short-edge")


def shares(total: int, most: int) -> list[int]:
    """`total` sheets in as few groups of at most `most` as can be, none more than one larger than another."""
    groups = -(-total // most)
    return [total // groups + (place < total % groups) for place in range(groups)]


def _signature(paper: str, rtl: bool, pages: Sequence[int | None], thickness: float) -> list[Side]:
    """The sides of one signature, sheet by sheet from the outside."""
    width, height = paper_size(paper, "landscape")
    count = len(pages)
    out = []
    for sheet in range(count // 4):
        creep = sheet * thickness
        for left, right in ((count - 1 - 2 * sheet, 2 * sheet), (2 * sheet + 1, count - 2 - 2 * sheet)):
            cells = ((Cell(pages[left]), Cell(pages[right])),)
            made = side(mirrored(cells) if rtl else cells, (width / 2,) * 2, (height,))
            out.append(
                replace(
                    made,
                    placements=tuple(_crept(place, width / 2, creep) for place in made.placements),
                    folds=lines_across(made, (width / 2,)),
                )
            )
    return out


def _crept(place: Placement, spine: float, creep: float) -> Placement:
    """Moved toward the spine: sheet k sticks out by (k - 1) thicknesses at the fore-edge, where it is cut."""
    return replace(place, x=place.x + creep if place.x < spine - EPSILON else place.x - creep)
