"""The same work done by another hand: what pdfimpose makes of numbered pages folds into the same books.

pdfimpose is a program of its own (AGPL): it is run on a PDF, and the PDF that it makes is read.
"""

from __future__ import annotations

import math
import subprocess
import sys
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from booklet.impose.model import Duplex, Placement, Plan, Side, Turn
from booklet.impose.papers import paper_size
from tests import folding
from tests.test_folding import HANDS, made, read_rows, spine, spreads

FIRST = ord("0")
"""The character that stands on the first page; the next ones follow it."""


def imposed(folder: Path, pages: int, size: tuple[float, float], duplex: Duplex, *call: str) -> Plan:
    """What pdfimpose makes of pages of that size, as a plan: read from the characters on its sheets."""
    source, target = folder / "pages.pdf", folder / "sheets.pdf"
    canvas = Canvas(str(source), pagesize=size)
    for page in range(pages):
        canvas.setFont("Courier", 24)
        canvas.drawCentredString(size[0] / 2, size[1] / 2, chr(FIRST + page))
        canvas.showPage()
    canvas.save()
    command = [sys.executable, "-m", "pdfimpose", *call, str(source), "--output", str(target)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    with pypdfium2.PdfDocument(target) as file:
        return Plan(tuple(_side(page, size) for page in file), duplex)


def _side(page: pypdfium2.PdfPage, size: tuple[float, float]) -> Side:
    text = page.get_textpage()
    width, height = page.get_size()
    places = []
    for index in range(text.count_chars()):
        panel = ord(text.get_text_range(index, 1)) - FIRST
        if panel < 0:
            continue  # PDFium's own line ends
        angle = math.degrees(pypdfium2.raw.FPDFText_GetCharAngle(text.raw, index))
        turns: dict[int, Turn] = {0: 0, 1: 90, 2: 180, 3: 270}
        left, bottom, right, top = text.get_charbox(index)
        column, row = int((left + right) / 2 // size[0]), int((bottom + top) / 2 // size[1])
        turn = turns[round(-angle / 90) % 4]
        places.append(Placement(panel, column * size[0], row * size[1], *size, turn))
    return Side(width, height, tuple(sorted(places, key=lambda place: place.panel)))


def with_lines(theirs: Plan, ours: Plan) -> Plan:
    """Their sheets with the folds and cuts of ours: pdfimpose marks none that a program could read."""
    pairs = zip(theirs.sides, ours.sides, strict=True)
    sides = (replace(side, folds=own.folds, cuts=own.cuts, slits=own.slits) for side, own in pairs)
    return replace(theirs, sides=tuple(sides))


def turned(plan: Plan) -> Plan:
    """The same sheets, seen head down: pdfimpose binds at the right by turning pages, not by moving them."""
    return replace(plan, sides=tuple(side.half_turned() for side in plan.sides))


def same_places(theirs: Plan, ours: Plan) -> None:
    assert len(theirs.sides) == len(ours.sides)
    for side, own in zip(theirs.sides, ours.sides, strict=True):
        assert [(p.panel, p.turn) for p in side.placements] == [(p.panel, p.turn) for p in own.placements]
        for place, expected in zip(side.placements, own.placements, strict=True):
            assert place.box == pytest.approx(expected.box, abs=0.1)


@HANDS
@pytest.mark.parametrize("panels", [2, 3, 8, 13, 40])
def test_stapled_booklets_are_the_same(panels: int, rtl: bool, tmp_path: Path) -> None:
    ours = made("saddle", "letter", rtl, panels)
    call = ("saddle", "--signature", "2x1", "--last", "1", "--bind", spine(rtl))
    theirs = imposed(tmp_path, panels, (396.0, 612.0), "short-edge", *call)
    same_places(turned(theirs) if rtl else theirs, ours)


@HANDS
@pytest.mark.parametrize(("panels", "sheets"), [(16, 2), (24, 3), (45, 4)])
def test_signatures_are_the_same_where_they_come_out_even(
    panels: int, sheets: int, rtl: bool, tmp_path: Path
) -> None:
    ours = made("signatures", "letter", rtl, panels, sheets=sheets)
    call = ("hardcover", "--signature", "2x1", "--group", str(sheets), "--last", "1", "--bind", spine(rtl))
    theirs = imposed(tmp_path, panels, (396.0, 612.0), "short-edge", *call)
    same_places(turned(theirs) if rtl else theirs, ours)


@HANDS
def test_the_slit_sheet_is_another_map_of_the_same_book(rtl: bool, tmp_path: Path) -> None:
    """pdfimpose has the cover at the end of a row, one of four places for it. Both fold into the book."""
    ours = made("zine", "a4", rtl, 8)
    width, height = paper_size("a4", "landscape")
    call = ("onepagezine", "--bind", spine(rtl))
    theirs = imposed(tmp_path, 8, (width / 4, height / 2), "none", *call)
    for plan in (ours, with_lines(turned(theirs) if rtl else theirs, ours)):
        sheets = folding.printed(plan)
        assert folding.leafed(folding.wrapped(sheets[0], rtl), spine(rtl), sheets) == spreads(range(8), rtl)


@pytest.mark.parametrize("panels", [1, 12, 13, 30])
@pytest.mark.parametrize(("columns", "rows"), [(3, 2), (3, 1), (1, 3)])
def test_cut_stacks_are_the_same(panels: int, columns: int, rows: int, tmp_path: Path) -> None:
    """pdfimpose counts cells down the columns, booklet along the rows."""
    ours = made("cut-stack", "letter", False, panels, columns=columns, rows=rows)
    size = 612 / columns, 792 / rows
    call = ("wire", "--signature", f"{columns}x{rows}")
    theirs = imposed(tmp_path, panels, size, "long-edge", *call)
    if 1 in (columns, rows):
        same_places(theirs, ours)
    piles = []
    for plan, by_columns in ((ours, False), (with_lines(theirs, ours), True)):
        stacks = [folding.cut(sheet, columns, rows) for sheet in folding.printed(plan)]
        cells = [
            list(chain(*zip(*stack, strict=True))) if by_columns else read_rows(stack, False)
            for stack in stacks
        ]
        pile = [stack[cell] for cell in range(columns * rows) for stack in cells]
        piles.append([(_panel(leaf.up), _panel(leaf.down)) for leaf in pile])
    assert piles[0] == piles[1]


def _panel(face: folding.Print | None) -> int | None:
    return None if face is None else folding.upright(face)


def test_cards_of_one_sheet_have_the_same_backs(tmp_path: Path) -> None:
    """Ten cards on a sheet: pdfimpose has them in other cells, and each front on its own back, as here."""
    ours = made("cut-stack", "letter", False, 20, columns=2, rows=5)
    theirs = imposed(tmp_path, 20, (306.0, 158.4), "long-edge", "cards", "--signature", "2x5")
    for plan in (ours, with_lines(theirs, ours)):
        (sheet,) = folding.printed(plan)
        cards = [(_panel(leaf.up), _panel(leaf.down)) for leaf in chain(*folding.cut(sheet, 2, 5))]
        assert sorted(cards, key=str) == sorted([(front, front + 1) for front in range(0, 20, 2)], key=str)
