"""A subset TrueType font in which each character code of a document has a glyph of its own.

Every cluster of text is painted by one code that stands for the cluster's first character; each further
character has a code with an empty glyph. So what is copied or read aloud is the text, character by
character, with no need of ActualText, which not every reader honours.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import uharfbuzz as hb

from booklet.typeset.fonts import Face

ARGS_ARE_WORDS, ARGS_ARE_XY, MORE_COMPONENTS = 0x0001, 0x0002, 0x0020
DROPPED = "GSUB GPOS GDEF BASE STAT name post OS/2 cmap kern gasp DSIG meta".split()
PDF_TABLES = ("glyf", "head", "hhea", "hmtx", "loca", "maxp")


class Code(NamedTuple):
    """What one character code shows and means.

    `glyphs` are (glyph id, x, y) in font units, none for a code that only carries text; `width` is in
    font units.
    """

    glyphs: tuple[tuple[int, int, int], ...]
    width: int
    char: str


@dataclass(frozen=True, slots=True)
class Subset:
    """A font program, and for each code (the first is code 1) its glyph in it."""

    program: bytes
    glyph_ids: tuple[int, ...]


@lru_cache(maxsize=256)
def subset(face: Face, codes: tuple[Code, ...]) -> Subset:
    """Make the font program for `codes`."""
    wanted = sorted({glyph for code in codes for glyph, _, _ in code.glyphs})
    choice = hb.SubsetInput()
    choice.sets(hb.SubsetInputSets.GLYPH_INDEX).update(wanted)
    choice.sets(hb.SubsetInputSets.DROP_TABLE_TAG).update(int.from_bytes(tag.encode()) for tag in DROPPED)
    choice.flags = hb.SubsetFlags.NO_HINTING
    if face.weight is not None:
        choice.pin_axis_location(face.hb_face, "wght", face.weight)
    plan = hb.SubsetPlan(face.hb_face, choice)
    reduced = plan.execute()
    numbers = dict(plan.old_to_new_glyph_mapping)
    font = _Glyphs(reduced)
    ids: list[int] = []
    made: dict[tuple[tuple[tuple[int, int, int], ...], int], int] = {}
    for code in codes:
        inked = tuple((numbers[glyph], x, y) for glyph, x, y in code.glyphs)
        if len(inked) == 1 and inked[0][1:] == (0, 0) and font.advances[inked[0][0]] == code.width:
            ids.append(inked[0][0])
            continue
        key = (inked, code.width)
        if key not in made:
            made[key] = font.add(inked, code.width)
        ids.append(made[key])
    return Subset(font.program(), tuple(ids))


class _Glyphs:
    """The outlines and advances of a font, to which composite glyphs can be added (OpenType, `glyf`)."""

    def __init__(self, face: hb.Face) -> None:
        self.tables = {tag: bytes(face.reference_table(tag).data) for tag in PDF_TABLES}
        count = struct.unpack_from(">H", self.tables["maxp"], 4)[0]
        long_offsets = struct.unpack_from(">h", self.tables["head"], 50)[0]
        loca = self.tables["loca"]
        if long_offsets:
            offsets = struct.unpack(f">{count + 1}L", loca[: 4 * (count + 1)])
        else:
            offsets = tuple(2 * short for short in struct.unpack(f">{count + 1}H", loca[: 2 * (count + 1)]))
        glyf = self.tables["glyf"]
        self.outlines = [glyf[start:end] for start, end in pairwise(offsets)]
        metrics = struct.unpack_from(">H", self.tables["hhea"], 34)[0]
        hmtx = self.tables["hmtx"]
        pairs = [struct.unpack_from(">Hh", hmtx, 4 * i) for i in range(metrics)]
        last = pairs[-1][0]
        bearings = [struct.unpack_from(">h", hmtx, 4 * metrics + 2 * i)[0] for i in range(count - metrics)]
        self.advances = [pair[0] for pair in pairs] + [last] * len(bearings)
        self.bearings = [pair[1] for pair in pairs] + bearings
        self.most_components = 0

    def box(self, glyph: int) -> tuple[int, int, int, int] | None:
        """xMin, yMin, xMax, yMax; None for an empty glyph."""
        outline = self.outlines[glyph]
        return struct.unpack_from(">4h", outline, 2) if outline else None

    def add(self, parts: Sequence[tuple[int, int, int]], width: int) -> int:
        """Append a composite of (glyph, x, y) parts, or an empty glyph. Returns its glyph id."""
        inked = [(glyph, x, y, box) for glyph, x, y in parts if (box := self.box(glyph))]
        if inked:
            left = min(box[0] + x for _, x, _, box in inked)
            low = min(box[1] + y for _, _, y, box in inked)
            right = max(box[2] + x for _, x, _, box in inked)
            high = max(box[3] + y for _, _, y, box in inked)
            data = struct.pack(">5h", -1, left, low, right, high)
            for place, (glyph, x, y, _) in enumerate(inked):
                flags = ARGS_ARE_WORDS | ARGS_ARE_XY | (MORE_COMPONENTS if place + 1 < len(inked) else 0)
                data += struct.pack(">HHhh", flags, glyph, x, y)
            self.most_components = max(self.most_components, len(inked))
        else:
            left, data = 0, b""
        self.outlines.append(data)
        self.advances.append(width)
        self.bearings.append(left)
        return len(self.outlines) - 1

    def program(self) -> bytes:
        """The font file."""
        count = len(self.outlines)
        glyf, offsets = bytearray(), [0]
        for outline in self.outlines:
            glyf += outline + b"\0" * (-len(outline) % 4)
            offsets.append(len(glyf))
        head = bytearray(self.tables["head"])
        struct.pack_into(">L", head, 8, 0)  # checksum adjustment: PDF readers do not look at it
        struct.pack_into(">h", head, 50, 1)
        hhea = bytearray(self.tables["hhea"])
        struct.pack_into(">H", hhea, 34, count)
        maxp = bytearray(self.tables["maxp"])
        struct.pack_into(">H", maxp, 4, count)
        elements, depth = struct.unpack_from(">HH", maxp, 28)
        struct.pack_into(">HH", maxp, 28, max(elements, self.most_components), depth + 1)
        tables = {
            "glyf": bytes(glyf) or b"\0",
            "head": bytes(head),
            "hhea": bytes(hhea),
            "hmtx": b"".join(
                struct.pack(">Hh", *pair) for pair in zip(self.advances, self.bearings, strict=True)
            ),
            "loca": struct.pack(f">{len(offsets)}L", *offsets),
            "maxp": bytes(maxp),
        }
        return _sfnt(tables)


def _sfnt(tables: dict[str, bytes]) -> bytes:
    """Tables under an OpenType table directory."""
    count = len(tables)
    power = count.bit_length() - 1
    header = struct.pack(">LHHHH", 0x00010000, count, 16 << power, power, 16 * count - (16 << power))
    offset = 12 + 16 * count
    directory, body = b"", b""
    for tag, data in sorted(tables.items()):
        padded = data + b"\0" * (-len(data) % 4)
        checksum = sum(struct.unpack(f">{len(padded) // 4}L", padded)) & 0xFFFFFFFF
        directory += struct.pack(">4sLLL", tag.encode(), checksum, offset + len(body), len(data))
        body += padded
    return header + directory + body
