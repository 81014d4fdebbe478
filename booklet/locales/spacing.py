"""No-break spaces where a language wants them: no line begins with a lone sign or ends in a stray word."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from booklet.content.document import Rich
from booklet.locales.tags import Locale

NARROW, FULL = "\u202f", "\u00a0"

_ONE_LETTER = {
    "pl": "aiouwzAIOUWZ",
    "cs": "aikosuvzAIKOSUVZ",
    "sk": "aikosuvzAIKOSUVZ",
    "ru": "авикосуяАВИКОСУЯ",
    "uk": "авзійоуяєАВЗІЙОУЯЄ",
}
"""Words of one letter that the typography of these languages keeps off the end of a line."""


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
