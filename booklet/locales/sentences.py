"""How a sentence ends in a language: which signs end one, and which one to put where there is none."""

from __future__ import annotations

from functools import lru_cache

from booklet.locales import tags

TERMINALS = ".!?…؟۔।॥។៕။።፧።。！？｡"
"""Signs that end a sentence: those of Unicode's Sentence_Terminal that living scripts in print use, and the
ellipsis."""
COLONS = ":：៖፡፥"
CLOSING = "\"'”’»›」』）)] \u00a0\u202f"
"""What may stand behind the sign that ends a sentence."""
_STOPS = {
    "Beng": "।", "Deva": "।", "Ethi": "።", "Hans": "。", "Hant": "。", "Jpan": "。", "Khmr": "។", "Laoo": "",
    "Mymr": "။", "Thai": "",
}  # fmt: skip
"""The full stop of scripts that have one of their own; Thai and Lao put a space."""


def space(lang: str) -> str:
    """What stands between two sentences: nothing after a full stop that is as wide as a letter."""
    return "" if stop(lang) == "。" else " "


@lru_cache(maxsize=64)
def stop(lang: str) -> str:
    """The full stop of a language."""
    locale = tags.parse(lang)
    return "۔" if locale.language == "ur" else _STOPS.get(locale.script, ".")


def ends(text: str, *, colon: bool = False) -> bool:
    """Whether the text ends as a sentence does; with `colon`, whether it ends in one."""
    last = text.rstrip(CLOSING)[-1:]
    return bool(last) and last in TERMINALS + (COLONS if colon else "")
