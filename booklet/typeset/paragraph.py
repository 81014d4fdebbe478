"""A paragraph: rich text shaped once, then broken into lines for any width without shaping again."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from booklet.content.document import Rich
from booklet.typeset.breaks import BLANKS, CONTROL, CONTROLS, opportunities
from booklet.typeset.fonts import Face, FontBook
from booklet.typeset.itemize import Item, Stretch, itemize, paragraph_levels
from booklet.typeset.scripts import default_script
from booklet.typeset.shape import UNPAINTED, Cluster, shape

EPSILON = 1e-6
BOLD = 700


@dataclass(frozen=True, slots=True)
class TypeStyle:
    """What shaping depends on besides the text."""

    book: FontBook
    weight: int = 400


@dataclass(frozen=True, slots=True)
class Piece:
    """A shaped stretch of one item between two break opportunities. Width in ems."""

    start: int
    level: int
    face: Face
    scale: float
    span: int
    clusters: tuple[Cluster, ...]
    width: float
    blank: bool


@dataclass(frozen=True, slots=True)
class Run:
    """Part of a line in one face, one span and one direction. In ems; `x` is from the line's left end."""

    start: int
    """Where its text begins in the paragraph."""
    face: Face
    span: int
    rtl: bool
    clusters: tuple[Cluster, ...]
    """From left to right, whatever the direction."""
    x: float
    width: float
    scale: float = 1.0
    """Its type size, in those of the paragraph: a script may be set larger than its neighbours to look as
    large as they do."""


@dataclass(frozen=True, eq=False, slots=True)
class Line:
    """Runs in the order in which they are read. `width` is without the space at the end of the line; `hang`
    is how far that space reaches out to the left (in right-to-left lines). Both in ems.

    Hashing is by identity: `line` makes one Line of the same segments.
    """

    runs: tuple[Run, ...]
    width: float
    hang: float

    @property
    def text(self) -> str:
        """The text as it is read."""
        return "".join(
            cluster.text
            for run in self.runs
            for cluster in (reversed(run.clusters) if run.rtl else run.clusters)
        )


@dataclass(frozen=True, slots=True)
class Segment:
    """What stands between two break opportunities: a word with the space behind it."""

    pieces: tuple[Piece, ...]
    forced: bool


@dataclass(frozen=True, eq=False, slots=True)
class Paragraph:
    """Shaped text. All widths are in ems, so one paragraph serves every size.

    `widest` is the longest segment, what a frame must have at the least, and `natural` the width in one
    line. `ascent` and `descent` are what its lines need. `missing` are the characters that no font has;
    `before[i]` is the width of all segments before segment i, `ink[i]` the same to the end of segment i
    without its space.
    """

    text: str
    spans: Rich
    base: int
    segments: tuple[Segment, ...]
    before: tuple[float, ...]
    ink: tuple[float, ...]
    widest: float
    natural: float
    missing: tuple[str, ...]
    ascent: float
    descent: float
    tall: float
    """How much more its lines need than those of a paragraph without foreign words."""
    fewest: int
    """How many segments its last line is to have: two words, three letters of Chinese or Japanese."""

    def longest_word(self) -> str:
        """The text of the widest segment, for messages."""
        if not self.segments:
            return ""
        widths = [ink - before for ink, before in zip(self.ink, self.before, strict=False)]
        place = widths.index(max(widths))
        return line(self, place, place + 1).text.strip()


@lru_cache(maxsize=8192)
def typeset(rich: Rich, style: TypeStyle, lang: str, rtl: bool) -> Paragraph:
    """Shape `rich` as one paragraph in a language (BCP 47) and direction."""
    text = "".join(span.text for span in rich)
    base = int(rtl)
    stretches: list[Stretch] = []
    bounds: list[int] = []
    place = 0
    for span in rich:
        weight = max(BOLD, style.weight) if span.bold else style.weight
        stretches.append(Stretch(place, place + len(span.text), weight, span.italic, span.lang or lang))
        place += len(span.text)
        bounds.append(place)
    levels = paragraph_levels(text, base, stretches, lang)
    script = default_script(lang)
    items, missing = itemize(text, levels, stretches, style.book, script, base, lang)
    cuts = opportunities(text, lang)
    langs = [span.lang or lang for span in rich]
    segments = tuple(
        Segment(tuple(pieces), text[end - 1] == "\n")
        for (_, end), pieces in zip(cuts, _pieces(text, cuts, items, bounds, langs), strict=True)
    )
    main = style.book.chain(script, style.weight, False, lang)[0]
    own = LINE_REACH.get(main.name.partition("-")[0], (main.ascent, main.descent))
    ascent, descent = _reach(segments, main, own)
    before, ink, pen = [], [], 0.0
    for segment in segments:
        before.append(pen)
        ink.append(pen + sum(piece.width for piece in segment.pieces if not piece.blank))
        pen += sum(piece.width for piece in segment.pieces)
    return Paragraph(
        text=text,
        spans=rich,
        base=base,
        segments=segments,
        before=(*before, pen),
        ink=tuple(ink),
        widest=max((end - start for end, start in zip(ink, before, strict=True)), default=0.0),
        natural=ink[-1] if ink else 0.0,
        missing=tuple(dict.fromkeys(missing)),
        ascent=ascent,
        descent=descent,
        tall=ascent + descent - sum(own),
        fewest=_fewest(text, rich, lang),
    )


