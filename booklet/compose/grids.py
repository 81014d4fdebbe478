"""Grids to fill in: ratings with their sums, tables, cards."""

from __future__ import annotations

from booklet.compose.boxes import boxed, inside
from booklet.compose.columns import in_columns
from booklet.compose.fields import (
    BOX,
    CHARACTER,
    PITCH,
    STROKE,
    TARGET,
    answer,
    asked,
    button,
    kept,
    question,
    row_name,
    tick,
)
from booklet.compose.items import Field, FieldItem, Item, RectItem, Slab, Tag, moved, silent
from booklet.compose.setter import Set, Setter, stack
from booklet.content import document as doc
from booklet.content.document import LRI, PDI, Rich, plain
from booklet.layout.model import Frame
from booklet.layout.theme import Look

NARROWEST_ITEM = 13.0
NARROWEST_CELL = 6.5
"""Body sizes under which a rating's items, or a grid's cells, are too narrow for a table."""
NARROW_STEP = 42.0
"""The least width of a rating's column."""


def rating(s: Setter, block: doc.Rating, width: float, look: Look, frame: Frame) -> Set:
    """Items by a scale, the points printed over each column so that a hand can add them up."""
    if width - _step_width(s, block) * len(block.scale) < NARROWEST_ITEM * s.body:
        return _stacked(s, block, width, look)
    node, heads, head_row, body = (next(s.nodes) for _ in range(4))
    slabs, tags = question(s, block, width, look)
    step = _step_width(s, block)
    first = width - step * len(block.scale)
    head, head_tags = _rating_head(s, block, first, step, look)
    rows, row_tags = [], []
    for place, item in enumerate(block.items):
        slab, tag = _rating_row(s, block, item, first, step, look, shaded=place % 2 == 0)
        rows.append(slab._replace(head=(head.height, silent(head.items)) if place else None, cost=0.4))
        row_tags.append(tag)
    rows[0] = rows[0]._replace(splits=False)
    table = Tag(
        "Table",
        node,
        (Tag("THead", heads, (Tag("TR", head_row, head_tags),)), Tag("TBody", body, tuple(row_tags))),
    )
    return kept([*slabs, head._replace(gap=s.room(0.5)), *rows], rows=len(rows)), (*tags, table)


def _stacked(s: Setter, block: doc.Rating, width: float, look: Look) -> Set:
    """The same where a grid would be too narrow: each item with the scale under it."""
    node, group = next(s.nodes), next(s.nodes)
    slabs, tags = question(s, block, width, look)
    entries, items = [], []
    for item in block.items:
        li, words, holder = (next(s.nodes) for _ in range(3))
        text = s.lines(item.text, "body", width, holder, color=look.ink)
        row, row_tag = _scale_row(s, block, item, width, look)
        entries.append(kept([*text, row]))
        items.append(Tag("LI", li, (Tag("LBody", words, (Tag("P", holder), row_tag)),)))
    made = in_columns(s, entries, width, 1, s.room(0.75))
    tags.append(Tag("L", group, tuple(items)))
    return kept(slabs + made, rows=len(made) - 1), (Tag("Div", node, tuple(tags)),)


def _scale_row(s: Setter, block: doc.Rating, item: doc.Option, width: float, look: Look) -> tuple[Slab, Tag]:
    """The steps of a scale side by side, each with its word and its points."""
    group = next(s.nodes)
    step = width / len(block.scale)
    indent = s.hand(BOX) + 0.4 * s.body
    question_ = asked(s, block.label, item.text)
    items: list[Item] = []
    tags: list[Tag] = []
    for place, (option, points) in enumerate(zip(block.scale, block.points, strict=True)):
        li, label, form, words = (next(s.nodes) for _ in range(4))
        x = place * step
        rich = (*option.text, doc.Span(f" {points}"))
        text, height = stack(s.lines(rich, "small", step - indent, words, color=look.ink, x=indent))
        tip = answer(s, question_, option.text, points)
        field = Field(f"{block.name}.{item.value}", "radio", tip, question_, str(points))
        top = (s.hand(TARGET) - s.hand(BOX)) / 2
        items += [tick(s, x, top, round_=True), button(s, form, x, top, field, s.body)]
        items += [moved(part, x, (s.hand(TARGET) - height) / 2) for part in text]
        tags.append(Tag("LI", li, (Tag("Lbl", label, (Tag("Form", form),)), Tag("LBody", words))))
    return Slab(s.hand(TARGET) + 2, tuple(items), s.room(0.15)), Tag("L", group, tuple(tags))


