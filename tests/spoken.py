"""Says what a reader must hear of a resolved document, in order, and compares a finished PDF with it.

    assert misheard(heard(file), sayings(document, frames(source, "print"))) == ""

Nothing here comes from the composition: the document is walked once more, with what its layout leaves
out (`Frame.note`, `.short`, `.stamp`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from booklet.content import document as doc
from booklet.content.document import Contact, Document, Picture, Rich, plain
from booklet.layout.load import LayoutSource
from booklet.layout.model import Frame, PanelSpec
from tests.pdfmodel import PdfFile, blocks
from tests.tools import plain as tidy

SEPARATORS = " ·,;.।።។۔。"
"""What a layout may set between two texts that share a paragraph, and at their end."""


@dataclass(frozen=True, slots=True)
class Saying:
    """One text of the document and the structure type that it must have."""

    tag: str
    text: str
    drawn: bool = False
    """Whether booklet adds it: a list's disc, a step's number, a section's number."""


Frames = Mapping[str, Frame]
"""For each role the frame that its sections begin in."""


def frames(source: LayoutSource, edition: str) -> Frames:
    """Where a layout puts each role in an edition."""
    own = source.layout.screen
    return first_frames(own.panels if edition == "screen" and own else source.layout.panels)


def first_frames(panels: Iterable[PanelSpec]) -> Frames:
    """The same for panels."""
    found: dict[str, Frame] = {}
    for frame in (frame for panel in panels for row in panel.rows for frame in row.frames):
        for role in frame.takes:
            found.setdefault(role, frame)
    return found


def sayings(document: Document, where: Frames) -> list[Saying]:
    """Every text of the document in reading order."""
    return [
        saying
        for section in document.sections
        for saying in (*_heading(section), *_blocks(section.blocks, where[section.role]))
        if saying.text
    ]


def _heading(section: doc.Section) -> Iterator[Saying]:
    if section.heading:
        if section.number is not None:
            yield Saying("H2", str(section.number), drawn=True)
        yield _said("H2", section.heading)


def _said(tag: str, rich: Rich) -> Saying:
    return Saying(tag, tidy(plain(rich)))


def _blocks(many: Iterable[doc.Block], frame: Frame) -> Iterator[Saying]:
    for block in many:
        yield from _KINDS[type(block)](block, frame)


def _paragraph(block: doc.Paragraph, frame: Frame) -> Iterator[Saying]:
    yield _said("P", block.text)


def _subheading(block: doc.Heading, frame: Frame) -> Iterator[Saying]:
    yield _said("H3", block.text)


def _bullets(block: doc.Bullets, frame: Frame) -> Iterator[Saying]:
    for item in block.items:
        yield Saying("Lbl", "•", drawn=True)
        yield _said("LBody", item)


def _steps(block: doc.Steps, frame: Frame) -> Iterator[Saying]:
    for number, step in enumerate(block.items, 1):
        yield Saying("Lbl", str(number), drawn=True)
        yield _said("LBody", step.do)
        yield _said("LBody", step.how)


def _callout(block: doc.Callout, frame: Frame) -> Iterator[Saying]:
    yield _said("H3", block.title)
    yield from _blocks(block.blocks, frame)


def _quote(block: doc.Quote, frame: Frame) -> Iterator[Saying]:
    yield _said("P", block.text)
    yield _said("P", block.by)


def _definitions(block: doc.Definitions, frame: Frame) -> Iterator[Saying]:
    for term, meaning in block.items:
        yield _said("Lbl", term)
        yield _said("LBody", meaning)


def _table(block: doc.Table, frame: Frame) -> Iterator[Saying]:
    yield _said("Caption", block.caption)
    for cell in block.header:
        yield _said("TH", cell)
    for row in block.rows:
        for place, cell in enumerate(row):
            yield _said("TH" if block.row_headers and place == 0 else "TD", cell)


def _picture(block: doc.Picture, frame: Frame) -> Iterator[Saying]:
    yield _said("P", block.caption)


def _contacts(block: doc.Contacts, frame: Frame) -> Iterator[Saying]:
    if not block.items:
        yield _said("P", block.empty)
    for contact in block.items:
        yield _said("P", contact.name)
        yield from _phones(contact)
        yield Saying("P", contact.url_text)
        yield _said("P", contact.hours)
        yield _said("P", contact.note)


def _phones(holder: Contact | doc.Imprint) -> Iterator[Saying]:
    for phone in holder.phones:
        yield _said("P", phone.label)
        yield Saying("P", tidy(phone.text))


