"""What is read back from a PDF is the source text: in many languages, by four viewers, and in the tags.

Each file in tests/readback is a language: paragraphs by name, bullets, and the faults of viewers that nothing
in a file could mend, with their reasons. A fault that is mended there is a failure here, and can go.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from itertools import groupby
from pathlib import Path
from unicodedata import normalize

import pikepdf
import pytest
import yaml

from booklet.compose.copyfit import compose
from booklet.compose.items import Composition, TextItem
from booklet.compose.space import Space
from booklet.content import document as doc
from booklet.content import inline
from booklet.content.document import Document, Rich
from booklet.impose.schemes import single_pages
from booklet.layout import load
from booklet.layout.model import Frame, Margins, PanelSpec, Range, Row
from booklet.pdf.directions import MARKS, RLM
from booklet.pdf.write import write
from booklet.typeset.fonts import book_of
from booklet.typeset.paragraph import line
from booklet.typeset.shape import UNPAINTED
from tests import pdfmodel
from tests.documents import LABELS
from tests.shipped import LIBRARY
from tests.tools import READERS, VALIDATORS, Findings, Texts, plain

FOLDER = Path(__file__).parent / "readback"
THEME = load.read(LIBRARY, "handout").theme
BOOK = book_of(THEME)
WIDTH, HEIGHT, MARGIN = 260.0, 900.0, 20.0
BODY = 12.0
BULLET = "•"


# --- the samples ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sample:
    """A language's texts."""

    name: str
    lang: str
    direction: doc.Direction
    texts: Mapping[str, Rich]
    """Paragraphs, then bullets, by name."""
    faults: Mapping[str, Mapping[str, str]]
    """For each reader the paragraphs that it gets wrong, and why."""

    def bullets(self) -> tuple[Rich, ...]:
        return tuple(rich for name, rich in self.texts.items() if name.startswith("bullet-"))

    def paragraphs(self) -> tuple[Rich, ...]:
        return tuple(rich for name, rich in self.texts.items() if not name.startswith("bullet-"))


def sample(path: Path) -> Sample:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    bullets = {f"bullet-{number}": text for number, text in enumerate(data["bullets"], 1)}
    texts = {**data["paragraphs"], **bullets}
    faults: dict[str, dict[str, str]] = {reader: {} for reader in READERS}
    for fault in data.get("faults", ()):
        assert set(fault["paragraphs"]) <= set(texts), path.name
        faults[fault["reader"]] |= dict.fromkeys(fault["paragraphs"], fault["why"].strip())
    spans = {name: inline.parse(inline.tidy(text)).spans for name, text in texts.items()}
    return Sample(path.stem, data["lang"], data["direction"], spans, faults)


SAMPLES = tuple(sample(path) for path in sorted(FOLDER.glob("*.yaml")))
every_sample = pytest.mark.parametrize("sample", SAMPLES, ids=[sample.name for sample in SAMPLES])


def document(sample: Sample) -> Document:
    """The sample as a document of one section."""
    blocks: list[doc.Block] = [doc.Paragraph(text=rich) for rich in sample.paragraphs()]
    blocks.append(doc.Bullets(items=sample.bullets()))
    return Document(
        id=sample.name,
        version="1",
        lang=sample.lang,
        direction=sample.direction,
        title=f"Read back: {sample.name}",
        description="Every text in it is read back.",
        keywords=(),
        author="",
        sections=(doc.Section(id="all", role="body", blocks=tuple(blocks)),),
        labels=LABELS,
        draft=False,
        modified=date(2026, 1, 1),
    )


@dataclass(frozen=True, slots=True)
class Built:
    """A sample's PDF, and its texts as they were broken into lines."""

    path: Path
    composition: Composition
    lines: Mapping[str, list[str]]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Built]:
    """All samples, each on one page, narrow enough to break every paragraph."""
    folder = tmp_path_factory.mktemp("readback")
    margins = Margins(top=MARGIN, bottom=MARGIN, start=MARGIN, end=MARGIN)
    panel = PanelSpec(name="page", rows=(Row(frames=(Frame(takes=("body",)),)),), footer=False)
    space = Space(
        specs=(panel,),
        sizes=((WIDTH, HEIGHT),),
        margins=margins,
        body=Range(floor=BODY, ceiling=BODY),
        gap=0.0,
        sections="flow",
        fewest=False,
        numbers=False,
        name="read back",
    )
    made = {}
    for one in SAMPLES:
        composition = compose(document(one), space, THEME, BOOK)
        path = folder / f"{one.name}.pdf"
        stamp = datetime(2026, 1, 1, tzinfo=UTC)
        path.write_bytes(
            write(document(one), composition, single_pages(((WIDTH, HEIGHT),)), stamp, edition="screen")
        )
        made[one.name] = Built(path, composition, dict(zip(one.texts, lines(composition), strict=True)))
    return made


