"""Pictures and QR codes on the canvas: SVG as vectors, PNG and JPEG as they are."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Any

from booklet.content.document import Picture
from booklet.pdf.gray import gray as gray_of
from booklet.pdf.syntax import number

QUIET_ZONE = 4
"""Modules of white around a QR code (ISO/IEC 18004)."""


def draw(canvas: Any, picture: Picture, width: float, height: float, *, gray: bool = False) -> None:
    """Draw a picture with its lower left corner at the origin, scaled to `width` by `height`."""
    if picture.format == "svg":
        from reportlab.graphics import renderPDF

        drawing = _svg(picture.data, gray)
        canvas.scale(width / drawing.width, height / drawing.height)
        renderPDF.draw(drawing, canvas, 0, 0)
    else:
        from reportlab.lib.utils import ImageReader

        data = _gray(picture.data) if gray else picture.data
        canvas.drawImage(ImageReader(io.BytesIO(data)), 0, 0, width, height, mask="auto")


@lru_cache(maxsize=64)
def _svg(data: bytes, gray: bool) -> Any:
    from svglib.svglib import svg2rlg

    drawing = svg2rlg(io.BytesIO(data))
    if drawing is None:
        raise ValueError("the SVG has nothing to draw")  # loading has checked it already
    if gray:
        _colorless(drawing)
    return drawing


def _colorless(shape: Any) -> None:
    """Give a drawing and all within it the grays of its colours."""
    from reportlab.lib.colors import Color

    for name in ("fillColor", "strokeColor"):
        color = getattr(shape, name, None)
        if isinstance(color, Color):
            value = gray_of("#" + color.hexval()[2:])
            setattr(shape, name, Color(value, value, value, color.alpha))
    for inner in getattr(shape, "contents", ()):
        _colorless(inner)


def _gray(data: bytes) -> bytes:
    """An image as a PNG in shades of gray; what is transparent stays so."""
    from PIL import Image

    with Image.open(io.BytesIO(data)) as image:
        clear = image.mode in ("LA", "PA", "RGBA") or "transparency" in image.info
        made = image.convert("RGBA").convert("LA") if clear else image.convert("L")
        made.save(out := io.BytesIO(), "PNG")
    return out.getvalue()


@lru_cache(maxsize=256)
def code(data: str, width: float) -> str:
    """The path operators of a QR code `width` points square, quiet zone included, black on white."""
    import segno

    matrix = segno.make(data, error="m", micro=False).matrix
    module = width / (len(matrix) + 2 * QUIET_ZONE)
    parts = [f"1 g 0 0 {number(width)} {number(width)} re f 0 g"]
    for row, modules in enumerate(matrix):
        y = width - (row + QUIET_ZONE + 1) * module
        start = 0
        while start < len(modules):
            end = start
            while end < len(modules) and modules[end]:
                end += 1
            if end > start:
                x = (start + QUIET_ZONE) * module
                parts.append(f"{x:.4f} {y:.4f} {(end - start) * module:.4f} {module:.4f} re")
            start = end + 1
    return " ".join(parts) + " f"