def _sources(block: doc.Sources, frame: Frame) -> Iterator[Saying]:
    if frame.short:
        for text in dict.fromkeys(plain(source.short) for source in block.items):
            yield Saying("P", tidy(text))
        return
    for source in block.items:
        yield _said("LBody", source.text)


def _imprint(block: doc.Imprint, frame: Frame) -> Iterator[Saying]:
    if block.name:
        yield _said("P", block.name)
        for line in block.lines:
            yield _said("P", line)
        yield from _phones(block)
        yield Saying("P", block.url_text)
    elif frame.stamp:
        yield _said("P", block.stamp)
    for note in block.notes:
        yield _said("P", note)


def _cover(block: doc.Cover, frame: Frame) -> Iterator[Saying]:
    yield _said("H1", block.title)
    yield _said("P", block.subtitle)
    if frame.note != "none":
        yield _said("P", block.note)
    if frame.stamp:
        yield _said("P", block.name or block.stamp)


_KINDS: Mapping[type, Callable[[Any, Frame], Iterator[Saying]]] = MappingProxyType(
    {
        doc.Paragraph: _paragraph,
        doc.Heading: _subheading,
        doc.Bullets: _bullets,
        doc.Steps: _steps,
        doc.Callout: _callout,
        doc.Quote: _quote,
        doc.Definitions: _definitions,
        doc.Table: _table,
        doc.Picture: _picture,
        doc.Contacts: _contacts,
        doc.Sources: _sources,
        doc.Imprint: _imprint,
        doc.Cover: _cover,
    }
)


# --- what is heard -------------------------------------------------------------------------------


def heard(file: PdfFile) -> list[tuple[str, str]]:
    """(structure type, text) of each block of a PDF, in the order of its structure tree."""
    return [(block.path.rpartition("/")[2], tidy(block.text)) for block in blocks(file)]


def misheard(told: Sequence[tuple[str, str]], expected: Sequence[Saying]) -> str:
    """Where blocks of text part from what is expected, as a sentence; empty if they never do.

    A block may hold several sayings of its type. Between them, and at the ends of blocks, nothing may
    stand but SEPARATORS: so nothing is lost, doubled, added, out of order or wrongly tagged.
    """
    rest = list(told)
    tag, text = "", ""
    for saying in expected:
        text = text.lstrip(SEPARATORS)
        if not text:
            if not rest:
                return f"The end was reached before {saying}."
            tag, text = rest.pop(0)
        if tag != saying.tag or not text.startswith(saying.text):
            return f"{saying} was expected, but a {tag} says {text!r}."
        text = text[len(saying.text) :]
    left = [text.strip(SEPARATORS), *(f"{tag}: {more}" for tag, more in rest)]
    return f"More is said than the document holds: {left}." if any(left) else ""


# --- what else the document promises -------------------------------------------------------------


def addresses(document: Document, where: Frames) -> set[str]:
    """Every web address and phone number (URI) that the document links to, in a layout."""
    found = set()
    for thing, frame in _things(document, where):
        match thing:
            case doc.Span(url=str() as url):
                found.add(url)
            case doc.Phone():
                found.add(thing.uri)
            case doc.Contact(url=str() as url) | doc.Imprint(url=str() as url):
                found.add(url)
            case doc.Source(url=str() as url) if not frame.short:
                found.add(url)
    return found


def alternatives(document: Document, where: Frames) -> list[str]:
    """The alternative texts of all pictures and QR codes, in order of appearance."""
    found: list[str] = []
    for thing, _frame in _things(document, where):
        if isinstance(thing, Picture) and thing.alt is not None:
            found.append(thing.alt)
        elif isinstance(thing, doc.Contact) and thing.qr and thing.url:
            found.append(f"QR: {thing.url}")
    return found


def _things(document: Document, where: Frames) -> Iterator[tuple[object, Frame]]:
    """Every value inside the document's sections, with its frame, but what the frame leaves out."""
    for section in document.sections:
        frame = where[section.role]
        for thing in _inside((section.heading, section.blocks), frame):
            yield thing, frame


def _inside(value: object, frame: Frame) -> Iterator[object]:
    if isinstance(value, tuple):
        for one in value:
            yield from _inside(one, frame)
    elif hasattr(value, "__dataclass_fields__"):
        yield value
        for name in value.__dataclass_fields__:
            if not _left_out(value, name, frame):
                yield from _inside(getattr(value, name), frame)


def _left_out(holder: object, name: str, frame: Frame) -> bool:
    match holder:
        case doc.Cover():
            return (name == "note" and frame.note == "none") or (
                name in ("name", "logo", "stamp") and not frame.stamp
            )
        case doc.Imprint():
            return name == "logo" and frame.short
        case doc.Source():
            return name == ("text" if frame.short else "short")
    return False
