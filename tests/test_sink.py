"""A document with every kind of block, sound in narrow columns and in wide ones, on screen and on paper.

The document is sink/content/sink.yaml; its layouts stand beside it. Look at its pages after a change:

    (cd tests/sink && booklet build sink --layout narrow --layout wide --out /tmp/sink)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings

from booklet import build, resolve
from booklet.build import EDITIONS, Made, Order
from booklet.content import document as doc
from booklet.content.document import Document
from booklet.impose.schemes import single_pages
from booklet.layout import load
from booklet.layout.load import LayoutSource
from booklet.pdf.write import write
from booklet.project import Project
from tests import pdfmodel, spoken, tools
from tests.composing import composed, one_frame
from tests.documents import documents
from tests.pdfmodel import Element, PdfFile
from tests.shipped import ROOT

PROJECT = Project(ROOT / "tests" / "sink", ROOT)
LAYOUTS = ("narrow", "wide")
CASES = [(layout, edition) for layout in LAYOUTS for edition in EDITIONS]
each = pytest.mark.parametrize("case", CASES, ids="-".join)


@dataclass(frozen=True)
class Sink:
    """The document and its files."""

    document: Document
    sources: dict[str, LayoutSource]
    paths: dict[tuple[str, str], Path]

    def frames(self, case: tuple[str, str]) -> spoken.Frames:
        return spoken.frames(self.sources[case[0]], case[1])


@pytest.fixture(scope="module")
def sink(tmp_path_factory: pytest.TempPathFactory) -> Sink:
    folder = tmp_path_factory.mktemp("sink")
    paths = {}
    for made in build.make(PROJECT, Order("sink", "en", LAYOUTS, EDITIONS)):
        assert isinstance(made, Made), made
        _, layout, edition, _ = made.name.split(".")
        paths[layout, edition] = build.save(folder, made)
    sources = {layout: load.read(PROJECT, layout) for layout in LAYOUTS}
    return Sink(resolve.document(PROJECT, "sink", "en").document, sources, paths)


def test_it_holds_every_kind_of_block_that_is_no_form() -> None:
    document = resolve.document(PROJECT, "sink", "en").document
    held = {type(block).__name__ for section in document.sections for block in section.blocks}
    questions = {"Question", *(kind.__name__ for kind in doc.Question.__subclasses__())}
    added = {"Toc", "Lines"}  # by composition, in booklets: no author writes them
    assert held == {kind.__name__ for kind in doc.Block.__subclasses__()} - questions - added


@pytest.mark.parametrize(
    "judge",
    [pytest.param(judge, marks=pytest.mark.needs(name), id=name) for name, judge in tools.VALIDATORS.items()],
)
def test_no_validator_finds_an_error(judge: tools.Validator, sink: Sink) -> None:
    found = judge(sink.paths.values())
    assert [str(one) for findings in found.values() for one in findings if one.severity == "error"] == []


@each
def test_it_is_tagged_linked_and_described(case: tuple[str, str], sink: Sink) -> None:
    where = sink.frames(case)
    with PdfFile.open(sink.paths[case]) as file:
        assert pdfmodel.problems(file) == []
        assert spoken.misheard(spoken.heard(file), spoken.sayings(sink.document, where)) == ""
        assert {link.uri for link in pdfmodel.links(file)} == spoken.addresses(sink.document, where)
        figures = [str(one.obj.Alt) for one in file.elements if one.tag == "Figure"]
        assert figures == spoken.alternatives(sink.document, where)


@each
def test_tables_have_heads_scopes_and_even_rows(case: tuple[str, str], sink: Sink) -> None:
    with PdfFile.open(sink.paths[case]) as file:
        tables = [one for one in file.elements if one.tag == "Table"]
        shapes = [[_cells(row) for row in one.descendants() if row.tag == "TR"] for one in tables]
    row, empty = ["TH Row", "TD ", "TD "], ["TD ", "TD ", "TD "]
    assert shapes == [
        [["TH Column"] * 3, row, row, empty],  # the last row heads nothing: its first cell is empty
        [["TH Column"] * 2, ["TD ", "TD "], ["TD ", "TD "]],
    ]
    assert [[kid.tag for kid in one.kids if isinstance(kid, Element)] for one in tables] == [
        ["Caption", "THead", "TBody"],
        ["THead", "TBody"],
    ]


def _cells(row: Element) -> list[str]:
    """The type and scope of each cell of a row."""
    cells = [kid for kid in row.kids if isinstance(kid, Element)]
    return [f"{cell.tag} {str(cell.obj.A.Scope)[1:] if '/A' in cell.obj else ''}" for cell in cells]


@each
def test_groups_are_groups(case: tuple[str, str], sink: Sink) -> None:
    """Quotes, callouts and lists inside callouts keep together in the tree."""
    with PdfFile.open(sink.paths[case]) as file:
        paths = [one.path for one in file.elements]
    assert paths.count("Document/Sect/BlockQuote") == 2
    assert paths.count("Document/Sect/BlockQuote/P") == 3  # one of them is signed
    assert "Document/Sect/Div/L/LI/LBody" in paths
    assert "Document/Sect/Div/H3" in paths
    assert "Document/Sect/L/LI/Lbl" in paths


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_picture_is_as_wide_as_asked_for_in_its_own_proportions(layout: str, sink: Sink) -> None:
    with PdfFile.open(sink.paths[layout, "print"]) as file:
        boxes = {
            str(one.obj.Alt): [float(value) for value in one.obj.A.BBox]
            for one in file.elements
            if one.tag == "Figure"
        }
    left, bottom, right, top = boxes["A brown sun over a green line"]
    column = {"narrow": 612 - 2 * 18, "wide": (612 - 2 * 33 - 22) / 2}[layout]
    assert right - left == pytest.approx(0.6 * column, abs=0.01)
    assert (right - left) / (top - bottom) == pytest.approx(120 / 80)
    left, bottom, right, top = boxes["QR: https://example.org/night/"]
    assert right - left == pytest.approx(top - bottom)
    assert right - left >= 0.6 * 72  # a phone reads it at arm's length


@pytest.mark.needs("pdfium")
def test_the_qr_code_leads_where_its_words_say(sink: Sink) -> None:
    """Read back module by module from the rendered page."""
    import pypdfium2
    import segno

    with PdfFile.open(sink.paths["narrow", "screen"]) as file:
        (code,) = (one for one in file.elements if one.tag == "Figure" and str(one.obj.Alt).startswith("QR"))
        left, _, right, top = (float(value) for value in code.obj.A.BBox)
        page = next(iter(code.content())).page
    expected = segno.make("https://example.org/night/", error="m", micro=False).matrix
    scale, modules = 8, len(expected) + 8
    with pypdfium2.PdfDocument(sink.paths["narrow", "screen"]) as pdf:
        leaf = pdf[page - 1]
        image = leaf.render(scale=scale, grayscale=True).to_pil()
        high = leaf.get_height()
    side = (right - left) / modules

    def dark(row: int, column: int) -> bool:
        x, y = left + (column + 4.5) * side, high - top + (row + 4.5) * side
        return bool(image.getpixel((int(x * scale), int(y * scale))) < 128)

    size = range(len(expected))
    assert [[dark(row, column) for column in size] for row in size] == [
        [bool(one) for one in row] for row in expected
    ]


@pytest.mark.parametrize(
    "read",
    [pytest.param(read, marks=pytest.mark.needs(name), id=name) for name, read in tools.READERS.items()],
)
def test_it_reads_back_in_order(read: tools.Reader, sink: Sink) -> None:
    path = sink.paths["narrow", "screen"]
    text = tools.plain(" ".join(read([path])[path]))
    place = 0
    for saying in spoken.sayings(sink.document, sink.frames(("narrow", "screen"))):
        if not saying.drawn:
            found = text.find(saying.text, place)
            assert found >= 0, f"{saying.text!r} does not follow on {text[place - 60 : place]!r}"
            place = found + len(saying.text)


@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(documents())
def test_any_document_makes_a_sound_file(document: Document) -> None:
    """Whatever its blocks, its script and its direction."""
    made = composed(document, one_frame((330.0, 900.0), repeat=True, stamp=True))
    sides = single_pages(tuple((each.width, each.height) for each in made.panels))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "chance.pdf"
        path.write_bytes(write(document, made, sides, datetime(2026, 1, 1), edition="screen"))
        assert tools.page_validation([path])[path] == []
        with PdfFile.open(path) as file:
            assert pdfmodel.problems(file) == []
            assert file.pdf.Root.Lang == document.lang
