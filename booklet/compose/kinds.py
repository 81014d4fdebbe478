"""Which function sets which kind of block."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from booklet.compose import added, boxes, fields, grids, lists, people, tables
from booklet.compose.setter import KindSetter, Set, Setter
from booklet.content import document as doc
from booklet.layout.model import Frame
from booklet.layout.theme import Look


def paragraph(s: Setter, block: doc.Paragraph, width: float, look: Look, frame: Frame) -> Set:
    """Running text."""
    return s.text("P", block.text, "body", width, color=look.ink)


def heading(s: Setter, block: doc.Heading, width: float, look: Look, frame: Frame) -> Set:
    """A heading inside a section."""
    return s.text("H3", block.text, "subheading", width, color=look.accent, balance=True)


KINDS: Mapping[type, KindSetter] = MappingProxyType(
    {
        doc.Paragraph: paragraph,
        doc.Heading: heading,
        doc.Bullets: lists.bullets,
        doc.Steps: lists.steps,
        doc.Definitions: lists.definitions,
        doc.Callout: boxes.callout,
        doc.Quote: boxes.quote,
        doc.Picture: boxes.picture,
        doc.Table: tables.table,
        doc.Contacts: people.contacts,
        doc.Sources: people.sources,
        doc.Imprint: people.imprint,
        doc.Cover: people.cover,
        doc.Choice: fields.choice,
        doc.Entry: fields.entry,
        doc.Grid: grids.grid,
        doc.Rating: grids.rating,
        doc.Score: grids.score,
        doc.Toc: added.toc,
        doc.Lines: added.lines,
    }
)
