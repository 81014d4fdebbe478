"""A full stop is put where a sentence has none, and it is that of the language."""

from __future__ import annotations

import pytest

from booklet.locales import sentences


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en-US", "Stay."), ("es-US", "¿Respira?"), ("ar-US", "هل يتنفس؟"), ("ur-US", "ساتھ رہیں۔"),
        ("hi-US", "साथ रहें।"), ("km-US", "ជួយ។"), ("my-US", "နေပါ။"), ("zh-Hans-US", "别走。"),
        ("am-US", "ይቆዩ።"),        ("fr-US", "« Restez. »"), ("zh-Hant-US", "「別走。」"), ("en-US", "Stay …"),
    ],
)  # fmt: skip
def test_a_sentence_that_has_ended_gets_no_second_stop(lang: str, text: str) -> None:
    assert sentences.ends(text)
    assert sentences.ends(text + " ")


def test_what_has_not_ended_is_ended_in_its_own_way() -> None:
    stops = {
        "en": ".",
        "ar": ".",
        "fa": ".",
        "ur": "۔",
        "hi": "।",
        "km": "។",
        "th": "",
        "zh-Hans": "。",
        "ko": ".",
    }
    assert {lang: sentences.stop(lang) for lang in stops} == stops
    assert not sentences.ends("Name")
    assert not sentences.ends("")
    assert not sentences.ends("Choose:")
    assert sentences.ends("Choose:", colon=True)
    assert sentences.ends("ជ្រើសរើស៖", colon=True)
