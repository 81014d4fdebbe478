"""The YAML format of a content file, as models that check it.

Keys that a model does not name are refused. In YAML a name's underscores are hyphens.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    WithJsonSchema,
    model_validator,
)

from booklet.content import inline
from booklet.iconset import icons
from booklet.validate import KIND
from booklet.wording import quoted, suggestion
from booklet.yamlfile import Mistake


class Strict(BaseModel):
    """What all models of YAML files have in common."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        defer_build=True,
        alias_generator=lambda name: name.rstrip("_").replace("_", "-"),
    )


def _rich(text: str) -> str:
    text = inline.tidy(text)
    inline.parse(text)
    return text


def _plain(text: str) -> str:
    text = inline.tidy(text)
    inline.parse_plain(text)
    return text


def _bare(text: str) -> str:
    text = inline.tidy(text)
    if inline.parse_plain(text).placeholders:
        raise Mistake("A value cannot stand here.", "Write the words themselves.", "{{")
    return text


def _name(pattern: str, message: str, hint: str) -> AfterValidator:
    def check(text: str) -> str:
        if len(text) > 64 or not re.fullmatch(pattern, text):
            raise Mistake(f"{quoted(text)} {message}", hint)
        return text

    return AfterValidator(check)


def _date(value: Any) -> Any:
    """ISO dates alone: pydantic would also take a number of seconds."""
    if not isinstance(value, str):
        return value
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            return date.fromisoformat(value)
    except ValueError:
        raise Mistake(f"There is no day {quoted(value)}.", "Check the month and the day.") from None
    raise Mistake(f"{quoted(value)} is not a date.", "Write year-month-day, such as 2026-11-22.")


def _flag(value: Any) -> Any:
    """`true` and `false` alone: pydantic would also take `t`, `y`, `on` and `1`."""
    if isinstance(value, str) and value.lower() not in ("true", "false"):
        raise Mistake(f'This must be "true" or "false", but it is {quoted(value)}.')
    return value


def _number_schema(kind: str, least: float, most: float, pattern: str) -> WithJsonSchema:
    """A number, also in quotation marks: the loader does not see them."""
    return WithJsonSchema({"type": [kind, "string"], "minimum": least, "maximum": most, "pattern": pattern})


def _address(text: str) -> str:
    if not text.startswith(("https://", "http://")):
        raise Mistake(f"{quoted(text)} is not a web address.", "It begins with https:// or http://.")
    inline.check_address(text)
    return text


_TEXT_SCHEMA = {"type": ["string", "number", "boolean"]}
"""Editors see `988` as a number and `true` as a yes; booklet takes both as the text they are."""

Text = Annotated[str, AfterValidator(_rich), WithJsonSchema(_TEXT_SCHEMA)]
"""A paragraph with **bold**, *italic*, [links](https://…) and {{ values }}."""
Plain = Annotated[str, AfterValidator(_plain), WithJsonSchema(_TEXT_SCHEMA)]
"""A text without markup; it may hold {{ values }}."""
Bare = Annotated[str, AfterValidator(_bare), WithJsonSchema(_TEXT_SCHEMA)]
"""A text without markup and without values."""
Cell = Annotated[
    Text | None,
    BeforeValidator(lambda value: value or None),
    WithJsonSchema({"type": ["string", "number", "boolean", "null"]}),
]
"""A text, or nothing."""
Flag = Annotated[
    bool,
    BeforeValidator(_flag),
    WithJsonSchema({"type": ["boolean", "string"], "pattern": "^(?:true|false)$"}),
]
Columns = Annotated[int, Field(ge=1, le=3), _number_schema("integer", 1, 3, "^[1-3]$")]
Year = Annotated[int, Field(ge=1900, le=2100), _number_schema("integer", 1900, 2100, "^[0-9]{4}$")]
PerCent = Annotated[
    float, Field(ge=1, le=100, allow_inf_nan=False), _number_schema("number", 1, 100, "^[0-9.]+$")
]
Day = Annotated[date, BeforeValidator(_date), WithJsonSchema({"type": "string", "format": "date"})]
Address = Annotated[str, AfterValidator(_address), WithJsonSchema({"type": "string", "format": "uri"})]

