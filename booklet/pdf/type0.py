"""A Type 0 font in a PDF: the objects around a TrueType program, and its map back to text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from booklet.pdf.objects import Raw, stream

BFCHAR_BLOCK = 100
"""Entries a block of a CMap may have at most (Adobe technical note 5014)."""


@dataclass(frozen=True, slots=True)
class Program:
    """A TrueType program and what the PDF says of it. Metrics are in ems, widths in thousandths.

    `widths` are those of the codes from `first` on; `glyphs` are their glyph ids, or None where codes
    are glyph ids; `texts` are (code, text) pairs.
    """

    name: str
    data: bytes
    ascent: float
    descent: float
    first: int
    widths: tuple[float, ...]
    texts: tuple[tuple[int, str], ...]
    glyphs: tuple[int, ...] | None = None


def embed(document: Any, program: Program) -> Any:
    """Add a font's objects to the document; returns the reference to the Type 0 font."""

    def add(thing: Raw) -> str:
        return bytes(document.Reference(thing).format(document)).decode("ascii")

    parts = _parts(program)
    ascent, descent = round(program.ascent * 1000), -round(program.descent * 1000)
    file = add(Raw(parts.file))
    mapping = add(Raw(parts.mapping)) if parts.mapping else "/Identity"
    to_unicode = add(Raw(parts.to_unicode))
    descriptor = add(
        Raw(
            f"<</Type/FontDescriptor/FontName/{parts.name}/Flags 4/FontBBox[-1000 {descent} 3000 {ascent}]"
            f"/ItalicAngle {-10 if 'Italic' in parts.name else 0}/Ascent {ascent}/Descent {descent}"
            f"/CapHeight {round(ascent * 0.7)}/StemV 80/FontFile2 {file}>>".encode("ascii")
        )
    )
    descendant = add(
        Raw(
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{parts.name}/CIDSystemInfo<</Registry(Adobe)"
            f"/Ordering(Identity)/Supplement 0>>/FontDescriptor {descriptor}/DW 0"
            f"/W[{program.first}[{parts.widths}]]/CIDToGIDMap {mapping}>>".encode("ascii")
        )
    )
    whole = Raw(
        f"<</Type/Font/Subtype/Type0/BaseFont/{parts.name}/Encoding/Identity-H"
        f"/DescendantFonts[{descendant}]/ToUnicode {to_unicode}>>".encode("ascii")
    )
    return document.Reference(whole)


class _Parts(NamedTuple):
    """What of a font is the same in every file that has it: streams compressed once."""

    name: str
    file: bytes
    mapping: bytes
    to_unicode: bytes
    widths: str


@lru_cache(maxsize=256)
def _parts(program: Program) -> _Parts:
    mapping = b""
    if program.glyphs is not None:
        table = b"\0\0" * program.first + b"".join(glyph.to_bytes(2) for glyph in program.glyphs)
        mapping = stream(table).data
    return _Parts(
        name=f"{subset_tag(program)}+{program.name}",
        file=stream(program.data, f"/Length1 {len(program.data)}").data,
        mapping=mapping,
        to_unicode=stream(cmap(program.texts)).data,
        widths=" ".join(f"{width:.6g}" for width in program.widths),
    )


def subset_tag(program: Program) -> str:
    """Six letters that tell this subset from others (ISO 32000-1, 9.6.4), the same on every run."""
    digest = hashlib.sha256(program.data)
    digest.update(repr((program.name, tuple(program.texts))).encode())
    return "".join(chr(ord("A") + byte % 26) for byte in digest.digest()[:6])


def cmap(texts: Iterable[tuple[int, str]]) -> bytes:
    """The ToUnicode CMap of (code, text) pairs."""
    pairs = list(texts)
    lines = [
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange"
    ]
    for start in range(0, len(pairs), BFCHAR_BLOCK):
        block = pairs[start : start + BFCHAR_BLOCK]
        lines.append(f"{len(block)} beginbfchar")
        # The space between the two is not required, but one validator calls the map malformed without it.
        lines += [f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in block]
        lines.append("endbfchar")
    lines.append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend")
    return "\n".join(lines).encode("ascii")
