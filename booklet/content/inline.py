"""Parses the little markup that a text may hold: **bold**, *italic* and [links](https://…)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from booklet.content.document import Rich, Span
from booklet.content.values import Placeholder, is_value, split, without_marks, written_out
from booklet.wording import quoted
from booklet.yamlfile import Mistake

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

SCHEMES = ("https://", "http://", "tel:", "mailto:")

_MARKUP = re.compile(r"[*_\[\]\\<&`#!]")
_ADDRESS = re.compile(
    r"https?://[^\s/@?#]+\.[^\s/@?#]+(?:[/?#]\S*)?"
    r"|tel:\+?[0-9][0-9-]*"
    r"|mailto:[^\s@]+@[^\s@]+\.[^\s@]+"
)
_REFUSED: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (
        re.compile(r"!\["),
        "A picture cannot stand in a text.",
        'Give it a block of its own: "- picture: {file: …, alt: …}".',
    ),
    (
        re.compile(r"</?[A-Za-z!][^>]*>?"),
        "A text holds no HTML and no address in angle brackets.",
        "For bold write **word**, for a link [words](https://…).",
    ),
    (
        re.compile(r"&(?:[A-Za-z]+|#x?[0-9A-Fa-f]+);"),
        "A text holds no HTML codes for characters.",
        "Write the character itself.",
    ),
    (re.compile(r"`+"), "A text holds no code.", "Take the backtick away, or use quotation marks."),
    (
        re.compile(r"^#+ "),
        "A heading cannot stand in a text.",
        'Give it a block of its own: "- heading: …".',
    ),
    (
        re.compile(r"\]\s?\([^)]*\)?"),
        "This link is not complete.",
        "Write it without spaces: [words](https://…).",
    ),
    (
        re.compile(r"\*+"),
        "A star stands alone here, without one to match it.",
        r"Write **bold** or *italic* without spaces inside the stars, or \* for a star.",
    ),
)


@dataclass(frozen=True, slots=True)
class Marked:
    """A parsed text, with marks where its values go (see `values.fill`)."""

    spans: Rich
    placeholders: tuple[Placeholder, ...] = ()


def tidy(text: str) -> str:
    """`text` with each run of spaces and line ends as one space. Raises Mistake if nothing is left."""
    if "\n" in text.strip():
        raise Mistake(
            "There is an empty line inside this text.",
            "A text is one paragraph: begin a new block for the next one.",
        )
    words = " ".join(word for word in re.split(r"[ \t\n]+", text) if word)
    if not words:
        raise Mistake("The text is empty.", "Write it, or take the key away.")
    return words


@lru_cache(maxsize=4096)
def parse(text: str) -> Marked:
    """The spans of a tidy text with markup. Raises Mistake."""
    marked, placeholders = split(text)
    if not _MARKUP.search(marked):
        return Marked((Span(marked),), placeholders)
    tokens = _parser().parseInline(marked)[0].children or []
    _check_leftovers(tokens, placeholders)
    for token in tokens:
        if token.type == "link_open":
            _check_link(token, placeholders)
    return Marked(_spans(tokens), placeholders)


@lru_cache(maxsize=4096)
def parse_plain(text: str) -> Marked:
    """The one span of a tidy text without markup. Raises Mistake."""
    marked, placeholders = split(text)
    return Marked((Span(marked),), placeholders)


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    class Parser(MarkdownIt):
        """Leaves addresses as they are written: `_check_address` judges them, in plain words."""

        def validateLink(self, url: str) -> bool:
            return True

        def normalizeLink(self, url: str) -> str:
            return url

    # "text_join" would hide which stars were written with a backslash.
    return Parser("zero").enable(["emphasis", "link", "escape"]).disable("text_join")


def _spans(tokens: list[Token]) -> Rich:
    """One span for each stretch of text in one style."""
    spans: list[Span] = []
    bold = italic = words = 0
    url: str | None = None
    for token in tokens:
        kind = token.type
        if kind == "link_open":
            url = str(token.attrGet("href") or "")
            words = len(spans)
        elif kind == "link_close":
            if not "".join(span.text for span in spans[words:]).strip():
                message = "This link has no words to press on."
                raise Mistake(message, "Write them between the brackets: [words](https://…).", "[](")
            url = None
        elif kind in ("strong_open", "strong_close"):
            bold += token.nesting
        elif kind in ("em_open", "em_close"):
            italic += token.nesting
        elif token.content:
            style = Span(token.content, bool(bold), bool(italic), url)
            if spans and spans[-1] == Span(spans[-1].text, style.bold, style.italic, style.url):
                style = Span(spans.pop().text + style.text, style.bold, style.italic, url)
            spans.append(style)
    return tuple(spans)


def _check_leftovers(tokens: list[Token], placeholders: tuple[Placeholder, ...]) -> None:
    """Markup that was written but not understood would be printed as stars and brackets."""
    left = "".join(
        token.content if token.type == "text" else "[" if token.type == "link_open" else " "
        for token in tokens
    )
    for pattern, message, hint in _REFUSED:
        if found := pattern.search(left):
            raise Mistake(message, hint, written_out(found[0], placeholders))


def _check_link(token: Token, placeholders: tuple[Placeholder, ...]) -> None:
    address = str(token.attrGet("href") or "")
    if token.attrGet("title") is not None:
        title = str(token.attrGet("title"))
        raise Mistake("A link has no title.", "Take away the words after the address.", title)
    if not is_value(address):
        check_address(without_marks(address, "0"), written_out(address, placeholders))


def check_address(address: str, shown: str = "") -> None:
    """Raise Mistake unless a link may lead to `address`, which the author wrote as `shown`."""
    shown = shown or address
    if not address.startswith(SCHEMES):
        raise Mistake(
            f"A link cannot lead to {quoted(shown)}.",
            "An address begins with https://, http://, tel: or mailto:.",
            shown,
        )
    if not _ADDRESS.fullmatch(address):
        raise Mistake(f"{quoted(shown)} is not a whole address.", "Compare it with the page's own.", shown)
