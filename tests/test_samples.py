"""A sample page of every script, in the sizes and weights of the theme: nothing is cut off, no two lines
touch, nothing is slanted or made bold that has no such face, and readers get the source text.

The texts are those of tests/readback, where each of them is read back in other lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache

import pypdfium2
import pytest
from PIL import Image, ImageChops

from booklet.compose.copyfit import compose
from booklet.compose.items import Composition, Item, Panel, TextItem
from booklet.content import document as doc
from booklet.content.document import Document
from booklet.impose.schemes import single_pages
from booklet.layout import load
from booklet.layout.model import Frame, PanelSpec, Row
from booklet.pdf.write import write
from booklet.typeset.fonts import book_of
from tests import composing
from tests.documents import article, body, section
from tests.shipped import LIBRARY
from tests.test_readback import SAMPLES, Sample

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
    every = Row(frames=(Frame.model_validate({"takes": roles, "look": "tint"}),))
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
