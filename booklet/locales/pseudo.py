"""Pseudo-locales try a layout before any translator is paid: texts that are long, or that run backwards.

`en-XA` puts accents on letters, lengthens each text by about 40 per cent and puts a bracket at both of
its ends: an end without its bracket is cut off, a text without brackets is none that a translator gets,
and two pairs in a sentence are texts that were joined. `ar-XB` keeps the letters and makes each word run
from right to left, by control characters of the bidirectional algorithm, in a document that runs so: what
is not mirrored, or should not be, is seen by somebody who reads English. Both are as in CLDR, ICU and
Android; both take what the document is written in, and need no catalogue. Values, links, markup and
numbers stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import cycle

from booklet.locales.catalogue import Catalogue, Entry
from booklet.locales.pofile import PoFile
from booklet.locales.review import Review
from booklet.locales.tags import Locale
from booklet.problems import Problem

MARK = "Pseudo-locale: not for people"
"""Stands in the place of the draft mark, as it is: whoever finds such a sheet must be able to read it."""
LONGER = 0.4
"""By which share `en-XA` lengthens a text. Short ones grow by more, as they do in translation."""

_RLO, _PDF = "\u202e", "\u202c"
_KEPT = re.compile(
    r"\{\{.*?\}\}|\{[a-z]+\}"  # values
    r"|\]\([^)\s]*\)"  # where a link leads
    r"|https?://\S+|(?<![\w.])[\w-]+(?:\.[\w-]+)+"  # addresses
    r"|\\."  # a character that is no markup
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ACCENTS = str.maketrans(
    "acdeghiklnorstuwyzACDEGHIKLNORSTUWYZ",
    "áçďéğħîķļñöŕšţüŵýžÅÇĐÉĞĦÎĶĻÑÖŔŠŢÛŴÝŽ",
)
_FILL = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, eq=False)
class PseudoCatalogue(Catalogue):
    """A catalogue that has every text, made up when it is asked for."""

    backwards: bool
    draft_text: str
    """The text of the draft mark, which `MARK` replaces."""

    def find(self, context: str, source: str) -> Entry | None:
        if context == "label" and source == self.draft_text:
            text = MARK
        else:
            text = mirrored(source) if self.backwards else accented(source)
        return Entry(context=context, source=source, translation=text, line=0, fuzzy=False)

    def check(self, entry: Entry, *, markup: bool, plural: str | None = None) -> list[Problem]:
        return []


def catalogue(locale: Locale, draft_text: str) -> PseudoCatalogue:
    """All translations into a pseudo-locale."""
    return PseudoCatalogue(
        file=locale.tag,
        tag=locale.tag,
        review=Review("pseudo-locale"),
        entries={},
        po=PoFile((), {}, ()),
        backwards=locale.direction == "rtl",
        draft_text=draft_text,
    )


@lru_cache(maxsize=4096)
def accented(text: str) -> str:
    """A text with accents, brackets and words that make it longer."""
    letters = len(_KEPT.sub("", text).replace("*", ""))
    words = cycle(_FILL)
    added = ""
    while len(added) < LONGER * letters - len("[]"):
        added += " " + next(words)
    return f"[{_changed(text, lambda part: part.translate(_ACCENTS))}{added.translate(_ACCENTS)}]"


@lru_cache(maxsize=4096)
def mirrored(text: str) -> str:
    """A text whose words run from right to left."""
    return _changed(text, lambda part: _WORD.sub(lambda word: f"{_RLO}{word[0]}{_PDF}", part))


def _changed(text: str, change: Callable[[str], str]) -> str:
    """The text with all that is to be read changed."""
    parts: list[str] = []
    done = 0
    for kept in _KEPT.finditer(text):
        parts += [change(text[done : kept.start()]), kept[0]]
        done = kept.end()
    return "".join([*parts, change(text[done:])])
