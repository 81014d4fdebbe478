"""Whose numbers a document prints: those of the place, of people who speak the language, checked of late."""

from __future__ import annotations

import re
import shutil
from datetime import date
from io import StringIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from booklet import build, inputs, report, resolve
from booklet.build import Made, Order
from booklet.content.document import Contacts, Document, plain
from booklet.locales import catalogue, tags
from booklet.locales import region as regions
from booklet.problems import Problem, ProblemsFound
from booklet.project import Project
from tests import tools
from tests.shipped import LIBRARY, ROOT

HERE = Path(__file__).parent
STEPS = "overdose-steps"
REGIONS = {
    path.stem: regions.read(path.read_bytes(), path.name, path.stem)
    for path in sorted((ROOT / "content/regions").glob("*.yaml"))
}
EMERGENCY = {"us": "911", "ca": "911", "mx": "911", "gb": "999", "ie": "112", "au": "000", "nz": "111"}
LETTER = {"us", "ca", "mx"}
"""Of the regions that ship (CLDR 47, supplemental data, measurementData, paper sizes)."""


def contacts(document: Document) -> list[str]:
    (block,) = (b for section in document.sections for b in section.blocks if isinstance(b, Contacts))
    return [plain(contact.name) for contact in block.items]


def numbers(document: Document) -> list[str]:
    (block,) = (b for section in document.sections for b in section.blocks if isinstance(b, Contacts))
    return [phone.text.strip("\u2066\u2069") for contact in block.items for phone in contact.phones]


def note(document: Document) -> str:
    """What the cover says of the emergency number."""
    return plain(getattr(document.sections[0].blocks[0], "note"))  # noqa: B009


def translated(project: Path, language: str) -> Project:
    """The library with a made-up translation of the steps, in which each text is its English one."""
    folder = project / "content/locales" / language
    folder.mkdir(parents=True)
    head = f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"X-Review: machine draft\\n"\n\n'
    for name in (STEPS, "labels"):
        read = catalogue.parse((ROOT / f"content/locales/es/{name}.po").read_bytes(), name, "es")
        texts = {entry.source for entry in read.entries.values()}
        (folder / f"{name}.po").write_text(head + "".join(map(_entry, sorted(texts))), "utf-8")
    lines = REGIONS["us"].region.contacts
    texts = {text for line in lines for text in (line.name, line.hours, line.note) if text}
    (folder / "region-us.po").write_text(head + "".join(map(_entry, sorted(texts))), "utf-8")
    return Project(project, ROOT)


def _entry(text: str) -> str:
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'msgid "{quoted}"\nmsgstr "{quoted}"\n\n'


# --- what ships ----------------------------------------------------------------------------------


def test_the_regions_that_ship_have_the_numbers_of_their_sources() -> None:
    assert {name: one.region.emergency for name, one in REGIONS.items()} == EMERGENCY
    assert {name for name, one in REGIONS.items() if one.region.office_paper == "letter"} == LETTER


@pytest.mark.parametrize("name", REGIONS)
def test_every_fact_of_a_region_has_a_source_and_a_day(name: str) -> None:
    region = REGIONS[name].region
    assert region.id == name.upper()
    assert len(region.source) > 20
    for line in region.contacts:
        assert len(line.source) > 20
        assert line.checked is not None
        assert line.languages or line.but_not, "somebody must be able to answer"
        assert line.status != "partly" or "Recheck" in line.source


@pytest.mark.parametrize("name", REGIONS)
def test_an_english_document_is_built_for_each_region_with_its_own_numbers_alone(name: str) -> None:
    document = resolve.document(LIBRARY, STEPS, "en", region=name).document
    assert note(document) == f"Life in danger? Call {EMERGENCY[name]} now."
    own = {line.name for line in REGIONS[name].region.contacts}
    assert set(contacts(document)) <= own


def test_the_guide_lists_the_regions_that_ship() -> None:
    rows = re.findall(
        r"^\| `(\w\w)` \| .* \| (\w+) \| (\d+) \|$", (ROOT / "docs/regions.md").read_text("utf-8"), re.M
    )
    assert {name: number for name, _, number in rows} == EMERGENCY
    assert {name for name, paper, _ in rows if paper == "letter"} == LETTER


# --- language and place --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "region", "emergency", "lang"),
    [
        ("en", None, "911", "en-US"),
        ("en-GB", None, "999", "en-GB"),
        ("en-GB", "us", "911", "en-GB"),
        ("en-NZ", None, "111", "en-NZ"),
        ("en", "au", "000", "en-AU"),
    ],
)
def test_the_tag_is_the_place_unless_another_is_named(
    tag: str, region: str | None, emergency: str, lang: str
) -> None:
    document = resolve.document(LIBRARY, STEPS, tag, region=region).document
    assert (note(document), document.lang) == (f"Life in danger? Call {emergency} now.", lang)


