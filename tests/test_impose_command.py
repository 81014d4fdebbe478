"""Pages of any PDF come onto sheets whole, upright, in their panels; what cannot be imposed is told."""

from __future__ import annotations

import io
import os
import random
import re
import subprocess
import sys
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageChops, ImageStat
from reportlab.pdfgen.canvas import Canvas

from booklet.foreign.job import Asked, planned
from booklet.foreign.leaf import Leaf, measured
from booklet.foreign.sheets import write
from booklet.foreign.source import opened
from booklet.impose.model import Placement, Plan, Side
from booklet.impose.papers import MM
from booklet.impose.schemes import SCHEMES
from booklet.problems import Problem, ProblemsFound
from tests.hostile import HOSTILE
from tests.shipped import ROOT
from tests.worksheets import worksheet

LETTER, A4, A5 = (612.0, 792.0), (595.28, 841.89), (419.53, 595.28)
CLEAR = 12.0
"""Of 255: how far a panel may be from its page on the average; edges fall between other pixels."""
ZOOM = 1.0
"""Pixels to a point."""


def pages(folder: Path, *sizes: tuple[float, float], name: str = "any.pdf") -> Path:
    """A PDF with a page of each size. Each has a frame, a large number, and a block low on the left."""
    path = folder / name
    canvas = Canvas(str(path), invariant=True)
    canvas.setTitle("Any title — été")
    for number, (width, height) in enumerate(sizes, 1):
        canvas.setPageSize((width, height))
        canvas.setFillColorRGB(*random.Random(number).choices((0.2, 0.5, 0.8), k=3))
        canvas.rect(0.1 * width, 0.1 * height, 0.3 * width, 0.2 * height, fill=1, stroke=0)
        canvas.setFillColorRGB(0, 0, 0)
        canvas.setFont("Helvetica-Bold", 0.4 * min(width, height))
        canvas.drawString(0.35 * width, 0.5 * height, str(number))
        canvas.setLineWidth(6)
        canvas.rect(3, 3, width - 6, height - 6)
        canvas.showPage()
    canvas.save()
    return path


def changed(path: Path, change: Callable[[pikepdf.Pdf], None]) -> Path:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        change(pdf)
        pdf.save(path, deterministic_id=True)
    return path


def imposed(path: Path, scheme: Any, **asked: Any) -> tuple[bytes, Plan, tuple[Problem, ...]]:
    """The sheets, their plan, and the warnings."""
    with opened(path, trimmed=asked.get("marks", False)) as source:
        _, plan = planned(source, Asked(scheme, **asked))
        out = io.BytesIO()
        notes = write(source, plan, out, rtl=asked.get("rtl", False))
    return out.getvalue(), plan, notes


def pictures(data: bytes) -> list[Image.Image]:
    pdf = pypdfium2.PdfDocument(data)
    return [page.render(scale=ZOOM).to_pil().convert("RGB") for page in pdf]


def panel(sheet: Image.Image, side: Side, place: Placement, leaf: Leaf) -> Image.Image:
    """What a sheet shows of a page, turned back upright."""
    left, bottom, right, top = (0.0, 0.0, *leaf.size)
    scale = leaf.scale(place)
    wide, tall = (right - left) * scale, (top - bottom) * scale
    if place.turn in (90, 270):
        wide, tall = tall, wide
    x, y = place.x + place.width / 2, side.height - place.y - place.height / 2
    box = tuple(ZOOM * edge for edge in (x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2))
    return sheet.crop(tuple(map(round, box))).rotate(-place.turn, expand=True)  # type: ignore[arg-type]


def apart(one: Image.Image, other: Image.Image) -> float:
    """How far two pictures are from each other, whatever their size: 0 is alike, 255 black and white."""
    difference = ImageChops.difference(*(each.resize((100, 140)) for each in (one, other)))
    return sum(ImageStat.Stat(difference).mean) / 3


