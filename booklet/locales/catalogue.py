"""Looks texts up in a translation catalogue (gettext PO), trusting nothing unchecked."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from booklet.content import inline
from booklet.content.document import plain
from booklet.content.values import written_out
from booklet.locales import plurals, pofile, tags
from booklet.locales import review as reviews
from booklet.locales.plurals import Forms
from booklet.locales.pofile import PoFile
from booklet.locales.review import Review
from booklet.problems import Problem, ProblemsFound
from booklet.wording import listed, quoted
from booklet.yamlfile import Mistake, unseen

if TYPE_CHECKING:
    from booklet.locales.glossary import Glossary


@dataclass(frozen=True, slots=True)
class Entry:
    """One text and its translation. `line` is where the translation stands.

    If the text depends on a number, `plural` is the text for more than one, and `forms` has a translation
    for each plural form of the language; `translation` is the first of them.
    """

    context: str | None
    source: str
    translation: str
    line: int
    fuzzy: bool
    plural: str | None = None
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Catalogue:
    """The translations of one PO file for the language `tag`. Treat as frozen; compared by identity."""

    file: str
    tag: str
    review: Review
    entries: Mapping[tuple[str | None, str], Entry] = field(repr=False)
    po: PoFile = field(repr=False)

    def find(self, context: str, source: str) -> Entry | None:
        """The entry of a text in its context, or without any context."""
        return self.entries.get((context, source)) or self.entries.get((None, source))

    def problem(self, line: int, message: str, hint: str = "") -> Problem:
        return self.po.problem(line, message, hint)

    def forms(self) -> Forms:
        """The plural forms of the language."""
        return plurals.forms(tags.parse(self.tag))

    def check(self, entry: Entry, *, markup: bool, plural: str | None = None) -> list[Problem]:
        """What keeps the translation of `entry` from being printed; `markup` if it may hold any, `plural` is
        the text's own for more than one."""
        if waiting := self.waiting(entry):
            return [waiting]
        return self.wrong(entry, markup=markup, plural=plural)

    def waiting(self, entry: Entry) -> Problem | None:
        """Why the translation of `entry` is not finished, if it is not."""
        text = quoted(entry.source)
        if not entry.translation and not any(entry.forms):
            return self.problem(entry.line, f"The translation of {text} is empty.", "Write it after msgstr.")
        if entry.fuzzy:
            message = f"The translation of {text} is marked as fuzzy: it belongs to an older wording."
            return self.problem(
                entry.line, message, 'Read it again, mend it, and take the word "fuzzy" away.'
            )
        if "" in entry.forms:
            message = f"The translation of {text} lacks the plural form msgstr[{entry.forms.index('')}]."
            return self.problem(entry.line, message, "Write each of the forms.")
        return None

    def wrong(self, entry: Entry, *, markup: bool, plural: str | None = None) -> list[Problem]:
        """What is wrong in a finished translation: another plural than the text's; numbers, links or values
        that differ."""
        if other := self._other_plural(entry, plural):
            return [other]
        try:
            found = list(self._differences(entry, markup))
        except Mistake as mistake:
            found = [(mistake.message, mistake.hint)]
        return [self.problem(entry.line, message, hint) for message, hint in dict.fromkeys(found)]

    def avoided(self, entry: Entry, glossary: Glossary | None) -> list[Problem]:
        """A warning for each word of a translation that the glossary wants avoided."""
        if glossary is None:
            return []
        forms = entry.forms or (entry.translation,)
        found = dict.fromkeys(pair for form in forms for pair in glossary.avoided(form))
        return [
            replace(
                self.problem(
                    entry.line,
                    f"The translation holds {quoted(word)}, which the glossary avoids.",
                    f"Use {quoted(use)}." if use else "Say it in other words.",
                ),
                severity="warning",
            )
            for word, use in found
        ]

    def _other_plural(self, entry: Entry, plural: str | None) -> Problem | None:
        """What is said of an entry whose plural is not the text's own: it would be checked against another
        text than the one that it stands for."""
        if entry.plural == plural:
            return None
        if plural is None:
            what = "has plural forms, but the text does not depend on a number"
        elif entry.plural is None:
            what = "has no plural forms, but the text depends on a number"
        else:
            what = "belongs to an older plural of the text"
        message = f"The translation of {quoted(entry.source)} {what}."
        hint = f'Run "booklet locale update {self.tag}", then read the translation again.'
        return self.problem(entry.line, message, hint)

    def _differences(self, entry: Entry, markup: bool) -> Iterator[tuple[str, str]]:
        if entry.plural is None:
            yield from differences(entry.source, entry.translation, markup)
            return
        forms = self.forms()
        if len(entry.forms) != len(forms.names):
            yield (
                f"The translation of {quoted(entry.source)} has {_counted(len(entry.forms), 'form')}, "
                f"but the language has {len(forms.names)}.",
                f"Write msgstr[0] to msgstr[{len(forms.names) - 1}]: {listed(forms.names, 'and')}.",
            )
            return
        for form, alone in zip(entry.forms, forms.alone, strict=True):
            if alone and not differences(entry.source, form, markup):
                continue
            found = differences(entry.plural, form, markup)
            if not (alone and _only_leaves_out(entry.plural, form)):
                yield from found


def _only_leaves_out(source: str, form: str) -> bool:
    """Whether a form for one number alone says that number in words, and adds no other."""
    return not _VALUES.search(form) and not _numbers(form) and bool(_VALUES.search(source))


def _counted(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


@lru_cache(maxsize=512)
def parse(data: bytes, name: str, language: str) -> Catalogue:
    """The catalogue in a PO file's bytes, for `language`. Raises ProblemsFound."""
    po = pofile.read(data, name)
    problems = list(_check(po, language))
    try:
        review = reviews.read(po.headers)
    except Mistake as mistake:
        problems.append(po.problem(po.header_line("X-Review"), mistake.message, mistake.hint))
    if problems:
        raise ProblemsFound(problems)
    entries = {
        message.key: Entry(
            message.context,
            message.source,
            message.translations[0],
            message.line,
            message.fuzzy,
            message.plural,
            message.translations if message.plural is not None else (),
        )
        for message in po.messages
    }
    return Catalogue(name, language, review, entries, po)


def _check(po: PoFile, language: str) -> Iterator[Problem]:
    written = po.headers.get("Language", "")
    if written.replace("_", "-") != language:
        what = f"says {quoted(written)}" if written else "is missing"
        message = f'The header field "Language" {what}, but the folder is for {quoted(language)}.'
        yield po.problem(po.header_line("Language"), message, f'Write "Language: {language}".')
    yield from _check_order(po, language)
    for message_ in po.messages:
        for text in message_.translations:
            if trouble := unseen(text):
                yield po.problem(message_.line, *trouble)


def _check_order(po: PoFile, language: str) -> Iterator[Problem]:
    """A header that gives the forms another order than the language's: each would stand for other numbers."""
    header = po.headers.get(plurals.HEADER)
    if not header or not any(each.plural is not None and each.begun for each in po.messages):
        return
    locale = tags.parse(language)
    if plurals.reordering(header, plurals.forms(locale)):
        message = f'The header field "Plural-Forms" is not the one of {locale.name} (CLDR).'
        hint = f'Run "booklet locale update {language}": it puts the plural forms in order.'
        yield po.problem(po.header_line(plurals.HEADER), message, hint)


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
