"""Sheets that are cut apart: the same card in every cell, or a stack that is cut and piled up."""

from __future__ import annotations

from dataclasses import dataclass, replace

from booklet.impose.grid import Cell, Table, edges, side
from booklet.impose.model import Duplex, Line, Plan, Side
from booklet.impose.papers import INCH, METRIC, MM, Orientation, paper_size


@dataclass(frozen=True, slots=True)
class Card:
    """How large a card is (points), and how many columns and rows of them stand on a sheet."""

    width: float
    height: float
    columns: int
    rows: int
    orientation: Orientation


US_CARD = Card(3.5 * INCH, 2 * INCH, 2, 5, "portrait")
"""Ten on letter paper with no gutter, as on the perforated sheet Avery 5371."""
EU_CARD = Card(85 * MM, 55 * MM, 2, 5, "portrait")
"""Ten on A4 paper with no gutter."""
US_BOOKMARK = Card(2 * INCH, 7 * INCH, 5, 1, "landscape")
EU_BOOKMARK = Card(50 * MM, 180 * MM, 5, 1, "landscape")


def business_card(paper: str, rtl: bool, panels: int, metric: bool | None = None) -> Plan:
    """Wallet and business cards, the size of the paper's part of the world unless `metric` says which."""
    return repeated(EU_CARD if _metric(paper, metric) else US_CARD, paper, rtl, panels)


def bookmark(paper: str, rtl: bool, panels: int) -> Plan:
    """Five bookmarks on a landscape sheet."""
    return repeated(EU_BOOKMARK if _metric(paper, None) else US_BOOKMARK, paper, rtl, panels)


def _metric(paper: str, wanted: bool | None) -> bool:
    return paper in METRIC if wanted is None else wanted


def n_up(paper: str, columns: int, rows: int, orientation: Orientation) -> Card:
    """A card that fills the sheet so often."""
    width, height = paper_size(paper, orientation)
    return Card(width / columns, height / rows, columns, rows, orientation)


def repeated(card: Card, paper: str, rtl: bool, panels: int) -> Plan:
    """The same panel in every cell. Panels are front and back in turn; one alone is printed on one side.

    The first copy is the one in the corner where the language begins. Raises ValueError if the paper is
    too small.
    """
    sides = []
    for panel in range(panels):
        cells = ((Cell(panel),) * card.columns,) * card.rows
        from_right = rtl != (panel % 2 == 1)  # the back of the first cell is in the other corner
        sides.append(_cut(card, paper, cells, from_right))
    if panels > 1 and panels % 2:
        sides.append(replace(sides[0], placements=()))
    return Plan(tuple(sides), _duplex(card) if panels > 1 else "none")


def cut_stack(card: Card, paper: str, rtl: bool, panels: int) -> Plan:
    """Leaves in the order of a stack: print, cut through all sheets, put the piles one under the other.

    Cell c of sheet s of R holds leaf c R + s (pages 2(c R + s) + 1 and + 2); backs have their columns
    mirrored. Raises ValueError if the paper is too small.
    """
    leaves, places = -(-panels // 2), card.columns * card.rows
    sheets = -(-leaves // places)
    sides = []
    for sheet in range(sheets):
        for back in (0, 1):
            rows = []
            for row in range(card.rows):
                pages = [2 * ((row * card.columns + c) * sheets + sheet) + back for c in range(card.columns)]
                cells = [Cell(page if page < panels else None) for page in pages]
                rows.append(tuple(cells[::-1] if rtl != bool(back) else cells))
            sides.append(_cut(card, paper, tuple(rows), None))
    return Plan(tuple(sides), _duplex(card))


def _duplex(card: Card) -> Duplex:
    return "long-edge" if card.orientation == "portrait" else "short-edge"


def _cut(card: Card, paper: str, cells: Table, from_right: bool | None) -> Side:
    """A side of cards with its cuts; `from_right` counts copies of one panel, else each cell is its own."""
    sheet = paper_size(paper, card.orientation)
    widths, heights = (card.width,) * card.columns, (card.height,) * card.rows
    if sum(widths) > sheet[0] + 1 or sum(heights) > sheet[1] + 1:
        raise ValueError(f"{card.columns} × {card.rows} cards do not go on {paper} paper")

    def copy(row: int, column: int) -> int:
        return row * card.columns + (card.columns - 1 - column if from_right else column)

    made = side(cells, widths, heights, sheet=sheet, copy=None if from_right is None else copy)
    left, bottom = (sheet[0] - sum(widths)) / 2, (sheet[1] - sum(heights)) / 2
    xs = [left, *edges(widths, left), sheet[0] - left]
    ys = [bottom, *edges(heights, bottom), sheet[1] - bottom]
    cuts = [Line(x, ys[0], x, ys[-1]) for x in xs if 1 < x < sheet[0] - 1]
    cuts += [Line(xs[0], y, xs[-1], y) for y in ys if 1 < y < sheet[1] - 1]
    return replace(made, cuts=tuple(cuts))
