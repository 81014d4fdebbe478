"""Draws answers with booklet's own text engine: shaped, broken into lines, in embedded subset fonts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal
from unicodedata import bidirectional, category

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from booklet.content.document import Span
from booklet.pdf.directions import marked
from booklet.pdf.fonts import FontUse, program_of
from booklet.pdf.syntax import number
from booklet.pdf.type0 import Program, cmap, subset_tag
from booklet.typeset.breaks import opportunities
from booklet.typeset.fonts import Face, FontBook
from booklet.typeset.paragraph import EPSILON, Paragraph, TypeStyle, break_lines, line, typeset
from booklet.typeset.shape import Cluster

SMALLEST = 8.0
"""Points. What does not fit at this size is refused."""
STEP = 0.5
TWO_LINES = 10.0
"""Points. From here down an answer may break in a field that is meant for one line."""
SIDE = 2.0
"""Room at both sides of a field."""
UP, DOWN = 0.94, 0.26
"""Room over and under the baseline in ems, at the least: together a leading of 1.2."""
INK = "0.114 0.169 0.184"
BOOK = FontBook(("Noto Sans",))
"""The family of the entry fonts, so that an answer looks the same while it is typed and after."""
TICKED, UNTICKED = "\u2611", "\u2610"
"""What a fixed tick box reads as: a ballot box with and without a check."""

_RIGHT_TO_LEFT = ("R", "AL")

Align = Literal[0, 1, 2]
"""Left, middle, right: the values of a field's Q (ISO 32000-1, table 222)."""
Row = tuple[Paragraph, int, int]
"""A line: its paragraph, its first segment, and the one after its last."""


@dataclass(frozen=True, slots=True)
class Box:
    """The room of a field, in points from its lower left corner; `size` is that of the type."""

    width: float
    height: float
    size: float
    align: Align = 0
    multiline: bool = False
    arrow: float = 0
    """Room at the right of a menu that its arrow takes."""

    @property
    def inner(self) -> float:
        """The width for text."""
        return self.width - 2 * SIDE - self.arrow


def missing(text: str, lang: str) -> tuple[str, ...]:
    """The characters of `text` that no font has."""
    found = dict.fromkeys(char for part in text.split("\n") if part for char in _set(part, lang).missing)
    return tuple(found)


def fitting(text: str, box: Box, lang: str) -> tuple[float, list[Row | None]] | None:
    """The largest size at which `text` fits, not over the box's own and not under SMALLEST, and its lines
    (None for an empty one). None if it fits at no size.

    A field of one line may show its text in two small ones: better than to lose its end.
    """
    size = max(box.size, SMALLEST)
    while size >= SMALLEST:
        rows = _rows(text, box.inner / size, lang)
        if _tall(rows) * size <= box.height + EPSILON and (
            box.multiline or len(rows) == 1 or size <= TWO_LINES
        ):
            return size, rows
        size -= STEP
    return None


def _tall(rows: list[Row | None]) -> float:
    """The height of lines in ems."""
    return sum(sum(_reach(row)) for row in rows)


@lru_cache(maxsize=4096)
def _reach(row: Row | None) -> tuple[float, float]:
    """How far a line's letters go over and under the baseline, in ems. Fonts of many scripts claim far
    more than most of their letters need."""
    up, down = UP, DOWN
    for run in line(*row).runs if row else ():
        for cluster in run.clusters:
            for glyph, _, y in cluster.glyphs:
                ink = run.face.hb_font.get_glyph_extents(glyph)
                if ink:
                    top = y + ink.y_bearing
                    up = max(up, top / run.face.upem + 0.02)
                    down = max(down, -(top + ink.height) / run.face.upem + 0.02)
    return up, down


def _set(text: str, lang: str) -> Paragraph:
    """One paragraph, in the direction of its first letter (UAX #9, rules P2 and P3)."""
    strong = next((kind for kind in map(bidirectional, text) if kind in ("L", *_RIGHT_TO_LEFT)), "L")
    return typeset((Span(text),), TypeStyle(BOOK), lang, strong in _RIGHT_TO_LEFT)


def _rows(text: str, width: float, lang: str) -> list[Row | None]:
    """The lines of `text` in a width of ems. A word that is wider is cut."""
    rows: list[Row | None] = []
    for part in text.split("\n"):
        if not part:
            rows.append(None)
            continue
        paragraph = _set(part, lang)
        cuts = opportunities(part, lang)
        for start, end in break_lines(paragraph, width):
            if paragraph.ink[end - 1] - paragraph.before[start] <= width + EPSILON:
                rows.append((paragraph, start, end))
            else:
                rows += _cut(part[cuts[start][0] : cuts[end - 1][1]], width, lang)
    return rows


