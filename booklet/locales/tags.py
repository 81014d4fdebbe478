"""Reads language tags (BCP 47) and knows which script and direction a language has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from booklet.content.document import Direction
from booklet.wording import quoted
from booklet.yamlfile import Mistake

DEFAULT_REGION = "US"
"""Where a language's pamphlet is handed out if nothing says otherwise: `es` is set as es-US."""

# Scripts of the Unicode Standard that run from right to left (UAX #24 and #31, living scripts).
_RIGHT_TO_LEFT = frozenset("Adlm Arab Aran Hebr Mand Nkoo Rohg Samr Syrc Thaa Yezi".split())
_TAG = re.compile(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|[0-9]{3}))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Locale:
    """A language as it is written somewhere. `tag` is the author's, in canonical letter case.

    `lang` is what goes into the PDF: language and region, and the script if the tag names it.
    """

    tag: str
    language: str
    script: str
    region: str
    lang: str
    direction: Direction

    @property
    def cldr(self) -> str:
        """The name by which Babel knows it."""
        return self.lang.replace("-", "_")

    @property
    def name(self) -> str:
        """The language's English name, for messages."""
        from babel import Locale as CLDRLocale

        return str(CLDRLocale("en").languages.get(self.language, self.language))


@lru_cache(maxsize=256)
def parse(tag: str, region: str = DEFAULT_REGION) -> Locale:
    """The locale of a tag such as `es`, `en-GB` or `zh-Hant`. Raises Mistake.

    `region` is taken where the tag names none; the script is the language's usual one there
    (CLDR, likely subtags).
    """
    from babel.core import get_global

    if not (match := _TAG.fullmatch(tag)):
        raise Mistake(f"{quoted(tag)} is not a language tag.", "Write it as in es, es-US or zh-Hant.")
    language, script, own_region = match[1].lower(), (match[2] or "").title(), (match[3] or "").upper()
    likely = get_global("likely_subtags")
    if language not in likely or language == "und":
        raise Mistake(f"There is no language {quoted(language)}.", "Look its code up in ISO 639.")
    usual = str(likely.get(f"{language}_{own_region}") or likely[language]).split("_")[1]
    canonical = "-".join(part for part in (language, script, own_region) if part)
    lang = "-".join(part for part in (language, script, own_region or region) if part)
    used = script or usual
    direction: Direction = "rtl" if used in _RIGHT_TO_LEFT else "ltr"
    return Locale(canonical, language, used, own_region or region, lang, direction)
