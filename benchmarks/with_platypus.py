"""Sets the pamphlet with ReportLab's Platypus, as its manual does: no tags, no shaping, no kerning.

python -m benchmarks.with_platypus FOLDER FILE.pdf
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import HexColor, white
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    KeepTogether,
    ListFlowable,
    ListItem,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)
from svglib.svglib import svg2rlg

WIDTH, HEIGHT, SIDE, TOP = 265.5, 612.0, 20.0, 24.0
INNER = WIDTH - 2 * SIDE
BRAND, ALERT, AMBER, MUTED = map(HexColor, ("#0f4c53", "#9b2226", "#8a4b00", "#5a6b70"))
MIST, SAND, BLUSH = map(HexColor, ("#e6f1f0", "#fbf3e4", "#fdf0ec"))
FACES = {
    "Atkinson": "Regular",
    "Atkinson-Bold": "Bold",
    "Atkinson-Italic": "Italic",
    "Atkinson-Black": "ExtraBold",
}

BODY = ParagraphStyle(
    "body", fontName="Atkinson", fontSize=11.6, leading=15, textColor=HexColor("#1d2b2f"), spaceAfter=5
)


def _style(size: float, leading: float, **other: Any) -> ParagraphStyle:
    return ParagraphStyle("", parent=BODY, fontSize=size, leading=leading, **other)


BOLD = {"fontName": "Atkinson-Bold"}
STYLES = {
    "title": _style(26, 28, fontName="Atkinson-Black", textColor=BRAND, spaceBefore=50, spaceAfter=8),
    "subtitle": _style(13, 17, spaceAfter=30),
    "urgent": _style(11.6, 15, textColor=white, spaceAfter=0, **BOLD),
    "stamp": _style(10, 12.5, textColor=MUTED),
    "heading": _style(14, 16, textColor=BRAND, spaceAfter=0, **BOLD),
    "banner": _style(14, 16, textColor=white, spaceAfter=0, **BOLD),
    "box title": _style(12, 14.5, textColor=BRAND, spaceAfter=0, **BOLD),
    "warning title": _style(12, 14.5, textColor=AMBER, spaceAfter=0, **BOLD),
    "tight": _style(11.6, 15, spaceAfter=0),
    "name": _style(11.5, 13.5, textColor=BRAND, spaceAfter=0, **BOLD),
    "phone": _style(12.5, 15, spaceAfter=0, **BOLD),
    "small": _style(10, 12, spaceAfter=2),
    "least": _style(9, 10.6, spaceAfter=1),
    "small heading": _style(10.5, 12.6, textColor=BRAND, spaceBefore=5, spaceAfter=1, **BOLD),
}


def maker(folder: Path) -> Callable[[], bytes]:
    """A function from the data in `folder` to a PDF. Fonts and drawings are kept."""
    for name, file in FACES.items():
        pdfmetrics.registerFont(TTFont(name, folder / "fonts" / f"AtkinsonHyperlegibleNext-{file}.ttf"))
    pdfmetrics.registerFontFamily(
        "Atkinson",
        normal="Atkinson",
        bold="Atkinson-Bold",
        italic="Atkinson-Italic",
        boldItalic="Atkinson-Bold",
    )
    drawings = cache(lambda name: svg2rlg(str(folder / name)))

    def make() -> bytes:
        data = json.loads((folder / "pamphlet.json").read_bytes())
        out = io.BytesIO()
        frame = Frame(SIDE, TOP, INNER, HEIGHT - 2 * TOP, 0, 0, 0, 0)
        boxed = Frame(SIDE, TOP, INNER, HEIGHT - 2 * TOP, 12, 12, 12, 12)
        template = BaseDocTemplate(
            out,
            pagesize=(WIDTH, HEIGHT),
            title=data["title"],
            subject=data["description"],
            keywords=data["keywords"],
            lang=data["lang"],
            pageTemplates=[
                PageTemplate("cover", [boxed], onPage=_ground(MIST)),
                PageTemplate("emergency", [boxed], onPage=_ground(BLUSH, ALERT)),
                PageTemplate("plain", [frame]),
            ],
        )
        template.build(list(_Pamphlet(drawings).pages(data)))
        return out.getvalue()

    return make


def _ground(fill: HexColor, stroke: HexColor | None = None) -> Callable[[Any, Any], None]:
    def draw(canvas: Any, _: Any) -> None:
        canvas.setFillColor(fill)
        if stroke:
            canvas.setStrokeColor(stroke)
            canvas.setLineWidth(1.5)
        canvas.roundRect(SIDE, TOP, INNER, HEIGHT - 2 * TOP, 10, stroke=bool(stroke), fill=1)

    return draw


def _rich(spans: list[dict[str, Any]]) -> str:
    """Spans in Platypus's markup."""
    out = ""
    for span in spans:
        text = escape(span["text"])
        text = f"<b>{text}</b>" if span["bold"] else text
        text = f"<i>{text}</i>" if span["italic"] else text
        out += f"<a href={quoteattr(span['url'])}>{text}</a>" if span["url"] else text
    return out


