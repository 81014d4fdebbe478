"""Every document that ships, in every locale and every layout: all of it fits, and every text of the
catalogues is read back from the PDFs as it was written."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections.abc import Callable, Iterator, Mapping
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
from booklet.locales.tags import Locale
from booklet.many import build_all
from tests import spoken, tools
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
RIGHT_TO_LEFT = frozenset({"ar", "fa", "ur"})
SAMPLES = ("am", "bn", "th", "ur")
"""Those into which the overdose steps are."""
MARKS = {char: None for char in range(0x610, 0x670) if unicodedata.category(chr(char)) == "Mn"}
"""Arabic vowel signs, which the viewers set before or after their letter."""
UNSPACED = frozenset({"Hans", "Hant", "Jpan", "Khmr", "Laoo", "Mymr", "Thai"})
"""Scripts whose lines end without a space between words."""
VIEWERS = ("pdftotext", "pdfium")
TURNED = ("zine", "print")
"""Half of its panels stand on their heads. There poppler tears the letters of Indic words apart, and PDFium
puts numbers at the ends of lines, in any script but Latin: only the tags are asked for them."""

ORDERS = list(orders(LIBRARY, LIBRARY.documents(), None, None, EDITIONS, None, None))
each_locale = pytest.mark.parametrize("locale", sorted({o.locale for o in ORDERS if isinstance(o, Order)}))
each_reader = pytest.mark.parametrize(
    "reader", ["tags", *(pytest.param(name, marks=pytest.mark.needs(name)) for name in VIEWERS)]
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
    """The text of every PDF as a reader gives it. Each is asked once."""

    @cache
    def read(reader: str) -> Mapping[Path, str]:
        return {path: READERS[reader](path) for path in built.paths.values()}

    return read


def by_tags(path: Path) -> str:
    """What a screen reader says."""
    with PdfFile.open(path) as file:
        return "\n".join(text for _, text in spoken.heard(file))


def by_poppler(path: Path) -> str:
    """On sheets with several panels, poppler takes lines of one height for a table's, and reads across
    them: these are read in the order of the file. It does not turn right-to-left lines back there."""
    raw = ["-raw"] if path.name.endswith("print.pdf") and path.parent.name not in RIGHT_TO_LEFT else []
    command = ["pdftotext", *raw, "-enc", "UTF-8", str(path), "-"]
    return subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout


def by_pdfium(path: Path) -> str:
    return "\n".join(tools.pdfium([path])[path])


READERS: Mapping[str, Callable[[Path], str]] = {
    "tags": by_tags,
    "pdftotext": by_poppler,
    "pdfium": by_pdfium,
}


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
        if reader != "tags" and (layout, edition) == TURNED and given.locale.script != "Latn":
            continue
        tell = telling(reader, given.locale)
        text = tell(read[path])
        for source, translation in sorted(texts(given), key=lambda pair: -len(pair[0])):
            if (source := told(source, "Latn")) in shown:
                shown = shown.replace(source, "|")  # a shorter text may be part of it
                compared += 1
                words = tell(translation)
                by_words = reader == "pdftotext" and given.locale.direction == "rtl"
                if not (set(words.split()) <= set(text.split()) if by_words else holds(text, words)):
                    lost.append((document, layout, edition, translation))
    assert lost == []
    assert compared > (20 if locale in SAMPLES else 300) or locale == "en"


def telling(reader: str, locale: Locale) -> Callable[[str], str]:
    """What of a text a reader can be asked for.

    The tags are asked for all of it. Both viewers put numbers, Latin words and signs of punctuation of a
    right-to-left line in an order of their own: there they are asked for the other words, PDFium in their
    order. Poppler takes a page on which most letters are Latin, such as one of sources, for one that runs
    from left to right, and turns the parts of its lines round: it is asked for each word. It also joins the
    words of a Korean title.
    """
    if reader != "tags" and locale.direction == "rtl":
        return lambda text: " ".join(re.findall(r"[^\W\d_A-Za-z]+", told(text, "").translate(MARKS)))
    unspaced = reader == "pdftotext" and locale.script == "Kore"
    return lambda text: told(text, "Hans" if unspaced else locale.script)


def holds(text: str, words: str) -> bool:
    """Whether the words stand in the text, whole or cut once, as by the end of a column or a panel."""
    if words in text:
        return True
    longest = next((end for end in range(len(words) - 1, 0, -1) if words[:end] in text), 0)
    return any(
        (at := text.find(words[:end])) >= 0 and text.find(words[end:].strip(), at + end) >= 0
        for end in range(longest, 0, -1)
    )


def texts(given: Inputs) -> Iterator[tuple[str, str]]:
    """Each text of the document and its translation as they are printed, with the region's number."""
    assert given.catalogues
    content = given.source.content
    unprinted = {content.description, *content.keywords}
    for entry in given.catalogues.document.entries.values():
        if entry.source not in unprinted:
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
    tell = telling(reader, tags.parse(locale))
    text = tell(reading(reader)[path])
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
            assert all(word in text for word in tell(plain(words)).split())
        whole = tools.plain(reading(reader)[path])
        assert all(tools.plain(phone.text) in whole for phone in contact.phones)


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
        catalogues = inputs.read(LIBRARY, document, locale).catalogues
        assert catalogues
        assert catalogues.region
        lines = catalogues.region.entries.values()
        kept = {
            line.source for line in lines if line.source == line.translation and "Lifeline" in line.source
        }
        assert kept <= {tools.plain(text) for text in english}, path.name
        assert any("SAMHSA" in text or "Substance Abuse" in text for text in english), path.name
