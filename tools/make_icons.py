"""Makes booklet/icons/icons.json, the line icons that booklet draws, from those of the Lucide project.

    python tools/make_icons.py FOLDER

FOLDER is the unpacked npm package `lucide-static`. Each chosen icon becomes a list of path operators in its
box of 24 by 24 units, y pointing DOWN as in SVG:

    ["m", [x, y]]  ["l", [x, y]]  ["c", [x1, y1, x2, y2, x, y]]  ["h", []]

(move, line, cubic curve, close). The paths are to be stroked, 2 units wide, with round caps and joins, and
not filled. No icon may show drugs being used, needles or despair. The same package gives the same bytes.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from fontTools.pens.basePen import BasePen
from fontTools.pens.boundsPen import BoundsPen
from fontTools.svgLib import SVGPath

ICONS = Path(__file__).resolve().parent.parent / "booklet" / "icons"
BOX = 24
HALF_STROKE = 1
CHOSEN = (
    "activity", "ambulance", "baby", "bed", "bell", "book-open", "brain", "briefcase-medical", "calendar",
    "check", "chevron-down", "circle-check", "circle-help", "circle-x", "clipboard-list", "clock", "coffee",
    "compass", "cross", "ear", "eye", "file-text", "flag", "globe", "hand", "hand-coins", "hand-heart",
    "hand-helping", "heart", "heart-handshake", "hospital", "house", "info", "key", "languages", "leaf",
    "life-buoy", "lightbulb", "link", "lock", "mail", "map-pin", "message-circle", "messages-square",
    "moon", "pencil", "phone", "phone-call", "pill", "printer", "refresh-cw", "rotate-cw", "route",
    "search", "shield", "shield-check", "siren", "smile", "sprout", "star", "stethoscope", "sun",
    "triangle-alert", "user", "users", "volume-2", "wind",
)  # fmt: skip

Operator = tuple[str, list[float]]


class OperatorPen(BasePen):
    """Collects what is drawn as operators; its base class turns quadratic curves into cubic ones."""

    def __init__(self) -> None:
        super().__init__(None)
        self.operators: list[Operator] = []

    def _add(self, operator: str, *points: tuple[float, float]) -> None:
        self.operators.append((operator, [tidy(number) for point in points for number in point]))

    def _moveTo(self, pt: tuple[float, float]) -> None:
        self._add("m", pt)

    def _lineTo(self, pt: tuple[float, float]) -> None:
        self._add("l", pt)

    def _curveToOne(
        self, pt1: tuple[float, float], pt2: tuple[float, float], pt3: tuple[float, float]
    ) -> None:
        self._add("c", pt1, pt2, pt3)

    def _closePath(self) -> None:
        self._add("h")


def tidy(number: float) -> float:
    """Thousandths of a unit are finer than any printer; whole numbers are written without a point."""
    rounded = round(number, 3)
    return int(rounded) if rounded == int(rounded) else rounded


def operators(svg: Path) -> list[Operator]:
    """The paths of one icon. Raises ValueError if its stroke would leave the box."""
    drawing = SVGPath(svg)
    drawing.draw(pen := OperatorPen())
    drawing.draw(bounds := BoundsPen(None))
    if min(bounds.bounds) < HALF_STROKE or max(bounds.bounds) > BOX - HALF_STROKE:
        raise ValueError(f"{svg.name} leaves the box of {BOX} units: {bounds.bounds}.")
    return pen.operators


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the line icons that booklet draws.")
    parser.add_argument("folder", type=Path, help="the unpacked package lucide-static")
    folder = parser.parse_args().folder
    lines = [f'  "{name}": {json.dumps(operators(folder / "icons" / f"{name}.svg"))}' for name in CHOSEN]
    (ICONS / "icons.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    version = json.loads((folder / "package.json").read_text(encoding="utf-8"))["version"]
    licence = (folder / "LICENSE").read_text(encoding="utf-8").strip()
    source = f"The paths in icons.json were made from Lucide {version} (npm package lucide-static)."
    (ICONS / "LICENSE.txt").write_text(f"{source}\n\n{licence}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
