"""Every PDF that ships conforms, reads aloud as the document says, and reads back as it was written."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest

from booklet.content import document as doc
from booklet.content.document import plain as words
from tests import pdfmodel, spoken, tools
from tests.pdfmodel import ContentKid, Element, PdfFile
from tests.shipped import KEYS, ON_SCREEN, PRINTED, SHIPPED, Key, Pdfs
from tests.spoken import Saying, misheard

JUDGES = [
    pytest.param(judge, id=name, marks=pytest.mark.needs(name)) for name, judge in tools.VALIDATORS.items()
]
READERS = [pytest.param(read, id=name, marks=pytest.mark.needs(name)) for name, read in tools.READERS.items()]
FALSE_ALARM = "ORD-001"
"""outloud's warning of another painting order than the tree's: it takes an element's own content to come
before that of the links inside it. `test_what_is_painted_first_is_said_first` looks at the real order."""
each_pdf = pytest.mark.parametrize("key", KEYS, ids=str)


# --- the files as files --------------------------------------------------------------------------


def test_eight_files_ship_and_the_printed_ones_are_one_sheet(shipped: Pdfs) -> None:
    assert len(SHIPPED) == 8
    assert {key: shipped[key].pages for key in PRINTED} == dict.fromkeys(PRINTED, 2)


@pytest.mark.parametrize("judge", JUDGES)
def test_no_validator_finds_anything(judge: tools.Validator, shipped: Pdfs) -> None:
    found = {
        path: [one for one in findings if one.rule != FALSE_ALARM]
        for path, findings in judge([pdf.path for pdf in shipped.values()]).items()
    }
    assert {
        str(key): list(map(str, found[pdf.path])) for key, pdf in shipped.items() if found[pdf.path]
    } == {}


@each_pdf
def test_what_no_validator_looks_at_is_in_order(key: Key, shipped: Pdfs) -> None:
    with PdfFile.open(shipped[key].path) as file:
        assert pdfmodel.problems(file, author="Riverside Clinic" if key.site else "") == []


@pytest.mark.needs("pdffonts")
def test_all_fonts_are_embedded_subsets_that_read_back(shipped: Pdfs) -> None:
    for pdf in shipped.values():
        fonts = tools.pdffonts(pdf.path)
        assert fonts
        assert all(font.embedded and font.subset and font.to_unicode for font in fonts), fonts


# --- what a screen reader says -------------------------------------------------------------------


@each_pdf
def test_the_tree_says_the_document_word_for_word(key: Key, shipped: Pdfs) -> None:
    pdf = shipped[key]
    expected = spoken.sayings(pdf.document, spoken.frames(pdf.source, key.edition))
    with PdfFile.open(pdf.path) as file:
        assert misheard(spoken.heard(file), expected) == ""


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        ([("H1", "Visit"), ("P", "Call 911 · Wait")], ""),
        ([("H1", "Visit"), ("P", "Call 911")], "end was reached"),
        ([("H1", "Visit"), ("P", "Call 911 now · Wait")], "now"),
        ([("H1", "Visit"), ("P", "Wait · Call 911")], "Wait"),
        ([("H1", "Visit"), ("H2", "Call 911 · Wait")], "H2"),
        ([("H1", "Visit"), ("P", "Call 911 · Wait"), ("P", "Wait")], "More is said"),
        ([("H1", "Visit"), ("P", "Call 911 · Wait Wait")], "More is said"),
    ],
)
def test_a_lost_added_moved_or_mistagged_text_is_noticed(told: list[tuple[str, str]], fault: str) -> None:
    said = misheard(told, [Saying("H1", "Visit"), Saying("P", "Call 911"), Saying("P", "Wait")])
    assert fault in said
    assert bool(fault) == bool(said)


@each_pdf
def test_what_is_painted_first_is_said_first(key: Key, shipped: Pdfs) -> None:
    """Some viewers read the content stream and not the tree: on each panel both go the same way."""
    with PdfFile.open(shipped[key].path) as file:
        assert file.root is not None
        said = list(_in_order(file.root))
        painted = [ContentKid(page, mcid) for page, content in file.pages.items() for mcid in content.mcids()]
    assert sorted(said, key=lambda kid: kid.page) == painted


def _in_order(element: Element) -> Iterator[ContentKid]:
    for kid in element.kids:
        if isinstance(kid, ContentKid):
            yield kid
        elif isinstance(kid, Element):
            yield from _in_order(kid)


@each_pdf
def test_headings_go_down_one_level_at_a_time(key: Key, shipped: Pdfs) -> None:
    with PdfFile.open(shipped[key].path) as file:
        levels = [int(one.tag[1]) for one in file.elements if re.fullmatch("H[1-6]", one.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


@each_pdf
def test_lists_are_lists(key: Key, shipped: Pdfs) -> None:
    with PdfFile.open(shipped[key].path) as file:
        lists = [one for one in file.elements if one.tag == "L"]
        assert lists
        for one in lists:
            assert {kid.tag for kid in _children(one)} == {"LI"}
            for item in _children(one):
                assert [kid.tag for kid in _children(item)] in (["Lbl", "LBody"], ["LBody"])
        assert _numberings(lists, "Decimal") == [7]  # the seven steps of an overdose
        assert _numberings(lists, "Disc") == _bullets(shipped[key].document)


def _children(element: Element) -> list[Element]:
    return [kid for kid in element.kids if isinstance(kid, Element)]


def _numberings(lists: list[Element], kind: str) -> list[int]:
    """How many items each list of a kind of numbering has."""
    return [
        len(_children(one))
        for one in lists
        if one.obj.get("/A", pikepdf.Dictionary()).get("/ListNumbering") == f"/{kind}"
    ]


def _bullets(document: doc.Document) -> list[int]:
    blocks = [block for section in document.sections for block in section.blocks]
    return [len(block.items) for block in blocks if isinstance(block, doc.Bullets)]


@each_pdf
def test_sections_are_sections(key: Key, shipped: Pdfs) -> None:
    pdf = shipped[key]
    with PdfFile.open(pdf.path) as file:
        sections = [one for one in file.elements if one.path == "Document/Sect"]
        assert len(sections) == len(pdf.document.sections)


@each_pdf
def test_each_text_is_in_its_language(key: Key, shipped: Pdfs) -> None:
    """Sources keep the language of their publishers, names of clinics are nobody's language."""
    pdf = shipped[key]
    with PdfFile.open(pdf.path) as file:
        assert file.pdf.Root.Lang == f"{key.locale}-US"
        other = {run.text: run.lang for run in pdfmodel.runs(file) if run.lang != f"{key.locale}-US"}
    assert set(other.values()) == (set() if key.locale == "en" else {"en"})
    if key.locale == "es":
        assert any("Centers for Disease Control" in text or "CDC" in text for text in other)


