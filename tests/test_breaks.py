"""Lines break where Unicode's own test of UAX #14 says, and where they do not, this file says why.

tests/data holds LineBreakTest.txt of Unicode 17.0, the version of ICU 78 (copyright Unicode, Inc.; terms of
use in the first lines), without the comments on its 19,338 cases.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from unicodedata import category

import pytest

from booklet.typeset.breaks import NEVER_FIRST, opportunities
from booklet.typeset.shape import UNPAINTED

DATA = Path(__file__).parent / "data" / "LineBreakTest.txt.gz"
CASES = 19_338


class Difference(NamedTuple):
    """One place in one case at which booklet and the test disagree: the characters on both sides, and whether
    booklet breaks there."""

    before: str
    after: str
    breaks: bool


def cases() -> Iterator[tuple[str, set[int]]]:
    """Texts, each with the places at which it can be broken."""
    with gzip.open(DATA, "rt", encoding="utf-8") as file:
        for line in file:
            if line.startswith("#"):
                continue
            parts = line.split()
            text = "".join(chr(int(code, 16)) for code in parts[1::2])
            yield text, {place for place, mark in enumerate(parts[0::2]) if mark == "÷" and place}


def differences(lang: str) -> list[Difference]:
    found, count = [], 0
    for text, wanted in cases():
        count += 1
        got = {end for _, end in opportunities(text, lang)}
        found += [Difference(text[at - 1], text[at], at in got) for at in sorted(got ^ wanted)]
    assert count == CASES
    return found


def control(one: Difference) -> bool:
    """A character that leaves no trace would stand on a line of its own: it stays with the line before."""
    return ord(one.after) in UNPAINTED and not one.breaks


def consonant(one: Difference) -> bool:
    """A lone consonant after a letter is the rest of a word that no dictionary has (`_is_rest_of_word`)."""
    return one.after == "ก" and category(one.before)[0] in "LM" and not one.breaks


def middle_dot(one: Difference) -> bool:
    """It begins no line in Chinese and Japanese (CLREQ, JLREQ), for ICU it is an ordinary letter there."""
    return one.after in NEVER_FIRST and not one.breaks


def quotation(one: Difference) -> bool:
    """ICU's tailoring for Chinese, Japanese and Korean: “ ‘ open and ’ ” close, whatever stands beside them.
    So there may be a break before and behind a quotation without a space."""
    return one.breaks and (one.before == "”" or one.after in "“‘")


def spaced_quotation(one: Difference) -> bool:
    """The same tailoring: “ never ends a line, not before a space either."""
    return (one.before, one.after, one.breaks) == (" ", "b", False)


def between_words_alone(one: Difference) -> bool:
    """Korean is broken at spaces (UTS #35, lw=phrase), and nowhere between letters or signs without one."""
    return not one.breaks


def not_korean(one: Difference) -> bool:
    """With lw=phrase ICU looks kana and Han up in a dictionary. Korean is not written with these signs."""
    return one.breaks and (one.before in "々ぁ" or one.after in "ぁ々\u0e31\u102c")


@pytest.mark.parametrize(
    ("lang", "explained"),
    [
        ("en", (control,)),
        ("ar", (control,)),
        ("hi", (control,)),
        ("th", (control, consonant)),
        ("lo", (control, consonant)),
        ("km", (control, consonant)),
        ("my", (control, consonant)),
        ("zh-Hans", (control, middle_dot, quotation, spaced_quotation)),
        ("zh-Hant-TW", (control, middle_dot, quotation, spaced_quotation)),
        ("ja", (control, middle_dot, quotation, spaced_quotation)),
        ("ko", (control, between_words_alone, quotation, not_korean)),
    ],
)
def test_lines_break_where_unicode_says(lang: str, explained: tuple[object, ...]) -> None:
    found = differences(lang)
    for why in explained:
        assert callable(why)
        assert any(map(why, found)), f"No case any more: {why.__doc__}"
        found = [one for one in found if not why(one)]
    assert found == []


def test_nothing_but_controls_differs_in_most_languages() -> None:
    """Ten cases of 19,338."""
    assert len(differences("en")) == 10
