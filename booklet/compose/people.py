"""Who to call, where the facts come from, who hands this out, and the cover."""

from __future__ import annotations

from dataclasses import replace

from booklet.compose.boxes import boxed, empty_box, inside, picture, titled
from booklet.compose.columns import column_count, column_width, in_columns
from booklet.compose.items import ARTIFACT, CodeItem, Item, PictureItem, Slab, Tag, moved
from booklet.compose.pour import height
from booklet.compose.setter import Set, Setter, gapped, stack
from booklet.content import document as doc
from booklet.content.document import Rich, Span, plain
from booklet.layout.model import Frame
from booklet.layout.theme import Look
from booklet.locales import sentences

WIDE = 400.0
"""Points from which a cover sets its picture beside the title instead of above it."""
BESIDE = 0.135
"""The share of the width that such a picture takes."""
LOGO = 8.0
"""A logo's width, in body sizes."""
EMPTY_LINES = 3.8
"""Height of a box for a stamp, in body lines."""


class Stack:
    """Slabs and tags as they come."""

    def __init__(self) -> None:
        self.slabs: list[Slab] = []
        self.tags: list[Tag] = []

    def add(self, made: Set) -> None:
        self.slabs += made[0]
        self.tags += made[1]


def contacts(s: Setter, block: doc.Contacts, width: float, look: Look, frame: Frame) -> Set:
    """An entry each: the name, the number large, when and what. With none, a box to write in."""
    if not block.items:
        return empty_box(s, block.empty, width, EMPTY_LINES)
    node = next(s.nodes)
    if frame.brief:
        return _brief(s, block, width, look, frame)
    numbers = [(next(s.nodes), next(s.nodes)) for _ in block.items]
    card = s.look("entry" if frame.short else "card")
    most = column_count(s, width, max(block.columns, frame.side_by_side))
    # As many columns as make the least height: three short cards may stand in one row, five not.
    found = s.wide[:]
    tried = []
    for columns in range(1, most + 1):
        s.wide[:] = found
        tried.append((*_entries(s, block, width, columns, card, frame.short), s.wide[:]))
    slabs, inner, s.wide[:] = min(tried, key=lambda made: (len(made[2]), height(made[0])))
    tags = [
        Tag("LI", li, (Tag("LBody", words, within),))
        for (li, words), within in zip(numbers, inner, strict=True)
    ]
    return slabs, (Tag("L", node, tuple(tags)),)


def _brief(s: Setter, block: doc.Contacts, width: float, look: Look, frame: Frame) -> Set:
    """Name and number in one line, for those that have a number, no more than the frame shows; under it the
    note, if there is room for any."""
    node = next(s.nodes)
    columns = column_count(s, width, max(block.columns, frame.side_by_side))
    entries: list[list[Slab]] = []
    tags: list[Tag] = []
    for contact in [one for one in block.items if one.phones][: frame.most]:
        li, words = next(s.nodes), next(s.nodes)
        rich: Rich = (*contact.name, Span("  "))
        for place, phone in enumerate(contact.phones):
            label = _spaced(phone.label) if place else ()
            rich = (*rich, *((Span(" · "),) if place else ()), *label, Span(phone.text, True, url=phone.uri))
        wide = column_width(s, width, columns)
        if not (frame.notes and contact.note):
            entries.append(s.lines(rich, "body", wide, words, color=look.ink))
            tags.append(Tag("LI", li, (Tag("LBody", words),)))
            continue
        made = Stack()
        made.add(s.text("P", rich, "body", wide, color=look.ink))
        made.add(s.text("P", contact.note, "small", wide, color=look.ink))
        entries.append(made.slabs)
        tags.append(Tag("LI", li, (Tag("LBody", words, tuple(made.tags)),)))
    return in_columns(s, entries, width, columns, s.room(0.2)), (Tag("L", node, tuple(tags)),)


def _entries(
    s: Setter, block: doc.Contacts, width: float, columns: int, card: Look, short: bool
) -> tuple[list[Slab], list[tuple[Tag, ...]]]:
    """All contacts in a number of columns, and the tags within each."""
    column = column_width(s, width, columns)
    made = [_contact(s, contact, column, card, short) for contact in block.items]
    return in_columns(s, [[slab] for slab, _ in made], width, columns, s.room(0.4)), [
        tags for _, tags in made
    ]


