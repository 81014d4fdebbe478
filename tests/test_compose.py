"""Blocks of every kind pour into panels: nothing lost, nothing outside, in one size, in good places."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st

from booklet.compose.copyfit import compose
from booklet.compose.items import ARTIFACT, Composition, IconItem, Tag, TextItem
from booklet.compose.space import Space
from booklet.content import document as doc
from booklet.content.document import Document
from booklet.layout import load
from booklet.layout.model import Frame, Margins, PanelSpec, Range, Row
from booklet.problems import ProblemsFound
from booklet.typeset.fonts import FontBook
from tests import spoken
from tests.documents import documents
from tests.shipped import LIBRARY
from tests.tools import plain

THEME = load.read(LIBRARY, "handout").theme
BOOK = FontBook(THEME.families)
NAME = '"small"'
MARGIN = 18.0
LEAST, FOOTER_LEAST = 10.0, 8.0
"""Points under which no text, and no furniture, may go."""
CLOSE = 0.02

# --- spaces --------------------------------------------------------------------------------------


def frame(*roles: doc.Role, **more: object) -> Frame:
    return Frame.model_validate({"takes": roles, **more}, by_name=True)


def panel(*rows: Row, name: str = "panel", repeat: bool = False, footer: bool = True) -> PanelSpec:
    return PanelSpec(name=name, rows=rows, repeat=repeat, footer=footer)


def space(
    *specs: PanelSpec,
    size: tuple[float, float],
    floor: float = 10.0,
    ceiling: float = 12.0,
    sections: str = "flow",
    fewest: bool = False,
) -> Space:
    margins = Margins.model_validate({"top": MARGIN, "bottom": 26, "start": MARGIN, "end": MARGIN})
    kinds = Range.model_validate({"floor": floor, "ceiling": ceiling})
    return Space(
        specs=specs,
        sizes=(size,) * len(specs),
        margins=margins,
        body=kinds,
        gap=10.0,
        sections=sections,
        fewest=fewest,
        numbers=True,
        name=NAME,
    )


def endless(size: tuple[float, float], **more: object) -> Space:
    """A panel for all there is, repeated as often as need be."""
    every = frame("cover", "body", "emergency", "contacts", "sources", "imprint", **more)
    return space(panel(Row(frames=(every,)), repeat=True), size=size)


@st.composite
def spaces(draw: st.DrawFn) -> Space:
    """Small spaces and large ones: one column repeated, or panels of rows and columns."""
    size = (draw(st.sampled_from([200.0, 270.0, 420.0, 560.0])), draw(st.sampled_from([260.0, 400.0, 790.0])))
    look = draw(st.sampled_from(["plain", "tint", "alert"]))
    beside = draw(st.integers(1, 3))
    short = draw(st.booleans())
    stamp = draw(st.booleans())
    align = draw(st.sampled_from(["top", "middle", "bottom", "spread", "fill"]))
    cover = frame("cover", look="cover", stamp=stamp, note=draw(st.sampled_from(["urgent", "plain", "none"])))
    rest = frame("sources", "imprint", side_by_side=beside, short=short, stamp=stamp)
    if draw(st.booleans()):
        flowing = frame("body", look=look, side_by_side=beside, align=align)
        return space(
            panel(Row(frames=(cover,)), name="cover"),
            panel(Row(frames=(flowing,)), name="body", repeat=True),
            panel(Row(frames=(rest,)), name="end", repeat=True, footer=False),
            size=size,
            sections=draw(st.sampled_from(["flow", "whole"])),
        )
    columned = frame("body", look=look, columns=draw(st.integers(1, 3)), side_by_side=beside, align=align)
    return space(
        panel(Row(frames=(cover,), height="auto"), Row(frames=(columned,)), name="front"),
        panel(Row(frames=(columned,)), Row(frames=(rest,), height="auto"), name="back"),
        size=(size[0] * 1.4, size[1] * 1.6),
    )


# --- reading a composition -----------------------------------------------------------------------


class Placed(NamedTuple):
    """A line of text and the number of its panel."""

    panel: int
    item: TextItem

    @property
    def top(self) -> float:
        """Of capitals, near enough: marks over and under letters may reach further."""
        return self.item.y - 0.7 * self.item.size

    @property
    def bottom(self) -> float:
        return self.item.y + 0.2 * self.item.size


def lines(made: Composition) -> dict[int, list[Placed]]:
    """The lines of each node, in the order in which they are placed."""
    found: dict[int, list[Placed]] = defaultdict(list)
    for number, each in enumerate(made.panels):
        for item in each.items:
            if isinstance(item, TextItem):
                found[item.node].append(Placed(number, item))
    return found


def tags(tag: Tag) -> Iterator[Tag]:
    yield tag
    for kid in tag.kids:
        yield from tags(kid)


def heard(made: Composition) -> list[tuple[str, str]]:
    """What the tags say in order; each text must be whole, placed once, its lines in order."""
    placed = lines(made)
    told = []
    for tag in tags(made.tags):
        for group in _paragraphs(placed.pop(tag.node, [])):
            whole = group[0].item.paragraph
            cuts = [(one.item.start, one.item.end) for one in group]
            assert [0, *(end for _, end in cuts)] == [*(start for start, _ in cuts), len(whole.segments)]
            assert all(before.panel <= after.panel for before, after in pairwise(group))
            told.append((tag.name, plain(whole.text)))
    assert placed.keys() <= {ARTIFACT}
    return told


def _paragraphs(group: Sequence[Placed]) -> list[list[Placed]]:
    found: list[list[Placed]] = []
    for one in group:
        if not found or found[-1][-1].item.paragraph is not one.item.paragraph or one.item.start == 0:
            found.append([])
        found[-1].append(one)
    return found


def columns(group: Sequence[Placed]) -> list[list[Placed]]:
    """The lines of a paragraph by the columns that they stand in."""
    found: list[list[Placed]] = []
    for one in group:
        if not found or found[-1][-1].panel != one.panel or one.item.y <= found[-1][-1].item.y:
            found.append([])
        found[-1].append(one)
    return found


# --- what holds of any document in any space -----------------------------------------------------


def nothing_is_lost_or_doubled(document: Document, where: Space, made: Composition) -> None:
    expected = spoken.sayings(document, spoken.first_frames(where.specs))
    assert spoken.misheard(heard(made), expected) == ""


def all_of_it_lies_inside_its_panel(document: Document, where: Space, made: Composition) -> None:
    for each in made.panels:
        for item in each.items:
            height = 0.0 if isinstance(item, TextItem) else getattr(item, "height", item.width)
            furniture = isinstance(item, TextItem) and item.node == ARTIFACT
            foot = each.height - (0.0 if furniture else 26.0)
            assert MARGIN - CLOSE <= item.x <= item.x + item.width <= each.width - MARGIN + CLOSE
            assert MARGIN - CLOSE <= item.y <= item.y + height <= foot + CLOSE


def no_two_lines_of_text_overlap(document: Document, where: Space, made: Composition) -> None:
    placed = [one for group in lines(made).values() for one in group]
    placed.sort(key=lambda one: (one.panel, one.top))
    for place, one in enumerate(placed):
        for other in placed[place + 1 :]:
            if other.panel != one.panel or other.top >= one.bottom:
                break
            left, right = sorted((one.item, other.item), key=lambda item: item.x)
            assert left.x + left.width <= right.x + CLOSE, (one, other)


def the_sizes_are_those_of_one_hand(document: Document, where: Space, made: Composition) -> None:
    low, high = THEME.spacing
    assert where.body.floor <= made.body <= where.body.ceiling
    assert low <= made.spacing <= high
    sizes = {name: max(style.size * made.body, style.least) for name, style in THEME.type.items()}
    placed = lines(made)
    for one in (one for group in placed.values() for one in group):
        assert one.item.size in sizes.values()
        assert one.item.size >= (FOOTER_LEAST if one.item.node == ARTIFACT else LEAST)
    listed = {tag.node for tag in tags(made.tags) if tag.name == "LBody"}
    running = {one.item.size for node, group in placed.items() if node in listed for one in group}
    assert running <= {sizes["body"], sizes["small"]}
    assert sizes["body"] == made.body


def headings_stay_with_what_follows(document: Document, where: Space, made: Composition) -> None:
    kinds = {tag.node: tag.name for tag in tags(made.tags)}
    for each in made.panels:
        for item, after in pairwise(item for item in each.items if not isinstance(item, IconItem)):
            if isinstance(item, TextItem) and kinds.get(item.node) in ("H2", "H3"):
                assert after.y >= item.y - item.size, "a heading ends a column"
                if isinstance(after, TextItem) and after.node != item.node:
                    assert kinds.get(after.node, "furniture") not in ("H2", "furniture")


def no_line_of_a_paragraph_stands_alone(document: Document, where: Space, made: Composition) -> None:
    placed = lines(made)
    for tag in tags(made.tags):
        for group in _paragraphs(placed.get(tag.node, [])):
            parts = columns(group)
            if len(parts) > 1:
                event("a paragraph is split")
                assert min(len(parts[0]), len(parts[-1])) >= 2


def a_lower_space_never_has_larger_type(document: Document, where: Space, made: Composition) -> None:
    lower = replace(where, sizes=tuple((width, height - 25) for width, height in where.sizes))
    try:
        tight = compose(document, lower, THEME, BOOK)
    except ProblemsFound:
        event("does not fit a lower space")
        return
    assert (tight.body, tight.spacing) <= (made.body, made.spacing)


PROMISES = (
    nothing_is_lost_or_doubled,
    all_of_it_lies_inside_its_panel,
    no_two_lines_of_text_overlap,
    the_sizes_are_those_of_one_hand,
    headings_stay_with_what_follows,
    no_line_of_a_paragraph_stands_alone,
    a_lower_space_never_has_larger_type,
)


@settings(
    max_examples=500,
    deadline=None,
    derandomize=False,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate, Phase.shrink],
)
@given(documents(), spaces())
def test_any_document_in_any_space_keeps_the_promises(document: Document, where: Space) -> None:
    try:
        made = compose(document, where, THEME, BOOK)
    except ProblemsFound as found:
        for problem in found.problems:
            assert re.search(r" does not fit in | pt wider than its column ", problem.message), problem
            assert problem.hint
        event("does not fit")
        return
    for promise in PROMISES:
        promise(document, where, made)
