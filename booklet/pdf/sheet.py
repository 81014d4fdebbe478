"""What belongs to a sheet and not to its panels, all artifacts: grounds, marks, page boxes, slug line."""

from __future__ import annotations

from booklet.compose.items import ARTIFACT, Composition, TextItem
from booklet.content.document import Document, Span
from booklet.impose.editions import LENGTH, OFFSET, ground
from booklet.impose.marks import marks, registration
from booklet.impose.model import Plan, Side
from booklet.pdf.page import Page
from booklet.pdf.printmarks import stroke, target
from booklet.pdf.syntax import number
from booklet.typeset.fonts import FontBook
from booklet.typeset.paragraph import TypeStyle, typeset

SLUG = 6.5
"""Type size of the slug line in points."""
SLUG_FAMILIES = ("Atkinson Hyperlegible Next", "Noto Sans")


def grounds(page: Page, side: Side, composition: Composition) -> None:
    """The colours behind the panels; in the press edition they run into the bleed."""
    for place in side.placements:
        color = composition.panels[place.panel].ground
        if not color:
            continue
        left, bottom, right, top = ground(side, place)
        box = " ".join(map(number, (left, bottom, right - left, top - bottom)))
        page.mark("/Type/Layout", ())
        page.write(f"{page.ink(color)} {box} re f")
    page.close()


def furniture(page: Page, plan: Plan, place: int) -> None:
    """Marks on a sheet side; for a print shop also the page boxes, registration marks and the slug line."""
    side = plan.sides[place]
    found = marks(side)
    if found or side.trim:
        page.mark("/Type/Layout", ())
        page.write(" ".join(stroke(mark, press=side.trim is not None) for mark in found))
        page.write(" ".join(target(x, y) for x, y in registration(side)))
        page.close()
    if side.trim:
        _boxes(page, side)
        _slug(page, side, slug(page.document, plan, place))


def _boxes(page: Page, side: Side) -> None:
    """TrimBox: the finished sheet. BleedBox: how far grounds run beyond it (ISO 32000-1, 14.11.2)."""
    assert side.trim
    left, bottom, right, top = side.trim
    bleed = side.bleed
    page.canvas.setTrimBox((left, bottom, right, top))
    page.canvas.setBleedBox((left - bleed, bottom - bleed, right + bleed, top + bleed))


def slug(document: Document, plan: Plan, place: int) -> tuple[str, str]:
    """What a print shop must know of a side, in two lines and in English: it is the shop's to read."""
    first = "  ·  ".join((document.id, document.lang, f"version {document.version}"))
    if plan.duplex == "none":
        return first, f"Sheet {place + 1} of {plan.sheets}"
    return first, f"Sheet {place // 2 + 1} of {plan.sheets}, {('front', 'back')[place % 2]}"


def _slug(page: Page, side: Side, lines: tuple[str, str]) -> None:
    assert side.trim
    style = TypeStyle(FontBook(SLUG_FAMILIES), 400)
    x, y = side.trim[0], side.trim[1] - OFFSET - LENGTH
    for text in lines:
        y -= 1.1 * SLUG
        shaped = typeset((Span(text),), style, "en", False)
        line = TextItem(ARTIFACT, x, side.height - y, SLUG, "#000000", shaped, 0, len(shaped.segments))
        page.loose((line,), side.height)
