"""A sample page of every script, in the sizes and weights of the theme: nothing is cut off, no two lines
touch, nothing is slanted or made bold that has no such face, and readers get the source text.

The texts are those of tests/readback, where each of them is read back in other lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from unicodedata import normalize

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops

from booklet.compose.copyfit import compose
from booklet.compose.items import Composition, Item, Panel, RectItem, TextItem
from booklet.content import document as doc
from booklet.content.document import Document, Span
from booklet.impose.schemes import single_pages
from booklet.layout import load
from booklet.layout.model import Frame, PanelSpec, Row
from booklet.pdf.write import write
from booklet.typeset.fonts import book_of
from booklet.typeset.paragraph import TypeStyle, line, typeset
from booklet.typeset.shape import UNPAINTED
from tests import composing
from tests.documents import article, body, section
from tests.shipped import LIBRARY
from tests.test_readback import SAMPLES, Sample
from tests.tools import READERS, VALIDATORS, Findings, Texts, plain

THEMES = {
    name: (theme := load.read(LIBRARY, layout).theme).model_copy(
        # As close as copyfitting may set lines.
        update={"leading": (theme.leading[0], theme.leading[0])}
    )
    for name, layout in (("calm", "handout"), ("large", "large-print"))
}
SIZES = {"calm": (8.0, 11.0, 14.0), "large": (18.0,)}
"""Body sizes in points: a wallet card's, a leaflet's, a screen's; large print."""
DOTS = 200
"""To the inch, when ink is compared."""
STAMP = datetime(2026, 1, 1, tzinfo=UTC)
TOUCHING = 2
"""Dots of ink in both of two lines that count for nothing."""
every = pytest.mark.parametrize("sample", SAMPLES, ids=[sample.name for sample in SAMPLES])


def document(sample: Sample) -> Document:
    """What is hard on a page: a title and a heading of two lines, bold and small text, boxes, a bar."""
    first, *rest = sample.paragraphs()
    short, long = sample.bullets()[:2]
    strong = tuple(replace(span, bold=True) for span in first)
    return replace(
        article(
            section("cover", doc.Cover(title=long, subtitle=short, note=short)),
            body(
                doc.plain(long),
                doc.Paragraph(text=first),
                doc.Paragraph(text=strong),
                doc.Heading(text=long),
                *(doc.Paragraph(text=rich) for rich in rest),
                doc.Callout(kind="warning", title=long, icon="shield", blocks=(doc.Paragraph(text=first),)),
                doc.Quote(text=first, by=long),
                doc.Steps(items=(doc.Step(do=short, how=long, icon="phone"), doc.Step(do=long))),
                doc.Bullets(items=sample.bullets()),
                icon="shield",
            ),
            section("imprint", doc.Imprint(notes=(first, *rest[:1]))),
            lang=sample.lang,
            direction=sample.direction,
        ),
        id=sample.name,
    )


@dataclass(frozen=True, slots=True)
class Page:
    """A sample in a theme and a size."""

    document: Document
    composition: Composition

    def pdf(self, *, only: int | None = None) -> bytes:
        """The file; with `only` every second line of text from that one on, and nothing else."""
        made = self.composition if only is None else every_second(self.composition, only)
        sizes = tuple((panel.width, panel.height) for panel in made.panels)
        return write(self.document, made, single_pages(sizes), STAMP, edition="screen")


def every_second(made: Composition, start: int) -> Composition:
    panels = []
    for panel in made.panels:
        words = (item for item in texts(panel) if len(item.paragraph.text) > 3)  # no bullets and numbers
        lines = sorted(words, key=lambda item: item.y)
        chosen: list[Item] = [item._replace(color="#000000") for item in lines[start::2]]
        panels.append(replace(panel, items=tuple(chosen), ground=None))
    return replace(made, panels=tuple(panels))


def texts(panel: Panel) -> Iterator[TextItem]:
    return (item for item in panel.items if isinstance(item, TextItem))


@cache
def page(name: str, theme: str, size: float) -> Page:
    sample = next(one for one in SAMPLES if one.name == name)
    roles = ("cover", "body", "imprint")
    every = Row(frames=(Frame.model_validate({"takes": roles, "look": "alert"}),))
    panel = PanelSpec(name="page", rows=(every,), footer=False, repeat=True)
    width = 29 * size
    space = composing.space(panel, size=(width, 60 * size), floor=size, ceiling=size)
    space = replace(space, numbers=False)
    made = document(sample)
    return Page(made, compose(made, space, THEMES[theme], book_of(THEMES[theme])))


def pages(sample: Sample) -> Iterator[tuple[str, float, Page]]:
    for theme, sizes in SIZES.items():
        for size in sizes:
            yield theme, size, page(sample.name, theme, size)


def pictures(data: bytes) -> list[Image.Image]:
    """The pages in gray, ink as light on black."""
    with pypdfium2.PdfDocument(data) as file:
        return [
            ImageChops.invert(one.render(scale=DOTS / 72, grayscale=True).to_pil().convert("L"))
            for one in file
        ]


