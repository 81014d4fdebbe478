"""The fonts of one file: codes are handed out as text is drawn, font programs are made at the end."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from unicodedata import category

from booklet.pdf.directions import MARKS
from booklet.pdf.objects import Raw, stream
from booklet.pdf.subset import Code, Subset, subset
from booklet.typeset.fonts import Face
from booklet.typeset.shape import Cluster

BFCHAR_BLOCK = 100
"""Entries a block of a CMap may have at most (Adobe technical note 5014)."""


class FontUse:
    """One face in one file: a Type 0 font with Identity-H, whose codes are given in order of first use."""

    def __init__(self, face: Face, name: str) -> None:
        self.face = face
        self.name = name
        self.codes: dict[Code, int] = {}
        self._encoded: dict[Cluster, tuple[str, int]] = {}

    def encode(self, clusters: Iterable[Cluster]) -> str:
        """The operand of TJ for clusters in painting order: hex codes, and kerning in thousandths."""
        parts: list[str] = []
        text = ""
        known = self._encoded
        scale = 1000 / self.face.upem
        for cluster in clusters:
            found = known.get(cluster)
            if found is None:
                found = known[cluster] = self._cluster(cluster)
            text += found[0]
            kern = found[1] - cluster.advance
            if kern:
                parts.append(f"<{text}>{kern * scale:.6g}")
                text = ""
        if text:
            parts.append(f"<{text}>")
        return "".join(parts)

    def _cluster(self, cluster: Cluster) -> tuple[str, int]:
        """Hex codes of a cluster and the sum of their widths in font units."""
        text = cluster.text
        if len(text) == 1 and len(cluster.glyphs) == 1 and cluster.glyphs[0][1:] == (0, 0):
            nominal = self.face.advance(cluster.glyphs[0][0])
            return f"{self._code(Code(cluster.glyphs, nominal, text)):04x}", nominal
        mark = text[0] if text[0] in MARKS and len(text) > 1 else ""
        text = text.removeprefix(mark)
        widths = shares(text, cluster.advance)
        rest = list(zip(text[1:], widths[1:], strict=True))
        # Right-to-left text is written as painted, from the left: the first character comes last.
        shift = -sum(width for _, width in rest) if cluster.rtl else 0
        inked = tuple((glyph, x + shift, y) for glyph, x, y in cluster.glyphs)
        painted = Code(inked, widths[0], text[0])
        empty = [Code((), width, char) for char, width in rest]
        order = [*reversed(empty), painted] if cluster.rtl else [painted, *empty]
        order[0] = replace(order[0], char=mark + order[0].char)
        return "".join(f"{self._code(code):04x}" for code in order), cluster.advance

    def _code(self, code: Code) -> int:
        return self.codes.setdefault(code, len(self.codes) + 1)

    def embed(self, document: Any) -> Any:
        """Add the font's objects to the document; returns the reference to the Type 0 font."""
        codes = tuple(self.codes)
        made = subset(self.face, codes)
        tag = _tag(self.face.name, codes)
        base = f"{tag}+{self.face.name}"
        scale = 1000 / self.face.upem
        program = _add(document, stream(made.program, f"/Length1 {len(made.program)}"))
        mapping = _add(document, stream(_cid_to_gid(made)))
        to_unicode = _add(document, stream(_to_unicode(codes)))
        ascent, descent = round(self.face.ascent * 1000), -round(self.face.descent * 1000)
        descriptor = _add(
            document,
            Raw(
                f"<</Type/FontDescriptor/FontName/{base}/Flags 4/FontBBox[-1000 {descent} 3000 {ascent}]"
                f"/ItalicAngle {-10 if 'Italic' in base else 0}/Ascent {ascent}/Descent {descent}"
                f"/CapHeight {round(ascent * 0.7)}/StemV 80/FontFile2 {program}>>".encode("ascii")
            ),
        )
        widths = " ".join(f"{code.width * scale:.6g}" for code in codes)
        descendant = _add(
            document,
            Raw(
                f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{base}/CIDSystemInfo<</Registry(Adobe)"
                f"/Ordering(Identity)/Supplement 0>>/FontDescriptor {descriptor}/DW 0/W[1[{widths}]]"
                f"/CIDToGIDMap {mapping}>>".encode("ascii")
            ),
        )
        whole = Raw(
            f"<</Type/Font/Subtype/Type0/BaseFont/{base}/Encoding/Identity-H"
            f"/DescendantFonts[{descendant}]/ToUnicode {to_unicode}>>".encode("ascii")
        )
        return document.Reference(whole)


def shares(text: str, advance: int) -> list[int]:
    """A cluster's advance shared out over its characters; nonspacing marks get none.

    Extractors drop an equal character at the same place (two viramas in one cluster), and PDF.js takes any
    text that holds a nonspacing mark for as wide as nothing. A direction mark gets a little: where two
    places without width meet, PDFium sees a space.
    """
    weights = [0 if category(char) == "Mn" else 1 if char in MARKS else 16 for char in text]
    if not any(weights):
        weights[0] = 1
    widths = [advance * weight // sum(weights) for weight in weights]
    widths[weights.index(max(weights))] += advance - sum(widths)
    return widths


def _add(document: Any, thing: Raw) -> str:
    return bytes(document.Reference(thing).format(document)).decode("ascii")


def _tag(name: str, codes: tuple[Code, ...]) -> str:
    """Six letters that tell this subset from others (ISO 32000-1, 9.6.4), the same on every run."""
    digest = hashlib.sha256(repr((name, codes)).encode()).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])


def _cid_to_gid(made: Subset) -> bytes:
    return b"\0\0" + b"".join(glyph.to_bytes(2) for glyph in made.glyph_ids)


def _to_unicode(codes: tuple[Code, ...]) -> bytes:
    lines = [
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange"
    ]
    for start in range(0, len(codes), BFCHAR_BLOCK):
        block = codes[start : start + BFCHAR_BLOCK]
        lines.append(f"{len(block)} beginbfchar")
        lines += [
            f"<{place:04X}> <{code.char.encode('utf-16-be').hex().upper()}>"
            for place, code in enumerate(block, start + 1)
        ]
        lines.append("endbfchar")
    lines.append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend")
    return "\n".join(lines).encode("ascii")
