"""Reads a translation catalogue (gettext PO) and looks texts up in it, trusting nothing unchecked."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from booklet.content import inline
from booklet.content.document import plain
from booklet.content.values import written_out
from booklet.problems import Place, Problem, ProblemsFound
from booklet.wording import listed, quoted
from booklet.yamlfile import Mistake, decode, excerpt_of, unseen

REVIEW = re.compile(r"machine draft|in review|reviewed \([^()]+, [0-9]{4}-[0-9]{2}-[0-9]{2}\)")
"""What the header field X-Review can say."""

_LINE = re.compile(r'\s*(?:#.*|(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[[0-9]\])?)\s*)?".*"\s*)?')
_HEADER = re.compile(r'^"(Language|X-Review): *([^"\\]*)(?:\\n)?"', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One text and its translation. `line` is where the translation stands."""

    context: str | None
    source: str
    translation: str
    line: int
    fuzzy: bool


@dataclass(frozen=True, eq=False)
class Catalogue:
    """The translations of one PO file. Treat as frozen; compared by identity."""

    file: str
    review: str
    entries: Mapping[tuple[str | None, str], Entry] = field(repr=False)
    lines: list[str] = field(repr=False)

    @property
    def draft(self) -> bool:
        """True until a person has reviewed the translation."""
        return not self.review.startswith("reviewed")

    def find(self, context: str, source: str) -> Entry | None:
        """The entry of a text in its context, or without any context."""
        return self.entries.get((context, source)) or self.entries.get((None, source))

    def problem(self, line: int, message: str, hint: str = "") -> Problem:
        return _problem(self.file, self.lines, line, message, hint)

    def check(self, entry: Entry, *, markup: bool) -> list[Problem]:
        """What keeps the translation of `entry` from being printed; `markup` if it may hold any."""
        text = quoted(entry.source)
        if not entry.translation:
            return [
                self.problem(entry.line, f"The translation of {text} is empty.", "Write it after msgstr.")
            ]
        if entry.fuzzy:
            return [
                self.problem(
                    entry.line,
                    f"The translation of {text} is marked as fuzzy: it belongs to an older wording.",
                    'Read it again, mend it, and take the word "fuzzy" away.',
                )
            ]
        try:
            difference = differences(entry.source, entry.translation, markup)
        except Mistake as mistake:
            return [self.problem(entry.line, mistake.message, mistake.hint)]
        return [self.problem(entry.line, message, hint) for message, hint in difference]


def _problem(file: str, lines: list[str], line: int, message: str, hint: str) -> Problem:
    return Problem(Place(file, line, 1 if line else 0), message, hint, excerpt_of(lines, line))


@lru_cache(maxsize=64)
def parse(data: bytes, name: str, language: str) -> Catalogue:
    """The catalogue in a PO file's bytes, for `language`. Raises ProblemsFound."""
    from io import StringIO

    from babel.messages.pofile import PoFileError, read_po

    text = decode(data, name)
    lines = text.splitlines()
    for number, written in enumerate(lines, 1):
        if not _LINE.fullmatch(written):
            message = "This line does not belong in a PO file."
            hint = "A line is a comment after #, a keyword with a text in quotation marks, or such a text."
            raise ProblemsFound([_problem(name, lines, number, message, hint)])
    try:
        messages = read_po(StringIO(text), ignore_obsolete=True, abort_invalid=True)
    except (PoFileError, ValueError, LookupError) as error:
        line = getattr(error, "lineno", -1) + 1
        message = "The catalogue cannot be read here."
        hint = "Each entry is msgctxt, msgid, msgstr, in this order."
        raise ProblemsFound([_problem(name, lines, line, message, hint)]) from None
    headers = {key: value.strip() for key, value in _HEADER.findall(text)}
    entries = {}
    for message_ in messages:
        if not message_.id or not isinstance(message_.id, str):
            continue
        line = _translation_line(lines, message_.lineno or 1)
        source, translation = _folded(message_.id), _folded(str(message_.string or ""))
        entries[message_.context, source] = Entry(message_.context, source, translation, line, message_.fuzzy)
    catalogue = Catalogue(name, headers.get("X-Review", ""), entries, lines)
    if problems := _check_headers(catalogue, headers.get("Language", ""), language):
        raise ProblemsFound(problems)
    return catalogue


