"""Booklets tell where things are, and large print is large throughout."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise, product
from pathlib import Path
from typing import NamedTuple

import pikepdf
import pypdfium2
import pytest

from booklet import build, resolve
from booklet.compose.copyfit import compose
from booklet.compose.items import ARTIFACT, Composition, FieldItem, RectItem, TextItem, text_of
from booklet.content import document as doc
from booklet.content.document import Document
from booklet.content.document import plain as words
from booklet.impose.editions import Edition
from booklet.impose.model import Placement, Plan
from booklet.layout import load
from booklet.layout.load import LayoutSource
from booklet.typeset.fonts import book_of
from tests import pdfmodel, spoken, tools
from tests.pdfmodel import PdfFile
from tests.shipped import DOCUMENT, LIBRARY
from tests.spoken import Saying
from tests.test_layout import _gray_by_eye, _ground, _ratio, _rgb

WORKSHEETS = ("enabling-self-check", "first-talk", "support-plan", "treatment-questions")
MADE = datetime(2026, 11, 22, tzinfo=UTC)
LARGE, LONGEST = 18.0, 6 * 72.0
"""Points: the smallest type of large print and its longest line (print guidelines of ACB and the US Access
Board)."""


class Key(NamedTuple):
    document: str
    layout: str
    locale: str
    edition: Edition
    paper: str

    def __str__(self) -> str:
        return "-".join(self)


EDITIONS: tuple[tuple[Edition, str], ...] = (("print", "letter"), ("print", "a4"), ("screen", "letter"))
BOOKLETS = [Key(DOCUMENT, "booklet", locale, *each) for locale, each in product(("en", "es"), EDITIONS)]
LARGE_PRINT = [
    Key(document, "large-print", locale, *each)
    for document, locale, each in product((DOCUMENT, *WORKSHEETS), ("en", "es"), EDITIONS)
]
PAMPHLETS = [*BOOKLETS, *(key for key in LARGE_PRINT if key.document == DOCUMENT)]
each_booklet = pytest.mark.parametrize("key", BOOKLETS, ids=str)
each_large = pytest.mark.parametrize("key", LARGE_PRINT, ids=str)


class Made(NamedTuple):
    """A finished file, and what it was made of."""

    path: Path
    document: Document
    source: LayoutSource
    composition: Composition
    sides: Plan | None

    def places(self) -> list[tuple[int, Placement]]:
        """The page of the file and the place on it of each panel, in reading order."""
        if self.sides is None:
            return [(n, Placement(n, 0, 0, p.width, p.height)) for n, p in enumerate(self.composition.panels)]
        found = [(page, place) for page, side in enumerate(self.sides.sides) for place in side.placements]
        return sorted(found, key=lambda pair: pair[1].panel)

    def texts(self) -> list[str]:
        """What PDFium reads on each panel, line by line."""
        with pypdfium2.PdfDocument(self.path) as file:
            return [file[page].get_textpage().get_text_bounded(*place.box) for page, place in self.places()]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Mapping[Key, Made]:
    folder = tmp_path_factory.mktemp("books")
    found = {}
    for key in (*BOOKLETS, *LARGE_PRINT):
        document = resolve.document(LIBRARY, key.document, key.locale).document
        source = load.read(LIBRARY, key.layout)
        path = folder / f"{key}.pdf"
        path.write_bytes(build._one(document, source, key.edition, key.paper, MADE, {})[0])
        composition = composed(document, source, key)
        printed = build.plan(source, key.paper, False, len(composition.panels))
        found[key] = Made(path, document, source, composition, printed if key.edition == "print" else None)
    return found


def composed(document: Document, source: LayoutSource, key: Key) -> Composition:
    plan = build.plan(source, key.paper, document.direction == "rtl", len(source.layout.panels))
    space = build._space(source, key.edition, plan)
    return compose(document, space, source.theme, book_of(source.theme))


def listed(document: Document) -> list[str]:
    """The headings that a list of contents must have."""
    return [words(section.heading) for section in document.sections if section.role == "body"]


# --- the files -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "judge",
    [pytest.param(each, id=name, marks=pytest.mark.needs(name)) for name, each in tools.VALIDATORS.items()],
)
def test_no_validator_finds_an_error(judge: tools.Validator, made: Mapping[Key, Made]) -> None:
    found = judge([one.path for one in made.values()])
    assert {
        path.name: errors
        for path, findings in found.items()
        if (errors := [str(one) for one in findings if one.severity == "error"])
    } == {}


def test_what_no_validator_looks_at_is_in_order(made: Mapping[Key, Made]) -> None:
    for one in made.values():
        with PdfFile.open(one.path) as file:
            assert pdfmodel.problems(file) == []


@pytest.mark.parametrize("key", PAMPHLETS, ids=str)
def test_the_tree_says_the_document_and_its_contents_word_for_word(
    key: Key, made: Mapping[Key, Made]
) -> None:
    """So running heads, page numbers and draft marks are artifacts: nothing else is said."""
    document = made[key].document
    where = spoken.frames(made[key].source, key.edition)
    expected = spoken.sayings(document, where)
    if key.layout == "booklet":
        first = next(place for place, one in enumerate(document.sections) if one.role == "body")
        before = spoken.sayings(replace(document, sections=document.sections[:first]), where)
        listing = [Saying("H2", document.labels.contents)]
        listing += [
            Saying("TOCI", text)
            for place, heading in enumerate(listed(document), 1)
            for text in (str(place), heading, str(page_of(made[key], heading)))
        ]
        expected = [*before, *listing, *expected[len(before) :]]
    with PdfFile.open(made[key].path) as file:
        assert spoken.misheard(spoken.heard(file), expected) == ""


# --- contents ------------------------------------------------------------------------------------


def page_of(one: Made, heading: str) -> int:
    """The page, counted from 1, on which PDFium reads a section's heading, not counting its contents."""
    contents = one.document.labels.contents
    numbered = f"{listed(one.document).index(heading) + 1} {heading}"
    (page,) = (
        number
        for number, text in enumerate(map(tools.plain, one.texts()), 1)
        if numbered in text and contents not in text
    )
    return page


