"""The font in which viewers show what is typed: whole blocks of scripts, not only what the page uses.

A name may be in another script than the form, so each form brings the letters of many. Viewers address the
font by character, so it keeps its cmap, and codes are glyph ids. Under the resource name "Wingdings" PDFium
takes the embedded font for every character; under any other name it takes a system font for most scripts,
and what was typed may stay blank. Other viewers do not mind the name.
"""

from __future__ import annotations

from functools import lru_cache

import uharfbuzz as hb

from booklet.pdf.type0 import Program
from booklet.typeset.fonts import FONT_FOLDER, FontBook, load_face

RESOURCE = "Wingdings"
ENTRY_FONT = FONT_FOLDER / "entry" / "NotoSansEntry-Regular.ttf"
"""All that `characters_of` any script says, in one font; `tools/make_fonts.py` makes it."""
COMMON = (
    range(0x20, 0x7F), range(0xA0, 0x180), range(0x1A0, 0x1B1), range(0x218, 0x21C), range(0x1EA0, 0x1EFA),
    range(0x300, 0x304), range(0x309, 0x30A), range(0x323, 0x324), range(0x200C, 0x2023),
    range(0x2066, 0x206A), (0x2026, 0x202F, 0x2060, 0x20AC, 0x20AB),
)  # fmt: skip
"""Basic and accented Latin with Vietnamese, the punctuation that phones put in by themselves, and
what has no ink: joiners, direction marks, isolates."""
BLOCKS = {
    "Grek": (range(0x370, 0x400),),
    "Cyrl": (range(0x400, 0x460), range(0x490, 0x4A4)),
    "Arab": (range(0x600, 0x700),),
    "Hebr": (range(0x590, 0x600),),
    "Deva": (range(0x900, 0x980),),
    "Thai": (range(0xE00, 0xE80),),
    "Beng": (range(0x980, 0xA00),),
    "Taml": (range(0xB80, 0xC00),),
    "Laoo": (range(0xE80, 0xF00),),
    "Khmr": (range(0x1780, 0x1800), range(0x19E0, 0x1A00)),
    "Mymr": (range(0x1000, 0x10A0),),
    "Ethi": (range(0x1200, 0x1380),),
}
EVERYWHERE = ("Grek", "Cyrl", "Arab", "Hebr", "Deva", "Thai")
"""The scripts that every form brings. The six others would double what these take, and come with forms in
their own languages."""


def characters_of(script: str) -> frozenset[int]:
    """What the entry font of a document in `script` (ISO 15924) has, where Noto Sans has it."""
    scripts = dict.fromkeys((*EVERYWHERE, script))
    blocks = [*COMMON, *(block for name in scripts for block in BLOCKS.get(name, ()))]
    return frozenset(code for block in blocks for code in block)


@lru_cache(maxsize=16)
def entry_font(script: str) -> Program:
    """The entry font for documents in a script (ISO 15924)."""
    face = load_face(ENTRY_FONT)
    # Lines stand as far apart as the document's own script wants.
    tall = FontBook(("Noto Sans",)).chain(script if script in BLOCKS else "Cyrl", 400, False)[0]
    choice = hb.SubsetInput()
    choice.sets(hb.SubsetInputSets.UNICODE).update(characters_of(script) & face.coverage)
    choice.sets(hb.SubsetInputSets.DROP_TABLE_TAG).add(int.from_bytes(b"name"))
    choice.flags = hb.SubsetFlags.NO_HINTING
    reduced = hb.subset(face.hb_face, choice)
    font = hb.Font(reduced)
    scale = 1000 / face.upem
    pairs = sorted((font.get_nominal_glyph(code), code) for code in reduced.unicodes)
    codes = {glyph: chr(code) for glyph, code in reversed(pairs) if glyph}
    return Program(
        name=face.name,
        data=bytes(reduced.blob.data),
        ascent=tall.ascent,
        descent=tall.descent,
        first=0,
        widths=tuple(font.get_glyph_h_advance(glyph) * scale for glyph in range(reduced.glyph_count)),
        texts=tuple(sorted(codes.items())),
    )
