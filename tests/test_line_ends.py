"""Where a language lets no line end: at dashes, in ranges, in foreign words of scripts without spaces."""

from __future__ import annotations

import pytest

from booklet.content.document import Rich, Span, plain
from booklet.locales import glossary, tags
from booklet.locales.spacing import JOINER, kept_whole, spaced
from booklet.problems import ProblemsFound
from booklet.typeset.breaks import opportunities
from booklet.typeset.fonts import FontBook
from booklet.typeset.paragraph import TypeStyle, break_lines, line, typeset
from tests.composing import THEME

BOOK = FontBook(THEME.families)
GLOSSARY = """\
language: th
review: machine draft
style: Plain.
terms:
  - {term: naloxone, use: "นาล็อกโซน (naloxone)", whole: true}
  - {term: opioid, use: "โอปิออยด์, โอพิออยด์", whole: true}
  - {term: clinic, use: คลินิก}
"""
TEXT = "เก็บนาล็อกโซนไว้ใกล้ตัว ยานี้แก้อาการใช้โอปิออยด์เกินขนาดได้"


def broken(text: str, lang: str, ems: float) -> list[str]:
    """The lines of a text, `ems` wide."""
    made = typeset((Span(text),), TypeStyle(BOOK, 400), lang, False)
    return [line(made, start, end).text for start, end in break_lines(made, ems)]


def test_a_dash_begins_no_line_of_russian() -> None:
    text = (Span("Спасать жизнь — не потакание"),)
    assert plain(spaced(text, tags.parse("ru"))) == "Спасать жизнь\u00a0— не потакание"
    assert plain(spaced((Span("Wait — then call"),), tags.parse("en"))) == "Wait — then call"


@pytest.mark.parametrize(
    ("lang", "text"), [("ru", "Если 2–3 минуты"), ("ko", "약 2~3분 만에"), ("en", "in 2–3 minutes")]
)
def test_a_range_of_numbers_stays_on_one_line(lang: str, text: str) -> None:
    pieces = [text[start:end] for start, end in opportunities(text, lang)]
    assert any(piece.startswith("2") and "3" in piece for piece in pieces)


def test_foreign_words_of_a_glossary_stay_whole() -> None:
    words = glossary.read(GLOSSARY.encode(), "content/glossary/th.yaml", "th").whole
    assert words == ("นาล็อกโซน", "โอปิออยด์", "โอพิออยด์")
    kept = plain(kept_whole((Span(TEXT),), words, tags.parse("th")))
    pieces = [kept[start:end].replace(JOINER, "") for start, end in opportunities(kept, "th")]
    assert "".join(pieces) == TEXT
    assert all(any(word in piece for piece in pieces) for word in words[:2])
    # With ICU's dictionary alone a line could end inside of one of them.
    bare = [TEXT[start:end] for start, end in opportunities(TEXT, "th")]
    assert not all(any(word in piece for piece in bare) for word in words[:2])


def test_joiners_leave_no_trace_on_the_page() -> None:
    words = glossary.read(GLOSSARY.encode(), "content/glossary/th.yaml", "th").whole
    kept = plain(kept_whole((Span(TEXT),), words, tags.parse("th")))
    assert "".join(broken(kept, "th", 12.0)) == TEXT


def test_a_last_line_of_chinese_has_three_letters() -> None:
    text = "皮肤发红发痒头脑昏沉或打盹都可能是迹象单凭一种不能断定。"
    for ems in range(6, 24):
        last = broken(text, "zh-Hans", float(ems))[-1]
        assert len(last.rstrip("。")) >= 2, (ems, last)
        assert len(last) >= 3, (ems, last)


CHINESE = "海洛因（heroin）与芬太尼都是阿片类药物使用 naloxone 可以救人一命"
ENGLISH = "in the leaflets that the clinic gives to all of its families"


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "yue", "ja"])
def test_a_last_line_of_chinese_has_three_letters_beside_foreign_words_too(lang: str) -> None:
    for ems in range(8, 24):
        lines = broken(CHINESE, lang, float(ems))
        assert "".join(lines) == CHINESE
        assert len(lines[-1]) >= 3, (ems, lines[-1])


@pytest.mark.parametrize(
    ("rich", "lang"),
    [
        ((Span(f"The word for it is 海洛因 {ENGLISH}"),), "en"),
        ((Span("The word for it is "), Span("海洛因", lang="zh-Hans"), Span(f" {ENGLISH}")), "en"),
        ((Span(f"The word for it is {ENGLISH}"),), "en"),
        ((Span("Riverside Harm Reduction Clinic, 12 Main Street, Detroit, Michigan"),), "zh-Hans"),
    ],
    ids=["one-chinese-word", "one-marked-chinese-word", "english", "address-in-a-chinese-document"],
)
def test_words_in_latin_letters_end_with_two_words(rich: Rich, lang: str) -> None:
    style = TypeStyle(BOOK, 400)
    made = typeset(rich, style, lang, False)
    seen = set()
    for ems in range(10, 30):
        lines = [line(made, start, end).text for start, end in break_lines(made, float(ems))]
        before, last = lines[-2], lines[-1].split()
        seen.add(len(last))
        assert len(last) >= 2, "no lone word"
        # A third word is there only if the line before has no room for the first one.
        longer = typeset((Span(f"{before.rstrip()} {last[0]}"),), style, lang, False)
        assert len(last) == 2 or longer.natural > ems, (ems, lines)
    assert 2 in seen


def test_a_chinese_sentence_in_an_english_document_ends_as_chinese_does() -> None:
    text = "皮肤发红发痒头脑昏沉或打盹都可能是迹象单凭一种不能断定。"
    made = typeset((Span(text, lang="zh-Hans"),), TypeStyle(BOOK, 400), "en", False)
    for ems in range(6, 24):
        start, end = break_lines(made, float(ems))[-1]
        assert len(line(made, start, end).text) >= 3, ems


def test_a_glossary_says_yes_or_no() -> None:
    with pytest.raises(ProblemsFound):
        glossary.read(GLOSSARY.replace("true", "maybe").encode(), "content/glossary/th.yaml", "th")
