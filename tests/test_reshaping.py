"""The same paragraphs set by Chromium, in the same fonts, size and width: the same lines, the same clusters
in the same places, the same number of glyphs.

Chromium orders by its own bidi algorithm, breaks by its own tables and shapes whole runs where booklet shapes
words, so what both agree on is not one engine's fancy. They differ in this, and in nothing else:

- Chromium breaks phone numbers at hyphens. UAX #14 does not (LB25); here they have no-break hyphens.
- A last line of one word takes another along in booklet: left out here (`first_fit`).
- Thai, Lao, Khmer and Burmese words: Chromium has other dictionaries, so lines may end elsewhere, in most
  cases where booklet might have ended them too (`test_most_breaks_of_chromium_are_ours`).
- Atkinson Hyperlegible Next kerns letters with the space. booklet does not, since a space may end a line;
  that makes up to a tenth of an em in a line of 15, and another line where a word just fits (`LOOSE`).
- What ends a line keeps the kerning with what begins the next one: right edges are not compared.
- Chromium counts direction marks as glyphs, and the spacer without width that Noto Nastaliq Urdu puts under
  a kaf before a space.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from booklet.content.document import Span, plain
from booklet.typeset import cjk
from booklet.typeset.breaks import DICTIONARY, opportunities
from booklet.typeset.fonts import FONT_FOLDER, Face, FontBook, font_files
from booklet.typeset.paragraph import Line, Paragraph, Run, TypeStyle, line, typeset
from booklet.typeset.paragraph import _first_fit as first_fit  # the rule on a lone last word is booklet's own
from booklet.typeset.scripts import default_script
from booklet.typeset.shape import UNPAINTED, Cluster
from tests import chromium
from tests.test_readback import BOOK as THEMED
from tests.test_readback import SAMPLES

pytestmark = pytest.mark.needs("chromium")

PIXELS = 64.0
"""Type size in Chromium, which places type in 64ths of a pixel."""
WIDTH = 15.3
"""Ems."""
TOLERANCE = 0.01
"""Ems, over a whole line."""
LOOSE = {"AtkinsonHyperlegibleNext": 0.1}
"""The same for families that kern with the space."""
BOOK = FontBook(THEMED.families, scripts=tuple(fit._replace(size=1.0) for fit in THEMED.scripts))
"""The theme's faces in one size: how large a script is set is no matter of shaping."""
KOREAN = "word-break: keep-all;"
"""By words, as booklet does."""


class Placed(NamedTuple):
    """A cluster: its characters in the paragraph, its line, its edges in ems from the line's left end."""

    start: int
    end: int
    line: int
    left: float
    right: float


@dataclass(frozen=True)
class Case:
    """A paragraph that is set in one face."""

    name: str
    lang: str
    rtl: bool
    weight: int
    face: Face
    paragraph: Paragraph

    @property
    def text(self) -> str:
        return self.paragraph.text

    def lines(self) -> list[Line]:
        return [line(self.paragraph, *pair) for pair in first_fit(self.paragraph, WIDTH)]

    def ours(self) -> list[Placed]:
        """The clusters in the order of the text, without the spaces at the ends of lines."""
        out: list[Placed] = []
        for number, made in enumerate(self.lines()):
            placed = sorted(one for run in made.runs for one in self.clusters(run, number, made.hang))
            while self.text[placed[-1].start].isspace():
                placed.pop()
            out += placed
        return out

    def clusters(self, run: Run, number: int, hang: float) -> Iterator[Placed]:
        pens = [run.x - hang]
        for cluster in run.clusters:
            pens.append(pens[-1] + cluster.advance / run.face.upem)
        order = range(len(run.clusters))
        place = run.start
        for at in reversed(order) if run.rtl else order:
            start = None
            for _ in run.clusters[at].text:
                while ord(self.text[place]) in UNPAINTED:
                    place += 1
                start = place if start is None else start
                place += 1
            assert start is not None
            yield Placed(start, place, number, pens[at], pens[at + 1])

    def glyphs(self) -> int:
        """How many are painted: none of the spaces at the ends of lines."""
        total = 0
        for made in self.lines():
            counts = [(cluster.text, len(cluster.glyphs)) for run in made.runs for cluster in read(run)]
            while counts[-1][0].isspace():
                counts.pop()
            total += sum(count for _, count in counts)
        return total


