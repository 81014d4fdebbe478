"""What is filled in: boxes to tick and lines to write on. Each serves a pen and a screen alike.

The measures here are for body type of up to 14 pt; where it is larger they grow with it (`Setter.hand`).
"""

from __future__ import annotations

from booklet.compose.columns import column_count, column_width, in_columns
from booklet.compose.items import ARROW, Field, FieldItem, IconItem, Item, RectItem, Slab, Tag, moved
from booklet.compose.setter import Set, Setter, gapped, stack, sunk
from booklet.content import document as doc
from booklet.content.document import Rich, plain
from booklet.layout.model import Frame
from booklet.layout.theme import Look
from booklet.locales import sentences

PITCH = 24.0
"""Points between writing lines: 3 lines an inch, the usual allowance for handwriting."""
BOX = 14.0
"""Side of a box to tick: 5 mm."""
TARGET = 20.0
"""Side of its active area: more than the 24 CSS pixels of WCAG 2.2, 2.5.8."""
CHARACTER = 14.5
"""Points that a written character takes: five an inch."""
STROKE = 1.0
SIGNATURE = (227.0, 36.0)
"""Width of the line for a signature, and the room above it: 80 mm and 12.7 mm."""
BEFORE = 0.95
"""Room before a question, in body sizes."""


def question(s: Setter, block: doc.Question, width: float, look: Look) -> tuple[list[Slab], list[Tag]]:
    """The label over what is filled in, and how to write it in small print."""
    slabs, tags = s.text("P", block.label, "do", width, color=look.ink)
    more, more_tags = s.text("P", block.hint, "small", width, color=look.ink)
    return gapped(slabs + more, s.room(BEFORE)), [*tags, *more_tags]


def asked(s: Setter, *parts: Rich | str) -> str:
    """A field's full question for a screen reader, from the texts that belong to it, a stop between."""
    texts = [(part if isinstance(part, str) else plain(part)).strip() for part in parts]
    texts = [text for text in texts if text]
    stop = sentences.stop(s.setting.lang)
    ended = [text if sentences.ends(text, colon=True) else f"{text}{stop}" for text in texts[:-1]]
    return " ".join([*ended, *texts[-1:]])


def row_name(block: doc.Grid, place: int) -> Rich:
    """What a row is called: its label, or its number where there are several."""
    row = block.rows[place]
    if plain(row.text):
        return row.text
    return (doc.Span(str(place + 1)),) if len(block.rows) > 1 else ()


def answer(s: Setter, question_: str, option: Rich, points: int | None = None) -> str:
    """What a screen reader says of one answer of several: the question, the answer, what it counts."""
    labels = s.setting.labels
    said = labels.option.format(
        question=question_.rstrip(sentences.TERMINALS + sentences.COLONS), answer=plain(option).strip()
    )
    return said if points is None else f"{said} ({labels.points.format(points=points)})"


def line_box(s: Setter, x: float, y: float, width: float) -> RectItem:
    """The rule under a line to write on; `y` is the line's foot."""
    return RectItem(x, y - 0.8, width, 0.8, s.color("muted"))


def tick(s: Setter, x: float, y: float, *, round_: bool = False) -> RectItem:
    """A box to tick, or a circle for one of several, `BOX` wide."""
    radius = s.hand(BOX) / 2 if round_ else 2.5
    return RectItem(x, y, s.hand(BOX), s.hand(BOX), s.color("paper"), s.color("ink"), STROKE, radius)


def button(s: Setter, node: int, x: float, y: float, field: Field, size: float) -> FieldItem:
    """The active area around a tick box whose corner is at (x, y)."""
    out = (s.hand(TARGET) - s.hand(BOX)) / 2
    return FieldItem(node, x - out, y - out, s.hand(TARGET), s.hand(TARGET), field, size)


# -- one of several, any of several ---------------------------------------------------------------