def _cut(word: str, width: float, lang: str) -> Iterable[Row]:
    """A word in stretches that fit, marks with their letters."""
    places = [at for at in range(1, len(word)) if category(word[at])[0] != "M" and word[at - 1] != "\u200d"]
    places.append(len(word))
    start = 0
    while start < len(word):
        later = [at for at in places if at > start]
        fits = bisect_right(later, width + EPSILON, key=lambda at: _set(word[start:at], lang).natural)
        end = later[max(fits - 1, 0)]
        made = _set(word[start:end], lang)
        if made.segments:
            yield made, 0, len(made.segments)
        start = end


@dataclass(slots=True)
class Pen:
    """Writes operators, and keeps the fonts that they use. One pen serves one file."""

    uses: dict[Face, FontUse] = field(default_factory=dict)

    def use(self, face: Face) -> FontUse:
        if face not in self.uses:
            # Names that the pages do not use: fixed answers become content of a page.
            self.uses[face] = FontUse(face, f"Answer{len(self.uses) + 1}")
        return self.uses[face]

    def text(self, rows: list[Row | None], size: float, box: Box) -> str:
        """The text operators of an answer in its box: at the top of several lines, else in the middle."""
        tall = _tall(rows) * size
        top = (box.height + tall) / 2
        if box.multiline:
            top = min(max(box.height - SIDE, tall), box.height)
        parts = [f"BT {INK} rg"]
        for row in rows:
            up, down = _reach(row)
            if row:
                self._line(parts, row, size, box, top - up * size)
            top -= (up + down) * size
        return " ".join([*parts, "ET"])

    def _line(self, parts: list[str], row: Row, size: float, box: Box, baseline: float) -> None:
        paragraph, start, end = row
        made = line(paragraph, start, end)
        room = box.inner - made.width * size
        left = SIDE + room * box.align / 2 - made.hang * size
        pen = None
        for run in marked(made, paragraph.base == 1):
            if pen is None or abs(run.x - pen) > EPSILON:
                parts.append(f"1 0 0 1 {number(left + run.x * size)} {number(baseline)} Tm")
            use = self.use(run.face)
            parts.append(f"/{use.name} {number(size)} Tf [{use.encode(run.clusters)}] TJ")
            pen = run.x + run.width

    def unseen(self, char: str, x: float, y: float, size: float) -> str:
        """A letter that is not painted and reads as `char`: what is drawn there is no letter. One reader
        passes over letters without a shape, so it has one."""
        use = self.use(BOOK.chain("Latn", 400, False)[0])
        glyph = use.face.hb_font.get_nominal_glyph(ord("x"))
        shown = use.encode((Cluster(char, ((glyph, 0, 0),), use.face.advance(glyph), False),))
        return f"BT 3 Tr 1 0 0 1 {number(x)} {number(y)} Tm /{use.name} {number(size)} Tf [{shown}] TJ ET"

    def embed(self, pdf: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
        """The fonts as objects of `pdf`, by the names that the operators use."""
        return {
            f"/{use.name}": _embed(pdf, program_of(use.face, tuple(use.codes))) for use in self.uses.values()
        }


def _embed(pdf: pikepdf.Pdf, program: Program) -> pikepdf.Object:
    """The same objects as `type0.embed` makes, in a file that exists already."""
    base = Name(f"/{subset_tag(program)}+{program.name}")
    glyphs = program.glyphs or ()
    mapping = b"\0\0" * program.first + b"".join(glyph.to_bytes(2) for glyph in glyphs)
    ascent, descent = round(program.ascent * 1000), -round(program.descent * 1000)
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=base,
        Flags=4,
        FontBBox=[-1000, descent, 3000, ascent],
        ItalicAngle=0,
        Ascent=ascent,
        Descent=descent,
        CapHeight=round(ascent * 0.7),
        StemV=80,
        FontFile2=Stream(pdf, program.data, Length1=len(program.data)),
    )
    widths = [round(width, 3) for width in program.widths]
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=base,
        CIDSystemInfo=Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor),
        DW=0,
        W=Array([program.first, Array(widths)]),
        CIDToGIDMap=Stream(pdf, mapping),
    )
    whole = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=base,
        Encoding=Name("/Identity-H"),
        DescendantFonts=[pdf.make_indirect(descendant)],
        ToUnicode=Stream(pdf, cmap(program.texts)),
    )
    return pdf.make_indirect(whole)
