"""One picture of a whole PDF: every sheet side with its folds and cuts, and the panels as they are read.

Needs the extra `preview`.
"""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from booklet.build import Made
from booklet.impose.model import Line, Placement, Plan, Side
from booklet.pagepictures import EDGE, GAP, TABLE, drawn, lay
from booklet.typeset.fonts import FONT_FOLDER

SCALE = 1.25
"""Pixels a point. All other measures here are pixels."""
ACROSS = 2
"""Sheet sides beside each other."""
MORE = 1.1
"""How much wider a row of panels may be, so that the six of a tri-fold stand in one."""
FOLD, CUT, SLIT, TRIM = "#0072b2", "#d55e00", "#a6009b", "#007a57"
"""Told apart by people who do not see all colours (Okabe and Ito's set, two of them darker)."""
DASH, SPACE, THICK = 10, 6, 2
HEAD = 40
"""Room for the line that says what is shown."""
INK = "#1d2b2f"


def png(made: Made) -> bytes:
    """The sides of the plan, two beside each other, their panels below: a PNG."""
    pages = drawn(made.data, SCALE)
    panels = _panels(made.plan, pages)
    for side, page in zip(made.plan.sides, pages, strict=True):
        _mark(page, side, numbers=bool(panels))
    room = max(page.width for page in pages) * ACROSS + GAP
    rows = _rows(pages, room) + _rows(panels, round(MORE * room))
    picture = _table(rows, _said(made))
    picture.save(out := BytesIO(), "PNG")
    return out.getvalue()


def _said(made: Made) -> list[tuple[str, str]]:
    """What the picture shows, and the lines that are in it, each with its colour."""
    sides = made.plan.sides
    lines = [
        ("fold", FOLD, any(side.folds for side in sides)),
        ("cut", CUT, any(side.cuts for side in sides)),
        ("slit", SLIT, any(side.slits for side in sides)),
        ("trim", TRIM, any(side.trim for side in sides)),
    ]
    return [(made.name, INK), *((f"- - {word}", color) for word, color, there in lines if there)]


def _rows(pictures: list[Image.Image], width: int) -> list[list[Image.Image]]:
    """As many pictures in a row as there is room for."""
    rows: list[list[Image.Image]] = []
    left = -1
    for picture in pictures:
        if picture.width > left:
            rows.append([])
            left = width
        rows[-1].append(picture)
        left -= picture.width + GAP
    return rows


def _table(rows: list[list[Image.Image]], said: list[tuple[str, str]]) -> Image.Image:
    width = max(sum(each.width + GAP for each in row) - GAP for row in rows)
    tall = [max(each.height for each in row) for row in rows]
    high = HEAD + 2 * EDGE + sum(tall) + GAP * (len(rows) - 1)
    table = Image.new("RGB", (width + 2 * EDGE, high), TABLE)
    draw, x = ImageDraw.Draw(table), float(EDGE)
    for words, color in said:
        draw.text((x, EDGE), words, fill=color, font=_font(20))
        x += draw.textlength(words, font=_font(20)) + GAP
    y = HEAD + EDGE
    for row, height in zip(rows, tall, strict=True):
        place = EDGE
        for each in row:
            lay(table, each, place, y)
            place += each.width + GAP
        y += height + GAP
    return table


def _panels(plan: Plan, pages: list[Image.Image]) -> list[Image.Image]:
    """The panels upright and in reading order, cut out of the sides; none where each fills its side."""
    found: dict[int, Image.Image] = {}
    for side, page in zip(plan.sides, pages, strict=True):
        for place in side.placements:
            left, bottom, right, top = place.box
            if (right - left, top - bottom) == (side.width, side.height) or place.panel in found:
                continue
            found[place.panel] = page.crop(_pixels(side, place)).rotate(-place.turn, expand=True)
    for panel, picture in found.items():
        _number(picture, panel + 1, 6, 6)
    return [found[panel] for panel in sorted(found)]


def _pixels(side: Side, place: Placement) -> tuple[int, int, int, int]:
    left, bottom, right, top = place.box
    return (
        round(left * SCALE), round((side.height - top) * SCALE),
        round(right * SCALE), round((side.height - bottom) * SCALE),
    )  # fmt: skip


def _mark(page: Image.Image, side: Side, *, numbers: bool) -> None:
    """Draw folds, cuts, slits and the trim on a side, and each panel's number in its upper left corner."""
    draw = ImageDraw.Draw(page)
    for lines, color in ((side.folds, FOLD), (side.cuts, CUT), (side.slits, SLIT)):
        for line in lines:
            _dashed(draw, line, side.height, color)
    if side.trim:
        left, bottom, right, top = side.trim
        edges = [Line(x, bottom, x, top) for x in (left, right)]
        edges += [Line(left, y, right, y) for y in (bottom, top)]
        for line in edges:
            _dashed(draw, line, side.height, TRIM)
    for place in side.placements if numbers else ():
        left, top, right, bottom = _pixels(side, place)
        x = left + 6 if place.turn in (0, 270) else right - 34
        y = top + 6 if place.turn in (0, 90) else bottom - 30
        _number(page, place.panel + 1, x, y)


def _dashed(draw: ImageDraw.ImageDraw, line: Line, height: float, color: str) -> None:
    """A line of points from the lower left of a side, in dashes."""
    x1, y1, x2, y2 = (SCALE * each for each in (line.x1, height - line.y1, line.x2, height - line.y2))
    length = abs(x2 - x1) + abs(y2 - y1)
    across, down = (x2 - x1) / length, (y2 - y1) / length
    at = 0.0
    while at < length:
        end = min(at + DASH, length)
        spot = (x1 + at * across, y1 + at * down, x1 + end * across, y1 + end * down)
        draw.line(spot, fill=color, width=THICK)
        at = end + SPACE


def _number(picture: Image.Image, value: int, x: int, y: int) -> None:
    """A small plate with a number."""
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((x, y, x + 28, y + 24), 5, fill=INK)
    draw.text((x + 14, y + 12), str(value), fill="white", font=_font(16), anchor="mm")


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT_FOLDER / "AtkinsonHyperlegibleNext-Bold.ttf", size)
