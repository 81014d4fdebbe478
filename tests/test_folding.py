"""Printed, folded, cut and opened by hand, every scheme reads in order, upright, on the right side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from booklet.impose import schemes
from booklet.impose.cards import EU_BOOKMARK, EU_CARD, US_BOOKMARK, US_CARD
from booklet.impose.editions import BLEED, MARGIN, ground, press
from booklet.impose.marks import marks, registration
from booklet.impose.model import Line, Plan, Side
from booklet.impose.papers import INCH, METRIC, MM, PAPERS
from tests import folding
from tests.folding import CLOSE, Box, Opening, Pile, Sheet, leafed, printed, seen, upright

HANDS = pytest.mark.parametrize("rtl", [False, True], ids=["ltr", "rtl"])
SHEETS = pytest.mark.parametrize("paper", PAPERS)
SHEET_OF_PAPER = 0.1 * MM
"""A tenth of a millimetre: office paper of 80 g."""
PIECES = {
    "half-fold": 4,
    "tri-fold": 6,
    "z-fold": 6,
    "accordion": 8,
    "gate-fold": 6,
    "quarter-fold": 4,
    "zine": 8,
}


def made(name: str, paper: str, rtl: bool, panels: int, **more: object) -> Plan:
    return schemes.plan(name, schemes.Job(paper, panels, rtl, **more))  # type: ignore[arg-type]


def runs(plan: Plan) -> list[Plan]:
    """The ways in which the same piece is printed: here or at a print shop, over one edge or the other."""
    return [plan, plan.backs_turned(), press(plan), press(plan.backs_turned())]


def spine(rtl: bool) -> Literal["left", "right"]:
    return "right" if rtl else "left"


def spreads(pages: Sequence[int | None], rtl: bool) -> list[Opening]:
    """How a book of these pages opens: the first alone, then two by two, the last alone."""
    beside = [None, *pages, None]
    pairs = list(zip(beside[::2], beside[1::2], strict=True))
    return [Opening(right, left) if rtl else Opening(left, right) for left, right in pairs]


def read(row: Sequence[int | None], rtl: bool) -> list[int | None]:
    """Panels in a row as a reader of that language meets them."""
    return list(reversed(row)) if rtl else list(row)


def registers(sheets: Sequence[Sheet], tolerance: float = CLOSE) -> None:
    """Panels fill their places, and front and back of a leaf lie on each other."""
    for facet in (facet for sheet in sheets for facet in sheet.pile):
        for face in (facet.up, facet.down):
            if face:
                near(face.box, facet.box, tolerance)
        if facet.up and facet.down:
            near(facet.up.box, facet.down.box, CLOSE)


def near(one: Box, other: Box, tolerance: float = CLOSE) -> None:
    assert one == pytest.approx(other, abs=tolerance)


# --- leaves that are folded ----------------------------------------------------------------------


def reads_as_a_book(plan: Plan, pages: Sequence[int | None], rtl: bool, thickness: float = 0.0) -> None:
    """Folded once around each other, the sheets open from cover to back, and all pages lie on each other."""
    sheets = printed(plan)
    registers(sheets, tolerance=CLOSE + len(sheets) * thickness)
    closed = folding.stitched(sheets, rtl, thickness)
    assert leafed(closed, spine(rtl), sheets) == spreads(pages, rtl)
    lie_on_each_other(closed)


def reads_as_a_slit_book(plan: Plan, rtl: bool) -> None:
    sheets = printed(plan)
    registers(sheets)
    closed = folding.wrapped(sheets[0], rtl)
    assert leafed(closed, spine(rtl), sheets) == spreads(range(8), rtl)
    lie_on_each_other(closed)


def lie_on_each_other(closed: Pile) -> None:
    for box in folding.boxes(closed):
        near(box, folding.boxes(closed)[0])


@HANDS
@SHEETS
def test_a_half_fold_is_a_book_of_one_sheet(paper: str, rtl: bool) -> None:
    for run in runs(made("half-fold", paper, rtl, 4)):
        reads_as_a_book(run, [0, 1, 2, 3], rtl)


@HANDS
@SHEETS
def test_a_tri_fold_opens_as_a_reader_expects(paper: str, rtl: bool) -> None:
    """The cover; behind it the first inside panel beside the flap; then the whole inside; at the back, the
    back. The panel that folds in first is narrower, so that it does not reach the other fold."""
    hollow = 3 * MM if paper in METRIC else INCH / 16
    for run in runs(made("tri-fold", paper, rtl, 6)):
        sheets = printed(run)
        registers(sheets)
        flat, half, closed = folding.folded_in(sheets[0], "left" if rtl else "right")
        assert upright(closed[-1].up) == 0
        assert seen(folding.turned_over(closed)) == [5]
        assert read(seen(half), rtl) == [2, 1]
        assert read(seen(flat), rtl) == [2, 3, 4]
        assert read(seen(folding.turned_over(flat)), rtl) == [1, 5, 0]
        flap, middle = half[-1].box, next(facet.box for facet in half if facet.place == (1, 0))
        gap = middle[2] - flap[2] if rtl else flap[0] - middle[0]
        assert gap == pytest.approx(hollow, abs=0.01)
        near(closed[-1].box, middle)


@HANDS
@SHEETS
@pytest.mark.parametrize(
    ("name", "inside", "far"), [("z-fold", [2, 3, 1], [4, 5, 0]), ("accordion", [2, 3, 4, 5], [1, 6, 7, 0])]
)
def test_a_leaf_folded_to_and_fro_opens_like_a_book(
    name: str, inside: list[int], far: list[int], paper: str, rtl: bool
) -> None:
    """Closed: the cover, and the back behind. Opened once: the first two inside. Then the whole inside, and
    what is on its far side."""
    for run in runs(made(name, paper, rtl, PIECES[name])):
        (sheet,) = printed(run)
        registers([sheet])
        closed = folding.folded_away(sheet, rtl)
        assert seen(closed) == [0]
        assert seen(folding.turned_over(closed)) == [1]
        assert read(seen(folding.opened_like_a_book(closed, rtl)), rtl) == inside[:2]
        assert read(seen(folding.inside_up(sheet)), rtl) == inside
        assert read(seen(sheet.pile), rtl) == far
        assert len({tuple(round(edge, 1) for edge in facet.box) for facet in closed}) == 1


@HANDS
@SHEETS
def test_a_gate_fold_closes_over_its_centre(paper: str, rtl: bool) -> None:
    """The gates' backs are the cover, its halves in reading order. They meet without touching."""
    for run in runs(made("gate-fold", paper, rtl, 6)):
        (sheet,) = printed(run)
        registers([sheet])
        flat = folding.inside_up(sheet)
        assert read(seen(flat), rtl) == [2, 3, 4]
        left, right = sorted(line.x1 for line in sheet.folds)
        half = folding.fold(flat, "x", left, "low")
        closed = folding.fold(half, "x", right, "high")
        gates = sorted(closed[-2:], key=lambda facet: facet.middle[0])
        assert read([upright(gate.up) for gate in gates], rtl) == [0, 1]
        assert seen(folding.turned_over(closed)) == [5]
        gap = gates[1].box[0] - gates[0].box[2]
        assert gap == pytest.approx(1.5 * MM * 2 if paper in METRIC else INCH / 8, abs=0.01)
        middle = next(facet.box for facet in closed if facet.place == (1, 0))
        assert gates[0].box[0] == pytest.approx(middle[0], abs=CLOSE)
        assert gates[1].box[2] == pytest.approx(middle[2], abs=CLOSE)


