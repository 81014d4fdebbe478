"""The typesetter's bidirectional algorithm gives what Unicode's own conformance tests ask for.

tests/data holds both of Unicode 15.0's test files (copyright Unicode, Inc.; terms of use in the first lines):
the whole of BidiCharacterTest.txt, and of BidiTest.txt every 7th line and the first one of each result, since
all of its 490 846 lines take twenty seconds. They are made from the Unicode Character Database by

    gzip -9n < BidiCharacterTest.txt > BidiCharacterTest.txt.gz
    awk 'NR <= 5 || /^@/ {print; first = 1; next}
         /^[A-Z]/ && (first || ++n % 7 == 0) {print; first = 0}' BidiTest.txt | gzip -9n > BidiTest.txt.gz
"""

from __future__ import annotations

import gzip
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from booklet.typeset import bidi

DATA = Path(__file__).parent / "data"

LRE, RLE, LRO, RLO, PDF = "\u202a", "\u202b", "\u202d", "\u202e", "\u202c"
LRI, RLI, FSI, PDI = "\u2066", "\u2067", "\u2068", "\u2069"
SOFT_HYPHEN, ZWJ, ZWNJ = "\u00ad", "\u200d", "\u200c"

# One character of each class.
OF_CLASS = {
    **{"L": "a", "R": "\u05d0", "AL": "\u0627", "EN": "1", "AN": "\u0661", "ES": "-", "ET": "%", "CS": ","},
    **{"NSM": "\u0300", "BN": SOFT_HYPHEN, "B": "\u2029", "S": "\t", "WS": " ", "ON": "!"},
    **{
        "LRE": LRE,
        "RLE": RLE,
        "LRO": LRO,
        "RLO": RLO,
        "PDF": PDF,
        "LRI": LRI,
        "RLI": RLI,
        "FSI": FSI,
        "PDI": PDI,
    },
}


def lines_of(name: str) -> Iterator[str]:
    with gzip.open(DATA / name, "rt", encoding="utf-8") as file:
        for line in file:
            line = line.partition("#")[0].strip()
            if line:
                yield line


def conforms(text: str, base: int | None, levels: list[str], order: list[str]) -> bool:
    """Whether a line of text gets the levels and the order of a conformance test (x: a removed character)."""
    resolved = bidi.levels(text, base)
    paragraph = bidi.paragraph_level(text) if base is None else base
    line = bidi.line_levels(text, resolved, paragraph, 0, len(text))
    kept = [index for index, level in enumerate(levels) if level != "x"]
    visible = set(kept)
    return (
        len(resolved) == len(line) == len(levels)
        and [line[index] for index in kept] == [int(levels[index]) for index in kept]
        and [index for index in bidi.visual_order(line) if index in visible]
        == [int(index) for index in order]
    )


def test_unicode_character_test() -> None:
    cases = 0
    failures = []
    for line in lines_of("BidiCharacterTest.txt.gz"):
        codes, direction, paragraph, levels, order = line.split(";")
        text = "".join(chr(int(code, 16)) for code in codes.split())
        base = None if direction == "2" else int(direction)
        cases += 1
        right_side = base is not None or bidi.paragraph_level(text) == int(paragraph)
        if not (right_side and conforms(text, base, levels.split(), order.split())):
            failures.append(line)
    assert failures == []
    assert cases == 91_707


def test_unicode_class_test() -> None:
    cases = 0
    failures = []
    levels: list[str] = []
    order: list[str] = []
    for line in lines_of("BidiTest.txt.gz"):
        key, _, value = line.partition(":")
        if key == "@Levels":
            levels = value.split()
        elif key == "@Reorder":
            order = value.split()
        else:
            classes, _, directions = line.partition(";")
            text = "".join([OF_CLASS[name] for name in classes.split()])
            for bit, base in ((1, None), (2, 0), (4, 1)):
                if int(directions, 16) & bit:
                    cases += 1
                    if not conforms(text, base, levels, order):
                        failures.append((line, base))
    assert failures == []
    assert cases == 111_669


