"""Chinese, Japanese and Korean: the right characters, lines that may begin and end so, and a clear word where
their typefaces are not installed."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from booklet.content.document import Span
from booklet.layout import load
from booklet.pdf.subset import Code, subset
from booklet.typeset import cjk
from booklet.typeset.breaks import opportunities
from booklet.typeset.fonts import book_of
from booklet.typeset.paragraph import TypeStyle, break_lines, line, typeset
from booklet.typeset.scripts import default_script
from booklet.typeset.shape import shape
from tests.shipped import LIBRARY, ROOT

BOOK = book_of(load.read(LIBRARY, "handout").theme)
LANGS = ("zh-Hans", "zh-Hant", "ja", "ko")
BARE = f"import sys; sys.modules[{cjk.PACKAGE!r}] = None; from booklet.cli import main; main()"
"""booklet on a machine without the package: Python then finds no module of that name."""

# JLREQ, 3.1.7 (cl-02 to cl-07, cl-09 to cl-11) and CLREQ, 3.1.3: what begins no line.
CLOSING = "）〕］｝〉》」』】⦆〙〗»’”"
HYPHENS = "‐〜゠–～"
STOPS = "？！‼⁇⁈⁉・：；·‧。．、，"
ITERATION = "ヽヾゝゞ々〻ー"
SMALL_KANA = "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ"
AFTER_NUMBERS = "%‰％°℃′″¢￠"
# The same, 3.1.8 (cl-01) and for what stands before numbers: what ends no line.
OPENING = "‘“（〔［｛〈《「『【⦅〘〖«"
BEFORE_NUMBERS = "￥$£€＄￡"


def segments(text: str, lang: str) -> list[str]:
    return [text[start:end] for start, end in opportunities(text, lang)]


@pytest.mark.parametrize("lang", LANGS[:3])
@pytest.mark.parametrize("char", CLOSING + HYPHENS + STOPS + ITERATION + SMALL_KANA + "／")
def test_it_begins_no_line(char: str, lang: str) -> None:
    assert all(segment[0] != char for segment in segments(f"漢{char}字", lang))


@pytest.mark.parametrize("char", "·～／")
def test_cantonese_is_broken_as_chinese(char: str) -> None:
    assert all(segment[0] != char for segment in segments(f"漢{char}字", "yue"))


@pytest.mark.parametrize("lang", LANGS[:3])
@pytest.mark.parametrize("char", OPENING)
def test_it_ends_no_line(char: str, lang: str) -> None:
    assert all(segment[-1] != char for segment in segments(f"漢{char}字", lang))


@pytest.mark.parametrize("lang", LANGS)
def test_a_number_keeps_its_sign(lang: str) -> None:
    for char in AFTER_NUMBERS:
        assert f"50{char}" in "|".join(segments(f"漢50{char}字", lang))
    for char in BEFORE_NUMBERS:
        assert f"{char}50" in "|".join(segments(f"漢{char}50字", lang))


@pytest.mark.parametrize("lang", LANGS[:3])
@pytest.mark.parametrize("unit", ["——", "……", "1-800-662-4357", "naloxone", "3.5", "（CPR）。", "“911”！"])
def test_a_unit_is_never_broken(unit: str, lang: str) -> None:
    whole = "|".join(segments(f"漢字{unit}漢字", lang))
    assert unit in whole


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("911에 전화하세요(무료).", ["911에 ", "전화하세요(무료)."]),
        ("날록손(naloxone)을 “주세요” 50%는", ["날록손(naloxone)을 ", "“주세요” ", "50%는"]),
        ("약물·과다 복용 1-800-662-4357로", ["약물·과다 ", "복용 ", "1-800-662-4357로"]),
    ],
)
def test_korean_breaks_between_words(text: str, words: list[str]) -> None:
    assert segments(text, "ko") == words


# --- faces ---------------------------------------------------------------------------------------


def faces(text: str | tuple[Span, ...], lang: str, weight: int = 400) -> set[str]:
    rich = (Span(text),) if isinstance(text, str) else text
    paragraph = typeset(rich, TypeStyle(BOOK, weight), lang, False)
    assert paragraph.missing == ()
    return {run.face.name for run in line(paragraph, 0, len(paragraph.segments)).runs}


@pytest.mark.parametrize(
    ("lang", "text", "family"),
    [
        ("zh-Hans", "直接拨打 911，骨头", "NotoSansSC"),
        ("zh", "直接拨打 911", "NotoSansSC"),
        ("zh-Hans-US", "直接拨打 911", "NotoSansSC"),
        ("zh-Hant", "直接撥打 911，骨頭", "NotoSansTC"),
        ("zh-TW", "直接撥打 911", "NotoSansTC"),
        ("zh-Hant-US", "直接撥打 911", "NotoSansTC"),
        ("zh-US", "直接撥打 911", "NotoSansTC"),
        ("yue", "直接撥打 911", "NotoSansTC"),
        ("ja", "直ちに救急車を呼んでください。データ", "NotoSansJP"),
        ("ko", "지금 바로 911에 전화하세요. 漢字", "NotoSansKR"),
    ],
)
def test_each_language_has_its_own_characters(lang: str, text: str, family: str) -> None:
    assert faces(text, lang) == {f"{family}-Regular"}
    assert faces(text, lang, 700) == {f"{family}-Bold"}
    assert faces((Span(text, italic=True),), lang) == {f"{family}-Regular"}


def test_the_language_of_a_phrase_decides_over_that_of_the_document() -> None:
    rich = (Span("“直” is 直 in Japanese: "), Span("直接", lang="ja"), Span(" "), Span("직접", lang="ko"))
    assert faces(rich, "en") >= {"NotoSansSC-Regular", "NotoSansJP-Regular", "NotoSansKR-Regular"}
    assert faces((Span("直接"), Span("直接", lang="zh-Hant")), "zh-Hans") == {
        "NotoSansSC-Regular",
        "NotoSansTC-Regular",
    }


def test_bold_is_drawn_bold() -> None:
    regular, bold = (BOOK.chain("Hani", weight, False, "zh-Hans")[0] for weight in (400, 700))
    glyph = regular.hb_font.get_nominal_glyph(ord("一"))
    heights = [face.hb_font.get_glyph_extents(glyph).height for face in (regular, bold)]
    assert abs(heights[1]) > 1.3 * abs(heights[0])


def test_no_line_of_a_page_begins_or_ends_as_it_may_not() -> None:
    text = (
        "《家人手册》：“什么时候打电话？”——任何时候，一天24小时、每周7天（都可以）！如果对方没有反应……"
        "请立即拨打911。请用纳洛酮（naloxone）·留在对方身边；约50%的人，2～3分钟内会醒。"
    )
    paragraph = typeset((Span(text),), TypeStyle(BOOK), "zh-Hans", False)
    for tenths in range(60, 300, 3):
        broken = [line(paragraph, *pair).text for pair in break_lines(paragraph, tenths / 10)]
        assert "".join(broken) == text
        assert not {one[0] for one in broken} & set(CLOSING + HYPHENS + STOPS + "%")
        assert not {one[-1] for one in broken} & set(OPENING)
        assert all(unit in "|".join(broken) for unit in ("——", "……", "naloxone", "911", "50%"))


# --- the package ---------------------------------------------------------------------------------


def test_the_package_is_here_with_all_four() -> None:
    assert {file.family for file in cjk.font_files()} == set(cjk.FAMILIES)


def booklet_without(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return python(BARE, *arguments, folder=folder)


def python(code: str, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, *arguments]
    env = os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "200"}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, encoding="utf-8", check=False)


NOTE = """\
id: note
kind: pamphlet
version: "1.0"
language: {lang}
review: {{status: reviewed, last: 2026-11-22, next: 2027-11-22}}
title: Note
description: A note
body:
  - cover: {{subtitle: A note}}
  - section:
      id: all
      heading: Note
      blocks:
        - text: {text}
