"""A paragraph's text is cut into items: stretches of one bidi level, one script and one face."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from booklet.typeset import bidi
from booklet.typeset.fonts import Face, FontBook
from booklet.typeset.shape import UNPAINTED

# Latin letters with the punctuation and symbols of plain text: no look-up is needed for these.
_PLAIN = re.compile("[\\u0000-\\u024f\\u2000-\\u2044\\u20a0-\\u20bf\\u2122\\u2190-\\u2193\\u2212]*")


@dataclass(frozen=True, slots=True)
class Item:
    """Characters `start` to `end` of the paragraph."""

    start: int
    end: int
    level: int
    script: str
    face: Face


@lru_cache(maxsize=8192)
def script_of(char: str) -> str:
    """The character's script as an ISO 15924 code; Zyyy common, Zinh inherited."""
    if _PLAIN.fullmatch(char):
        return "Latn" if char.isalpha() else "Zyyy"
    from fontTools import unicodedata as scripts  # loaded only for text beyond Latin

    return str(scripts.script(char))


def scripts(text: str, default: str) -> list[str]:
    """One script a character. Common and inherited characters take that of the text before them,
    at the start that of the first letter, in a text without letters `default`."""
    if _PLAIN.fullmatch(text):
        return [default if not any(map(str.isalpha, text)) else "Latn"] * len(text)
    found = [script_of(char) for char in text]
    current = next((script for script in found if script not in ("Zyyy", "Zinh", "Zzzz")), default)
    for place, script in enumerate(found):
        if script in ("Zyyy", "Zinh", "Zzzz"):
            found[place] = current
        else:
            current = script
    return found


def itemize(
    text: str, levels: bytes, weights: list[tuple[int, int, int, bool]], book: FontBook, default: str
) -> tuple[list[Item], list[str]]:
    """Items in logical order, and the characters that no font has.

    `weights` are (start, end, weight, italic) stretches that cover the text.
    """
    by_char = scripts(text, default)
    items: list[Item] = []
    missing: list[str] = []
    for start, end, weight, italic in weights:
        place = start
        while place < end:
            stop = place + 1
            while stop < end and by_char[stop] == by_char[place] and levels[stop] == levels[place]:
                stop += 1
            chain = book.chain(by_char[place], weight, italic)
            for first, last, face in _faces(text, place, stop, chain, missing):
                items.append(Item(first, last, levels[place], by_char[place], face))
            place = stop
    return items, missing


def _faces(
    text: str, start: int, end: int, chain: tuple[Face, ...], missing: list[str]
) -> list[tuple[int, int, Face]]:
    """Cut a stretch by coverage. Marks stay with their base, spaces and controls with what precedes."""
    if chain[0].coverage.issuperset(map(ord, text[start:end])):
        return [(start, end, chain[0])]
    out: list[tuple[int, int, Face]] = []
    place = start
    while place < end:
        stop = place + 1
        while stop < end and unicodedata.category(text[stop])[0] == "M":
            stop += 1
        needed = [ord(char) for char in text[place:stop] if not _needs_no_glyph(char)]
        face = next((face for face in chain if face.coverage.issuperset(needed)), None)
        if face is None:
            missing.extend(chr(c) for c in needed if not any(c in f.coverage for f in chain))
            face = chain[0]
        elif out and not needed:
            face = out[-1][2]
        if out and out[-1][2] is face:
            out[-1] = (out[-1][0], stop, face)
        else:
            out.append((place, stop, face))
        place = stop
    return out


def _needs_no_glyph(char: str) -> bool:
    """HarfBuzz hides default ignorables (joiners, zero-width space, variation selectors) by itself."""
    code = ord(char)
    return (
        code in UNPAINTED or 0x200B <= code <= 0x200D or code == 0x2060 or 0xFE00 <= code <= 0xFE0F
    )


def paragraph_levels(text: str, base: int) -> bytes:
    """The bidi level of each character in a paragraph of direction `base` (0 or 1)."""
    return bidi.levels(text, base)
