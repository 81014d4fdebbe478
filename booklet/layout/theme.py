"""The theme file: families, colours, type scale, spacing and looks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Self

from pydantic import Field, model_validator

from booklet.content.base import Id, Strict
from booklet.layout.units import Color, Length, contrast
from booklet.wording import listed, nearest, quoted, suggestion
from booklet.yamlfile import KeyPath, Mistake

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

    def colors(self) -> dict[str, str | None]:
        """Every colour that it names, by its key."""
        return {
            "fill": self.fill,
            "stroke": self.stroke,
            "bar": self.bar,
            "ink": self.ink,
            "accent": self.accent,
            "banner": self.banner,
            "banner-ink": self.banner_ink,
        }


class Script(Strict):
    """How a script or a language is set beside Latin."""

    families: tuple[str, ...] = ()
    """Typefaces for it, before those of the theme."""
    size: float = Field(default=1.0, ge=0.5, le=2)
    """In sizes of Latin type. A word in another script has the size that looks as large as its neighbours."""
    leading: float = Field(default=1.0, ge=0.5, le=3)
    """From baseline to baseline, in what Latin text of the style has."""
    least: float = Field(default=1.0, ge=0.5, le=4)
    """From baseline to baseline at the least, in sizes of the script's own type: headings in Latin are close,
    closer than tall letters can be."""


TYPES = (
    "title", "title-wide", "subtitle", "note", "heading", "subheading", "body", "do", "label",
    "callout-title", "quote", "contact", "phone", "small", "footer",
)  # fmt: skip
LOOKS = ("plain", "note", "warning", "private", "emergency", "quote", "card", "entry", "stamp", "urgent")
NEEDED_COLORS = ("ink", "paper", "muted", "rule", "brand")


class Fault(NamedTuple):
    """Something wrong in a theme: the path to it in the file, a sentence, how to mend it."""

    at: KeyPath
    message: str
    hint: str
    at_key: bool = False


class Theme(Strict):
    """A theme file: families, colours, type scale, spacing and looks."""

    id: Id
    """The file's name without its ending."""
    families: tuple[str, ...] = Field(min_length=1)
    """Typefaces that ship, in order of preference. Scripts that they lack are set in one that has them."""
    scripts: dict[str, Script] = Field(default_factory=dict)
    """How scripts are set beside Latin, by their codes: Arab, Deva; Hans, Hant, Jpan and Kore for Chinese,
    Japanese and Korean. Languages that want it otherwise than their script have entries of their own: ur, vi.
    What is not named has the size of Latin and the distance of lines that its typeface asks for."""
    colors: dict[str, Color]
    """Any names, but ink, paper, muted, rule and brand are needed."""
    type: dict[str, Type]
    """Text styles. All those of the theme `calm` are needed."""
    looks: dict[str, Look]
    """Looks of frames and boxes. Those that blocks use are needed; a layout's frames can name any."""
    italics: bool = True
    """Whether what authors emphasise is set in italics; else it is bold. Large print has none."""
    section: float = Field(default=1.4, ge=0, le=6)
    """Room before a section, in body sizes."""
    spacing: tuple[float, float] = (0.75, 1.3)
    """The factors that copyfitting may put on all room between blocks."""
    leading: tuple[float, float] = (0.96, 1.06)
    """The same for the leading."""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        low, high = self.spacing
        if not 0 <= low <= 1 <= high <= 6:
            raise Mistake(
                "The spacing does not go from less to more.",
                "Write two factors, one from 0 to 1 and one from 1 to 6, such as [0.75, 1.3].",
                at=("spacing",),
            )
        low, high = self.leading
        if not 0.5 <= low <= high <= 2:
            raise Mistake(
                "The leading does not go from less to more.",
                "Write two factors from 0.5 to 2, the smaller one first, such as [0.96, 1.06].",
                at=("leading",),
            )
        return self

    def faults(self) -> list[Fault]:
        """What is wrong between the parts of the file: names that nothing has, else faint text."""
        lacking = [
            *self._lacking("type", TYPES),
            *self._lacking("looks", LOOKS),
            *self._colorless(),
            *self._unknown_scripts(),
        ]
        return lacking or list(self._faint())

    def _lacking(self, part: str, needed: tuple[str, ...]) -> Iterator[Fault]:
        """Type styles and looks that booklet needs and the file does not have."""
        there: dict[str, object] = getattr(self, part)
        for name in needed:
            if name not in there:
                near = nearest(name, [other for other in there if other not in needed])
                message = f"The theme lacks {quoted(name)}."
                if near:
                    yield Fault((part, near), message, f"Write {quoted(name)} here.", at_key=True)
                else:
                    yield Fault((part,), message, 'Copy it from the theme "calm".', at_key=True)

    def _colorless(self) -> Iterator[Fault]:
        """Names of colours that the theme does not define."""
        for name in NEEDED_COLORS:
            if name not in self.colors:
                message = f"The theme lacks the colour {quoted(name)}."
                yield Fault(("colors",), message, 'Copy it from the theme "calm".', at_key=True)
        used = [(("type", name, "color"), style.color) for name, style in self.type.items()]
        for name, look in self.looks.items():
            used += [(("looks", name, key), color) for key, color in look.colors().items() if color]
        for at, color in used:
            if color not in self.colors and color not in NEEDED_COLORS:
                message = f"The theme has no colour {quoted(color)}."
                yield Fault(at, message, suggestion(color, list(self.colors), "Its colours are"))

    def _unknown_scripts(self) -> Iterator[Fault]:
        """Keys of `scripts` that are no code of a script or language (CLDR knows their names)."""
        from babel import Locale

        english = Locale("en")
        known = {**english.scripts, **english.languages}
        for key in self.scripts:
            if key not in known:
                named = next((code for code, name in known.items() if key.lower() == name.lower()), None)
                near = named or nearest(key, known)
                hint = f"Did you mean {quoted(near)}?" if near else "Write it as in Arab, Deva, ur or vi."
                message = f"{quoted(key)} is not the code of a script or a language."
                yield Fault(("scripts", key), message, hint, at_key=True)

    def _faint(self) -> Iterator[Fault]:
        """Colours in which text is hard to read on a ground that it has."""
        used: dict[tuple[str, str], list[str]] = {}
        for where, ink, ground in self._pairs():
            used.setdefault((ink, ground), []).append(where)
        hint = f"It needs {LEAST_CONTRAST} or more, in gray too: make one darker or the other lighter."
        for (ink, ground), places in used.items():
            ratio = contrast(self.colors[ink], self.colors[ground])
            if ratio < LEAST_CONTRAST:
                pair = f"Text in {quoted(ink)} on {quoted(ground)}"
                named = listed(places[:3], "and") + (f" and {len(places) - 3} more" * (len(places) > 3))
                message = f"{pair} has a contrast of {ratio:.1f}, in {named}."
                yield Fault(("colors", ink), message, hint, at_key=True)

    # Compared by identity: a file is read into one Theme, and what is set with it is kept by it.
    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other

    def _pairs(self) -> Iterator[tuple[str, str, str]]:
        """(where, text colour, ground) of all that can be printed on each other."""
        for name, style in self.type.items():
            yield f"type {name}", style.color, "paper"
        for name, look in self.looks.items():
            for ink in dict.fromkeys((look.ink, look.accent)):
                yield f"look {name}", ink, look.fill or "paper"
            if look.banner:
                yield f"look {name}", look.banner_ink, look.banner
