"""A paragraph's text is cut into items: stretches of one bidi level, one script and one face."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress, groupby, takewhile
from typing import NamedTuple

from booklet.content.document import FSI, PDI
from booklet.typeset import bidi
from booklet.typeset.fonts import Face, FontBook
from booklet.typeset.shape import UNPAINTED

# Latin letters with the punctuation and symbols of plain text: no look-up is needed for these.
_PLAIN = re.compile("[\\u0000-\\u024f\\u2000-\\u2044\\u20a0-\\u20bf\\u2122\\u2190-\\u2193\\u2212]*")


_SHARED = ("Zyyy", "Zinh", "Zzzz")
"""Common, inherited and unknown: characters of no one script."""
_DIGITS = frozenset("0123456789")
_JOINERS = "\u00ad\u200c\u200d\u2060"
_PAIRS = dict(zip("([{«“", ")]}»”", strict=True))


@dataclass(frozen=True, slots=True)
class Item:
    """Characters `start` to `end` of the paragraph."""

    start: int
    end: int
    level: int
    script: str
    face: Face
    scale: float
    """Its type size, in those of the paragraph."""


class Stretch(NamedTuple):
    """Characters `start` to `end`, of one weight, posture and language."""

    start: int
    end: int
    weight: int
    italic: bool
    lang: str


@lru_cache(maxsize=8192)
def script_of(char: str) -> str:
    """The character's script as an ISO 15924 code; Zyyy common, Zinh inherited."""
    if _PLAIN.fullmatch(char):
        return "Latn" if char.isalpha() else "Zyyy"
    from fontTools import unicodedata as scripts  # loaded only for text beyond Latin

    return str(scripts.script(char))


def scripts(text: str, default: str, levels: bytes, base: int, *, digits: bool = False) -> list[str]:
    """One script a character. Common and inherited characters take that of the text before them,
    at the start that of the first letter, in a text without letters `default`.

    Two exceptions keep a line in few faces: what stands at the paragraph's own level after a word of the
    other direction belongs with the paragraph's text, and a closing bracket with its opening one.
    With `digits` 0 to 9 and what joins them are Latin, so that all figures of a document are of one size.
    """
    plain = _PLAIN.fullmatch(text)
    if plain and not digits:
        return [default if not any(map(str.isalpha, text)) else "Latn"] * len(text)
    if plain:
        return ["Latn" if any(map(str.isalnum, text)) else default] * len(text)
    found = [script_of(char) for char in text]
    if digits:
        found = ["Latn" if char in _DIGITS else script for char, script in zip(text, found, strict=True)]
    current = own = next((script for script in found if script not in _SHARED), default)
    opened: list[tuple[str, str]] = []
    for place, script in enumerate(found):
        char, outer = text[place], levels[place] == base
        if script not in _SHARED:
            current = script
        elif opened and char == opened[-1][0]:
            current = opened.pop()[1]
        elif outer and script == "Zyyy":
            current = own
        elif digits and not outer and (place == 0 or levels[place - 1] == base):
            # The bracket that opens a phone number is of its size.
            inner = takewhile(lambda pair: pair[1] != base, zip(found[place:], levels[place:], strict=True))
            current = next((script for script, _ in inner if script not in _SHARED), current)
        if char in _PAIRS:
            opened.append((_PAIRS[char], current))
        if outer:
            own = current
        found[place] = current
    return found


def itemize(
    text: str,
    levels: bytes,
    stretches: list[Stretch],
    book: FontBook,
    default: str,
    base: int,
    lang: str,
) -> tuple[list[Item], list[str]]:
    """Items in logical order, and the characters that no font has.

    `stretches` cover the text; `default`, `base` and `lang` are the paragraph's script, level and language.
    """
    size = book.scale(default, lang)
    by_char = scripts(text, default, levels, base, digits=size != book.scale("Latn", "en"))
    items: list[Item] = []
    missing: list[str] = []
    for start, end, weight, italic, own_lang in stretches:
        place = start
        while place < end:
            script, stop = by_char[place], place + 1
            while stop < end and by_char[stop] == script and levels[stop] == levels[place]:
                stop += 1
            # Letters that a typeface lacks are those of the paragraph's language.
            chain = book.chain(script, weight, italic, lang if script == "Latn" else own_lang)
            if script != default:
                # A foreign word is set in the paragraph's own face if that has its letters.
                own = book.chain(default, weight, italic, lang)[0]
                if own.coverage.issuperset(map(ord, text[place:stop].translate(UNPAINTED))):
                    chain = (own, *chain)
            scale = book.scale(script, own_lang) / size
            for first, last, face in _faces(text, place, stop, chain, missing):
                items.append(Item(first, last, levels[place], script, face, scale))
            place = stop
    return items, missing


