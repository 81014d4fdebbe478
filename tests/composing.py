"""Small spaces to compose documents into, and what can be read off a composition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from hypothesis import strategies as st

from booklet.compose.copyfit import compose
from booklet.compose.items import ARTIFACT, Composition, Tag, TextItem
from booklet.compose.space import Space
from booklet.content import document as doc
from booklet.content.document import Document
from booklet.layout import load
from booklet.layout.model import Frame, Margins, PanelSpec, Range, Row
from booklet.typeset.fonts import FontBook
from tests.shipped import LIBRARY
from tests.tools import plain

THEME = load.read(LIBRARY, "handout").theme
BOOK = FontBook(THEME.families)
NAME = '"small"'
MARGIN, FOOT = 18.0, 26.0

# --- spaces --------------------------------------------------------------------------------------


def composed(document: Document, where: Space) -> Composition:
    return compose(document, where, THEME, BOOK)


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
    margins = Margins.model_validate({"top": MARGIN, "bottom": FOOT, "start": MARGIN, "end": MARGIN})
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


def one_frame(size: tuple[float, float], *, repeat: bool = False, **more: object) -> Space:
    """A panel with one frame for all there is: one panel, or as many as it takes."""
    every = frame("cover", "body", "emergency", "contacts", "sources", "imprint", **more)
    return space(panel(Row(frames=(every,)), repeat=repeat, footer=False), size=size, ceiling=10.0)


@st.composite
def spaces(draw: st.DrawFn) -> Space:
    """Small spaces and large ones: one column repeated, or panels of rows and columns."""
    size = (draw(st.sampled_from([200.0, 270.0, 420.0, 560.0])), draw(st.sampled_from([260.0, 400.0, 790.0])))
    ceiling = draw(st.sampled_from([10.0, 10.25, 12.0]))
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
            ceiling=ceiling,
            sections=draw(st.sampled_from(["flow", "whole"])),
            fewest=draw(st.booleans()),
        )
    columned = frame("body", look=look, columns=draw(st.integers(1, 3)), side_by_side=beside, align=align)
    return space(
        panel(Row(frames=(cover,), height="auto"), Row(frames=(columned,)), name="front"),
        panel(Row(frames=(columned,)), Row(frames=(rest,), height="auto"), name="back"),
        size=(size[0] * 1.4, size[1] * 1.6),
        ceiling=ceiling,
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
        for group in paragraphs(placed.pop(tag.node, [])):
            whole = group[0].item.paragraph
            cuts = [(one.item.start, one.item.end) for one in group]
            assert [0, *(end for _, end in cuts)] == [*(start for start, _ in cuts), len(whole.segments)]
            assert all(before.panel <= after.panel for before, after in pairwise(group))
            told.append((tag.name, plain(whole.text)))
    assert placed.keys() <= {ARTIFACT}
    return told


def paragraphs(group: Sequence[Placed]) -> list[list[Placed]]:
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