def painted(text: str, base: int) -> list[str]:
    """The runs of a line from left to right, each as it is read."""
    line = bidi.line_levels(text, bidi.levels(text, base), base, 0, len(text))
    return [text[start:end] for start, end, _ in bidi.visual_runs(line)]


def test_a_short_number_in_arabic_runs_from_left_to_right() -> None:
    assert painted("اتصل على 988 الآن", 1) == [" الآن", "988", "اتصل على "]


def test_hyphens_break_a_bare_phone_number_in_arabic_and_an_isolate_keeps_it() -> None:
    # W2 makes the digits Arabic numbers, which W4 joins with full stops and colons but not with hyphens.
    assert painted("اتصل على 800-555-0199", 1) == ["0199", "-", "555", "-", "800", "اتصل على "]
    assert painted(f"اتصل على {FSI}800-555-0199{PDI}", 1) == [PDI, "800-555-0199", f"اتصل على {FSI}"]


def test_hyphens_keep_a_bare_phone_number_in_hebrew() -> None:
    assert painted("חייגו 800-555-0199 עכשיו", 1) == [" עכשיו", "800-555-0199", "חייגו "]


@pytest.mark.parametrize("number", ["9:30", "1,250.75", "٢٣/١١/٢٠٢٦", "١٬٢٥٠٫٧٥"])
def test_separators_inside_a_number_stay_there(number: str) -> None:
    assert painted(f"ب {number} ب", 1) == [" ب", number, "ب "]


def test_a_separator_after_a_number_belongs_to_the_sentence() -> None:
    assert painted("في 2026, ثم", 1) == [", ثم", "2026", "في "]


def test_a_percent_sign_goes_with_a_european_number_only() -> None:
    assert painted("ב 50% ב", 1) == [" ב", "50%", "ב "]
    assert painted("ب 50% ب", 1) == ["% ب", "50", "ب "]


def test_brackets_in_another_script_belong_to_the_paragraph() -> None:
    assert painted("נלוקסון (Narcan) זמין", 1) == [") זמין", "Narcan", "נלוקסון ("]
    assert painted("naloxone (נלוקסון) is free", 0) == ["naloxone (", "נלוקסון", ") is free"]


def test_brackets_after_text_of_their_direction_go_with_it() -> None:
    assert painted("קחו Narcan (naloxone) הביתה", 1) == [" הביתה", "Narcan (naloxone)", "קחו "]


def test_a_mark_after_a_bracket_is_no_bracket() -> None:
    assert bidi.levels("א(ב (a)\u0300", 0) == bytes([1, 1, 1, 0, 0, 0, 0, 0])


def test_brackets_nested_too_deep_leave_none_in_pairs() -> None:
    assert bidi.levels("א[ב a]", 0)[1] == 0
    assert bidi.levels("א[ב a]" + "(" * 64, 0)[1] == 1


def test_an_isolated_name_keeps_its_punctuation_and_touches_nothing_around_it() -> None:
    name = "C.A.R.E. (24/7)!"
    assert painted(f"زوروا {FSI}{name}{PDI} 3 مرات", 1) == [" مرات", "3", f"{PDI} ", name, f"زوروا {FSI}"]
    assert painted(f"زوروا {name} 3 مرات", 1) == [" مرات", f"{name} 3", "زوروا "]


def test_an_isolate_opens_in_the_direction_of_its_first_letter() -> None:
    assert painted(f"Call {FSI}24 שעות!{PDI} today", 0) == [f"Call {FSI}", " שעות!", "24", f"{PDI} today"]


def test_the_first_strong_letter_outside_isolates_sets_the_paragraph() -> None:
    assert bidi.paragraph_level("988 (crisis) خط") == 0
    assert bidi.paragraph_level("988: خط crisis") == 1
    assert bidi.paragraph_level(f"{FSI}Riverside{PDI} مركز") == 1
    assert bidi.paragraph_level(f"{FSI}Riverside مركز") == 0
    assert bidi.paragraph_level("12 %\nמרכז") == 0
    assert bidi.levels("خط 988") == bidi.levels("خط 988", 1)


