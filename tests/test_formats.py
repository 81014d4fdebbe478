"""Cards are read once, posters from afar, turned panels work, press sheets are what a shop needs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from math import radians
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from booklet import build, inputs, resolve
from booklet.build import Made, Order
from booklet.compose.copyfit import compose
from booklet.content.document import Contacts, Document, Steps, plain
from booklet.forms.acroform import opened
from booklet.forms.fill import fill
from booklet.forms.read import read
from booklet.impose import editions, schemes
from booklet.impose.editions import Edition
from booklet.impose.model import Placement, Side, Turn
from booklet.impose.papers import MM, PAPERS
from booklet.layout import load
from booklet.pdf.write import write
from booklet.problems import Problem
from booklet.project import Project
from booklet.typeset.fonts import book_of
from booklet.yamlfile import parse
from tests import pdfmodel, tools
from tests.pdfmodel import PdfFile
from tests.shipped import LIBRARY
from tests.worksheets import PROJECT

STEPS = "overdose-steps"
CARDS = ("wallet-card", "zine", "bifold", "poster")
LOCALES = ("en", "es")
MADE = datetime(2026, 11, 27, tzinfo=UTC)


@cache
def pdf(
    layout: str, edition: Edition, locale: str = "en", *, document: str = STEPS, gray: bool = False
) -> bytes:
    order = Order(document, locale, (layout,), (edition,), gray=gray)
    (made,) = (one for one in build.make(LIBRARY, order) if isinstance(one, Made))
    return made.data


def picture(data: bytes, page: int = 0, scale: float = 2.0) -> Image.Image:
    with pypdfium2.PdfDocument(data) as file:
        file.init_forms()  # else it leaves widgets out
        image: Image.Image = file[page].render(scale=scale).to_pil()
        return image.convert("RGB")


def saved(folder: Path, data: bytes) -> Path:
    path = folder / "made.pdf"
    path.write_bytes(data)
    return path


# --- which layouts suit a document ----------------------------------------------------------------


def test_a_document_is_built_in_the_layouts_that_it_names() -> None:
    (order,) = build.orders(LIBRARY, [STEPS], ["en"], None, ("print",), None, None)
    assert isinstance(order, Order)
    assert order.layouts == CARDS


def test_a_layout_that_is_not_there_is_told_at_its_line(tmp_path: Path) -> None:
    text = (LIBRARY.library / "content" / f"{STEPS}.yaml").read_text("utf-8")
    (tmp_path / "content").mkdir()
    own = tmp_path / "content" / "steps.yaml"
    own.write_text(text.replace(f"id: {STEPS}", "id: steps").replace("zine,", "zien,"), "utf-8")
    found = list(
        build.orders(Project(tmp_path, LIBRARY.library), ["steps"], ["en"], None, ("print",), None, None)
    )
    (problem,) = (one for one in found if isinstance(one, Problem))
    line = 1 + next(at for at, each in enumerate(text.splitlines()) if each.startswith("layouts:"))
    assert (problem.place.file, problem.place.line) == ("content/steps.yaml", line)
    assert problem.message == 'There is no layout "zien".'
    assert '"zine"' in problem.hint
    (order,) = (one for one in found if isinstance(one, Order))
    assert order.layouts == ("wallet-card", "bifold", "poster")


# --- wallet cards ---------------------------------------------------------------------------------


@pytest.mark.parametrize("locale", LOCALES)
def test_ten_cards_are_printed_and_one_is_read(locale: str, tmp_path: Path) -> None:
    path = saved(tmp_path, pdf("wallet-card", "print", locale))
    document = resolve.document(LIBRARY, STEPS, locale).document
    heading = next(plain(one.heading) for one in document.sections if one.id == "steps")
    shown = tools.plain(tools.pdfium([path])[path][1])
    assert shown.count(heading) == 10
    with PdfFile.open(path) as file:
        assert pdfmodel.problems(file) == []
        read_aloud = [tools.plain(run.text) for run in pdfmodel.runs(file)]
        assert [text for text in read_aloud if heading in text] == [heading]
        headings = [run.path.rsplit("/", 1)[-1] for run in pdfmodel.runs(file) if "/H" in run.path]
    assert set(headings) == {"H1"}


@pytest.mark.parametrize("locale", LOCALES)
def test_a_card_holds_all_seven_steps_and_the_number_to_call(locale: str) -> None:
    with pypdfium2.PdfDocument(pdf("wallet-card", "screen", locale)) as file:
        text = [tools.plain(page.get_textpage().get_text_range()) for page in file]
    assert all(f"{step} " in text[1] for step in range(1, 8))
    assert "911" in text[1]
    assert "988" in text[0]


def test_fronts_and_backs_of_cards_lie_on_each_other() -> None:
    source = load.read(LIBRARY, "wallet-card")
    front, back = build.plan(source, "letter", False, 2).sides
    seen_through = {round(back.width - p.x - p.width, 2) for p in back.placements}
    assert {round(p.x, 2) for p in front.placements} == seen_through
    assert [p.copy for p in front.placements] == list(range(10))


# --- the zine -------------------------------------------------------------------------------------


def test_the_zine_says_how_to_get_an_interpreter() -> None:
    document = resolve.document(LIBRARY, STEPS, "vi").document
    contacts = next(one for one in document.sections if one.id == "contacts").blocks[0]
    assert isinstance(contacts, Contacts)
    with pypdfium2.PdfDocument(pdf("zine", "screen", "vi")) as file:
        words = tools.plain(" ".join(page.get_textpage().get_text_range() for page in file))
    for contact in contacts.items:
        assert contact.note
        assert plain(contact.note) in words


# --- posters --------------------------------------------------------------------------------------

ARC = 8.4
"""Minutes of arc that an x must span at two metres: more than one and a half times what normal sight needs,
which is 5."""


@pytest.mark.parametrize("locale", LOCALES)
def test_the_steps_on_a_poster_can_be_read_from_two_metres(locale: str) -> None:
    document = resolve.document(LIBRARY, STEPS, locale).document
    sections = {one.id: one for one in document.sections}
    with pypdfium2.PdfDocument(pdf("poster", "print", locale)) as file:
        text = file[0].get_textpage()
        whole = text.get_text_range()
        start = whole.index(plain(sections["signs"].heading))
        end = whole.index(plain(sections["contacts"].heading))
        boxes = [text.get_charbox(at) for at in range(start, end) if whole[at] in "xzvw"]
    heights = [top - bottom for _, bottom, _, top in boxes]
    assert min(heights) >= 2000 * MM * radians(ARC / 60)
    steps = sections["steps"].blocks[0]
    assert isinstance(steps, Steps)
    assert all(plain(step.brief).split()[0] in whole[start:end] for step in steps.items)


@pytest.mark.parametrize(("paper", "sheet"), [("letter", "tabloid"), ("a4", "a3"), ("a3", "a3")])
def test_a_poster_is_twice_the_office_paper(paper: str, sheet: str) -> None:
    (side,) = build.plan(load.read(LIBRARY, "poster"), paper, False, 1).sides
    assert (side.width, side.height) == pytest.approx(PAPERS[sheet])


# --- the press edition ----------------------------------------------------------------------------


@pytest.mark.parametrize("layout", ["trifold", "zfold"])
def test_a_press_sheet_has_true_boxes_and_a_ground_that_bleeds(layout: str, tmp_path: Path) -> None:
    data = pdf(layout, "press", document="loved-one-uses-heroin")
    with pikepdf.open(saved(tmp_path, data)) as file:
        page = file.pages[0]
        media, bleed, trim = (
            [float(v) for v in page.obj[key]] for key in ("/MediaBox", "/BleedBox", "/TrimBox")
        )
    assert (trim[2] - trim[0], trim[3] - trim[1]) == pytest.approx((792, 612), abs=0.01)
    assert [t - b for t, b in zip(trim, bleed, strict=True)] == pytest.approx(
        [3 * MM] * 2 + [-3 * MM] * 2, abs=0.01
    )
    assert media[0] < bleed[0]
    assert media[2] > bleed[2]
    image = picture(data)
    height = image.height

    def at(x: float, y: float) -> tuple[int, ...]:
        return image.getpixel((round(2 * x), round(height - 2 * y)))  # type: ignore[return-value]

    inside = trim[2] - 3, trim[1] + 150
    beyond = bleed[2] - 1, trim[1] + 150
    assert at(*inside) == at(*beyond) == (0xE6, 0xF1, 0xF0), "the cover's ground runs into the bleed"
    assert at(bleed[2] + 2, trim[1] + 150) == (255, 255, 255), "and no further"
    assert at(trim[0] - 1, trim[1] + 150) == (255, 255, 255), "other panels have none"


def test_the_slug_line_says_what_a_shop_must_know(tmp_path: Path) -> None:
    data = pdf("trifold", "press", "es", document="loved-one-uses-heroin")
    with pypdfium2.PdfDocument(data) as file:
        for number, page in enumerate(file):
            _, bottom, _, _ = page.get_trimbox()
            text = page.get_textpage().get_text_bounded(0, 0, page.get_width(), bottom)
            assert "loved-one-uses-heroin · es-US · version 1.0" in tools.plain(text)
            assert f"Sheet 1 of 1, {('front', 'back')[number]}" in tools.plain(text)


def test_gray_is_gray_everywhere() -> None:
    name = "loved-one-uses-heroin"
    for page in (0, 1):
        image = picture(pdf("trifold", "print", document=name, gray=True), page)
        red, green, blue = (band.tobytes() for band in image.split())
        assert red == green == blue
        assert _differs(picture(pdf("trifold", "print", document=name), page), image) < 0.01


@pytest.mark.needs("verapdf")
def test_all_editions_of_all_formats_are_pdf_ua(tmp_path: Path) -> None:
    paths = []
    for layout in CARDS:
        for edition in ("screen", "print", "press"):
            for locale in LOCALES:
                path = tmp_path / f"{layout}.{edition}.{locale}.pdf"
                path.write_bytes(pdf(layout, edition, locale))
                paths.append(path)
    for judge in tools.VALIDATORS.values():
        assert {path.name: found for path, found in judge(paths).items() if found} == {}


# --- panels that are turned -----------------------------------------------------------------------


def turned(turn: Turn, scale: float = 1.0) -> tuple[bytes, bytes]:
    """The tests' worksheet upright, and with every page turned (and scaled) by the plan."""
    document = resolve.document(PROJECT, "check", "en").document
    source = load.read(PROJECT, "worksheet")
    plan = build.plan(source, "letter", False, len(source.layout.panels))
    made = compose(document, build._space(source, "print", plan), source.theme, book_of(source.theme))
    upright = build.plan(source, "letter", False, len(made.panels))

    def side(old: Side) -> Side:
        (place,) = old.placements
        wide, tall = place.width * scale, place.height * scale
        if turn in (90, 270):
            wide, tall = tall, wide
        return Side(wide, tall, (Placement(place.panel, 0.0, 0.0, wide, tall, turn, scale),))

    other = replace(upright, sides=tuple(map(side, upright.sides)))
    return (
        write(document, made, upright, MADE, edition="print"),
        write(document, made, other, MADE, edition="print"),
    )


