"""The fonts in a file draw exactly what HarfBuzz shaped, are as wide as the PDF says, and mean the text."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any

import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from booklet.pdf.directions import RLM
from booklet.pdf.fonts import MARK_STEP, MARK_WIDTH, FontUse, shares
from booklet.pdf.subset import Code, Subset, subset
from booklet.typeset.fonts import FONT_FOLDER, Face, FontBook
from booklet.typeset.scripts import default_script
from booklet.typeset.shape import Cluster, shape

BOOK = FontBook(("Atkinson Hyperlegible Next", "Noto Sans"))
SAMPLES = {
    "en": "First find the office: AVATAR, To, “fjord”… naïve 5\u00a0mg",
    "vi": "Hãy gọi người giúp ngay, đừng để họ",
    "ru": "Позовите на помощь, ещё раз",
    "el": "Καλέστε βοήθεια; ΐ",
    "ar": "فورًا لا إلّا اِبْقَ هَادِئًا وَلَا تَتْرُكْهُ (كُلُّ) ٩٠",
    "fa": "می‌شنوید پنجره‌ها",
    "he": "הִשָּׁאֲרוּ תַּשְׁאִירוּ לְבַד [שלום]",
    "hi": "कृपया प्रशिक्षित स्वास्थ्य कार्यकर्ता, क्षमा निर्देश",
    "bn": "প্রশিক্ষিত স্বাস্থ্যকর্মীকে বৃহস্পতিবার",
    "ta": "அவருடன் இருங்கள் ஸ்ரீ லக்ஷ்மி",
    "th": "น้ำเสียงที่นุ่มนวล ปี่",
    "lo": "ນ້ຳສຽງອ່ອນໂຍນ ຫຼື",
    "km": "ភ្លាមៗ ស្ត្រី ដង្ហើម",
    "my": "အင်္ဂါနေ့နှင့် သောကြာ သင်္ဘော",
    "am": "ለእርዳታ ይደውሉ።",
}
every_language = pytest.mark.parametrize("lang", SAMPLES)
Contour = tuple[tuple[str, tuple[tuple[float, float], ...]], ...]


def face_of(lang: str) -> Face:
    return BOOK.chain(default_script(lang), 400, False, lang)[0]


def shaped(lang: str) -> tuple[Cluster, ...]:
    script = default_script(lang)
    return shape(face_of(lang), SAMPLES[lang], script, script in ("Arab", "Hebr"), lang).clusters


def used(lang: str) -> tuple[FontUse, str]:
    """The sample's font in a file, and the operand of TJ that shows the sample."""
    use = FontUse(face_of(lang), "B1")
    return use, use.encode(shaped(lang))


@cache
def made(lang: str) -> tuple[tuple[Code, ...], Subset, TTFont]:
    use, _ = used(lang)
    codes = tuple(use.codes)
    result = subset(use.face, codes)
    return codes, result, TTFont(BytesIO(result.program))


def contours(font: TTFont, glyph: int | str, x: float = 0, y: float = 0) -> list[Contour]:
    """A glyph's contours, composites taken apart, moved by x and y."""
    glyphs = font.getGlyphSet()
    name = glyph if isinstance(glyph, str) else font.getGlyphName(glyph)
    pen = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(TransformPen(pen, (1, 0, 0, 1, x, y)))
    found: list[Contour] = []
    start = 0
    for place, (operator, _) in enumerate(pen.value):
        if operator in ("closePath", "endPath"):
            found.append(tuple((op, tuple(points)) for op, points in pen.value[start : place + 1]))
            start = place + 1
    return found


def operands(shown: str) -> list[str | float]:
    """What stands between the brackets of TJ: strings of hex digits, and numbers."""
    out: list[str | float] = []
    for part in shown.replace("<", " <").replace(">", "> ").split():
        out.append(part[1:-1] if part[0] == "<" else float(part))
    return out


def drawn_by_the_pdf(use: FontUse, shown: str) -> tuple[list[Contour], float]:
    """The contours that a viewer draws, and where its pen ends, in font units."""
    codes = tuple(use.codes)
    result = subset(use.face, codes)
    font = TTFont(BytesIO(result.program))
    pen, found = 0.0, []
    for operand in operands(shown):
        if isinstance(operand, float):
            pen -= operand * use.face.upem / 1000
            continue
        for at in range(0, len(operand), 4):
            code = int(operand[at : at + 4], 16)
            found += contours(font, result.glyph_ids[code - 1], pen)
            pen += codes[code - 1].width
    return found, pen


def drawn_by_harfbuzz(lang: str) -> tuple[list[Contour], float]:
    font = original(lang)
    pen, found = 0.0, []
    for cluster in shaped(lang):
        for glyph, x, y in cluster.glyphs:
            found += contours(font, glyph, pen + x, y)
        pen += cluster.advance
    return found, pen


@cache
def original(lang: str) -> TTFont:
    return TTFont(FONT_FOLDER / f"{face_of(lang).name}.ttf")


# --- what is drawn -------------------------------------------------------------------------------


@every_language
def test_viewers_draw_what_was_shaped(lang: str) -> None:
    ours, our_end = drawn_by_the_pdf(*used(lang))
    theirs, their_end = drawn_by_harfbuzz(lang)
    assert our_end == pytest.approx(their_end)
    assert rounded(ours) == rounded(theirs)