@HANDS
@SHEETS
def test_a_quarter_fold_is_a_card(paper: str, rtl: bool) -> None:
    for run in runs(made("quarter-fold", paper, rtl, 4)):
        sheets = printed(run)
        registers(sheets)
        closed = folding.quartered(sheets[0], rtl)
        assert leafed(closed, spine(rtl), sheets) == spreads([0, 1, 2, 3], rtl)
        lie_on_each_other(closed)


@HANDS
@SHEETS
def test_a_slit_sheet_is_a_book_of_eight_pages(paper: str, rtl: bool) -> None:
    for run in runs(made("zine", paper, rtl, 8)):
        reads_as_a_slit_book(run, rtl)


@pytest.mark.parametrize(
    ("name", "paper", "unit", "widths"),
    [
        ("half-fold", "letter", INCH, (5.5, 5.5)),
        ("half-fold", "a4", MM, (148.5, 148.5)),
        ("z-fold", "letter", INCH, (11 / 3,) * 3),
        ("z-fold", "a4", MM, (99,) * 3),
        ("accordion", "legal", INCH, (3.5,) * 4),
        ("accordion", "a4", MM, (74.25,) * 4),
        ("gate-fold", "letter", INCH, (2.71875, 5.5625, 2.71875)),
        ("gate-fold", "tabloid", INCH, (4.21875, 8.5625, 4.21875)),
        ("gate-fold", "a4", MM, (73.5, 150, 73.5)),
        ("quarter-fold", "letter", INCH, (4.25,) * 2),
        ("zine", "a4", MM, (74.25,) * 4),
    ],
)
def test_panels_are_as_wide_as_the_trade_has_them(
    name: str, paper: str, unit: float, widths: tuple[float, ...]
) -> None:
    (sheet,) = printed(made(name, paper, False, PIECES[name]))
    row = sorted(facet.box for facet in sheet.pile if facet.place[1] == 0)
    assert [(box[2] - box[0]) / unit for box in row] == pytest.approx(widths, abs=0.001)


