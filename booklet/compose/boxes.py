"""Blocks on a ground of their own: callouts, quotes, the box for a stamp; and pictures."""

from __future__ import annotations

from booklet.compose.items import ARTIFACT, IconItem, Item, PictureItem, RectItem, Slab, Tag, moved
from booklet.compose.setter import Set, Setter, gapped, stack, sunk
from booklet.content import document as doc
from booklet.content.document import Rich
from booklet.layout.model import Frame
from booklet.layout.theme import Look

BAR = 4.0
"""Width of the bar along a box's starting edge, in points."""


def inside(width: float, look: Look) -> float:
    """The room for text on a look's ground."""
    return width - 2 * look.padding - (BAR if look.bar else 0.0)


def boxed(s: Setter, slabs: list[Slab], width: float, look: Look, gap: float, least: float = 0.0) -> Slab:
    """Slabs, set `inside` wide, on a look's ground, as one slab `width` wide and `least` high."""
    items, height = stack(slabs)
    total = max(height + 2 * look.padding, least)
    ground: list[Item] = []
    if look.fill or look.stroke:
        fill = s.color(look.fill) if look.fill else None
        stroke = s.color(look.stroke) if look.stroke else None
        ground.append(RectItem(0, 0, width, total, fill, stroke, look.stroke_width, look.radius, look.dash))
    if look.bar:
        ground.append(RectItem(0, 0, BAR, total, s.color(look.bar), radius=BAR / 2))
    start = look.padding + (BAR if look.bar else 0.0)
    return Slab(total, (*ground, *(moved(item, start, look.padding) for item in items)), gap)


def titled(s: Setter, tag: str, title: Rich, icon: str | None, width: float, look: Look) -> Set:
    """A box's title with an icon before it."""
    side = 1.3 * s.body if icon else 0.0
    indent = side + 0.45 * s.body if side else 0.0
    slabs, tags = s.text(
        tag, title, "callout-title", width - indent, color=look.accent, x=indent, balance=True
    )
    items, height = stack(slabs)
    if icon:
        items = (*items, IconItem(0, sunk(s, items), side, icon, s.color(look.accent)))
    return [Slab(max(height, side), items)], tags


def callout(s: Setter, block: doc.Callout, width: float, look: Look, frame: Frame) -> Set:
    """A box for what must not be missed."""
    node = next(s.nodes)
    own = s.look(block.kind)
    inner = inside(width, own)
    slabs, tags = titled(s, "H3", block.title, block.icon, inner, own) if block.title else ([], ())
    more, more_tags = s.blocks(block.blocks, inner, own, frame)
    box = boxed(s, slabs + more, width, own, s.room(0.65))
    return [box], (Tag("Div", node, (*tags, *more_tags)),)


def quote(s: Setter, block: doc.Quote, width: float, look: Look, frame: Frame) -> Set:
    """Words to say, set off by a bar."""
    node = next(s.nodes)
    own = s.look("quote")
    slabs, tags = s.text("P", block.text, "quote", inside(width, own), color=own.ink)
    more, more_tags = s.text("P", block.by, "small", inside(width, own), color=own.ink)
    box = boxed(s, slabs + more, width, own, s.room(0.6))
    return [box], (Tag("BlockQuote", node, (*tags, *more_tags)),)


def picture(s: Setter, block: doc.Picture, width: float, look: Look, frame: Frame) -> Set:
    """A picture in the middle, its caption under it."""
    wide = width * block.width
    high = wide * block.size[1] / block.size[0]
    node = next(s.nodes) if block.alt is not None else ARTIFACT
    indent = (width - wide) / 2
    item = PictureItem(node, indent, 0, wide, high, block)
    tags = (Tag("Figure", node, alt=block.alt, bbox=True),) if block.alt is not None else ()
    caption, more = s.text("P", block.caption, "small", width - indent, x=indent, color=look.ink)
    items, height = stack([Slab(high, (item,)), *gapped(caption, s.room(0.3))])
    return [Slab(height, items, s.room(0.7))], (*tags, *more)


def empty_box(s: Setter, label: Rich, width: float, lines: float) -> Set:
    """A framed box, `lines` body lines high, with its label at the top: for a pen or a stamp."""
    look = s.look("stamp")
    slabs, tags = s.text("P", label, "small", inside(width, look), color=look.ink)
    return [boxed(s, slabs, width, look, s.room(0.5), lines * 1.35 * s.body)], tags
