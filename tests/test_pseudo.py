"""Pseudo-locales need no catalogue, change all that is to be read and nothing else, and say what they are."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from booklet import build, inputs, resolve
from booklet.build import Made, Order
from booklet.content import document as doc
from booklet.content.document import plain
from booklet.locales import pseudo, tags
from booklet.locales.catalogue import differences
from booklet.pdf.directions import MARKS
from booklet.problems import ProblemsFound
from booklet.project import Project
from tests import pdfmodel, tools
from tests.pdfmodel import PdfFile
from tests.shipped import LIBRARY
from tests.test_words import texts

STEPS = "overdose-steps"
PLAN = "support-plan"
LOCALES = ("en-XA", "ar-XB")
SENTENCES = (
    "Call {{ region.emergency }} now.",
    "**Stay** until help comes. It can come back.",
    "Read [the page of the clinic](https://example.org/a-page) or www.example.org for more.",
    "Page {page} of {pages}",
    "Take 2 pills, 1,000 mg each: 2 to 3 minutes.",
    "Not breathing? *CPR with breaths,* if you can.",
    r"A star \* and (brackets)",
)


def accents_off(text: str) -> str:
    from unicodedata import normalize

    return "".join(char for char in normalize("NFD", text) if not 0x300 <= ord(char) < 0x370)


@pytest.mark.parametrize("text", SENTENCES)
@pytest.mark.parametrize("make", [pseudo.accented, pseudo.mirrored])
def test_values_links_markup_and_numbers_stay(text: str, make: object) -> None:
    assert callable(make)
    made = make(text)
    assert made != text
    assert differences(text, made, True) == ()


def test_an_accented_text_has_brackets_at_its_ends_and_is_longer() -> None:
    assert pseudo.accented("Yes") == "[Ýéš]"
    for text in SENTENCES:
        made = pseudo.accented(text)
        assert (made[0], made[-1]) == ("[", "]")
        assert len(made) >= len(text) + 6
    long = "This is a sentence of a length that is usual in a pamphlet for families and friends. " * 3
    assert 1.4 <= len(pseudo.accented(long)) / len(long) <= 1.5
    made = accents_off(pseudo.accented("Keep naloxone in a bag."))
    assert made == "[Keep naloxone in a bag. one two]"


def test_a_mirrored_text_has_each_word_and_no_number_in_an_override() -> None:
    made = pseudo.mirrored("Call {{ region.emergency }} in 2 minutes.")
    assert made == "\u202eCall\u202c {{ region.emergency }} \u202ein\u202c 2 \u202eminutes\u202c."


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", [STEPS, PLAN, "loved-one-uses-heroin"])
def test_every_document_has_a_pseudo_translation_of_every_text(name: str, locale: str) -> None:
    document = resolve.document(LIBRARY, name, locale).document
    english = resolve.document(LIBRARY, name, "en").document
    assert document.direction == ("rtl" if locale == "ar-XB" else "ltr")
    assert document.lang == locale
    blocks = [block for section in document.sections for block in section.blocks]
    listed = [one for block in blocks if isinstance(block, doc.Sources) for one in block.items]
    source = {span.text for one in listed for span in one.text}
    for text in (document.title, *texts(document.sections)):
        if any(map(str.isalpha, text)) and text not in source and pseudo.MARK not in text:
            assert ("[" if locale == "en-XA" else "\u202e") in text, text
    assert plain(english.sections[1].heading) not in [plain(one.heading) for one in document.sections]


@pytest.mark.parametrize("locale", LOCALES)
def test_its_numbers_are_those_of_the_region(locale: str) -> None:
    for region, emergency in ((None, "911"), ("gb", "999")):
        read = inputs.read(LIBRARY, STEPS, locale, region=region)
        assert emergency in plain(getattr(resolve.resolve(read).document.sections[0].blocks[0], "note"))  # noqa: B009
        assert read.paper == ("letter" if region is None else "a4")


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(("name", "layout"), [(STEPS, "bifold"), (PLAN, "worksheet")])
def test_its_pages_say_that_they_are_not_for_people(
    name: str, layout: str, locale: str, tmp_path: Path
) -> None:
    path = tmp_path / "made.pdf"
    order = Order(name, locale, (layout,), ("print",))
    (made,) = (one for one in build.make(LIBRARY, order) if isinstance(one, Made))
    path.write_bytes(made.data)
    with pypdfium2.PdfDocument(made.data) as file:
        pages = [tools.plain(page.get_textpage().get_text_range()) for page in file]
        assert f"({pseudo.MARK})" in file.get_metadata_value("Title")
    assert all(set(pseudo.MARK.split(":")[1].split()) <= set(page.split()) for page in pages)
    assert not any("Draft translation" in page for page in pages)
    with pikepdf.open(path) as file:
        assert str(file.Root.Lang) == locale
    with PdfFile.open(path) as file:
        assert pdfmodel.problems(file) == []


@pytest.mark.needs("verapdf")
def test_a_pseudo_locale_is_pdf_ua(tmp_path: Path) -> None:
    paths = []
    for locale in LOCALES:
        order = Order(PLAN, locale, ("worksheet",), ("screen",))
        for made in build.make(LIBRARY, order):
            assert isinstance(made, Made)
            paths.append(tmp_path / f"{locale}.pdf")
            paths[-1].write_bytes(made.data)
    for judge in tools.VALIDATORS.values():
        assert {path.name: found for path, found in judge(paths).items() if found} == {}


def test_words_run_from_right_to_left_and_numbers_do_not() -> None:
    order = Order(STEPS, "ar-XB", ("bifold",), ("screen",))
    (made,) = (one for one in build.make(LIBRARY, order) if isinstance(one, Made))
    lefts: dict[str, list[float]] = {}
    with pypdfium2.PdfDocument(made.data) as file:
        for page in file:
            text = page.get_textpage()
            whole = text.get_text_range()
            kept = [at for at, char in enumerate(whole) if char not in MARKS]
            read = "".join(whole[at] for at in kept)
            for word in [word for word in ("Overdose", "911") if word in read]:
                places = kept[read.index(word) :][: len(word)]
                lefts[word] = [text.get_charbox(at)[0] for at in places]
    assert lefts["Overdose"] == sorted(lefts["Overdose"], reverse=True), "O is on the right"
    assert lefts["911"] == sorted(lefts["911"])


def test_what_does_not_fit_in_long_words_is_told_with_its_place() -> None:
    with pytest.raises(ProblemsFound) as found:
        list(build.make(LIBRARY, Order(STEPS, "en-XA", ("wallet-card",), ("print",))))
    (problem,) = found.value.problems
    assert problem.place.file == "content/overdose-steps.yaml"
    assert "does not fit in en-XA" in problem.message


def test_pseudo_locales_are_built_only_when_they_are_named() -> None:
    asked = build.orders(LIBRARY, LIBRARY.documents(), None, ["bifold"], ("screen",), None, None)
    locales = {one.locale for one in asked if isinstance(one, Order)}
    assert not {tag for tag in locales if tags.parse(tag).pseudo}


def test_a_document_in_another_language_has_them_too(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    text = (LIBRARY.library / "content" / f"{STEPS}.yaml").read_text("utf-8")
    own = text.replace("language: en", "language: es").replace(f"id: {STEPS}", "id: pasos")
    (tmp_path / "content/pasos.yaml").write_text(own, "utf-8")
    project = Project(tmp_path, LIBRARY.library)
    assert resolve.document(project, "pasos", "en-XA").document.title.startswith("[Övéŕďöšé")


def test_a_printing_guide_has_them_too() -> None:
    read = inputs.guide(LIBRARY, "en-XA")
    assert read.draft
    assert (read.paper, read.locale.lang) == ("letter", "en-XA")
