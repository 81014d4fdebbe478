"""Reads language tags (BCP 47) and knows which script and direction a language has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from booklet.content.document import Direction
from booklet.wording import quoted
from booklet.yamlfile import Mistake

DEFAULT_REGION = "US"
"""Where a language's pamphlet is handed out if nothing says otherwise: `es` is set as es-US."""
PSEUDO = frozenset({"XA", "XB"})
"""Regions of CLDR's pseudo-locales. Nobody lives there (ISO 3166 user-assigned codes)."""
_SAME = {"tl": "fil", "fil": "tl"}
"""Two codes of one language: CLDR has Tagalog under the code of its standard form, Filipino."""

# Scripts of the Unicode Standard that run from right to left (UAX #24 and #31, living scripts).
_RIGHT_TO_LEFT = frozenset("Adlm Arab Aran Hebr Mand Nkoo Rohg Samr Syrc Thaa Yezi".split())
_TAG = re.compile(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|[0-9]{3}))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Locale:
    """A language as it is written somewhere. `tag` is the author's, in canonical letter case.

    `lang` is what goes into the PDF: language and region, and the script if the tag names it or if
    whoever reads `lang` alone could take another for it.
    """

    tag: str
    language: str
    script: str
    region: str
    lang: str
    direction: Direction
    fallbacks: tuple[str, ...]
    """The tags whose translations serve its readers, the nearest first: its own, then less and less exact
    ones, but never one in another script."""

    @property
    def place(self) -> str | None:
        """The country that the tag itself names, if it names one: MX in es-MX, none in es-419."""
        last = self.tag.rpartition("-")[2]
        return last if last != self.tag and len(last) == len("MX") and last not in PSEUDO else None

    @property
    def pseudo(self) -> bool:
        """Whether it is only for trying layouts: en-XA, ar-XB."""
        return self.region in PSEUDO

    def alike(self, other: Locale) -> bool:
        """Whether both are one language in one script, so that a text for one needs no translation for the
        other."""
        return (self.language, self.script) == (other.language, other.script)

    @property
    def written(self) -> str:
        """The tag without its place: the language, and the script where it is not the usual one."""
        place = self.place
        shorter = [tag for tag in self.fallbacks if not (place and tag.endswith(place))]
        return shorter[-1] if place else self.tag

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

    `region` is taken where the tag names none. The script is the usual one of the language, and in the
    region that the tag names (CLDR, likely subtags): a place of handing out changes nobody's script.
    """
    from babel.core import get_global

    if not (match := _TAG.fullmatch(tag)):
        raise Mistake(f"{quoted(tag)} is not a language tag.", "Write it as in es, es-US or zh-Hant.")
    language, script, own_region = match[1].lower(), (match[2] or "").title(), (match[3] or "").upper()
    likely = get_global("likely_subtags")
    if language not in likely or language == "und":
        short = get_global("language_aliases").get(language)
        hint = f"Write {quoted(short)}." if short else "Look its code up in ISO 639."
        raise Mistake(f"There is no language {quoted(language)}.", hint)
    canonical = _tag(language, script, own_region)
    used = script or usual_script(language, own_region)
    plain = used == usual_script(language) == usual_script(language, own_region or region)
    lang = _tag(language, script if plain else used, own_region or region)
    direction: Direction = "rtl" if used in _RIGHT_TO_LEFT else "ltr"
    fallbacks = _fallbacks(language, used, own_region, str(likely[language]).split("_"))
    chain = tuple(dict.fromkeys((canonical, *fallbacks)))
    return Locale(canonical, language, used, own_region or region, lang, direction, chain)


@lru_cache(maxsize=256)
def usual_script(language: str, region: str = "") -> str:
    """The script (ISO 15924) that a language is written in, in a region if one is given (CLDR, likely
    subtags); Latn for a language that CLDR does not know."""
    from babel.core import get_global

    likely = get_global("likely_subtags")
    found = likely.get(f"{language}_{region}") or likely.get(language) or "und_Latn"
    return str(found).split("_")[1]


def _tag(*parts: str) -> str:
    return "-".join(part for part in parts if part)


def _fallbacks(language: str, script: str, region: str, likely: list[str]) -> Iterator[str]:
    """Less and less exact tags. `likely` are the parts of the language's own likely tag: pt, Latn, BR."""
    for code in (language, _SAME.get(language)):
        if not code:
            continue
        if region:
            yield _tag(code, script, region)
            if script == usual_script(code, region):  # zh-CN is not in the script of zh-Hant-CN
                yield _tag(code, region)
        yield _tag(code, script)
        if script == likely[1]:
            yield code
            if not region:  # pt is served by pt-BR; pt-PT is not
                yield _tag(code, likely[2])
