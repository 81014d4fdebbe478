"""A composition on the sides of a plan becomes one tagged PDF."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime

from booklet.compose.items import Composition, Tag
from booklet.content.document import Document
from booklet.impose.editions import Edition
from booklet.impose.model import Plan
from booklet.pdf.canvas import TaggedCanvas
from booklet.pdf.forms import Form
from booklet.pdf.metadata import describe
from booklet.pdf.page import Fonts, Page
from booklet.pdf.sheet import furniture, grounds
from booklet.pdf.structure import Structure


def write(
    document: Document,
    composition: Composition,
    plan: Plan,
    made: datetime,
    *,
    edition: Edition,
    gray: bool = False,
) -> bytes:
    """The PDF's bytes: PDF 1.7, PDF/UA-1. The same input gives the same bytes.

    `made` is the date in the metadata. The print edition asks the printer for the plan's duplex turn and for
    no scaling; the press edition has the boxes, marks and slug line of its plan. With `gray` all colours are
    shades of gray.
    """
    canvas = TaggedCanvas(lang=document.lang)
    structure = Structure(canvas._doc, composition.tags)
    fonts = Fonts()
    form = Form(document, canvas._doc, structure)
    places: dict[int, tuple[int, float, float]] = {}
    for number, side in enumerate(plan.sides):
        canvas.setPageSize((side.width, side.height))
        page = Page(canvas, number, structure, fonts, form, document, gray)
        if edition != "print":
            grounds(page, side, composition)
        for place in side.placements:
            page.panel(composition.panels[place.panel].items, place)
        if edition != "screen":
            furniture(page, plan, number)
        structure.pages.append(page.owners)
        for node, (x, y) in page.tops.items():
            if node not in places:
                places[node] = (number, x, y)
                canvas.bookmarkPage(f"n{node}", fit="XYZ", left=max(0.0, x - 6), top=y + 6, zoom=0)
        canvas.showPage()
    for tag, level in _entries(composition.tags):
        if tag.node in places:
            canvas._doc.outline.addOutlineEntry(f"n{tag.node}", level, title=tag.title)
    rl = canvas._doc
    resources = rl.idToObject["BasicFonts"].dict
    for use in fonts.uses.values():
        resources[use.name] = use.embed(rl)
    structure.finish()
    form.finish()
    describe(canvas, document, made, duplex=plan.duplex if edition == "print" else None)
    rl._ID = _file_id(canvas, document, made)
    return canvas.data()


def _entries(tag: Tag) -> Iterator[tuple[Tag, int]]:
    """The outline: elements with a title, sections one under the other."""
    if tag.title:
        yield tag, 0
    for kid in tag.kids:
        yield from _entries(kid)


def _file_id(canvas: TaggedCanvas, document: Document, made: datetime) -> bytes:
    """The trailer's ID: a hash of what is drawn and of the metadata."""
    digest = hashlib.sha256(repr((document.title, document.lang, document.site, made)).encode())
    for page in canvas._doc.Pages.pages:
        digest.update(page.stream.encode("latin-1"))
    text = digest.hexdigest()[:32]
    return f"\n[<{text}><{text}>]\n".encode("ascii")
