"""Paper as a person handles it: printed on both sides, folded, slit, cut, piled up and opened.

Geometry alone: what a plan says is printed, and then only the paper is asked. A *facet* is what lies between
folds and cuts. It has two faces, and on each at most one panel, with its box and the way its head points, all
as seen from above; what looks down is seen through the paper. Folding is reflection, and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from typing import Literal, NamedTuple

from booklet.impose.model import Line, Plan, Side

Axis = Literal["x", "y"]
Box = tuple[float, float, float, float]
CLOSE = 0.1
"""Points that front and back, or two pages of a book, may stand apart."""
UP = (0, 1)
HEADS = {0: UP, 90: (-1, 0), 180: (0, -1), 270: (1, 0)}
"""Where the head of a panel points that is turned so many degrees counterclockwise."""


@dataclass(frozen=True)
class Print:
    """A panel on a face."""

    panel: int
    copy: int
    box: Box
    head: tuple[int, int]

    def reflected(self, axis: Axis, at: float) -> Print:
        x, y = self.head
        return replace(self, box=_reflected(self.box, axis, at), head=(-x, y) if axis == "x" else (x, -y))


@dataclass(frozen=True)
class Facet:
    """A piece between folds and cuts; `place` is its column and row (from the foot) on the printed sheet.

    `swapped` says that what was its left edge is now on the right.
    """

    sheet: int
    place: tuple[int, int]
    box: Box
    up: Print | None
    down: Print | None
    swapped: bool = False

    def reflected(self, axis: Axis, at: float) -> Facet:
        """Turned over about a line."""
        up, down = (face and face.reflected(axis, at) for face in (self.down, self.up))
        box, swapped = _reflected(self.box, axis, at), self.swapped != (axis == "x")
        return replace(self, box=box, up=up, down=down, swapped=swapped)

    def moved(self, dx: float, dy: float) -> Facet:
        """Pushed along the table."""
        up, down = (face and replace(face, box=_moved(face.box, dx, dy)) for face in (self.up, self.down))
        return replace(self, box=_moved(self.box, dx, dy), up=up, down=down)

    @property
    def right_edge(self) -> float:
        """Where the edge is that was its right one on the printed sheet."""
        return self.box[0 if self.swapped else 2]

    @property
    def left_edge(self) -> float:
        return self.box[2 if self.swapped else 0]

    @property
    def middle(self) -> tuple[float, float]:
        return _middle(self.box)


Pile = tuple[Facet, ...]
"""Facets on a table, the lowest first."""


class Opening(NamedTuple):
    """What lies before a reader: the panel on the left and that on the right."""

    left: int | None
    right: int | None


# --- printing ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sheet:
    """A printed sheet, trimmed, its front up and head away from the reader."""

    pile: Pile
    width: float
    height: float
    folds: tuple[Line, ...]

    def hinged(self, one: Facet, other: Facet) -> Axis | None:
        """The kind of fold that holds two facets together, or None."""
        (column, row), (column_, row_) = sorted((one.place, other.place))
        if (column_ - column, row_ - row) not in ((1, 0), (0, 1)) or one.sheet != other.sheet:
            return None
        box = next(facet.box for facet in self.pile if facet.place == (column, row))
        x, y = _middle(box)
        axis: Axis = "x" if row == row_ else "y"
        edge = (box[2], y) if axis == "x" else (x, box[3])
        return axis if any(_on(line, edge) for line in self.folds) else None


def printed(plan: Plan) -> list[Sheet]:
    """The sheets as they leave the printer. It turns them over about an edge, which is an axis in the paper:
    the short edges of a landscape sheet are the vertical ones."""
    step = 1 if plan.duplex == "none" else 2
    sheets = []
    for number, first in enumerate(range(0, len(plan.sides), step)):
        front, *backs = plan.sides[first : first + step]
        width, height = _size(front)
        axis: Axis = "x" if (plan.duplex == "short-edge") == (width > height) else "y"
        sheets.append(_sheet(number, front, backs[0] if backs else None, axis))
    return sheets


def _sheet(number: int, front: Side, back: Side | None, axis: Axis) -> Sheet:
    width, height = _size(front)
    through = (width if axis == "x" else height) / 2
    lines, folds = _lines(front), _trimmed(front, front.folds)
    fronts = _prints(front)
    backs = []
    if back is not None:
        assert _size(back) == (width, height), "front and back are different papers"
        backs = [one.reflected(axis, through) for one in _prints(back)]
        behind = sorted(_reflected(_ends(line), axis, through) for line in _lines(back))
        before = sorted(map(_ends, lines))
        assert len(behind) == len(before), "a line is on one side only"
        for one, other in zip(before, behind, strict=True):
            assert _near(one, other), f"the line {one} is at {other} on the back"
    xs = [0.0, *sorted({round(line.x1, 3) for line in lines if line.vertical}), width]
    ys = [0.0, *sorted({round(line.y1, 3) for line in lines if not line.vertical}), height]
    pile = []
    for column, (left, right) in enumerate(pairwise(xs)):
        for row, (bottom, top) in enumerate(pairwise(ys)):
            box = (left, bottom, right, top)
            pile.append(Facet(number, (column, row), box, _only(fronts, box), _only(backs, box)))
    placed = [face for facet in pile for face in (facet.up, facet.down) if face]
    assert len(placed) == len(fronts) + len(backs), "a panel lies beside the sheet or on a fold"
    return Sheet(tuple(pile), width, height, folds)


def _prints(side: Side) -> list[Print]:
    left, bottom = side.sheet[:2]
    return [Print(p.panel, p.copy, _moved(p.box, -left, -bottom), HEADS[p.turn]) for p in side.placements]


def _lines(side: Side) -> list[Line]:
    return [*_trimmed(side, side.folds), *_trimmed(side, side.cuts), *_trimmed(side, side.slits)]


def _trimmed(side: Side, lines: Sequence[Line]) -> tuple[Line, ...]:
    """Lines as they are after the print shop has trimmed the sheet."""
    left, bottom = side.sheet[:2]
    return tuple(Line(ln.x1 - left, ln.y1 - bottom, ln.x2 - left, ln.y2 - bottom) for ln in lines)


def _size(side: Side) -> tuple[float, float]:
    left, bottom, right, top = side.sheet
    return round(right - left, 3), round(top - bottom, 3)


def _only(prints: Sequence[Print], box: Box) -> Print | None:
    """The panel in a facet."""
    found = [one for one in prints if _inside(_middle(one.box), box)]
    assert len(found) < 2, f"panels {[one.panel for one in found]} share a place"
    return found[0] if found else None


# --- hands ---------------------------------------------------------------------------------------


def fold(pile: Pile, axis: Axis, at: float, moving: Literal["low", "high"], *, over: bool = True) -> Pile:
    """Fold what is on one side of a line (left and below are low) over the rest, or behind it."""
    index = 0 if axis == "x" else 1
    for facet in pile:
        low, high = facet.box[index], facet.box[index + 2]
        assert high < at + CLOSE or low > at - CLOSE, f"facet {facet.place} would break at {at}"
    goes = [facet for facet in pile if (facet.middle[index] < at) == (moving == "low")]
    stays = tuple(facet for facet in pile if facet not in goes)
    gone = tuple(facet.reflected(axis, at) for facet in reversed(goes))
    return stays + gone if over else gone + stays


def turned_over(pile: Pile, about: float = 0.0) -> Pile:
    """The pile turned like a page, about a vertical axis."""
    return tuple(facet.reflected("x", about) for facet in reversed(pile))


def inside_up(sheet: Sheet) -> Pile:
    """A sheet on the table with its back up, turned over where it lies."""
    return turned_over(sheet.pile, sheet.width / 2)


def cut(sheet: Sheet, columns: int, rows: int) -> list[list[Facet]]:
    """The pieces of a sheet that is cut apart, from the head down, from left to right. Margins are waste."""
    assert not sheet.folds
    places = {facet.place: facet for facet in sheet.pile}
    across, down = 1 + max(x for x, _ in places), 1 + max(y for _, y in places)
    for there, wanted in ((across, columns), (down, rows)):
        assert there in (wanted, wanted + 2), f"{there} strips, and {wanted} pieces"
    first, foot = (across - columns) // 2, (down - rows) // 2
    return [
        [places[first + column, foot + row] for column in range(columns)] for row in reversed(range(rows))
    ]


def stitched(sheets: Sequence[Sheet], rtl: bool, thickness: float = 0.0) -> Pile:
    """Sheets laid on each other inside up, the first lowest, folded together so that its outside is around
    all: the leaves of a booklet. A fold around others has less paper left: each sheet further in stands out
    at the fore-edge by a thickness more."""
    (crease,) = sheets[0].folds
    pile = tuple(facet for sheet in sheets for facet in inside_up(sheet))
    first = min(sheet.pile[0].sheet for sheet in sheets)
    closed = fold(pile, "x", crease.x1, "high" if rtl else "low")
    return tuple(facet.moved((facet.sheet - first) * thickness * (-1 if rtl else 1), 0) for facet in closed)


def folded_away(sheet: Sheet, rtl: bool) -> Pile:
    """To and fro: the end where the cover is stays, the rest goes behind it, time and again."""
    creases = sorted(line.x1 for line in sheet.folds)
    here, there = (creases[0], 0.0) if rtl else (creases[-1], sheet.width)
    pile = sheet.pile
    for _ in creases:
        pile = fold(pile, "x", here, "high" if here > there else "low", over=False)
        here, there = there, here
    return pile


def opened_like_a_book(pile: Pile, rtl: bool) -> Pile:
    """The uppermost facet turned about its spine."""
    *rest, top = pile
    return (*rest, top.reflected("x", top.box[2] if rtl else top.box[0]))


def folded_in(sheet: Sheet, first: Literal["left", "right"]) -> tuple[Pile, Pile, Pile]:
    """Three panels, inside up: as they lie open; with one end folded in; with the other folded over that."""
    left, right = sorted(sheet.width - line.x1 for line in sheet.folds)
    flat = inside_up(sheet)
    if first == "left":
        half = fold(flat, "x", left, "low")
        return flat, half, fold(half, "x", right, "high")
    half = fold(flat, "x", right, "high")
    return flat, half, fold(half, "x", left, "low")


def quartered(sheet: Sheet, rtl: bool) -> Pile:
    """The top half folded behind, then the half on the far side of the cover's."""
    (level,) = (line.y1 for line in sheet.folds if not line.vertical)
    (upright_,) = (line.x1 for line in sheet.folds if line.vertical)
    half = fold(sheet.pile, "y", level, "high", over=False)
    return fold(half, "x", upright_, "high" if rtl else "low", over=False)


