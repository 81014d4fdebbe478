"""A language tag leads to direction, translation, and phone numbers and dates as they are written there."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from booklet import build, inputs, resolve
from booklet.content.document import Contacts, Direction, Imprint, Sources, Span, plain
from booklet.locales import catalogue, formats, tags
from booklet.locales.spacing import spaced
from booklet.problems import ProblemsFound
from booklet.project import Project
from booklet.yamlfile import Mistake
from tests.shipped import ROOT

HERE = Path(__file__).parent
PROJECT = Project(HERE / "project", HERE / "project")


@pytest.mark.parametrize(
    ("tag", "script", "lang", "direction"),
    [
        ("en", "Latn", "en-US", "ltr"),
        ("es", "Latn", "es-US", "ltr"),
        ("ES-mx", "Latn", "es-MX", "ltr"),
        ("es-419", "Latn", "es-419", "ltr"),
        ("ar", "Arab", "ar-US", "rtl"),
        ("he", "Hebr", "he-US", "rtl"),
        ("fa", "Arab", "fa-US", "rtl"),
        ("ur", "Arab", "ur-US", "rtl"),
        ("yi", "Hebr", "yi-US", "rtl"),
        ("pa", "Guru", "pa-US", "ltr"),
        ("pa-PK", "Arab", "pa-Arab-PK", "rtl"),
        ("ks-Deva", "Deva", "ks-Deva-US", "ltr"),
        ("zh", "Hans", "zh-Hans-US", "ltr"),
        ("zh-TW", "Hant", "zh-Hant-TW", "ltr"),
        ("zh-US", "Hant", "zh-Hant-US", "ltr"),
        ("zh-CN", "Hans", "zh-CN", "ltr"),
        ("sr-RS", "Cyrl", "sr-RS", "ltr"),
        ("sr-ME", "Latn", "sr-Latn-ME", "ltr"),
        ("yue", "Hant", "yue-US", "ltr"),
        ("zh-hant", "Hant", "zh-Hant-US", "ltr"),
        ("ht", "Latn", "ht-US", "ltr"),
        ("am", "Ethi", "am-US", "ltr"),
        ("tl", "Latn", "tl-US", "ltr"),
        ("pt-br", "Latn", "pt-BR", "ltr"),
        ("zh-Hans", "Hans", "zh-Hans-US", "ltr"),
        ("en-xa", "Latn", "en-XA", "ltr"),
        ("ar-XB", "Arab", "ar-XB", "rtl"),
    ],
)
def test_a_tag_tells_script_region_and_direction(
    tag: str, script: str, lang: str, direction: Direction
) -> None:
    locale = tags.parse(tag)
    assert (locale.script, locale.lang, locale.direction) == (script, lang, direction)


SHIPPED = {
    **{
        tag: f"{tag}-US"
        for tag in "am ar bn en es fa fr hi ht km ko pl ru th tl ur vi zh-Hans zh-Hant".split()
    },
    "pt-BR": "pt-BR",
}


def test_the_languages_that_ship_are_named_in_the_pdf_by_no_more_than_it_takes() -> None:
    folders = {path.name for path in (ROOT / "content/locales").iterdir() if path.is_dir()}
    assert folders == set(SHIPPED) - {"en"}
    assert {tag: tags.parse(tag).lang for tag in SHIPPED} == SHIPPED


@pytest.mark.parametrize(
    "tag", ["zh", "zh-TW", "zh-US", "zh-GB", "zh-Hans", "zh-Hant-CN", "sr-ME", "yue", "pa-PK"]
)
@pytest.mark.parametrize("region", ["US", "TW", "CN", "ME", "IN"])
def test_what_stands_in_the_pdf_is_read_as_the_tag_was(tag: str, region: str) -> None:
    meant = tags.parse(tag, region)
    read = tags.parse(meant.lang)
    assert (read.language, read.script, read.region) == (meant.language, meant.script, meant.region)


@pytest.mark.parametrize(
    ("tag", "fallbacks"),
    [
        ("zh-Hant-CN", "zh-Hant-CN zh-Hant"),
        ("zh-Hans-TW", "zh-Hans-TW zh-Hans zh"),
        ("zh-Hans-CN", "zh-Hans-CN zh-CN zh-Hans zh"),
        ("zh-US", "zh-US zh-Hant-US zh-Hant"),
        ("sr-Latn-RS", "sr-Latn-RS sr-Latn"),
        ("sr-Cyrl-RS", "sr-Cyrl-RS sr-RS sr-Cyrl sr"),
        ("es-MX", "es-MX es-Latn-MX es-Latn es"),
    ],
)
def test_no_translation_in_another_script_is_taken(tag: str, fallbacks: str) -> None:
    assert tags.parse(tag).fallbacks == tuple(fallbacks.split())


def test_a_traditional_reader_is_not_given_the_simplified_catalogue(tmp_path: Path) -> None:
    (tmp_path / "content/locales").mkdir(parents=True)
    shutil.copytree(PROJECT.folder / "content/locales/es", tmp_path / "content/locales/zh-CN")
    project = Project(tmp_path, PROJECT.library)
    with pytest.raises(ProblemsFound) as found:
        resolve.document(project, "visit", "zh-Hant-CN", region="us")
    files = [str(problem.place) for problem in found.value.problems]
    assert "content/locales/zh-Hant/visit.po" in files
    assert not any("zh-CN" in file for file in files)


def test_a_document_in_one_script_is_not_ordered_for_readers_of_another(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    text = (PROJECT.folder / "content/visit.yaml").read_text("utf-8")
    for name, language in (("simple", "zh-Hans"), ("full", "zh-Hant")):
        own = text.replace("id: visit", f"id: {name}").replace("language: en", f"language: {language}")
        (tmp_path / f"content/{name}.yaml").write_text(own, "utf-8")
    project = Project(tmp_path, PROJECT.library)

    def ordered(tag: str) -> set[str]:
        made = build.orders(project, None, [tag], ["bifold"], ("print",), None, None)
        return {one.document for one in made if isinstance(one, build.Order)} & {"simple", "full"}

    assert ordered("zh-Hant") == {"full"}
    assert ordered("zh-TW") == {"full"}
    assert ordered("zh-Hans") == {"simple"}
    for tag, wanted in (("zh-Hant", (False, True)), ("zh", (True, False)), ("en", (False, False))):
        locale = tags.parse(tag)
        assert tuple(inputs.written_in(project, name, locale) for name in ("simple", "full")) == wanted


def test_the_region_of_the_project_is_taken_where_the_tag_names_none() -> None:
    assert tags.parse("es", "MX").lang == "es-MX"
    assert tags.parse("en-GB", "US").lang == "en-GB"
    assert tags.parse("es").name == "Spanish"


@pytest.mark.parametrize(
    "tag", ["", "e", "english", "es_US", "es-", "es-US-x", "qq", "und", "../en", "es\n", "é"]
)
def test_what_is_no_language_is_refused(tag: str) -> None:
    with pytest.raises(Mistake):
        tags.parse(tag)


@pytest.mark.parametrize(
    ("number", "region", "text", "uri"),
    [
        ("988", "US", "988", "tel:988"),
        ("911", "US", "911", "tel:911"),
        ("741741", "US", "741741", "tel:741741"),
        ("116 123", "GB", "116 123", "tel:116123"),
        ("1-800-662-4357", "US", "(800) 662-4357", "tel:+18006624357"),
        ("1-800-662-HELP", "US", "(800) 662-4357", "tel:+18006624357"),
        ("+1 (206) 555-0100", "US", "(206) 555-0100", "tel:+12065550100"),
        ("206.555.0100 ext. 5", "US", "(206) 555-0100 ext. 5", "tel:+12065550100;ext=5"),
        ("+44 20 7946 0000", "US", "+44 20 7946 0000", "tel:+442079460000"),
        ("020 7946 0000", "GB", "020 7946 0000", "tel:+442079460000"),
        ("+1 204 555 0100", "US", "(204) 555-0100", "tel:+12045550100"),
        ("55 1234 5678", "MX", "55 1234 5678", "tel:+525512345678"),
    ],
)
def test_a_phone_number_is_printed_and_dialled_as_in_its_region(
    number: str, region: str, text: str, uri: str
) -> None:
    phone = formats.phone(number, region)
    assert (phone.text, phone.uri) == (text.replace(" ", "\u00a0"), uri), "no line break in a number"


@pytest.mark.parametrize(
    "number", ["", "help", "988 then 2", "9B8", "1234567", "++1", "206 555 01000000", "٩١١"]
)
def test_what_is_no_phone_number_is_refused(number: str) -> None:
    with pytest.raises(Mistake):
        formats.phone(number, "US")


def test_a_number_for_messages_is_not_called() -> None:
    assert formats.text_message("988", "US", (Span("Text"),)).uri == "sms:988"


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en", "November 2, 2026"),
        ("en-GB", "2 November 2026"),
        ("es", "2 de noviembre de 2026"),
        ("zh-Hant", "2026年11月2日"),
        ("vi", "2 tháng 11, 2026"),
        ("ar", "2 نوفمبر 2026"),
        ("tl", "Nobyembre 2, 2026"),
        ("fil", "Nobyembre 2, 2026"),
        ("ht", "2 novanm 2026"),
        ("pt-BR", "2 de novembro de 2026"),
        ("fa", "2 نوامبر 2026"),
        ("hi", "2 नवंबर 2026"),
        ("km", "2 វិច្ឆិកា 2026"),
        ("th", "2 พฤศจิกายน ค.ศ. 2026"),
        ("so", "Noofeembar 2, 2026"),
        ("am", "2 ኖቬምበር 2026"),
        ("hmn", "2026-11-02"),
    ],
)
def test_a_date_has_its_month_as_a_word_where_the_language_has_one(tag: str, expected: str) -> None:
    assert formats.day(date(2026, 11, 2), tags.parse(tag)) == expected


def test_haitian_creole_has_its_own_months() -> None:
    days = [formats.day(date(2026, month, 1), tags.parse("ht")) for month in range(1, 13)]
    assert "|".join(days) == (
        "1 janvye 2026|1 fevriye 2026|1 mas 2026|1 avril 2026|1 me 2026|1 jen 2026|1 jiyè 2026|1 out 2026"
        "|1 septanm 2026|1 oktòb 2026|1 novanm 2026|1 desanm 2026"
    )


@pytest.mark.parametrize("tag", ["ar", "fa", "hi", "km", "th", "my", "ur", "bn", "ne"])
def test_every_date_is_of_the_gregorian_calendar_in_the_digits_of_the_united_states(tag: str) -> None:
    shown = formats.day(date(2026, 11, 2), tags.parse(tag))
    assert "2026" in shown
    assert all(char.isascii() for char in shown if char.isdigit())


@pytest.mark.parametrize(
    ("order", "languages"),
    [
        ("month day year", "en tl fil"),
        ("day month year", "es es-MX vi ar ru fr ht pt-BR pl hi km en-GB ur th bn am so"),
        ("year month day", "zh-Hans zh-Hant ko fa fr-CA ja"),
    ],
)
def test_the_parts_of_a_date_stand_in_the_order_of_the_language(order: str, languages: str) -> None:
    assert {tag: " ".join(formats.date_order(tags.parse(tag))) for tag in languages.split()} == dict.fromkeys(
        languages.split(), order
    )


@pytest.mark.parametrize(
    ("tag", "region", "expected"),
    [
        ("sr", "ME", "2. новембар 2026. a и b"),
        ("sr-ME", "ME", "2. novembar 2026. a i b"),
        ("sr-Latn", "RS", "2. novembar 2026. a i b"),
    ],
)
def test_dates_and_lists_are_in_the_script_of_the_text(tag: str, region: str, expected: str) -> None:
    locale = tags.parse(tag, region)
    day = formats.day(date(2026, 11, 2), locale)
    assert f"{day} {formats.sequence(['a', 'b'], locale)}" == expected


def test_a_language_that_cldr_does_not_know_has_the_order_of_the_country() -> None:
    assert formats.date_order(tags.parse("hmn", "US")) == ("month", "day", "year")
    assert formats.date_order(tags.parse("hmn", "FR")) == ("day", "month", "year")


def test_words_are_listed_as_the_language_lists_them() -> None:
    assert formats.sequence(["a", "b", "c"], tags.parse("en")) == "a, b, and c"
    assert formats.sequence(["a", "b", "c"], tags.parse("es")) == "a, b y c"
    assert formats.sequence(["a", "b", "c"], tags.parse("tl")) == "a, b, at c"
    assert formats.sequence(["a", "b", "c"], tags.parse("ht")) == "a, b ak c"
    assert formats.sequence(["a", "b"], tags.parse("ht")) == "a ak b"
    assert formats.sequence(["a"], tags.parse("ht")) == "a"
    assert formats.sequence(["a", "b", "c"], tags.parse("fa")).replace("\u200f", "") == "a، b، و c"
    assert formats.sequence(["a", "b", "c"], tags.parse("ur")) == "a، b، اور c"
    assert formats.sequence(["a", "b", "c"], tags.parse("hmn")) == "a, b, c"


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("988", "988"),
        ("(313) 555-0143", "313-555-0143"),
        ("+52 55 1234 5678", "+52-55-1234-5678"),
        ("(206) 555-0100 ext. 12", "(206) 555-0100 ext. 12"),
    ],
)
def test_a_number_keeps_its_order_in_text_that_runs_from_right_to_left(number: str, shown: str) -> None:
    assert formats.isolated(number, tags.parse("ar")) == f"\u2066{shown}\u2069"
    assert formats.isolated(number, tags.parse("vi")) == number


def test_a_web_address_is_printed_without_its_scheme() -> None:
    assert formats.printed_address("https://www.example.org/") == "www.example.org"
    assert formats.printed_address("http://example.org/a/") == "example.org/a"


# --- catalogues --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "translation", "markup"),
    [
        ("Take 1,000 mg.", "Tome 1.000 mg.", True),
        ("Take 1,000 mg.", "Tome 1\u202f000 mg.", True),
        ("Wait 2 to 3 minutes.", "انتظر من ٢ إلى ٣ دقائق.", True),
        ("Two of 3.", "De 3, dos.", True),
        ("Call {{ region.emergency }}.", "Llame al {{region.emergency}}.", True),
        ("[a](https://a.org) [b](https://b.org)", "[b](https://b.org) [a](https://a.org)", True),
        ("**Go**", "Vaya", True),
        ("5 * 3", "3 * 5", False),
        ("Page {page} of {pages}", "Página {page} de {pages}", False),
    ],
)
def test_a_translation_may_move_what_it_must_not_change(source: str, translation: str, markup: bool) -> None:
    assert catalogue.differences(source, translation, markup) == ()


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("Call 988.", "Llame."),
        ("Call 988.", "Llame al 98."),
        ("Take 1.5 mg.", "Tome 15 mg."),
        ("Take 0.5 mg.", "Tome 5 mg."),
        ("Wait 2 to 3 minutes.", "Espere 23 minutos."),
        ("Wait 2 minutes.", "Espere 2 minutos, luego 2 minutos."),
        ("Call {{ region.emergency }}.", "Llame al {{ site.phone }}."),
        ("[a](tel:988)", "[a](tel:989)"),
        ("Page {page} of {pages}", "Página {page} de {paginas}"),
    ],
)
def test_a_translation_that_changes_a_number_a_value_or_a_link_is_refused(
    source: str, translation: str
) -> None:
    assert catalogue.differences(source, translation, True)


def test_an_entry_without_context_serves_every_section() -> None:
    text = (PROJECT.folder / "content/locales/es/visit.po").read_text()
    own = catalogue.parse(text.replace('msgctxt "visit"\n', "").encode(), "visit.po", "es")
    found = own.find("visit", "Your visit")
    assert found is not None
    assert found.translation == "Su visita"
    assert own.find("document", "Your visit") is found
    assert own.find("visit", "My visit") is None


def test_a_spanish_document_is_spanish_throughout() -> None:
    found = resolve.document(PROJECT, "visit", "es").document
    assert (found.lang, found.direction, found.title, found.draft) == (
        "es-US",
        "ltr",
        "Una visita corta",
        True,
    )
    assert found.labels.page_of == "Página {page} de {pages}"
    assert [plain(block.text) for block in found.sections[1].blocks if hasattr(block, "text")] == [
        "Llame al 206 555 0142 o a la recepción.",
        "Tome 2 pastillas de 1.000 mg.",
    ]


def test_what_stays_english_in_a_spanish_document_is_marked_as_english() -> None:
    shipped = Project.at(HERE)
    found = resolve.document(shipped, "loved-one-uses-heroin", "es").document
    blocks = [block for section in found.sections for block in section.blocks]
    (listed,) = (block for block in blocks if isinstance(block, Sources))
    assert {span.lang for each in listed.items for span in each.text} == {"en"}
    (contacts,) = (block for block in blocks if isinstance(block, Contacts))
    assert {span.lang for each in contacts.items for span in each.note} == {None}
    names = {plain(each.name): {span.lang for span in each.name} for each in contacts.items}
    assert names["Partnership to End Addiction"] == {"en"}
    assert names["Línea 988 de Prevención del Suicidio y Crisis"] == {None}
    (imprint,) = (block for block in blocks if isinstance(block, Imprint))
    assert found.labels.draft in [plain(note) for note in imprint.notes]


def test_contacts_serve_readers_of_the_language_and_are_verified() -> None:
    def names(tag: str) -> list[str]:
        document = resolve.document(PROJECT, "good", tag).document
        (contacts,) = (b for section in document.sections for b in section.blocks if isinstance(b, Contacts))
        return [plain(contact.name) for contact in contacts.items]

    assert names("en") == ["Crisis line", "Old line", "Library"]
    assert names("en-GB") == ["Library"]


def test_the_tag_or_the_site_chooses_the_region() -> None:
    def note(**chosen: str) -> str:
        document = resolve.document(PROJECT, "good", chosen.pop("tag", "en"), **chosen).document
        cover = document.sections[0].blocks[0]
        return document.lang + " " + plain(getattr(cover, "note"))  # noqa: B009

    assert note() == "en-US Call 911 in an emergency."
    assert note(tag="en-GB") == "en-GB Call 999 in an emergency."
    assert note(region="gb") == "en-GB Call 999 in an emergency."
    assert note(tag="en-GB", site="riverside") == "en-GB Call 911 in an emergency."


def arabic(project: Path) -> None:
    """A catalogue of each kind, in which every text is its own translation after an Arabic word."""
    folder = project / "content/locales/ar"
    folder.mkdir(parents=True)
    for name in ("visit", "labels", "region-us"):
        text = (HERE / "project/content/locales/es" / f"{name}.po").read_text()
        lines = text.replace("Language: es", "Language: ar").splitlines()
        msgid = ""
        for index, line in enumerate(lines):
            if line.startswith("msgid ") and line != 'msgid ""':
                msgid = line[7:-1]
            if msgid and line.startswith("msgstr "):
                lines[index] = f'msgstr "نص {msgid}"'
        (folder / f"{name}.po").write_text("\n".join(lines))


def test_in_a_document_that_runs_right_to_left_values_are_isolated(tmp_path: Path) -> None:
    arabic(tmp_path)
    project = Project(tmp_path, PROJECT.library)
    assert project.languages("visit") == ["ar", "es"]
    found = resolve.document(project, "visit", "ar").document
    assert (found.lang, found.direction, found.title) == ("ar-US", "rtl", "نص A short visit")
    urls = {span.url for block in found.sections[1].blocks for span in getattr(block, "text", ())}
    assert "tel:911" in urls


def test_a_language_without_a_catalogue_is_a_problem_that_names_the_file() -> None:
    with pytest.raises(ProblemsFound) as found:
        resolve.document(PROJECT, "visit", "fr")
    assert [str(problem.place) for problem in found.value.problems] == [
        "content/locales/fr/labels.po",
        "content/locales/fr/region-us.po",
        "content/locales/fr/visit.po",
    ]


def test_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    for name in ("content/regions", "content/locales/es", "sites"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "content/visit.yaml").write_text("id: visit\n")
    (tmp_path / "content/regions/us.yaml").write_text("id: US\n")
    (tmp_path / "content/locales/es/visit.po").write_text("Hola\n")
    (tmp_path / "sites/lake.yaml").write_text("id: lake\n")
    with pytest.raises(ProblemsFound) as found:
        resolve.document(Project(tmp_path, PROJECT.library), "visit", "es", site="lake")
    assert {Path(problem.place.file).name for problem in found.value.problems} == {
        "visit.yaml",
        "us.yaml",
        "visit.po",
        "lake.yaml",
    }


def test_unknown_names_get_a_suggestion() -> None:
    with pytest.raises(ProblemsFound) as found:
        resolve.document(PROJECT, "vist", "en", site="riversid")
    assert [problem.hint for problem in found.value.problems] == [
        'Did you mean "visit"?',
        'Did you mean "riverside"?',
    ]


@pytest.mark.parametrize(
    ("tag", "text", "expected"),
    [
        (
            "fr-FR",
            "Que faire ? Voici : « ceci » !",
            "Que faire\u202f? Voici\u00a0: «\u00a0ceci\u00a0»\u202f!",
        ),
        ("fr-CA", "Que faire? Voici : « ceci »", "Que faire? Voici\u00a0: «\u00a0ceci\u00a0»"),
        ("pl", "Zostań z nią i w razie czego dzwoń", "Zostań z\u00a0nią i\u00a0w\u00a0razie czego dzwoń"),
        ("ru", "Останьтесь с ним и звоните", "Останьтесь с\u00a0ним и\u00a0звоните"),
        ("vi", "Ở lại và gọi", "Ở lại và gọi"),
        ("en", "It costs 5 % more. A note: why?", "It costs 5\u00a0% more. A note: why?"),
        ("es", "¿Qué hacer? Llame a alguien.", "¿Qué hacer? Llame a alguien."),
    ],
)
def test_no_break_spaces_stand_where_the_language_wants_them(tag: str, text: str, expected: str) -> None:
    assert spaced((Span(text),), tags.parse(tag)) == (Span(expected),)


def test_a_phrase_in_another_language_keeps_its_own_spaces() -> None:
    phrase = (Span("Que faire ?", lang="en"),)
    assert spaced(phrase, tags.parse("fr-FR")) == phrase