def test_spanish_for_mexico_takes_the_spanish_words_and_the_mexican_numbers() -> None:
    document = resolve.document(LIBRARY, STEPS, "es-MX").document
    assert document.lang == "es-MX"
    assert document.title == resolve.document(LIBRARY, STEPS, "es").document.title
    assert contacts(document) == ["Línea de la Vida", "Centros de Integración Juvenil"]
    assert numbers(document) == ["800\u00a0911\u00a02000"]
    (block,) = (b for s in document.sections for b in s.blocks if isinstance(b, Contacts))
    assert {span.lang for contact in block.items for span in (*contact.note, *contact.hours)} == {None}


def test_spanish_for_mexico_is_built_on_letter_paper_and_says_so_in_the_pdf(tmp_path: Path) -> None:
    (made,) = (
        one
        for one in build.make(LIBRARY, Order(STEPS, "es-MX", ("bifold",), ("print",)))
        if isinstance(one, Made)
    )
    assert made.name == "es-MX/overdose-steps.bifold.print.pdf"
    path = tmp_path / "made.pdf"
    path.write_bytes(made.data)
    with pikepdf.open(path) as file:
        assert str(file.Root.Lang) == "es-MX"
        assert [float(edge) for edge in file.pages[0].mediabox] == pytest.approx([0, 0, 792, 612])
    with pypdfium2.PdfDocument(made.data) as file:
        text = " ".join(tools.plain(page.get_textpage().get_text_range()) for page in file)
    assert "800 911 2000" in text
    assert "988" not in text


def test_french_for_canada_takes_french_words_and_the_canadian_line(tmp_path: Path) -> None:
    project = translated(tmp_path, "fr")
    shutil.copy(ROOT / "content/locales/fr/region-ca.po", tmp_path / "content/locales/fr")
    document = resolve.document(project, STEPS, "fr-CA").document
    assert (document.lang, document.draft) == ("fr-CA", True)
    assert contacts(document) == ["9-8-8\u00a0: Ligne d’aide en cas de crise de suicide"]
    assert numbers(document) == ["988", "988"]
    (made,) = (
        one
        for one in build.make(project, Order(STEPS, "fr-CA", ("bifold",), ("screen",)))
        if isinstance(one, Made)
    )
    assert made.name.startswith("fr-CA/")


def test_brazilian_portuguese_in_the_united_states_has_the_numbers_of_the_united_states(
    tmp_path: Path,
) -> None:
    project = translated(tmp_path, "pt-BR")
    read = inputs.read(project, STEPS, "pt-BR")
    assert (read.region.name, read.paper, read.locale.lang) == ("us", "letter", "pt-BR")
    document = resolve.resolve(read).document
    assert contacts(document) == ["988 Suicide & Crisis Lifeline"]
    assert inputs.read(project, STEPS, "pt").locale.lang == "pt-US", "pt is served by pt-BR"
    (tmp_path / "content/regions").mkdir()
    (tmp_path / "content/regions/br.yaml").write_text(
        'id: BR\nname: Brazil\nemergency: "000"\nsource: of this test\nchecked: 2026-11-20\n', "utf-8"
    )
    assert inputs.read(project, STEPS, "pt-BR").region.name == "br"
    assert inputs.read(project, STEPS, "pt-BR").paper == "a4"
    assert inputs.read(project, STEPS, "pt-BR", region="us").region.name == "us"


def test_a_country_without_a_file_gets_nobody_elses_numbers() -> None:
    for tag in ("en-NO", "es-AR", "es-ES"):
        with pytest.raises(ProblemsFound) as found:
            resolve.document(LIBRARY, STEPS, tag)
        name = tag[-2:].lower()
        assert [(p.place.file, p.message) for p in found.value.problems] == [
            (f"content/regions/{name}.yaml", f'There is no region "{name}".')
        ]
        assert "--region us" in found.value.problems[0].hint
    report.problems(found.value.problems, out := StringIO())
    shown = out.getvalue().replace('"es"', '"no"').replace("/es.yaml", "/no.yaml")
    assert shown in (ROOT / "docs/regions.md").read_text("utf-8")


def test_a_region_without_contacts_prints_the_box_for_the_clinics_numbers(tmp_path: Path) -> None:
    (tmp_path / "content/regions").mkdir(parents=True)
    (tmp_path / "content/regions/no.yaml").write_text(
        'id: "NO"\nname: Norway\nemergency: "000"\nsource: of this test\nchecked: 2026-11-20\n', "utf-8"
    )
    document = resolve.document(Project(tmp_path, ROOT), STEPS, "en-NO").document
    (block,) = (b for s in document.sections for b in s.blocks if isinstance(b, Contacts))
    assert (block.items, plain(block.empty)) == ((), "Ask your clinic for the numbers near you.")


