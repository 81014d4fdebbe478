"""Says in plain words what a YAML parser has stumbled over, and where to look for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from yaml.error import MarkedYAMLError

Mark: TypeAlias = Any
"""A mark of PyYAML's: its C and its Python parser have a type each, with the same attributes."""

TEMPLATE_FIRST = (
    "A text cannot begin with {{ unless it stands in quotation marks.",
    'Put the whole text into quotation marks: "{{ … }} …".',
)
STRANGE_KEY = (
    "The name before a colon must be a word.",
    "If this is a text, put it into quotation marks.",
)
_GOES_ON = (
    "The quotation marks or brackets end here, but the text goes on.",
    "Put the whole text into quotation marks, of a kind that it does not hold itself.",
)
_STRAY_KEY = (
    "This key does not fit the line above it.",
    "Give it the same spaces as the keys it belongs with. "
    "In the line above, check that there is a space after the colon.",
)
_TAB = (
    "There is a tab at the beginning of this line.",
    "Begin lines with spaces, two for each step inwards.",
)
_COLON = (
    "There is a colon here that YAML cannot place.",
    'If it belongs to the text, put the whole text into quotation marks: "Note: call first."',
)


class _Fault(NamedTuple):
    """One complaint of libyaml's: what it was doing, what it met; our words for it."""

    doing: str
    met: str
    message: str
    hint: str
    at_start: bool = False
    """Whether to look where the value begins, and not where the parser gave up."""


_FAULTS = (
    _Fault("", "tab character", *_TAB),
    _Fault(
        "quoted scalar",
        "unexpected end",
        "The quotation mark that opens here is never closed.",
        "Close it at the end of the text.",
        at_start=True,
    ),
    _Fault(
        "scanning an alias",
        "",
        "A text cannot begin with * unless it stands in quotation marks.",
        'Put the whole text into quotation marks: "**Call** now."',
        at_start=True,
    ),
    _Fault(
        "scanning an anchor",
        "",
        "A text cannot begin with & unless it stands in quotation marks.",
        "Put the whole text into quotation marks.",
        at_start=True,
    ),
    _Fault(
        "scanning a tag",
        "",
        "A text cannot begin with ! unless it stands in quotation marks.",
        "Put the whole text into quotation marks.",
        at_start=True,
    ),
    _Fault(
        "flow sequence",
        "',' or ']'",
        "The bracket [ that opens here is not closed.",
        "Close it with ].",
        at_start=True,
    ),
    _Fault(
        "flow mapping",
        "',' or '}'",
        "The brace { that opens here is not closed.",
        "Close it with }.",
        at_start=True,
    ),
    _Fault(
        "simple key",
        "could not find expected ':'",
        "This line has no colon, so it is neither a key nor part of a text.",
        'Write "key: value", or indent the line if it carries on the text above it.',
        at_start=True,
    ),
    _Fault(
        "block collection",
        "'-' indicator",
        "This line does not fit the list above it.",
        'Begin each item with "- ", and give all of them the same spaces before it.',
    ),
    _Fault(
        "",
        "expected <document start>",
        "What stands before this line does not begin with a key.",
        'Begin the file with keys at the left margin: "id: …".',
    ),
    _Fault(
        "",
        "expected node content",
        "YAML cannot place what stands here.",
        "Check the brackets, braces, commas and colons in this line and in the one above.",
    ),
    _Fault("", "found unexpected ':'", *_COLON),
    _Fault("", "mapping values are not allowed", *_COLON),
    _Fault(
        "",
        "mapping keys are not allowed",
        "A text cannot begin with ? unless it stands in quotation marks.",
        "Put the whole text into quotation marks.",
    ),
    _Fault(
        "block mapping",
        "expected key",
        "This line does not fit the lines above it.",
        "Give it the same spaces at its beginning as the lines that it belongs with.",
    ),
    _Fault(
        "quoted scalar",
        "escape",
        "The backslash here is not followed by something that YAML knows.",
        r"Write \\ for a backslash, or use single quotation marks.",
    ),
    _Fault(
        "block scalar",
        "comment or line break",
        "The text after | or > must begin in the next line.",
        "Begin a new line here and indent it.",
    ),
    _Fault(
        "",
        "block sequence entries are not allowed",
        "A list cannot begin in the same line as its key.",
        'Begin a new line with "- ", or put a text that begins with a dash into quotation marks.',
    ),
)


def explain(error: MarkedYAMLError, text: str) -> tuple[Mark, str, str]:
    """The mark that helps most, a message and a hint, for a parser's complaint about `text`."""
    context, problem = str(error.context or ""), str(error.problem or "")
    mark: Mark = error.problem_mark
    before = re.split(r"[\r\n]", text[: mark.index])[-1]
    if "cannot start any token" in problem:
        return mark, *_odd_start(text[mark.index : mark.index + 1])
    if "expected key" in problem and before.strip(" -"):
        return mark, *(TEMPLATE_FIRST if "{{" in before else _GOES_ON)
    if "mapping values" in problem and re.fullmatch(r"[ -]*[\w-]+", before):
        return mark, *_STRAY_KEY
    for fault in _FAULTS:
        if fault.doing in context and fault.met in problem:
            start = error.context_mark if fault.at_start else None
            return start or mark, fault.message, fault.hint
    return mark, f"YAML cannot be read here: {problem}.", "Compare the line with those around it."


def _odd_start(character: str) -> tuple[str, str]:
    if character == "\t":
        return _TAB
    return (
        f"A text cannot begin with {character} unless it stands in quotation marks.",
        "Put the whole text into quotation marks.",
    )