_ID = "[a-z0-9]+(?:-[a-z0-9]+)*"
Id = Annotated[
    str,
    _name(_ID, "is not a name that booklet can use.", "Use small letters a to z, digits and hyphens."),
    WithJsonSchema({"type": ["string", "integer"], "pattern": f"^{_ID}$"}),
]


def _icon(name: str) -> str:
    if name not in icons():
        raise Mistake(f"There is no icon {quoted(name)}.", suggestion(name, sorted(icons()), "The icons are"))
    return name


Icon = Annotated[Id, AfterValidator(_icon)]
"""The name of an icon that ships."""
_SOURCE_ID = "[A-Za-z0-9]+(?:[-.][A-Za-z0-9]+)*"
SourceId = Annotated[
    str,
    _name(_SOURCE_ID, "is not an id that a source can have.", "Use letters a to z, digits and hyphens."),
    WithJsonSchema({"type": ["string", "integer"], "pattern": f"^{_SOURCE_ID}$"}),
]
_VERSION = "[0-9]+(?:[.][0-9]+)*"
Version = Annotated[
    str,
    _name(_VERSION, "is not a version.", 'Use numbers and points, such as "1.0".'),
    WithJsonSchema({"type": ["string", "number"]}),
]
_TAG = "[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?"
LanguageTag = Annotated[
    str,
    _name(_TAG, "is not a language tag.", "Write it as in en, es-US or zh-Hant."),
    WithJsonSchema({"type": "string", "pattern": f"^{_TAG}$"}),
]


class Review(Strict):
    """When the words were last checked, and when they must be checked again."""

    status: Literal["draft", "reviewed"]
    last: Day
    next: Day

    @model_validator(mode="after")
    def _in_order(self) -> Review:
        if self.next <= self.last:
            raise Mistake("The next review must come after the last one.", "Check both dates.", at=("next",))
        return self


class SourceEntry(Strict):
    """A work that claims rest on. `year` is left out where the work shows none."""

    publisher: Bare
    title: Bare
    year: Year | None = None
    url: Address | None = None
    short: Bare | None = None


class PictureFile(Strict):
    """A picture: either `alt` says what it shows, or `decoration` says that it adds nothing."""

    file: Bare
    alt: Plain | None = None
    decoration: Flag = False

    @model_validator(mode="after")
    def _described(self) -> PictureFile:
        if self.alt is None and not self.decoration:
            raise Mistake(
                'The picture has neither "alt" nor "decoration: true".',
                "Say in alt what it shows, for readers who cannot see it.",
            )
        if self.alt is not None and self.decoration:
            raise Mistake(
                'The picture has both "alt" and "decoration: true".',
                "Keep alt if the picture tells something, else the other.",
            )
        return self


class ContactCard(Strict):
    """Somebody to turn to. `sms` is a number that takes text messages."""

    name: Text
    phone: Bare | None = None
    sms: Bare | None = None
    url: Address | None = None
    hours: Text | None = None
    note: Text | None = None
    qr: Flag = False

    @model_validator(mode="after")
    def _can_be_reached(self) -> ContactCard:
        if not (self.phone or self.sms or self.url):
            raise Mistake("This contact cannot be reached.", 'Add "phone", "sms" or "url".')
        if self.qr and not self.url:
            raise Mistake("A QR code needs an address to lead to.", 'Add "url".', at=("qr",))
        return self


class _Block(Strict):
    """What may stand beside the one key that names a block's kind."""

    sources: tuple[SourceId, ...] = ()
    keep: Literal["together", "with-next"] | None = None
    columns: Columns = 1

    @property
    def own_sources(self) -> tuple[tuple[tuple[str | int, ...], str], ...]:
        """Each source id named in the block itself, with its path from the block."""
        return tuple((("sources", index), source) for index, source in enumerate(self.sources))


class TextBlock(_Block):
    """A paragraph."""

    text: Text


class HeadingBlock(_Block):
    """A heading inside a section."""

    heading: Text