def _paragraph(markup: str, style: str | None = None) -> Paragraph:
    return Paragraph(markup, STYLES[style] if style else BODY)


class _Pamphlet:
    """Makes the flowables."""

    def __init__(self, drawings: Callable[[str], Drawing]) -> None:
        self.drawings = drawings

    def drawing(self, name: str, width: float) -> Drawing:
        """A scaled copy that shares its shapes with the one that is kept."""
        kept = self.drawings(name)
        scale = width / kept.width
        made = Drawing(width, kept.height * scale, *kept.contents)
        made.transform = (scale, 0, 0, scale, 0, 0)
        return made

    def icon(self, name: str, ink: str) -> Drawing:
        return self.drawing(f"icons/{name}-{ink}.svg", 13)

    def pages(self, data: dict[str, Any]) -> Iterator[Flowable]:
        yield from self.cover(data["cover"])
        for section in data["emergency"]:
            yield NextPageTemplate("emergency")
            yield PageBreak()
            row = [self.icon(section["icon"], "paper"), _paragraph(_rich(section["heading"]), "banner")]
            yield self.box([row], INNER - 24, ALERT, icon=True)
            yield Spacer(0, 6)
            yield from self.blocks(section["blocks"], INNER - 24)
        yield NextPageTemplate("plain")
        yield PageBreak()
        for section in data["body"]:
            yield from self.heading(section)
            yield from self.blocks(section["blocks"], INNER)
        yield PageBreak()
        for section in data["back"]:
            if section["role"] == "contacts":
                yield from self.heading(section)
            else:
                yield _paragraph(_rich(section["heading"]), "small heading")
            yield from self.blocks(section["blocks"], INNER)

    def cover(self, cover: dict[str, Any]) -> Iterator[Flowable]:
        width = INNER - 24
        yield self.drawing(cover["picture"]["file"], width)
        yield _paragraph(_rich(cover["title"]), "title")
        yield _paragraph(_rich(cover["subtitle"]), "subtitle")
        yield self.box(
            [[self.icon("siren", "paper"), _paragraph(_rich(cover["note"]), "urgent")]],
            width,
            ALERT,
            icon=True,
        )
        yield Spacer(0, 30)
        box = Table([[_paragraph(_rich(cover["stamp"]), "stamp")]], [width], [60], cornerRadii=[6] * 4)
        box.setStyle(
            [("BACKGROUND", (0, 0), (-1, -1), white), ("BOX", (0, 0), (-1, -1), 0.9, MUTED, 0, (3, 2.5))]
        )
        yield box

    def box(
        self,
        rows: list[list[Any]],
        width: float,
        fill: HexColor | None,
        *,
        icon: bool = False,
        bar: Any = None,
    ) -> Table:
        """Cells on a ground of their own; with `icon` the first column is as narrow as an icon."""
        made = Table(rows, [28, width - 28] if icon else [width], cornerRadii=[6] * 4 if fill else None)
        style: list[tuple[Any, ...]] = [
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("LEFTPADDING", (0, 0), (-1, -1), 8),
            ("RIGHTPADDING", (0, 0), (-1, -1), 6),
            ("TOPPADDING", (0, 0), (-1, -1), 6),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 6),
        ]
        if fill:
            style.append(("BACKGROUND", (0, 0), (-1, -1), fill))
        if bar:
            style.append(("LINEBEFORE", (0, 0), (0, -1), 4, bar))
        made.setStyle(style)
        return made

    def titled(self, row: list[Any], width: float) -> Table:
        """An icon and a title side by side."""
        made = Table([row], [20, width - 20])
        made.setStyle(
            [("VALIGN", (0, 0), (-1, -1), "TOP")] + [(side, (0, 0), (-1, -1), 0) for side in _PADDINGS]
        )
        return made

    def heading(self, section: dict[str, Any]) -> Iterator[Flowable]:
        number = f"{section['number']}\u2002" if section["number"] else ""
        words = _paragraph(number + _rich(section["heading"]), "heading")
        yield CondPageBreak(60)
        yield Spacer(0, 8)
        yield self.titled([self.icon(section["icon"], "brand"), words], INNER) if section["icon"] else words
        yield Spacer(0, 7)

    def blocks(
        self, blocks: list[dict[str, Any]], width: float, style: str | None = None
    ) -> Iterator[Flowable]:
        for block in blocks:
            match block["kind"]:
                case "paragraph":
                    yield _paragraph(_rich(block["text"]), style)
                case "heading":
                    yield _paragraph(_rich(block["text"]), "box title")
                case "bullets":
                    items = [
                        ListItem(_paragraph(_rich(item), "tight"), spaceAfter=4) for item in block["items"]
                    ]
                    yield ListFlowable(
                        items,
                        bulletType="bullet",
                        start="•",
                        leftIndent=12,
                        bulletColor=BRAND,
                        bulletFontName="Atkinson",
                    )
                    yield Spacer(0, 3)
                case "steps":
                    yield self.steps(block, width)
                case "callout":
                    yield self.callout(block, width)
                    yield Spacer(0, 6)
                case "quote":
                    yield self.box([[_paragraph(_rich(block["text"]), "tight")]], width, None, bar=BRAND)
                    yield Spacer(0, 5)
                case "contacts":
                    yield from self.contacts(block)
                case "sources":
                    yield _paragraph(_rich(block["text"]), "least")
                case "imprint":
                    yield from self.imprint(block)

    def steps(self, block: dict[str, Any], width: float) -> ListFlowable:
        items = []
        for step in block["items"]:
            words = _paragraph(f"<b>{_rich(step['do'])}</b> {_rich(step['how'])}", "tight")
            row = Table([[words, self.icon(step["icon"], "alert") if step["icon"] else ""]], [width - 34, 16])
            row.setStyle(
                [("VALIGN", (0, 0), (-1, -1), "TOP")] + [(side, (0, 0), (-1, -1), 0) for side in _PADDINGS]
            )
            items.append(ListItem([row, Spacer(0, 4)]))
        return ListFlowable(
            items,
            bulletType="1",
            leftIndent=18,
            bulletColor=ALERT,
            bulletFontName="Atkinson-Bold",
            bulletFontSize=11.6,
        )

    def callout(self, block: dict[str, Any], width: float) -> KeepTogether:
        warning = block["tone"] == "warning"
        inner: list[Flowable] = []
        if block["title"]:
            words = _paragraph(_rich(block["title"]), "warning title" if warning else "box title")
            inner.append(
                self.titled([self.icon(block["icon"], "amber" if warning else "brand"), words], width - 14)
            )
        inner += self.blocks(block["blocks"], width - 14, "tight")
        return KeepTogether(
            [self.box([[inner]], width, SAND if warning else MIST, bar=AMBER if warning else None)]
        )

    def contacts(self, block: dict[str, Any]) -> Iterator[Flowable]:
        for contact in block["items"]:
            yield _paragraph(_rich(contact["name"]), "name")
            yield from self.phones(contact["phones"], "phone")
            web = (
                f"<a href={quoteattr(contact['url'])}>{escape(contact['url_text'])}</a>"
                if contact["url"]
                else ""
            )
            if line := " · ".join(filter(None, (web, _rich(contact["hours"])))):
                yield _paragraph(line, "small")
            if contact["note"]:
                yield _paragraph(_rich(contact["note"]), "small")

    def phones(self, phones: list[dict[str, Any]], style: str) -> Iterator[Flowable]:
        for phone in phones:
            link = f"<a href={quoteattr(phone['uri'])}>{escape(phone['text'])}</a>"
            yield _paragraph(" ".join(filter(None, (_rich(phone["label"]), link))), style)

    def imprint(self, block: dict[str, Any]) -> Iterator[Flowable]:
        if block["name"]:
            yield _paragraph(_rich(block["name"]), "name")
            for line in block["lines"]:
                yield _paragraph(_rich(line), "least")
            yield from self.phones(block["phones"], "least")
        for note in block["notes"]:
            yield _paragraph(_rich(note), "least")


_PADDINGS = ("LEFTPADDING", "RIGHTPADDING", "TOPPADDING", "BOTTOMPADDING")


if __name__ == "__main__":
    Path(sys.argv[2]).write_bytes(maker(Path(sys.argv[1]))())
