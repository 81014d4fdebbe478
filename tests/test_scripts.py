"""How a theme fits scripts to Latin: sizes, distances of lines, typefaces, figures of one size; icons."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageOps

from booklet import build
from booklet.compose.copyfit import compose
from booklet.compose.items import IconItem, TextItem
from booklet.content import document as doc
from booklet.content.document import Rich, Span
from booklet.impose.schemes import single_pages
from booklet.layout import load
from booklet.layout.theme import Script
from booklet.locales import tags
from booklet.pdf.write import write
from booklet.problems import ProblemsFound
from booklet.typeset import cjk
from booklet.typeset.fonts import FONT_FOLDER, FontBook, book_of, font_files
from booklet.typeset.paragraph import TypeStyle, line, typeset
from booklet.typeset.scripts import default_script, fit_of, fits, writing
from tests.composing import one_frame
from tests.documents import article, body, paragraph, section
from tests.shipped import LIBRARY, ROOT

THEMES = {
    name: load.read(LIBRARY, layout).theme for name, layout in (("calm", "handout"), ("large", "large-print"))
}
CALM = THEMES["calm"]
BOOK = book_of(CALM)
FILES = (*font_files(FONT_FOLDER), *cjk.font_files())
FSI, PDI = "\u2068", "\u2069"


def sizes(rich: Rich | str, lang: str, book: FontBook = BOOK) -> dict[str, float]:
    """The size of each run, in sizes of Latin type, by its text."""
    spans = (Span(rich),) if isinstance(rich, str) else rich
    paragraph = typeset(spans, TypeStyle(book), lang, default_script(lang) in ("Arab", "Hebr"))
    own = book.scale(default_script(lang), lang)
    return {
        "".join(cluster.text for cluster in (run.clusters[::-1] if run.rtl else run.clusters)).strip(): round(
            run.scale * own, 6
        )
        for run in line(paragraph, 0, len(paragraph.segments)).runs
    }


# --- which writing -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("script", "lang", "kind"),
    [
        ("Latn", "zh-Hans", "Latn"),
        ("Hani", "zh-Hans-US", "Hans"),
        ("Hani", "zh", "Hans"),
        ("Hani", "zh-HK", "Hant"),
        ("Hani", "zh-Hant", "Hant"),
        ("Hani", "zh-US", "Hant"),
        ("Hani", "zh-GB", "Hant"),
        ("Hani", "zh-Hans-TW", "Hans"),
        ("Hani", "yue", "Hant"),
        ("Hani", "yue-CN", "Hans"),
        ("Hani", "ja", "Jpan"),
        ("Hani", "ko-KR", "Kore"),
        ("Hani", "en", "Hans"),
        ("Hira", "en", "Jpan"),
        ("Kana", "ja", "Jpan"),
        ("Hang", "zh-Hans", "Kore"),
        ("Bopo", "zh-Hant", "Hant"),
    ],
)
def test_characters_that_languages_share_are_told_apart(script: str, lang: str, kind: str) -> None:
    assert writing(script, lang) == kind


@pytest.mark.parametrize(
    ("script", "langs"),
    [
        ("Hani", "zh zh-TW yue yue-US ja"),
        ("Hang", "ko ko-US"),
        ("Guru", "pa pa-US"),
        ("Arab", "pa-PK pa-Arab ug ar-XB ckb"),
        ("Telu", "te"),
        ("Gujr", "gu"),
        ("Beng", "as bn"),
        ("Thaa", "dv"),
        ("Cyrl", "sr ru-US"),
        ("Latn", "sr-ME sr-Latn-RS en es-419 vi ht hmn gml mga"),
    ],
)
def test_a_language_is_written_in_the_script_that_cldr_knows(script: str, langs: str) -> None:
    assert {lang: default_script(lang) for lang in langs.split()} == dict.fromkeys(langs.split(), script)


@pytest.mark.parametrize("tag", "zh zh-US zh-GB zh-AU zh-TW zh-CN zh-Hant zh-Hans yue yue-CN ja ko".split())
@pytest.mark.parametrize("region", ["US", "TW", "CN"])
def test_type_is_of_the_writing_that_the_translation_is_in(tag: str, region: str) -> None:
    locale = tags.parse(tag, region)
    assert writing(default_script(locale.lang), locale.lang) == locale.script


def test_the_entry_of_a_language_comes_before_that_of_its_script() -> None:
    made = fits({"Arab": Script(size=1.1), "ur": Script(size=1.3), "ur-IN": Script(size=1.4)})
    found = {lang: fit_of(made, "Arab", lang) for lang in ("ar", "ur", "ur-PK", "ur-IN", "en")}
    assert {lang: fit.size if fit else None for lang, fit in found.items()} == {
        "ar": 1.1, "ur": 1.3, "ur-PK": 1.3, "ur-IN": 1.4, "en": 1.1,
    }  # fmt: skip
    # Latin letters in an Urdu text are no Urdu.
    assert fit_of(made, "Latn", "ur") is None


def test_both_themes_fit_the_same_scripts() -> None:
    """Large print is larger, not another theme's letters."""
    assert fits(THEMES["calm"].scripts) == fits(THEMES["large"].scripts)


