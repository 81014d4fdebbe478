"""Font files as the text engine sees them: coverage, metrics, and which face serves which script."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import uharfbuzz as hb

from booklet.typeset import cjk
from booklet.typeset.fontfile import FontFile
from booklet.typeset.scripts import EAST_ASIAN, Fit, fit_of, fits, writing

if TYPE_CHECKING:
    from booklet.layout.theme import Theme

LETTERS = {
    "ak": "ɛɔ", "ee": "ɖɛƒɣŋɔʋ", "ha": "ɓɗƙƴ", "haw": "āēīōū", "ig": "ịọụṅ", "mi": "āēīōū", "to": "āēīōū",
    "tw": "ɛɔ", "vi": "ăđơưạếộữỳỹ", "yo": "ẹọṣ",
}  # fmt: skip
"""Letters by which a typeface shows whether it has the alphabet of a language in Latin script. Without them
a text would be set in the preferred face, but for every third word."""
FONT_FOLDER = Path(__file__).parent.parent / "fonts"


@dataclass(frozen=True, eq=False, slots=True)
class Face:
    """A loaded font. Metrics are in ems, advances in font units. Read-only, so safe to share.

    Hashing is by identity: `load_face` makes one Face a file.
    """

    name: str
    hb_face: hb.Face = field(repr=False)
    hb_font: hb.Font = field(repr=False)
    upem: int
    ascent: float
    descent: float
    """Positive: how far the face reaches under the baseline."""
    coverage: frozenset[int] = field(repr=False)
    weight: int | None = None
    """Where on its weight axis a variable font stands."""

    def advance(self, glyph: int) -> int:
        """The nominal advance of a glyph, in font units."""
        return int(self.hb_font.get_glyph_h_advance(glyph))

    def ink(self, glyph: int) -> tuple[float, float]:
        """How far a glyph's outline reaches over and under the baseline, in ems."""
        box = self.hb_font.get_glyph_extents(glyph)
        if box is None or not box.height:
            return 0.0, 0.0
        return box.y_bearing / self.upem, -(box.y_bearing + box.height) / self.upem


@lru_cache(maxsize=256)
def load_face(path: Path, weight: int | None = None) -> Face:
    """Load a TrueType file, a variable one at a weight. The file is mapped into memory, not read.

    The name is unique among the fonts of a build: the file's stem, and the weight of a variable font.
    """
    face = hb.Face(hb.Blob.from_file_path(str(path)))
    font = hb.Font(face)
    name = path.stem
    if weight is not None:
        font.set_variations({"wght": weight})
        name = f"{name.split('[')[0]}-{WEIGHTS[weight]}"
    extents = font.get_font_extents("ltr")
    return Face(
        name=name,
        hb_face=face,
        hb_font=font,
        upem=face.upem,
        ascent=extents.ascender / face.upem,
        descent=-extents.descender / face.upem,
        coverage=frozenset(face.unicodes),
        weight=weight,
    )


WEIGHTS = {400: "Regular", 700: "Bold"}
"""The weights that are taken of variable fonts."""


@lru_cache(maxsize=16)
def font_files(folder: Path) -> tuple[FontFile, ...]:
    """The fonts that a folder's `fonts.json` lists."""
    listed = json.loads((folder / "fonts.json").read_text(encoding="utf-8"))
    return tuple(
        FontFile(
            family=entry["family"],
            path=folder / entry["file"],
            weight=entry["weight"],
            italic=entry["italic"],
            scripts=tuple(entry["scripts"]),
        )
        for entry in listed
    )


def families(folder: Path = FONT_FOLDER) -> tuple[str, ...]:
    """The names of the families in a folder, and those that a package of its own brings."""
    return tuple(dict.fromkeys([*(file.family for file in font_files(folder)), *cjk.FAMILIES]))


@dataclass(frozen=True, slots=True)
class FontBook:
    """The families of a theme, in order of preference, the folders that hold them, and how the theme fits
    other scripts to Latin.

    A family earlier in `families` wins where it has the script; any font that covers a character
    serves as the last resort, so that a foreign name in a sentence still shows.
    """

    families: tuple[str, ...]
    folders: tuple[str, ...] = (str(FONT_FOLDER),)
    scripts: tuple[Fit, ...] = ()

    def chain(self, script: str, weight: int, italic: bool, lang: str = "") -> tuple[Face, ...]:
        """The faces to try for a script, best first; one that lacks letters of the language comes after
        those that have them. A face is never slanted or emboldened."""
        letters = LETTERS.get(lang.split("-")[0], "") if script == "Latn" else ""
        fit = self.fit(script, lang)
        families = (*fit.families, *self.families) if fit else self.families
        return _chain(families, self.folders, script, writing(script, lang), weight, italic, letters)

    def fit(self, script: str, lang: str) -> Fit | None:
        """How the theme adjusts text of a script in a language, if it does."""
        return fit_of(self.scripts, script, lang) if self.scripts else None

    def scale(self, script: str, lang: str) -> float:
        """The size of a script in a language, in sizes of Latin type beside it."""
        fit = self.fit(script, lang)
        return fit.size if fit else 1.0

    def latin_reach(self) -> float:
        """Ascent and descent of the first Latin face, in ems: what leading is measured by."""
        latin = self.chain("Latn", 400, False)[0]
        return latin.ascent + latin.descent


def book_of(theme: Theme, folders: tuple[str, ...] = (str(FONT_FOLDER),)) -> FontBook:
    """The families of a theme, and how it fits scripts to Latin."""
    return FontBook(theme.families, folders, fits(theme.scripts))


@lru_cache(maxsize=1024)
def _chain(
    families: tuple[str, ...],
    folders: tuple[str, ...],
    script: str,
    kind: str,
    weight: int,
    italic: bool,
    letters: str,
) -> tuple[Face, ...]:
    """Faces of all families, one each, those that have the writing first. The large fonts for Chinese,
    Japanese and Korean are opened for these alone."""
    files = [file for folder in folders for file in font_files(Path(folder))]
    if kind in EAST_ASIAN:
        files += cjk.font_files()
    order = {family: place for place, family in reversed(list(enumerate(families)))}
    by_family: dict[str, list[FontFile]] = {}
    for file in files:
        by_family.setdefault(file.family, []).append(file)

    def face(family: str) -> Face:
        best = min(by_family[family], key=lambda f: (f.italic != italic, abs(f.weight - weight)))
        return load_face(best.path, best.weight if best.variable else None)

    faces = {family: face(family) for family in by_family}

    def rank(family: str) -> tuple[bool, bool, bool, int]:
        scripts = by_family[family][0].scripts
        foreign = kind not in scripts
        lacking = not faces[family].coverage.issuperset(map(ord, letters))
        return foreign, foreign and script not in scripts, lacking, order.get(family, len(order))

    return tuple(faces[family] for family in sorted(by_family, key=rank))