def test_no_right_to_left_character_passes_for_plain_text() -> None:
    level_of = {"R": 1, "AL": 1, "AN": 2}
    for char in map(chr, range(sys.maxunicode + 1)):
        level = level_of.get(unicodedata.bidirectional(char))
        if level:
            assert bidi.levels(char, 0) == bytes([level]), hex(ord(char))


def test_a_letter_of_a_block_still_to_be_filled_runs_as_the_block_does() -> None:
    assert bidi.paragraph_level("\U000108a0") == 1


def test_blanks_at_the_end_of_a_line_hang_at_the_side_of_the_paragraph() -> None:
    text = "מרכז Riverside Clinic"
    levels = bidi.levels(text, 1)
    end = text.index("Clinic")
    assert levels[end - 1] == 2
    assert bidi.line_levels(text, levels, 1, 0, end)[-1] == 1
    assert bidi.line_levels(text, levels, 1, end, len(text)) == bytes([2] * 6)


def test_a_tab_and_the_blanks_before_it_go_back_to_the_paragraph() -> None:
    assert painted("אב \tגד", 0) == ["אב", " \t", "גד"]


def test_a_soft_hyphen_or_joiner_at_the_end_of_a_line_stays_with_its_word() -> None:
    assert painted(f"מרכז nalox{SOFT_HYPHEN}", 1) == [f"nalox{SOFT_HYPHEN}", "מרכז "]
    assert painted(f"page ه{ZWJ} ", 0) == ["page ", f"ه{ZWJ}", " "]


def test_a_joiner_does_not_split_a_run() -> None:
    assert painted(f"می{ZWNJ}خواهم", 1) == [f"می{ZWNJ}خواهم"]


def test_an_override_ends_with_its_paragraph() -> None:
    assert bidi.levels(f"{RLO}ab\ncd", 0) == bytes([0, 1, 1, 0, 0, 0])


texts = st.text(st.sampled_from([*OF_CLASS.values(), *"([)]\u2329\u3009b\u05d1\n"]), max_size=60)
bases = st.sampled_from([0, 1])


@given(texts, bases)
@example(RLE * 200 + "a", 0)
@example("(" * 100 + "\u05d0" + ")" * 100, 0)
def test_every_character_has_a_level_that_the_paragraph_allows(text: str, base: int) -> None:
    levels = bidi.levels(text, base)
    assert len(levels) == len(text)
    assert all(base <= level <= 126 for level in levels)
    assert len(bidi.levels(text)) == len(text)


@given(st.text(max_size=60), bases)
def test_any_text_at_all_has_levels(text: str, base: int) -> None:
    assert len(bidi.levels(text, base)) == len(text)


@given(texts, bases)
@example("plain text, 24/7 (free)", 0)
def test_what_follows_a_paragraph_changes_nothing_in_it(text: str, base: int) -> None:
    assert bidi.levels(f"{text}\n\u05d0", base)[: len(text)] == bidi.levels(text, base)


@given(texts, bases, st.data())
def test_lines_only_lower_levels_to_the_paragraph(text: str, base: int, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    levels = bidi.levels(text, base)
    line = bidi.line_levels(text, levels, base, start, end)
    assert len(line) == end - start
    assert all(new in (old, base) for new, old in zip(line, levels[start:end], strict=True))


@given(st.binary(max_size=60).map(lambda data: bytes(byte % 5 for byte in data)))
def test_the_visual_order_is_a_permutation_made_of_the_runs(levels: bytes) -> None:
    order = bidi.visual_order(levels)
    assert sorted(order) == list(range(len(levels)))
    placed = 0
    for start, end, level in bidi.visual_runs(levels):
        run = order[placed : placed + end - start]
        assert run == sorted(run, reverse=level % 2 == 1)
        assert (min(run), max(run) + 1) == (start, end)
        assert set(levels[start:end]) == {level}
        placed += end - start
    assert placed == len(levels)
