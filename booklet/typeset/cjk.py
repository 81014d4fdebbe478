"""The large typefaces for Chinese, Japanese and Korean: a package of its own, found when it is installed."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from booklet.typeset.fontfile import FontFile
from booklet.typeset.scripts import default_script, writing

PACKAGE = "justmytype_intl_cjk"
"""What `pip install booklet[cjk]` brings: Noto Sans SC, TC, JP and KR as variable TrueType fonts (SIL OFL).
Nothing of its Python is imported."""
HINT = 'Install them: pip install "booklet[cjk]". They are too large to come with booklet.'
WEIGHTS = (400, 700)
_FONTS = (
    ("Noto Sans SC", "notosanssc", ("Hans", "Hani")),
    ("Noto Sans TC", "notosanstc", ("Hant", "Hani", "Bopo")),
    ("Noto Sans JP", "notosansjp", ("Jpan", "Hani", "Hira", "Kana")),
    ("Noto Sans KR", "notosanskr", ("Kore", "Hang", "Hani")),
)
FAMILIES = tuple(family for family, _, _ in _FONTS)
NAMES = {"Hans": "Simplified Chinese", "Hant": "Traditional Chinese", "Jpan": "Japanese", "Kore": "Korean"}
"""For messages."""


def lacking(lang: str) -> str | None:
    """The name of the writing that a language needs the package for, where that is not installed."""
    name = NAMES.get(writing(default_script(lang), lang))
    return None if name is None or font_files() else name


@lru_cache(maxsize=1)
def font_files() -> tuple[FontFile, ...]:
    """The fonts of the package, in two weights each; none where it is not installed."""
    found = find_spec(PACKAGE)
    if found is None or found.origin is None:
        return ()
    folder = Path(found.origin).parent / "fonts" / "ofl"
    return tuple(
        FontFile(family, path, weight, italic=False, scripts=scripts, variable=True)
        for family, name, scripts in _FONTS
        for path in sorted((folder / name).glob("*.ttf"))[:1]
        for weight in WEIGHTS
    )