@every
def test_no_two_lines_touch(sample: Sample) -> None:
    """Ink of even and of odd lines has no dot in common, in any size or weight."""
    for theme, size, one in pages(sample):
        even, odd = pictures(one.pdf(only=0)), pictures(one.pdf(only=1))
        for number, (first, second) in enumerate(zip(even, odd, strict=True)):
            both = ImageChops.darker(first, second).point(lambda value: 255 * (value > 96))
            assert both.histogram()[255] <= TOUCHING, (theme, size, number, both.getbbox())


@every
def test_nothing_is_cut_off(sample: Sample) -> None:
    """Ink stays on the page and within the ground that it stands on, marks over and under letters too."""
    for theme, size, one in pages(sample):
        for panel in one.composition.panels:
            grounds = [item for item in panel.items if isinstance(item, RectItem) and item.height > size]
            for item in texts(panel):
                top, bottom = ink(item)
                assert top > 0, (theme, size)
                assert bottom < panel.height, (theme, size)
                for ground in grounds:
                    if ground.x <= item.x <= ground.x + ground.width and (
                        ground.y <= item.y <= ground.y + ground.height
                    ):
                        assert top >= ground.y, (theme, size, item.paragraph.text)
                        assert bottom <= ground.y + ground.height, (theme, size, item.paragraph.text)


def ink(item: TextItem) -> tuple[float, float]:
    """How high and how low the outlines of a line reach on its panel, in points."""
    top = bottom = item.y
    for run in line(item.paragraph, item.start, item.end).runs:
        size = item.size * run.scale
        for cluster in run.clusters:
            for glyph, _, y in cluster.glyphs:
                over, under = run.face.ink(glyph)
                top = min(top, item.y - size * (over + y / run.face.upem))
                bottom = max(bottom, item.y + size * (under - y / run.face.upem))
    return top, bottom


@every
def test_bold_is_a_bold_face_and_nothing_is_slanted(sample: Sample) -> None:
    """Each run is in a face of the weight that was asked for, or the nearest that its family has; italic only
    where there is an italic of its own."""
    rich = (Span("".join(doc.plain(text) for text in sample.paragraphs())),)
    book = book_of(THEMES["calm"])
    for weight, name in ((400, "Regular"), (700, "Bold")):
        for italic in (False, True):
            spans = tuple(replace(span, italic=italic) for span in rich)
            paragraph = typeset(spans, TypeStyle(book, weight), sample.lang, sample.direction == "rtl")
            faces = {run.face.name for run in line(paragraph, 0, len(paragraph.segments)).runs}
            for face in faces:
                stem, _, style = face.partition("-")
                own = stem == "AtkinsonHyperlegibleNext" and italic
                assert style == (name.replace("Regular", "") + "Italic" if own else name), face


@every
def test_no_face_is_altered_in_the_file(sample: Sample) -> None:
    """No text is drawn as an outline (false bold) or with a slanted matrix (false italic)."""
    one = page(sample.name, "calm", 11.0)
    with pikepdf.open(BytesIO(one.pdf())) as file:
        for shown in file.pages:
            for instruction in pikepdf.parse_content_stream(shown):
                operator = str(instruction.operator)
                assert operator not in ("Tr", "Tz"), operator
                if operator == "Tm":
                    a, b, c, d = (float(value) for value in instruction.operands[:4])
                    assert (a, b, c, d) == (1, 0, 0, 1)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """One PDF a sample, in the size of a leaflet."""
    folder = tmp_path_factory.mktemp("samples")
    made = {}
    for sample in SAMPLES:
        made[sample.name] = folder / f"{sample.name}.pdf"
        made[sample.name].write_bytes(page(sample.name, "calm", 11.0).pdf())
    return made


@pytest.fixture(scope="module")
def reading(files: Mapping[str, Path]) -> Callable[[str], Texts]:
    return cache(lambda reader: READERS[reader](list(files.values())))


@pytest.fixture(scope="module")
def judging(files: Mapping[str, Path]) -> Callable[[str], Findings]:
    return cache(lambda validator: VALIDATORS[validator](list(files.values())))


@every
@pytest.mark.parametrize(
    "validator", [pytest.param(name, marks=pytest.mark.needs(name)) for name in VALIDATORS]
)
def test_the_page_is_valid(
    sample: Sample, validator: str, files: Mapping[str, Path], judging: Callable[[str], Findings]
) -> None:
    findings = judging(validator)[files[sample.name]]
    assert [str(one) for one in findings if one.severity == "error"] == []


@every
@pytest.mark.parametrize(
    "reader",
    [pytest.param(name, marks=pytest.mark.needs(name)) for name in ("pdftotext", "pdfium")],
)
def test_the_bullets_are_read_back_from_each_place(
    sample: Sample, reader: str, files: Mapping[str, Path], reading: Callable[[str], Texts]
) -> None:
    """As title, heading, in bold, small, in boxes and lists: each as it stands in the source."""
    found = "".join(plain(normalize("NFC", "\n".join(reading(reader)[files[sample.name]]))).split())
    for rich in sample.bullets()[:2]:
        wanted = "".join(plain(normalize("NFC", doc.plain(rich).translate(UNPAINTED))).split())
        assert found.count(wanted) >= 4, (wanted, found)
