"""Panels lie on the sheet where the fold wants them, and nothing is printed where it cannot be."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pypdfium2
import pytest

from booklet import build
from booklet.compose.copyfit import compose
from booklet.content.document import Section
from booklet.impose import folds
from booklet.impose.model import Placement, Side
from booklet.pdf.write import write
from booklet.typeset.fonts import book_of
from tests import pdfmodel, tools
from tests.pdfmodel import PdfFile
from tests.shipped import PRINTED, Key, Pdfs

PANELS = ("cover", "flap", "inside 1", "inside 2", "inside 3", "back")
"""In reading order, as the layout lists them."""
INCH, MM = 72.0, 72 / 25.4
EDGE = 0.25 * INCH
"""What office printers may not reach."""
FOLD = 14.0
"""Points that text keeps from a fold: folds wander by 2 to 3 mm."""
TRIFOLDS = [key for key in PRINTED if key.layout == "trifold"]
HANDS = pytest.mark.parametrize("rtl", [False, True], ids=["ltr", "rtl"])


# --- geometry, from the folding trade's own tables -----------------------------------------------

LETTER_OUT = [("flap", 3.625), ("back", 3.6875), ("cover", 3.6875)]
LETTER_IN = [("inside 1", 3.6875), ("inside 2", 3.6875), ("inside 3", 3.625)]
A4_OUT = [("flap", 97), ("back", 100), ("cover", 100)]
A4_IN = [("inside 1", 100), ("inside 2", 100), ("inside 3", 97)]


@HANDS
@pytest.mark.parametrize(
    ("paper", "unit", "height", "outside", "inside"),
    [("letter", INCH, 8.5, LETTER_OUT, LETTER_IN), ("a4", MM, 210, A4_OUT, A4_IN)],
)
def test_the_panels_of_a_tri_fold_are_where_the_trade_has_them(
    paper: str,
    unit: float,
    height: float,
    outside: list[tuple[str, float]],
    inside: list[tuple[str, float]],
    rtl: bool,
) -> None:
    plan = folds.tri_fold(paper, rtl)
    assert plan.duplex == "short-edge"
    assert len(plan.sides) == 2
    for side, row in zip(plan.sides, (outside, inside), strict=True):
        expected = list(reversed(row)) if rtl else row
        assert side.height == pytest.approx(height * unit, abs=0.01)
        assert side.width == pytest.approx(sum(width for _, width in row) * unit, abs=0.01)
        x = 0.0
        for (name, width), place in zip(expected, _left_to_right(side), strict=True):
            assert PANELS[place.panel] == name
            assert (place.x, place.y) == pytest.approx((x * unit, 0), abs=0.01)
            assert (place.width, place.height) == pytest.approx((width * unit, height * unit), abs=0.01)
            x += width


@pytest.mark.parametrize(
    ("paper", "rtl", "outside", "inside"),
    [
        ("letter", False, (3.625 * INCH, 7.3125 * INCH), (3.6875 * INCH, 7.375 * INCH)),
        ("letter", True, (3.6875 * INCH, 7.375 * INCH), (3.625 * INCH, 7.3125 * INCH)),
        ("a4", False, (97 * MM, 197 * MM), (100 * MM, 200 * MM)),
        ("a4", True, (100 * MM, 200 * MM), (97 * MM, 197 * MM)),
    ],
)
def test_the_folds_are_where_the_trade_has_them(
    paper: str, rtl: bool, outside: tuple[float, float], inside: tuple[float, float]
) -> None:
    plan = folds.tri_fold(paper, rtl)
    assert [fold.x1 for fold in plan.sides[0].folds] == pytest.approx(outside, abs=0.01)
    assert [fold.x1 for fold in plan.sides[1].folds] == pytest.approx(inside, abs=0.01)


def _left_to_right(side: Side) -> list[Placement]:
    return sorted(side.placements, key=lambda place: place.x)


# --- what is printed -----------------------------------------------------------------------------


@pytest.mark.parametrize("key", PRINTED, ids=str)
def test_nothing_is_printed_where_office_printers_cannot_reach(key: Key, shipped: Pdfs) -> None:
    scale = 2  # 144 dots an inch
    with pypdfium2.PdfDocument(shipped[key].path) as file:
        for page in file:
            image = page.render(scale=scale, grayscale=True).to_pil()
            box = image.point(lambda shade: 255 * (shade < 250)).getbbox()
            assert box is not None
            left, top, right, bottom = (edge / scale for edge in box)
            assert min(left, top, page.get_width() - right, page.get_height() - bottom) >= EDGE


@pytest.mark.parametrize("key", TRIFOLDS, ids=str)
def test_text_keeps_away_from_the_folds(key: Key, shipped: Pdfs) -> None:
    with pypdfium2.PdfDocument(shipped[key].path) as file:
        for side, page in zip(shipped[key].plan.sides, file, strict=True):
            text = page.get_textpage()
            boxes = [text.get_charbox(index) for index in range(text.count_chars())]
            nearest = min(
                max(left - fold.x1, fold.x1 - right)
                for left, _, right, _ in boxes
                if right > left
                for fold in side.folds
            )
            assert nearest >= FOLD


@pytest.mark.parametrize("key", TRIFOLDS, ids=str)
def test_each_panel_holds_its_own_text_and_no_other(key: Key, shipped: Pdfs) -> None:
    """The words between two folds are those of that panel's page in the screen edition."""
    pdf = shipped[key]
    found: dict[int, str] = {}
    with pypdfium2.PdfDocument(pdf.path) as file:
        for side, page in zip(pdf.plan.sides, file, strict=True):
            text = page.get_textpage()
            for place in side.placements:
                right, top = place.x + place.width, place.y + place.height
                found[place.panel] = text.get_text_bounded(place.x, place.y, right, top)
    if key.paper == "letter":
        with pypdfium2.PdfDocument(shipped[key._replace(edition="screen")].path) as file:
            pages = [tools.plain(page.get_textpage().get_text_range()) for page in file]
        assert [tools.plain(found[panel]) for panel in range(len(PANELS))] == pages
    told: dict[str, Section] = {section.role: section for section in pdf.document.sections}
    for panel, role in ((1, "emergency"), (5, "contacts")):
        heading = "".join(span.text for span in told[role].heading)
        assert heading in tools.plain(found[panel])
    assert pdf.document.title in tools.plain(found[0])