@each_booklet
def test_the_numbers_in_the_contents_are_those_of_the_pages(key: Key, made: Mapping[Key, Made]) -> None:
    one = made[key]
    texts = one.texts()
    (listing,) = (text for text in texts if one.document.labels.contents in text)
    shown = tools.plain(listing)
    for heading in listed(one.document):
        number = re.search(rf"{re.escape(heading)} (\d+)", shown)
        assert number, heading
        page = page_of(one, heading)
        assert int(number[1]) == page
        if key.edition == "print":  # the page says so itself, at its foot
            assert re.search(rf"^{page}\b|\b{page}\s*$", texts[page - 1].strip(), re.MULTILINE)


@each_booklet
def test_each_entry_of_the_contents_leads_to_its_section(key: Key, made: Mapping[Key, Made]) -> None:
    one = made[key]
    places = one.places()
    reached = []
    with pikepdf.open(one.path) as file, pypdfium2.PdfDocument(one.path) as shown:
        for page in file.pages:
            for annotation in page.get("/Annots", []):
                action = annotation.get("/A", pikepdf.Dictionary())
                if action.get("/S") != "/GoTo":
                    continue
                target, _, left, top, _ = action.D
                index = file.pages.index(pikepdf.Page(target))
                x, y = float(left), float(top)
                heading = str(annotation.Contents)
                text = shown[index].get_textpage().get_text_bounded(x, y - 30, x + 300, y + 6)
                assert heading.split()[0] in text
                (panel,) = (
                    panel
                    for panel, (on, place) in enumerate(places, 1)
                    if on == index and place.box[0] <= x < place.box[2]
                )
                assert panel == page_of(one, heading)
                reached.append(heading)
    assert list(dict.fromkeys(reached)) == listed(one.document)
    assert len(reached) >= 2 * len(listed(one.document))  # the heading and the number, each can be tapped


