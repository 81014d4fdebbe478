"""Direction marks lead readers through lines that run both ways, and change nothing that is seen or meant."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booklet.content.document import Span
from booklet.pdf.directions import LRM, MARKS, RLM, marked
from booklet.typeset.fonts import FontBook
from booklet.typeset.paragraph import Line, Run, TypeStyle, break_lines, line, typeset
from booklet.typeset.shape import Cluster

STYLE = TypeStyle(FontBook(("Atkinson Hyperlegible Next", "Noto Sans")))
WORDS = (
    "שלום הזעיקו שָׁלוֹם תַּשְׁאִירוּ (עזרה) „בית” ה-3 24/7 50% $5 988 12:30 – … ٩٠ فورًا مساءً، «لا» [حبة] ½ "
    "Narcan (Narcan) New York example.org -3 \u2068+1\u00a0555-0199\u2069 ! ?"
).split(" ")
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=14).map(" ".join)
some = settings(max_examples=200, deadline=None, derandomize=True)


def lines(text: str, lang: str, *, rtl: bool, width: float) -> list[Line]:
    """The text set with every third word in bold."""
    words = text.split(" ")
    spans = tuple(
        Span(word + " " * (place + 1 < len(words)), bold=place % 3 == 2) for place, word in enumerate(words)
    )
    paragraph = typeset(spans, STYLE, lang, rtl)
    return [line(paragraph, start, end) for start, end in break_lines(paragraph, width)]


def single(text: str, lang: str = "he") -> Line:
    paragraph = typeset((Span(text),), STYLE, lang, lang != "en")
    return line(paragraph, 0, len(paragraph.segments))


def read(runs: tuple[Run, ...]) -> str:
    """The text of runs in the order of the file, each turned as a reader turns it."""
    return "".join(
        "".join(_turned(cluster) for cluster in (reversed(run.clusters) if run.rtl else run.clusters))
        for run in runs
    )


def _turned(cluster: Cluster) -> str:
    """A mark at the head of a cluster stands to the left of it."""
    head = cluster.text[0] in MARKS and len(cluster.text) > 1
    return cluster.text[1:] + cluster.text[0] if head and cluster.rtl else cluster.text


def without_marks(text: str) -> str:
    return text.translate(dict.fromkeys(map(ord, MARKS)))


def ink(runs: tuple[Run, ...]) -> list[tuple[float, tuple[tuple[int, int, int], ...]]]:
    """Where which glyphs stand."""
    found = []
    for run in runs:
        pen = run.x
        for cluster in run.clusters:
            if cluster.glyphs:
                found.append((round(pen, 6), cluster.glyphs))
            pen += cluster.advance / run.face.upem
    return sorted(found)


@some
@given(texts, st.sampled_from([("he", True), ("ar", True), ("en", False)]), st.floats(3, 30))
def test_marks_change_neither_text_nor_ink(text: str, where: tuple[str, bool], width: float) -> None:
    lang, rtl = where
    for made in lines(text, lang, rtl=rtl, width=width):
        runs = marked(made, rtl)
        assert without_marks(read(runs)) == made.text
        assert ink(runs) == ink(made.runs)
        assert sum(run.width for run in runs) == pytest.approx(sum(run.width for run in made.runs))


@some
@given(texts, st.floats(3, 30))
def test_runs_are_in_the_order_of_reading(text: str, width: float) -> None:
    for made in lines(text, "he", rtl=True, width=width):
        starts = [run.start for run in marked(made, True)]
        assert starts == sorted(starts)


def test_plain_lines_are_left_alone() -> None:
    for text in ("Call for help, 24/7 (free).", "well-being", "मदद के लिए", "กขค"):
        made = single(text, "en")
        assert marked(made, False) is made.runs


def test_a_hyphen_at_the_end_of_a_line_is_kept() -> None:
    for text in ("follow-", "follow- ", "two -"):
        assert read(marked(single(text, "en"), False)) == text.rstrip() + LRM + " " * text.endswith(" ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("שלום לכם", "שלום לכם"),
        ("שלום. לכם.", f"שלום.{RLM} לכם.{RLM}"),
        ("חכו 3 דקות", f"חכו {RLM}3{RLM} {RLM}דקות"),
        ("קחו Narcan מיד", f"קחו {RLM}Narcan{RLM} {RLM}מיד"),
        ("לֹא הַיּוֹם", "לֹא הַיּוֹם"),
        ("אוֹתוֹ שָׂם", f"אוֹתוֹ {RLM}שָׂם"),
        ("שימוּ לב", f"שימוּ {RLM}לב"),
        ("- שלום", f"{LRM}{RLM}-{RLM} {RLM}שלום"),  # else Poppler takes it for the end of a broken word
        ("בית (גן)", f"בית {RLM}{LRM}({LRM}גן{LRM}){LRM}"),
    ],
)
def test_marks_stand_where_a_reader_needs_them(text: str, expected: str) -> None:
    assert read(marked(single(text), True)) == expected


def test_lines_to_write_on_are_not_strewn_with_marks() -> None:
    assert "____" in read(marked(single("שם: ____ טלפון: ____"), True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("שם: ______", ["שם", ":", " ", "______"]),
        # A space that gets a mark counts twice.
        ("(א) לך? (ב)", ["(", "א", ")", " ", "לך", "?", " ", "(", "ב", ")"]),
        ("שם: שלי", ["שם: שלי"]),
    ],
)
def test_runs_with_few_letters_are_taken_apart(text: str, expected: list[str]) -> None:
    """PDF.js takes them for left-to-right."""
    assert [without_marks(read((run,))) for run in marked(single(text), True)] == expected


def test_words_of_one_direction_stay_one_run() -> None:
    """So that a viewer selects and finds them as a whole."""
    assert len(marked(single("שלום לכם, מה שלומכם? טוב."), True)) == 1
