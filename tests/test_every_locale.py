"""Every document that ships, in every locale and every layout: all of it fits, and every text of the
catalogues is read back from the PDFs as it was written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pikepdf
import pytest

from booklet import inputs, resolve
from booklet.build import EDITIONS, Order, orders
from booklet.content import inline
from booklet.content.document import Contacts, plain
from booklet.inputs import Inputs
from booklet.locales import tags
from booklet.many import build_all
from tests import tools
from tests.pdfmodel import PdfFile, runs
from tests.shipped import LIBRARY

DRAFTS = (
    "ar",
    "es",
    "fa",
    "fr",
    "hi",
    "ht",
    "km",
    "ko",
    "pl",
    "pt-BR",
    "ru",
    "tl",
    "vi",
    "zh-Hans",
    "zh-Hant",
)
"""The languages into which the whole library is translated."""
SAMPLES = ("am", "bn", "th", "ur")
"""Those into which the overdose steps are."""
UNSPACED = frozenset({"Hans", "Hant", "Jpan", "Khmr", "Laoo", "Mymr", "Thai"})
"""Scripts whose lines end without a space between words."""
READERS = ("pdftotext", "pdfium")

ORDERS = list(orders(LIBRARY, LIBRARY.documents(), None, None, EDITIONS, None, None))
each_locale = pytest.mark.parametrize("locale", sorted({o.locale for o in ORDERS if isinstance(o, Order)}))
each_reader = pytest.mark.parametrize(
    "reader", [pytest.param(name, marks=pytest.mark.needs(name)) for name in READERS]
)


@dataclass(frozen=True)
class Built:
    """All PDFs, by document, locale, layout and edition; and what was told while they were built."""

    paths: Mapping[tuple[str, str, str, str], Path]
    problems: tuple[str, ...]

    def of(self, locale: str) -> dict[tuple[str, str, str], Path]:
        return {(doc, lay, ed): path for (doc, loc, lay, ed), path in self.paths.items() if loc == locale}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("every")
    assert all(isinstance(order, Order) for order in ORDERS)
    wanted = [order for order in ORDERS if isinstance(order, Order)]
    reports = list(build_all(LIBRARY, wanted, folder, None, lambda text, steps: None))
    paths = {}
    for result in (result for report in reports for result in report.results):
        locale, name = result.name.split("/")
        document, layout, edition, _ = name.split(".")
        paths[document, locale, layout, edition] = folder / result.name
    told = tuple(str(problem) for report in reports for problem in report.problems)
    return Built(paths, told)


@pytest.fixture(scope="module")
def reading(built: Built) -> Callable[[str], Mapping[Path, str]]:
    """The text of every PDF as a reader gives it. Each is asked once, for several files at a time."""

    @cache
    def read(reader: str) -> Mapping[Path, str]:
        paths = list(built.paths.values())
        if reader == "pdfium":  # not safe in threads
            texts = tools.READERS[reader](paths)
        else:
            texts = {}
            with ThreadPoolExecutor() as pool:
                for found in pool.map(lambda path: tools.READERS[reader]([path]), paths):
                    texts |= found
        return {path: "\n".join(pages) for path, pages in texts.items()}

    return read


def test_all_languages_ship_whole() -> None:
    for name in LIBRARY.documents():
        assert set(DRAFTS) <= set(LIBRARY.languages(name)), name
    assert set(SAMPLES) <= set(LIBRARY.languages("overdose-steps"))


def test_everything_fits_and_every_character_has_a_glyph(built: Built) -> None:
    """What does not fit, and what no font can show, would be an error of the build."""
    assert built.problems == ()
    made = {(doc, loc, lay) for doc, loc, lay, _ in built.paths}
    wanted = {(o.document, o.locale, lay) for o in ORDERS if isinstance(o, Order) for lay in o.layouts}
    assert made == wanted
    assert len(built.paths) == 2 * len(made)


# --- read back -----------------------------------------------------------------------------------


@each_reader
@each_locale
def test_every_text_of_the_catalogues_is_read_where_its_english_is(
    locale: str, reader: str, built: Built, reading: Callable[[str], Mapping[Path, str]]
) -> None:
    """The English PDF of a layout tells which texts it shows; the translation must show the same ones."""
    read = reading(reader)
    english = built.of("en")
    lost, compared = [], 0
    for (document, layout, edition), path in built.of(locale).items():
        if locale == "en":
            continue
        given = inputs.read(LIBRARY, document, locale)
        shown = told(read[english[document, layout, edition]], "Latn")
        text = told(read[path], given.locale.script)
        for source, translation in sorted(texts(given), key=lambda pair: -len(pair[0])):
            if (source := told(source, "Latn")) in shown:
                shown = shown.replace(source, "|")  # a shorter text may be part of it
                compared += 1
                if not holds(text, told(translation, given.locale.script)):
                    lost.append((document, layout, edition, translation))
    assert lost == []
    assert compared > 100 or locale == "en"


def holds(text: str, words: str) -> bool:
    """Whether the words stand in the text, whole or cut once, as by the end of a column or a panel."""
    if words in text:
        return True
    longest = next((end for end in range(len(words) - 1, 0, -1) if words[:end] in text), 0)
    return bool(longest) and any(
        (at := text.find(words[:end])) >= 0 and text.find(words[end:].strip(), at + end) >= 0
        for end in range(longest, 0, -1)
    )


def texts(given: Inputs) -> Iterator[tuple[str, str]]:
    """Each text of the document and its translation as they are printed, with the region's number."""
    assert given.catalogues
    for entry in given.catalogues.document.entries.values():
        yield printed(entry.source, given), printed(entry.translation, given)


