"""Sections that no author writes: the list of contents, and pages with lines for notes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from booklet.compose.items import IconItem, Item, Panel, RectItem, Slab, Tag, TextItem, moved
from booklet.compose.setter import Set, Setter, stack
from booklet.compose.space import Space, flows_of
from booklet.content import document as doc
from booklet.content.document import Document, Section, Span, plain
from booklet.layout.model import Frame
from booklet.layout.theme import Look

NOTE_PITCH = 26.0
"""Points between the lines of a page for notes."""
NOTE_HEADING = 2.6
"""The room that the heading of such a page takes, in body sizes."""
NOTES_ICON = "pencil"
TILE = 2.0
"""An entry's icon on its tile, in body sizes: something to hit with a finger."""


def with_contents(document: Document, space: Space) -> Document:
    """The document with a list of contents before its body, if a frame of the layout takes one."""
    if not any("contents" in takes for takes in flows_of(space)):
        return document
    entries = tuple(
        doc.TocEntry(text=_entry(section, space), icon=section.icon)
        for section in document.sections
        if _listed(section)
    )
    if not entries:
        return document
    listing = Section(
        id="contents",
        role="contents",
        heading=(Span(document.labels.contents),),
        blocks=(doc.Toc(items=entries),),
    )
    first = next(place for place, section in enumerate(document.sections) if _listed(section))
    return replace(document, sections=(*document.sections[:first], listing, *document.sections[first:]))


def _listed(section: Section) -> bool:
    return section.role == "body" and bool(section.heading)


def _entry(section: Section, space: Space) -> str:
    number = f"{section.number}\u2002" if section.number is not None and space.numbers else ""
    return number + plain(section.heading)


def with_pages(document: Document, tags: Tag, panels: Sequence[Panel]) -> Document:
    """The document with the pages in its list of contents. Entries keep their heights, so that all stands
    where it stood."""
    if not any(section.role == "contents" for section in document.sections):
        return document
    pages: dict[int, int] = {}
    for number, panel in enumerate(panels, 1):
        for item in panel.items:
            if isinstance(item, TextItem):
                pages.setdefault(item.node, number)
    # Every section has a frame, so the tags are those of all sections in the document's order.
    nodes = [
        next(kid.node for kid in tag.kids if kid.name == "H2")
        for tag, section in zip(tags.kids, document.sections, strict=True)
        if _listed(section)
    ]

    def filled(block: doc.Block) -> doc.Block:
        if not isinstance(block, doc.Toc):
            return block
        entries = zip(block.items, nodes, strict=True)
        return replace(
            block, items=tuple(replace(entry, node=node, page=pages[node]) for entry, node in entries)
        )

    return replace(
        document,
        sections=tuple(
            replace(section, blocks=tuple(map(filled, section.blocks)))
            if section.role == "contents"
            else section
            for section in document.sections
        ),
    )


def with_notes(document: Document, space: Space, pages: int, body: float) -> Document:
    """The document with so many pages of lines at its end, where the layout has a panel for them."""
    panel = next(
        (place for place, spec in enumerate(space.specs) for row in spec.rows for f in row.frames
         if "notes" in f.takes),
        None,
    )  # fmt: skip
    if panel is None or not pages:
        return document
    margins = space.specs[panel].margins or space.margins
    room = space.sizes[panel][1] - margins.top - margins.bottom
    first = doc.Lines(count=int((room - NOTE_HEADING * body) / NOTE_PITCH))
    more = doc.Lines(count=int(room / NOTE_PITCH))
    notes = Section(
        id="notes",
        role="notes",
        heading=(Span(document.labels.notes),),
        icon=NOTES_ICON,
        blocks=(first, *(more,) * (pages - 1)),
    )
    return replace(document, sections=(*document.sections, notes))


def toc(s: Setter, block: doc.Toc, width: float, look: Look, frame: Frame) -> Set:
    """An entry a section: its icon, its heading, its page at the end of the line. All of it is a link."""
    node = next(s.nodes)
    slabs: list[Slab] = []
    tags: list[Tag] = []
    for place, entry in enumerate(block.items):
        item, reference = next(s.nodes), next(s.nodes)
        slab = _toc_entry(s, entry, reference, width, look)
        slabs.append(slab._replace(gap=s.room(1.0), splits=place > 0, cost=0.5))
        tags.append(Tag("TOCI", item, (Tag("Reference", reference),)))
    return slabs, (Tag("TOC", node, tuple(tags)),)


def _toc_entry(s: Setter, entry: doc.TocEntry, node: int, width: float, look: Look) -> Slab:
    tile = TILE * s.body
    indent = tile + 0.6 * s.body if entry.icon else 0.0
    url = None if entry.node is None else f"#{entry.node}"
    figures = s.paragraph((Span("000"),), "subtitle", 700).natural * s.size("subtitle")
    text, high = stack(
        s.lines(
            (Span(entry.text, url=url),), "subtitle", width - indent - figures, node, color=look.ink, x=indent
        )
    )
    tall = max(high, tile)
    items: list[Item] = []
    if entry.icon:
        top, side = (tall - tile) / 2, 0.64 * tile
        inset = (tile - side) / 2
        items.append(RectItem(0, top, tile, tile, s.color(look.accent), radius=0.28 * tile))
        items.append(IconItem(inset, top + inset, side, entry.icon, s.color("paper")))
    items += [moved(line, 0, (tall - high) / 2) for line in text]
    if entry.page is not None:
        page = (Span(f"\u2002{entry.page}", url=url),)  # apart from the heading for who hears it
        made, line = stack(s.lines(page, "subtitle", math.inf, node, color=look.accent, weight=700))
        items += [moved(one, width - one.width, (tall + high) / 2 - line) for one in made]
    rule = tall + 0.5 * s.body
    items.append(RectItem(0, rule - 0.6, width, 0.6, s.color("rule")))
    return Slab(rule, tuple(items))


def lines(s: Setter, block: doc.Lines, width: float, look: Look, frame: Frame) -> Set:
    """Rules to write on, all on one panel."""
    rules = tuple(
        RectItem(0, NOTE_PITCH * line - 0.8, width, 0.8, s.color("muted"))
        for line in range(1, block.count + 1)
    )
    return [Slab(NOTE_PITCH * block.count, rules)], ()
