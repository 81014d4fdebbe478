"""Writes phone numbers, dates, lists and web addresses as a language and a region write them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from booklet.content.document import LRI, PDI, Phone, Rich
from booklet.locales.tags import Locale, usual_script
from booklet.wording import quoted
from booklet.yamlfile import Mistake

LONGEST_SHORT_CODE = 6
"""Digits. Numbers such as 911, 988 and 741741 are dialled as they are, from inside their country."""

_CLDR = {"tl": "fil"}
"""Languages that CLDR has under another code."""
_MONTHS = {
    "ht": "janvye fevriye mas avril me jen jiyè out septanm oktòb novanm desanm".split(),
}
"""Months of languages that CLDR gives none: their dates are day, month, year. Haitian Creole as in Day.js
(iamkun/dayjs, src/locale/ht.js) and in OpenMRS (openmrs-module-coreapps, bootstrap-datepicker.ht.js)."""
_AND = {"ht": "ak"}
"""What stands before the last word of a list, where CLDR does not know. Haitian Creole joins
nouns with "ak" (thelanguages.com, "Haitian Creole Conjunctions")."""

_DIGITS = "[-+0-9() \u00a0]+"
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


def isolated(number: str, locale: Locale) -> str:
    """A printed number so that its parts stay in their order in a text that runs from right to left.

    An isolate (UAX #9) keeps them so on the page. What PDFium copies from there has the parts between
    spaces and brackets in the other order all the same, so they are joined by hyphens: 206-555-0142.
    """
    if locale.direction == "ltr":
        return number
    joined = re.sub("[() \u00a0]+", "-", number).strip("-") if re.fullmatch(_DIGITS, number) else number
    return f"{LRI}{joined}{PDI}"


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
    """A date with the month as a word, so that nobody takes the day for the month.

    It is of the Gregorian calendar and in the digits 0 to 9 in every language: that is how dates stand on
    the forms and letters that readers get in the United States and most other countries. CLDR would give
    Thai the Buddhist calendar and Persian the Persian one. A language that CLDR does not know gets
    year-month-day (ISO 8601), which is not misread either.
    """
    if months := _MONTHS.get(locale.language):
        return f"{when.day} {months[when.month - 1]} {when.year}"
    known = _known(locale)
    if known is None:
        return when.isoformat()
    from babel.dates import format_date

    return format_date(when, "long", known)


def date_order(locale: Locale) -> tuple[str, ...]:
    """The parts "year", "month" and "day" in the order in which dates are written in figures (CLDR).

    For a language that CLDR does not know it is the order of the country.
    """
    from babel import Locale as CLDRLocale
    from babel.core import get_global

    if locale.language in _MONTHS:
        return ("day", "month", "year")
    known = _known(locale) or get_global("likely_subtags").get(f"und_{locale.region}") or "en_US"
    pattern = re.sub("'[^']*'", "", CLDRLocale.parse(known).date_formats["short"].pattern)
    parts = {"y": "year", "M": "month", "d": "day"}
    return tuple(dict.fromkeys(parts[letter] for letter in pattern if letter in parts))


def sequence(items: Sequence[str], locale: Locale) -> str:
    """Words as a list in a sentence: "a, b and c"."""
    known = _known(locale)
    if word := _AND.get(locale.language):
        return f" {word} ".join(part for part in (", ".join(items[:-1]), *items[-1:]) if part)
    if known is None:
        return ", ".join(items)
    from babel.lists import format_list

    return format_list(list(items), locale=known)


@lru_cache(maxsize=64)
def _known(locale: Locale) -> str | None:
    """The nearest locale that CLDR has data for; it has no es-GB, but es. None if it has none at all."""
    from babel import Locale as CLDRLocale
    from babel import UnknownLocaleError

    language = _CLDR.get(locale.language, locale.language)
    for name in (locale.cldr, f"{language}_{locale.region}", f"{language}_{locale.script}", language):
        try:
            found = CLDRLocale.parse(name)
        except UnknownLocaleError:
            continue
        if locale.script == (found.script or usual_script(found.language, found.territory or "")):
            return str(found)  # and not zh_Hant_TW for Simplified Chinese in Taiwan
    return None


def printed_address(url: str) -> str:
    """A web address as it is printed: without `https://` and the slash at its end."""
    return re.sub(r"^https?://", "", url).rstrip("/")
