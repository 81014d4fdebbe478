"""Slabs are poured into columns: as few as are needed, or evenly into those that there are."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from booklet.compose.items import Slab

EXTRA = 2
PAGE_COST = 0.25
"""How many more columns than needed are tried, and what each weighs against emptiness and cuts."""
EMPTY_BEFORE = 1.0
"""What an empty column before the text costs more than one behind it."""
MOST_COLUMNS = 400
SLACK = 0.01
"""Points by which rounding may overfill a column."""


def height(slabs: Sequence[Slab]) -> float:
    """The height of slabs in one column; the first gap is dropped."""
    if not slabs:
        return 0.0
    return slabs[0].first + sum(slab.gap + slab.height for slab in slabs[1:])


def fill(slabs: Sequence[Slab], heights: Sequence[float], more: float | None = None) -> list[tuple[int, int]]:
    """First-fit: as much as goes into each column in turn. Returns (start, end) a column.

    `heights` are those of the columns that there are; after them come as many as are needed with the
    height `more`, if given. Where the slabs do not all fit, the last pair ends before the end of the list.
    Each column takes the longest run that may be split off there, so no pouring needs fewer columns.
    """
    cuts: list[tuple[int, int]] = []
    start = 0
    while start < len(slabs):
        fixed = len(cuts) < len(heights)
        room = heights[len(cuts)] if fixed else more
        if room is None or len(cuts) == MOST_COLUMNS:
            break
        used, end = 0.0, start
        for place in range(start, len(slabs)):
            used += slabs[place].gap + slabs[place].height if place > start else slabs[place].first
            if used > room + SLACK:
                break
            if place + 1 == len(slabs) or slabs[place + 1].splits:
                end = place + 1
        if end == start and not fixed:
            break
        cuts.append((start, end))
        start = end
    return cuts


class Pouring(NamedTuple):
    """Where to cut, and how far that is from even columns and whole sections."""

    cost: float
    cuts: list[tuple[int, int]]


def even(
    slabs: Sequence[Slab], heights: Sequence[float], split_cost: float, *, last_counts: bool = True
) -> Pouring | None:
    """Pour into exactly the given columns so that they are filled alike and cut in good places.

    Minimises the sum over columns of the square of the empty share, `split_cost` times the cost of each
    cut, and EMPTY_BEFORE for each empty column that has text after it: dynamic programming over columns
    and possible cuts, as in optimal page breaking (Plass 1981). Unless `last_counts`, the last column may
    be as empty as it likes. None if the slabs do not fit.
    """
    starts = [i for i, slab in enumerate(slabs) if slab.splits or i == 0]
    ends = [*starts[1:], len(slabs)]
    tops = [0.0]
    for slab in slabs:
        tops.append(tops[-1] + slab.gap + slab.height)
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for column, room in enumerate(heights):
        weight = 1.0 if last_counts or column + 1 < len(heights) else 0.0
        reach: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (cost, cuts) in best.items():
            base = tops[start]
            if start < len(slabs):
                base += slabs[start].gap + slabs[start].height - slabs[start].first
            for end in [start, *(e for e in ends if e > start)]:
                used = tops[end] - base if end > start else 0.0
                if used > room + SLACK:
                    break
                price = cost + weight * ((room - used) / max(room, SLACK)) ** 2
                if end == start < len(slabs):
                    price += EMPTY_BEFORE
                elif end < len(slabs):
                    price += split_cost * slabs[end].cost
                if end not in reach or price < reach[end][0]:
                    reach[end] = (price, (*cuts, end))
        best = reach
    if len(slabs) not in best:
        return None
    cost, ends_found = best[len(slabs)]
    return Pouring(cost, list(pairwise((0, *ends_found))))


def pages(
    slabs: Sequence[Slab], heights: Sequence[float], more: float, split_cost: float
) -> list[tuple[int, int]]:
    """Pour into the columns that there are and as many of the height `more` as it takes; some more, where
    sections then stay whole. Like `fill`, the last pair ends before the end of the list where the slabs
    do not fit.
    """
    least = fill(slabs, heights, more)
    if not least or least[-1][1] < len(slabs):
        return least
    tried = []
    for extra in range(EXTRA + 1):
        rooms = [*heights, *[more] * (len(least) - len(heights) + extra)]
        if found := even(slabs, rooms, split_cost, last_counts=False):
            tried.append((found.cost + PAGE_COST * extra, found.cuts))
    return min(tried, default=(0.0, least))[1]


def opened(
    slabs: Sequence[Slab], heights: Sequence[float], inner: slice, split_cost: float
) -> tuple[list[tuple[int, int]], int]:
    """Pour into columns of which those of `inner` stand as often as it takes, or not at all.

    Returns the cuts and how often. Like `fill`, the last pair ends before the end of the list where the
    slabs do not fit, however many columns there are.
    """
    before, again, after = list(heights[: inner.start]), list(heights[inner]), list(heights[inner.stop :])
    cuts: list[tuple[int, int]] = []
    placed = -1
    for copies in range(MOST_COLUMNS // len(again)):
        rooms = [*before, *again * copies, *after]
        cuts = fill(slabs, rooms)
        end = cuts[-1][1] if cuts else 0
        if end == len(slabs):
            found = even(slabs, rooms, split_cost)
            return (found.cuts if found else cuts), copies
        if end == placed:
            break  # a slab is higher than any of them
        placed = end
    return cuts, 0


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