def check_panels(path: Path, scheme: str, **asked: Any) -> Plan:
    """Every panel of every sheet shows its page, all of it and nothing else."""
    data, plan, _ = imposed(path, scheme, **asked)
    sheets, originals = pictures(data), pictures(path.read_bytes())
    with pikepdf.open(path) as pdf:
        leaves = [measured(page.obj, trimmed=False) for page in pdf.pages]
    assert {place.panel for side in plan.sides for place in side.placements} == set(range(len(leaves)))
    assert len(sheets) == len(plan.sides)
    for sheet, side in zip(sheets, plan.sides, strict=True):
        assert sheet.size == pytest.approx((side.width * ZOOM, side.height * ZOOM), abs=1)
        for place in side.placements:
            leaf = leaves[place.panel]
            assert leaf is not None
            seen = panel(sheet, side, place, leaf)
            assert seen.width / seen.height == pytest.approx(leaf.size[0] / leaf.size[1], rel=0.05)
            distances = [apart(seen, one) for one in originals]
            assert distances[place.panel] == min(distances)
            assert distances[place.panel] < CLEAR
            if place.copy == 0:  # it is not upside down
                assert apart(seen.rotate(180), originals[place.panel]) > 1.5 * distances[place.panel]
    return plan


# --- what is seen --------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_scheme_shows_every_page_in_its_panel(scheme: str, tmp_path: Path) -> None:
    check_panels(pages(tmp_path, *[LETTER] * 6), scheme)


@pytest.mark.parametrize(
    "asked",
    [
        {"rtl": True},
        {"turn_backs": True},
        {"thickness": 0.1 * MM},
        {"paper": "a3", "rtl": True, "turn_backs": True},
    ],
    ids=str,
)
def test_options_move_panels_and_change_none(asked: dict[str, Any], tmp_path: Path) -> None:
    check_panels(pages(tmp_path, *[A4] * 10), "saddle", **asked)


def test_pages_of_any_size_are_made_to_fit_and_never_stretched(tmp_path: Path) -> None:
    path = pages(tmp_path, LETTER, (792, 612), (200, 200), (100, 700), A4, A5, (30, 20), (2000, 3000))
    plan = check_panels(path, "saddle")
    assert plan.sheets == 2


@pytest.mark.parametrize("scheme", ["saddle", "zine"])
def test_turned_pages_are_imposed_as_they_are_seen(scheme: str, tmp_path: Path) -> None:
    def turn(pdf: pikepdf.Pdf) -> None:
        for page, turns in zip(pdf.pages, (0, 90, 180, 270, -90, 450, 45, 720), strict=True):
            page.obj.Rotate = turns

    check_panels(changed(pages(tmp_path, *[(300, 500)] * 8), turn), scheme)


