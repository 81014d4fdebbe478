"""The words that ship: easy to read, kind, and nothing in them that a source does not carry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from functools import cache

import pytest

from booklet import inputs, resolve
from booklet.content import document as doc
from booklet.content.document import Document, plain
from booklet.layout import load
from tests.readability import grade, syllables
from tests.shipped import DOCUMENT, LIBRARY, LOCALES

DOCUMENTS = tuple(LIBRARY.documents())
KEYS = [(name, locale) for name in DOCUMENTS for locale in ("en", *LIBRARY.languages(name))]
each_read = pytest.mark.parametrize("key", [key for key in KEYS if key[1] in LOCALES], ids="-".join)
"""In the languages that whoever wrote these tests reads."""
each_text = pytest.mark.parametrize("key", KEYS, ids="-".join)


@cache
def read(name: str, locale: str) -> Document:
    return resolve.document(LIBRARY, name, locale).document


def texts(value: object) -> Iterator[str]:
    """Every text in a part of a document, paragraph by paragraph; not those of its sources."""
    if isinstance(value, doc.Sources | doc.Picture | doc.Phone):
        return
    if isinstance(value, tuple) and value and all(isinstance(one, doc.Span) for one in value):
        yield plain(value)
    elif isinstance(value, tuple):
        for one in value:
            yield from texts(one)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from texts(getattr(value, name))


def everything(document: Document) -> str:
    """All that a reader reads, and what the file says of itself."""
    return "\n".join((document.title, document.description, *document.keywords, *texts(document.sections)))


# --- easy to read --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("the are use here safe nurse called comes likes street year breathe you your", 1),
        ("people table little judges uses doses needed wanted likely someone treatment kindness being", 2),
        ("overdose heroin naloxone methadone medicine opioid addiction condition family usual idea", 3),
        ("buprenorphine acupuncture emergency anonymous", 4),
    ],
)
def test_syllables_are_counted_as_one_hears_them(words: str, count: int) -> None:
    assert {word: syllables(word) for word in words.split()} == dict.fromkeys(words.split(), count)


def test_the_grade_is_that_of_the_formula() -> None:
    assert grade(["The cat sat on the mat."]) == pytest.approx(0.39 * 6 + 11.8 * 1 - 15.59)
    assert grade(["Call now. Wait.", "Help is near"]) == pytest.approx(0.39 * 2 + 11.8 - 15.59)
    assert grade(["Methadone and buprenorphine are medicines for opioid addiction."]) > 12


def running(section: doc.Section) -> list[str]:
    """The sentences of a section: not its headings, titles, names and numbers."""
    found = []
    for block in _blocks(section.blocks):
        match block:
            case doc.Paragraph() | doc.Quote():
                found.append(plain(block.text))
            case doc.Bullets():
                found += [plain(item) for item in block.items]
            case doc.Steps():
                found += [f"{plain(step.do)} {plain(step.how)}" for step in block.items]
            case doc.Definitions():
                found += [plain(meaning) for _, meaning in block.items]
            case doc.Rating() | doc.Choice() | doc.Entry():
                found += texts(block)
    return found


def _blocks(blocks: tuple[doc.Block, ...]) -> Iterator[doc.Block]:
    for block in blocks:
        yield block
        if isinstance(block, doc.Callout):
            yield from _blocks(block.blocks)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_english_is_plain(name: str) -> None:
    """Grade 6 on the whole, and no section over 8."""
    sections = [running(section) for section in read(name, "en").sections]
    assert grade([text for section in sections for text in section]) <= 6
    for section in sections:
        if sum(len(text.split()) for text in section) >= 30:  # fewer words have no grade
            assert grade(section) <= 8, section


def test_the_emergency_is_plainer_still() -> None:
    (emergency,) = (section for section in read(DOCUMENT, "en").sections if section.role == "emergency")
    assert grade(running(emergency)) <= 5


# --- kind, and in the words that people choose for themselves ---------------------------------------

AVOID = {
    "en": r"addicts?|addicted|junk(?:y|ies?)|users?|abus\w+|drug habit|drug problem|clean|dirty|"
    r"opioid replacement|substitution|relaps\w+|enablers?|co-?dependent\w*|confront\w*|him or her|he or she|"
    r"tough love|rock bottom|victims?|suffer(?:s|ing)? from",
    "es": r"adict[oa]s?|drogadict\w+|toxic[oó]man\w+|yonquis?|abus\w+|limpi[oa]s?|suci[oa]s?|exadict\w+|"
    r"reca[íi]d\w+|reca(?:e|en|er|yó)|sustituci[oó]n|codependiente\w*|confrontar?|enfrente|tocar fondo|"
    r"amor duro|v[íi]ctimas?|vicio\w*",
}
"""content-brief, section 3: words that blame or label, and advice that harms."""
NEVER = {
    "en": r"medically necessary|millions|\d+ ?%|per ?cent|success rate|guarantee\w*|proven|cures?|cured|"
    r"\d+ ?(?:mg|ml|milligrams?)|syringes?|needles?|shoot(?:ing)? up|get(?:ting)? high|dope|smack|"
    r"[\d,]+ (?:people )?(?:die|died|deaths)",
    "es": r"m[ée]dicamente necesari\w+|millones|\d+ ?%|por ciento|garanti\w+|cura(?:r|n|do)?|\d+ ?(?:mg|ml)|"
    r"jeringas?|agujas?|chutarse|pincharse|[\d.,]+ (?:personas )?(?:mueren|murieron|muertes)",
}
"""content-brief, section 0.2: what is unsupported, outdated or not needed."""


def found(patterns: str, text: str) -> list[str]:
    return [match[0] for match in re.finditer(rf"(?<!\w)(?:{patterns})(?!\w)", text, re.IGNORECASE)]


@each_text
def test_no_word_blames_or_labels(key: tuple[str, str]) -> None:
    """By the lists above, in languages that have none of these by their glossary."""
    words = everything(read(*key))
    if key[1] in AVOID:
        assert found(AVOID[key[1]], words) == []
        return
    glossary = inputs.glossary(LIBRARY, key[1])
    assert glossary
    assert sum(len(term.avoid) for term in glossary.file.terms) >= 5
    assert list(glossary.avoided(words)) == []


@each_read
def test_nothing_is_printed_that_must_not_be(key: tuple[str, str]) -> None:
    assert found(NEVER[key[1]], everything(read(*key))) == []


def test_the_lists_would_find_what_they_are_for() -> None:
    assert found(AVOID["en"], "An addict relapsed; drug abuse. Addiction is fine.") == [
        "addict",
        "relapsed",
        "abuse",
    ]
    assert found(AVOID["es"], "Un adicto limpio; la adicción no.") == ["adicto", "limpio"]
    assert found(NEVER["en"], "It cured millions with 10 mg.") == ["cured", "millions", "10 mg"]
    assert found(NEVER["es"], "Ayudó a millones; 90% mejor.") == ["millones", "90%"]


@pytest.mark.parametrize("locale", LOCALES)
def test_enabling_is_named_only_to_take_its_sting(locale: str) -> None:
    named = {"en": r"\benabl\w+", "es": r"\bfacilita\w*"}[locale]
    denied = {"en": "never enabling", "es": "nunca es facilitar"}[locale]
    titles = [
        plain(block.title) for section in read(DOCUMENT, locale).sections for block in _callouts(section)
    ]
    assert any(denied in title for title in titles)
    if locale == "en":
        assert re.findall(named, everything(read(DOCUMENT, "en")), re.IGNORECASE) == ["enabling"]


def _callouts(section: doc.Section) -> list[doc.Callout]:
    return [block for block in section.blocks if isinstance(block, doc.Callout)]


# --- what must be said, and on whose word ----------------------------------------------------------

FACTS: dict[str, tuple[set[str], tuple[str, ...], tuple[str, ...]]] = {
    "it can be treated": (
        {"ASAM-25", "NIDA-W"},
        ("lasting health condition", "can be treated", "people recover", "opioid use disorder"),
        ("problema de salud duradero", "se trata", "se recupera", "trastorno por consumo de opioides"),
    ),
    "three medicines": (
        {"ASAM-25"},
        ("methadone", "buprenorphine", "naltrexone"),
        ("metadona", "buprenorfina", "naltrexona"),
    ),
    "medicine saves lives": (
        {"SORDO"},
        ("first two", "far less likely to die"),
        ("dos primeros", "mucho menos probable morir"),
    ),
    "detox alone": (
        {"ASAM-16"},
        ("detox alone is not treatment", "return to use", "more likely"),
        ("desintoxicación sola no es tratamiento", "más probable", "volver a consumir"),
    ),
    "tolerance drops": (
        {"SAMHSA-25"},
        ("after a break", "old amount can kill"),
        ("tras una pausa", "cantidad de antes puede matar"),
    ),
    "fentanyl": ({"IHS"}, ("fentanyl", "xylazine", "hide"), ("fentanilo", "xilacina", "ocultar")),
    "naloxone": (
        {"CDC-N"},
        ("reverses an opioid overdose", "2 to 3 minutes", "no training", "no harm"),
        ("revierte una sobredosis de opioides", "2 o 3 minutos", "no exige capacitación", "daño"),
    ),
    "families' skills": (
        {"ROOZEN"},
        ("craft", "more people into treatment"),
        ("craft", "más personas a tratamiento"),
    ),
    "never enabling": (
        {"DF-EN"},
        ("food", "kindness", "staying in touch", "naloxone", "calling 911"),
        ("comida", "cariño", "contacto", "naloxona", "llamar al 911"),
    ),
    "counseling": (
        {"ASAM-25"},
        ("counseling helps many", "no reason to be refused medicine"),
        ("consejería ayuda a muchos", "no es razón para negar el medicamento"),
    ),
    "stigma": (
        {"NIDA-W"},
        ("stigma", "keep people from care"),
        ("estigma", "alejar a la gente de la atención"),
    ),
    "families need help": ({"ROOZEN"}, ("need and deserve help",), ("necesita y merece ayuda",)),
    "acupuncture": (
        {"GRANT"},
        ("acupuncture", "has not been shown to prevent a return to use", "should not replace medicine"),
        ("acupuntura", "no se ha demostrado que evite volver a consumir", "no debe reemplazar"),
    ),
}
"""content-brief, section 0.1, each with the sources that carry it and the words that say it."""


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("fact", FACTS)
def test_each_fact_is_said_in_one_block_with_its_source(fact: str, locale: str) -> None:
    sources, english, spanish = FACTS[fact]
    words = english if locale == "en" else spanish
    holders = [
        block
        for section in read(DOCUMENT, locale).sections
        for block in section.blocks
        if all(word in " ".join(texts(block)).lower() for word in words)
    ]
    assert len(holders) == 1
    assert sources <= set(holders[0].claims)


STEPS = {
    "en": ("wake", "call 911", "naloxone", "breathe", "side", "second dose", "stay"),
    "es": ("despierte", "llame ya al 911", "naloxona", "respirar", "de lado", "otra dosis", "quédese"),
}


@pytest.mark.parametrize("locale", LOCALES)
def test_the_seven_steps_come_in_their_order(locale: str) -> None:
    (emergency,) = (section for section in read(DOCUMENT, locale).sections if section.role == "emergency")
    (steps,) = (block for block in emergency.blocks if isinstance(block, doc.Steps))
    assert len(steps.items) == len(STEPS[locale])
    for step, word in zip(steps.items, STEPS[locale], strict=True):
        assert word in plain(step.do).lower()
        assert step.how
        assert step.icon
    assert {"ASAM-25", "CDC-N"} <= set(steps.claims)


def test_the_emergency_has_a_panel_of_its_own_in_every_layout() -> None:
    for name in ("handout", "trifold"):
        source = load.read(LIBRARY, name)
        panels = source.layout.screen.panels if source.layout.screen else source.layout.panels
        taking = [
            panel for panel in panels for row in panel.rows for f in row.frames if "emergency" in f.takes
        ]
        assert len(taking) == 1
        assert [f.takes for row in taking[0].rows for f in row.frames] == [("emergency",)]
    front = load.read(LIBRARY, "handout").layout.panels[0]
    assert ("emergency",) in [frame.takes for row in front.rows for frame in row.frames]


def test_all_seven_sections_of_the_seed_are_there() -> None:
    body = [section.id for section in read(DOCUMENT, "en").sections if section.role == "body"]
    assert body == ["learn", "talk", "treatment", "find-help", "support", "stigma", "yourself"]


CLAIMS = re.compile(
    r"\b(?:stud(?:y|ies)|research|likely|risk|danger to|proof|prove\w*|shown|reverse\w*|kill\w*|die|dies|"
    r"disorder|condition|symptoms?|signs of|minutes|doses?|tolerance|medicines? (?:treat|help)\w*)\b",
    re.IGNORECASE,
)
"""Words with which a statement of fact gives itself away."""


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_claims_something_names_a_source(name: str) -> None:
    unsaid = [
        text
        for section in read(name, "en").sections
        if section.role in ("body", "emergency")
        for block in section.blocks
        if not block.claims and not isinstance(block, doc.Heading)
        for text in texts(block)
        if CLAIMS.search(text) and text.rstrip("”").endswith((".", "!"))  # not a label or a question
    ]
    assert unsaid == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_reviews_are_dated_and_at_most_a_year_apart(name: str) -> None:
    content = inputs.document(LIBRARY, name).content
    assert timedelta(0) < content.review.next - content.review.last <= timedelta(days=366)
    region = inputs.read(LIBRARY, name, "en").region.region
    for line in region.contacts:
        assert line.source
        assert line.checked


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_source_has_a_place_to_read_it(name: str) -> None:
    content = inputs.document(LIBRARY, name).content
    for source in content.sources.values():
        assert source.publisher
        assert source.url
        assert source.url.startswith("https://")


def test_a_translation_that_nobody_has_read_says_so() -> None:
    for name, locale in KEYS:
        document = read(name, locale)
        assert document.draft == (locale != "en")
        if document.draft:
            assert document.labels.draft in everything(document)