def wrapped(sheet: Sheet, rtl: bool) -> Pile:
    """A slit sheet folded long ways, the half without the cover behind, its ends pushed together and wrapped
    around the spine.

    The ends of the slit meet: they are the spine. From the cover on, the ring of facets is folded to and fro.
    """
    middle = max(facet.box[1] for facet in sheet.pile)
    front = next(facet.place[1] for facet in sheet.pile if _is_cover(facet))
    flat = fold(sheet.pile, "y", middle, "low" if front else "high", over=False)
    columns = 1 + max(facet.place[0] for facet in flat)
    places = [(x, front) for x in range(columns)] + [(x, 1 - front) for x in reversed(range(columns))]
    if rtl:
        places.reverse()
    facets = {facet.place: facet for facet in flat}
    start = next(number for number, place in enumerate(places) if _is_cover(facets[place]))
    ring = [facets[place] for place in (*places[start:], *places[:start])]
    beside = {frozenset(pair) for pair in pairwise([*ring, ring[0]])}
    for one, other in combinations(ring, 2):
        assert {one, other} in beside or not sheet.hinged(one, other), "the slit does not reach so far"
    spine = ring[0].box[2 if rtl else 0]
    assert any(abs(spine - end) < CLOSE for end in _slit_ends(sheet)), "the cover's spine is not at the slit"
    pile, lines = [ring[0]], list[float]()
    for last, facet in pairwise(ring):
        joint = sheet.hinged(last, facet)
        assert joint, f"{last.place} and {facet.place} do not hang together"
        if joint == "x":
            placed = pile[-1]
            lines.append(placed.right_edge if last.place < facet.place else placed.left_edge)
        pile.append(_turned(facet, lines))
    assert sheet.hinged(ring[-1], ring[0]), "the back does not hang on the cover"
    assert _near(pile[-1].box, pile[0].box), "the ring does not close"
    return tuple(reversed(pile))