@pytest.mark.parametrize(("turn", "scale"), [(90, 1.0), (180, 1.0), (270, 1.0), (0, 1.25), (180, 0.5)])
def test_a_turned_panel_shows_the_same(turn: Turn, scale: float, tmp_path: Path) -> None:
    straight, other = turned(turn, scale)
    with PdfFile.open(saved(tmp_path, other)) as file:
        assert pdfmodel.problems(file) == []
    for page in (0, 1):
        shown = picture(other, page, 2 / scale).rotate(-turn, expand=True)
        assert _differs(picture(straight, page), shown) < 0.002


@pytest.mark.parametrize("flat", [False, True])
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_fields_on_turned_panels_are_filled_upright(turn: Turn, flat: bool, tmp_path: Path) -> None:
    straight, other = turned(turn)
    answers = tmp_path / "answers.yaml"
    path = saved(tmp_path, straight)
    first = "limits"
    answers.write_text(f"{first}: Ana\n", "utf-8")
    pages = []
    for data in (straight, other):
        path.write_bytes(data)
        tree = parse(answers.read_bytes(), "answers.yaml", lines=True)
        with opened(path) as form:
            pages.append(fill(form, tree, flat=flat).data)
    if not flat:
        path.write_bytes(pages[1])
        assert read(path).values[first] == "Ana"
    for page in (0, 1):
        before, after = picture(pages[0], page), picture(pages[1], page).rotate(-turn, expand=True)
        assert _differs(before, after) < 0.002
    assert any(picture(straight, page) != picture(pages[0], page) for page in (0, 1)), "the answer shows"


