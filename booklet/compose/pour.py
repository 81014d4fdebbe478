"""Slabs are poured into columns: as few as are needed, or evenly into those that there are."""

from __future__ import annotations

from collections.abc import Sequence

from booklet.compose.items import Slab

SLACK = 0.01
"""Points by which rounding may overfill a column."""


def height(slabs: Sequence[Slab]) -> float:
    """The height of slabs in one column; the first gap is dropped."""
    return sum(slab.height for slab in slabs) + sum(slab.gap for slab in slabs[1:])


def fill(slabs: Sequence[Slab], heights: Sequence[float] | float, most: int | None = None) -> list[tuple[int, int]]:
    """First-fit: as much as goes into each column in turn. Returns (start, end) a column.

    `heights` is one height for all of up to `most` columns, or a list of heights. Where the slabs do
    not all fit, the last pair ends before the end of the list. Each column takes the longest run that
    may be split off there, so no pouring needs fewer columns.
    """
    cuts: list[tuple[int, int]] = []
    start = 0
    while start < len(slabs):
        if isinstance(heights, float):
            if most is not None and len(cuts) == most:
                break
            room = heights
        elif len(cuts) < len(heights):
            room = heights[len(cuts)]
        else:
            break
        used, end = 0.0, start
        for place in range(start, len(slabs)):
            used += slabs[place].height + (slabs[place].gap if place > start else 0.0)
            if used > room + SLACK:
                break
            if place + 1 == len(slabs) or slabs[place + 1].splits:
                end = place + 1
        if end == start and isinstance(heights, float):
            break
        cuts.append((start, end))
        start = end
    return cuts


def even(slabs: Sequence[Slab], heights: Sequence[float], split_cost: float) -> list[tuple[int, int]] | None:
    """Pour into exactly the given columns so that they are filled alike and cut in good places.

    Minimises the sum over columns of the square of the empty share, and `split_cost` times the cost of
    each cut: dynamic programming over columns and possible cuts, as in optimal page breaking (Plass
    1981). None if the slabs do not fit.
    """
    starts = [i for i, slab in enumerate(slabs) if slab.splits or i == 0]
    ends = [*starts[1:], len(slabs)]
    tops = [0.0]
    for slab in slabs:
        tops.append(tops[-1] + slab.gap + slab.height)
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for room in heights:
        reach: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (cost, cuts) in best.items():
            base = tops[start] + (slabs[start].gap if start < len(slabs) else 0.0)
            for end in [start, *(e for e in ends if e > start)]:
                used = tops[end] - base if end > start else 0.0
                if used > room + SLACK:
                    break
                price = cost + ((room - used) / room) ** 2
                if end < len(slabs):
                    price += split_cost * slabs[end].cost
                if end not in reach or price < reach[end][0]:
                    reach[end] = (price, (*cuts, end))
        best = reach
    if len(slabs) not in best:
        return None
    cuts = (0, *best[len(slabs)][1])
    return list(zip(cuts, cuts[1:], strict=False))


def level_height(slabs: Sequence[Slab], columns: int) -> float:
    """The least height at which `columns` columns hold the slabs: for frames as high as their content."""
    if columns == 1:
        return height(slabs)
    low, high = max((slab.height for slab in slabs), default=0.0), height(slabs)
    while high - low > 0.5:
        middle = (low + high) / 2
        cuts = fill(slabs, [middle] * columns)
        if cuts and cuts[-1][1] == len(slabs):
            high = middle
        else:
            low = middle
    return high
