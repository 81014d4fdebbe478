"""The resolved document: what a content file says in one locale for one site, ready to be set.

Every value here is frozen and hashable. Text is already translated, values are filled in, inline
markup is parsed. `place` points back at the author's file and takes no part in equality.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from booklet.problems import Place

LRI, FSI, PDI = "\u2066", "\u2068", "\u2069"
"""An isolate that runs from left to right, one that runs as its first letter does, and their end (UAX #9)."""
Direction = Literal["ltr", "rtl"]
Role = Literal["cover", "body", "emergency", "contacts", "sources", "imprint", "contents", "notes"]
"""What a layout places a section by. Authors write no "contents" and "notes": composition makes them."""
NOWHERE = Place("")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text in one style. `lang` is set only where it differs from the document's."""

    text: str
    bold: bool = False
    italic: bool = False
    url: str | None = None
    lang: str | None = None
    untranslated: bool = False
    """Set where a translation is missing, so that the text is marked in print."""


Rich = tuple[Span, ...]


def plain(rich: Rich) -> str:
    """The text of `rich` without its styles."""
    return "".join(span.text for span in rich)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What every block has. `columns`: side by side if the frame is wide enough for it."""

    keep: Literal["together", "with-next"] | None = None
    columns: int = 1
    claims: tuple[str, ...] = ()
    """Ids of the sources that the block's claims rest on."""
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading(Block):
    """A heading inside a section (one level under the section's own)."""

    text: Rich


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph(Block):
    text: Rich


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets(Block):
    items: tuple[Rich, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One numbered step: `do` in bold, then `how`; the icon's name or none. `brief` says all of it."""

    do: Rich
    how: Rich = ()
    brief: Rich = ()
    icon: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps(Block):
    items: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Callout(Block):
    kind: Literal["note", "warning", "emergency", "private"]
    """`private` is the note that a sheet is for one's own eyes."""
    title: Rich = ()
    icon: str | None = None
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote(Block):
    text: Rich
    by: Rich = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Definitions(Block):
    items: tuple[tuple[Rich, Rich], ...]
    """Pairs of term and meaning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Block):
    """`rows` are as wide as `header`; with `row_headers` the first cell of each row heads it."""

    header: tuple[Rich, ...]
    rows: tuple[tuple[Rich, ...], ...]
    caption: Rich = ()
    row_headers: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture(Block):
    """`data` is the file's bytes, read and checked; `alt` is None for mere decoration.

    `width` is a share of the frame's width, 0 to 1. `size` is the natural size in points.
    """

    data: bytes = field(repr=False)
    format: Literal["svg", "png", "jpeg"]
    size: tuple[float, float]
    alt: str | None
    width: float = 1.0
    caption: Rich = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """`text` is what is printed, in the region's own form; `uri` what a phone dials (`tel:…`)."""

    text: str
    uri: str
    label: Rich = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    name: Rich
    phones: tuple[Phone, ...] = ()
    url: str | None = None
    url_text: str = ""
    hours: Rich = ()
    note: Rich = ()
    qr: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Contacts(Block):
    """With no items a labelled box is left empty for a pen: `empty` says what belongs there."""

    items: tuple[Contact, ...]
    empty: Rich = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    id: str
    text: Rich
    """Publisher, title and year in one line."""
    short: Rich
    """Publisher and year, for layouts with little room."""
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources(Block):
    items: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint(Block):
    """Who hands this out, and how old it is. With no site `name` is empty: a box for a stamp."""

    name: Rich = ()
    lines: tuple[Rich, ...] = ()
    phones: tuple[Phone, ...] = ()
    url: str | None = None
    url_text: str = ""
    logo: Picture | None = None
    stamp: Rich = ()
    """The label of the empty box, used when there is no site."""
    notes: tuple[Rich, ...] = ()
    """Version, review dates, the disclaimer, the draft mark: small print, a paragraph each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover(Block):
    """The title (the document's H1) and what stands with it on the first panel."""

    title: Rich
    subtitle: Rich = ()
    note: Rich = ()
    picture: Picture | None = None
    name: Rich = ()
    """The site's name. With no site it is empty: a box for a stamp."""
    logo: Picture | None = None
    stamp: Rich = ()
    """The label of the empty box."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer of several. `value` is its id: what the form stores and `booklet read` gives."""

    value: str
    text: Rich

    @property
    def words(self) -> str:
        """The answer without styles, as an entry of a menu."""
        return plain(self.text).strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Block):
    """What all fill-in blocks have. `name` is the field's name in the form, the same in every locale
    and layout; fields within a block add to it behind a dot (`habits.money`)."""

    name: str
    label: Rich = ()
    hint: Rich = ()
    """Small print under the label: how to write the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating(Question):
    """A grid of items by a scale. `points` are those of the scale's steps, in its order."""

    scale: tuple[Option, ...]
    points: tuple[int, ...]
    items: tuple[Option, ...]
    """The lines of the grid; `value` is the part of the field's name behind the dot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score(Question):
    """The sum of a rating, with a text for each band of it: (lowest, highest, text)."""

    of: Rating
    bands: tuple[tuple[int, int, Rich], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Question):
    """One of several (a radio group, or a menu), or with `many` any of several (check boxes, `name.value`
    each)."""

    options: tuple[Option, ...]
    many: bool = False
    menu: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Question):
    """Something to write. `lines` is the room for a pen; more than 1 makes the field multiline.

    A date has three fields, in the locale's order: `order` holds (part, label, width in digits) with
    the parts "year", "month" and "day".
    """

    kind: Literal["text", "number", "phone", "date", "initials", "signature"] = "text"
    lines: int = 1
    most: int | None = None
    """The longest answer, in characters."""
    order: tuple[tuple[str, str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid(Question):
    """A table to fill: `rows` lines of `columns` (field `name.1.value`), or lines with labels of their own
    (field `name.row.value`). With `cards` each row is a card with its fields under each other."""

    columns: tuple[Option, ...]  # type: ignore[assignment]  # a grid stands in no columns: it has them
    widths: tuple[float, ...]
    """The columns' shares of the width, which add up to 1."""
    rows: tuple[Option, ...]
    """A row's `value` is its part of the field's name, its text its label, empty where it has none."""
    cards: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TocEntry:
    """A section in the list of contents. `node` is its heading's in the tree of tags and `page` the page on
    which it stands; both are None until the document has been poured."""

    text: str
    icon: str | None = None
    node: int | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Toc(Block):
    """The list of contents."""

    items: tuple[TocEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines(Block):
    """Lines for a pen, one under the other."""

    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the document that a layout places by its `role`. `number` counts body sections."""

    id: str
    role: Role
    blocks: tuple[Block, ...]
    heading: Rich = ()
    icon: str | None = None
    number: int | None = None
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """The few words that layouts and the PDF itself need, in the document's language."""

    draft: str
    """The draft mark of a translation that no person has reviewed yet."""
    page_of: str
    """With {page} and {pages}."""
    link_phone: str
    """With {number}: what a screen reader says of a phone link."""
    link_web: str
    """With {address}."""
    step: str
    """With {number}."""
    total: str = "0–{most}"
    """With {most}: the label of a score, and how high it can be."""
    points: str = "{points}"
    """With {points}: what a screen reader says of a step of a scale."""
    option: str = "{question}: {answer}"
    """With {question} and {answer}: a choice's name for a screen reader."""
    contents: str = "Contents"
    """The heading over the list of contents."""
    notes: str = "My notes"
    """The heading over pages with lines for a pen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    id: str
    version: str
    lang: str
    """BCP 47, as it goes into the PDF: `en-US`, `es-US`."""
    direction: Direction
    title: str
    description: str
    keywords: tuple[str, ...]
    author: str
    """The site's name, or empty."""
    sections: tuple[Section, ...]
    labels: Labels
    draft: bool
    """True while the translation has not been reviewed by a person: every sheet is marked."""
    modified: date
    """The date of the last review: the PDF's only date, so that builds are reproducible."""
    site: str | None = None
    file: str = field(default="", compare=False)