"""
BUILD = ("build", "note", "--layout", "handout", "--edition", "screen")


def note(folder: Path, lang: str, text: str) -> None:
    (folder / "content").mkdir()
    (folder / "content" / "note.yaml").write_text(NOTE.format(lang=lang, text=text), encoding="utf-8")


@pytest.mark.parametrize(
    ("lang", "name", "text"),
    [
        ("zh-Hans", "Simplified Chinese", "马上打电话。"),
        ("zh-Hant", "Traditional Chinese", "馬上打電話。"),
        ("yue", "Traditional Chinese", "即刻打電話。"),
        ("ja", "Japanese", "すぐに電話してください。"),
        ("ko", "Korean", "바로 전화하세요."),
    ],
)
def test_without_the_package_the_message_says_what_to_install(
    lang: str, name: str, text: str, tmp_path: Path
) -> None:
    note(tmp_path, lang, text)
    done = booklet_without(*BUILD, folder=tmp_path)
    assert done.returncode == 1
    assert f"content/note.yaml: error: {name} needs typefaces that are not installed." in done.stderr
    assert 'pip install "booklet[cjk]"' in done.stderr
    assert "1 error found." in done.stderr
    assert not list((tmp_path / "output").rglob("*.pdf"))


def test_a_phrase_that_needs_the_package_is_told_at_its_line(tmp_path: Path) -> None:
    note(tmp_path, "en", "Say 马上 now.")
    done = booklet_without(*BUILD, folder=tmp_path)
    assert done.returncode == 1
    assert (
        "content/note.yaml:14:11: error: There are Chinese, Japanese or Korean characters here" in done.stderr
    )
    assert 'pip install "booklet[cjk]"' in done.stderr


def test_pyproject_names_the_package_as_an_extra() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        extras = tomllib.load(file)["project"]["optional-dependencies"]
    (package,) = extras["cjk"]
    assert package.startswith(cjk.PACKAGE.replace("_", "-"))
    assert any(name.startswith("booklet[") and "cjk" in name for name in extras["test"])


def test_other_languages_never_open_the_large_fonts(tmp_path: Path) -> None:
    """So what they look like, and how fast they are made, does not depend on what is installed."""
    code = """