@pytest.mark.parametrize(
    ("tag", "first", "never"),
    [
        ("es-MX", ("es-MX", "es"), "es-ES"),
        ("fr-CA", ("fr-CA", "fr"), "fr-FR"),
        ("zh-Hant-TW", ("zh-Hant-TW", "zh-Hant"), "zh"),
        ("zh-TW", ("zh-TW", "zh-Hant"), "zh-Hans"),
        ("zh", ("zh", "zh-Hans"), "zh-Hant"),
        ("pt", ("pt", "pt-BR"), "pt-PT"),
        ("pt-PT", ("pt-PT", "pt"), "pt-BR"),
        ("fil", ("fil", "tl"), "en"),
        ("sr-Latn", ("sr-Latn",), "sr"),
    ],
)
def test_words_come_from_the_nearest_translation_and_never_from_another_script(
    tag: str, first: tuple[str, ...], never: str
) -> None:
    chain = tags.parse(tag).fallbacks
    assert [one for one in chain if one in first] == list(first)
    assert never not in chain


def test_one_catalogue_can_be_of_the_country_and_the_others_of_the_language(tmp_path: Path) -> None:
    folder = tmp_path / "content/locales/es-MX"
    folder.mkdir(parents=True)
    text = (
        (ROOT / "content/locales/es/labels.po")
        .read_text("utf-8")
        .replace("Language: es\\n", "Language: es-MX\\n")
    )
    (folder / "labels.po").write_text(text, "utf-8")
    read = inputs.read(Project(tmp_path, ROOT), STEPS, "es-MX")
    assert read.catalogues
    assert read.catalogues.labels.file.endswith("es-MX/labels.po")
    assert read.catalogues.document.file.endswith("es/overdose-steps.po")


def test_the_folder_tells_for_where_a_document_is() -> None:
    asked = build.orders(LIBRARY, [STEPS], ["es"], ["bifold"], ("screen",), None, None, region="ca")
    (order,) = (one for one in asked if isinstance(one, Order))
    (made,) = (one for one in build.make(LIBRARY, order) if isinstance(one, Made))
    assert made.name == "ca/es/overdose-steps.bifold.screen.pdf"
    assert Order(STEPS, "es", ("bifold",), ("screen",), "riverside").folder() == "riverside/es"


# --- who can answer ------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["vi", "so", "ht", "zh-Hans"])
def test_other_languages_see_only_the_line_with_an_interpreter(language: str, tmp_path: Path) -> None:
    document = resolve.document(translated(tmp_path, language), STEPS, language).document
    assert contacts(document) == ["988 Suicide & Crisis Lifeline"]
    assert numbers(document) == ["988"]


def test_english_and_spanish_have_lines_of_their_own() -> None:
    for tag in ("en", "es", "en-US"):
        shown = resolve.document(LIBRARY, STEPS, tag).document
        (block,) = (b for s in shown.sections for b in s.blocks if isinstance(b, Contacts))
        assert not [one for one in block.items if "interpret" in plain(one.note).lower()]
        assert len(block.items) > 1


def test_a_contact_says_who_is_served_by_either_list() -> None:
    def served(written: str, tag: str) -> bool:
        text = (
            "id: US\nname: United States\nemergency: 911\nsource: a\nchecked: 2026-11-20\n"
            f"contacts: [{{id: line, name: Line, phone: 988, {written} "
            "status: verified, source: a, checked: 2026-11-20}]\n"
        )
        read = regions.read(text.encode(), "us.yaml", "us").region
        return bool(read.printed(tags.parse(tag)))

    assert served("", "vi")
    assert served("languages: [pt],", "pt-BR")
    assert served("languages: [zh],", "zh-Hant")
    assert served("languages: [zh-Hant],", "zh-TW")
    assert not served("languages: [zh-Hant],", "zh-Hans")
    assert not served("languages: [en],", "vi")
    assert served("but-not: [en, es],", "so")
    assert not served("but-not: [en, es],", "es-MX")


def test_only_what_is_printed_needs_a_translation(tmp_path: Path) -> None:
    project = translated(tmp_path, "so")
    (tmp_path / "content/locales/so/region-us.po").unlink()
    with pytest.raises(ProblemsFound) as found:
        resolve.document(project, STEPS, "so")
    assert [p.place.file for p in found.value.problems] == ["content/locales/so/region-us.po"]
    assert contacts(resolve.document(project, STEPS, "so", region="mx").document) == [], (
        "nobody speaks it there"
    )


