"""How hard English is to read: the Flesch-Kincaid grade, the years of school that a text asks for.

Kincaid and others, 1975: 0.39 x words per sentence + 11.8 x syllables per word - 15.59. A sentence ends
with a full stop, a question mark or an exclamation mark, or with its block; a word is a run of letters,
digits, apostrophes and hyphens, and a number is one syllable. Syllables are counted by their vowels, less
those that nobody hears at the end of a word: right for nine words in ten, and seldom too low.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9'’-]*")
_SENTENCE_END = re.compile(r"[.!?][”’\"')]*(?=\s|$)")
_SILENT = re.compile(
    r"(?<=[^aeiouy])e(?=(?:ly|ness|ment|ful)?$)(?<![^aeiouy]le)"  # use, likely; not: people
    r"|(?<=[^aeiouyscxzgh])e(?=s$)"  # comes; not: uses, judges
    r"|(?<=[^aeiouytd])e(?=d$)"  # called; not: needed
)
_VOWELS = re.compile("[aeiouy]+")
_APART = re.compile(r"i(?=o(?!u?[ns]))|(?<![tscx])i(?=a)|u(?=al)|[aeiou](?=ing$)|e(?=a$)")
"""Where a second syllable begins among vowels: opioid, social, usual, being, idea."""
_KNOWN = {"heroin": 3}


def syllables(word: str) -> int:
    """How many syllables a word has."""
    letters = re.sub("[^a-z]", "", word.lower())
    if letters in _KNOWN:
        return _KNOWN[letters]
    spoken = _SILENT.sub("", letters) if len(letters) > 2 else letters
    return max(1, len(_VOWELS.findall(re.sub("^y", "", spoken))) + len(_APART.findall(spoken)))


def grade(blocks: Iterable[str]) -> float:
    """The Flesch-Kincaid grade of texts, each a block of its own."""
    sentences = words = beats = 0
    for block in blocks:
        for sentence in _SENTENCE_END.split(block):
            found = _WORD.findall(sentence)
            sentences += bool(found)
            words += len(found)
            beats += sum(syllables(part) for word in found for part in word.split("-"))
    return 0.39 * words / sentences + 11.8 * beats / words - 15.59
