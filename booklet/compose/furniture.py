"""What stands at the foot of a panel: title, page number, draft mark. All of it artifacts."""

from __future__ import annotations

from booklet.compose.items import ARTIFACT, Item, TextItem
from booklet.compose.setter import Setter
from booklet.content.document import Document, Span
from booklet.layout.model import Margins, PanelSpec

DROP = 1.35
"""From the foot of the content to the furniture's baseline, in ems: the bottom margin must leave room
for it above the edge that office printers cannot reach (0.25 in)."""

LARGEST = 13.0
"""Points above which the furniture does not grow, however large a poster's type."""


def footer(
    document: Document,
    setter: Setter,
    spec: PanelSpec,
    margins: Margins,
    width: float,
    height: float,
    number: int,
    total: int,
) -> list[Item]:
    """The draft mark where a translation waits for its review; on panels with a footer also the title
    and the page number. Nothing here is read aloud: the imprint says it in the text."""
    start = end = ""
    if spec.footer:
        start = document.title
        end = document.labels.page_of.format(page=number, pages=total) if total > 1 else ""
    if document.draft:
        start = document.labels.draft
    items: list[Item] = []
    size = min(setter.size("footer"), LARGEST)
    # A card's margin is narrower than its small print would like.
    baseline = height - margins.bottom + min(DROP * size, 0.66 * margins.bottom)
    color = setter.setting.theme.colors["muted"]
    for text, right in ((start, False), (end, True)):
        if not text:
            continue
        shaped = setter.paragraph((Span(text),), "footer")
        x = width - margins.end - shaped.natural * size if right else margins.start
        items.append(TextItem(ARTIFACT, x, baseline, size, color, shaped, 0, len(shaped.segments)))
    return items
