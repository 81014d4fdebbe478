"""Writes phone numbers, dates, lists and web addresses as a language and a region write them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from booklet.content.document import Phone, Rich
from booklet.locales.tags import Locale
from booklet.wording import quoted
from booklet.yamlfile import Mistake

LONGEST_SHORT_CODE = 6
"""Digits. Numbers such as 911, 988 and 741741 are dialled as they are, from inside their country."""

_PHONE = re.compile(
    r"\+?[0-9(][0-9 ().\-/\u00a0\u2011]*(?:[A-Z]{2,}[A-Z0-9-]*)?(?: ?(?:ext\.?|x) ?[0-9]+)?", re.ASCII
)


@lru_cache(maxsize=512)
def phone(number: str, region: str) -> Phone:
    """A number as `region` (ISO 3166) prints and dials it. Raises Mistake.

    Numbers of other countries are printed with their country code.
    """
    if not _PHONE.fullmatch(number):
        raise Mistake(
            f"{quoted(number)} is not a phone number alone.",
            'Write only the number. Words such as "then press 2" belong in "note".',
        )
    digits = re.sub(r"[^0-9]", "", number)
    if len(digits) <= LONGEST_SHORT_CODE and not number.startswith("+") and not re.search("[A-Za-z]", number):
        return Phone(text=number.replace(" ", "\u00a0"), uri=f"tel:{digits}")
    import phonenumbers
    from phonenumbers import PhoneNumberFormat, ValidationResult

    try:
        parsed = phonenumbers.parse(number, region)
        possible = phonenumbers.is_possible_number_with_reason(parsed) == ValidationResult.IS_POSSIBLE
    except phonenumbers.NumberParseException:
        possible = False
    if not possible:
        raise Mistake(
            f"{quoted(number)} is not a whole phone number for {region}.",
            "Compare it with its source, and begin a number of another country with + and its code.",
        )
    at_home = phonenumbers.region_code_for_country_code(parsed.country_code or 0) == region or (
        parsed.country_code == phonenumbers.country_code_for_region(region)
    )
    form = PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL
    dialled = f"+{parsed.country_code}{phonenumbers.national_significant_number(parsed)}"
    extension = f";ext={parsed.extension}" if parsed.extension else ""
    text = phonenumbers.format_number(parsed, form).replace(" ", "\u00a0")  # a number stays on one line
    return Phone(text=text, uri=f"tel:{dialled}{extension}")


def text_message(number: str, region: str, label: Rich) -> Phone:
    """A number that takes text messages. Raises Mistake."""
    called = phone(number, region)
    return Phone(text=called.text, uri=called.uri.replace("tel:", "sms:", 1), label=label)


def in_use(number: str, region: str) -> bool:
    """Whether the numbering plan has such a number; a short code is not judged."""
    if len(re.sub(r"[^0-9]", "", number)) <= LONGEST_SHORT_CODE:
        return True
    import phonenumbers

    return phonenumbers.is_valid_number(phonenumbers.parse(number, region))


def day(when: date, locale: Locale) -> str:
    """A date with the month as a word, so that nobody takes the day for the month."""
    from babel.dates import format_date

    return format_date(when, "long", _known(locale))


def date_order(locale: Locale) -> tuple[str, ...]:
    """The parts "year", "month" and "day" in the order in which dates are written in figures (CLDR)."""
    from babel import Locale as CLDRLocale

    pattern = re.sub("'[^']*'", "", CLDRLocale.parse(_known(locale)).date_formats["short"].pattern)
    parts = {"y": "year", "M": "month", "d": "day"}
    return tuple(dict.fromkeys(parts[letter] for letter in pattern if letter in parts))


def sequence(items: Sequence[str], locale: Locale) -> str:
    """Words as a list in a sentence: "a, b and c"."""
    from babel.lists import format_list

    return format_list(list(items), locale=_known(locale))


@lru_cache(maxsize=64)
def _known(locale: Locale) -> str:
    """The nearest locale that CLDR has data for; it has no es-GB, but es."""
    from babel import Locale as CLDRLocale
    from babel import UnknownLocaleError

    for name in (locale.cldr, f"{locale.language}_{locale.script}", locale.language):
        try:
            return str(CLDRLocale.parse(name))
        except UnknownLocaleError:
            continue
    return "en"


def printed_address(url: str) -> str:
    """A web address as it is printed: without `https://` and the slash at its end."""
    return re.sub(r"^https?://", "", url).rstrip("/")