# --- sizes ---------------------------------------------------------------------------------------


def test_a_foreign_word_has_the_size_that_looks_as_large_as_its_neighbours() -> None:
    arabic, hindi = CALM.scripts["Arab"].size, CALM.scripts["Deva"].size
    assert sizes("In Arabic العربية today", "en") == {"In Arabic": 1, "العربية": arabic, "today": 1}
    assert sizes("دواء Narcan هنا", "ar") == {"دواء": arabic, "Narcan": 1, "هنا": arabic}
    assert sizes("दवा Narcan और العربية", "hi") == {
        "दवा": hindi, "Narcan": 1, "और": hindi, "العربية": arabic,
    }  # fmt: skip


CALL = {
    "ar": "اتصل", "fa": "تماس", "ur": "فون", "hi": "फ़ोन", "bn": "ফোন", "th": "โทร", "km": "ហៅ", "am": "ይደውሉ",
}  # fmt: skip


@pytest.mark.parametrize("lang", CALL)
def test_figures_are_of_one_size_in_every_language(lang: str) -> None:
    """Alone, in a sentence, in a phone number with its brackets."""
    word = CALL[lang]
    own = BOOK.scale(default_script(lang), lang)
    assert set(sizes("1-800-662-4357", lang).values()) == {1}
    for number in ("911", f"{FSI}(555) 010-0199{PDI}", "24/7"):
        found = sizes(f"{word} {number}", lang)
        assert found.pop(word) == own
        figures = {size for text, size in found.items() if any(map(str.isdigit, text))}
        assert figures == {1}, found


def test_digits_of_a_script_are_of_its_size() -> None:
    assert set(sizes("٩١١ هو الرقم ٣/٤", "ar").values()) == {CALM.scripts["Arab"].size}


def test_the_language_of_a_phrase_fits_it_too() -> None:
    rich = (Span("In Urdu: "), Span("فون کریں", lang="ur"))
    paragraph = typeset(rich, TypeStyle(BOOK), "en", False)
    names = {run.face.name: run.scale for run in line(paragraph, 0, len(paragraph.segments)).runs}
    assert names["NotoNastaliqUrdu-Regular"] == CALM.scripts["ur"].size


def test_latin_greek_and_cyrillic_are_as_without_a_theme() -> None:
    bare = FontBook(CALM.families)
    for text, lang in (
        ("Call 911 (free).", "en"),
        ("Позвоните 911", "ru"),
        ("Καλέστε", "el"),
        ("Gọi 911", "vi"),
    ):
        one, other = (typeset((Span(text),), TypeStyle(book), lang, False) for book in (BOOK, bare))
        assert one.segments == other.segments
        assert (one.ascent, one.descent, one.tall) == (other.ascent, other.descent, 0)


# --- on a page -----------------------------------------------------------------------------------

TEXTS = {
    "ar": "إذا كنت بحاجة إلى المساعدة فاتصل الآن ولا تتركه وحده حتى تصل سيارة الإسعاف إلى البيت. ",
    "hi": "अगर आपको मदद चाहिए तो अभी फ़ोन करें और उन्हें अकेला न छोड़ें जब तक मदद न आ जाए। ",
    "th": "โทรขอความช่วยเหลือทันที อยู่กับเขา อย่าปล่อยให้อยู่คนเดียว พูดด้วยน้ำเสียงที่นุ่มนวล ",
    "zh-Hans": "遇到紧急情况，请立即拨打电话。大声叫他的名字，看他有没有呼吸；留在他身边。",
    "ur": "اگر آپ کو مدد چاہیے تو ابھی فون کریں اور انہیں اکیلا نہ چھوڑیں جب تک مدد نہ آ جائے۔ ",
    "en": "If you need help then call now, and do not leave them alone until the ambulance comes. ",
}


def body_lines(lang: str, **more: Any) -> list[TextItem]:
    """The lines of a paragraph, in a body of 10 points."""
    rtl = default_script(lang) == "Arab"
    made = compose(
        article(
            section("body", doc.Paragraph(text=(Span(TEXTS[lang] * 3),))),
            lang=lang,
            direction="rtl" if rtl else "ltr",
        ),
        replace(one_frame((250.0, 700.0)), **more),
        CALM,
        BOOK,
    )
    return [item for item in made.panels[0].items if isinstance(item, TextItem)]


