"""The fonts of one file: codes are handed out as text is drawn, font programs are made at the end."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from unicodedata import category

from booklet.pdf.directions import MARKS
from booklet.pdf.subset import Code, subset
from booklet.pdf.type0 import Program, embed
from booklet.typeset.fonts import Face
from booklet.typeset.shape import Cluster

MARK_STEP, MARK_WIDTH = 1, 20
"""How far to the left of what follows a direction mark stands, and how far it advances before that is
taken back, in font units. Poppler reads characters in the order of their left edges; where two places
without width meet, PDFium sees a space."""


class FontUse:
    """One face in one file: a Type 0 font with Identity-H, whose codes are given in order of first use."""

    def __init__(self, face: Face, name: str) -> None:
        self.face = face
        self.name = name
        self.codes: dict[Code, int] = {}
        self._encoded: dict[Cluster, tuple[str, int]] = {}

    def encode(self, clusters: Iterable[Cluster]) -> str:
        """The operand of TJ for the clusters of a run from left to right: hex codes, and kerning in
        thousandths. After a direction mark at the head of the run what follows gives way by a step; elsewhere
        the mark does."""
        parts: list[str] = []
        text = ""
        known = self._encoded
        scale = 1000 / self.face.upem
        # In font units: how far to go back before the next code, how far the run's first marks pushed it on.
        back = ahead = 0
        for place, cluster in enumerate(clusters):
            found = known.get(cluster)
            if found is None:
                found = known[cluster] = self._cluster(cluster)
            kern = found[1] - cluster.advance
            if cluster.text in MARKS:
                kern -= MARK_STEP
                if ahead or not place:
                    ahead += MARK_STEP
                else:
                    back += MARK_STEP
            elif ahead:
                kern, ahead = kern + ahead, 0
            if back:
                parts.append(f"<{text}>{back * scale:.6g}")
                text = ""
            text += found[0]
            back = kern
        parts.append(f"<{text}>{back * scale:.6g}" if back else f"<{text}>")
        return "".join(parts)

    def _cluster(self, cluster: Cluster) -> tuple[str, int]:
        """Hex codes of a cluster and the sum of their widths in font units."""
        text = cluster.text
        if text in MARKS:
            return f"{self._code(Code((), MARK_WIDTH, text)):04x}", MARK_WIDTH
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
        order[0] = order[0]._replace(char=mark + order[0].char)
        return "".join(f"{self._code(code):04x}" for code in order), cluster.advance

    def _code(self, code: Code) -> int:
        return self.codes.setdefault(code, len(self.codes) + 1)

    def embed(self, document: Any) -> Any:
        """Add the font's objects to the document; returns the reference to the Type 0 font."""
        return embed(document, program_of(self.face, tuple(self.codes)))


@lru_cache(maxsize=256)
def program_of(face: Face, codes: tuple[Code, ...]) -> Program:
    """The font program in which code 1 is the first of `codes`."""
    made = subset(face, codes)
    scale = 1000 / face.upem
    return Program(
        name=face.name,
        data=made.program,
        ascent=face.ascent,
        descent=face.descent,
        first=1,
        widths=tuple(code.width * scale for code in codes),
        texts=tuple((place, code.char) for place, code in enumerate(codes, 1)),
        glyphs=made.glyph_ids,
    )


def shares(text: str, advance: int) -> list[int]:
    """A cluster's advance shared out over its characters; nonspacing marks get none.

    Extractors drop an equal character at the same place (two viramas in one cluster), and PDF.js takes any
    text that holds a nonspacing mark for as wide as nothing.
    """
    spacing = [category(char) != "Mn" for char in text]
    if not any(spacing):
        spacing[0] = True
    part, rest = divmod(advance, sum(spacing))
    widths = [part if spaced else 0 for spaced in spacing]
    widths[spacing.index(True)] += rest
    return widths
