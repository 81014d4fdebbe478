"""The layout file: its keys, and what each may hold."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from booklet.content.base import Id, Strict
from booklet.content.document import Role
from booklet.impose.model import Duplex
from booklet.impose.papers import MM, Orientation
from booklet.impose.schemes import SCHEMES, Name
from booklet.layout.units import Length
from booklet.yamlfile import Mistake

Furniture = Literal["sheet", "book"]


class Range(Strict):
    """What copyfitting may choose from, in points."""

    floor: Length
    ceiling: Length

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        for key, size in (("floor", self.floor), ("ceiling", self.ceiling)):
            if not 6 <= size <= 72:
                raise Mistake(
                    f"Body type cannot be of {size:g} pt.", "Write a size from 6pt to 72pt.", at=(key,)
                )
        if self.floor > self.ceiling:
            raise Mistake(
                "The least size is more than the largest.",
                'Make "floor" smaller than "ceiling", or the same.',
                at=("floor",),
            )
        return self


class Margins(Strict):
    """The room around a panel's content. `start` is left in left-to-right documents."""

    top: Length
    bottom: Length
    start: Length
    end: Length


class Frame(Strict):
    """A place that takes the sections of some roles, in the document's order."""

    takes: tuple[Role, ...] = Field(min_length=1)
    """Roles of sections. Frames that take the same roles are one flow: text runs on from each to the next.
    `contents` is the list of the body's sections with their pages, `notes` are the pages that a stapled
    booklet has over, with lines to write on."""
    look: str = "plain"
    """A look of the theme."""
    columns: int = Field(default=1, ge=1, le=4)
    """Columns of running text."""
    gutter: Length = 18.0
    """Between the columns."""
    width: float = Field(default=1.0, gt=0, le=10)
    """The frame's share of the row."""
    align: Literal["top", "middle", "bottom", "spread", "fill"] = "top"
    """What happens to room that is left: `spread` shares some of it out between the blocks, `fill` all."""
    side_by_side: int = Field(default=1, ge=1, le=4)
    """How many steps, list items or contacts may stand side by side."""
    short: bool = False
    """Little room: sources by short name one after the other, contacts without cards."""
    brief: bool = False
    """Very little room: steps in a few words, contacts in one line each, those without a number left out."""
    most: int | None = Field(default=None, ge=1, le=20)
    """How many contacts a brief frame shows at the most. Those of the site come first."""
    notes: bool = False
    """Whether a brief frame says more of each contact, such as how to get an interpreter."""
    scale: float = Field(default=1.0, ge=0.2, le=3)
    """How large its type is, in body sizes: a poster's small print, a card's."""
    note: Literal["urgent", "plain", "none"] = "urgent"
    """How the cover's note looks: on a red ground, as words alone, or not at all."""
    stamp: bool = False
    """Leave a blank box for a clinic's stamp, on the cover or in the imprint."""


class Row(Strict):
    """Frames side by side. `auto` is as high as its content, `rest` takes what is left."""

    frames: tuple[Frame, ...] = Field(min_length=1)
    """From the starting edge on."""
    height: Literal["auto", "rest"] = "rest"


class PanelSpec(Strict):
    """One panel: rows from the top down. `repeat` makes as many as its content needs."""

    name: str
    """For messages, and for the author."""
    rows: tuple[Row, ...] = Field(min_length=1)
    """From the top down. One at most takes the rest of the height."""
    margins: Margins | None = None
    """Where they are not the layout's."""
    repeat: bool = False
    """Whether more such panels follow until the text has found its place."""
    footer: bool = True
    """Whether the panel carries title and page number."""
    ground: str | None = None
    """A colour of the theme behind the whole panel, on the screen and in the press edition, where it bleeds.
    Office printers cannot print to the edge, so the print edition has none."""

    @model_validator(mode="after")
    def _one_rest(self) -> Self:
        if sum(row.height == "rest" for row in self.rows) > 1:
            raise Mistake(
                "More than one row takes the rest of the panel's height.",
                'Give all rows of the panel but one "height: auto".',
                at=("rows",),
            )
        return self