def text_items(composition: Composition) -> Iterator[TextItem]:
    return (item for panel in composition.panels for item in panel.items if isinstance(item, TextItem))


def lines(composition: Composition) -> Iterator[list[str]]:
    """The lines of each text but the bullets' discs."""
    for _, items in groupby(text_items(composition), lambda item: item.node):
        texts = [line(item.paragraph, item.start, item.end).text for item in items]
        if texts != [BULLET]:
            yield texts


@pytest.fixture(scope="module")
def reading(built: Mapping[str, Built]) -> Callable[[str], Texts]:
    """What a reader reads in all samples. Each is asked once."""
    return cache(lambda reader: READERS[reader]([one.path for one in built.values()]))


@pytest.fixture(scope="module")
def judging(built: Mapping[str, Built]) -> Callable[[str], Findings]:
    """What a validator finds in all samples. Each is asked once."""
    return cache(lambda validator: VALIDATORS[validator]([one.path for one in built.values()]))


def told(text: str) -> str:
    """`text` without what is no matter of reading: white space, direction marks, and in which of several
    canonically equivalent ways a letter with its marks is written. Bullets stand apart."""
    return plain(normalize("NFC", text).replace(BULLET, f" {BULLET} "))


def wanted(one: Built) -> dict[str, str]:
    """What should be told of each text. A space is as good as a line's end."""
    return {
        name: told(f"{BULLET} " * name.startswith("bullet-") + "\n".join(broken))
        for name, broken in one.lines.items()
    }


# --- the engine ----------------------------------------------------------------------------------


@every_sample
def test_lines_hold_the_source_text(sample: Sample, built: Mapping[str, Built]) -> None:
    for name, rich in sample.texts.items():
        assert "".join(built[sample.name].lines[name]) == doc.plain(rich).translate(UNPAINTED), name


@every_sample
def test_paragraphs_are_long_enough_to_be_broken(sample: Sample, built: Mapping[str, Built]) -> None:
    broken = built[sample.name].lines
    assert all(len(broken[name]) > 2 for name in sample.texts if not name.startswith("bullet-"))
    assert any(len(broken[name]) > 1 for name in sample.texts if name.startswith("bullet-")) or (
        sample.name in ("lo", "mixed")
    )


# --- readers -------------------------------------------------------------------------------------


@every_sample
@pytest.mark.parametrize("reader", [pytest.param(name, marks=pytest.mark.needs(name)) for name in READERS])
def test_reader_gets_the_source_text(
    sample: Sample, reader: str, built: Mapping[str, Built], reading: Callable[[str], Texts]
) -> None:
    one = built[sample.name]
    found = told("\n".join(reading(reader)[one.path]))
    expected = wanted(one)
    place, wrong = 0, []
    for name, text in expected.items():
        at = found.find(text, place)
        if at < 0:
            wrong.append(name)
        else:
            place = at + len(text)
    faults = sample.faults[reader]
    mended = sorted(set(faults) - set(wrong))
    assert not mended, (
        f"{reader} reads {mended} of {sample.name} rightly: take the fault out of the data file."
    )
    assert sorted(wrong) == sorted(faults), found
    if not faults:
        assert found == " ".join(expected.values())


# --- the file ------------------------------------------------------------------------------------


@every_sample
@pytest.mark.parametrize(
    "validator", [pytest.param(name, marks=pytest.mark.needs(name)) for name in VALIDATORS]
)
def test_validator_finds_no_error(
    sample: Sample, validator: str, built: Mapping[str, Built], judging: Callable[[str], Findings]
) -> None:
    findings = judging(validator)[built[sample.name].path]
    assert [str(one) for one in findings if one.severity == "error"] == []


