"""What stands around a panel's content: title, page number, draft mark. All of it artifacts."""

from __future__ import annotations

from collections.abc import Sequence

from booklet.compose.items import ARTIFACT, Item, TextItem
from booklet.compose.setter import Setter
from booklet.compose.space import Space
from booklet.compose.trial import STRIDE
from booklet.content.document import Document, Span, plain
from booklet.layout.model import PanelSpec
from booklet.typeset.paragraph import break_lines

DROP = 1.35
"""From the foot of the content to the furniture's baseline, in ems: the bottom margin must leave room
for it above the edge that office printers cannot reach (0.25 in)."""
AWAY = 1.8
"""The same in booklets, and from the head of the content up to the baseline of a running head."""
APART = 1.5
"""The least room between what stands at both ends of a line, in ems."""
LARGEST = 18.0
"""Points above which the furniture does not grow, however large a poster's type."""


def furniture(
    document: Document,
    setter: Setter,
    space: Space,
    spec: PanelSpec,
    width: float,
    height: float,
    number: int,
    total: int,
    running: str,
) -> list[Item]:
    """The draft mark where a translation waits for its review; on panels with a footer also the page number
    and, where there is room for it, the title, or in books the `running` head. Nothing here is read aloud:
    the imprint says it in the text."""
    margins = spec.margins or space.margins
    line = _Line(setter, margins.start, width - margins.end)
    book = space.furniture == "book"
    # A card's margin is narrower than its small print would like.
    foot = height - margins.bottom + min((AWAY if book else DROP) * line.size, 0.66 * margins.bottom)
    draft = document.labels.draft if document.draft else ""
    if not spec.footer:
        return line.set(foot, draft, "")
    if not book:
        page = document.labels.page_of.format(page=number, pages=total) if total > 1 else ""
        title = document.title if line.holds(document.title, page) else ""
        return line.set(foot, draft or title, page)
    head = margins.top - AWAY * line.size
    if number % 2 == 0:  # a left page of a booklet that opens at the right
        return [*line.set(head, running, ""), *line.set(foot, str(number), draft)]
    return [*line.set(head, "", running), *line.set(foot, draft, str(number))]


def running_head(document: Document, items: Sequence[Item], begun: set[int]) -> str:
    """The section with which a page ends, for its head: what a reader who leafs through looks for. Empty
    where its heading begins the page. `begun` holds the sections of the pages before, and takes this page's.
    """
    nodes = (item.node for item in items if isinstance(item, TextItem) and item.node != ARTIFACT)
    places = list(dict.fromkeys((node - 1) // STRIDE for node in nodes))
    known = places and (len(places) > 1 or places[0] in begun)
    begun.update(places)
    section = document.sections[places[-1]] if known else None
    return plain(section.heading) if section and section.role == "body" else ""


class _Line:
    """Sets the furniture's lines between two edges."""

    def __init__(self, setter: Setter, left: float, right: float) -> None:
        self.setter, self.left, self.right = setter, left, right
        self.size = min(setter.size("footer"), LARGEST)

    def holds(self, start: str, end: str) -> bool:
        """Whether both texts go on one line."""
        both = sum(self.setter.paragraph((Span(text),), "footer").natural + APART for text in (start, end))
        return (both - APART) * self.size <= self.right - self.left

    def set(self, baseline: float, start: str, end: str) -> list[Item]:
        """A text at each end of a line; where they do not go on one, what is at the end stands under the
        lines of the other."""
        kind = self.setter.setting.theme.type["footer"]
        color = self.setter.color(kind.color)
        room = self.right - self.left
        items: list[Item] = []
        used = 0.0
        for text, right in ((start, False), (end, True)):
            if not text:
                continue
            shaped = self.setter.paragraph((Span(text),), "footer")
            if used and used + (shaped.natural + APART) * self.size > room:
                baseline += kind.leading * self.size
            for place, (first, last) in enumerate(break_lines(shaped, room / self.size)):
                baseline += kind.leading * self.size if place else 0.0
                item = TextItem(ARTIFACT, self.left, baseline, self.size, color, shaped, first, last)
                used = item.width
                items.append(item._replace(x=self.right - used) if right else item)
        return items
