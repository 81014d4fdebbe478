"""Lists, numbered steps and definitions."""

from __future__ import annotations

from dataclasses import replace

from booklet.compose.columns import column_count, column_width, in_columns
from booklet.compose.items import CircleItem, IconItem, Item, Slab, Tag, TextItem, moved
from booklet.compose.setter import Set, Setter, stack, sunk
from booklet.content import document as doc
from booklet.content.document import Rich, Span
from booklet.layout.model import Frame
from booklet.layout.theme import Look
from booklet.typeset.scripts import has_spaces

DISC = 0.32
"""Body sizes from the edge to the middle of a list's disc."""
DIGIT_HEIGHT = 0.67
"""In ems, near enough in all the faces that ship."""


def bullets(s: Setter, block: doc.Bullets, width: float, look: Look, frame: Frame) -> Set:
    """A list with discs in the accent colour."""
    node = next(s.nodes)
    indent = 0.95 * s.body
    columns = column_count(s, width, max(block.columns, frame.side_by_side))
    column = column_width(s, width, columns)
    mark = s.paragraph((Span("•"),), "body")
    # In typefaces for Chinese the disc is as wide as a letter: its middle stands where it stands elsewhere.
    before = min(0.1 * s.body, DISC * s.body - mark.natural * s.size("body") / 2)
    entries: list[list[Slab]] = []
    tags: list[Tag] = []
    for item in block.items:
        li, label, words = next(s.nodes), next(s.nodes), next(s.nodes)
        slabs = s.lines(item, "body", column - indent, words, color=look.ink, x=indent)
        if slabs:
            first = slabs[0].items[0]
            assert isinstance(first, TextItem)
            dot = TextItem(label, before, first.y, first.size, s.color(look.accent), mark, 0, 1)
            slabs[0] = slabs[0]._replace(items=(dot, *slabs[0].items))
        entries.append(slabs)
        tags.append(Tag("LI", li, (Tag("Lbl", label), Tag("LBody", words))))
    slabs = in_columns(s, entries, width, columns, s.room(0.22))
    return slabs, (Tag("L", node, tuple(tags), numbering="Disc"),)


def steps(s: Setter, block: doc.Steps, width: float, look: Look, frame: Frame) -> Set:
    """Numbered steps: the number on a disc, what to do in bold, then how, an icon at the end."""
    node = next(s.nodes)
    columns = column_count(s, width, max(block.columns, frame.side_by_side))
    column = column_width(s, width, columns)
    entries: list[list[Slab]] = []
    tags: list[Tag] = []
    for number, step in enumerate(block.items, 1):
        li, label, words = next(s.nodes), next(s.nodes), next(s.nodes)
        entries.append([_step(s, step, number, label, words, column, look, frame.brief)])
        tags.append(Tag("LI", li, (Tag("Lbl", label), Tag("LBody", words))))
    slabs = in_columns(s, entries, width, columns, s.room(0.3 if frame.brief else 0.5))
    return slabs, (Tag("L", node, tuple(tags), numbering="Decimal"),)


def _step(
    s: Setter, step: doc.Step, number: int, label: int, words: int, width: float, look: Look, brief: bool
) -> Slab:
    disc = (1.35 if brief else 1.6) * s.body
    indent = disc + 0.5 * s.body
    side = 1.3 * s.body if step.icon and not brief else 0.0
    rich = _brief(step) if brief else tuple(replace(span, bold=True) for span in step.do)
    if step.how and not brief:
        # Between the sentences of a language without spaces the full stop is space enough.
        rich = (*rich, *([Span(" ")] if has_spaces(s.setting.lang) else []), *step.how)
    room = width - indent - (side + 0.4 * s.body if side else 0.0)
    items, height = stack(s.lines(rich, "body", room, words, color=look.ink, x=indent))
    down = sunk(s, items)
    total = max(height, disc + down)
    figure = s.paragraph((Span(str(number)),), "do")
    size = s.size("do") * (0.85 if brief else 1)
    x = (disc - figure.natural * size) / 2
    y = (disc + DIGIT_HEIGHT * size) / 2
    accent = s.color(look.accent)
    marks: list[Item] = [
        CircleItem(0, down, disc, accent),
        TextItem(label, x, down + y, size, s.color("paper"), figure, 0, len(figure.segments)),
    ]
    if step.icon and side:
        marks.append(IconItem(width - side, down + (disc - side) / 2, side, step.icon, accent))
    top = (total - height) / 2
    return Slab(total, (*marks, *(moved(item, 0, top) for item in items)))


def _brief(step: doc.Step) -> Rich:
    """A step in a few words: its own, as the author has set them, or what to do."""
    return step.brief or tuple(replace(span, bold=True) for span in step.do)


def definitions(s: Setter, block: doc.Definitions, width: float, look: Look, frame: Frame) -> Set:
    """Terms in bold, each with its meaning under it."""
    node = next(s.nodes)
    columns = column_count(s, width, max(block.columns, frame.side_by_side))
    column = column_width(s, width, columns)
    entries: list[list[Slab]] = []
    tags: list[Tag] = []
    for term, meaning in block.items:
        li, label, words = next(s.nodes), next(s.nodes), next(s.nodes)
        head = s.lines(term, "do", column, label, color=look.accent)
        text = s.lines(meaning, "body", column, words, color=look.ink)
        entries.append([*head, *(slab._replace(splits=False) for slab in text[:1]), *text[1:]])
        tags.append(Tag("LI", li, (Tag("Lbl", label), Tag("LBody", words))))
    slabs = in_columns(s, entries, width, columns, s.room(0.45))
    return slabs, (Tag("L", node, tuple(tags)),)
