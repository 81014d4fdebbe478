"""What the models of YAML files are made of: single values with their checks, and the base of groups."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from booklet.content import inline
from booklet.iconset import icons
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


def number_schema(kind: str, least: float, most: float, pattern: str) -> WithJsonSchema:
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
Columns = Annotated[int, Field(ge=1, le=3), number_schema("integer", 1, 3, "^[1-3]$")]
Year = Annotated[int, Field(ge=1900, le=2100), number_schema("integer", 1900, 2100, "^[0-9]{4}$")]
PerCent = Annotated[
    float, Field(ge=1, le=100, allow_inf_nan=False), number_schema("number", 1, 100, "^[0-9.]+$")
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


class Block(Strict):
    """What may stand beside the one key that names a block's kind."""

    sources: tuple[SourceId, ...] = ()
    keep: Literal["together", "with-next"] | None = None

    @property
    def own_sources(self) -> tuple[tuple[tuple[str | int, ...], str], ...]:
        """Each source id named in the block itself, with its path from the block."""
        return tuple((("sources", index), source) for index, source in enumerate(self.sources))


class ColumnBlock(Block):
    """A block whose items can stand side by side."""

    columns: Columns = 1