class ListItem(Strict):
    """A list item with sources of its own."""

    text: Text
    sources: tuple[SourceId, ...] = ()


def _text_or_group(value: Any) -> str | None:
    if isinstance(value, str):
        return KIND + "text"
    return KIND + "group" if isinstance(value, dict) and "text" in value else None


class ListBlock(_Block):
    """Points with bullets."""

    list: Annotated[
        tuple[
            Annotated[
                Annotated[Text, Tag(KIND + "text")] | Annotated[ListItem, Tag(KIND + "group")],
                Discriminator(_text_or_group, custom_error_type="text", custom_error_message="text"),
            ],
            ...,
        ],
        Field(min_length=1),
    ]

    @property
    def own_sources(self) -> tuple[tuple[tuple[str | int, ...], str], ...]:
        return super().own_sources + tuple(
            (("list", index, "sources", number), source)
            for index, item in enumerate(self.list)
            if isinstance(item, ListItem)
            for number, source in enumerate(item.sources)
        )


class StepItem(Strict):
    """One step: what to do, then how."""

    do: Text
    how: Text | None = None
    icon: Icon | None = None
    sources: tuple[SourceId, ...] = ()


class StepsBlock(_Block):
    """Numbered steps."""

    steps: Annotated[tuple[StepItem, ...], Field(min_length=1)]

    @property
    def own_sources(self) -> tuple[tuple[tuple[str | int, ...], str], ...]:
        return super().own_sources + tuple(
            (("steps", index, "sources", number), source)
            for index, step in enumerate(self.steps)
            for number, source in enumerate(step.sources)
        )


class QuoteBody(Strict):
    """Words that somebody says."""

    text: Text
    by: Text | None = None


class QuoteBlock(_Block):
    """A quotation."""

    quote: QuoteBody


class Definition(Strict):
    """A word and what it means."""

    term: Text
    meaning: Text


class DefinitionsBlock(_Block):
    """Words explained."""

    definitions: Annotated[tuple[Definition, ...], Field(min_length=1)]


class TableBody(Strict):
    """Rows of cells under a header. With `row-headers` the first cell of a row names the row."""

    caption: Text | None = None
    header: Annotated[tuple[Cell, ...], Field(min_length=1)]
    rows: Annotated[tuple[tuple[Cell, ...], ...], Field(min_length=1)]
    row_headers: Flag = False

    @model_validator(mode="after")
    def _even(self) -> TableBody:
        for index, row in enumerate(self.rows):
            if len(row) != len(self.header):
                raise Mistake(
                    f"Row {index + 1} has {len(row)} cells, the header has {len(self.header)}.",
                    'Give each row as many cells as the header. An empty cell is "".',
                    at=("rows", index),
                )
        return self


class TableBlock(_Block):
    """A table."""

    table: TableBody


class PictureBody(PictureFile):
    """A picture in the text. `width` is in per cent of the column."""

    width: PerCent = 100
    caption: Text | None = None


class PictureBlock(_Block):
    """A picture."""

    picture: PictureBody


class ContactsBody(Strict):
    """Contact cards: those of the site and of the region, and others. `empty` labels a blank box."""

    from_: tuple[Literal["site", "region"], ...] = ()
    also: tuple[ContactCard, ...] = ()
    empty: Text


class ContactsBlock(_Block):
    """Whom to call."""

    contacts: ContactsBody


def _all_or_some(value: Any) -> str:
    return KIND + "some" if isinstance(value, list) else KIND + "all"


def _all(value: Any) -> Any:
    if isinstance(value, str) and value != "all":
        message = f'"sources" must be "all" or a list of ids, but this is {quoted(value)}.'
        raise Mistake(message, f'Write "all", or put it into brackets: [{value[:20]}].')
    return value


class SourcesBlock(Strict):
    """The list of sources: all, or those named."""

    sources: Annotated[
        Annotated[Literal["all"], BeforeValidator(_all), Tag(KIND + "all")]
        | Annotated[tuple[SourceId, ...], Tag(KIND + "some"), Field(min_length=1)],
        Discriminator(_all_or_some),
    ]
    keep: Literal["together", "with-next"] | None = None
    columns: Columns = 1