@HANDS
@pytest.mark.parametrize(("name", "panels"), PIECES.items())
@given(extra=st.integers(1, 17))
@settings(deadline=None)
def test_more_panels_than_a_piece_holds_begin_another(name: str, panels: int, rtl: bool, extra: int) -> None:
    """Piece after piece holds the same places; what is left over at the end is blank."""
    one, many = made(name, "a4", rtl, panels), made(name, "a4", rtl, panels + extra)
    assert many.duplex == one.duplex
    for number, side in enumerate(many.sides):
        piece, twin = divmod(number, len(one.sides))
        moved = [replace(p, panel=p.panel + piece * panels) for p in one.sides[twin].placements]
        assert list(side.placements) == [p for p in moved if p.panel < panels + extra]
    assert found(many) == list(range(panels + extra))


def found(plan: Plan) -> list[int]:
    """The panels of a plan, each as often as it is printed for the first time."""
    return sorted(p.panel for side in plan.sides for p in side.placements if not p.copy)


# --- leaves that are stapled, sewn or glued -------------------------------------------------------


def padded(panels: int) -> list[int | None]:
    """The pages of a booklet whose back cover is its last panel."""
    blank = [None] * (-panels % 4)
    return [*range(panels), *blank] if panels == 1 else [*range(panels - 1), *blank, panels - 1]