@each_booklet
def test_a_table_of_contents_is_tagged_as_one(key: Key, made: Mapping[Key, Made]) -> None:
    with PdfFile.open(made[key].path) as file:
        paths = [one.path for one in file.elements if "TOC" in one.path]
    entries = len(listed(made[key].document))
    base = "Document/Sect/TOC"
    steps = ("", "/TOCI", "/TOCI/Reference", "/TOCI/Reference/Link")
    assert {path: paths.count(path) for path in paths} == {
        base + step: entries if step else 1 for step in steps
    }


# --- pages of a booklet --------------------------------------------------------------------------


@pytest.mark.parametrize("key", [key for key in BOOKLETS if key.edition == "print"], ids=str)
def test_a_booklet_has_no_blank_page_and_help_is_found_when_it_is_closed(
    key: Key, made: Mapping[Key, Made]
) -> None:
    one = made[key]
    texts = one.texts()
    assert len(texts) % 4 == 0
    assert one.composition.body >= 12
    told = {section.role: words(section.heading) for section in one.document.sections}
    assert told["emergency"] in texts[1]  # inside the front cover
    assert told["contacts"] in texts[-1]
    assert one.document.title in tools.plain(texts[0])


@pytest.mark.parametrize("rtl", [False, True], ids=["ltr", "rtl"])
def test_page_numbers_and_running_heads_stand_at_the_outer_edge(rtl: bool) -> None:
    key = Key(DOCUMENT, "booklet", "en", "print", "letter")
    document = resolve.document(LIBRARY, key.document, key.locale).document
    if rtl:
        document = replace(document, direction="rtl")
    found = composed(document, load.read(LIBRARY, key.layout), key)
    heads = 0
    for number, panel in enumerate(found.panels, 1):
        loose = [item for item in panel.items if isinstance(item, TextItem) and item.node == ARTIFACT]
        outer_left = (number % 2 == 0) != rtl
        for item in loose:
            nearer_left = item.x < panel.width - item.x - item.width
            assert nearer_left == outer_left
        said = [tools.plain(text_of(item)) for item in loose]
        assert (str(number) in said) == (1 < number < len(found.panels))
        heads += len([text for text in said if text in listed(document)])
    assert heads >= 2


def test_pages_that_a_sheet_has_over_are_for_notes() -> None:
    """A document of two pages of text: a sheet of four is full, five pages make eight."""
    key = Key(DOCUMENT, "booklet", "en", "print", "letter")
    document = resolve.document(LIBRARY, key.document, key.locale).document
    body = [section for section in document.sections if section.role == "body"]
    others = [section for section in document.sections if section.role not in ("body", "sources")]
    for count in range(1, len(body)):
        short = replace(document, sections=(others[0], others[1], *body[:count], *others[2:]))
        found = composed(short, load.read(LIBRARY, key.layout), key)
        assert len(found.panels) % 4 == 0
        notes = [panel for panel in found.panels if panel.name.startswith("notes")]
        assert found.panels[-1].name == "back"
        assert [panel.name for panel in found.panels[-1 - len(notes) : -1]] == [n.name for n in notes]
        for place, panel in enumerate(notes):
            rules = sorted(item.y for item in panel.items if isinstance(item, RectItem) and item.height < 1)
            assert len(rules) >= 15
            assert {round(low - high, 3) for high, low in pairwise(rules)} == {26.0}
            said = [
                text_of(item) for item in panel.items if isinstance(item, TextItem) and item.node != ARTIFACT
            ]
            assert said == ([document.labels.notes] if place == 0 else [])


# --- large print ---------------------------------------------------------------------------------


def texts_of(one: Made) -> list[list[TextItem]]:
    return [[item for item in panel.items if isinstance(item, TextItem)] for panel in one.composition.panels]


@each_large
def test_nothing_in_large_print_is_small_slanted_or_set_tight(key: Key, made: Mapping[Key, Made]) -> None:
    one = made[key]
    assert one.composition.body >= LARGE
    for items in texts_of(one):
        for item in items:
            assert item.size >= LARGE - 0.001, text_of(item)
            assert item.width <= LONGEST + 0.01, text_of(item)
        for before, after in pairwise(items):
            if before.paragraph is after.paragraph and after.start == before.end:
                assert after.y - before.y >= 1.25 * after.size - 0.01, text_of(after)
    assert not [font.name for font in tools.pdffonts(one.path) if "Italic" in font.name]


