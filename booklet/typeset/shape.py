"""A stretch of text in one face, script and direction becomes glyphs, by HarfBuzz, cluster by cluster."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import uharfbuzz as hb

from booklet.typeset.fonts import Face

UNPAINTED = dict.fromkeys(
    [
        0x00AD,
        0x061C,
        0x200E,
        0x200F,
        *range(0x202A, 0x202F),
        0x2060,
        *range(0x2066, 0x206A),
        0xFEFF,
        0x0A,
        0x0D,
    ]
)
"""Characters that steer the setting and leave no trace on the page or in its text: soft hyphen, the
bidi controls, word joiner, byte order mark, line ends. A table for `str.translate`."""


class Cluster(NamedTuple):
    """The smallest piece of text that has a look of its own.

    `glyphs` are (glyph id, x, y) in font units, positions from the cluster's own origin.
    `advance` is in font units, kerning to the next cluster included. `rtl` is the direction it was
    shaped in.
    """

    text: str
    glyphs: tuple[tuple[int, int, int], ...]
    advance: int
    rtl: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """Clusters from left to right as painted, and their advances' sum in font units."""

    clusters: tuple[Cluster, ...]
    advance: int


@lru_cache(maxsize=65536)
def shape(face: Face, text: str, script: str, rtl: bool, lang: str) -> Shape:
    """Shape `text`, which must be free of `UNPAINTED` characters.

    The paragraph hands over one word at a time, so that the cache serves every document that uses
    the word. Script is an ISO 15924 code, language a BCP 47 tag.
    """
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.direction = "rtl" if rtl else "ltr"
    buffer.script = script
    buffer.language = lang
    hb.shape(face.hb_font, buffer)
    infos = buffer.glyph_infos
    positions = buffer.glyph_positions
    groups: list[tuple[int, list[tuple[int, int, int]], int]] = []
    for info, position in zip(infos, positions, strict=True):
        if not groups or groups[-1][0] != info.cluster:
            groups.append((info.cluster, [], 0))
        start, glyphs, pen = groups[-1]
        glyphs.append((info.codepoint, pen + position.x_offset, position.y_offset))
        groups[-1] = (start, glyphs, pen + position.x_advance)
    # A cluster's text ends where the next one begins, in the order of the text.
    ends = dict(pairwise([*sorted(start for start, _, _ in groups), len(text)]))
    clusters = tuple(
        Cluster(text[start : ends[start]], tuple(glyphs), pen, rtl) for start, glyphs, pen in groups
    )
    return Shape(clusters, sum(cluster.advance for cluster in clusters))