@every_sample
def test_tags_hold_the_source_text(sample: Sample, built: Mapping[str, Built]) -> None:
    """In the order of the tree, which is that of the reading."""
    with pdfmodel.PdfFile.open(built[sample.name].path) as file:
        assert pdfmodel.problems(file) == []
        blocks = [told(block.text) for block in pdfmodel.blocks(file)]
    expected = [told(doc.plain(rich)) for rich in sample.paragraphs()]
    for rich in sample.bullets():
        expected += [BULLET, told(doc.plain(rich))]
    assert blocks == expected


@every_sample
def test_content_is_in_the_order_of_the_tags(sample: Sample, built: Mapping[str, Built]) -> None:
    """Whoever reads the page without its tags hears the same in the same order."""
    with pdfmodel.PdfFile.open(built[sample.name].path) as file:
        assert file.root is not None
        assert list(in_tree_order(file.root)) == file.pages[1].mcids()


def in_tree_order(element: pdfmodel.Element) -> Iterator[int]:
    """The MCIDs of a file of one page, as a walk through the tree meets them."""
    for kid in element.kids:
        if isinstance(kid, pdfmodel.ContentKid):
            yield kid.mcid
        elif isinstance(kid, pdfmodel.Element):
            yield from in_tree_order(kid)


@every_sample
def test_no_control_character_of_the_source_is_in_the_file(
    sample: Sample, built: Mapping[str, Built]
) -> None:
    with pdfmodel.PdfFile.open(built[sample.name].path) as file:
        shown = {char for page in file.pages.values() for one in page.marked for char in "".join(one.lines)}
    assert not shown & ({chr(code) for code in UNPAINTED} - set(MARKS))
    if sample.direction == "ltr" and sample.name != "mixed":
        assert RLM not in shown


@every_sample
def test_every_code_has_a_glyph(sample: Sample, built: Mapping[str, Built]) -> None:
    with pikepdf.open(built[sample.name].path) as pdf:
        for font in pdf.pages[0].Resources.Font.values():
            mapping = font.DescendantFonts[0].CIDToGIDMap.read_bytes()
            glyphs = [int.from_bytes(mapping[at : at + 2]) for at in range(0, len(mapping), 2)]
            assert all(glyphs[1:])
        for instruction in pikepdf.parse_content_stream(pdf.pages[0]):
            if str(instruction.operator) == "TJ":
                codes = b"".join(
                    bytes(one) for one in instruction.operands[0] if isinstance(one, pikepdf.String)
                )
                assert all(int.from_bytes(codes[at : at + 2]) for at in range(0, len(codes), 2))


@every_sample
@pytest.mark.needs("pdftotext")
def test_every_line_leaves_ink_on_the_page(
    sample: Sample, built: Mapping[str, Built], tmp_path: Path
) -> None:
    """From its left end to its right end, and none where no line is."""
    one = built[sample.name]
    dots = 144 / 72
    subprocess.run(
        ["pdftoppm", "-r", "144", "-gray", "-singlefile", str(one.path), str(tmp_path / "page")], check=True
    )
    columns, rows, pixels = graymap(tmp_path / "page.pgm")
    for item in text_items(one.composition):
        top, bottom = int((item.y - item.size) * dots), int((item.y + 0.4 * item.size) * dots)
        band = [pixels[row * columns : (row + 1) * columns] for row in range(top, min(bottom, rows))]
        inked = [column for column in range(columns) if min(row[column] for row in band) < 128]
        assert inked
        if item.node and line(item.paragraph, item.start, item.end).text != BULLET:
            inked = [column for column in inked if column >= (item.x - 1) * dots]
            right = (item.x + item.width) * dots
            reach = (
                item.size * dots * (0.8 if sample.lang[:2] in ("zh", "ja") else 0.3)
            )  # full-width punctuation
            assert abs(inked[0] - item.x * dots) < reach
            assert abs(max(column for column in inked if column < right + 2) - right) < reach


def graymap(path: Path) -> tuple[int, int, bytes]:
    """Columns, rows and pixels of a binary portable graymap."""
    kind, columns, rows, most, pixels = path.read_bytes().split(maxsplit=4)
    assert (kind, most) == (b"P5", b"255")
    return int(columns), int(rows), pixels