def _faces(
    text: str, start: int, end: int, chain: tuple[Face, ...], missing: list[str]
) -> list[tuple[int, int, Face]]:
    """Cut a stretch by coverage, best face first. A word is set in one face if there is one that has all
    of it; else marks stay with their base. Controls stay with what precedes."""
    if chain[0].coverage.issuperset(map(ord, text[start:end])):
        return [(start, end, chain[0])]
    out: list[tuple[int, int, Face]] = []
    for place, stop in _units(text, start, end, chain):
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
    return out


def _units(text: str, start: int, end: int, chain: tuple[Face, ...]) -> Iterator[tuple[int, int]]:
    """The stretches that are set in one face each: words, and other characters with their marks."""
    place = start
    while place < end:
        stop = _after(text, place, end, text[place].isalnum())
        needed = {ord(char) for char in text[place:stop] if not _needs_no_glyph(char)}
        if not any(face.coverage.issuperset(needed) for face in chain):
            stop = _after(text, place, end, False)
        yield place, stop
        place = stop


def _after(text: str, place: int, end: int, word: bool) -> int:
    """Where the character at `place` ends with its marks, or the whole word."""
    place += 1
    while place < end and (
        unicodedata.category(text[place])[0] == "M"
        or (word and (text[place].isalnum() or text[place] in _JOINERS))
    ):
        place += 1
    return place


def _needs_no_glyph(char: str) -> bool:
    """HarfBuzz hides default ignorables (joiners, zero-width space, variation selectors) by itself."""
    code = ord(char)
    return code in UNPAINTED or 0x200B <= code <= 0x200D or 0xFE00 <= code <= 0xFE0F


def paragraph_levels(text: str, base: int, stretches: list[Stretch], lang: str) -> bytes:
    """The bidi level of each character in a paragraph of direction `base` (0 or 1).

    A phrase in another language than the paragraph's (`lang`) has a direction of its own, as if it stood
    between FSI and PDI (UAX #9, 6.3), and so has a text all of whose letters run the other way: the full stop
    of an English title stands behind it, on an Arabic page too.
    """
    plain = bidi.levels(text, base)
    if not base and not any(plain):
        return plain
    kinds = set(map(unicodedata.bidirectional, text))
    ours, theirs = ({"R", "AL"}, {"L"}) if base else ({"L"}, {"R", "AL"})
    foreign = kinds & theirs and not kinds & ours
    islands = [(0, len(text))] if foreign else list(_phrases(stretches, lang))
    islands = [part for island in islands for part in _within_lines(text, *island)]
    if not islands:
        return plain
    isolated, kept, place = "", b"", 0
    for start, end in islands:
        isolated += text[place:start] + FSI + text[start:end] + PDI
        kept += bytes([1]) * (start - place) + bytes([0]) + bytes([1]) * (end - start) + bytes([0])
        place = end
    kept += bytes([1]) * (len(text) - place)
    return bytes(compress(bidi.levels(isolated + text[place:], base), kept))


def _phrases(stretches: list[Stretch], lang: str) -> Iterator[tuple[int, int]]:
    """Where phrases in other languages begin and end."""
    for own, group in groupby(stretches, lambda stretch: stretch.lang):
        of_it = list(group)
        if own != lang:
            yield of_it[0].start, of_it[-1].end


def _within_lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a stretch between line ends: an isolate ends with its line."""
    for part in re.finditer("[^\n]+", text[start:end]):
        yield start + part.start(), start + part.end()