@each_large
def test_headings_in_large_print_are_larger_than_the_body(key: Key, made: Mapping[Key, Made]) -> None:
    one = made[key]
    headings = {words(section.heading) for section in one.document.sections if section.heading}
    sizes = [item.size for items in texts_of(one) for item in items if text_of(item) in headings]
    assert sizes
    assert min(sizes) >= 22 / 18 * one.composition.body - 0.01


@pytest.mark.parametrize("key", [key for key in LARGE_PRINT if key.edition == "print"], ids=str)
def test_large_print_keeps_an_inch_clear_at_each_edge(key: Key, made: Mapping[Key, Made]) -> None:
    for panel, items in zip(made[key].composition.panels, texts_of(made[key]), strict=True):
        for item in items:
            assert item.x + 0.01 >= 72
            assert item.x + item.width <= panel.width - 72 + 0.01
            if item.node != ARTIFACT:
                assert item.y <= panel.height - 72


@pytest.mark.parametrize("key", [key for key in LARGE_PRINT if key.document in WORKSHEETS], ids=str)
def test_a_large_hand_has_room_to_write(key: Key, made: Mapping[Key, Made]) -> None:
    """Lines 12 mm apart or more, and boxes to tick of 7 mm."""
    fields = [
        item for panel in made[key].composition.panels for item in panel.items if isinstance(item, FieldItem)
    ]
    assert fields
    millimetre = 72 / 25.4
    for item in fields:
        if item.field.kind == "multiline":
            assert item.height >= 12 * millimetre
            assert all(low - high >= 12 * millimetre for high, low in pairwise((0.0, *item.rules)))
        elif item.field.kind in ("check", "radio"):
            assert item.width >= 10 * millimetre
            assert item.height >= 10 * millimetre
        else:
            assert item.height >= 10 * millimetre


# --- contrast ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "key", [key for key in (*BOOKLETS, *LARGE_PRINT) if key.locale == "en" and key.paper == "letter"], ids=str
)
def test_all_text_stands_out_from_its_ground_in_colour_and_in_gray(
    key: Key, made: Mapping[Key, Made]
) -> None:
    pairs = {
        (item.color, _ground(panel.items[:place], item))
        for panel in made[key].composition.panels
        for place, item in enumerate(panel.items)
        if isinstance(item, TextItem)
    }
    assert len(pairs) > 2
    for ink, ground in pairs:
        assert _ratio(_rgb(ink), _rgb(ground)) >= 4.5
        assert _ratio(_gray_by_eye(_rgb(ink)), _gray_by_eye(_rgb(ground))) >= 4.5


def test_a_section_does_not_begin_with_little_at_the_foot_of_a_page(made: Mapping[Key, Made]) -> None:
    """Under each heading of the body more of its section follows on the page than the heading itself."""
    for key in PAMPHLETS:
        headings = {words(one.heading) for one in made[key].document.sections if one.role == "body"}
        for items in texts_of(made[key]):
            read = [item for item in items if item.node != ARTIFACT]
            for place, item in enumerate(read):
                if text_of(item) in headings and item.size > 1.2 * made[key].composition.body:
                    assert len(read) - place > 4, (key, text_of(item))


def test_what_is_to_stay_together_is_split_only_where_no_page_could_hold_it() -> None:
    text = doc.Paragraph(text=(doc.Span("There is much to say, and all of it belongs together. " * 12),))
    for times, whole in ((1, True), (8, False)):
        block = replace(text, text=text.text * times, keep="together")
        section = doc.Section(id="a", role="body", blocks=(replace(text, keep=None), block))
        document = replace(resolve.document(LIBRARY, DOCUMENT, "en").document, sections=(section,))
        found = composed(document, load.read(LIBRARY, "large-print"), LARGE_PRINT[0])
        pages = {
            number
            for number, panel in enumerate(found.panels)
            for item in panel.items
            if isinstance(item, TextItem) and words(item.paragraph.spans) == words(block.text)
        }
        assert (len(pages) == 1) == whole
