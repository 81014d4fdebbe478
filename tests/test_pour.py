"""Pouring finds what trying all possibilities would find: fewest columns, evenest columns, lowest frames."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, combinations_with_replacement, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booklet.compose.columns import even_cuts
from booklet.compose.items import Slab
from booklet.compose.pour import EMPTY_BEFORE, even, fill, height, level_height, opened, pages

Cuts = Sequence[tuple[int, int]]
SPLIT = 0.12
quick = settings(deadline=None, max_examples=150, derandomize=True)

slab = st.builds(
    Slab,
    height=st.sampled_from([5.0, 10.0, 14.0, 35.0]),
    items=st.just(()),
    gap=st.sampled_from([0.0, 3.0, 12.0]),
    splits=st.booleans(),
    cost=st.sampled_from([0.0, 0.4, 1.5]),
    head=st.sampled_from([None, None, (8.0, ())]),
)
slabs = st.lists(slab, min_size=1, max_size=7).map(
    lambda made: [made[0]._replace(splits=True, head=None), *made[1:]]
)
rooms = st.lists(st.sampled_from([12.0, 30.0, 45.0, 70.0]), min_size=1, max_size=3)


def possibilities(made: Sequence[Slab], columns: int) -> Iterator[Cuts]:
    """Every way to cut the slabs into columns; columns may be empty."""
    places = [0, *(place for place, one in enumerate(made) if place and one.splits), len(made)]
    for inner in combinations_with_replacement(places, columns - 1):
        yield tuple(pairwise((0, *inner, len(made))))


def fits(made: Sequence[Slab], heights: Sequence[float], cuts: Cuts) -> bool:
    return all(height(made[a:b]) <= room + 0.01 for (a, b), room in zip(cuts, heights, strict=True))


def price(made: Sequence[Slab], heights: Sequence[float], cuts: Cuts) -> float:
    """As `even` says that it reckons."""
    total = 0.0
    for (start, end), room in zip(cuts, heights, strict=True):
        total += ((room - height(made[start:end])) / room) ** 2
        if start == end < len(made):
            total += EMPTY_BEFORE
        elif end < len(made):
            total += SPLIT * made[end].cost
    return total


@quick
@given(slabs, rooms)
def test_columns_are_as_even_as_can_be(made: list[Slab], heights: list[float]) -> None:
    found = even(made, heights, SPLIT)
    best = min(
        (
            price(made, heights, cuts)
            for cuts in possibilities(made, len(heights))
            if fits(made, heights, cuts)
        ),
        default=None,
    )
    if best is None:
        assert found is None
        return
    assert found is not None
    assert fits(made, heights, found.cuts)
    assert found.cost == pytest.approx(best)
    assert price(made, heights, found.cuts) == pytest.approx(best)


@quick
@given(slabs, rooms)
def test_what_can_fit_is_made_to_fit(made: list[Slab], heights: list[float]) -> None:
    cuts = fill(made, heights)
    can = any(fits(made, heights, tried) for tried in possibilities(made, len(heights)))
    assert (bool(cuts) and cuts[-1][1] == len(made)) == can
    for (start, end), room in zip(cuts, heights, strict=False):
        assert height(made[start:end]) <= room + 0.01
        assert end == len(made) or start == end or made[end].splits
    assert [start for start, _ in cuts] == [0, *(end for _, end in cuts[:-1])][: len(cuts)]


@quick
@given(slabs, st.sampled_from([35.0, 50.0, 80.0]))
def test_no_more_pages_are_taken_than_needed_or_kept_whole(made: list[Slab], room: float) -> None:
    cuts = pages(made, [], room, SPLIT)
    least = next(
        (n for n in range(1, 9) if any(fits(made, [room] * n, c) for c in possibilities(made, n))), None
    )
    if least is None:
        assert not cuts or cuts[-1][1] < len(made)
        return
    assert cuts[-1][1] == len(made)
    assert fits(made, [room] * len(cuts), cuts)
    assert least <= len(cuts) <= least + 2


@quick
@given(slabs, rooms, rooms, rooms)
def test_columns_between_stand_only_as_often_as_the_text_needs_them(
    made: list[Slab], before: list[float], again: list[float], after: list[float]
) -> None:
    inner = slice(len(before), len(before) + len(again))
    cuts, copies = opened(made, [*before, *again, *after], inner, SPLIT)
    heights = [[*before, *again * n, *after] for n in range(len(made) + 1)]
    least = next(
        (n for n, each in enumerate(heights) if fill(made, each)[-1][1] == len(made)),
        None,
    )
    if least is None:
        assert not cuts or cuts[-1][1] < len(made)
        return
    assert copies == least
    assert cuts[-1][1] == len(made)
    assert fits(made, heights[copies][: len(cuts)], cuts)


@quick
@given(slabs, st.integers(1, 3))
def test_an_automatic_frame_is_as_low_as_can_be(made: list[Slab], columns: int) -> None:
    found = level_height(made, columns)
    best = min(max(height(made[a:b]) for a, b in cuts) for cuts in possibilities(made, columns))
    assert best - 0.02 <= found <= best + 0.52


@quick
@given(st.lists(st.floats(1, 60), min_size=1, max_size=7), st.integers(1, 3))
def test_entries_side_by_side_are_as_low_as_can_be(heights: list[float], columns: int) -> None:
    gap = 4.0
    cuts = even_cuts(heights, columns, gap)

    def tallest(ends: Sequence[int]) -> float:
        return max(sum(heights[a:b]) + gap * (b - a - 1) for a, b in pairwise((0, *ends)) if b > a)

    assert [part for part in cuts if part[1] > part[0]] == list(cuts)
    assert [0, *(end for _, end in cuts)] == [*(start for start, _ in cuts), len(heights)]
    assert len(cuts) <= columns
    best = min(
        tallest((*inner, len(heights)))
        for count in range(min(columns, len(heights)))
        for inner in combinations(range(1, len(heights)), count)
    )
    assert tallest([end for _, end in cuts]) == pytest.approx(best)


def test_text_begins_in_the_first_column() -> None:
    """A few lines in tall columns are not worth a cut; then the columns behind them stay empty."""
    few = [Slab(14.0, (), 5.0, cost=0.4) for _ in range(4)]
    found = even(few, [700.0, 700.0, 700.0], SPLIT)
    assert found is not None
    assert found.cuts == [(0, 4), (4, 4), (4, 4)]