def _differs(one: Image.Image, other: Image.Image) -> float:
    """The share of pixels that are clearly not the same, a shift of one pixel forgiven."""
    from PIL import ImageChops, ImageFilter

    assert abs(one.width - other.width) <= 1
    assert abs(one.height - other.height) <= 1
    other = other.resize(one.size)
    gray = [image.convert("L").filter(ImageFilter.GaussianBlur(2)) for image in (one, other)]
    far = ImageChops.difference(*gray).point(lambda value: 255 * (value > 60))
    return far.histogram()[255] / (one.width * one.height)


# --- geometry of editions -------------------------------------------------------------------------


def test_press_sheets_keep_the_paper_and_move_the_panels() -> None:
    made = schemes.plan("saddle", schemes.Job("letter", 12, thickness=0.1 * MM))
    for before, after in zip(made.sides, editions.press(made).sides, strict=True):
        assert after.trim is not None
        assert after.trim[2] - after.trim[0] == pytest.approx(before.width)
        for old, new in zip(before.placements, after.placements, strict=True):
            assert (new.x - old.x, new.y - old.y) == pytest.approx((editions.MARGIN,) * 2)


def test_inputs_of_the_steps_have_a_source_for_every_claim() -> None:
    document: Document = resolve.resolve(inputs.read(LIBRARY, STEPS, "en")).document
    assert not document.draft
    steps = next(one for one in document.sections if one.id == "steps")
    assert steps.blocks[0].claims


EDGE = 18.0
"""A quarter of an inch, which office printers may not reach."""


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(
    ("document", "layout"),
    [
        *((STEPS, layout) for layout in CARDS),
        *(("loved-one-uses-heroin", name) for name in ("zfold", "booklet")),
    ],
)
def test_office_printers_reach_all_that_is_printed(document: str, layout: str, locale: str) -> None:
    data = pdf(layout, "print", locale, document=document)
    with pypdfium2.PdfDocument(data) as file:
        for number in range(len(file)):
            image = picture(data, number).convert("L")
            box = image.point(lambda shade: 255 * (shade < 250)).getbbox()
            assert box is not None
            left, top, right, bottom = (edge / 2 for edge in box)
            assert min(left, top, image.width / 2 - right, image.height / 2 - bottom) >= EDGE - 0.5