@each_pdf
def test_pictures_speak_or_are_decoration(key: Key, shipped: Pdfs) -> None:
    pdf = shipped[key]
    expected = spoken.alternatives(pdf.document, spoken.frames(pdf.source, key.edition))
    with PdfFile.open(pdf.path) as file:
        assert [str(one.obj.Alt) for one in file.elements if one.tag == "Figure"] == expected


# --- finding one's way ---------------------------------------------------------------------------


@each_pdf
def test_the_outline_leads_to_each_section(key: Key, shipped: Pdfs) -> None:
    import pypdfium2

    pdf = shipped[key]
    headings = [words(section.heading) for section in pdf.document.sections if section.heading]
    with pypdfium2.PdfDocument(pdf.path) as file:
        entries = [(one.get_title(), one.get_dest().get_index()) for one in file.get_toc()]
        assert [title for title, _ in entries] == headings
        for title, page in entries:
            assert title in tools.plain(file[page].get_textpage().get_text_range())


@each_pdf
def test_every_address_and_number_is_a_link_that_says_where_it_leads(key: Key, shipped: Pdfs) -> None:
    pdf = shipped[key]
    with PdfFile.open(pdf.path) as file:
        links = pdfmodel.links(file)
    assert {link.uri for link in links} == spoken.addresses(
        pdf.document, spoken.frames(pdf.source, key.edition)
    )
    assert "tel:988" in {link.uri for link in links}
    call, visit = {"en": ("Call ", "Website "), "es": ("Llamar al ", "Sitio web ")}[key.locale]
    for link in links:
        if link.uri.startswith("http"):
            assert link.contents == visit + link.uri
        else:
            digits = re.sub(r"\D", "", link.contents)
            assert link.contents.startswith(call)
            assert re.sub(r"\D", "", link.uri).endswith(digits)
            assert digits


