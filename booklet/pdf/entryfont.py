"""The font in which viewers show what is typed: a whole block of a script, not only what the page uses.

Viewers address it by character, so it keeps its cmap, and codes are glyph ids. Under the resource name
"Wingdings" PDFium takes the embedded font for every character; under any other name it takes a system
font for most scripts, and what was typed may stay blank. Other viewers do not mind the name.
"""

from __future__ import annotations

from functools import lru_cache

import uharfbuzz as hb

from booklet.pdf.type0 import Program
from booklet.typeset.fonts import FontBook

RESOURCE = "Wingdings"
LATIN = (
    range(0x20, 0x7F), range(0xA0, 0x180), range(0x1A0, 0x1B1), range(0x218, 0x21C), range(0x1EA0, 0x1EFA),
    range(0x300, 0x304), range(0x309, 0x30A), range(0x323, 0x324), range(0x2010, 0x2023),
    (0x2026, 0x20AC, 0x20AB),
)  # fmt: skip
"""Basic and accented Latin with Vietnamese, and the punctuation that phones put in by themselves."""
BLOCKS = {
    "Latn": (range(0x370, 0x400), range(0x400, 0x460), range(0x490, 0x4A4)),  # Greek and Cyrillic too
    "Arab": (range(0x600, 0x700), range(0x750, 0x780), range(0xFB50, 0xFBB2), range(0xFE70, 0xFEFD)),
    "Hebr": (range(0x590, 0x600),),
    "Deva": (range(0x900, 0x980),),
    "Beng": (range(0x980, 0xA00),),
    "Taml": (range(0xB80, 0xC00),),
    "Thai": (range(0xE00, 0xE80),),
    "Laoo": (range(0xE80, 0xF00),),
    "Khmr": (range(0x1780, 0x1800), range(0x19E0, 0x1A00)),
    "Mymr": (range(0x1000, 0x10A0),),
    "Ethi": (range(0x1200, 0x1380),),
}


@lru_cache(maxsize=16)
def entry_font(script: str) -> Program:
    """The entry font of a script (ISO 15924). Scripts without one of their own get the Latin one."""
    # Atkinson Hyperlegible lacks Vietnamese and Cyrillic; people's names need them.
    book = FontBook(("Noto Sans",))
    wanted = {code for block in (*LATIN, *BLOCKS.get(script, BLOCKS["Latn"])) for code in block}
    face = book.chain(script if script in BLOCKS else "Latn", 400, False)[0]
    if script not in BLOCKS or script == "Latn":
        face = book.chain("Cyrl", 400, False)[0]
    choice = hb.SubsetInput()
    choice.sets(hb.SubsetInputSets.UNICODE).update(wanted & face.coverage)
    choice.sets(hb.SubsetInputSets.DROP_TABLE_TAG).update(
        int.from_bytes(tag.encode()) for tag in ("GSUB", "GPOS", "GDEF", "STAT", "name", "DSIG", "meta")
    )
    choice.flags = hb.SubsetFlags.NO_HINTING
    reduced = hb.subset(face.hb_face, choice)
    font = hb.Font(reduced)
    scale = 1000 / face.upem
    pairs = sorted((font.get_nominal_glyph(code), code) for code in reduced.unicodes)
    codes = {glyph: chr(code) for glyph, code in reversed(pairs) if glyph}
    return Program(
        name=face.name,
        data=bytes(reduced.blob.data),
        ascent=face.ascent,
        descent=face.descent,
        first=0,
        widths=tuple(font.get_glyph_h_advance(glyph) * scale for glyph in range(reduced.glyph_count)),
        texts=tuple(sorted(codes.items())),
    )