def printed(text: str, given: Inputs) -> str:
    marked = inline.parse(inline.tidy(text))
    filled = plain(marked.spans)
    for placeholder in marked.placeholders:
        assert (placeholder.name, placeholder.attribute) == ("region", "emergency")
        filled = filled.replace(placeholder.written, given.region.region.emergency)
    return filled


def told(text: str, script: str) -> str:
    """A text without what is no matter of reading."""
    text = tools.plain(unicodedata.normalize("NFC", text))
    return re.sub(r"\s", "", text) if script in UNSPACED else text


@each_reader
@each_locale
def test_every_helpline_is_read(
    locale: str, reader: str, built: Built, reading: Callable[[str], Mapping[Path, str]]
) -> None:
    path = built.of(locale).get(("loved-one-uses-heroin", "large-print", "screen"))
    path = path or built.of(locale)["overdose-steps", "bifold", "screen"]
    document = resolve.document(LIBRARY, path.name.split(".")[0], locale).document
    script = tags.parse(locale).script
    text = told(reading(reader)[path], script)
    contacts = [
        contact
        for section in document.sections
        for block in section.blocks
        if isinstance(block, Contacts)
        for contact in block.items
    ]
    assert contacts
    for contact in contacts:
        for words in (contact.name, contact.hours, contact.note):
            assert told(plain(words), script) in text
        assert all(told(phone.text, script) in text for phone in contact.phones)


# --- languages -----------------------------------------------------------------------------------


@each_locale
def test_the_language_is_said_and_so_is_that_of_foreign_words(locale: str, built: Built) -> None:
    expected = {inputs.read(LIBRARY, document, locale).locale.lang for document, _, _ in built.of(locale)}
    assert len(expected) == 1
    for (document, _, _), path in built.of(locale).items():
        with pikepdf.open(path) as pdf:
            assert {str(pdf.Root.Lang)} == expected
        if document != "loved-one-uses-heroin" or locale == "en":
            continue
        with PdfFile.open(path) as file:
            english = [run.text for run in runs(file) if run.lang.startswith("en")]
        assert any("SAMHSA" in text or "Substance Abuse" in text for text in english), path.name
