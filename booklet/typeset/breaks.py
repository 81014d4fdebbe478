"""Where a line may end: ICU's opportunities in a language's own manner, and what is kept together besides."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from unicodedata import category

from booklet.typeset.scripts import default_script
from booklet.typeset.shape import UNPAINTED

CONTROLS = "".join(map(chr, UNPAINTED))
CONTROL = re.compile(f"[{CONTROLS}]")
"""What UNPAINTED holds, for searching."""
BLANKS = CONTROLS + "".join(char for char in map(chr, range(0x3001)) if char.isspace())
"""What counts for nothing at the end of a line."""
NEVER_FIRST = "·～／"
"""Signs that begin no line of Chinese or Japanese (JLREQ, 3.1.7; CLREQ, 3.1.3), though ICU lets them."""

_RANGE = re.compile(r"\d[–~〜～]\Z")
"""What ends before the second number of a range such as 2–3, which stays on one line."""

DICTIONARY = ("Thai", "Laoo", "Khmr", "Mymr")
"""Scripts without spaces between words, where ICU looks words up."""
_REPEAT = "ๆໆៗ"
"""Signs that say the word before them once more, in Thai also after a space: no line begins with one."""
_CONSONANT = re.compile("[\u0e01-\u0e2e\u0e81-\u0eae\u1780-\u17a2\u1000-\u1020]")


def opportunities(text: str, lang: str) -> list[tuple[int, int]]:
    """The stretches between ICU's line break opportunities, as character offsets.

    That is UAX #14 with dictionaries for Thai, Lao, Khmer and Burmese; for Chinese and Japanese in the strict
    manner (CSS Text 3, 5.3), in which no line begins with a small kana or a long vowel mark; for Korean
    between words alone.
    """
    from icu4py.breakers import LineBreaker

    cuts = list(LineBreaker(text, _manner(lang)).segments())
    if not text.isascii() and max(text) > "\uffff":
        # ICU counts UTF-16 units.
        offset, table = 0, {}
        for place, char in enumerate(text):
            table[offset] = place
            offset += 2 if char > "\uffff" else 1
        table[offset] = len(text)
        cuts = [(table[start], table[end]) for start, end in cuts]
    if default_script(lang) == "Hani" and any(char in text for char in NEVER_FIRST):
        cuts = _joined(cuts, lambda start, end: text[start] in NEVER_FIRST)
    if default_script(lang) in DICTIONARY:
        cuts = _joined(cuts, lambda start, end: _is_rest_of_word(text, start, end))
    if not text.isascii():
        cuts = _joined(cuts, lambda start, end: _ends_a_range(text, start))
    if CONTROL.search(text):
        cuts = _joined(cuts, lambda start, end: _is_empty(text, start, end))
    return cuts


@lru_cache(maxsize=64)
def _manner(lang: str) -> str:
    """The language with ICU's settings for line breaks (UTS #35, `lb` and `lw`)."""
    settings = {"Hani": "-u-lb-strict", "Hang": "-u-lb-strict-lw-phrase"}
    return lang + settings.get(default_script(lang), "")


def _is_rest_of_word(text: str, start: int, end: int) -> bool:
    """Whether a stretch cannot be a word of its own: a repeat sign, or a lone consonant that is left over
    where a new or foreign word is in no dictionary. Where the author has put a space there is an end."""
    if text[start] in _REPEAT:
        return True
    lone = _CONSONANT.match(text[start]) and not any(
        category(char)[0] in "LMN" for char in text[start + 1 : end]
    )
    return bool(lone and start and category(text[start - 1])[0] in "LM")


def _ends_a_range(text: str, start: int) -> bool:
    """Whether a stretch begins with the second number of a range."""
    return text[start].isdigit() and bool(_RANGE.search(text, max(start - 2, 0), start))


def _is_empty(text: str, start: int, end: int) -> bool:
    """Whether a stretch is of nothing but controls, and not at the head of a line."""
    return start < end and not text[start:end].translate(UNPAINTED) and text[start - 1] != "\n"


def _joined(cuts: list[tuple[int, int]], clings: Callable[[int, int], bool]) -> list[tuple[int, int]]:
    """The stretches, those that cling to the one before them added to it."""
    out: list[tuple[int, int]] = []
    for start, end in cuts:
        if out and clings(start, end):
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return out