def _step_width(s: Setter, block: doc.Rating) -> float:
    words = [s.paragraph(option.text, "label").natural * s.size("label") for option in block.scale]
    return max(s.hand(NARROW_STEP), *(word + 0.7 * s.body for word in words))


def _rating_head(
    s: Setter, block: doc.Rating, first: float, step: float, look: Look
) -> tuple[Slab, tuple[Tag, ...]]:
    """The scale's words over their points. The corner over the items is an empty cell."""
    tags = [Tag("TD", next(s.nodes))]
    items: list[Item] = []
    tall = 0.0
    for place, (option, points) in enumerate(zip(block.scale, block.points, strict=True)):
        cell = next(s.nodes)
        x = first + place * step
        text, high = _centred(s, option.text, "label", x, step, cell, look.accent)
        sum_, more = _centred(s, (doc.Span(str(points)),), "small", x, step, cell, look.ink)
        items += [*text, *(moved(item, 0, high) for item in sum_)]
        tall = max(tall, high + more)
        tags.append(Tag("TH", cell, scope="Column"))
    rule = RectItem(0, tall + 2, first + step * len(block.scale), 1.2, s.color(look.accent))
    return Slab(tall + 3.2, (*items, rule)), tuple(tags)


def _centred(
    s: Setter, rich: Rich, style: str, x: float, width: float, node: int, color: str
) -> tuple[tuple[Item, ...], float]:
    items, height = stack(s.lines(rich, style, width, node, color=color))
    return tuple(moved(item, x + (width - item.width) / 2, 0) for item in items), height


def _rating_row(
    s: Setter, block: doc.Rating, item: doc.Option, first: float, step: float, look: Look, *, shaded: bool
) -> tuple[Slab, Tag]:
    row, words = next(s.nodes), next(s.nodes)
    text, height = stack(s.lines(item.text, "body", first - 0.8 * s.body, words, color=look.ink, x=4.0))
    tall = max(height + 6, s.hand(PITCH))
    width = first + step * len(block.scale)
    items: list[Item] = [RectItem(0, 0, width, tall, s.color("mist"))] if shaded else []
    items += [moved(part, 0, (tall - height) / 2) for part in text]
    tags = [Tag("TH", words, scope="Row")]
    question_ = asked(s, block.label, item.text)
    for place, (option, points) in enumerate(zip(block.scale, block.points, strict=True)):
        cell, form = next(s.nodes), next(s.nodes)
        x, y = first + place * step + (step - s.hand(BOX)) / 2, (tall - s.hand(BOX)) / 2
        tip = answer(s, question_, option.text, points)
        field = Field(f"{block.name}.{item.value}", "radio", tip, question_, str(points))
        items += [tick(s, x, y, round_=True), button(s, form, x, y, field, s.body)]
        tags.append(Tag("TD", cell, (Tag("Form", form),)))
    return Slab(tall, tuple(items)), Tag("TR", row, tuple(tags))


def grid(s: Setter, block: doc.Grid, width: float, look: Look, frame: Frame) -> Set:
    """A table to fill in; cards where a row is a person, or where a table would be too narrow."""
    share = min(block.widths) / sum(block.widths) * (width - _first_column(s, block, width))
    narrow = share < NARROWEST_CELL * s.body
    return _cards(s, block, width, look) if block.cards or narrow else _table(s, block, width, look)