def test_the_crop_box_is_what_counts(tmp_path: Path) -> None:
    def crop(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.CropBox = Array([40, 60, 250, 480])
        pdf.pages[1].obj.CropBox = Array([250, 480, 40, 60])  # corners the other way round
        pdf.pages[1].obj.Rotate = 90
        pdf.pages[2].obj.CropBox = Array([-100, 200, 900, 900])  # beyond the paper
        pdf.pages[3].obj.MediaBox = Array([-50, -50, 350, 550])
        pdf.pages[3].obj.CropBox = Array([-20, -20, 320, 520])

    path = changed(pages(tmp_path, *[(300, 500)] * 4), crop)
    with pikepdf.open(path) as pdf:
        sizes = [leaf.size for page in pdf.pages if (leaf := measured(page.obj, trimmed=False))]
    assert sizes == [(210, 420), (420, 210), (300, 300), (340, 540)]
    check_panels(path, "half-fold")


def test_a_unit_of_its_own_makes_a_page_larger(tmp_path: Path) -> None:
    def unit(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.UserUnit = 2

    path = changed(pages(tmp_path, (306, 396), LETTER), unit)
    with opened(path) as source:
        assert [leaf.size for leaf in source.leaves] == [LETTER, LETTER]
        assert planned(source, Asked("one-up"))[0] == "letter"
    data, _, _ = imposed(path, "one-up")
    first, _ = pictures(data)
    assert apart(first, pictures(path.read_bytes())[0]) < CLEAR


def test_content_in_several_streams_is_put_together(tmp_path: Path) -> None:
    def split(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            content = page.Contents.read_bytes()
            cut = content.index(b"\n", len(content) // 2)
            page.Contents = Array([pdf.make_stream(part) for part in (content[:cut], content[cut:])])

    check_panels(changed(pages(tmp_path, *[A5] * 4), split), "saddle")


def test_pages_without_content_are_blank(tmp_path: Path) -> None:
    def empty(pdf: pikepdf.Pdf) -> None:
        del pdf.pages[1].obj["/Contents"]

    data, _, _ = imposed(changed(pages(tmp_path, *[A5] * 4), empty), "half-fold")
    inside = pictures(data)[1]
    assert inside.crop((0, 0, inside.width // 2, inside.height)).getextrema() == ((255, 255),) * 3


@pytest.mark.parametrize(
    ("size", "scheme", "paper"),
    [
        (LETTER, "saddle", "letter"),
        ((396, 612), "saddle", "letter"),
        ((265.5, 612), "tri-fold", "letter"),
        (A4, "saddle", "a4"),
        ((595, 842), "saddle", "a4"),
        (A5, "signatures", "a4"),
        ((420, 595), "saddle", "a4"),
        (LETTER, "poster", "tabloid"),
        (A4, "poster", "a3"),
        (LETTER, "eu-card", "a4"),
        (A4, "us-card", "letter"),
    ],
)
def test_the_paper_is_that_of_the_pages(
    size: tuple[float, float], scheme: Any, paper: str, tmp_path: Path
) -> None:
    with opened(pages(tmp_path, size, size)) as source:
        assert planned(source, Asked(scheme))[0] == paper


def test_blanks_come_before_the_back_cover(tmp_path: Path) -> None:
    _, plan, _ = imposed(pages(tmp_path, *[A5] * 6), "saddle")
    assert [[place.panel for place in side.placements] for side in plan.sides] == [[0, 5], [1], [2], [3, 4]]
    outside = plan.sides[0]
    assert [place.x > 100 for place in outside.placements] == [True, False]


def test_creep_moves_inner_pages_to_the_spine_and_no_page_over_it(tmp_path: Path) -> None:
    path = pages(tmp_path, *[(421, 595.28)] * 16)
    data, plan, _ = imposed(path, "saddle", paper="a4", thickness=1 * MM)
    assert [round(min(p.x for p in side.placements) / MM, 2) for side in plan.sides[::2]] == [0, 1, 2, 3]
    sheet, middle = pictures(data)[-1], round(plan.sides[-1].width / 2 * ZOOM)
    # The frames at the spine have moved 3 mm beyond it. They are cut off there.
    spine = sheet.crop((middle - 7, 100, middle + 7, 110))
    assert spine.getextrema() == ((255, 255),) * 3
    assert pictures(imposed(path, "saddle", paper="a4")[0])[-1].getpixel((middle - 3, 100)) == (0, 0, 0)


# --- a print shop's sheets -----------------------------------------------------------------------


def bleeding(pdf: pikepdf.Pdf) -> None:
    """Pages of A5 with a red ground that runs 3 mm beyond the trim, and printer's marks beyond that."""
    for page in pdf.pages:
        page.MediaBox = Array([0, 0, A5[0] + 60, A5[1] + 60])
        page.TrimBox = Array([30, 30, 30 + A5[0], 30 + A5[1]])
        page.BleedBox = Array([30 - 9, 30 - 9, 39 + A5[0], 39 + A5[1]])
        page.Contents = pdf.make_stream(
            b"0 0 1 rg 0 0 2000 2000 re f 1 0 0 rg 20 20 %f %f re f" % (A5[0] + 20, A5[1] + 20)
        )


def test_press_sheets_have_boxes_marks_and_bleed(tmp_path: Path) -> None:
    path = changed(pages(tmp_path, *[A5] * 4), bleeding)
    data, plan, _ = imposed(path, "saddle", marks=True)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page, side in zip(pdf.pages, plan.sides, strict=True):
            assert side.trim
            trim = [float(edge) for edge in page.TrimBox]
            assert trim == pytest.approx(side.trim, abs=0.01)
            assert trim[2] - trim[0] == pytest.approx(A4[1], abs=0.02)
            bleed = [float(edge) for edge in page.BleedBox]
            assert [b - t for b, t in zip(bleed, trim, strict=True)] == pytest.approx(
                [-3 * MM, -3 * MM, 3 * MM, 3 * MM], abs=0.01
            )
    sheet = pictures(data)[0]
    side = plan.sides[0]
    assert side.trim

    def color(x: float, y: float) -> Any:
        return sheet.getpixel((round(x * ZOOM), round((side.height - y) * ZOOM)))

    left, bottom, right, top = side.trim
    for x, y in ((left - 6, 300), (right + 6, 300), (left + 90, bottom - 6), (right - 90, top + 6)):
        assert color(x, y) == (255, 0, 0)  # in the bleed
    for x, y in ((left - 12, 300), (right + 12, 300), (left + 90, top + 12)):
        assert color(x, y) == (255, 255, 255)  # the source's own marks do not show
    dark = [color(left - 14, bottom + d) for d in (-0.6, -0.3, 0, 0.3, 0.6)]
    assert min(sum(pixel) for pixel in dark) < 600  # a crop mark


def test_without_marks_a_sheet_has_none_but_where_to_cut(tmp_path: Path) -> None:
    def blank(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            del page["/Contents"]

    path = changed(pages(tmp_path, LETTER, LETTER), blank)
    for scheme, marked in (("saddle", False), ("cut-stack", True), ("us-card", True), ("zine", True)):
        drawn = pictures(imposed(path, scheme)[0])[0].getextrema() != ((255, 255),) * 3
        assert drawn == marked, scheme


def test_cards_too_large_for_the_paper_are_told(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound, match="do not go on a5 paper"):
        imposed(pages(tmp_path, LETTER), "us-card", paper="a5")


# --- links, notes and fields ---------------------------------------------------------------------


def linked(pdf: pikepdf.Pdf) -> None:
    """Links from the first page: to the web, to pages in three ways, and to a script."""
    box = [100, 500, 200, 520]
    third, second = pdf.pages[2].obj, pdf.pages[1].obj
    pdf.Root.Names = Dictionary(
        Dests=Dictionary(Names=Array([String("here"), Array([third, Name.XYZ, 50, 700, 0])]))
    )
    targets: list[dict[str, Any]] = [
        {
            "A": Dictionary(S=Name.URI, URI=String("https://example.org/a")),
            "QuadPoints": Array([100, 520, 200, 520, 100, 500, 200, 500]),
        },
        {"Dest": Array([second, Name.Fit])},
        {"A": Dictionary(S=Name.GoTo, D=String("here"))},
        {"A": Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))},
        {"A": Dictionary(S=Name.URI, URI=String("javascript:alert(1)"))},
        {"Dest": Array([Dictionary(Type=Name.Page), Name.Fit])},
        {"Dest": String("nowhere")},
    ]
    pdf.pages[0].obj.Annots = Array(
        pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array(box), **target))
        for target in targets
    )


@pytest.mark.parametrize("turns", [0, 90, 180, 270])
def test_links_lead_on_from_their_new_places(turns: int, tmp_path: Path) -> None:
    path = changed(pages(tmp_path, *[LETTER] * 4), linked)
    changed(path, lambda pdf: setattr(pdf.pages[0].obj, "Rotate", turns))
    data, plan, _ = imposed(path, "half-fold")
    cover = next(place for place in plan.sides[0].placements if place.panel == 0)
    with pikepdf.open(io.BytesIO(data)) as pdf, opened(path) as source:
        matrix = source.leaves[0].matrix(cover)
        web, fit, named = pdf.pages[0].Annots
        assert str(web.A.URI) == "https://example.org/a"
        assert fit.Dest[0].objgen == named.Dest[0].objgen == pdf.pages[1].obj.objgen
        x, y = source.leaves[2].matrix(plan.sides[1].placements[1]).transform((50, 700))
        assert [float(value) for value in list(named.Dest)[2:4]] == pytest.approx([x, y], abs=0.01)
        corners = [matrix.transform(point) for point in ((100, 500), (200, 520))]
        rect = [float(edge) for edge in web.Rect]
        assert rect == pytest.approx([f(c[i] for c in corners) for f in (min, max) for i in (0, 1)], abs=0.01)
        assert [float(value) for value in web.QuadPoints][:2] == pytest.approx(
            matrix.transform((100, 520)), abs=0.01
        )
        assert cover.x <= rect[0] < rect[2] <= cover.x + cover.width
    assert b"alert" not in data


def test_notes_are_printed_as_they_look_and_what_cannot_be_is_told(tmp_path: Path) -> None:
    def noted(pdf: pikepdf.Pdf) -> None:
        look = pdf.make_stream(b"1 0 0 rg 0 0 10 10 re f", Subtype=Name.Form, BBox=Array([0, 0, 10, 10]))

        def note(kind: str, box: list[int], flags: int = 4, **more: Any) -> Dictionary:
            return Dictionary(Type=Name.Annot, Subtype=Name(kind), Rect=Array(box), F=flags, **more)

        shown: dict[str, Any] = {"AP": Dictionary(N=look)}
        pdf.pages[0].obj.Annots = Array(
            [
                note("/Stamp", [100, 300, 300, 400], **shown),
                note("/Square", [0, 0, 90, 90], flags=6, **shown),  # hidden
                note("/Square", [400, 0, 490, 90], flags=0, **shown),  # not to be printed
                note("/Movie", [0, 600, 90, 690]),
                note("/Popup", [0, 700, 90, 790]),
            ]
        )
        del pdf.pages[0].obj["/Contents"]

    path = changed(pages(tmp_path, LETTER), noted)
    data, _, notes = imposed(path, "one-up")
    (sheet,) = pictures(data)
    red = ImageChops.invert(sheet.split()[1]).getbbox()
    assert red == pytest.approx([ZOOM * edge for edge in (100, 392, 300, 492)], abs=2)
    assert [note.message for note in notes] == [
        "1 of the notes or attachments on the pages cannot be printed and are left out."
    ]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert "/Annots" not in pdf.pages[0].obj


def test_a_form_is_printed_as_it_looks_and_its_fields_go(tmp_path: Path) -> None:
    path = tmp_path / "form.pdf"
    path.write_bytes(worksheet("en", "print"))
    check_panels(path, "half-fold")
    data, _, notes = imposed(path, "half-fold")
    assert [note.message[:34] for note in notes] == ["The form fields are printed as the"]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert "/AcroForm" not in pdf.Root
        kinds = {str(one.Subtype) for page in pdf.pages for one in page.obj.get("/Annots", [])}
        assert kinds <= {"/Link"}


# --- the file ------------------------------------------------------------------------------------


def test_the_file_says_how_to_print_it_and_claims_nothing_more(tmp_path: Path) -> None:
    path = pages(tmp_path, *[A4] * 5)
    wanted: Mapping[str, str] = {
        "saddle": "/DuplexFlipShortEdge",
        "cut-stack": "/DuplexFlipLongEdge",
        "zine": "/Simplex",
    }
    for scheme, duplex in wanted.items():
        with pikepdf.open(io.BytesIO(imposed(path, scheme, rtl=scheme == "saddle")[0])) as pdf:
            preferences = pdf.Root.ViewerPreferences
            assert preferences.Duplex == duplex
            assert preferences.PrintScaling == "/None"
            assert preferences.get("/Direction") == ("/R2L" if scheme == "saddle" else None)
            assert pdf.docinfo["/Title"] == "Any title — été"
    path.write_bytes(worksheet("en", "screen"))
    with pikepdf.open(io.BytesIO(imposed(path, "saddle")[0])) as pdf:
        assert set(pdf.Root.keys()) <= {"/Type", "/Pages", "/ViewerPreferences", "/Extensions", "/Version"}


def test_a_title_that_only_the_metadata_knows_is_kept(tmp_path: Path) -> None:
    def retitle(pdf: pikepdf.Pdf) -> None:
        with pdf.open_metadata(update_docinfo=False) as metadata:
            metadata["dc:title"] = "From the packet"
        del pdf.docinfo["/Title"]

    data, _, _ = imposed(changed(pages(tmp_path, A4), retitle), "one-up")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.docinfo["/Title"] == "From the packet"


def test_the_same_pages_give_the_same_bytes_under_any_name(tmp_path: Path) -> None:
    made = {imposed(pages(tmp_path, *[A4] * 9, name=name), "saddle")[0] for name in ("a.pdf", "b.pdf")}
    assert len(made) == 1


@pytest.mark.needs("qpdf")
@pytest.mark.parametrize("scheme", ["saddle", "zine", "us-card"])
def test_qpdf_finds_nothing_wrong(scheme: str, tmp_path: Path) -> None:
    path = tmp_path / "form.pdf"
    path.write_bytes(worksheet("en", "print"))
    for source in (changed(pages(tmp_path, *[LETTER] * 4), linked), path):
        for marks in (False, True):
            sheets = tmp_path / "sheets.pdf"
            sheets.write_bytes(imposed(source, scheme, marks=marks)[0])
            done = subprocess.run(["qpdf", "--check", str(sheets)], capture_output=True, text=True)
            assert (done.returncode, done.stderr) == (0, "")


def test_what_a_page_hides_in_layers_stays_hidden(tmp_path: Path) -> None:
    def layer(pdf: pikepdf.Pdf) -> None:
        group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Secret")))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(OFF=Array([group])))
        page = pdf.pages[0].obj
        page.Resources = Dictionary(Properties=Dictionary(MC0=group))
        page.Contents = pdf.make_stream(b"/OC /MC0 BDC 0 0 1000 1000 re f EMC")

    data, _, _ = imposed(changed(pages(tmp_path, A4), layer), "one-up")
    assert pictures(data)[0].getextrema() == ((255, 255),) * 3


# --- the command, and files that it refuses ------------------------------------------------------


def booklet(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "booklet", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100"},
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


def test_the_command_writes_beside_the_file_and_says_how_to_print(tmp_path: Path) -> None:
    path = pages(tmp_path, *[LETTER] * 8, name="guide.pdf")
    done = booklet("impose", path, "--scheme", "saddle")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        f"Written: {tmp_path / 'guide.saddle.pdf'}",
        "2 sheets of letter. Print on both sides, turned over the short edge, at actual size (100 %).",
        "Imposed sheets are for printing: they have no tags, no outline and no fields. "
        "Give the original to people who read with a screen reader.",
    ]
    assert sorted(each.name for each in tmp_path.iterdir()) == ["guide.pdf", "guide.saddle.pdf"]
    every = ("--paper", "a3", "--creep", "0.1mm", "--rtl", "--marks", "--turn-backs", "--sheets", "2")
    done = booklet("impose", path, "--scheme", "signatures", *every, "--out", tmp_path / "new/x.pdf")
    assert (done.returncode, done.stderr) == (0, "")
    assert "2 sheets of a3. Print on both sides, turned over the long edge" in done.stdout
    done = booklet("impose", path, "--scheme", "cut-stack", "--columns", "1", "--rows", "4")
    assert "1 sheet of letter" in done.stdout


GUIDE = (ROOT / "docs/imposing.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", re.findall(r"^\$ booklet (impose .*)$", GUIDE, re.MULTILINE))
def test_a_command_of_the_guide_works(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    pages(tmp_path, *[LETTER] * 8, name="guide.pdf")
    pages(tmp_path, (252, 144), (252, 144), name="card.pdf")
    done = booklet(*command.split())
    assert (done.returncode, done.stderr) == (0, "")
    assert len(list(tmp_path.iterdir())) == 3


def test_the_guide_knows_every_scheme() -> None:
    assert set(SCHEMES) <= set(re.findall(r"`([a-z-]+)`", GUIDE))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--scheme", "zine", "--creep", "0.1mm"), "--creep is for --scheme saddle and signatures"),
        (("--scheme", "saddle", "--sheets", "2"), "--sheets is for --scheme signatures"),
        (("--scheme", "saddle", "--columns", "2"), "--columns is for --scheme cut-stack"),
        (("--scheme", "cut-stack", "--rows", "0"), "Give a number from 1 to 20"),
        (("--scheme", "saddle", "--creep", "thick"), "is not a length"),
        (("--scheme", "saddle", "--creep", "5cm"), "more than any paper"),
        (("--scheme", "saddle", "--out", "any.pdf"), "is the file to read"),
    ],
)
def test_wrong_usage_is_told(
    options: tuple[str, ...], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = pages(tmp_path, LETTER)
    before = path.read_bytes()
    done = booklet("impose", "any.pdf", *options)
    assert done.returncode == 2
    assert said in done.stderr
    assert [each.name for each in tmp_path.iterdir()] == ["any.pdf"]
    assert path.read_bytes() == before


def locked(permissions: pikepdf.Permissions, user: str = "") -> Callable[[Path], None]:
    def lock(path: Path) -> None:
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            pdf.save(path, encryption=pikepdf.Encryption(owner="owner", user=user, allow=permissions))

    return lock


def _boxless(pdf: pikepdf.Pdf) -> None:
    pdf.pages[2].obj.MediaBox = Array([0, 0, 0, 500])


def _pageless(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[:]


def _xfa(pdf: pikepdf.Pdf) -> None:
    pdf.Root.NeedsRendering = True


def _bomb(pdf: pikepdf.Pdf) -> None:
    from tests.hostile import _packed

    stream = pdf.make_stream(b"")
    stream.write(_packed(), filter=Name.FlateDecode)
    pdf.pages[0].obj.Contents = Array([stream, pdf.make_stream(b"0 0 m")])


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _on(change: Callable[[pikepdf.Pdf], None]) -> Callable[[Path], object]:
    return lambda path: changed(path, change)


REFUSED: Mapping[str, tuple[Callable[[Path], object], str]] = {
    "a password": (locked(pikepdf.Permissions(), "secret"), "locked with a password"),
    "no assembly": (
        locked(pikepdf.Permissions(modify_assembly=False, modify_other=False)),
        "does not allow it to be put together anew",
    ),
    "no printing": (
        locked(pikepdf.Permissions(print_highres=False, print_lowres=False)),
        "does not allow it to be put together anew",
    ),
    "a page without a size": (_on(_boxless), "Page 3 has no size"),
    "no pages": (_on(_pageless), "no pages"),
    "an XFA form": (_on(_xfa), "XFA"),
    "a gigabyte of a page": (_on(_bomb), "unpack to more"),
    "no file": (lambda path: path.unlink(), "does not exist"),
    "a folder": (_folder, "not a file"),
}
AT_THE_DOOR = (
    "nothing", "a picture", "a page of text", "a head alone", "half of it", "all but the end",
    "an end of its own", "locked", "a gigabyte of objects",
)  # fmt: skip
"""Of the hostile forms: those that are no PDF to impose, whatever is in them."""


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_imposed_gets_one_sentence_and_no_file(name: str, tmp_path: Path) -> None:
    make, said = REFUSED[name]
    path = pages(tmp_path, *[A4] * 4)
    make(path)
    done = booklet("impose", path, "--scheme", "saddle")
    assert done.returncode == 1
    problem, hint, count = done.stderr.splitlines()
    assert said in problem
    assert hint.strip().startswith("hint: ")
    assert count == "1 error found."
    assert [each.name for each in tmp_path.iterdir() if each != path] == []


@pytest.mark.parametrize("name", AT_THE_DOOR)
def test_a_hostile_file_gets_one_sentence(name: str, tmp_path: Path) -> None:
    make, said = HOSTILE[name]
    path = tmp_path / "hostile.pdf"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        path.write_bytes(make(worksheet("en", "print")))
    with pytest.raises(ProblemsFound) as found:
        imposed(path, "saddle")
    (problem,) = found.value.problems
    assert said in problem.message


def test_a_protection_that_allows_it_is_no_hindrance(tmp_path: Path) -> None:
    path = pages(tmp_path, *[A4] * 4)
    clear = imposed(path, "saddle")[0]
    locked(pikepdf.Permissions(modify_assembly=True, modify_form=False))(path)
    data = imposed(path, "saddle")[0]
    assert [apart(*pair) for pair in zip(pictures(data), pictures(clear), strict=True)] == [0, 0]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert not pdf.is_encrypted


def test_a_missing_page_is_told(tmp_path: Path) -> None:
    path = pages(tmp_path, *[A5] * 4)
    data = path.read_bytes()
    start = data.index(b"/Kids [ ") + 8
    end = data.index(b" R", start) + 2
    path.write_bytes(data[:start] + b"null".ljust(end - start) + data[end:])
    done = booklet("impose", path, "--scheme", "saddle")
    assert done.returncode == 0
    assert done.stderr.splitlines() == [
        f"{path}: warning: The file is damaged. The sheets hold what could still be read.",
        "       hint: Compare them with what the screen shows.",
    ]


def test_too_thick_a_booklet_is_told(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound, match="cannot be folded into each other"):
        imposed(pages(tmp_path, *[A5] * 400), "saddle", thickness=0.2 * MM)


# --- large files ---------------------------------------------------------------------------------


def heavy(path: Path, count: int, weight: int) -> None:
    """A PDF of so many pages, each with a picture of `weight` bytes that do not pack."""
    noise = random.Random(1)
    canvas = Canvas(str(path), pagesize=A5)
    for _ in range(count):
        canvas.showPage()
    canvas.save()
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for page in pdf.pages:
            image = pdf.make_stream(
                noise.randbytes(weight), Type=Name.XObject, Subtype=Name.Image, Width=weight // 100,
                Height=100, ColorSpace=Name.DeviceGray, BitsPerComponent=8,
            )  # fmt: skip
            page.Resources = Dictionary(XObject=Dictionary(Im=image))
            page.Contents = pdf.make_stream(b"q 300 0 0 400 50 50 cm /Im Do Q")
        pdf.save(path)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells how much memory a program took")
def test_a_thousand_heavy_pages_take_little_memory(tmp_path: Path) -> None:
    def megabytes(count: int, weight: int) -> int:
        path = tmp_path / f"{count}.{weight}.pdf"
        heavy(path, count, weight)
        script = (
            "import re; from pathlib import Path; from booklet.cli import app\n"
            "try: app()\nexcept SystemExit as end: assert not end.code\n"
            "print(int(re.search('VmHWM: *(.*) kB', Path('/proc/self/status').read_text())[1]) // 1024)"
        )
        done = subprocess.run(
            [sys.executable, "-c", script, "impose", str(path), "--scheme", "saddle"],
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert done.returncode == 0, done.stderr
        return int(done.stdout.splitlines()[-1])

    light, weighty = megabytes(1000, 1000), megabytes(1000, 50_000)
    assert weighty < light + 20  # of 50 megabytes of pictures
    assert light < megabytes(4, 1000) + 60
