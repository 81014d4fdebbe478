"""A sheet side as a table of cells: the one way in which all schemes put panels on paper.

A table is written as the side lies face up with its head at the top, rows from the top down, cells from
left to right: "7^ 6^ 5^ 4^ / 8 1 2 3" is two rows of four panels, the upper ones upside down. Panels are
numbered from 1 in reading order; "." is a cell that stays blank.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from booklet.impose.model import Line, Placement, Side, Turn


class Cell(NamedTuple):
    """A panel, counted from 0, and whether it stands on its head; None is blank."""

    panel: int | None
    turn: Turn = 0


Table = tuple[tuple[Cell, ...], ...]


@lru_cache(maxsize=64)
def table(text: str) -> Table:
    """The cells of a table as written above."""
    return tuple(tuple(_cell(word) for word in row.split()) for row in text.split("/"))


def _cell(word: str) -> Cell:
    if word == ".":
        return Cell(None)
    return Cell(int(word.rstrip("^")) - 1, 180 if word.endswith("^") else 0)


def mirrored(cells: Table) -> Table:
    """The table of a document that runs from right to left: each row reversed, nothing else."""
    return tuple(row[::-1] for row in cells)


def side(
    cells: Table,
    widths: Sequence[float],
    heights: Sequence[float],
    *,
    sheet: tuple[float, float] | None = None,
    copy: Callable[[int, int], int] | None = None,
) -> Side:
    """A side with its panels. `widths` are those of the columns from left to right, `heights` those of the
    rows from the top down, in points; in a larger `sheet` they stand in the middle.

    `copy` says for a row and a column which repetition of its panel a cell is.
    """
    across, down = sum(widths), sum(heights)
    width, height = sheet or (across, down)
    left, top = (width - across) / 2, (height + down) / 2
    xs = [left, *(left + x for x in accumulate(widths))]
    ys = [top, *(top - y for y in accumulate(heights))]
    placements = [
        Placement(
            cell.panel,
            xs[column],
            ys[row + 1],
            widths[column],
            heights[row],
            cell.turn,
            copy=copy(row, column) if copy else 0,
        )
        for row, line in enumerate(cells)
        for column, cell in enumerate(line)
        if cell.panel is not None
    ]
    return Side(width, height, tuple(sorted(placements, key=lambda p: (p.panel, p.copy))))


def edges(shares: Sequence[float], start: float = 0.0) -> list[float]:
    """Where the lines between neighbours are, from shares of a length."""
    return [start + at for at in accumulate(shares)][:-1]


def lines_across(side_: Side, xs: Sequence[float] = (), ys: Sequence[float] = ()) -> tuple[Line, ...]:
    """Lines from edge to edge of a side: vertical ones at `xs`, horizontal ones at `ys`."""
    upright = tuple(Line(x, 0.0, x, side_.height) for x in xs)
    level = tuple(Line(0.0, y, side_.width, y) for y in ys)
    return upright + level
