"""Sheets that are folded and not stapled: where each panel stands so that a reader meets it in order.

Tables are those of documents that run from left to right; others have each row reversed, widths included.
The front of a sheet is the side with the cover.
"""

from __future__ import annotations

from dataclasses import replace
from math import ceil

from booklet.impose.grid import edges, lines_across, mirrored, side, table
from booklet.impose.model import Line, Plan, Side
from booklet.impose.papers import INCH, METRIC, MM, paper_size

TRI_FOLD = ("2 6 1", "3 4 5")
"""Cover, flap, three inside, back. The third inside panel lies behind the flap, folds in and is narrower."""
Z_FOLD = ("5 6 1", "3 4 2")
"""Cover, back, two inside that open like a book, two on the far side of the leaf."""
ACCORDION = ("2 7 8 1", "3 4 5 6")
"""Cover, back, four hidden inside as one long spread, two on the far side of the leaf."""
HALF_FOLD = ("4 1", "2 3")
"""Cover, two inside, back."""
GATE_FOLD = ("2 6 1", "3 4 5")
"""The two halves of the cover, then inside gate, centre, gate; the back. Each gate turns over, so the right
half of the cover is printed on the left."""
QUARTER_FOLD = "3^ 2^ / 4 1"
"""Folded top half behind, then left half behind (a French fold), printed on one side."""
ZINE = "7^ 6^ 5^ 4^ / 8 1 2 3"
"""Eight pages on one side of a sheet that is slit in the middle."""


def tri_fold(paper: str, rtl: bool) -> Plan:
    """A letter fold (C-fold): the panel that folds in is 1/16 in or 3 mm narrower, so that it does not buckle
    (letter: 11/3 in rounded up to 1/32 in; the usual trade recipe)."""
    width, height = paper_size(paper, "landscape")
    third = width / 3
    wide = round(third / MM + 1) * MM if paper in METRIC else ceil(third / INCH * 32) / 32 * INCH
    narrow = width - 2 * wide
    return _leaf(TRI_FOLD, (narrow, wide, wide), (wide, wide, narrow), height, rtl)


def z_fold(paper: str, rtl: bool) -> Plan:
    """Three equal panels, folded one way and the other."""
    width, height = paper_size(paper, "landscape")
    return _leaf(Z_FOLD, (width / 3,) * 3, (width / 3,) * 3, height, rtl)


def accordion(paper: str, rtl: bool) -> Plan:
    """Four equal panels, folded to and fro."""
    width, height = paper_size(paper, "landscape")
    return _leaf(ACCORDION, (width / 4,) * 4, (width / 4,) * 4, height, rtl)


def half_fold(paper: str, rtl: bool) -> Plan:
    """Four panels, one fold."""
    width, height = paper_size(paper, "landscape")
    return _leaf(HALF_FOLD, (width / 2,) * 2, (width / 2,) * 2, height, rtl)


def gate_fold(paper: str, rtl: bool) -> Plan:
    """Two gates that meet over a centre. Each is a quarter of the width less 1/32 in, or 0.75 mm.

    In documents that run from right to left the inside is reversed; the halves of the cover stay where they
    are, and change their numbers, because the right half is then read first.
    """
    width, height = paper_size(paper, "landscape")
    gate = width / 4 - (0.75 * MM if paper in METRIC else INCH / 32)
    widths = (gate, width - 2 * gate, gate)
    return _leaf(GATE_FOLD, widths, widths, height, rtl)


def _leaf(
    tables: tuple[str, str], outer: tuple[float, ...], inner: tuple[float, ...], height: float, rtl: bool
) -> Plan:
    """A landscape leaf in one row of panels, turned over its short edge."""
    sides = []
    for text, widths in zip(tables, (outer, inner), strict=True):
        cells = mirrored(table(text)) if rtl else table(text)
        shares = widths[::-1] if rtl else widths
        made = side(cells, shares, (height,))
        sides.append(replace(made, folds=lines_across(made, edges(shares))))
    return Plan(tuple(sides), "short-edge")


def quarter_fold(paper: str, rtl: bool) -> Plan:
    """Four panels of a quarter sheet, printed on one side of a portrait sheet."""
    width, height = paper_size(paper, "portrait")
    made = _one_side(QUARTER_FOLD, width, height, rtl)
    return Plan((replace(made, folds=lines_across(made, (width / 2,), (height / 2,))),), "none")


def zine(paper: str, rtl: bool) -> Plan:
    """Eight panels of an eighth of a landscape sheet, printed on one side, slit across the two middle
    columns."""
    width, height = paper_size(paper, "landscape")
    made = _one_side(ZINE, width, height, rtl)
    folds = [*lines_across(made, edges((width / 4,) * 4)), *_beside(width, height / 2)]
    slit = Line(width / 4, height / 2, width * 3 / 4, height / 2)
    return Plan((replace(made, folds=tuple(folds), slits=(slit,)),), "none")


def _beside(width: float, y: float) -> tuple[Line, Line]:
    """The fold to the left and to the right of the slit."""
    return Line(0.0, y, width / 4, y), Line(width * 3 / 4, y, width, y)


def _one_side(text: str, width: float, height: float, rtl: bool) -> Side:
    cells = mirrored(table(text)) if rtl else table(text)
    rows, columns = len(cells), len(cells[0])
    return side(cells, (width / columns,) * columns, (height / rows,) * rows)