class ImprintBody(Strict):
    """Who hands this out. `stamp` labels the blank box that is left where no site was chosen."""

    stamp: Text | None = None
    notes: tuple[Text, ...] = ()


class ImprintBlock(_Block):
    """The imprint: the site, the version, the dates of review, and notes in small print."""

    imprint: ImprintBody


_KINDS = (
    "text heading list steps callout quote definitions table picture contacts imprint cover section".split()
)


def _kind(value: Any) -> str | None:
    """The tag of the block that `value` is: the one key of its keys that names a kind.

    `sources` names one only where no other key does; elsewhere it lists what a block rests on.
    """
    if not isinstance(value, dict):
        return None
    named = [key for key in value if key in _KINDS] or [key for key in value if key == "sources"]
    return KIND + named[0] if len(named) == 1 else None


_BY_KIND = Discriminator(_kind, custom_error_type="kind", custom_error_message="kind")

_Inner: TypeAlias = (
    Annotated[TextBlock, Tag(KIND + "text")]
    | Annotated[HeadingBlock, Tag(KIND + "heading")]
    | Annotated[ListBlock, Tag(KIND + "list")]
    | Annotated[StepsBlock, Tag(KIND + "steps")]
    | Annotated[QuoteBlock, Tag(KIND + "quote")]
    | Annotated[DefinitionsBlock, Tag(KIND + "definitions")]
    | Annotated[TableBlock, Tag(KIND + "table")]
    | Annotated[PictureBlock, Tag(KIND + "picture")]
    | Annotated[ContactsBlock, Tag(KIND + "contacts")]
)
InnerBlock = Annotated[_Inner, _BY_KIND]
"""A block that can stand in a callout."""


class CalloutBody(Strict):
    """A box that stands out. It holds a text, or blocks."""

    kind: Literal["note", "warning", "emergency"]
    title: Text | None = None
    icon: Icon | None = None
    text: Text | None = None
    blocks: Annotated[tuple[InnerBlock, ...], Field(min_length=1)] | None = None

    @model_validator(mode="after")
    def _one_body(self) -> CalloutBody:
        if (self.text is None) == (self.blocks is None):
            raise Mistake('A callout holds either "text" or "blocks".', "Keep one of the two.")
        return self


class CalloutBlock(_Block):
    """A note, a warning or an emergency."""

    callout: CalloutBody


AnyBlock = Annotated[
    _Inner
    | Annotated[CalloutBlock, Tag(KIND + "callout")]
    | Annotated[SourcesBlock, Tag(KIND + "sources")]
    | Annotated[ImprintBlock, Tag(KIND + "imprint")],
    _BY_KIND,
]
"""A block that can stand in a section."""


class SectionBody(Strict):
    """A part of the document. Layouts place it by its role."""

    id: Id
    role: Literal["body", "emergency", "contacts", "sources", "imprint"] = "body"
    heading: Text
    icon: Icon | None = None
    blocks: Annotated[tuple[AnyBlock, ...], Field(min_length=1)]


class SectionBlock(Strict):
    """A section."""

    section: SectionBody


class CoverBody(Strict):
    """What stands on the first panel. `title` is the document's own if it is left out."""

    title: Text | None = None
    subtitle: Text | None = None
    note: Text | None = None
    picture: PictureFile | None = None


class CoverBlock(Strict):
    """The cover."""

    cover: CoverBody


Part = Annotated[
    Annotated[CoverBlock, Tag(KIND + "cover")] | Annotated[SectionBlock, Tag(KIND + "section")], _BY_KIND
]


class Content(Strict):
    """A content file."""

    id: Id
    kind: Literal["pamphlet"]
    version: Version
    language: LanguageTag
    review: Review
    title: Plain
    description: Plain
    keywords: tuple[Plain, ...] = ()
    sources: dict[SourceId, SourceEntry] = {}
    body: Annotated[tuple[Part, ...], Field(min_length=1)]