def test_ink_of_a_right_to_left_ligature_stays_in_place() -> None:
    """Its painted code comes last, behind the widths of the others."""
    use = FontUse(face_of("he"), "B1")
    glyph = shaped("he")[0].glyphs[0][0]
    shown = use.encode([Cluster("לא", ((glyph, 10, 0),), 601, True)])
    ours, end = drawn_by_the_pdf(use, shown)
    assert [code.char for code in use.codes] == ["א", "ל"]
    assert end == 601
    assert rounded(ours) == rounded(contours(original("he"), glyph, 10))


def rounded(many: list[Contour]) -> list[Any]:
    return sorted(
        tuple((op, tuple((round(x, 3), round(y, 3)) for x, y in points)) for op, points in one)
        for one in many
    )


@every_language
def test_each_code_shows_its_glyphs_where_they_belong(lang: str) -> None:
    codes, result, font = made(lang)
    source = original(lang)
    for code, glyph in zip(codes, result.glyph_ids, strict=True):
        expected = [one for part, x, y in code.glyphs for one in contours(source, part, x, y)]
        assert rounded(contours(font, glyph)) == rounded(expected), code.char


@every_language
def test_widths_of_the_pdf_and_of_the_font_agree(lang: str) -> None:
    codes, result, font = made(lang)
    for code, glyph in zip(codes, result.glyph_ids, strict=True):
        assert font["hmtx"][font.getGlyphName(glyph)][0] == code.width


@every_language
def test_font_is_sound(lang: str) -> None:
    """Every glyph can be read, with the box, the bearing and the counts that it really has."""
    _, result, font = made(lang)
    assert set(font.keys()) - {"GlyphOrder"} == {"glyf", "head", "hhea", "hmtx", "loca", "maxp"}
    assert max(result.glyph_ids) < font["maxp"].numGlyphs == len(font.getGlyphOrder())
    glyf = font["glyf"]
    for name in font.getGlyphOrder():
        glyph = glyf[name]
        if not glyph.numberOfContours:
            continue
        box = (glyph.xMin, glyph.yMin, glyph.xMax, glyph.yMax)
        glyph.recalcBounds(glyf)
        assert box == (glyph.xMin, glyph.yMin, glyph.xMax, glyph.yMax)
        assert font["hmtx"][name][1] == glyph.xMin
        if glyph.isComposite():
            assert len(glyph.components) <= font["maxp"].maxComponentElements
            assert glyph.getCompositeMaxpValues(glyf).maxComponentDepth <= font["maxp"].maxComponentDepth


@every_language
def test_no_code_is_the_missing_glyph(lang: str) -> None:
    _, result, _ = made(lang)
    assert all(result.glyph_ids)


def test_same_text_same_bytes() -> None:
    codes, result, _ = made("ar")
    again = subset.__wrapped__(face_of("ar"), codes)
    assert again.program == result.program
    assert again.glyph_ids == result.glyph_ids


def test_a_font_holds_no_more_than_the_text_needs() -> None:
    for lang in SAMPLES:
        codes, result, _ = made(lang)
        assert len(result.program) < 400 * len(codes) + 2000


# --- what it means -------------------------------------------------------------------------------


@every_language
def test_codes_mean_the_text_each_character_once(lang: str) -> None:
    use, shown = used(lang)
    codes = list(use.codes)
    digits = "".join(operand for operand in operands(shown) if isinstance(operand, str))
    meant = "".join(codes[int(digits[at : at + 4], 16) - 1].char for at in range(0, len(digits), 4))
    rtl = default_script(lang) in ("Arab", "Hebr")
    assert (meant[::-1] if rtl else meant) == SAMPLES[lang]


def test_only_the_first_character_of_a_cluster_has_ink() -> None:
    for lang in SAMPLES:
        use, _ = used(lang)
        inked = sum(bool(code.glyphs) for code in use.codes)
        assert inked <= len(set(shaped(lang)))


@pytest.mark.parametrize(
    ("text", "advance", "expected"),
    [
        ("a", 500, [500]),
        ("ffi", 800, [268, 266, 266]),
        ("क्ष", 700, [350, 0, 350]),
        ("น้ำ", 900, [450, 0, 450]),
        ("שָּׁ", 600, [600, 0, 0, 0]),
        ("\u0301", 0, [0]),
    ],
)
def test_widths_are_shared_by_characters_that_have_one(text: str, advance: int, expected: list[int]) -> None:
    assert shares(text, advance) == expected


def test_a_mark_before_a_character_shares_its_code() -> None:
    use = FontUse(face_of("he"), "B1")
    (space,) = shape(use.face, " ", "Hebr", True, "he").clusters
    shown = use.encode([space._replace(text=RLM + " ")])
    (code,) = use.codes
    assert (code.char, code.width, shown) == (RLM + " ", space.advance, "<0001>")


def test_marks_of_their_own_have_no_ink_and_go_back_where_they_were() -> None:
    """They are not without width, for PDFium would see a space; and stand to the left of what follows."""
    use = FontUse(face_of("he"), "B1")
    (letter,) = shape(use.face, "א", "Hebr", True, "he").clusters
    mark = Cluster(RLM, (), 0, True)
    back = MARK_WIDTH - MARK_STEP
    assert use.encode([mark]) == f"<0001>{back}"
    assert use.encode([mark, letter, letter]) == f"<0001>{back}<0002>{MARK_STEP}<0002>"
    assert use.encode([letter, mark, letter]) == f"<0002>{MARK_STEP}<0001>{back}<0002>"
    assert use.encode([letter, mark]) == f"<0002>{MARK_STEP}<0001>{back}"
    assert next(iter(use.codes)) == Code((), MARK_WIDTH, RLM)