def _check_headers(catalogue: Catalogue, written: str, language: str) -> list[Problem]:
    problems = []
    if written.replace("_", "-") != language:
        what = f"says {quoted(written)}" if written else "is missing"
        message = f'The header field "Language" {what}, but the folder is for {quoted(language)}.'
        problems.append(
            catalogue.problem(_header_line(catalogue, "Language"), message, f'Write "Language: {language}".')
        )
    if not REVIEW.fullmatch(catalogue.review):
        what = f"says {quoted(catalogue.review)}" if catalogue.review else "is missing"
        problems.append(
            catalogue.problem(
                _header_line(catalogue, "X-Review"),
                f'The header field "X-Review" {what}.',
                'Write "machine draft", "in review" or "reviewed (role, year-month-day)".',
            )
        )
    for entry in catalogue.entries.values():
        if trouble := unseen(entry.translation):
            problems.append(catalogue.problem(entry.line, *trouble))
    return problems


def _header_line(catalogue: Catalogue, field_name: str) -> int:
    numbered = enumerate(catalogue.lines, 1)
    return next((number for number, line in numbered if line.startswith(f'"{field_name}:')), 0)


def _translation_line(lines: list[str], start: int) -> int:
    """The line of the first msgstr at or after an entry's own line."""
    for number in range(start, len(lines) + 1):
        if lines[number - 1].lstrip().startswith("msgstr"):
            return number
    return start


def _folded(text: str) -> str:
    """Spaces count as they do in a content file; a line end stays, for `tidy` to judge."""
    return re.sub("[ \t]+", " ", text).strip()


_DIGITS = re.compile(r"\d+")
_THOUSANDS = re.compile(r"(?<=\d)[.,\u00a0\u202f](?=\d{3}(?!\d))")
_VALUES = re.compile(r"\{\{.*?\}\}|\{[a-z]+\}")


@lru_cache(maxsize=4096)
def differences(source: str, translation: str, markup: bool) -> tuple[tuple[str, str], ...]:
    """Message and hint for each value, link or number that only one of two texts holds.

    A lost digit in a phone number or a dose can harm, so numbers must agree one by one; digits of
    any script count as what they stand for. Raises Mistake if the translation cannot be parsed.
    """
    parser = inline.parse if markup else inline.parse_plain
    ours, theirs = parser(inline.tidy(source)), parser(inline.tidy(translation))
    texts = _written(ours), _written(theirs)
    found = []
    for what, before, after in (
        ("value", _VALUES.findall(texts[0]), _VALUES.findall(texts[1])),
        ("link", _links(ours), _links(theirs)),
        ("number", _numbers(texts[0]), _numbers(texts[1])),
    ):
        lost, added = Counter(before) - Counter(after), Counter(after) - Counter(before)
        if lost or added:
            parts = [f"loses {listed(lost, 'and')}"] if lost else []
            parts += [f"adds {listed(added, 'and')}"] if added else []
            found.append(
                (
                    f"The translation of {quoted(source)} {' and '.join(parts)}.",
                    f"Write each {what} in the translation exactly as it stands in the English text.",
                )
            )
    return tuple(found)


def _written(marked: inline.Marked) -> str:
    """The words to be read, with values in one spelling: `{{ site.name }}`."""
    placeholders = tuple(
        replace(each, written=f"{{{{ {each.name}.{each.attribute} }}}}") for each in marked.placeholders
    )
    return written_out(plain(marked.spans), placeholders)


def _links(marked: inline.Marked) -> set[str]:
    return {written_out(span.url, marked.placeholders) for span in marked.spans if span.url}


def _numbers(text: str) -> list[str]:
    numbers = _DIGITS.findall(_THOUSANDS.sub("", text))
    return ["".join(str(unicodedata.digit(digit)) for digit in number) for number in numbers]
