"""Which writing a text is in, and how type of it is fitted to Latin type beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple, Protocol

from booklet.locales.tags import usual_script

HAN = ("Hani", "Hira", "Kana", "Bopo", "Hang")
"""The scripts of Chinese, Japanese and Korean, which share characters but not the look of them."""
EAST_ASIAN = ("Hans", "Hant", "Jpan", "Kore")
"""The ways in which they are written: what language tags and typefaces tell apart."""

_CHARACTERS = {"Hans": "Hani", "Hant": "Hani", "Jpan": "Hani", "Kore": "Hang", "Latf": "Latn", "Latg": "Latn"}
"""Kinds of writing that language tags tell apart and characters do not."""
_USUAL = {"Hira": "Jpan", "Kana": "Jpan", "Hang": "Kore", "Bopo": "Hant"}


@lru_cache(maxsize=64)
def default_script(lang: str) -> str:
    """The script that a language is written in, for text without letters of its own."""
    used = _used(lang)
    return _CHARACTERS.get(used, used)


@lru_cache(maxsize=64)
def _used(lang: str) -> str:
    """The script that a tag names, else the usual one of its language and region."""
    language, *parts = lang.split("-")
    named = next((part.title() for part in parts if is_script(part)), None)
    region = next((part.upper() for part in parts if re.fullmatch(r"[A-Za-z]{2}|[0-9]{3}", part)), "")
    return named or usual_script(language.lower(), region)


@lru_cache(maxsize=256)
def writing(script: str, lang: str) -> str:
    """The kind of writing that characters of a script are in within a text in a language: itself, but one
    of `EAST_ASIAN` for the scripts that Chinese, Japanese and Korean share."""
    if script not in HAN:
        return script
    own = _used(lang)
    if own not in EAST_ASIAN or (script == "Hang" and own != "Kore"):
        return _USUAL.get(script, "Hans")
    return own


class Adjustment(Protocol):
    """How a theme sets a script."""

    @property
    def families(self) -> tuple[str, ...]: ...
    @property
    def size(self) -> float: ...
    @property
    def leading(self) -> float: ...
    @property
    def least(self) -> float: ...


class Fit(NamedTuple):
    """How a script or a language (`key`) is set: its families before those of the theme, and factors on the
    size and on the distance of lines that Latin text has in the same style, and the least such distance in
    sizes of its own type. A tuple, which is quick to hash: every paragraph is looked up by it."""

    key: str
    families: tuple[str, ...]
    size: float
    leading: float
    least: float


def fits(scripts: Mapping[str, Adjustment]) -> tuple[Fit, ...]:
    """A theme's adjustments, those of languages first: they know more than those of scripts."""
    made = [Fit(key, tuple(one.families), one.size, one.leading, one.least) for key, one in scripts.items()]
    return tuple(sorted(made, key=lambda fit: (is_script(fit.key), -len(fit.key))))


def is_script(key: str) -> bool:
    """Whether a key is a script's code (ISO 15924), else it is a language's."""
    return len(key) == 4 and key.isalpha()


@lru_cache(maxsize=1024)
def fit_of(fits: tuple[Fit, ...], script: str, lang: str) -> Fit | None:
    """The adjustment for text of a script in a language. Those of a language are for its own script."""
    own = default_script(lang) == script
    kind = writing(script, lang)
    for fit in fits:
        if is_script(fit.key):
            if fit.key in (kind, script):
                return fit
        elif own and (lang == fit.key or lang.startswith(fit.key + "-")):
            return fit
    return None