def _first_column(s: Setter, block: doc.Grid, width: float) -> float:
    """The width of the rows' labels, if they have any."""
    return min(0.34 * width, 11 * s.body) if any(plain(row.text) for row in block.rows) else 0.0


def _table(s: Setter, block: doc.Grid, width: float, look: Look) -> Set:
    node, heads, head_row, body = (next(s.nodes) for _ in range(4))
    slabs, tags = question(s, block, width, look)
    first = _first_column(s, block, width)
    named = first > 0
    shares = sum(block.widths)
    xs, x = [], first
    for share in block.widths:
        xs.append((x, (width - first) * share / shares))
        x += xs[-1][1]
    head_items: list[Item] = []
    head_tags = [Tag("TD", next(s.nodes))] if named else []
    tall = 0.0
    for (left, wide), column in zip(xs, block.columns, strict=True):
        cell = next(s.nodes)
        text, high = stack(s.lines(column.text, "label", wide - 8, cell, color=look.accent, x=4.0))
        head_items += [moved(item, left, 0) for item in text]
        head_tags.append(Tag("TH", cell, scope="Column"))
        tall = max(tall, high)
    head = Slab(tall + 3, (*head_items, RectItem(0, tall + 1.8, width, 1.2, s.color(look.accent))))
    rows, row_tags = [], []
    for place, row in enumerate(block.rows):
        slab, tag = _grid_row(s, block, row, place, xs, first, width, look, named)
        rows.append(slab._replace(head=(head.height, silent(head.items)) if place else None, cost=0.4))
        row_tags.append(tag)
    rows[0] = rows[0]._replace(splits=False)
    table = Tag(
        "Table",
        node,
        (Tag("THead", heads, (Tag("TR", head_row, tuple(head_tags)),)), Tag("TBody", body, tuple(row_tags))),
    )
    return kept([*slabs, head._replace(gap=s.room(0.5)), *rows], rows=len(rows)), (*tags, table)


def _grid_row(
    s: Setter,
    block: doc.Grid,
    row: doc.Option,
    place: int,
    xs: list[tuple[float, float]],
    first: float,
    width: float,
    look: Look,
    named: bool,
) -> tuple[Slab, Tag]:
    node = next(s.nodes)
    tags: list[Tag] = []
    items: list[Item] = []
    height = 0.0
    if named:
        words = next(s.nodes)
        text, height = stack(s.lines(row.text, "body", first - 8, words, color=look.ink, x=2.0))
        tags.append(Tag("TH", words, scope="Row"))
        items += text
    tall = max(height + 6, s.hand(PITCH) + 4)
    items = [moved(item, 0, (tall - height) / 2) for item in items]
    for (left, wide), column in zip(xs, block.columns, strict=True):
        cell, form = next(s.nodes), next(s.nodes)
        which = row_name(block, place)
        field = Field(
            f"{block.name}.{row.value}.{column.value}", "text", asked(s, block.label, which, column.text)
        )
        items.append(FieldItem(form, left + 3, 3, wide - 6, tall - 6, field, s.body))
        if left:
            items.append(RectItem(left, 0, 0.6, tall, s.color("rule")))
        tags.append(Tag("TD", cell, (Tag("Form", form),)))
    items.append(RectItem(0, tall - 0.6, width, 0.6, s.color("rule")))
    return Slab(tall, tuple(items)), Tag("TR", node, tuple(tags))


def _cards(s: Setter, block: doc.Grid, width: float, look: Look) -> Set:
    """A card a row, its fields side by side in lines as there is room."""
    node, list_ = next(s.nodes), next(s.nodes)
    slabs, tags = question(s, block, width, look)
    card = s.look("card")
    entries, items = [], []
    for place, row in enumerate(block.rows):
        li, words = next(s.nodes), next(s.nodes)
        made, inner = _card(s, block, row, place, inside(width, card))
        entries.append([boxed(s, [made], width, card, 0.0)])
        items.append(Tag("LI", li, (Tag("LBody", words, inner),)))
    made_ = in_columns(s, entries, width, 1, s.room(0.4))
    tags.append(Tag("L", list_, tuple(items)))
    return kept(slabs + made_, rows=len(made_) - 1), (Tag("Div", node, tuple(tags)),)