def test_a_right_to_left_pamphlet_is_imposed_the_other_way_round(shipped: Pdfs, tmp_path: Path) -> None:
    """The same words as if their language ran from right to left: cover at the left, flap at the right."""
    pdf = shipped[Key("en", "trifold", "print")]
    document = replace(pdf.document, direction="rtl")
    source = pdf.source
    plan = build.plan(source, "letter", True, len(PANELS))
    space = build._space(source, "print", plan)
    made = compose(document, space, source.theme, book_of(source.theme))
    path = tmp_path / "rtl.pdf"
    path.write_bytes(write(document, made, plan, datetime(2026, 1, 1), edition="print"))
    with PdfFile.open(path) as file:
        assert pdfmodel.problems(file) == []
        asked = pdfmodel.print_preferences(file)
        assert (asked.duplex, asked.direction) == ("DuplexFlipShortEdge", "R2L")
        order = [tools.plain(run.text) for run in pdfmodel.runs(file) if run.path.endswith("H2")]
    assert order[0] == "If it might be an overdose"  # read after the cover, wherever it stands
    wide, narrow = 3.6875 * INCH, 3.625 * INCH
    edges = {0: (0, wide, 2 * wide, 2 * wide + narrow), 1: (0, narrow, narrow + wide, narrow + 2 * wide)}
    rows = {0: ("cover", "back", "flap"), 1: ("inside 3", "inside 2", "inside 1")}
    words = {
        "cover": "Stamp",
        "flap": "breastbone",
        "inside 1": "xylazine",
        "inside 2": "methadone",
        "inside 3": "stigma",
        "back": "Lifeline",
    }
    with pypdfium2.PdfDocument(path) as sheet:
        for number, page in enumerate(sheet):
            text = page.get_textpage()
            for name, left, right in zip(rows[number], edges[number], edges[number][1:], strict=False):
                shown = tools.plain(text.get_text_bounded(left, 0, right, page.get_height()))
                assert [own for own, word in words.items() if word in shown] == [name]