def choice(s: Setter, block: doc.Choice, width: float, look: Look, frame: Frame) -> Set:
    """Options with a box each, down the page or side by side where there is room; or a menu."""
    node = next(s.nodes)
    slabs, tags = question(s, block, width, look)
    if block.menu:
        made, more = _menu(s, block, width, look)
        return kept([*slabs, *gapped(made, s.room(0.15))]), (Tag("Div", node, (*tags, *more)),)
    group = next(s.nodes)
    most = column_count(s, width, max(block.columns, frame.side_by_side))
    columns = most if _short(s, block, column_width(s, width, most)) else 1
    column = column_width(s, width, columns)
    entries, items = [], []
    for option in block.options:
        slab, tag = _option(s, block, option, column, look)
        entries.append([slab])
        items.append(tag)
    made = in_columns(s, entries, width, columns, s.room(0.3))
    tags.append(Tag("L", group, tuple(items)))
    return kept(slabs + made), (Tag("Div", node, tuple(tags)),)


def _short(s: Setter, block: doc.Choice, width: float) -> bool:
    """Whether every option fits on one line of a column."""
    room = width - s.hand(BOX) - 0.7 * s.body
    return all(s.paragraph(option.text, "body").natural * s.size("body") <= room for option in block.options)


def _option(s: Setter, block: doc.Choice, option: doc.Option, width: float, look: Look) -> tuple[Slab, Tag]:
    li, label, form, words = (next(s.nodes) for _ in range(4))
    indent = s.hand(BOX) + 0.6 * s.body
    text, height = stack(s.lines(option.text, "body", width - indent, words, color=look.ink, x=indent))
    total = max(height, s.hand(TARGET))
    line = s.body * 1.32
    top = max((min(line, total) - s.hand(BOX)) / 2, 0.0) + max((total - max(height, s.hand(BOX))) / 2, 0.0)
    top += sunk(s, text)
    question_ = asked(s, block.label, block.hint)
    if block.many:
        field = Field(f"{block.name}.{option.value}", "check", answer(s, question_, option.text), value="yes")
    else:
        field = Field(block.name, "radio", answer(s, question_, option.text), question_, option.value)
    mark = tick(s, 0, top, round_=not block.many)
    placed = (
        mark,
        button(s, form, 0, top, field, s.body),
        *(moved(i, 0, (total - height) / 2) for i in text),
    )
    return Slab(total, placed), Tag("LI", li, (Tag("Lbl", label, (Tag("Form", form),)), Tag("LBody", words)))


def _menu(s: Setter, block: doc.Choice, width: float, look: Look) -> Set:
    """A box with an arrow, and the answers in small print under it: a pen writes one of them, or rings it."""
    holder, form = next(s.nodes), next(s.nodes)
    texts = tuple(option.words for option in block.options)
    # Answers are shown in another typeface, which may be wider.
    typed = 1.15 * s.size("body") * max(s.paragraph(option.text, "body").natural for option in block.options)
    if (excess := typed + ARROW - width) > 0:
        s.wide.append((max(texts, key=len), excess, block.place))
    room = min(width, max(typed, CHARACTER * max(map(len, texts))) + ARROW)
    field = Field(block.name, "menu", asked(s, block.label, block.hint), options=texts)
    side = ARROW - 6
    arrow = 3 if s.setting.rtl else room - side - 3
    items = (
        RectItem(0, 0, room, PITCH, s.color("paper"), s.color("muted"), 0.8, 3.0),
        IconItem(arrow, (PITCH - side) / 2, side, "chevron-down", s.color("muted")),
        FieldItem(form, 1, 1, room - 2, PITCH - 2, field, s.body),
    )
    listed: list[doc.Span] = []
    for option in block.options:
        listed += [doc.Span("\u00a0· "), *option.text] if listed else option.text
    slabs, tags = s.text("P", tuple(listed), "small", width, color=look.ink)
    return [Slab(PITCH, items), *gapped(slabs, s.room(0.2))], (Tag("P", holder, (Tag("Form", form),)), *tags)


# -- lines to write on -----------------------------------------------------------------------------


