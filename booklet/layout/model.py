"""The layout file and the theme file: their keys, and what each may hold."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from booklet.content.document import Role
from booklet.layout.units import Color, Length, contrast

Scheme = Literal["one-up", "tri-fold"]
LEAST_CONTRAST = 4.5
"""WCAG 2.1, 1.4.3, for text of any size."""


class Part(BaseModel):
    model_config = ConfigDict(
        extra="forbid", frozen=True, populate_by_name=True, alias_generator=lambda name: name.replace("_", "-")
    )


class Range(Part):
    """What copyfitting may choose from, in points."""

    floor: Length
    ceiling: Length

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not 6 <= self.floor <= self.ceiling <= 72:
            raise ValueError("the floor must be at least 6 pt and the ceiling at least the floor, at most 72 pt")
        return self


class Margins(Part):
    """The room around a panel's content. `start` is left in left-to-right documents."""

    top: Length
    bottom: Length
    start: Length
    end: Length


class Frame(Part):
    """A place that takes the sections of some roles, in the document's order."""

    takes: tuple[Role, ...] = Field(min_length=1)
    look: str = "plain"
    """A look of the theme."""
    columns: int = Field(default=1, ge=1, le=4)
    gutter: Length = 18.0
    width: float = Field(default=1.0, gt=0, le=10)
    """The frame's share of the row."""
    align: Literal["top", "middle", "bottom", "spread", "fill"] = "top"
    """What happens to room that is left: `spread` shares some of it out between the blocks, `fill` all."""
    side_by_side: int = Field(default=1, ge=1, le=4)
    """How many steps, list items or contacts may stand side by side."""
    short: bool = False
    """Little room: sources by short name one after the other, contacts without cards."""
    stamp: bool = False
    """Leave a blank box for a clinic's stamp, on the cover or in the imprint."""


class Row(Part):
    """Frames side by side. `auto` is as high as its content, `rest` takes what is left."""

    frames: tuple[Frame, ...] = Field(min_length=1)
    height: Literal["auto", "rest"] = "rest"


class PanelSpec(Part):
    """One panel: rows from the top down. `repeat` makes as many as its content needs."""

    name: str
    rows: tuple[Row, ...] = Field(min_length=1)
    margins: Margins | None = None
    repeat: bool = False
    footer: bool = True
    """Whether the panel carries title and page number at its foot."""

    @model_validator(mode="after")
    def _one_rest(self) -> Self:
        if sum(row.height == "rest" for row in self.rows) > 1:
            raise ValueError('only one row of a panel can have the height "rest"')
        return self


class Screen(Part):
    """The screen edition's own panels, where the printed ones are too large for a phone."""

    width: Length
    height: Length
    margins: Margins
    body: Range
    panels: tuple[PanelSpec, ...] = Field(min_length=1)


class Layout(Part):
    """A layout file."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    name: str
    description: str = ""
    suits: tuple[Literal["pamphlet", "worksheet"], ...] = ("pamphlet",)
    scheme: Scheme
    orientation: Literal["portrait", "landscape"]
    duplex: Literal["long-edge", "short-edge", "none"]
    theme: str = "calm"
    body: Range
    margins: Margins
    gap: Length = 12.0
    """Between rows."""
    sections: Literal["flow", "whole"] = "flow"
    """`whole` tries harder to keep each section on one panel."""
    panels: tuple[PanelSpec, ...] = Field(min_length=1)
    screen: Screen | None = None


class Type(Part):
    """A text style. Sizes are multiples of the body size, leading of the style's own size."""

    size: float = Field(gt=0, le=6)
    leading: float = Field(default=1.35, ge=0.9, le=3)
    weight: int = Field(default=400, ge=100, le=900)
    color: str = "ink"
    least: Length = 0.0
    """Points under which the style never goes, however small the body."""
    above: float = Field(default=0.5, ge=0, le=6)
    """Room before it, in body sizes."""


class Look(Part):
    """How a frame or a callout looks. Colour names are the theme's."""

    fill: str | None = None
    stroke: str | None = None
    bar: str | None = None
    """A bar along the starting edge."""
    stroke_width: Length = 0.75
    radius: Length = 0.0
    padding: Length = 0.0
    dash: bool = False
    """Whether the stroke is dashed."""
    ink: str = "ink"
    accent: str = "brand"
    """Headings, numbers and icons."""
    banner: str | None = None
    """The fill behind a section's heading, with text in `banner-ink`."""
    banner_ink: str = "paper"


TYPES = (
    "title", "subtitle", "note", "heading", "subheading", "body", "do", "label",
    "callout-title", "quote", "contact", "phone", "small", "footer",
)  # fmt: skip
LOOKS = ("plain", "note", "warning", "emergency", "quote", "card", "entry", "stamp", "urgent")


class Theme(Part):
    """A theme file: families, colours, type scale, spacing and looks."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    families: tuple[str, ...] = Field(min_length=1)
    colors: dict[str, Color]
    type: dict[str, Type]
    looks: dict[str, Look]
    section: float = Field(default=1.4, ge=0, le=6)
    """Room before a section, in body sizes."""
    spacing: tuple[float, float] = (0.75, 1.3)
    """The factors that copyfitting may put on all room between blocks."""
    leading: tuple[float, float] = (0.96, 1.06)
    """The same for the leading."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        faults = [f'the type style "{name}" is missing' for name in TYPES if name not in self.type]
        faults += [f'the look "{name}" is missing' for name in LOOKS if name not in self.looks]
        used = [(style.color, f"type {name}") for name, style in self.type.items()]
        for name, look in self.looks.items():
            names = (look.fill, look.stroke, look.bar, look.ink, look.accent, look.banner, look.banner_ink)
            used += [(color, f"look {name}") for color in names if color]
        faults += [
            f'{where} names the colour "{color}", which is not among the colors'
            for color, where in used + [("ink", "booklet"), ("paper", "booklet"), ("muted", "booklet")]
            if color not in self.colors
        ]
        if faults:
            raise ValueError("; ".join(faults))
        pairs = [(look.ink, look.fill or "paper", name) for name, look in self.looks.items()]
        pairs += [(look.accent, look.fill or "paper", name) for name, look in self.looks.items()]
        pairs += [(look.banner_ink, look.banner, name) for name, look in self.looks.items() if look.banner]
        pairs += [(style.color, "paper", name) for name, style in self.type.items()]
        faults = [
            f"{name}: {ink} on {ground} has a contrast of {ratio:.1f}, and text needs {LEAST_CONTRAST}"
            for ink, ground, name in pairs
            if (ratio := contrast(self.colors[ink], self.colors[ground])) < LEAST_CONTRAST
        ]
        if faults:
            raise ValueError("; ".join(faults))
        return self
