"""Text and sections become slabs, in one body size; each kind of block is set by a function of its own."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from booklet.compose.items import IconItem, Item, RectItem, Slab, Tag, TextItem, moved
from booklet.content import document as doc
from booklet.content.document import Rich, Span
from booklet.layout.model import Frame
from booklet.layout.theme import Look, Theme
from booklet.problems import Place, Problem
from booklet.typeset import cjk
from booklet.typeset.fonts import FontBook
from booklet.typeset.itemize import script_of
from booklet.typeset.paragraph import Paragraph, TypeStyle, balance_lines, break_lines, typeset
from booklet.typeset.scripts import HAN, default_script

TITLES = ("title", "title-wide")
"""Styles that give way to a long word: the title of a cover, so large that many a language's words are wider
than it."""
LEAST_TITLE = 0.7
"""The share of its size to which a title may shrink for a word's sake."""

Set = tuple[list[Slab], tuple[Tag, ...]]
"""Slabs from the top down and the tags they belong to."""
KindSetter = Callable[["Setter", Any, float, Look, Frame], Set]

TILE = 1.75
"""A section icon's tile, in body sizes."""
AFTER_HEADING = 0.3
"""The least room under a section's heading, in body sizes, however tight the page."""
LARGE, GROWTH = 14.0, 0.115
"""From this body size on what is for a pen grows by so much a point: lines to write on are 24 pt apart up to
here, and 35 pt (12.4 mm) where the body has 18 pt."""
ABOVE = 4.0
"""The room that a heading may take over a block that is kept together, in body sizes."""
BEGINNING = 7.0
"""Body sizes of a section, its heading among them, that should stand at the foot of a column at the least."""
HANGING = 1.15
"""Body sizes from the top of a line to its baseline, further than which only nastaliq goes."""
QUIET_ROLES = ("sources", "imprint")
"""Sections whose heading is small where there is little room."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a block is set with: the copyfitter varies `body` and `spacing`, the rest stands."""

    theme: Theme
    book: FontBook
    body: float
    """Body size in points."""
    spacing: float
    """A factor on all room between blocks."""
    leading: float
    """A factor on the body's leading."""
    lang: str
    rtl: bool
    labels: doc.Labels
    tallest: float = math.inf
    """The height of the tallest panel's content: blocks that do not go into it are not kept together."""