def entry(s: Setter, block: doc.Entry, width: float, look: Look, frame: Frame) -> Set:
    """A label with room for the answer under it."""
    node = next(s.nodes)
    slabs, tags = question(s, block, width, look)
    if block.kind == "date":
        made, more = _date(s, block)
    elif block.kind in ("initials", "signature"):
        made, more = _for_pen(s, block, width), ()
    elif block.lines > 1:
        made, more = _answer(s, block, width)
    else:
        made, more = _line(s, block, width)
    tags += more
    return kept([*slabs, *gapped(made, s.room(0.15))]), (Tag("Div", node, tuple(tags)),)


def _line(s: Setter, block: doc.Entry, width: float) -> Set:
    holder, form = next(s.nodes), next(s.nodes)
    room = width
    if block.kind == "number":
        room = min(width, s.hand(CHARACTER) * max(4, (block.most or 4) + 1))
    elif block.kind == "phone":
        room = min(width, s.hand(CHARACTER) * 14)
    field = Field(block.name, "text", asked(s, block.label, block.hint), most=block.most)
    items = (
        line_box(s, 0, s.hand(PITCH), room),
        FieldItem(form, 0, s.hand(PITCH) - 1 - s.hand(TARGET), room, s.hand(TARGET), field, s.body),
    )
    return [Slab(s.hand(PITCH), items)], (Tag("P", holder, (Tag("Form", form),)),)


def _answer(s: Setter, block: doc.Entry, width: float) -> Set:
    holder, form = next(s.nodes), next(s.nodes)
    tall = block.lines * s.hand(PITCH) + 4
    field = Field(block.name, "multiline", asked(s, block.label, block.hint), most=block.most)
    rules = tuple(s.hand(PITCH) * line for line in range(1, block.lines))
    items = (
        RectItem(0, 0, width, tall, s.color("paper"), s.color("muted"), 0.8, 4.0),
        FieldItem(form, 2, 2, width - 4, tall - 4, field, s.body, rules),
    )
    return [Slab(tall, items)], (Tag("P", holder, (Tag("Form", form),)),)


def _date(s: Setter, block: doc.Entry) -> Set:
    """A box for each part in the locale's order, its name over it."""
    items: list[Item] = []
    tags: list[Tag] = []
    x = tall = 0.0
    for part, label, digits in block.order:
        words, holder, form = (next(s.nodes) for _ in range(3))
        rich = (doc.Span(label),)
        shaped = s.paragraph(rich, "small")
        wide = max(s.hand(CHARACTER) * (digits + 0.6), shaped.natural * s.size("small") + 2)
        text, height = stack(s.lines(rich, "small", wide, words, color="ink", x=x))
        field = Field(f"{block.name}.{part}", "text", asked(s, block.label, label, block.hint), most=digits)
        box = RectItem(x, height + 1, wide, s.hand(PITCH), s.color("paper"), s.color("muted"), 0.8, 3.0)
        items += [*text, box, FieldItem(form, x + 1, height + 2, wide - 2, s.hand(PITCH) - 2, field, s.body)]
        tags += [Tag("P", words), Tag("P", holder, (Tag("Form", form),))]
        x += wide + 10
        tall = max(tall, height + 1 + s.hand(PITCH))
    return [Slab(tall, tuple(items))], tuple(tags)


def _for_pen(s: Setter, block: doc.Entry, width: float) -> list[Slab]:
    """A line to sign on: nothing to type."""
    room = min(width, s.hand(SIGNATURE[0]) if block.kind == "signature" else s.hand(CHARACTER) * 5)
    return [Slab(s.hand(SIGNATURE[1]), (line_box(s, 0, s.hand(SIGNATURE[1]), room),))]


def kept(slabs: list[Slab], rows: int = 0) -> list[Slab]:
    """A question with what is filled in under it, never split; only the last `rows` may be."""
    fixed = len(slabs) - rows
    return [
        slab if place >= fixed or not place else slab._replace(splits=False)
        for place, slab in enumerate(slabs)
    ]