def _turned(facet: Facet, lines: Sequence[float]) -> Facet:
    """Turned over about each of the vertical lines, one after the other."""
    for at in lines:
        facet = facet.reflected("x", at)
    return facet


def _is_cover(facet: Facet) -> bool:
    return any(face and face.panel == 0 for face in (facet.up, facet.down))


def _slit_ends(sheet: Sheet) -> list[float]:
    """Where the lengthwise fold begins and ends to be a slit: the places where head folds stop."""
    level = [line for line in sheet.folds if not line.vertical]
    return [x for line in level for x in (line.x1, line.x2) if 0 < x < sheet.width]


# --- eyes ----------------------------------------------------------------------------------------


def upright(face: Print | None) -> int | None:
    """The panel of a face that a reader looks at; it stands on its feet."""
    if face is None:
        return None
    assert face.head == UP, f"panel {face.panel} does not stand upright"
    return face.panel


def seen(pile: Pile) -> list[int | None]:
    """What shows of a pile from above, from left to right."""
    shown = [
        facet
        for height, facet in enumerate(pile)
        if not any(_inside(facet.middle, above.box) for above in pile[height + 1 :])
    ]
    return [upright(facet.up) for facet in sorted(shown, key=lambda facet: facet.middle[0])]


def leafed(pile: Pile, spine: Literal["left", "right"], sheets: Sequence[Sheet] = ()) -> list[Opening]:
    """What a reader sees who turns a closed book's leaves about its spine, from the cover on.

    Where two facets are held together elsewhere than at the spine, at the head or the fore-edge, nobody sees
    what is between them.
    """
    at = min(facet.box[0] for facet in pile) if spine == "left" else max(facet.box[2] for facet in pile)
    openings: list[Opening] = []
    turned: int | None = None
    down = list(reversed(pile))
    for place, facet in enumerate(down):
        above = down[place - 1] if place else None
        if above is None or not _closed(above, facet, spine, sheets):
            openings.append(_opening(turned, upright(facet.up), spine))
        else:
            assert (facet.up, above.down) == (None, None), "printed where nobody can look"
        turned = upright(facet.down and facet.down.reflected("x", at))
    return [*openings, _opening(turned, None, spine)]


