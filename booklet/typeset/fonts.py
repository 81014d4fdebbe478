"""Font files as the text engine sees them: coverage, metrics, and which face serves which script."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import uharfbuzz as hb

LETTERS = {
    "ak": "ɛɔ", "ee": "ɖɛƒɣŋɔʋ", "ha": "ɓɗƙƴ", "haw": "āēīōū", "ig": "ịọụṅ", "mi": "āēīōū", "to": "āēīōū",
    "tw": "ɛɔ", "vi": "ăđơưạếộữỳỹ", "yo": "ẹọṣ",
}  # fmt: skip
"""Letters by which a typeface shows whether it has the alphabet of a language in Latin script. Without them
a text would be set in the preferred face, but for every third word."""
FONT_FOLDER = Path(__file__).parent.parent / "fonts"


@dataclass(frozen=True, slots=True)
class FontFile:
    """One static font file, as `fonts.json` lists it."""

    family: str
    path: Path
    weight: int
    italic: bool
    scripts: tuple[str, ...]
    """ISO 15924 codes."""


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
def load_face(path: Path) -> Face:
    """Load a TrueType file. The name is the file's stem: unique among the fonts of a build."""
    face = hb.Face(hb.Blob.from_file_path(str(path)))
    font = hb.Font(face)
    extents = font.get_font_extents("ltr")
    return Face(
        name=path.stem,
        hb_face=face,
        hb_font=font,
        upem=face.upem,
        ascent=extents.ascender / face.upem,
        descent=-extents.descender / face.upem,
        coverage=frozenset(face.unicodes),
    )


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
    """The names of the families in a folder."""
    return tuple(dict.fromkeys(file.family for file in font_files(folder)))


@dataclass(frozen=True, slots=True)
class FontBook:
    """The families of a theme, in order of preference, and the folders that hold them.

    A family earlier in `families` wins where it has the script; any font that covers a character
    serves as the last resort, so that a foreign name in a sentence still shows.
    """

    families: tuple[str, ...]
    folders: tuple[str, ...] = (str(FONT_FOLDER),)

    def chain(self, script: str, weight: int, italic: bool, lang: str = "") -> tuple[Face, ...]:
        """The faces to try for a script, best first; one that lacks letters of the language comes after
        those that have them. A face is never slanted or emboldened."""
        letters = LETTERS.get(lang.split("-")[0], "") if script == "Latn" else ""
        return _chain(self, script, weight, italic, letters)

    def latin_reach(self) -> float:
        """Ascent and descent of the first Latin face, in ems: what leading is measured by."""
        latin = self.chain("Latn", 400, False)[0]
        return latin.ascent + latin.descent


@lru_cache(maxsize=1024)
def _chain(book: FontBook, script: str, weight: int, italic: bool, letters: str) -> tuple[Face, ...]:
    files = [file for folder in book.folders for file in font_files(Path(folder))]
    order = {family: place for place, family in enumerate(book.families)}
    by_family: dict[str, list[FontFile]] = {}
    for file in files:
        by_family.setdefault(file.family, []).append(file)

    faces = {
        family: load_face(min(own, key=lambda f: (f.italic != italic, abs(f.weight - weight))).path)
        for family, own in by_family.items()
    }

    def rank(family: str) -> tuple[bool, bool, int]:
        foreign = script not in by_family[family][0].scripts
        lacking = not faces[family].coverage.issuperset(map(ord, letters))
        return foreign, lacking, order.get(family, len(order))

    return tuple(faces[family] for family in sorted(by_family, key=rank))
