"""The typefaces and icons that ship: complete, shapeable, free to embed, and licensed."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
import uharfbuzz as hb
from fontTools.ttLib import TTFont

from booklet.pdf.entryfont import ENTRY_FONT, entry_font

TESTS = Path(__file__).parent
FONTS = TESTS.parent / "booklet" / "fonts"
ICONS = TESTS.parent / "booklet" / "icons"

PUNCTUATION = "‐‑–—‘’‚“”„†‡•…‰‹›«»¿¡·€™−"
WIN_ANSI = bytes(range(0x20, 0x100)).decode("cp1252", errors="ignore").replace("\x7f", "")
# Spaces of every width, joiners, direction marks and isolates: no reason to change the font in a line.
BLANKS = "\u00a0\u2002\u2003\u2009\u202f\u200b\u200c\u200d\u200e\u200f\u2060\u2066\u2067\u2068\u2069"
SYMBOLS = "←↑→↓≈≠≤≥□■○●☐☑✓★☎"

SAMPLES = {
    "Latn": "Llame al 911. ¿Respira? Señor Łukasz, Türkiye, œuvre",
    "Grek": "Καλέστε βοήθεια αμέσως, Ευχαριστώ, ΐ",
    "Cyrl": "Позвоните ещё раз, їжак, Ђорђе, ґанок",
    "Arab": "اتصل بالرقم ٩١١، وحدَهُ؟ پچگ ٹھیک ہے",
    "Hebr": "הישארו איתו, שָׁלוֹם",
    "Deva": "कृपया मदद के लिए फ़ोन करें। क्षत्रिय १२३",
    "Beng": "জরুরি সাহায্যের জন্য ফোন করুন। ১২৩",
    "Taml": "உதவிக்கு அழைக்கவும். ஸ்ரீ",
    "Thai": "โทรขอความช่วยเหลือทันที น้ำ ๑๒๓",
    "Khmr": "សូមទូរស័ព្ទរកជំនួយ។ ស្ត្រី ១២៣",
    "Laoo": "ໂທຂໍຄວາມຊ່ວຍເຫຼືອ ນ້ຳ",
    "Mymr": "အကူအညီအတွက် ဖုန်းဆက်ပါ။ သင်္ဘော",
    "Ethi": "እባክዎ ለእርዳታ ይደውሉ፤ አማርኛ።",
}
VIETNAMESE = "Hãy gọi người giúp ngay: Ắ ằ ẵ ặ ệ ỗ ợ ự ỳ Đ ₫"


@dataclass(frozen=True, slots=True)
class Listed:
    """One entry of fonts.json."""

    family: str
    file: str
    weight: int
    italic: bool
    scripts: tuple[str, ...]

    @property
    def path(self) -> Path:
        return FONTS / self.file


def listed() -> list[Listed]:
    entries = json.loads((FONTS / "fonts.json").read_text(encoding="utf-8"))
    return [Listed(**{**entry, "scripts": tuple(entry["scripts"])}) for entry in entries]


ALL = listed()
every_font = pytest.mark.parametrize("font", ALL, ids=[font.file for font in ALL])


@cache
def covered(path: Path) -> frozenset[int]:
    return frozenset(TTFont(path, lazy=True).getBestCmap())


def lacking(path: Path, text: str) -> str:
    return "".join(sorted(c for c in set(text) if ord(c) not in covered(path)))


def shaped(path: Path, text: str) -> tuple[list[hb.GlyphInfo], list[hb.GlyphPosition]]:
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(hb.Font(hb.Face(hb.Blob.from_file_path(path))), buffer)
    return buffer.glyph_infos, buffer.glyph_positions


def first(script: str) -> Path:
    """The Regular that stands first in the list for a script."""
    return next(font.path for font in ALL if script in font.scripts)


@cache
def entry(script: str) -> TTFont:
    """The font that a form in a script brings for what people type."""
    return TTFont(BytesIO(entry_font(script).data))


@pytest.mark.parametrize("script", SAMPLES)
def test_what_people_type_has_letters_in_every_form(script: str) -> None:
    common = [SAMPLES[one] for one in ("Latn", "Grek", "Cyrl", "Arab", "Hebr", "Deva", "Thai")]
    text = "".join([*common, SAMPLES[script], VIETNAMESE, "‘’“”–—…€"])
    assert not [char for char in text if ord(char) not in entry(script).getBestCmap()]


@pytest.mark.parametrize("script", SAMPLES)
def test_the_letters_that_people_type_are_those_of_the_fonts_that_ship(script: str) -> None:
    """Also after the fonts were made anew: each glyph is as wide as the one that it was taken from."""
    made, source = entry(script), TTFont(FONTS / "NotoSans-Regular.ttf")
    if script not in ("Latn", "Grek", "Cyrl"):
        source = TTFont(first(script))
    for char in filter(str.isalpha, SAMPLES[script]):
        widths = {font["hmtx"][font.getBestCmap()[ord(char)]][0] for font in (made, source)}
        assert len(widths) == 1, char


def test_the_entry_font_is_licensed_and_may_be_embedded() -> None:
    tables = TTFont(ENTRY_FONT, lazy=True)
    licence = (FONTS / "LICENSE-noto-sans.txt").read_text(encoding="utf-8")
    assert (tables["OS/2"].fsType, tables["head"].unitsPerEm) == (0, 1000)
    assert all(holder in licence for holder in tables["name"].getDebugName(0).split("; "))
    assert "SIL Open Font License" in tables["name"].getDebugName(13)
    assert not {"GSUB", "GPOS", "DSIG"} & set(tables.keys())


@pytest.mark.parametrize("script", SAMPLES)
def test_forms_stay_small(script: str) -> None:
    """A form in English takes 71 kB for what is typed; in Amharic, which has the most letters, 93."""
    assert len(zlib.compress(entry_font(script).data)) < 80_000


def test_list_and_folder_agree() -> None:
    assert sorted(font.file for font in ALL) == sorted(path.name for path in FONTS.glob("*.ttf"))


def test_every_promised_script_has_regular_and_bold() -> None:
    for script in SAMPLES:
        assert {400, 700} <= {font.weight for font in ALL if script in font.scripts and not font.italic}, (
            script
        )


def test_latin_has_italics_and_a_display_weight() -> None:
    latin = {(font.weight, font.italic) for font in ALL if font.family == "Atkinson Hyperlegible Next"}
    assert latin == {(400, False), (400, True), (700, False), (700, True), (800, False)}


@every_font
def test_font_is_static_truetype_and_may_be_embedded(font: Listed) -> None:
    tables = TTFont(font.path, lazy=True)
    assert "glyf" in tables
    assert not {"CFF ", "CFF2", "fvar", "DSIG"} & set(tables.keys())
    assert tables["OS/2"].fsType == 0
    assert tables["head"].unitsPerEm == 1000


@every_font
def test_font_is_what_the_list_says(font: Listed) -> None:
    tables = TTFont(font.path, lazy=True)
    name = tables["name"].getDebugName(16) or tables["name"].getDebugName(1)
    assert name == font.family
    assert tables["OS/2"].usWeightClass == font.weight
    assert bool(tables["OS/2"].fsSelection & 1) == font.italic


@every_font
def test_one_font_carries_a_line_with_digits_brackets_and_latin(font: Listed) -> None:
    line = "(24/7) [Ab] {c} <d> 0123456789 #*+%&@ " + PUNCTUATION
    assert not lacking(font.path, line)
    for script in font.scripts:
        assert not lacking(font.path, SAMPLES[script])
        infos, _ = shaped(font.path, f"{SAMPLES[script]} {line}")
        assert all(info.codepoint for info in infos), script


@every_font
def test_form_fields_can_take_all_of_windows_latin(font: Listed) -> None:
    assert not lacking(font.path, WIN_ANSI)


@every_font
def test_blanks_never_change_the_font(font: Listed) -> None:
    assert not lacking(font.path, BLANKS)
    outlines = TTFont(font.path)["glyf"]
    infos, _ = shaped(font.path, f"A{BLANKS}A")
    names = outlines.glyphOrder
    assert not any(outlines[names[info.codepoint]].numberOfContours for info in infos[1:-1])


def test_symbols_and_vietnamese_are_in_the_general_font() -> None:
    for font in ALL:
        if font.family == "Noto Sans":
            assert not lacking(font.path, SYMBOLS + VIETNAMESE)


def test_bold_covers_what_regular_covers() -> None:
    for family in {font.family for font in ALL}:
        sets = {covered(font.path) for font in ALL if font.family == family}
        assert len(sets) == 1, family


@pytest.mark.parametrize(
    ("script", "text", "glyphs"),
    [
        ("Deva", "क्ष", 1),
        ("Deva", "र्क", 2),  # the first letter becomes a hook on the second
        ("Beng", "ক্ষ", 1),
        ("Taml", "க்ஷ", 1),
        ("Khmr", "ខ្ម", 2),
        ("Mymr", "က္က", 2),
        ("Thai", "น้ำ", 4),  # sara am is taken apart around the tone mark
    ],
)
def test_letters_combine_as_the_script_wants(script: str, text: str, glyphs: int) -> None:
    infos, _ = shaped(first(script), text)
    assert len(infos) == glyphs


def test_arabic_letters_join() -> None:
    path = first("Arab")
    alone = {shaped(path, letter)[0][0].codepoint for letter in "سلم"}
    joined = {info.codepoint for info in shaped(path, "سلم")[0]}
    assert not alone & joined


@pytest.mark.parametrize(("script", "text"), [("Hebr", "שָ"), ("Arab", "بَ"), ("Thai", "ปี่"), ("Laoo", "ນີ້")])
def test_marks_are_placed_on_their_letters(script: str, text: str) -> None:
    _, positions = shaped(first(script), text)
    marks = [at for at in positions if at.x_advance == 0]
    assert marks
    assert any(at.x_offset or at.y_offset for at in marks)


@every_font
def test_licence_beside_the_font_names_all_its_holders(font: Listed) -> None:
    stem = "noto-sans" if font.family.startswith("Noto") else font.family.lower().replace(" ", "-")
    licence = (FONTS / f"LICENSE-{stem}.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    names = TTFont(font.path, lazy=True)["name"]
    for holder in names.getDebugName(0).split("; "):
        assert holder in licence
    assert "SIL Open Font License" in names.getDebugName(13)


def icons() -> dict[str, list[tuple[str, list[float]]]]:
    loaded: dict[str, list[tuple[str, list[float]]]] = json.loads((ICONS / "icons.json").read_text("utf-8"))
    return loaded


@pytest.mark.parametrize("name", sorted(icons()))
def test_icon_is_drawn_inside_its_box(name: str) -> None:
    path = icons()[name]
    assert path[0][0] == "m"
    for operator, numbers in path:
        assert len(numbers) == {"m": 2, "l": 2, "c": 6, "h": 0}[operator]
        assert all(0 <= number <= 24 for number in numbers), (operator, numbers)
        # Half the stroke, one unit, stays inside too where the path passes.
        assert all(1 <= number <= 23 for number in numbers[-2:]), (operator, numbers)


def test_no_icon_shows_drugs_being_used() -> None:
    assert not set(icons()) & {"syringe", "cigarette", "cannabis", "wine", "beer", "skull", "pipette"}


def test_icons_come_with_their_licence() -> None:
    licence = (ICONS / "LICENSE.txt").read_text(encoding="utf-8")
    assert "ISC License" in licence
    assert "Lucide" in licence
    assert "Cole Bemis" in licence