def _contact(
    s: Setter, contact: doc.Contact, width: float, card: Look, short: bool
) -> tuple[Slab, tuple[Tag, ...]]:
    inner = inside(width, card)
    code = 4.6 * s.body if contact.qr and contact.url else 0.0
    room = inner - (code + 0.6 * s.body if code else 0.0)
    made = Stack()
    made.add(s.text("P", contact.name, "contact", room, color=card.accent))
    numbers: Rich = ()
    for phone in contact.phones:
        numbers = joined(numbers, (*_spaced(phone.label), Span(phone.text, url=phone.uri)))
    made.add(s.text("P", numbers, "phone", room, color=card.ink))
    details = (joined(_web(contact), contact.hours), contact.note)
    for rich in (joined(*details),) if short else details:
        made.add(s.text("P", rich, "small", room, color=card.ink))
    if not code or not contact.url:
        return boxed(s, made.slabs, width, card, 0.0), tuple(made.tags)
    box = boxed(s, made.slabs, width, card, 0.0, code + 2 * card.padding)
    figure = next(s.nodes)
    item = CodeItem(figure, width - card.padding - code, (box.height - code) / 2, code, contact.url)
    made.tags.append(Tag("Figure", figure, alt=f"QR: {contact.url}", bbox=True))
    return box._replace(items=(*box.items, item)), tuple(made.tags)


def sources(s: Setter, block: doc.Sources, width: float, look: Look, frame: Frame) -> Set:
    """The sources as a list; where room is short publisher and year, one after the other."""
    node = next(s.nodes)
    if frame.short:
        names = dict.fromkeys(source.short for source in block.items)
        rich: Rich = ()
        for short in names:
            rich = (*rich, *((Span("; "),) if rich else ()), *short)
        slabs = s.lines((*rich, Span(".")), "small", width, node, color=look.ink)
        return gapped(slabs, s.room(0.15)), (Tag("P", node),)
    columns = column_count(s, width, max(block.columns, frame.side_by_side))
    entries: list[list[Slab]] = []
    tags: list[Tag] = []
    for source in block.items:
        li, words = next(s.nodes), next(s.nodes)
        italics = s.setting.theme.italics  # a list of titles in bold would shout
        text = tuple(replace(span, url=source.url, italic=span.italic and italics) for span in source.text)
        column = column_width(s, width, columns)
        entries.append(s.lines(text, "small", column, words, color=look.ink, underline=False))
        tags.append(Tag("LI", li, (Tag("LBody", words),)))
    slabs = in_columns(s, entries, width, columns, s.room(0.25))
    return slabs, (Tag("L", node, tuple(tags)),)


def imprint(s: Setter, block: doc.Imprint, width: float, look: Look, frame: Frame) -> Set:
    """Who hands this out, or a blank box for the stamp; then the small print."""
    node = next(s.nodes)
    made = Stack()
    if block.name and frame.short:
        made.add(s.text("P", _address(block), "small", width, color=look.ink))
    elif block.name:
        _letterhead(s, made, block, width, look, frame)
    elif frame.stamp:
        made.add(empty_box(s, block.stamp, width, EMPTY_LINES))
    notes = block.notes
    if frame.short and notes:
        notes = (_run_on(notes, s.setting.lang),)
    for note in notes:
        made.add(s.text("P", note, "small", width, color=look.ink))
    return made.slabs, (Tag("Div", node, tuple(made.tags)),)


def _letterhead(s: Setter, made: Stack, block: doc.Imprint, width: float, look: Look, frame: Frame) -> None:
    """The site's logo, name, address and numbers, a line each."""
    if block.logo:
        logo = replace(block.logo, width=min(1.0, LOGO * s.body / width))
        made.add(picture(s, logo, width, look, frame))
    made.add(s.text("P", block.name, "contact", width, color=look.accent))
    numbers = ((*_spaced(phone.label), Span(phone.text, bold=True, url=phone.uri)) for phone in block.phones)
    for rich in (*block.lines, *numbers, _web(block)):
        made.add(s.text("P", rich, "small", width, color=look.ink))