IDEOGRAPH = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
"""Letters between any two of which a line may end."""


def _fewest(text: str, rich: Rich, lang: str) -> int:
    """How many segments the last line is to have, by the language of the paragraph: that of the document,
    unless all of it is marked as in another one."""
    langs = {span.lang or lang for span in rich if not span.text.isspace()}
    own = langs.pop() if len(langs) == 1 else lang
    if default_script(own) == "Hani" and IDEOGRAPH.search(text):
        return 3
    return 2 if " " in text else 1


LINE_REACH = {
    "NotoSansArabic": (1.10, 0.52), "NotoSansKhmer": (1.03, 0.45), "NotoSansMyanmar": (1.07, 0.65),
    "NotoNastaliqUrdu": (1.60, 0.60),
}  # fmt: skip
"""How far running text in a family reaches over and under the baseline, in ems, where the faces' own
metrics say something else: they leave room for stacks that hardly occur (2.1 em in Noto Sans Arabic), or
too little for those that do."""


def _reach(segments: tuple[Segment, ...], main: Face, own: tuple[float, float]) -> tuple[float, float]:
    """Ascent and descent that the lines of a paragraph need, in ems: those of its own face (`own`), so that
    all paragraphs of a document are alike, and the ink of foreign words."""
    ascent, descent = own
    for piece in (piece for segment in segments for piece in segment.pieces):
        face = piece.face
        if face is main or (face.ascent, face.descent) == (main.ascent, main.descent):
            continue
        scale = piece.scale / piece.face.upem
        for glyph, _, y in (glyph for cluster in piece.clusters for glyph in cluster.glyphs):
            over, under = piece.face.ink(glyph)
            ascent = max(ascent, over * piece.scale + y * scale)
            descent = max(descent, under * piece.scale - y * scale)
    return ascent, descent


def _pieces(
    text: str, cuts: list[tuple[int, int]], items: list[Item], bounds: list[int], langs: list[str]
) -> list[list[Piece]]:
    """The pieces of each segment, cut by item and by span, with the white space at its end apart.

    What stands between two spaces is shaped as a whole, for in some scripts a word's look depends on the
    one before it, although a line may be broken between the two.
    """
    out: list[list[Piece]] = [[] for _ in cuts]
    controls = CONTROL.search(text)
    for first, last in _words(text, cuts):
        start, end = cuts[first][0], cuts[last - 1][1]
        solid = start + len(text[start:end].rstrip(BLANKS))
        for item in items:
            if item.end <= start or item.start >= end:
                continue
            low, middle, high = max(item.start, start), max(item.start, solid), min(item.end, end)
            span = bisect_right(bounds, low)
            for begin, stop, blank in ((low, min(middle, high), False), (middle, high, True)):
                if begin >= stop:
                    continue
                words = text[begin:stop].translate(UNPAINTED) if controls else text[begin:stop]
                clusters: tuple[Cluster, ...] = ()
                width = 0.0
                if words:
                    made = shape(item.face, words, item.script, bool(item.level % 2), langs[span])
                    clusters, width = made.clusters, made.advance / item.face.upem * item.scale
                # Controls paint nothing, yet they hold apart what they stand between.
                piece = Piece(begin, item.level, item.face, item.scale, span, clusters, width, blank)
                if last - first == 1:
                    out[first].append(piece)
                else:
                    for segment, part in _dealt(piece, text, stop, cuts, first):
                        out[segment].append(part)
    return out