class Screen(Strict):
    """The screen edition's own panels, where the printed ones are too large for a phone."""

    width: Length
    height: Length
    margins: Margins
    body: Range
    sections: Literal["flow", "whole"] = "whole"
    panels: tuple[PanelSpec, ...] = Field(min_length=1)


class Layout(Strict):
    """A layout file."""

    id: Id
    """The file's name without its ending."""
    name: str
    """For people."""
    description: str = ""
    """What `booklet list` says of it."""
    suits: tuple[Literal["pamphlet", "worksheet"], ...] = ("pamphlet",)
    """The kinds of document that are built in it when no layout is asked for."""
    scheme: Name
    """How panels become sheets: `one-up` prints one on a side, `tri-fold` six on a sheet folded twice."""
    orientation: Orientation | None = None
    """How the sheet is held; folded ones are always held in the same way. Portrait if left out."""
    duplex: Duplex | None = None
    """The edge over which a printer turns the sheet; a scheme that is folded or cut has one of its own. The
    long edge if left out."""
    sheet: Literal["office", "large"] = "office"
    """`large` is twice the office paper: tabloid for letter, A3 for A4."""
    backs: Literal["upright", "turned"] = "upright"
    """`turned` prints every back upside down, for printers that turn sheets over the other edge only."""
    thickness: Length = 0.1 * MM
    """Of a sheet of paper, for the creep of stapled booklets. Common office paper (80 gsm) has 0.1mm."""
    sheets: int = Field(default=4, ge=1, le=20)
    """How many sheets a signature has at most."""
    theme: str = "calm"
    """The id of a theme."""
    body: Range
    """The body sizes that copyfitting may choose from."""
    margins: Margins
    """Of every panel that has none of its own."""
    gap: Length = 12.0
    """Between rows, and between the frames of a row."""
    sections: Literal["flow", "whole"] = "flow"
    """`whole` tries harder to keep each section on one panel."""
    numbers: bool = True
    """Whether the sections of the body are numbered."""
    leaves_out: tuple[Role, ...] = ()
    """Roles of sections that it does not show: a wallet card has no room for sources."""
    furniture: Furniture = "sheet"
    """`sheet`: the title and "Page 1 of 2" at the foot of a panel. `book`: the section at its head and the
    page number alone at its foot, at the outer edge of pages that open like a book; never on the screen."""
    panels: tuple[PanelSpec, ...] = Field(min_length=1)
    """In the order in which they are read."""
    screen: Screen | None = None
    """Panels of its own for the screen edition, which else shows the printed ones, a page each."""

    @model_validator(mode="after")
    def _as_the_scheme(self) -> Self:
        scheme = SCHEMES[self.scheme]
        for key, value, only in (
            ("orientation", self.orientation, scheme.orientation),
            ("duplex", self.duplex, scheme.duplex),
        ):
            if only and value not in (None, only):
                raise Mistake(
                    f'In the scheme "{self.scheme}" this is always "{only}".',
                    f'Write "{key}: {only}", or leave it out.',
                    at=(key,),
                )
        if scheme.panels and (
            len(self.panels) != scheme.panels or any(panel.repeat for panel in self.panels)
        ):
            raise Mistake(
                f'The scheme "{self.scheme}" has {scheme.panels} panels, and none of them can repeat.',
                f"List {scheme.panels} panels in the order in which they are read.",
                at=("panels",),
            )
        return self

    def looks(self) -> list[tuple[tuple[str | int, ...], str]]:
        """Every look that a frame names, with the frame's path in the file."""
        groups: list[tuple[tuple[str | int, ...], tuple[PanelSpec, ...]]] = [(("panels",), self.panels)]
        if self.screen:
            groups.append((("screen", "panels"), self.screen.panels))
        return [
            ((*path, p, "rows", r, "frames", f), frame.look)
            for path, panels in groups
            for p, panel in enumerate(panels)
            for r, row in enumerate(panel.rows)
            for f, frame in enumerate(row.frames)
        ]
