"""Pictures and QR codes on the canvas: SVG as vectors, PNG and JPEG as they are."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Any

from booklet.content.document import Picture
from booklet.pdf.objects import number

QUIET_ZONE = 4
"""Modules of white around a QR code (ISO/IEC 18004)."""


def draw(canvas: Any, picture: Picture, width: float, height: float) -> None:
    """Draw a picture with its lower left corner at the origin, scaled to `width` by `height`."""
    if picture.format == "svg":
        from reportlab.graphics import renderPDF

        drawing = _svg(picture.data)
        canvas.scale(width / drawing.width, height / drawing.height)
        renderPDF.draw(drawing, canvas, 0, 0)
    else:
        from reportlab.lib.utils import ImageReader

        canvas.drawImage(ImageReader(io.BytesIO(picture.data)), 0, 0, width, height, mask="auto")


@lru_cache(maxsize=64)
def _svg(data: bytes) -> Any:
    from svglib.svglib import svg2rlg

    drawing = svg2rlg(io.BytesIO(data))
    if drawing is None:
        raise ValueError("the SVG has nothing to draw")  # loading has checked it already
    return drawing


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
