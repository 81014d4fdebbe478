"""The YAML format of a content file, as models that check it.

Keys that a model does not name are refused. In YAML a name's underscores are hyphens.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from booklet.content import fields
from booklet.content.base import (
    Address,
    Bare,
    Cell,
    ColumnBlock,
    Columns,
    Day,
    Flag,
    Icon,
    Id,
    LanguageTag,
    PerCent,
    Plain,
    SourceId,
    Strict,
    Text,
    Version,
    Year,
)
from booklet.validate import KIND
from booklet.wording import quoted
from booklet.yamlfile import Mistake


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


class TextBlock(ColumnBlock):
    """A paragraph."""

    text: Text


class HeadingBlock(ColumnBlock):
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


class ListBlock(ColumnBlock):
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
    brief: Text | None = None
    """All of it in a few words, for cards and posters. Without it they show `do` alone."""
    icon: Icon | None = None
    sources: tuple[SourceId, ...] = ()


class StepsBlock(ColumnBlock):
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


class QuoteBlock(ColumnBlock):
    """A quotation."""

    quote: QuoteBody


class Definition(Strict):
    """A word and what it means."""

    term: Text
    meaning: Text


class DefinitionsBlock(ColumnBlock):
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


class TableBlock(ColumnBlock):
    """A table."""

    table: TableBody


class PictureBody(PictureFile):
    """A picture in the text. `width` is in per cent of the column."""

    width: PerCent = 100
    caption: Text | None = None


class PictureBlock(ColumnBlock):
    """A picture."""

    picture: PictureBody


class ContactsBody(Strict):
    """Contact cards: those of the site and of the region, and others. `empty` labels a blank box."""

    from_: tuple[Literal["site", "region"], ...] = ()
    also: tuple[ContactCard, ...] = ()
    empty: Text


class ContactsBlock(ColumnBlock):
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


class ImprintBlock(ColumnBlock):
    """The imprint: the site, the version, the dates of review, and notes in small print."""

    imprint: ImprintBody


_KINDS = frozenset(
    "text heading list steps callout quote definitions table picture contacts imprint cover section "
    "rating score choice choices yes-no line answer number phone date initials signature grid people "
    "private".split()
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


class CalloutBlock(ColumnBlock):
    """A note, a warning or an emergency."""

    callout: CalloutBody


_Question: TypeAlias = (
    Annotated[fields.RatingBlock, Tag(KIND + "rating")]
    | Annotated[fields.ScoreBlock, Tag(KIND + "score")]
    | Annotated[fields.ChoiceBlock, Tag(KIND + "choice")]
    | Annotated[fields.ChoicesBlock, Tag(KIND + "choices")]
    | Annotated[fields.YesNoBlock, Tag(KIND + "yes-no")]
    | Annotated[fields.LineBlock, Tag(KIND + "line")]
    | Annotated[fields.AnswerBlock, Tag(KIND + "answer")]
    | Annotated[fields.NumberBlock, Tag(KIND + "number")]
    | Annotated[fields.PhoneBlock, Tag(KIND + "phone")]
    | Annotated[fields.DateBlock, Tag(KIND + "date")]
    | Annotated[fields.InitialsBlock, Tag(KIND + "initials")]
    | Annotated[fields.SignatureBlock, Tag(KIND + "signature")]
    | Annotated[fields.GridBlock, Tag(KIND + "grid")]
    | Annotated[fields.PeopleBlock, Tag(KIND + "people")]
)

AnyBlock = Annotated[
    _Inner
    | Annotated[CalloutBlock, Tag(KIND + "callout")]
    | Annotated[SourcesBlock, Tag(KIND + "sources")]
    | Annotated[ImprintBlock, Tag(KIND + "imprint")]
    | _Question
    | Annotated[fields.PrivateBlock, Tag(KIND + "private")],
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
    kind: Literal["pamphlet", "worksheet"]
    version: Version
    language: LanguageTag
    review: Review
    title: Plain
    description: Plain
    keywords: tuple[Plain, ...] = ()
    layouts: tuple[Id, ...] = ()
    """The layouts that suit it; all those for its kind if left out."""
    sources: dict[SourceId, SourceEntry] = Field(default_factory=dict)
    body: Annotated[tuple[Part, ...], Field(min_length=1)]