def _words(text: str, cuts: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The segments (first, last + 1) of what stands between spaces."""
    first = 0
    for number, (_, end) in enumerate(cuts, 1):
        last = text[cuts[first][0] : end].rstrip(CONTROLS)[-1:]
        if end == len(text) or last.isspace() or text[end - 1] == "\n":
            yield first, number
            first = number


def _dealt(
    piece: Piece, text: str, stop: int, cuts: list[tuple[int, int]], first: int
) -> Iterator[tuple[int, Piece]]:
    """A piece that ends at character `stop`, cut at the ends of segments: its parts with their segments."""
    number = first
    while cuts[number][1] <= piece.start:
        number += 1
    if stop <= cuts[number][1] or not piece.clusters:
        yield number, piece
        return
    rtl = piece.level % 2 == 1
    parts: dict[int, list[Cluster]] = {}
    places = (place for place in range(piece.start, stop) if ord(text[place]) not in UNPAINTED)
    for cluster in reversed(piece.clusters) if rtl else piece.clusters:
        place = next(places)
        while cuts[number][1] <= place:
            number += 1
        parts.setdefault(number, []).append(cluster)
        for _ in cluster.text[1:]:
            next(places)
    for number, part in parts.items():
        clusters = tuple(reversed(part) if rtl else part)
        width = sum(cluster.advance for cluster in clusters) / piece.face.upem * piece.scale
        start = max(piece.start, cuts[number][0])
        yield number, replace(piece, start=start, clusters=clusters, width=width)


@lru_cache(maxsize=32768)
def break_lines(paragraph: Paragraph, width: float) -> tuple[tuple[int, int], ...]:
    """Lines as (first, last + 1) segments, as few as a first-fit gives, the last with no fewer than
    `Paragraph.fewest` if the line before can spare them.

    `width` is in ems. A segment wider than the line stands alone and reaches out; callers check
    `Paragraph.widest` first.
    """
    lines = _first_fit(paragraph, width)
    if len(lines) < 2:
        return lines
    (first, cut), (_, end) = lines[-2:]
    sooner = end - paragraph.fewest
    if not first + 1 < sooner < cut:
        return lines
    fits = paragraph.ink[end - 1] - paragraph.before[sooner] <= width + EPSILON
    if fits and not any(segment.forced for segment in paragraph.segments[sooner:cut]):
        # The words before come along; lines further up stay as full as they are.
        return (*lines[:-2], (first, sooner), (sooner, end))
    return lines


@lru_cache(maxsize=4096)
def balance_lines(paragraph: Paragraph, width: float) -> tuple[tuple[int, int], ...]:
    """As few lines as `break_lines`, of lengths as even as can be: for headings."""
    lines = _first_fit(paragraph, width)
    low, high = paragraph.widest, width
    while len(lines) > 1 and high - low > 0.1:
        middle = (low + high) / 2
        again = _first_fit(paragraph, middle)
        if len(again) == len(lines):
            lines, high = again, middle
        else:
            low = middle
    return lines


def _first_fit(paragraph: Paragraph, width: float) -> tuple[tuple[int, int], ...]:
    before, ink, segments = paragraph.before, paragraph.ink, paragraph.segments
    lines = []
    start = 0
    while start < len(segments):
        end = max(bisect_right(ink, before[start] + width + EPSILON), start + 1)
        forced = next((i + 1 for i in range(start, end) if segments[i].forced), end)
        lines.append((start, min(end, forced)))
        start = lines[-1][1]
    return tuple(lines)


@lru_cache(maxsize=32768)
def line(paragraph: Paragraph, start: int, end: int) -> Line:
    """The runs of segments `start` to `end`, in place (UAX #9, rules L1 and L2)."""
    pieces = [piece for segment in paragraph.segments[start:end] for piece in segment.pieces]
    width = paragraph.ink[end - 1] - paragraph.before[start]
    levels = [piece.level for piece in pieces]
    hang = 0.0
    for place in range(len(pieces) - 1, -1, -1):
        if not pieces[place].blank:
            break
        levels[place] = paragraph.base
        hang += pieces[place].width
    order = _visual(levels)
    places, lefts, pen = [0] * len(pieces), [0.0] * len(pieces), 0.0
    for place, number in enumerate(order):
        places[number], lefts[number] = place, pen
        pen += pieces[number].width
    groups: list[list[int]] = []
    for number, piece in enumerate(pieces):
        last = groups[-1][-1] if groups else -1
        step = -1 if levels[number] % 2 else 1
        if (
            last >= 0
            and pieces[last].face is piece.face
            and pieces[last].scale == piece.scale
            and pieces[last].span == piece.span
            and levels[last] % 2 == levels[number] % 2
            and places[number] == places[last] + step
        ):
            groups[-1].append(number)
        else:
            groups.append([number])
    runs = (
        _run([pieces[number] for number in group], levels[group[0]] % 2 == 1, min(lefts[n] for n in group))
        for group in groups
    )
    return Line(tuple(run for run in runs if run.clusters), width, hang if paragraph.base else 0.0)


def _run(pieces: list[Piece], rtl: bool, left: float) -> Run:
    """Pieces that are read one after the other, side by side, as one run."""
    first = pieces[0]
    painted = reversed(pieces) if rtl else pieces
    clusters = tuple(cluster for piece in painted for cluster in piece.clusters)
    width = sum(piece.width for piece in pieces)
    return Run(first.start, first.face, first.span, rtl, clusters, left, width, first.scale)


def _visual(levels: list[int]) -> list[int]:
    """Rule L2 over pieces: from the highest level down to the lowest odd one, reverse each stretch."""
    order = list(range(len(levels)))
    odd = [level for level in levels if level % 2]
    if not odd:
        return order
    for level in range(max(levels), min(odd) - 1, -1):
        place = 0
        while place < len(order):
            stop = place
            while stop < len(order) and levels[order[stop]] >= level:
                stop += 1
            order[place:stop] = reversed(order[place:stop])
            place = stop + 1
    return order