def distance(lang: str) -> float:
    lines = body_lines(lang)
    gaps = {round(below.y - above.y, 3) for above, below in pairwise(lines)}
    assert len(gaps) == 1
    return gaps.pop()


@pytest.mark.parametrize("lang", [lang for lang in TEXTS if lang != "en"])
def test_size_and_leading_are_what_the_theme_says(lang: str) -> None:
    script = CALM.scripts.get(lang) or CALM.scripts[writing(default_script(lang), lang)]
    size = 10 * script.size
    assert {round(item.size, 6) for item in body_lines(lang)} == {round(size, 6)}
    assert distance(lang) == pytest.approx(
        max(script.leading * distance("en"), script.least * size), abs=0.002
    )


def test_a_floor_is_one_of_latin_type() -> None:
    """Where a layout says 10 points at the least, Arabic is set in as many as look like 10."""
    (size,) = {item.size for item in body_lines("ar")}
    assert size == pytest.approx(10 * CALM.scripts["Arab"].size)


def urdu(layout: str) -> list[object]:
    return list(build.make(LIBRARY, build.Order("overdose-steps", "ur", (layout,), ("print",))))


@pytest.mark.parametrize("layout", ["bifold", "handout", "large-print"])
def test_nastaliq_fits_where_the_docs_say(layout: str) -> None:
    assert any(isinstance(one, build.Made) for one in urdu(layout))


@pytest.mark.parametrize("layout", ["zine", "wallet-card", "poster"])
def test_nastaliq_does_not_fit_where_the_docs_say(layout: str) -> None:
    with pytest.raises(ProblemsFound) as found:
        urdu(layout)
    assert all("does not fit" in problem.message for problem in found.value.problems)


# --- what the docs say ---------------------------------------------------------------------------


def test_the_table_of_the_docs_is_the_theme() -> None:
    text = (ROOT / "docs" / "scripts.md").read_text(encoding="utf-8")
    lines = [row for row in text.splitlines() if row.count("|") == 8][2:]
    rows = [[cell.strip() for cell in row.split("|")[3:7]] for row in lines]
    told = {(face, *map(float, numbers)) for face, *numbers in rows if numbers[-1]}
    said = set()
    for key, script in CALM.scripts.items():
        lang = {"Jpan": "ja", "Kore": "ko", "Hans": "zh-Hans", "Hant": "zh-Hant"}.get(key, key)
        face = BOOK.chain(key if len(key) == 4 and lang == key else default_script(lang), 400, False, lang)[0]
        family = next(file.family for file in FILES if face.name.startswith(file.path.stem.split("[")[0]))
        said.add((family, script.size, script.leading, script.least))
    assert told == said


# --- icons ---------------------------------------------------------------------------------------


def icon_picture(icon: str, direction: doc.Direction) -> Image.Image:
    """A section's icon as it is drawn on the page."""
    document = article(body("Heading", paragraph("Words."), icon=icon), lang="he", direction=direction)
    made = compose(document, one_frame((300.0, 200.0)), CALM, BOOK)
    (item,) = [item for item in made.panels[0].items if isinstance(item, IconItem)]
    stamp = datetime(2026, 1, 1, tzinfo=UTC)
    data = write(document, made, single_pages(((300.0, 200.0),)), stamp, edition="screen")
    scale = 10
    with pypdfium2.PdfDocument(data) as file:
        page: Image.Image = file[0].render(scale=scale, grayscale=True).to_pil().convert("L")
    left, top, side = (round(value * scale) for value in (item.x, item.y, item.width))
    return page.crop((left, top, left + side, top + side))


def differ(one: Image.Image, other: Image.Image) -> float:
    """The share of pixels that are ink in one and ground in the other; edges make 2 % of them."""
    both = ImageChops.difference(one, other).point(lambda value: 255 * (value > 128))
    return both.histogram()[255] / (one.width * one.height)


@pytest.mark.parametrize("icon", ["volume-2", "message-circle", "route", "file-text"])
def test_icons_that_run_as_text_does_are_turned(icon: str) -> None:
    ltr, rtl = icon_picture(icon, "ltr"), icon_picture(icon, "rtl")
    assert differ(rtl, ImageOps.mirror(ltr)) < 0.03
    assert differ(rtl, ltr) > 0.04


@pytest.mark.parametrize("icon", ["clock", "phone-call", "rotate-cw", "hand-heart"])
def test_clocks_and_what_is_held_in_the_hand_are_not(icon: str) -> None:
    ltr, rtl = icon_picture(icon, "ltr"), icon_picture(icon, "rtl")
    assert differ(rtl, ltr) < 0.03
    assert differ(rtl, ImageOps.mirror(ltr)) > 0.04