def read(run: Run) -> list[Cluster]:
    """The clusters as they are read."""
    return list(reversed(run.clusters) if run.rtl else run.clusters)


def cases() -> Iterator[Case]:
    for sample in SAMPLES:
        for name, rich in sample.texts.items():
            for weight in (400, 700):
                style = TypeStyle(BOOK, weight)
                text = re.sub("(?<=[0-9])-(?=[0-9])", "\u2011", plain(rich))
                made = typeset((Span(text),), style, sample.lang, sample.direction == "rtl")
                faces = {run.face for pair in first_fit(made, WIDTH) for run in line(made, *pair).runs}
                if len(faces) == 1 and made.widest < WIDTH:
                    yield Case(
                        f"{sample.name}-{name}-{weight}",
                        sample.lang,
                        sample.direction == "rtl",
                        weight,
                        faces.pop(),
                        made,
                    )


CASES = tuple(cases())


def path_of(face: Face) -> Path:
    if face.weight is not None:
        stem = face.name.partition("-")[0]
        return next(file.path for file in cjk.font_files() if file.path.stem.startswith(stem))
    return next(file.path for file in font_files(FONT_FOLDER) if file.path.stem == face.name)


# --- Chromium ------------------------------------------------------------------------------------

MEASURE = """
(async () => {
  await document.fonts.ready;
  await Promise.all([...document.fonts].map(font => font.load()));
  const asked = ASKED;
  return [...document.querySelectorAll('p')].map((p, number) => {
    const text = p.firstChild, range = document.createRange();
    return asked[number].map(([start, end]) => {
      range.setStart(text, start);
      range.setEnd(text, end);
      const rect = range.getBoundingClientRect();
      return [rect.left, rect.right, rect.top];
    });
  });
})()
"""


def page() -> str:
    """All paragraphs, each in its face."""
    faces = {case.face: f"F{number}" for number, case in enumerate(CASES)}
    rules = [
        f"@font-face {{ font-family: {name}; src: url('file://{path_of(face)}');"
        f" font-weight: {'100 900' if face.weight else 'normal'}; }}"
        for face, name in faces.items()
    ]
    rules.append(
        f"p {{ font-size: {PIXELS}px; width: {WIDTH * PIXELS}px; margin: 0; line-height: 3; hyphens: none;"
        " line-break: strict; text-spacing-trim: space-all; text-autospace: no-autospace;"
        " text-rendering: geometricPrecision; font-synthesis: none; }"
    )
    paragraphs = [
        f'<p lang="{case.lang}" dir="{"rtl" if case.rtl else "ltr"}" style="font-family: {faces[case.face]};'
        f" font-weight: {case.face.weight or 'normal'};"
        f' {KOREAN if default_script(case.lang) == "Hang" else ""}">{escape(case.text)}</p>'
        for case in CASES
    ]
    return f'<meta charset="utf-8"><style>{"".join(rules)}</style>{"".join(paragraphs)}'


@dataclass(frozen=True)
class Measured:
    """What Chromium made of a case."""

    edges: list[tuple[float, float, float]]
    """Left, right and top of each of our clusters, in pixels."""
    glyphs: int


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Measured]:
    file = tmp_path_factory.mktemp("reshaping") / "page.html"
    file.write_text(page(), encoding="utf-8")
    asked = [[utf16(case.text, placed) for placed in case.ours()] for case in CASES]
    with chromium.browsing() as browser:
        target = browser.call("Target.createTarget", url=f"file://{file}")["targetId"]
        session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        chromium.until(browser, session, "document.readyState === 'complete' && document.querySelector('p')")
        found = browser.evaluate(session, MEASURE.replace("ASKED", json.dumps(asked)))
        for domain in ("DOM", "CSS"):
            browser.call(f"{domain}.enable", session)
        root = browser.call("DOM.getDocument", session)["root"]["nodeId"]
        nodes = browser.call("DOM.querySelectorAll", session, nodeId=root, selector="p")["nodeIds"]
        counts = [glyph_count(browser, session, node) for node in nodes]
    return {
        case.name: Measured([tuple(edge) for edge in edges], count)
        for case, edges, count in zip(CASES, found, counts, strict=True)
    }