def _opening(turned: int | None, under: int | None, spine: Literal["left", "right"]) -> Opening:
    return Opening(turned, under) if spine == "left" else Opening(under, turned)


def _closed(above: Facet, facet: Facet, spine: Literal["left", "right"], sheets: Sequence[Sheet]) -> bool:
    """Whether two facets, one on the other, hang together elsewhere than at the spine."""
    hinge = sheets[facet.sheet].hinged(above, facet) if sheets else None
    before = min(above, facet, key=lambda one: one.place)
    edge = before.box[0 if spine == "left" else 2]
    return hinge == "y" or (hinge == "x" and abs(before.right_edge - edge) > CLOSE)


def boxes(pile: Pile) -> list[Box]:
    """Where all panels of a pile lie."""
    return [face.box for facet in pile for face in (facet.up, facet.down) if face]


# --- numbers -------------------------------------------------------------------------------------


def _reflected(box: Box, axis: Axis, at: float) -> Box:
    left, bottom, right, top = box
    if axis == "x":
        return (2 * at - right, bottom, 2 * at - left, top)
    return (left, 2 * at - top, right, 2 * at - bottom)


def _moved(box: Box, dx: float, dy: float) -> Box:
    return (box[0] + dx, box[1] + dy, box[2] + dx, box[3] + dy)


def _middle(box: Box) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _inside(point: tuple[float, float], box: Box) -> bool:
    return box[0] < point[0] < box[2] and box[1] < point[1] < box[3]


def _near(one: Box, other: Box) -> bool:
    return all(abs(a - b) <= CLOSE for a, b in zip(one, other, strict=True))


def _ends(line: Line) -> Box:
    xs, ys = sorted((line.x1, line.x2)), sorted((line.y1, line.y2))
    return (xs[0], ys[0], xs[1], ys[1])


def _on(line: Line, point: tuple[float, float]) -> bool:
    left, bottom, right, top = _ends(line)
    return left - CLOSE < point[0] < right + CLOSE and bottom - CLOSE < point[1] < top + CLOSE