@dataclass(slots=True)
class Setter:
    """Sets blocks. Numbers tags in the order in which blocks come; gathers what it finds wrong."""

    setting: Setting
    kinds: Mapping[type, KindSetter]
    problems: dict[tuple[str, str], Problem] = field(default_factory=dict)
    wide: list[tuple[str, float, Place]] = field(default_factory=list)
    """Words wider than their column, answers wider than their menu: which, by how many points, where."""
    nodes: Iterator[int] = field(default_factory=lambda: count(1))
    place: Place = doc.NOWHERE

    @property
    def body(self) -> float:
        return self.setting.body

    def color(self, name: str) -> str:
        return self.setting.theme.colors[name]

    def look(self, name: str) -> Look:
        return self.setting.theme.looks[name]

    def room(self, ems: float) -> float:
        """Room between blocks: body sizes to points, under the copyfitter's factor."""
        return ems * self.setting.body * self.setting.spacing

    def hand(self, points: float) -> float:
        """A measure for a pen, as it suits the body size: who needs large print writes large too."""
        return points * (1 + GROWTH * max(0.0, self.setting.body - LARGE))

    def size(self, style: str) -> float:
        """Points. Sizes and their least are those of Latin type: other scripts are set as much larger as
        the theme says, so they look as large at the least size too."""
        setting = self.setting
        return self.latin_size(style) * setting.book.scale(default_script(setting.lang), setting.lang)

    def latin_size(self, style: str) -> float:
        """Points of Latin type in a style."""
        kind = self.setting.theme.type[style]
        return max(kind.size * self.setting.body, kind.least)

    # -- text ---------------------------------------------------------------------------------

    def paragraph(self, rich: Rich, style: str, weight: int | None = None) -> Paragraph:
        """Shape text in a theme's style; unknown characters become problems."""
        kind = self.setting.theme.type[style]
        setting = self.setting
        if not setting.theme.italics:
            rich = tuple(replace(span, bold=True, italic=False) if span.italic else span for span in rich)
        shaped = typeset(rich, TypeStyle(setting.book, weight or kind.weight), setting.lang, setting.rtl)
        for char in shaped.missing:
            problem = _no_glyph(char, self.place)
            self.problems.setdefault((problem.message, str(self.place)), problem)
        return shaped

    def leading(self, paragraph: Paragraph, style: str) -> float:
        """Points from baseline to baseline: wider as the theme says for the document's script, else for
        faces that reach further than the Latin one."""
        setting = self.setting
        factor = setting.theme.type[style].leading * (setting.leading if style == "body" else 1.0)
        size = self.size(style)
        if fit := setting.book.fit(default_script(setting.lang), setting.lang):
            return (
                max(factor * fit.leading * self.latin_size(style), fit.least * size) + paragraph.tall * size
            )
        reach = (paragraph.ascent + paragraph.descent) / setting.book.latin_reach()
        return factor * max(1.0, reach) * size

    def lines(
        self,
        rich: Rich,
        style: str,
        width: float,
        node: int,
        *,
        color: str,
        x: float = 0.0,
        balance: bool = False,
        weight: int | None = None,
        underline: bool = True,
    ) -> list[Slab]:
        """A paragraph as one slab a line, the first two and the last two kept together."""
        paragraph = self.paragraph(rich, style, weight)
        if not paragraph.segments:
            return []
        size, leading = self.size(style), self.leading(paragraph, style)
        if style in TITLES and (shrink := width / (paragraph.widest * size)) < 1:
            size, leading = (each * max(shrink, LEAST_TITLE) for each in (size, leading))
        excess = paragraph.widest * size - width
        if excess > 0.01:
            self.wide.append((paragraph.longest_word(), excess, self.place))
        broken = (balance_lines if balance else break_lines)(paragraph, width / size)
        drop = (leading - (paragraph.ascent + paragraph.descent) * size) / 2 + paragraph.ascent * size
        ink = self.color(color)
        last = len(broken) - 1
        return [
            Slab(
                leading,
                (TextItem(node, x, drop, size, ink, paragraph, start, end, underline),),
                splits=i == 0 or (i > 1 and i < last),
                cost=1.5 if i else 0.0,
            )
            for i, (start, end) in enumerate(broken)
        ]

    def text(
        self, tag: str, rich: Rich, style: str, width: float, *, color: str | None = None, **more: Any
    ) -> Set:
        """One paragraph under a tag of its own, with the style's room above."""
        if not rich:
            return [], ()
        node = next(self.nodes)
        kind = self.setting.theme.type[style]
        slabs = self.lines(rich, style, width, node, color=color or kind.color, **more)
        return gapped(slabs, self.room(kind.above)), (Tag(tag, node),)

    # -- sections -----------------------------------------------------------------------------

    def section(self, section: doc.Section, width: float, frame: Frame) -> Set:
        """A whole section: its heading, then its blocks, under one Sect."""
        node = next(self.nodes)
        self.place = section.place
        look = self.look(frame.look)
        if section.role == "emergency" and look.accent == "brand":
            look = self.look("emergency")  # its colours; the ground is the frame's
        slabs, tags = self.heading(section, width, look, frame) if section.heading else ([], ())
        inner, inner_tags = self.blocks(section.blocks, width, look, frame)
        if slabs and inner:
            inner[0] = inner[0]._replace(splits=False, gap=max(inner[0].gap, AFTER_HEADING * self.body))
        name = doc.plain(section.heading) or section.id
        slabs = [Slab(*slab[:5], name, slab.head) for slab in slabs + inner]
        if slabs:
            slabs[0] = slabs[0]._replace(gap=self.room(self.setting.theme.section), splits=True, cost=0.0)
        return self.well_begun(slabs), (Tag("Sect", node, (*tags, *inner_tags)),)

    def well_begun(self, slabs: list[Slab]) -> list[Slab]:
        """A section's slabs, dear to cut where little of it would be left at the foot of a column."""
        out: list[Slab] = []
        top = 0.0
        for slab in slabs:
            little = out and top < BEGINNING * self.body
            out.append(slab._replace(cost=slab.cost + 1.0) if little else slab)
            top += slab.gap * bool(out[1:]) + slab.height
        return out

    def heading(self, section: doc.Section, width: float, look: Look, frame: Frame) -> Set:
        """A section's heading: an icon on a tile, the number, the words."""
        color = look.banner_ink if look.banner else look.accent
        if frame.short and section.role in QUIET_ROLES:
            slabs, tags = self.text("H2", section.heading, "label", width, color=color)
            return slabs, (replace(tags[0], title=doc.plain(section.heading)),)
        node = next(self.nodes)
        tile = TILE * self.body if section.icon else 0.0
        pad = 0.5 * self.body if look.banner else 0.0
        indent = pad + (tile + 0.5 * self.body if tile else 0.0)
        number, hang = self.numeral(section, node, color, indent)
        indent += hang
        words, height = stack(
            self.lines(
                section.heading, "heading", width - indent - pad, node, color=color, x=indent, balance=True
            )
        )
        words = (*number, *words)
        inner = max(height, tile)
        total = inner + 2 * pad
        items: list[Item] = []
        if look.banner:
            items.append(RectItem(0, 0, width, total, self.color(look.banner), radius=0.5 * self.body))
        if section.icon:
            top = pad + (inner - tile) / 2
            if not look.banner:
                items.append(RectItem(0, top, tile, tile, self.color(look.accent), radius=0.28 * tile))
            side = (0.9 if look.banner else 0.64) * tile
            shade = self.color(color if look.banner else "paper")
            place = (tile - side) / 2
            items.append(IconItem(pad + place, top + place, side, section.icon, shade))
        items += [moved(item, 0, pad + (inner - height) / 2) for item in words]
        return [Slab(total, tuple(items))], (Tag("H2", node, title=doc.plain(section.heading)),)

    def numeral(
        self, section: doc.Section, node: int, color: str, x: float
    ) -> tuple[tuple[Item, ...], float]:
        """A section's number, and how far the words of its heading stand behind it."""
        if section.number is None:
            return (), 0.0
        rich = (Span(f"{section.number}\u2002"),)
        items, _ = stack(self.lines(rich, "heading", math.inf, node, color=color, x=x))
        return items, self.paragraph(rich, "heading").before[-1] * self.size("heading")

    def blocks(self, blocks: Sequence[doc.Block], width: float, look: Look, frame: Frame) -> Set:
        """Blocks one under the other, with the keeps that authors asked for."""
        slabs: list[Slab] = []
        tags: list[Tag] = []
        glue = False
        for block in blocks:
            self.place = block.place
            made, more = self.kinds[type(block)](self, block, width, look, frame)
            if block.keep == "together" and len(made) > 1:
                items, height = stack(made)
                if height + ABOVE * self.body <= self.setting.tallest:
                    made = [Slab(height, items, made[0].gap)]
            if made and glue:
                made[0] = made[0]._replace(splits=False)
            elif made:
                made[0] = made[0]._replace(cost=max(made[0].cost, 0.4))
            glue = block.keep == "with-next" or isinstance(block, doc.Heading)
            slabs += made
            tags += more
        return slabs, tuple(tags)