def _card(
    s: Setter, block: doc.Grid, row: doc.Option, place: int, width: float
) -> tuple[Slab, tuple[Tag, ...]]:
    items: list[Item] = []
    tags: list[Tag] = []
    shares = sum(block.widths)
    gap = 10.0
    x = y = tall = 0.0
    if plain(row.text):
        head = next(s.nodes)
        title, y = stack(s.lines(row.text, "body", width, head, color="ink"))
        items += title
        tags.append(Tag("P", head))
        y += 3
    side_by_side = (width - gap * (len(block.columns) - 1)) / len(block.columns) >= 7 * s.body
    for column, share in zip(block.columns, block.widths, strict=True):
        words, holder, form = (next(s.nodes) for _ in range(3))
        wide = (width - gap * (len(block.columns) - 1)) * share / shares if side_by_side else width
        text, high = stack(s.lines(column.text, "small", wide, words, color="ink"))
        which = row_name(block, place)
        field = Field(
            f"{block.name}.{row.value}.{column.value}", "text", asked(s, block.label, which, column.text)
        )
        foot = high + s.hand(PITCH)
        items += [moved(item, x, y) for item in text]
        items += [
            RectItem(x, y + high + 1, wide, s.hand(PITCH) - 1, s.color("paper"), s.color("muted"), 0.6, 3.0),
            FieldItem(form, x + 2, y + high + 2, wide - 4, s.hand(PITCH) - 3, field, s.body),
        ]
        tags += [Tag("P", words), Tag("P", holder, (Tag("Form", form),))]
        if side_by_side:
            x += wide + gap
            tall = max(tall, y + foot)
        else:
            y += foot + 4
            tall = y - 4
    return Slab(tall, tuple(items)), tuple(tags)


def score(s: Setter, block: doc.Score, width: float, look: Look, frame: Frame) -> Set:
    """A box for the sum, and under it what each band of sums may mean, in kind words."""
    node, holder, form, group = (next(s.nodes) for _ in range(4))
    slabs, tags = question(s, block, width, look)
    names = tuple(f"{block.of.name}.{item.value}" for item in block.of.items)
    field = Field(block.name, "total", asked(s, block.label, block.hint), most=3, terms=names)
    wide = s.hand(CHARACTER) * 3.4
    box = (
        RectItem(0, 0, wide, s.hand(PITCH) + 6, s.color("paper"), s.color("ink"), STROKE, 4.0),
        FieldItem(form, 2, 2, wide - 4, s.hand(PITCH) + 2, field, 1.2 * s.body),
    )
    bands, band_tags = _bands(s, block, width, look)
    all_tags = (*tags, Tag("P", holder, (Tag("Form", form),)), Tag("L", group, band_tags))
    made = [*slabs, Slab(s.hand(PITCH) + 6, box, s.room(0.3)), *bands]
    return kept(made, rows=len(bands)), (Tag("Div", node, all_tags),)


def _bands(s: Setter, block: doc.Score, width: float, look: Look) -> tuple[list[Slab], tuple[Tag, ...]]:
    indent = 3.6 * s.body
    slabs, tags = [], []
    for low, high, words in block.bands:
        li, label, text = (next(s.nodes) for _ in range(3))
        span = f"{low}\u2013{high}" if low != high else str(low)
        if s.setting.rtl:
            span = f"{LRI}{span}{PDI}"  # isolated: these digits run from left to right in every script
        mark, _ = stack(s.lines((doc.Span(span),), "do", indent, label, color=look.accent))
        body, tall = stack(s.lines(words, "body", width - indent, text, color=look.ink, x=indent))
        slabs.append(Slab(tall, (*mark, *body), s.room(0.4)))
        tags.append(Tag("LI", li, (Tag("Lbl", label), Tag("LBody", text))))
    return slabs, tuple(tags)
