"""What composition makes: placed items on panels, and the tree of tags that they belong to.

Coordinates are points from a panel's upper left corner, y downwards. While blocks are being set, x runs
from the starting edge; `mirrored` turns it for right-to-left documents. Items and slabs are named
tuples, because copyfitting makes and moves thousands of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, get_args

from booklet.content.document import Picture
from booklet.iconset import DIRECTED
from booklet.typeset.paragraph import Paragraph, line

ARTIFACT = -1
"""The node of items that are decoration or page furniture: no screen reader hears of them."""
ARROW = 22.0
"""Points at the right of a menu for its arrow. Viewers put theirs there in every language."""


@dataclass(frozen=True, slots=True)
class Tag:
    """An element of the structure tree. `node` is its number in the document, in reading order.

    `name` is a standard structure type of PDF 1.7; `alt`, `lang`, `scope` and `numbering` become its
    attributes (ISO 32000-1, 14.8).
    """

    name: str
    node: int
    kids: tuple[Tag, ...] = ()
    alt: str | None = None
    lang: str | None = None
    scope: Literal["Row", "Column"] | None = None
    numbering: Literal["Disc", "Decimal"] | None = None
    bbox: bool = False
    title: str | None = None
    """The entry in the outline."""


class TextItem(NamedTuple):
    """One line of a paragraph; `y` is the baseline."""

    node: int
    x: float
    y: float
    size: float
    color: str
    paragraph: Paragraph
    start: int
    end: int
    underline: bool = True
    """Whether web addresses in it are underlined."""

    @property
    def width(self) -> float:
        return (self.paragraph.ink[self.end - 1] - self.paragraph.before[self.start]) * self.size


class RectItem(NamedTuple):
    """A box; always an artifact."""

    x: float
    y: float
    width: float
    height: float
    fill: str | None = None
    stroke: str | None = None
    line: float = 0.75
    radius: float = 0.0
    dash: bool = False


class IconItem(NamedTuple):
    """A stroked icon from the icon set, `width` points square; always an artifact."""

    x: float
    y: float
    width: float
    name: str
    color: str
    turned: bool = False
    """Whether left and right are changed over."""


class PictureItem(NamedTuple):
    """A picture scaled into a box; an artifact when it is decoration."""

    node: int
    x: float
    y: float
    width: float
    height: float
    picture: Picture


class CodeItem(NamedTuple):
    """A QR code of `data`, `width` points square with its quiet zone."""

    node: int
    x: float
    y: float
    width: float
    data: str


@dataclass(frozen=True, slots=True)
class Field:
    """A form field, or one button of a group.

    `tip` is what a screen reader calls it: the full question. Buttons of a radio group share `name`;
    `question` is the group's own tip and `value` what the button stands for. A "menu" has `options`. A
    "total" adds up the fields named in `terms`.
    """

    name: str
    kind: Literal["text", "multiline", "menu", "check", "radio", "total"]
    tip: str
    question: str = ""
    value: str = ""
    most: int | None = None
    options: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()


class FieldItem(NamedTuple):
    """A form field's active area. What a pen needs is drawn by other items; `rules` are the writing
    lines of an empty multiline field, as distances from its top."""

    node: int
    x: float
    y: float
    width: float
    height: float
    field: Field
    size: float
    """Of what is typed, in points."""
    rules: tuple[float, ...] = ()


class CircleItem(NamedTuple):
    """A filled disc, for numbers; always an artifact. `x`, `y` is its box's corner."""

    x: float
    y: float
    width: float
    fill: str


Item = TextItem | RectItem | IconItem | PictureItem | CodeItem | CircleItem | FieldItem


_X = {kind: kind._fields.index("x") for kind in get_args(Item)}


def moved(item: Item, dx: float, dy: float) -> Item:
    """The item elsewhere. (`_replace` would take five times as long.)"""
    kind = type(item)
    place = _X[kind]
    values: tuple[Any, ...] = tuple(item)
    return tuple.__new__(
        kind, (*values[:place], values[place] + dx, values[place + 1] + dy, *values[place + 2 :])
    )


def mirrored(item: Item, panel_width: float) -> Item:
    """The item with its box on the other side. Of what they show only icons with a direction are turned."""
    there = item._replace(x=panel_width - item.x - item.width)
    if isinstance(there, IconItem) and there.name in DIRECTED:
        return there._replace(turned=True)
    return there


def silent(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """A table's head once more, for the eye alone: its cells have been read."""
    return tuple(item._replace(node=ARTIFACT) if isinstance(item, TextItem) else item for item in items)


class Slab(NamedTuple):
    """A strip of set blocks that is never split. `gap` is the room above it, dropped at a frame's head.

    `splits`: a new frame may begin before it, at a `cost` (0 free, 1 a pity).
    """

    height: float
    items: tuple[Item, ...]
    gap: float = 0.0
    splits: bool = True
    cost: float = 0.0
    name: str = ""
    """What it is part of, for messages: a section's heading or id."""
    head: tuple[float, tuple[Item, ...]] | None = None
    """Height and items of a table's head, repeated as an artifact where a column begins with this row."""

    @property
    def first(self) -> float:
        """Its height at the head of a column."""
        return self.height + (self.head[0] if self.head else 0.0)


@dataclass(frozen=True, slots=True)
class Panel:
    """What a reader sees at a time."""

    name: str
    width: float
    height: float
    items: tuple[Item, ...]
    ground: str | None = None
    """The colour behind it, where an edition has one."""


@dataclass(frozen=True, slots=True)
class Composition:
    """All panels in reading order and the tag tree. `body` is the body size that fitted, in points."""

    panels: tuple[Panel, ...]
    tags: Tag
    body: float
    spacing: float


def text_of(item: TextItem) -> str:
    """The text of a line in logical order, as a reader of the PDF should get it back."""
    runs = sorted(line(item.paragraph, item.start, item.end).runs, key=lambda run: run.start)
    return "".join(cluster.text for run in runs for cluster in run.clusters)