def _address(block: doc.Imprint) -> Rich:
    """The same in one paragraph, for where there is little room."""
    rich: Rich = tuple(replace(span, bold=True) for span in block.name)
    for place, one in enumerate(block.lines):
        rich = (*rich, Span(", "), *one) if place else joined(rich, one)
    for phone in block.phones:
        rich = joined(rich, (*_spaced(phone.label), Span(phone.text, bold=True, url=phone.uri)))
    return joined(rich, _web(block))


def _web(block: doc.Imprint | doc.Contact) -> Rich:
    return (Span(block.url_text or block.url, url=block.url),) if block.url else ()


def cover(s: Setter, block: doc.Cover, width: float, look: Look, frame: Frame) -> Set:
    """The title and what stands with it: under the picture, or beside it where there is room."""
    node = next(s.nodes)
    beside = width >= WIDE and block.picture is not None
    side = BESIDE * width if beside else 0.0
    room = width - side - (2 * s.body if beside else 0.0)
    made = Stack()
    if block.picture and not beside:
        made.add(picture(s, block.picture, width, look, frame))
    title = Stack()
    style = "title-wide" if beside else "title"
    title.add(s.text("H1", block.title, style, room, color=look.accent, balance=True))
    title.add(s.text("P", block.subtitle, "subtitle", room, color=look.ink))
    items, tall = stack(title.slabs)
    made.add(([Slab(tall, items, s.room(1.2))], tuple(title.tags)))
    if block.note and frame.note == "plain":
        made.add(s.text("P", block.note, "note", room, color=look.ink))
    elif block.note and frame.note == "urgent":
        urgent = s.look("urgent")
        slabs, tags = titled(s, "P", block.note, "siren", inside(room, urgent), urgent)
        made.add(([boxed(s, slabs, room, urgent, s.room(0.9))], tags))
    if frame.stamp:
        made.add(_owner(s, block, room, look, frame))
    if not beside or block.picture is None:
        return made.slabs, (Tag("Div", node, tuple(made.tags)),)
    return _beside(s, made, block.picture, width, side, node)


def _owner(s: Setter, block: doc.Cover, width: float, look: Look, frame: Frame) -> Set:
    """At the foot of a cover: the site's logo and name, or a blank box for its stamp."""
    if not block.name:
        return empty_box(s, block.stamp, width, EMPTY_LINES)
    made = Stack()
    if block.logo:
        logo = replace(block.logo, width=min(1.0, LOGO * s.body / width))
        made.add(picture(s, logo, width, look, frame))
    made.add(s.text("P", block.name, "contact", width, color=look.accent, balance=True))
    items, tall = stack(made.slabs)
    return [Slab(tall, items, s.room(0.9))], tuple(made.tags)


def _beside(s: Setter, made: Stack, drawing: doc.Picture, width: float, side: float, node: int) -> Set:
    """A cover's words with its picture at the end of the line."""
    items, tall = stack(made.slabs)
    high = side * drawing.size[1] / drawing.size[0]
    total = max(tall, high)
    figure = next(s.nodes) if drawing.alt is not None else ARTIFACT
    shown = PictureItem(figure, width - side, (total - high) / 2, side, high, drawing)
    if drawing.alt is not None:
        made.tags.insert(0, Tag("Figure", figure, alt=drawing.alt, bbox=True))
    words: tuple[Item, ...] = tuple(moved(item, 0, (total - tall) / 2) for item in items)
    return [Slab(total, (shown, *words))], (Tag("Div", node, tuple(made.tags)),)


def _run_on(notes: tuple[Rich, ...], lang: str) -> Rich:
    """Short notes one after the other, each ended as a sentence."""
    out: list[Span] = []
    for note in notes:
        end = "" if sentences.ends(plain(note)) else sentences.stop(lang)
        out += [*([Span(sentences.space(lang))] if out else []), *note, *([Span(end)] if end else [])]
    return tuple(out)


def _spaced(rich: Rich) -> Rich:
    return (*rich, Span(" ")) if rich else ()


def joined(first: Rich, second: Rich) -> Rich:
    """Both texts with a middle dot between them, which never begins a line; or the one that there is."""
    return (*first, Span("\u00a0· "), *second) if first and second else first or second
