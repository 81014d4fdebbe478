"""How far a catalogue is: in translation, machine draft, in review or reviewed; and whether a review holds.

A review vouches for texts and their translations as they were read. So it leaves a mark of each of them in
the catalogue's header, and holds only while the marks are those of the texts that there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from booklet.wording import listed, quoted
from booklet.yamlfile import Mistake

if TYPE_CHECKING:
    from booklet.locales.catalogue import Catalogue
    from booklet.locales.texts import Text

WAITING = ("in translation", "machine draft", "in review")
"""What the header field X-Review can say before a person has reviewed the translation."""
STATE, BY, VERSION, MARKS = "X-Review", "X-Reviewed-By", "X-Reviewed-Version", "X-Reviewed-Texts"
"""The header fields."""
_REVIEWED = re.compile(r"reviewed \(([^()]+), ([0-9]{4}-[0-9]{2}-[0-9]{2})\)")
_MARK = 10
"""Hexadecimal digits. Two of a thousand texts have the same mark in one of two million catalogues."""


@dataclass(frozen=True, slots=True)
class Review:
    """What a header says. `state` is one of WAITING, or "reviewed"; then the rest is set."""

    state: str
    role: str = ""
    date: str = ""
    by: str = ""
    version: str = ""
    """Of the document that was reviewed."""
    marks: frozenset[str] = frozenset()

    @property
    def reviewed(self) -> bool:
        return self.state == "reviewed"


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a review holds. `changed` are the texts that are not as they were reviewed, `gone` is how many
    reviewed ones there are no more; both are empty where no review was recorded."""

    review: Review
    holds: bool
    changed: tuple[Text, ...] = ()
    gone: int = 0

    @property
    def words(self) -> str:
        """In a few words, for a table."""
        review = self.review
        if not review.reviewed:
            return review.state
        by = f"{review.by}, {review.role}" if review.by else review.role
        return f"reviewed by {by}, {review.date}" if self.holds else "review reopened"


def read(headers: Mapping[str, str]) -> Review:
    """What a catalogue's header says. Raises Mistake."""
    state = headers.get(STATE, "")
    if state in WAITING:
        return Review(state)
    if found := _REVIEWED.fullmatch(state):
        marks = frozenset(headers.get(MARKS, "").split())
        return Review("reviewed", found[1], found[2], headers.get(BY, ""), headers.get(VERSION, ""), marks)
    what = f"says {quoted(state)}" if state else "is missing"
    raise Mistake(
        f'The header field "{STATE}" {what}.',
        f'Write {listed(WAITING)}. What says "reviewed" is written by "booklet locale review".',
    )


def standing(catalogue: Catalogue, texts: Iterable[Text]) -> Standing:
    """Whether the review of a catalogue still holds for these texts."""
    review = catalogue.review
    if not review.reviewed or not review.marks:
        return Standing(review, holds=False)
    now = _marks(catalogue, texts)
    changed = tuple(text for each, text in now.items() if each not in review.marks)
    gone = len(review.marks - now.keys()) - len(changed)
    return Standing(review, review.marks == now.keys(), changed, max(gone, 0))


def headers(
    catalogue: Catalogue, texts: Iterable[Text], *, role: str, by: str, date: str, version: str
) -> dict[str, str]:
    """The catalogue's header after a review of these texts."""
    kept = {
        name: value for name, value in catalogue.po.headers.items() if name not in (STATE, BY, VERSION, MARKS)
    }
    said = {STATE: f"reviewed ({role}, {date})", BY: by, VERSION: version}
    marks = " ".join(sorted(_marks(catalogue, texts)))
    return {**kept, **{name: value for name, value in said.items() if value}, MARKS: marks}


def _marks(catalogue: Catalogue, texts: Iterable[Text]) -> dict[str, Text]:
    """Each text by a short mark of it with its translation: any other text or translation has another."""
    found = {}
    for text in texts:
        entry = catalogue.find(text.context, text.words)
        if text.optional and (entry is None or not entry.translation):
            continue
        translations = (entry.forms or (entry.translation,)) if entry else ()
        state = ("fuzzy",) if entry and entry.fuzzy else ()
        parts = (text.context, text.words, text.plural or "", *translations, *state)
        found[sha256("\0".join(parts).encode()).hexdigest()[:_MARK]] = text
    return found
