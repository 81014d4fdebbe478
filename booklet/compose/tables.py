"""Tables: columns as wide as their cells need, rules between the rows."""

from __future__ import annotations

from typing import Literal

from booklet.compose.items import Item, RectItem, Slab, Tag, moved, silent
from booklet.compose.setter import Set, Setter, stack
from booklet.content import document as doc
from booklet.content.document import Rich
from booklet.layout.model import Frame
from booklet.layout.theme import Look

PAD = 0.4
"""Room around a cell's text, in body sizes."""


def table(s: Setter, block: doc.Table, width: float, look: Look, frame: Frame) -> Set:
    """A table. Its head stays with the first row and is repeated in each column; no row is split, and the
    last one does not stand alone."""
    node = next(s.nodes)
    caption, tags = s.text("Caption", block.caption, "label", width, color=look.accent)
    widths = column_widths(s, block, width)
    head_group, body_group = next(s.nodes), next(s.nodes)
    head, head_tag = _row(s, block.header, widths, look, "Column")
    made = [_row(s, cells, widths, look, "Row" if block.row_headers else None) for cells in block.rows]
    again = (head.height, silent(head.items))
    rows = [
        slab._replace(splits=0 < place < len(made) - 1, head=again if place else None)
        for place, (slab, _) in enumerate(made)
    ]
    slabs = [*caption, head._replace(gap=s.room(0.5), splits=not caption), *rows]
    groups = (Tag("THead", head_group, (head_tag,)), Tag("TBody", body_group, tuple(tag for _, tag in made)))
    return slabs, (Tag("Table", node, (*tags, *groups)),)


def column_widths(s: Setter, block: doc.Table, width: float) -> list[float]:
    """Widths between each column's longest word and its longest cell, shared out by need."""
    size, pad = s.size("body"), 2 * PAD * s.body
    least, most = [], []
    for column in zip(block.header, *block.rows, strict=True):
        cells = [s.paragraph(cell, "body", 700) for cell in column]
        least.append(max(cell.widest for cell in cells) * size + pad)
        most.append(max(cell.natural for cell in cells) * size + pad)
    spare, wish = width - sum(least), sum(most) - sum(least)
    if spare <= 0 or wish <= 0:
        return [width * one / sum(least) for one in least]
    return [low + (high - low) * spare / wish for low, high in zip(least, most, strict=True)]


def _row(
    s: Setter,
    cells: tuple[Rich, ...],
    widths: list[float],
    look: Look,
    scope: Literal["Row", "Column"] | None,
) -> tuple[Slab, Tag]:
    """One row as a slab with a rule under it. `scope` says which cells head something."""
    row = next(s.nodes)
    pad = PAD * s.body
    items: list[Item] = []
    tags: list[Tag] = []
    x = height = 0.0
    for place, (cell, wide) in enumerate(zip(cells, widths, strict=True)):
        node = next(s.nodes)
        heads = bool(cell) and (scope == "Column" or (scope == "Row" and place == 0))  # not an empty corner
        color = look.accent if heads else look.ink
        weight = 700 if heads else None
        placed, tall = stack(s.lines(cell, "body", wide - 2 * pad, node, color=color, weight=weight))
        items += [moved(item, x + pad, pad) for item in placed]
        height = max(height, tall + 2 * pad)
        tags.append(Tag("TH" if heads else "TD", node, scope=scope if heads else None))
        x += wide
    thick, shade = (1.2, look.accent) if scope == "Column" else (0.6, "rule")
    items.append(RectItem(0, height - thick, x, thick, s.color(shade)))
    return Slab(height, tuple(items), cost=0.4), Tag("TR", row, tuple(tags))