def glyph_count(browser: Any, session: str, node: int) -> int:
    fonts = browser.call("CSS.getPlatformFontsForNode", session, nodeId=node)["fonts"]
    assert all(font["isCustomFont"] for font in fonts), fonts
    return sum(int(font["glyphCount"]) for font in fonts)


def utf16(text: str, placed: Placed) -> tuple[int, int]:
    """The cluster's place as JavaScript counts."""
    before = len(text[: placed.start].encode("utf-16-le")) // 2
    return before, before + len(text[placed.start : placed.end].encode("utf-16-le")) // 2


# --- comparing -----------------------------------------------------------------------------------

every = pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])


def lines_of(edges: list[tuple[float, float, float]]) -> list[int]:
    """The line of each cluster."""
    tops = sorted({round(top) for _, _, top in edges})
    return [tops.index(round(top)) for _, _, top in edges]


def loose(case: Case) -> float:
    return LOOSE.get(case.face.name.partition("-")[0], TOLERANCE)


def same_lines(case: Case, made: Measured) -> bool:
    return [placed.line for placed in case.ours()] == lines_of(made.edges)


@every
def test_chromium_breaks_the_same_lines(case: Case, measured: Mapping[str, Measured]) -> None:
    made = measured[case.name]
    if same_lines(case, made) or default_script(case.lang) in DICTIONARY:
        return
    ours, theirs = case.ours(), lines_of(made.edges)
    first = next(at for at, placed in enumerate(ours) if placed.line != theirs[at])
    number = min(ours[first].line, theirs[first])
    # The words up to here: in one of the two they just fit, in the other they just do not.
    start, end = first_fit(case.paragraph, WIDTH)[number]
    longer = end if theirs[first] > ours[first].line else end + 1
    assert abs(line(case.paragraph, start, longer).width - WIDTH) <= loose(case)


@every
def test_chromium_puts_clusters_in_the_same_places(case: Case, measured: Mapping[str, Measured]) -> None:
    made = measured[case.name]
    if not same_lines(case, made):
        return
    ours = case.ours()
    for group in words(case, ours):
        lefts = [made.edges[at][0] / PIXELS for at in group]
        offsets = [left - ours[at].left for left, at in zip(lefts, group, strict=True)]
        assert max(offsets) - min(offsets) <= TOLERANCE, case.text[ours[group[0]].start : ours[group[-1]].end]
    for number in range(ours[-1].line + 1):
        mine = [at for at, placed in enumerate(ours) if placed.line == number]
        offsets = [made.edges[at][0] / PIXELS - ours[at].left for at in mine]
        assert max(offsets) - min(offsets) <= loose(case)


def words(case: Case, ours: list[Placed]) -> Iterator[list[int]]:
    """The clusters between two spaces of a line, or line ends."""
    group: list[int] = []
    for at, placed in enumerate(ours):
        if group and (placed.line != ours[at - 1].line or case.text[placed.start].isspace()):
            yield group
            group = []
        if not case.text[placed.start].isspace():
            group.append(at)
    yield group


@every
def test_chromium_paints_as_many_glyphs(case: Case, measured: Mapping[str, Measured]) -> None:
    made = measured[case.name]
    if not same_lines(case, made):
        return
    more = sum(ord(char) in UNPAINTED for char in case.text)
    spacers = len(re.findall("ک(?= )", case.text)) if case.lang == "ur" else 0
    assert case.glyphs() <= made.glyphs - more <= case.glyphs() + spacers


@pytest.mark.parametrize("lang", ["th", "lo", "km", "my"])
def test_most_breaks_of_chromium_are_ours(lang: str, measured: Mapping[str, Measured]) -> None:
    found = []
    for case in CASES:
        if case.lang == lang:
            theirs, ours = lines_of(measured[case.name].edges), case.ours()
            starts = [ours[at].start for at in range(1, len(ours)) if theirs[at] != theirs[at - 1]]
            places = {start for start, _ in opportunities(case.text, lang)}
            found += [start in places for start in starts]
    assert len(found) > 5
    assert sum(found) >= 0.8 * len(found)


def test_there_is_something_to_compare() -> None:
    """Paragraphs in all scripts, nearly all that are read back."""
    assert {case.lang for case in CASES} == {sample.lang for sample in SAMPLES}
    assert len(CASES) > 200
