"""Paper sizes, and which of them belong together."""

from __future__ import annotations

from typing import Literal

Orientation = Literal["portrait", "landscape"]
INCH = 72.0
MM = 72 / 25.4
PAPERS = {
    "letter": (8.5 * INCH, 11 * INCH),
    "legal": (8.5 * INCH, 14 * INCH),
    "tabloid": (11 * INCH, 17 * INCH),
    "a3": (297 * MM, 420 * MM),
    "a4": (210 * MM, 297 * MM),
    "a5": (148 * MM, 210 * MM),
}
"""Portrait width and height in points (ANSI/ASME Y14.1, ISO 216)."""
METRIC = frozenset({"a3", "a4", "a5"})
"""Papers whose panels and cards are measured in millimetres."""
LARGER = {"letter": "tabloid", "a4": "a3"}
"""The paper of twice the size, for posters."""


def paper_size(paper: str, orientation: Orientation) -> tuple[float, float]:
    """Sheet width and height in points; `paper` is a key of PAPERS."""
    width, height = PAPERS[paper]
    return (width, height) if orientation == "portrait" else (height, width)