@HANDS
@pytest.mark.parametrize("panels", [*range(1, 41), 64])
def test_a_stapled_booklet_reads_from_cover_to_back(panels: int, rtl: bool) -> None:
    for run in runs(made("saddle", "letter", rtl, panels, thickness=SHEET_OF_PAPER)):
        assert -(-len(run.sides) // 2) == -(-panels // 4)
        reads_as_a_book(run, padded(panels), rtl, SHEET_OF_PAPER)


@HANDS
@SHEETS
@pytest.mark.parametrize("thickness", [0.0, SHEET_OF_PAPER, 0.5])
def test_all_pages_of_a_stapled_booklet_lie_on_each_other(paper: str, thickness: float, rtl: bool) -> None:
    """The inner sheets stand out at the fore-edge by a thickness each, and their pages are moved back by as
    much: when the fore-edge is cut, all margins are alike. 64 pages on paper of 0.1 mm creep by 1.5 mm."""
    plan = made("saddle", paper, rtl, 64, thickness=thickness)
    closed = folding.stitched(printed(plan), rtl, thickness)
    width, height = PAPERS[paper][1], PAPERS[paper][0]
    page = (0.0, 0.0, width / 2, height) if rtl else (width / 2, 0.0, width, height)
    assert len(folding.boxes(closed)) == 64
    for box in folding.boxes(closed):
        near(box, page, 0.01)
    outermost, innermost = (plan.sides[number].placements[0].x for number in (0, 30))
    assert abs(innermost - outermost) == pytest.approx(15 * thickness, abs=0.01)


@HANDS
@pytest.mark.parametrize("panels", [1, 3, 4, 5, 16, 17, 32, 33, 40, 64, 100])
@pytest.mark.parametrize("most", [1, 2, 3, 4, 8])
def test_signatures_are_folded_each_alone_and_put_one_behind_the_other(
    panels: int, most: int, rtl: bool
) -> None:
    for run in runs(made("signatures", "a4", rtl, panels, thickness=SHEET_OF_PAPER, sheets=most)):
        sheets = printed(run)
        book: Pile = ()
        start = 0
        bundles = bundled(len(sheets), most)
        for count in bundles:
            assert count <= most
            bundle = folding.stitched(sheets[start : start + count], rtl, SHEET_OF_PAPER)
            lie_on_each_other(bundle)
            book = (*bundle, *book)
            start += count
        assert leafed(book, spine(rtl), sheets) == spreads(padded(panels), rtl)


def bundled(sheets: int, most: int) -> list[int]:
    """How a binder shares sheets out: as few bundles as can be, as equal as can be, the thick ones first."""
    bundles = -(-sheets // most)
    shares = []
    for left in range(bundles, 0, -1):
        shares.append(-(-sheets // left))
        sheets -= shares[-1]
    return shares


# --- leaves that are cut apart --------------------------------------------------------------------


@HANDS
@pytest.mark.parametrize("panels", range(1, 31))
@pytest.mark.parametrize(
    ("columns", "rows", "orientation"),
    [(1, 1, "portrait"), (2, 2, "portrait"), (2, 1, "landscape"), (3, 2, "landscape"), (1, 3, "portrait")],
)
def test_a_stack_cut_through_and_piled_up_is_in_order(
    panels: int, columns: int, rows: int, orientation: str, rtl: bool
) -> None:
    """The pile from the corner where the language begins goes on top, the one beside it under that."""
    job = {"columns": columns, "rows": rows, "orientation": orientation}
    for run in runs(made("cut-stack", "letter", rtl, panels, **job)):
        sheets = printed(run)
        registers(sheets)
        piece = sheets[0].width / columns, sheets[0].height / rows
        stacks = [read_rows(folding.cut(sheet, columns, rows), rtl) for sheet in sheets]
        pile = []
        for cell in range(columns * rows):
            for stack in stacks:
                left, bottom, right, top = stack[cell].box
                assert (right - left, top - bottom) == pytest.approx(piece, abs=CLOSE)
                pile.append(stack[cell].moved(-left, -bottom))
        leaves = len(sheets) * columns * rows
        assert 2 * (leaves - columns * rows) < panels <= 2 * leaves, "too many sheets"
        pages = [*range(panels), *[None] * (2 * leaves - panels)]
        assert leafed(tuple(reversed(pile)), spine(rtl)) == spreads(pages, rtl)


def read_rows(rows: list[list[folding.Facet]], rtl: bool) -> list[folding.Facet]:
    return [piece for row in rows for piece in (reversed(row) if rtl else row)]


CARDS = {
    "us-card": ("letter", US_CARD, (3.5 * INCH, 2 * INCH)),
    "eu-card": ("a4", EU_CARD, (85 * MM, 55 * MM)),
    "bookmark": ("a4", EU_BOOKMARK, (50 * MM, 180 * MM)),
    "bookmark of letter": ("letter", US_BOOKMARK, (2 * INCH, 7 * INCH)),
    "card": ("a4", EU_CARD, (85 * MM, 55 * MM)),
    "card of letter": ("letter", US_CARD, (3.5 * INCH, 2 * INCH)),
    "card of a3": ("a3", EU_CARD, (85 * MM, 55 * MM)),
    "card of legal": ("legal", US_CARD, (3.5 * INCH, 2 * INCH)),
    "us-card of a4": ("a4", US_CARD, (3.5 * INCH, 2 * INCH)),
}


@HANDS
@pytest.mark.parametrize("panels", [1, 2, 3, 4])
@pytest.mark.parametrize("case", CARDS)
def test_every_card_of_a_sheet_is_whole(case: str, panels: int, rtl: bool) -> None:
    """Each has its size and the right back, upright when it is turned like a page. The first copy, the one
    that is read aloud, is in the corner where the language begins."""
    paper, card, size = CARDS[case]
    plan = made(case.split(" of ")[0], paper, rtl, panels)
    assert found(plan) == list(range(panels))
    for run in runs(plan):
        sheets = printed(run)
        registers(sheets)
        assert len(sheets) == -(-panels // 2)
        for number, sheet in enumerate(sheets):
            pieces = read_rows(folding.cut(sheet, card.columns, card.rows), rtl)
            for place, piece in enumerate(pieces):
                left, bottom, right, top = piece.box
                assert (right - left, top - bottom) == pytest.approx(size, abs=0.01)
                pages = [2 * number, 2 * number + 1 if 2 * number + 1 < panels else None]
                assert leafed((piece,), spine(rtl)) == spreads(pages, rtl)
                assert {face.copy for face in (piece.up, piece.down) if face} == {place}


# --- sheets that stay whole -----------------------------------------------------------------------


@HANDS
@SHEETS
@pytest.mark.parametrize("panels", [1, 2, 3, 8])
@pytest.mark.parametrize("orientation", ["portrait", "landscape"])
@pytest.mark.parametrize("duplex", ["long-edge", "short-edge", "none"])
def test_a_handout_is_turned_over_its_edge(
    paper: str, panels: int, orientation: str, duplex: str, rtl: bool
) -> None:
    """Sheets in a pile, each read and turned over the edge that the layout names: like a page, or upward."""
    turned: folding.Axis = "x" if (duplex == "short-edge") == (orientation == "landscape") else "y"
    plan = made("one-up", paper, rtl, panels, orientation=orientation, duplex=duplex)
    width, height = PAPERS[paper] if orientation == "portrait" else reversed(PAPERS[paper])
    assert plan.panel_sizes() == ((width, height),) * panels
    for run in runs(plan):
        sheets = printed(run)
        registers(sheets)
        assert len(sheets) == (panels if duplex == "none" else -(-panels // 2))
        met = []
        for sheet in sheets:
            (leaf,) = sheet.pile
            met += [upright(leaf.up), upright(leaf.reflected(turned, 0).up)]
        assert [panel for panel in met if panel is not None] == list(range(panels))


@SHEETS
def test_a_poster_is_a_sheet_printed_on_one_side(paper: str) -> None:
    for orientation in ("portrait", "landscape"):
        sheets = printed(press(made("poster", paper, False, 2, orientation=orientation)))
        registers(sheets)
        assert [seen(sheet.pile) for sheet in sheets] == [[0], [1]]
        assert [(sheet.width > sheet.height) for sheet in sheets] == [orientation == "landscape"] * 2


def test_no_scheme_is_left_out() -> None:
    here = {*PIECES, "saddle", "signatures", "cut-stack", "one-up", "poster"}
    assert here | {case.split(" of ")[0] for case in CARDS} == set(schemes.SCHEMES)


# --- the paper itself notices ---------------------------------------------------------------------


def edited(plan: Plan, side: int, **change: object) -> Plan:
    sides = list(plan.sides)
    sides[side] = replace(sides[side], **change)  # type: ignore[arg-type]
    return replace(plan, sides=tuple(sides))


def swapped(plan: Plan, side: int) -> Plan:
    """Two panels in each other's place."""
    one, other = plan.sides[side].placements
    return edited(plan, side, placements=(replace(one, panel=other.panel), replace(other, panel=one.panel)))


def shifted(plan: Plan, side: int, by: float) -> Plan:
    return edited(plan, side, placements=tuple(replace(p, x=p.x + by) for p in plan.sides[side].placements))


def capsized(plan: Plan, side: int) -> Plan:
    """One panel upside down."""
    first, *others = plan.sides[side].placements
    return edited(plan, side, placements=(replace(first, turn=180), *others))


def creased(plan: Plan, side: int, by: float) -> Plan:
    return edited(plan, side, folds=tuple(fold.moved(by, 0) for fold in plan.sides[side].folds))


FAULTS: dict[str, Callable[[Plan], Plan]] = {
    "turned over the wrong edge": lambda plan: replace(plan, duplex="long-edge"),
    "two panels swapped": lambda plan: swapped(plan, 2),
    "sides swapped": lambda plan: replace(plan, sides=(plan.sides[1], plan.sides[0], *plan.sides[2:])),
    "sheets swapped": lambda plan: replace(plan, sides=(*plan.sides[2:], *plan.sides[:2])),
    "a back out of register": lambda plan: shifted(plan, 1, 0.3),
    "a panel upside down": lambda plan: capsized(plan, 3),
    "a fold beside the spine": lambda plan: creased(plan, 1, 1.0),
    "a panel missing": lambda plan: edited(plan, 1, placements=plan.sides[1].placements[1:]),
    "a sheet too few": lambda plan: replace(plan, sides=plan.sides[:2]),
    "creep the wrong way": lambda plan: edited(
        plan,
        2,
        placements=tuple(
            replace(p, x=p.x + (-2 if p.x < 300 else 2) * SHEET_OF_PAPER) for p in plan.sides[2].placements
        ),
    ),
}


@HANDS
@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_booklet_does_not_pass(fault: str, rtl: bool) -> None:
    plan = made("saddle", "letter", rtl, 8, thickness=SHEET_OF_PAPER)
    reads_as_a_book(plan, range(8), rtl, SHEET_OF_PAPER)
    with pytest.raises(AssertionError):
        reads_as_a_book(FAULTS[fault](plan), range(8), rtl, SHEET_OF_PAPER)


@HANDS
def test_a_booklet_bound_on_the_wrong_side_does_not_pass(rtl: bool) -> None:
    with pytest.raises(AssertionError):
        reads_as_a_book(made("saddle", "letter", not rtl, 8), range(8), rtl)


@HANDS
@pytest.mark.parametrize("step", [0, 2, 4, 6])
def test_the_slit_book_may_begin_at_any_spread_of_the_ring(step: int, rtl: bool) -> None:
    """Four maps make the same book; for two of them a person holds the sheet the other way round."""
    plan = renumbered([(panel + step) % 8 for panel in range(8)], rtl)
    cover = next(p for p in plan.sides[0].placements if p.panel == 0)
    upside_down = replace(plan, sides=(plan.sides[0].half_turned(),))
    reads_as_a_slit_book(upside_down if cover.turn else plan, rtl)


@given(order=st.permutations(range(8)), rtl=st.booleans())
@settings(deadline=None)
def test_no_other_order_makes_the_slit_book(order: list[int], rtl: bool) -> None:
    steps = {(new - old) % 8 for old, new in enumerate(order)}
    assume(len(steps) > 1 or min(steps) % 2)
    with pytest.raises(AssertionError):
        reads_as_a_slit_book(renumbered(order, rtl), rtl)


def renumbered(order: Sequence[int], rtl: bool) -> Plan:
    """The slit sheet with other panels in its places."""
    plan = made("zine", "letter", rtl, 8)
    places = (replace(place, panel=order[place.panel]) for place in plan.sides[0].placements)
    return edited(plan, 0, placements=tuple(places))


@pytest.mark.parametrize("slit", ["none", "short", "long"])
def test_without_its_slit_a_sheet_does_not_wrap(slit: str) -> None:
    plan = made("zine", "letter", False, 8)
    (side,) = plan.sides
    y, quarter = side.height / 2, side.width / 4
    ends = {"none": (0.0, 0.0), "short": (quarter, 2 * quarter), "long": (0.0, 3 * quarter)}[slit]
    folds = [fold for fold in side.folds if fold.vertical]
    folds += [Line(0.0, y, ends[0], y)] if ends[0] else []
    folds += [Line(ends[1], y, side.width, y)]
    with pytest.raises(AssertionError):
        reads_as_a_slit_book(edited(plan, 0, folds=tuple(folds)), False)


# --- the press edition ----------------------------------------------------------------------------


def plans() -> list[tuple[str, Plan]]:
    """A plan of each scheme on paper that suits it."""
    out = []
    for rtl in (False, True):
        for paper in ("letter", "a4"):
            for name, scheme in schemes.SCHEMES.items():
                panels = scheme.panels or (13 if name in ("saddle", "signatures") else 6)
                job = schemes.Job(paper, panels, rtl, thickness=SHEET_OF_PAPER, sheets=2)
                if (name, paper) not in {("eu-card", "letter")}:
                    out.append((f"{name}-{paper}-{'rtl' if rtl else 'ltr'}", schemes.plan(name, job)))
    return out


PLANS = pytest.mark.parametrize("plan", [pytest.param(plan, id=name) for name, plan in plans()])


@PLANS
def test_the_press_edition_is_the_same_sheet_with_a_margin(plan: Plan) -> None:
    pressed = press(plan)
    assert pressed.duplex == plan.duplex
    for side, larger in zip(plan.sides, pressed.sides, strict=True):
        assert (larger.width, larger.height) == (side.width + 2 * MARGIN, side.height + 2 * MARGIN)
        assert larger.trim == (MARGIN, MARGIN, MARGIN + side.width, MARGIN + side.height)
        assert larger.bleed == BLEED == pytest.approx(3 * MM)
        for place, moved in zip(side.placements, larger.placements, strict=True):
            assert moved == replace(place, x=place.x + MARGIN, y=place.y + MARGIN)


@PLANS
def test_marks_stay_out_of_what_is_kept(plan: Plan) -> None:
    """Outside the trim and its bleed; around cards, which leave a margin, outside the cards. Only a slit has
    its mark in the middle of the sheet."""
    for side in press(plan).sides:
        assert side.trim
        lines = [mark.line for mark in marks(side) if mark.line not in side.slits]
        spots = [(x - r, y - r, x + r, y + r) for x, y in registration(side) for r in (3 * MM,)]
        kept = [_wider(side.trim, side.bleed)] if _fills(side) else [_block(side)]
        for one in [*map(_extent, lines), *spots]:
            assert not any(_overlap(one, box) for box in kept), one
            assert not any(_overlap(one, ground(side, place)) for place in side.placements)
            assert min(one) > 0
            assert one[2] < side.width
            assert one[3] < side.height
        assert not any(_overlap(_extent(line), spot) for line in lines for spot in spots)


@PLANS
def test_every_fold_and_cut_of_a_press_sheet_is_marked_at_its_ends(plan: Plan) -> None:
    for side in press(plan).sides:
        drawn = [(mark.line, mark.dashed) for mark in marks(side)]
        for lines, dashed in ((side.folds, True), (side.cuts, False)):
            for line in lines:
                along = [mark for mark, kind in drawn if kind == dashed and _in_line(mark, line)]
                assert len(along) >= (1 if _stops_inside(side, line) else 2), line
        assert all(slit in [mark for mark, dashed in drawn if dashed] for slit in side.slits)


@PLANS
def test_marks_of_an_office_sheet_are_within_the_printers_reach(plan: Plan) -> None:
    for side in plan.sides:
        reach = _wider((0.0, 0.0, side.width, side.height), -INCH / 4)
        for mark in marks(side):
            extent = _extent(mark.line)
            assert min(extent[0] - reach[0], extent[1] - reach[1]) >= 0
            assert min(reach[2] - extent[2], reach[3] - extent[3]) >= 0
            if not _fills(side):
                assert not any(_overlap(extent, place.box) for place in side.placements)


@PLANS
def test_grounds_cover_their_panels_and_bleed_at_the_trim(plan: Plan) -> None:
    """A ground is its panel, and the bleed where that lies at the trim. A page that creep has moved reaches
    to the edges of its half of the sheet."""
    for side in press(plan).sides:
        assert side.trim
        trim, most = side.trim, 4 * SHEET_OF_PAPER
        spines = [line.x1 for line in side.folds if line.vertical]
        for place in side.placements:
            covered = ground(side, place)
            for edge, low in ((0, True), (1, True), (2, False), (3, False)):
                at, limit = place.box[edge], trim[edge]
                if abs(at - limit) <= (most if spines and edge in (0, 2) else 0.01):
                    wanted = limit - side.bleed if low else limit + side.bleed
                elif edge in (0, 2):
                    wanted = next((x for x in spines if abs(x - at) <= most), at)
                else:
                    wanted = at
                assert covered[edge] == pytest.approx(wanted, abs=0.01)
            for other in side.placements:
                assert other == place or not _overlap(covered, ground(side, other))


def _fills(side: Side) -> bool:
    """Whether the panels reach the edge of the sheet; cards do not."""
    return all(abs(a - b) < 5 for a, b in zip(_block(side), side.sheet, strict=True)) or not side.cuts


def _block(side: Side) -> Box:
    boxes = [place.box for place in side.placements] or [side.sheet]
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def _wider(box: Box, by: float) -> Box:
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def _extent(line: Line) -> Box:
    xs, ys = sorted((line.x1, line.x2)), sorted((line.y1, line.y2))
    return xs[0], ys[0], xs[1], ys[1]


def _overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share more than an edge; a line has no width."""
    return all(one[axis] < other[axis + 2] - 0.01 and one[axis + 2] > other[axis] + 0.01 for axis in (0, 1))


def _in_line(mark: Line, line: Line) -> bool:
    if mark.vertical != line.vertical:
        return False
    return abs(mark.x1 - line.x1) < 0.01 if line.vertical else abs(mark.y1 - line.y1) < 0.01


def _stops_inside(side: Side, line: Line) -> bool:
    """The fold beside a slit ends at the slit."""
    return bool(side.slits) and not line.vertical
