"""Where no line may end in a language: no-break spaces for spaces, and words that stay whole."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from booklet.content.document import Rich
from booklet.locales.tags import Locale

NARROW, FULL = "\u202f", "\u00a0"
JOINER = "\u2060"
"""Keeps a line from ending where it stands (UAX #14); it leaves no trace in the PDF."""

_ONE_LETTER = {
    "pl": "aiouwzAIOUWZ",
    "cs": "aikosuvzAIKOSUVZ",
    "sk": "aikosuvzAIKOSUVZ",
    "ru": "авикосуяАВИКОСУЯ",
    "uk": "авзійоуяєАВЗІЙОУЯЄ",
}
"""Words of one letter that the typography of these languages keeps off the end of a line."""


_DASHED = frozenset({"be", "bg", "pl", "ru", "uk"})
"""Languages in which a dash between words begins no line."""


@lru_cache(maxsize=64)
def _rules(language: str, region: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """What to replace, and by what. Only spaces that are there change: nothing is added to the text.

    French: in France a narrow no-break space before ; ! ? and a full one before : and inside « »; Canada
    has none before ; ! ? but the others (Office québécois de la langue française).
    """
    rules: list[tuple[str, str]] = [(r"(?<=\d) (?=%)", FULL)]
    if language == "fr":
        if region != "CA":
            rules.append((r" (?=[;!?])", NARROW))
        rules += [(r" (?=[:»])", FULL), (r"(?<=«) ", FULL)]
    if language in _DASHED:
        rules.append((r" (?=[—–] )", FULL))
    if letters := _ONE_LETTER.get(language):
        rules.append((rf"(?<![^\s(„“])([{letters}]) ", rf"\1{FULL}"))
    return tuple((re.compile(pattern), replacement) for pattern, replacement in rules)


def spaced(rich: Rich, locale: Locale) -> Rich:
    """The text with the no-break spaces of its language."""
    rules = _rules(locale.language, locale.region)
    out = []
    for span in rich:
        text = span.text
        if " " in text and span.lang is None:
            for pattern, replacement in rules:
                text = pattern.sub(replacement, text)
        out.append(span if text is span.text else replace(span, text=text))
    return tuple(out)


def kept_whole(rich: Rich, words: tuple[str, ...], locale: Locale) -> Rich:
    """The text with joiners inside of `words`, so that no line ends there."""
    if not words:
        return rich
    return tuple(
        span if span.lang else replace(span, text=_finder(words).sub(_glued(locale.language), span.text))
        for span in rich
    )


@lru_cache(maxsize=16)
def _finder(words: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))


@lru_cache(maxsize=16)
def _glued(language: str) -> Callable[[re.Match[str]], str]:
    """Puts joiners between the letters of a word, never between a letter and its marks."""
    from icu4py.breakers import CharacterBreaker

    def glue(found: re.Match[str]) -> str:
        word = found[0]
        return JOINER.join(word[start:end] for start, end in CharacterBreaker(word, language).segments())

    return glue