def sunk(s: Setter, items: Iterable[Item]) -> float:
    """How far down a number, an icon or a box stands beside the first line of a text, where letters hang far
    under the top of their line."""
    baseline = next((item.y for item in items if isinstance(item, TextItem)), 0.0)
    return max(0.0, baseline - HANGING * s.body)


def _no_glyph(char: str, place: Place) -> Problem:
    if script_of(char) in HAN and not cjk.font_files():
        message = "There are Chinese, Japanese or Korean characters here, whose typefaces are not installed."
        return Problem(place, message, cjk.HINT)
    return Problem(
        place,
        f'No font has the character "{char}" (U+{ord(char):04X}).',
        "Write it in another way: none of booklet's typefaces can show it.",
    )


def gapped(slabs: list[Slab], gap: float) -> list[Slab]:
    """The slabs with room above the first."""
    return [slabs[0]._replace(gap=gap), *slabs[1:]] if slabs else []


def stack(slabs: Iterable[Slab]) -> tuple[tuple[Item, ...], float]:
    """Slabs one under the other: their items moved into place, and the height. The first gap is dropped."""
    items: list[Item] = []
    y = 0.0
    for place, slab in enumerate(slabs):
        y += slab.gap if place else 0.0
        items += [moved(item, 0.0, y) for item in slab.items]
        y += slab.height
    return tuple(items), y
