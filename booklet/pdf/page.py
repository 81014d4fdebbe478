"""Drawing on a page: every mark is content of a structure element or an artifact, there is no third way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from math import ceil
from typing import Any

from booklet.compose.items import (
    ARTIFACT,
    CircleItem,
    CodeItem,
    FieldItem,
    IconItem,
    Item,
    PictureItem,
    RectItem,
    Tag,
    TextItem,
)
from booklet.content.document import Document, Span
from booklet.iconset import BOX
from booklet.impose.model import Box, Matrix, Placement, Turn
from booklet.pdf import pictures
from booklet.pdf.canvas import TaggedCanvas
from booklet.pdf.directions import marked
from booklet.pdf.fonts import FontUse
from booklet.pdf.forms import Form
from booklet.pdf.gray import gray
from booklet.pdf.icons import path
from booklet.pdf.objects import Raw, string
from booklet.pdf.structure import Element, Kid, Structure
from booklet.pdf.syntax import number, outline
from booklet.typeset.fonts import Face
from booklet.typeset.paragraph import EPSILON, Run, line

UNDERLINE = (0.14, 0.055)
"""Depth and thickness of the line under a web link, in ems."""
DOTS = (0.2, 0.07)
"""Depth and size of the dots under words that wait for their translation, in ems."""


class Fonts:
    """The fonts of a file by face."""

    def __init__(self) -> None:
        self.uses: dict[Face, FontUse] = {}

    def use(self, face: Face) -> FontUse:
        found = self.uses.get(face)
        if found is None:
            found = self.uses[face] = FontUse(face, f"B{len(self.uses) + 1}")
        return found


class Page:
    """One page being drawn. Coordinates of items are panel coordinates; `at` says where the panel is."""

    def __init__(
        self,
        canvas: TaggedCanvas,
        number: int,
        structure: Structure,
        fonts: Fonts,
        form: Form,
        document: Document,
        gray: bool = False,
    ) -> None:
        self.canvas = canvas
        self.number = number
        self.structure = structure
        self.fonts = fonts
        self.form = form
        self.document = document
        self.gray = gray
        self.owners: list[Element] = []
        self.open: Element | str | None = None
        self.links: list[tuple[Element, Span, Box, tuple[int, ...]]] = []
        self.rules: list[tuple[float, float, float, float, str]] = []
        self.dotted: list[tuple[float, float, float, float, str]] = []
        self.left = self.top = 0.0
        self.turned: Matrix | None = None
        """From the coordinates that are drawn in to the page's, where a panel is turned or scaled."""
        self.angle: Turn = 0
        self.muted = False
        """Whether what is drawn repeats what has been read: all of it is an artifact."""
        self.tops: dict[int, tuple[float, float]] = {}
        """Where each node's content begins on this page, for the outline."""

    # -- marks --------------------------------------------------------------------------------

    def write(self, operators: str) -> None:
        self.canvas._code.append(operators)

    def mark(self, owner: Element | str, order: tuple[int, ...]) -> None:
        """Let what follows belong to an element, or be an artifact of a type. Stays open until changed."""
        if self.muted and not isinstance(owner, str):
            owner = "/Type/Layout"
        if owner is self.open or (isinstance(owner, str) and owner == self.open):
            return
        self.close()
        if isinstance(owner, str):
            self.write(f"/Artifact <<{owner}>> BDC")
        else:
            mcid = len(self.owners)
            self.owners.append(owner)
            owner.kids.append(Kid(order, self.number, mcid=mcid))
            self.write(f"/{owner.tag.name} <</MCID {mcid}>> BDC")
        self.open = owner

    def close(self) -> None:
        if self.open is not None:
            self.write("EMC")
            self.open = None

    # -- a panel ------------------------------------------------------------------------------

    def panel(self, items: tuple[Item, ...], place: Placement) -> None:
        """Draw a panel's items in its place on the page."""
        self.muted = place.copy > 0
        self.angle = place.turn
        _, height = place.panel_size
        if place.turn or place.scale != 1:
            self.turned = place.matrix
            self.left, self.top = 0.0, height
            self.write(f"q {' '.join(map(number, place.matrix))} cm")
        else:
            self.left, self.top = place.x, place.y + height
        for at, item in enumerate(items):
            self.item(item, (place.panel, at))
        self.underline()
        self.close()
        if self.turned:
            self.write("Q")
        self.annotate()
        self.turned = None

    def underline(self) -> None:
        """The lines under what was drawn: artifacts, of links and of words that wait for a translation."""
        for x, y, width, tall, color in self.rules:
            self.mark("/Type/Layout", ())
            self.write(f"{self.ink(color)} {number(x)} {number(y)} {number(width)} {number(tall)} re f")
        self.rules.clear()
        for x, y, right, dot, color in self.dotted:
            self.mark("/Type/Layout", ())
            pen = f"{self.ink(color, stroke=True)} [{number(dot)} {number(1.5 * dot)}] 0 d {number(dot)} w"
            self.write(f"q {pen} {number(x)} {number(y)} m {number(right)} {number(y)} l S Q")
        self.dotted.clear()

    def loose(self, items: Iterable[Item], height: float) -> None:
        """Draw items in coordinates of the page, which is `height` high: no panel's, and no one's to read."""
        self.left, self.top = 0.0, height
        for item in items:
            self.item(item, ())
        self.close()

    def placed(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A box in the coordinates that are drawn in, in those of the page."""
        if not self.turned:
            return (left, bottom, right, top)
        a, b, c, d, e, f = self.turned
        xs = sorted((a * left + c * bottom + e, a * right + c * top + e))
        ys = sorted((b * left + d * bottom + f, b * right + d * top + f))
        return (xs[0], ys[0], xs[1], ys[1])

    def ink(self, color: str, *, stroke: bool = False) -> str:
        """The operator that sets a colour, or its gray."""
        if self.gray:
            return f"{number(gray(color))} {'G' if stroke else 'g'}"
        return f"{_rgb(color)} {'RG' if stroke else 'rg'}"

    def item(self, item: Item, order: tuple[int, ...]) -> None:
        match item:
            case TextItem():
                self.text(item, order)
            case RectItem():
                self.mark("/Type/Layout", order)
                self.rect(item)
            case CircleItem():
                self.mark("/Type/Layout", order)
                self.rect(RectItem(item.x, item.y, item.width, item.width, item.fill, radius=item.width / 2))
            case IconItem():
                self.mark("/Type/Layout", order)
                scale = item.width / BOX
                across, left = (-scale, item.x + item.width) if item.turned else (scale, item.x)
                matrix = f"{number(across)} 0 0 {number(-scale)} {self.xy(left, item.y)} cm"
                self.write(f"q {matrix} {self.ink(item.color, stroke=True)} {path(item.name)} Q")
            case PictureItem():
                self.owned(item.node, item.x, item.y, item.width, item.height, order)
                with self.group(item.x, item.y + item.height):
                    pictures.draw(self.canvas, item.picture, item.width, item.height, gray=self.gray)
            case FieldItem():
                self.field(item, order)
            case CodeItem():
                self.owned(item.node, item.x, item.y, item.width, item.width, order)
                with self.group(item.x, item.y + item.width):
                    self.write(pictures.code(item.data, item.width))
        return None

    def field(self, item: FieldItem, order: tuple[int, ...]) -> None:
        """A form field's widget: an annotation, no content of the page."""
        if self.muted:
            return
        left, top = self.left + item.x, self.top - item.y
        box = self.placed(left, top - item.height, left + item.width, top)
        element = self.structure.elements[item.node]
        self.canvas.annotations.append(self.form.add(item, element, self.number, box, order, self.angle))

    def owned(
        self, node: int, x: float, y: float, width: float, height: float, order: tuple[int, ...]
    ) -> None:
        """Open a figure's content, and note its box; decoration becomes an artifact."""
        if node == ARTIFACT:
            self.mark("/Type/Layout", order)
            return
        element = self.structure.elements[node]
        left, bottom = self.left + x, self.top - y - height
        if not self.muted:
            element.box = self.placed(left, bottom, left + width, bottom + height)
        self.mark(element, order)

    @contextmanager
    def group(self, x: float, y: float) -> Iterator[None]:
        """Draw with the origin at a point of the panel."""
        self.canvas.saveState()
        self.canvas.translate(self.left + x, self.top - y)
        yield
        self.canvas.restoreState()

    def xy(self, x: float, y: float) -> str:
        return f"{number(self.left + x)} {number(self.top - y)}"

    # -- text ---------------------------------------------------------------------------------

    def text(self, item: TextItem, order: tuple[int, ...]) -> None:
        """One line, as it is read: a stretch of marked content for each owner in it."""
        made = line(item.paragraph, item.start, item.end)
        if item.node != ARTIFACT and item.node not in self.tops and not self.muted:
            x, y = self.left + item.x, self.top - item.y
            box = self.placed(x, y, x + item.width, y + item.size)
            self.tops[item.node] = (box[0], box[3])
        runs = marked(made, item.paragraph.base == 1)
        lefts = _lefts(runs, self.left + item.x - made.hang * item.size, item.size)
        for stretch in self.stretches(item, runs):
            first = stretch[0]
            span = item.paragraph.spans[first.span]
            place = (*order, first.start)
            owner = self.owner(item, span, first.span, place)
            self.mark(owner, place)
            self.show(stretch, lefts, item)
            if span.untranslated:
                left = max(min(lefts[run.x] for run in stretch), self.left + item.x)
                right = max(lefts[run.x] + run.width * item.size for run in stretch)
                self.dots(item, left, min(right, self.left + item.x + item.width))
            if span.url and isinstance(owner, Element):
                # Without the space at the end of the line.
                left = max(min(lefts[run.x] for run in stretch), self.left + item.x)
                right = max(lefts[run.x] + run.width * item.size for run in stretch)
                right = min(right, self.left + item.x + item.width)
                self.link(owner, span, item, left, right - left, place)

    @staticmethod
    def stretches(item: TextItem, runs: Iterable[Run]) -> list[list[Run]]:
        """Runs one after the other that have the same owner: the paragraph, a link, a foreign phrase."""
        out: list[list[Run]] = []
        spans = item.paragraph.spans
        for run in runs:
            span = spans[run.span]
            last = spans[out[-1][-1].span] if out else None
            if last and (last.url, last.lang) == (span.url, span.lang):
                out[-1].append(run)
            else:
                out.append([run])
        return out

    def owner(self, item: TextItem, span: Span, place: int, order: tuple[int, ...]) -> Element | str:
        """The element that a span's text belongs to; links and foreign phrases get one of their own."""
        if item.node == ARTIFACT:
            return "/Type/Pagination/Subtype/Footer"
        if self.muted:
            return "/Type/Layout"
        element = self.structure.elements[item.node]
        # Beside an inline element plain text gets one too: readers that take an element's own text
        # before its children would otherwise get them in the wrong order.
        if not any(other.url or other.lang for other in item.paragraph.spans):
            return element
        return self.inline(element, item, span, place, order)

    def inline(
        self, element: Element, item: TextItem, span: Span, place: int, order: tuple[int, ...]
    ) -> Element:
        for _, child in element.children:
            if child.tag.node == -2 - place:
                return child
        name = "Link" if span.url else "Span"
        return self.structure.inline(element, Tag(name, -2 - place, lang=span.lang), order)

    def show(self, runs: list[Run], lefts: dict[float, float], item: TextItem) -> None:
        """The text operators of runs in one line."""
        parts = [f"BT {self.ink(item.color)}"]
        pen: float | None = None
        for run in runs:
            if pen is None or abs(run.x - pen) > EPSILON:
                parts.append(f"1 0 0 1 {number(lefts[run.x])} {number(self.top - item.y)} Tm")
            use = self.fonts.use(run.face)
            parts.append(f"/{use.name} {number(item.size * run.scale)} Tf [{use.encode(run.clusters)}] TJ")
            pen = run.x + run.width
        parts.append("ET")
        self.write(" ".join(parts))

    def link(
        self, owner: Element, span: Span, item: TextItem, left: float, width: float, order: tuple[int, ...]
    ) -> None:
        """Note a link's active area, and the line under it if it leads to the web."""
        baseline = self.top - item.y
        box = (left, baseline - 0.3 * item.size, left + width, baseline + 0.95 * item.size)
        self.links.append((owner, span, self.placed(*box), order))
        if item.underline and span.url and span.url.startswith("http"):
            depth, thick = (share * item.size for share in UNDERLINE)
            self.rules.append((left, baseline - depth, width, thick, item.color))

    def dots(self, item: TextItem, left: float, right: float) -> None:
        """A dotted line under words that wait for their translation: it shows in any print."""
        depth, dot = (share * item.size for share in DOTS)
        self.dotted.append((left, self.top - item.y - depth, right, dot, item.color))

    def annotate(self) -> None:
        """Make the link annotations of the panel just drawn, each tied to its Link element."""
        rl = self.canvas._doc
        page = self.structure.page_ref
        for owner, span, box, order in self.links:
            index = len(self.structure.annotations)
            rect = " ".join(number(value) for value in box)
            says = string(self.says(span), rl)
            leads = self.leads(span)
            annotation = Raw(b"")
            reference = rl.Reference(annotation)
            self.structure.annotations.append((reference, owner, self.number))
            owner.kids.append(Kid((*order, 1), self.number, annotation=index))
            self.canvas.annotations.append(reference)
            annotation.format = _late(  # type: ignore[method-assign]  # numbers are known only at the end
                lambda rect=rect, says=says, leads=leads, index=index, number=self.number: (
                    f"<</Type/Annot/Subtype/Link/Rect[{rect}]/Border[0 0 0]/F 4/Contents {says}"
                    f"/P {page(number)}/StructParent {len(self.structure.pages) + index}"
                    f"/A<<{leads()}>>>>"
                ).encode("latin-1")
            )
        self.links.clear()

    def leads(self, span: Span) -> Callable[[], str]:
        """The action of a link: to the web, or to an element of this file, given as `#` and its node. Where
        that stands is known only at the end."""
        assert span.url is not None
        rl = self.canvas._doc
        if not span.url.startswith("#"):
            action = f"/S/URI/URI {string(span.url, rl)}"
            return lambda: action
        target = self.canvas._bookmarkReference(f"n{span.url[1:]}")
        return lambda: f"/S/GoTo/D {target.format(rl).decode('ascii')}"

    def says(self, span: Span) -> str:
        """What a screen reader says of a link: of one within the file the heading to which it leads."""
        assert span.url is not None
        if span.url.startswith("#"):
            return self.structure.elements[int(span.url[1:])].tag.title or span.text
        labels = self.document.labels
        if span.url.startswith(("tel:", "sms:")):
            return labels.link_phone.format(number=span.text)
        return labels.link_web.format(address=span.url.removeprefix("mailto:"))

    # -- shapes -------------------------------------------------------------------------------

    def rect(self, item: RectItem) -> None:
        """A box, with round corners if it has a radius."""
        inset = item.line / 2 if item.stroke else 0.0
        x, y = self.left + item.x + inset, self.top - item.y - item.height + inset
        width, height = item.width - 2 * inset, item.height - 2 * inset
        parts = ["q"]
        if item.fill:
            parts.append(self.ink(item.fill))
        if item.stroke:
            parts.append(f"{self.ink(item.stroke, stroke=True)} {number(item.line)} w")
        if item.dash:
            parts.append("[3 2.5] 0 d")
        parts.append(outline(x, y, width, height, min(item.radius, width / 2, height / 2)))
        parts.append(
            {(True, True): "B", (True, False): "f", (False, True): "S"}[bool(item.fill), bool(item.stroke)]
        )
        parts.append("Q")
        self.write(" ".join(parts))


def _late(make: Any) -> Any:
    return lambda document: make()


def _lefts(runs: Iterable[Run], left: float, size: float) -> dict[float, float]:
    """Where each run of a line begins, by its `x`, in points of the page.

    No run begins, by rounding, before the end of the one to the left of it: Poppler reads characters in the
    order of their left edges, and the last of a Thai or Arabic word may have no width.
    """
    found: dict[float, float] = {}
    pen = None
    for run in sorted(runs, key=lambda run: run.x):
        start = left + run.x * size
        if pen is not None:
            start = ceil(max(start, pen) * 1000 + 0.001) / 1000
        found[run.x] = start
        pen = start + run.width * size
    return found


@lru_cache(maxsize=256)
def _rgb(color: str) -> str:
    return " ".join(number(int(color[i : i + 2], 16) / 255) for i in (1, 3, 5))