def test_texts_in_another_language_than_the_document_are_marked() -> None:
    region = REGIONS["mx"].region
    assert region.language_of(region.contacts[0]) == "es"
    assert [one.id for _, one in region.untranslated(tags.parse("es"))] == []
    open_to_all = regions.read(
        (ROOT / "content/regions/mx.yaml").read_bytes().replace(b"    languages: [es]\n", b""),
        "mx.yaml",
        "mx",
    )
    read = inputs.read(LIBRARY, STEPS, "en", region="mx")
    object.__setattr__(read, "region", open_to_all)
    document = resolve.resolve(read).document
    (block,) = (b for s in document.sections for b in s.blocks if isinstance(b, Contacts))
    assert {span.lang for one in block.items for span in (*one.note, *one.hours)} == {"es"}


# --- a county ------------------------------------------------------------------------------------

COUNTY = """\
id: county
name: عيادة ريفرسايد
language: ar
paper: a4
without: [nar-anon, smart-family, family-line]
phones: [{number: (313) 555-0142}]
contacts:
  - {name: خط الممرضات, phone: (313) 555-0143, note: نتحدث العربية., instead-of: crisis-line-interpreter}
  - {name: مركز العائلات, phone: (313) 555-0144, languages: [ar]}
  - {name: Riverside front desk, phone: (313) 555-0145, but-not: [ar]}
"""


@pytest.fixture
def county(tmp_path: Path) -> Project:
    project = translated(tmp_path, "ar")
    (tmp_path / "sites").mkdir()
    (tmp_path / "sites/county.yaml").write_text(COUNTY, "utf-8")
    return project


def test_a_county_overrides_what_the_region_says(county: Project) -> None:
    read = inputs.read(county, STEPS, "ar", site="county")
    assert read.paper == "a4"
    document = resolve.resolve(read).document
    assert document.lang == "ar-US"
    assert contacts(document) == ["مركز العائلات", "خط الممرضات"], (
        "its own first, the other in the place of 988"
    )
    assert numbers(document) == ["313-555-0144", "313-555-0143"]
    assert "911" in note(document), "the emergency number stays"


def test_readers_of_english_see_the_countys_other_contacts(county: Project) -> None:
    document = resolve.document(county, STEPS, "en", site="county").document
    assert contacts(document) == [
        "Riverside front desk",
        "988 Suicide & Crisis Lifeline",
        "SAMHSA National Helpline",
    ]


def test_phone_numbers_run_from_left_to_right_in_arabic(county: Project, tmp_path: Path) -> None:
    order = Order(STEPS, "ar", ("bifold",), ("screen",), "county")
    (made,) = (one for one in build.make(county, order) if isinstance(one, Made))
    with pypdfium2.PdfDocument(made.data) as file:
        page, start = next(
            (page, at)
            for page in file
            if (at := page.get_textpage().get_text_range().find("313-555-0143")) >= 0
        )
        text = page.get_textpage()
        lefts = [text.get_charbox(at)[0] for at in range(start, start + len("313-555-0143"))]
    assert lefts == sorted(lefts), "area code first, on the left"


# --- age -----------------------------------------------------------------------------------------


def warnings(today: date | None) -> list[str]:
    made = build.make(LIBRARY, Order(STEPS, "en", (), ()), today=today)
    return [one.message for one in made if isinstance(one, Problem)]


def test_what_was_checked_more_than_a_year_ago_is_warned_of() -> None:
    assert warnings(date(2026, 11, 28)) == []
    late = warnings(date(2027, 11, 25))
    assert late[0] == "The emergency number was last checked more than a year ago."
    assert '"crisis-line" was last checked more than a year ago.' in late
    assert not [one for one in late if "-es" in one or "interpreter" in one], "only what is printed"


def test_a_stale_region_names_each_old_fact_with_its_line() -> None:
    source = REGIONS["mx"]
    assert regions.stale(source.region, date(2027, 11, 27)) == ()
    old = regions.stale(source.region, date(2027, 11, 28))
    assert [one.name for one in old] == [regions.EMERGENCY, "life-line", "youth-centers"]
    assert {one.days for one in old} == {366}
    lines = (ROOT / "content/regions/mx.yaml").read_text("utf-8").splitlines()
    assert all("checked:" in lines[source.tree.place(one.path).line - 1] for one in old)


def test_the_pdf_is_the_same_on_every_day() -> None:
    order = Order(STEPS, "en", ("bifold",), ("screen",))

    def data(today: date) -> list[bytes]:
        return [one.data for one in build.make(LIBRARY, order, today=today) if isinstance(one, Made)]

    assert data(date(2026, 11, 28)) == data(date(2036, 11, 28))
