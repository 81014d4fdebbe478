"""Puts the values of the site and the region into texts: `{{ site.name }}`, and nothing more.

Jinja2's sandbox reads the expressions. Before anything is evaluated its syntax tree must prove to
be one name and one attribute of those known; statements, calls, filters and sums are refused.
A text is split before its markup is parsed and filled after that, so no value can become markup.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from booklet.content.document import FSI, PDI, Direction, Rich, Span
from booklet.wording import nearest, quoted
from booklet.yamlfile import Mistake

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

NAMES: Mapping[str, tuple[str, ...]] = {
    "site": ("name", "phone", "url", "hours", "address"),
    "region": ("emergency",),
}
"""Every value that a text can ask for."""

Values = Mapping[str, Mapping[str, str]]
"""The values at hand. `site` is missing where no site was chosen."""

_OPEN, _CLOSE = "\ufdd0", "\ufdd1"  # noncharacters, which no file may hold
_MARK = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")
_ONLY = "Only a value's name can stand between {{ and }}, such as {{ site.name }}."


@dataclass(frozen=True, slots=True)
class Placeholder:
    """`{{ site.name }}`: `written` is how it stands in the text."""

    name: str
    attribute: str
    written: str


@lru_cache(maxsize=1)
def _environment() -> SandboxedEnvironment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(undefined=StrictUndefined)


def split(text: str) -> tuple[str, tuple[Placeholder, ...]]:
    """`text` with a mark for each placeholder, and the placeholders. Raises Mistake."""
    if "{{" not in text and "{%" not in text and "{#" not in text:
        if "}}" in text:
            raise Mistake("There is a }} without the {{ before it.", _ONLY, "}}")
        return text, ()
    return _split(text)


def _split(text: str) -> tuple[str, tuple[Placeholder, ...]]:
    from jinja2 import TemplateSyntaxError

    parts: list[str] = []
    found: list[Placeholder] = []
    written = ""
    try:
        tokens = [(str(kind), str(value)) for _, kind, value in _environment().lex(text)]
    except TemplateSyntaxError:
        raise Mistake(f"{quoted(text)} holds a value that cannot be read.", _ONLY, "{{") from None
    for kind, value in tokens:
        if kind in ("block_begin", "comment_begin", "raw_begin"):
            message = f"{quoted(value.strip())} begins a command, and texts hold no commands."
            raise Mistake(message, _ONLY, value.strip())
        if kind == "variable_begin" or written:
            written += value
            if kind == "variable_end":
                found.append(_placeholder(written))
                parts.append(f"{_OPEN}{len(found) - 1}{_CLOSE}")
                written = ""
        else:
            if "}}" in value:
                raise Mistake("There is a }} without the {{ before it.", _ONLY, "}}")
            parts.append(value)
    if written:
        raise Mistake("There is a {{ without the }} after it.", _ONLY, written)
    return "".join(parts), tuple(found)


@lru_cache(maxsize=256)
def _placeholder(written: str) -> Placeholder:
    """The placeholder that `written` is, proved on Jinja2's syntax tree. Raises Mistake."""
    from jinja2 import TemplateSyntaxError, nodes

    try:
        body = _environment().parse(written).body
    except TemplateSyntaxError:
        raise Mistake(f"{quoted(written)} cannot be read.", _ONLY, written) from None
    match body:
        case [nodes.Output(nodes=[nodes.Getattr(node=nodes.Name(name=name), attr=attribute)])]:
            pass
        case [nodes.Output(nodes=[nodes.Name(name=name)])]:
            attribute = ""
        case _:
            name = attribute = "_"
    if attribute.startswith("_"):
        raise Mistake(f"{quoted(written)} is more than the name of a value.", _ONLY, written)
    if attribute not in NAMES.get(name, ()):
        known = [f"{one}.{each}" for one, each_of in NAMES.items() for each in each_of]
        asked = f"{name}.{attribute}".rstrip(".")
        near = nearest(asked, known) if attribute else None
        hint = f"Did you mean {quoted(near)}? " if near else ""
        hint += f"The values are {', '.join(known)}."
        raise Mistake(f"There is no value named {quoted(asked)}.", hint, written)
    return Placeholder(name, attribute, written)


@lru_cache(maxsize=256)
def _expression(name: str, attribute: str) -> Callable[..., Any]:
    return _environment().compile_expression(f"{name}.{attribute}", undefined_to_none=False)


def _value(placeholder: Placeholder, values: Values) -> str:
    from jinja2 import UndefinedError

    try:
        return str(_expression(placeholder.name, placeholder.attribute)(**values))
    except UndefinedError:
        raise _no_value(placeholder, values) from None


def _no_value(placeholder: Placeholder, values: Values) -> Mistake:
    whole = f"{placeholder.name}.{placeholder.attribute}"
    if placeholder.name not in values:
        return Mistake(
            f"{quoted(whole)} has no value, because no {placeholder.name} was chosen.",
            f"Choose one with --{placeholder.name}, or write the text without it.",
            placeholder.written,
        )
    return Mistake(
        f"{quoted(whole)} has no value.",
        f'Add "{placeholder.attribute}" to the file of the {placeholder.name}.',
        placeholder.written,
    )


def fill(spans: Rich, placeholders: tuple[Placeholder, ...], values: Values, direction: Direction) -> Rich:
    """`spans` with the value in place of each mark. Raises Mistake where a value is not at hand.

    In a text that runs the other way a value is wrapped in FSI and PDI (UAX #9, section 6.3), so
    that its letters and those around it do not reorder each other.
    """
    if not placeholders:
        return spans
    texts = [_value(placeholder, values) for placeholder in placeholders]

    def in_text(mark: re.Match[str]) -> str:
        text = texts[int(mark[1])]
        return f"{FSI}{text}{PDI}" if direction == "rtl" or runs_right_to_left(text) else text

    return tuple(
        replace(span, text=_MARK.sub(in_text, span.text), url=_fill_address(span, texts)) for span in spans
    )


def _fill_address(span: Span, texts: list[str]) -> str | None:
    from urllib.parse import quote

    if span.url is None or _OPEN not in span.url:
        return span.url
    if whole := _MARK.fullmatch(span.url):
        return texts[int(whole[1])]
    if span.url.startswith("tel:"):
        return _MARK.sub(lambda mark: re.sub(r"[^0-9+]", "", texts[int(mark[1])]), span.url)
    return _MARK.sub(lambda mark: quote(texts[int(mark[1])], safe=""), span.url)


def runs_right_to_left(text: str) -> bool:
    """Whether any letter of `text` belongs to a script that is written from right to left."""
    import unicodedata

    return not text.isascii() and any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)


def written_out(text: str, placeholders: tuple[Placeholder, ...]) -> str:
    """`text` with the placeholders in place of their marks, as it stood in the file."""
    return _MARK.sub(lambda mark: placeholders[int(mark[1])].written, text)


def is_value(text: str) -> bool:
    """Whether `text` is one mark and nothing else."""
    return _MARK.fullmatch(text) is not None


def without_marks(text: str, filler: str = " ") -> str:
    """`text` with `filler` in place of each mark."""
    return _MARK.sub(filler, text)