from pathlib import Path
from booklet import build
from booklet.content.document import Span
from booklet.layout import load
from booklet.project import Project
from booklet.typeset.fonts import book_of
from booklet.typeset.paragraph import TypeStyle, typeset
from tests.shipped import LIBRARY, ROOT

def opened():
    return sum("[wght]" in line for line in open("/proc/self/maps"))

for made in build.make(Project(Path(), ROOT), build.Order("overdose-steps", "es", ("zine",), ("print",))):
    assert made.data
print(opened())
style = TypeStyle(book_of(load.read(LIBRARY, "handout").theme))
typeset((Span("Ⓜ ① are in no font that ships"),), style, "en", False)
print(opened())
typeset((Span("马"),), style, "zh-Hans", False)
print(opened() > 0)
"""
    done = python(code, folder=tmp_path)
    assert done.stdout == "0\n0\nTrue\n", done.stderr


def test_without_the_package_all_other_languages_are_built(tmp_path: Path) -> None:
    done = booklet_without("build", "overdose-steps", "--layout", "bifold", "-e", "screen", folder=tmp_path)
    assert done.returncode == 0
    for tag, name in (
        ("ko", "Korean"),
        ("zh-Hans", "Simplified Chinese"),
        ("zh-Hant", "Traditional Chinese"),
    ):
        warning = f"content/locales/{tag}: warning: Left out: {name} needs typefaces that are not installed."
        assert done.stderr.count(warning) == 1
        assert not (tmp_path / "output" / tag).exists()
    made = {path.parent.name for path in (tmp_path / "output").rglob("*.pdf")}
    assert {"en", "es", "ar", "ja"} & made == {"en", "es", "ar"}


@pytest.mark.parametrize("weight", [400, 700])
@pytest.mark.parametrize("lang", LANGS)
def test_what_is_embedded_is_the_weight_that_was_shaped(lang: str, weight: int) -> None:
    """A static font of the letters used, each with the outline and the width that lines were measured by."""
    face = BOOK.chain(default_script(lang), weight, False, lang)[0]
    text = {"ja": "骨直データっ、911aW", "ko": "한국어骨911aW"}.get(lang, "骨直今，911aW")
    clusters = shape(face, text, default_script(lang), False, lang).clusters
    codes = tuple(Code(cluster.glyphs, cluster.advance, cluster.text) for cluster in clusters)
    made = subset(face, codes)
    font = TTFont(BytesIO(made.program))
    assert set(font.keys()) - {"GlyphOrder"} == {"glyf", "head", "hhea", "hmtx", "loca", "maxp"}
    for code, number in zip(codes, made.glyph_ids, strict=True):
        name = font.getGlyphName(number)
        assert font["hmtx"][name][0] == code.width
        ((glyph, _, _),) = code.glyphs
        wanted = face.hb_font.get_glyph_extents(glyph)
        outline = font["glyf"][name]
        outline.recalcBounds(font["glyf"])
        found = (outline.xMin, outline.yMax, outline.xMax - outline.xMin, outline.yMin - outline.yMax)
        expected = (wanted.x_bearing, wanted.y_bearing, wanted.width, wanted.height)
        assert all(abs(one - other) <= 2 for one, other in zip(found, expected, strict=True)), code.char
    assert len(made.program) < 20_000