# --- paper and viewers ---------------------------------------------------------------------------


@each_pdf
def test_only_the_print_edition_speaks_to_the_printer(key: Key, shipped: Pdfs) -> None:
    with PdfFile.open(shipped[key].path) as file:
        asked = pdfmodel.print_preferences(file)
    turn = {"handout": "DuplexFlipLongEdge", "trifold": "DuplexFlipShortEdge"}[key.layout]
    assert (asked.duplex, asked.scaling) == ((turn, "None") if key.edition == "print" else (None, None))


@pytest.mark.parametrize("key", PRINTED, ids=str)
def test_sheets_are_of_the_paper_asked_for(key: Key, shipped: Pdfs) -> None:
    short, long = {"letter": (612, 792), "a4": (595.276, 841.890)}[key.paper]
    with pikepdf.open(shipped[key].path) as file:
        for page in file.pages:
            _, _, width, height = (float(value) for value in page.mediabox)
            expected = (short, long) if key.layout == "handout" else (long, short)
            assert (width, height) == pytest.approx(expected, abs=0.01)


# --- metadata ------------------------------------------------------------------------------------


@each_pdf
def test_metadata_tells_the_document_and_nobody(key: Key, shipped: Pdfs) -> None:
    pdf = shipped[key]
    title = {
        "en": "What to do if your loved one uses heroin",
        "es": "Qué hacer si su ser querido consume heroína (Borrador de traducción, sin revisión humana)",
    }[key.locale]
    with pikepdf.open(pdf.path) as file:
        info = {name: str(value) for name, value in file.docinfo.items()}
        packet = file.Root.Metadata.read_bytes().decode()
    assert info["/Title"] == title
    assert info["/Subject"] == pdf.document.description
    assert info["/Keywords"] == ", ".join(pdf.document.keywords)
    assert info["/CreationDate"] == info["/ModDate"] == f"D:{pdf.document.modified:%Y%m%d}000000Z"
    assert info.get("/Author") == ("Riverside Clinic" if key.site else None)
    assert f"<pdf:Keywords>{info['/Keywords']}</pdf:Keywords>" in packet
    assert f"<dc:language><rdf:Bag><rdf:li>{key.locale}-US</rdf:li>" in packet


@each_pdf
def test_each_side_of_an_unreviewed_translation_is_marked_as_a_draft(key: Key, shipped: Pdfs) -> None:
    import pypdfium2

    pdf = shipped[key]
    mark = {"en": "Draft translation", "es": "Borrador de traducción, sin revisión humana"}[key.locale]
    with pypdfium2.PdfDocument(pdf.path) as file:
        marked = [mark in tools.plain(page.get_textpage().get_text_range()) for page in file]
    assert marked == [key.locale == "es"] * pdf.pages
    assert pdf.document.draft == (key.locale == "es")


# --- copied, searched, read by another program ---------------------------------------------------


@pytest.mark.parametrize("read", READERS)
def test_every_text_reads_back_in_order(read: Callable[[list[Path]], tools.Texts], shipped: Pdfs) -> None:
    pdfs = [shipped[key] for key in ON_SCREEN]
    texts = read([pdf.path for pdf in pdfs])
    for pdf in pdfs:
        text = tools.plain(" ".join(texts[pdf.path]))
        place = 0
        for saying in spoken.sayings(pdf.document, spoken.frames(pdf.source, "screen")):
            if saying.drawn:
                continue
            found = text.find(saying.text, place)
            assert found >= 0, f"{pdf.key}: {saying.text!r} does not follow on {text[place - 60 : place]!r}"
            place = found + len(saying.text)
