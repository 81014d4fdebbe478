"""Entries of a list side by side: how many columns there is room for, and where to cut."""

from __future__ import annotations

from collections.abc import Sequence

from booklet.compose.items import Item, Slab, moved
from booklet.compose.setter import Setter, gapped, stack

NARROWEST = 13.5
"""Body sizes under which a column of running text is too narrow to read with ease."""
GUTTER = 1.5
"""Body sizes between columns."""


def column_count(s: Setter, width: float, wanted: int) -> int:
    """How many of the columns asked for stand side by side."""
    for columns in range(wanted, 1, -1):
        if column_width(s, width, columns) >= NARROWEST * s.body:
            return columns
    return 1


def column_width(s: Setter, width: float, columns: int) -> float:
    """The width of one of `columns` columns."""
    return (width - GUTTER * s.body * (columns - 1)) / columns


def in_columns(s: Setter, entries: list[list[Slab]], width: float, columns: int, gap: float) -> list[Slab]:
    """Entries down the page, or in columns of even height that stay together."""
    entries = [entry for entry in entries if entry]
    if columns == 1:
        out: list[Slab] = []
        for place, entry in enumerate(entries):
            out += gapped(entry, s.room(0.45) if place == 0 else gap)
            if place:
                out[-len(entry)] = out[-len(entry)]._replace(cost=0.5)
        return out
    stacks = [stack(entry) for entry in entries]
    step = column_width(s, width, columns) + GUTTER * s.body
    items: list[Item] = []
    tallest = 0.0
    for place, (start, end) in enumerate(even_cuts([height for _, height in stacks], columns, gap)):
        y = 0.0
        for placed, height in stacks[start:end]:
            items += [moved(item, place * step, y) for item in placed]
            y += height + gap
        tallest = max(tallest, y - gap)
    return [Slab(tallest, tuple(items), s.room(0.45))]


def even_cuts(heights: Sequence[float], columns: int, gap: float) -> list[tuple[int, int]]:
    """Where to cut a list into columns so that the tallest is as short as can be."""
    totals = [0.0]
    for height in heights:
        totals.append(totals[-1] + height + gap)

    def tall(start: int, end: int) -> float:
        return totals[end] - totals[start] - gap

    # The fewest points, and among equals the fullest first columns.
    best: dict[int, tuple[float, list[int], list[tuple[int, int]]]] = {0: (0.0, [], [])}
    for _ in range(columns):
        reach = dict(best)
        for start, (most, ends, cuts) in best.items():
            for end in range(start + 1, len(heights) + 1):
                found = (round(max(most, tall(start, end)), 3), [*ends, -end], [*cuts, (start, end)])
                if end not in reach or found < reach[end]:
                    reach[end] = found
        best = reach
    return best[len(heights)][2]
