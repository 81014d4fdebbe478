"""Pages of a PDF as pictures, and how they lie on a table with a soft shadow. Needs the extra `preview`."""

from __future__ import annotations

import pypdfium2
from PIL import Image, ImageFilter

TABLE = "#e9eaec"
"""The ground on which the pages lie."""
EDGE, GAP, SHADOW = 28, 22, 7
"""Pixels: around all pages, between them, of the shadow."""


def sizes(data: bytes) -> list[tuple[float, float]]:
    """Width and height of each page, in points."""
    with pypdfium2.PdfDocument(data) as pdf:
        return [page.get_size() for page in pdf]


def drawn(data: bytes, scale: float) -> list[Image.Image]:
    """The pages, `scale` pixels a point."""
    with pypdfium2.PdfDocument(data) as pdf:
        return [page.render(scale=scale).to_pil().convert("RGB") for page in pdf]


def lay(sheet: Image.Image, page: Image.Image, x: int, y: int) -> None:
    """Put a page on the table with its upper left corner at a place."""
    room = 3 * SHADOW
    left, top = max(0, x - room), max(0, y - room)
    around = (left, top, min(sheet.width, x + page.width + room), min(sheet.height, y + page.height + room))
    shade = Image.new("L", (around[2] - left, around[3] - top), 0)
    down = y + SHADOW // 2 - top
    shade.paste(70, (x - left, down, x - left + page.width, down + page.height))
    sheet.paste("#20282c", around, shade.filter(ImageFilter.GaussianBlur(SHADOW)))
    sheet.paste(page, (x, y))
