"""The theme file: families, colours, type scale, spacing and looks."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from booklet.content.base import Strict
from booklet.layout.units import Color, Length, contrast
from booklet.wording import listed, quoted
from booklet.yamlfile import Mistake

LEAST_CONTRAST = 4.5
"""WCAG 2.1, 1.4.3, for text of any size."""


class Type(Strict):
    """A text style. Sizes are multiples of the body size, leading of the style's own size."""

    size: float = Field(gt=0, le=6)
    """In body sizes."""
    leading: float = Field(default=1.35, ge=0.9, le=3)
    """From baseline to baseline, in sizes of the style."""
    weight: int = Field(default=400, ge=100, le=900)
    """The nearest one that the family has is taken: 400 is regular, 700 bold."""
    color: str = "ink"
    """A colour of the theme."""
    least: Length = 0.0
    """Points under which the style never goes, however small the body."""
    above: float = Field(default=0.5, ge=0, le=6)
    """Room before it, in body sizes."""


class Look(Strict):
    """How a frame or a callout looks. Colour names are the theme's."""

    fill: str | None = None
    """The ground."""
    stroke: str | None = None
    """The line around it."""
    bar: str | None = None
    """A bar along the starting edge."""
    stroke_width: Length = 0.75
    radius: Length = 0.0
    """Of the corners."""
    padding: Length = 0.0
    """Between the edge and what stands inside."""
    dash: bool = False
    """Whether the stroke is dashed."""
    ink: str = "ink"
    """Text."""
    accent: str = "brand"
    """Headings, numbers and icons."""
    banner: str | None = None
    """The fill behind a section's heading, with text in `banner-ink`."""
    banner_ink: str = "paper"

    def colors(self) -> tuple[str | None, ...]:
        """Every colour that it names."""
        return (self.fill, self.stroke, self.bar, self.ink, self.accent, self.banner, self.banner_ink)


TYPES = (
    "title", "title-wide", "subtitle", "note", "heading", "subheading", "body", "do", "label",
    "callout-title", "quote", "contact", "phone", "small", "footer",
)  # fmt: skip
LOOKS = ("plain", "note", "warning", "private", "emergency", "quote", "card", "entry", "stamp", "urgent")


class Theme(Strict):
    """A theme file: families, colours, type scale, spacing and looks."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    """The file's name without its ending."""
    families: tuple[str, ...] = Field(min_length=1)
    """Typefaces that ship, in order of preference. Scripts that they lack are set in one that has them."""
    colors: dict[str, Color]
    """Any names, but ink, paper, muted, rule and brand are needed."""
    type: dict[str, Type]
    """Text styles. All those of the theme `calm` are needed."""
    looks: dict[str, Look]
    """Looks of frames and boxes. Those that blocks use are needed; a layout's frames can name any."""
    section: float = Field(default=1.4, ge=0, le=6)
    """Room before a section, in body sizes."""
    spacing: tuple[float, float] = (0.75, 1.3)
    """The factors that copyfitting may put on all room between blocks."""
    leading: tuple[float, float] = (0.96, 1.06)
    """The same for the leading."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        missing = [f"type: {name}" for name in TYPES if name not in self.type]
        missing += [f"looks: {name}" for name in LOOKS if name not in self.looks]
        if missing:
            raise Mistake(f"The theme lacks {listed(missing, 'and')}.", "Copy them from the theme calm.")
        used = {style.color for style in self.type.values()} | {"ink", "paper", "muted", "rule", "brand"}
        for look in self.looks.values():
            used |= {name for name in look.colors() if name}
        if unknown := sorted(used - self.colors.keys()):
            raise Mistake(
                f"The theme uses colours that it does not define: {listed(map(quoted, unknown), 'and')}.",
                'Add them under "colors".',
                at=("colors",),
            )
        faint = [
            f"{where} ({ratio:.1f})"
            for ink, ground, where in self._pairs()
            if (ratio := contrast(self.colors[ink], self.colors[ground])) < LEAST_CONTRAST
        ]
        if faint:
            raise Mistake(
                f"Text would have too little contrast: {listed(faint, 'and')}.",
                f"Text needs {LEAST_CONTRAST} against its ground, in gray too: make one of them darker.",
                at=("looks",),
            )
        return self

    # Compared by identity: a file is read into one Theme, and what is set with it is kept by it.
    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other

    def _pairs(self) -> list[tuple[str, str, str]]:
        """(text colour, ground, where) of all that can be printed on each other."""
        pairs = [(style.color, "paper", f"type {name}") for name, style in self.type.items()]
        for name, look in self.looks.items():
            ground = look.fill or "paper"
            pairs += [(look.ink, ground, f"look {name}"), (look.accent, ground, f"look {name}")]
            if look.banner:
                pairs.append((look.banner_ink, look.banner, f"the banner of look {name}"))
        return pairs
